//! A value as somebody wrote it → the fact it stands for, or what is wrong with it.

use compact_str::CompactString;
use jiff::civil::Date;

use super::rights::{right_nature, right_type};
use super::{FactKind, Record};
use crate::law::{LandUse, LandUseSystem, NamedUse};
use crate::quantity::{Exact, Figure, Unit};

/// No plot ratio is higher than this: beyond it a number is another quantity, or in another unit.
pub const HIGHEST_PLOT_RATIO: i64 = 50;

/// A value as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A number, by its own digits.
    Number(String),
    /// Text.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Day(Date),
    /// Several values.
    List(Vec<Given>),
    /// Values by year or storey.
    Table(Vec<(String, Given)>),
}

/// Puts a value into a record under the name of its fact.
///
/// # Errors
/// What is wrong with the value and what it should be, in a few words.
pub fn accept(
    name: &'static str,
    kind: FactKind,
    given: &Given,
    into: &mut Record,
) -> Result<(), String> {
    match (kind, given) {
        (FactKind::WanPerMuByYear | FactKind::FloorByStorey, Given::Table(entries)) => {
            let entry = |(at, value): &(String, Given)| {
                let at = at
                    .parse::<i64>()
                    .map_err(|_| format!("`{at}` is no whole number"))?;
                Ok((
                    at,
                    number(value).ok_or_else(|| format!("the value of {at} is no number"))?,
                ))
            };
            into.set_series(
                name,
                entries.iter().map(entry).collect::<Result<_, String>>()?,
            );
        }
        // a class is given for the year before, or for each year
        (FactKind::Word(_), Given::Table(entries)) if has_years(kind) => {
            let entry = |(at, value): &(String, Given)| {
                let at = at
                    .parse::<i64>()
                    .map_err(|_| format!("`{at}` is no year"))?;
                Ok((at, figure(kind, value)?))
            };
            into.set_years(
                name,
                entries.iter().map(entry).collect::<Result<_, String>>()?,
            );
        }
        (FactKind::Texts, Given::List(texts)) => {
            let text = |given: &Given| match given {
                Given::Text(text) => Ok(CompactString::from(text.trim())),
                _ => Err("every entry must be a text".to_owned()),
            };
            into.set(
                name,
                Figure::Words(texts.iter().map(text).collect::<Result<_, String>>()?),
            );
        }
        // that something is not known is no fact
        (FactKind::RightType, _) => {
            if let Some(word) = right(given, right_type)? {
                into.set(name, Figure::Word(word));
            }
        }
        (FactKind::RightNature, _) => {
            if let Some(word) = right(given, right_nature)? {
                into.set(name, Figure::Word(word));
            }
        }
        _ => match figure(kind, given)? {
            Figure::Word(word) if matches!(kind, FactKind::Word(_)) && word == "unknown" => {}
            figure => into.set(name, figure),
        },
    }
    Ok(())
}

/// Whether a fact may be given by year too: 亩均评价 is of a year.
fn has_years(kind: FactKind) -> bool {
    kind == FactKind::Word(super::words::CLASS)
}

fn figure(kind: FactKind, given: &Given) -> Result<Figure, String> {
    let numeric = |unit: Unit| {
        let number =
            number(given).ok_or("it must be a number as 30000.00: no commas, no unit, at most 14 digits before the point")?;
        if number < Exact::ZERO {
            Err("it must not be negative")
        } else {
            Ok(Figure::Number(number, unit))
        }
    };
    let rounded = |unit: Unit| match numeric(unit)? {
        Figure::Number(m2, unit) => m2
            .round_to(2)
            .map(|m2| Figure::Number(m2, unit))
            .ok_or("it is too large"),
        figure => Ok(figure),
    };
    Ok(match (kind, given) {
        (FactKind::Land, _) => rounded(Unit::Land)?,
        (FactKind::Floor, _) => rounded(Unit::Floor)?,
        (FactKind::Mu, _) => {
            let mu = numeric(Unit::Land)?.number();
            Figure::land(
                mu.and_then(|mu| mu.times(Exact::MU_M2))
                    .ok_or("it is too large")?,
            )
        }
        (FactKind::Share, _) => match numeric(Unit::Share)? {
            Figure::Number(share, _) if share > Exact::ONE => {
                return Err("a share lies between 0 and 1; write `0.5` or `\"50 %\"`".into());
            }
            figure => figure,
        },
        (FactKind::PlotRatio, _) => match numeric(Unit::PlotRatio)? {
            Figure::Number(ratio, _) if ratio > Exact::int(HIGHEST_PLOT_RATIO) => {
                return Err("no plot ratio is over 50; check the decimal point".into());
            }
            figure => figure,
        },
        (FactKind::Metres, _) => numeric(Unit::Metres)?,
        (FactKind::Wan, _) => numeric(Unit::Wan)?,
        (FactKind::WanPerMu, _) => numeric(Unit::WanPerMu)?,
        (FactKind::YuanPerM2, _) => numeric(Unit::YuanPerM2)?,
        (FactKind::Count, _) => match numeric(Unit::Count)? {
            figure if figure.number().and_then(Exact::as_int).is_some() => figure,
            _ => return Err("it must be a whole number".into()),
        },
        (FactKind::Truth | FactKind::DayOrNo, Given::Truth(truth)) => Figure::Truth(*truth),
        (FactKind::Day | FactKind::DayOrNo, Given::Day(day)) => Figure::Day(*day),
        (FactKind::Day | FactKind::DayOrNo, Given::Text(text)) => {
            let day = text
                .trim()
                .parse()
                .map_err(|_| "it must be a date as 2022-06-01")?;
            Figure::Day(day)
        }
        (FactKind::Word(words), _) => Figure::Word(word(words, &text(given)?)?.into()),
        (FactKind::Use, Given::Text(text)) => Figure::Word(land_use(text)?.name().into()),
        (FactKind::Text, _) => Figure::Word(text(given)?.into()),
        _ => return Err(wanted(kind).into()),
    })
}

/// What a value of this kind looks like, for one that does not.
const fn wanted(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Truth => "it must be `true` or `false`",
        FactKind::Day => "it must be a date as 2022-06-01",
        FactKind::DayOrNo => "it must be a date as 2022-06-01, or `false` when it has not come",
        FactKind::Texts => "it must be a list of texts as [\"…\"]",
        FactKind::WanPerMuByYear => "it must be numbers by year as { 2020 = 9.8, 2021 = 10.0 }",
        FactKind::FloorByStorey => "it must be areas by storey as { 4 = 1000.0, 5 = 800.0 }",
        _ => "it must be a text in quotation marks",
    }
}

/// A number, or a text of one; `"30 %"` is 0.3.
fn number(given: &Given) -> Option<Exact> {
    match given {
        Given::Number(digits) => Exact::parse(digits),
        Given::Text(text) => match text.trim().strip_suffix(['%', '％']) {
            Some(percent) => Exact::parse(percent)?.over(Exact::int(100)),
            None => Exact::parse(text),
        },
        _ => None,
    }
}

/// A right by its code or its Chinese label; what is neither would make alike rights differ. `None` where it says that the
/// right is not known.
fn right(given: &Given, read: fn(&str) -> Option<String>) -> Result<Option<CompactString>, String> {
    let text = text(given)?;
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let Some(known) = read(&text) else {
        return Ok(None);
    };
    let is_code = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if chinese(&known) || is_code {
        return Ok(Some(known.into()));
    }
    Err(format!(
        "`{text}` is neither a code nor a label of TD/T 1066-2021, as 102 or 出让"
    ))
}

/// A text, or a code written as a number.
fn text(given: &Given) -> Result<String, String> {
    match given {
        Given::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Given::Number(digits) => Ok(digits.clone()),
        _ => Err("it must be a text in quotation marks".into()),
    }
}

fn word(words: &[(&'static str, &[&str])], text: &str) -> Result<&'static str, String> {
    let text = text.trim();
    let is = |name: &str| name.eq_ignore_ascii_case(text);
    let found = words
        .iter()
        .find(|(name, others)| is(name) || others.iter().any(|other| is(other)));
    found.map(|(name, _)| *name).ok_or_else(|| {
        let names: Vec<_> = words.iter().map(|(name, _)| *name).collect();
        format!("`{text}` is not known here; there is {}", names.join(", "))
    })
}

fn land_use(text: &str) -> Result<LandUse, String> {
    let text = text.trim();
    let mut words = LandUse::ALL.into_iter();
    if let Some(named) = words.find(|land_use| land_use.name().eq_ignore_ascii_case(text)) {
        return Ok(named);
    }
    match LandUseSystem::by_name(text) {
        NamedUse::Use(land_use) => Ok(land_use),
        NamedUse::Unclear => Err(format!(
            "`{text}` does not say what the land is used for now, or names more than a use; write a word as `industrial` or `工业用地`, or leave it out where it is not known"
        )),
        NamedUse::Nothing => Err(format!(
            "`{text}` names no use of land; write a word as `industrial` or `工业用地`, codes differ by system"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::facts::fact;

    fn accepted(name: &str, given: &Given) -> Result<Option<Figure>, String> {
        let fact = fact(name).unwrap();
        let mut record = Record::default();
        accept(fact.name, fact.kind, given, &mut record)?;
        Ok(record.figure(name).cloned())
    }

    fn number(digits: &str) -> Given {
        Given::Number(digits.into())
    }

    #[test]
    fn areas_are_rounded_once_and_shares_of_over_one_are_refused() {
        let m2 = |text| Some(Figure::land(Exact::parse(text).unwrap()));
        assert_eq!(
            accepted("site.area_m2", &number("33333.335")),
            Ok(m2("33333.34"))
        );
        assert_eq!(accepted("enterprise.land_mu", &number("3")), Ok(m2("2000")));
        assert!(
            accepted("plan.density_max", &number("50"))
                .unwrap_err()
                .contains("50 %")
        );
        assert_eq!(
            accepted("plan.density_max", &Given::Text("50 %".into())),
            accepted("plan.density_max", &number("0.5"))
        );
        assert!(accepted("site.area_m2", &number("-1")).is_err());
        assert!(accepted("site.area_m2", &number("nan")).is_err());
        assert!(accepted("plan.plot_ratio_max", &number("200")).is_err());
        assert!(accepted("plan.plot_ratio_max", &number("50")).is_ok());
        assert!(accepted("upgrade.building_count", &number("1.5")).is_err());
    }

    #[test]
    fn words_are_known_by_all_their_names() {
        let word = |text: &str| accepted("upgrade.industry_status", &Given::Text(text.into()));
        assert_eq!(word("淘汰类"), Ok(Some(Figure::Word("eliminated".into()))));
        assert!(
            word("淘")
                .unwrap_err()
                .contains("encouraged, permitted, restricted, eliminated")
        );
        let land_use = |text: &str| accepted("site.land_use", &Given::Text(text.into()));
        assert_eq!(land_use("工业用地"), land_use("industrial"));
        assert!(land_use("1001").unwrap_err().contains("codes differ"));
        assert_eq!(
            land_use("非工业用地"),
            Ok(Some(Figure::Word("non_industrial".into())))
        );
        assert!(land_use("居住用地（拟改工业）").is_err());
        for unknown in ["未知", "待核实", "其他", "99"] {
            let given = Given::Text(unknown.into());
            assert_eq!(
                accepted("parcel.right_nature", &given),
                Ok(None),
                "{unknown}"
            );
        }
    }

    #[test]
    fn what_has_not_come_is_no_day() {
        assert_eq!(
            accepted("grant.started", &Given::Truth(false)),
            Ok(Some(Figure::Truth(false)))
        );
        assert!(accepted("grant.due_start", &Given::Truth(false)).is_err());
        assert!(accepted("grant.due_start", &Given::Text("2022-02-30".into())).is_err());
    }
}
