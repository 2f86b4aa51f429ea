//! What stands around a table (its titles, the name of its sheet) → the year and the units of columns that say none.

use super::fields::Sort;
use super::vocabulary::Found;
use crate::formats::office::{Heading, Said, Sheet, Unit, plain, unit};
use crate::quantity::Exact;
use crate::read::Why;

/// What stands around a table.
pub(super) struct Around {
    /// The only year that is named.
    year: Option<i64>,
    /// The only year that its titles or the name of its sheet say.
    title_year: Option<i64>,
    money: Option<Unit>,
    land: Option<Unit>,
}

/// Why a column has no unit.
pub(super) enum Misfit {
    /// Nothing says the unit.
    None,
    /// It is the unit of something else.
    Other,
    /// It is money for each piece of land.
    PerMu,
}

impl Around {
    pub(super) fn of(sheet: Option<&Sheet>, found: &[(usize, Found)]) -> Self {
        let titles = sheet.map(|sheet| &sheet.titles[..]).unwrap_or_default();
        let name = sheet.map(|sheet| sheet.name.as_str());
        let names = titles.iter().map(String::as_str).chain(name);
        let said = names.map(|title| {
            Heading {
                parts: vec![title.to_owned()],
            }
            .said()
        });
        let whole: Vec<_> = said.filter(|said| !said.part_of_year).collect();
        let above = found.iter().map(|(_, found)| &found.said);
        let only_year = |said: &mut dyn Iterator<Item = &Said>| {
            let mut years: Vec<i64> = said.flat_map(|said| &said.years).copied().collect();
            years.sort_unstable();
            years.dedup();
            match years[..] {
                [year] => Some(year),
                _ => None,
            }
        };
        let units: Vec<Unit> = titles.iter().flat_map(|title| units(title)).collect();
        let only = |is: fn(&Unit) -> bool| {
            let mut of: Vec<&Unit> = units.iter().filter(|unit| is(unit)).collect();
            of.dedup();
            match of[..] {
                [one] => Some(*one),
                _ => None,
            }
        };
        // numbers of a part of a year are those of no year
        let is_part = titles.iter().any(|title| {
            let plain = plain(title);
            [
                "季度",
                "上半年",
                "下半年",
                "半年",
                "-6月",
                "-9月",
                "-3月",
                "-11月",
            ]
            .iter()
            .any(|part| plain.contains(part))
        });
        Self {
            year: only_year(&mut whole.iter().chain(above)).filter(|_| !is_part),
            title_year: only_year(&mut whole.iter()).filter(|_| !is_part),
            money: only(|unit| matches!(unit, Unit::Money(_))),
            land: only(|unit| matches!(unit, Unit::Land(_))),
        }
    }

    /// The only year that is named.
    pub(super) const fn year(&self) -> Option<i64> {
        self.year
    }

    /// The only year that its titles or the name of its sheet say.
    pub(super) const fn title_year(&self) -> Option<i64> {
        self.title_year
    }

    /// The unit of a column, and whether somebody said it.
    pub(super) fn unit(&self, sort: Sort, found: &Found) -> Result<(Option<Unit>, bool), Misfit> {
        let canonical = found.why == Why::Canonical || found.why == Why::Mapped;
        let around = |unit: Option<Unit>| unit.filter(|_| found.why != Why::Canonical);
        let wan = Unit::Money(Exact::ONE);
        match (sort, found.said.unit) {
            (Sort::Money { .. }, Some(unit @ Unit::Money(_)))
            | (Sort::MoneyPerMu, Some(unit @ Unit::MoneyPerLand(_)))
            | (Sort::Mu | Sort::Area, Some(unit @ Unit::Land(_)))
            | (Sort::Metres, Some(unit @ Unit::Length(_))) => Ok((Some(unit), true)),
            // people leave out that it is for each 亩 where the name says it
            (Sort::MoneyPerMu, Some(Unit::Money(wan))) => Ok((Some(Unit::MoneyPerLand(wan)), true)),
            (Sort::Money { by_year: true, .. }, Some(Unit::MoneyPerLand(_))) => Err(Misfit::PerMu),
            (sort, Some(_)) if sort.is_measured() => Err(Misfit::Other),
            (Sort::Money { .. }, None) => {
                let said = around(self.money);
                Ok((said.or(Some(wan)), canonical || said.is_some()))
            }
            (Sort::MoneyPerMu, None) => {
                let per_mu = match around(self.money) {
                    Some(Unit::Money(wan)) => wan,
                    _ => Exact::ONE,
                };
                Ok((Some(Unit::MoneyPerLand(per_mu)), true))
            }
            (Sort::Mu, None) if canonical => {
                Ok((around(self.land).or(Some(Unit::Land(Exact::MU_M2))), true))
            }
            (Sort::Mu, None) => Ok((Some(around(self.land).ok_or(Misfit::None)?), true)),
            (Sort::Metres, None) => Ok((Some(Unit::Length(Exact::ONE)), true)),
            (Sort::Area, None) => Ok((around(self.land).or(Some(Unit::Land(Exact::ONE))), true)),
            _ => Ok((None, true)),
        }
    }
}

/// The units that a title names behind `单位：`.
fn units(title: &str) -> Vec<Unit> {
    let title = plain(title);
    let lists = title.split("单位:").skip(1);
    let list = |list: &str| -> Vec<Unit> {
        let between =
            |c: char| matches!(c, '、' | ',' | ';' | '/' | '和' | '及' | '(' | ')' | '。');
        let words = list.split(between).map(unit);
        words.take_while(Option::is_some).flatten().collect()
    };
    lists.flat_map(list).collect()
}
