//! Rows of a table of enterprises → the enterprises, and what cannot be used of them.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::credit_code::is_right;
use super::listed_ids::is_id;
use super::table::{Cells, Doubtful, Line, OfficeTable, class, code, settle_units, truth, words};
use crate::formats::written::{Said, Wrong};
use crate::law::facts::Record;
use crate::model::{
    Action, Defect, DefectKind, Enterprise, EnterpriseTable, LayerDecisions, LayerKind,
    feature_name,
};
use crate::quantity::{Figure, Unit};

/// The fact of 亩均评价.
const CLASS: &str = "enterprise.evaluation_class";

/// Where more than this share of codes is wrong, it is not people who slipped: it is said once.
const MOST_WRONG: (usize, usize) = (20, 5);

/// Reads the table; what a reader must know of it, and what was decided of it, come last.
pub(super) fn read_enterprises(
    mut table: OfficeTable,
) -> (EnterpriseTable, Vec<Defect>, Vec<String>, LayerDecisions) {
    let mut notes = settle_units(&mut table);
    let mut reading = EnterpriseReading::default();
    let repeated = table.repeated();
    let rows = table.each(|line| {
        let mut doubts = Vec::new();
        let row = enterprise(&table, line, &mut doubts);
        (row, doubts)
    });
    for ((line, repeated), (row, doubts)) in table.lines().zip(repeated).zip(rows) {
        reading.take(line, repeated, row, doubts);
    }
    let mut found = reading.found;
    let account = &mut found.account;
    account.read = table.count() + table.sums();
    account.filtered = account.read - account.analysed - account.quarantined;
    if reading.landless > 0 {
        notes.push(format!(
            "enterprises: {} rows name no parcel; they are joined to the parcels held under their name, where there are any",
            reading.landless
        ));
    }
    notes.extend(wrong_codes(
        &reading.wrong_codes,
        reading.codes,
        &mut reading.defects,
    ));
    reading.defects.sort_by_key(|(row, _)| *row);
    let defects = reading.defects.into_iter().map(|(_, defect)| defect);
    (found, defects.collect(), notes, table.decided().clone())
}

#[derive(Default)]
struct EnterpriseReading {
    found: EnterpriseTable,
    /// Each with the row it is of.
    defects: Vec<(u32, Defect)>,
    landless: u64,
    /// Codes that can be checked.
    codes: usize,
    /// Rows whose code has a wrong check digit, and the code.
    wrong_codes: Vec<(u32, CompactString)>,
    /// The first name that goes with a code.
    names: FxHashMap<CompactString, CompactString>,
}

impl EnterpriseReading {
    fn take(&mut self, line: Line<'_>, repeated: bool, mut row: Enterprise, doubts: Vec<Doubtful>) {
        let number = row.row;
        let name = if row.id.is_empty() {
            row.name.as_deref().unwrap_or_default()
        } else {
            &row.id
        };
        let feature = feature_name(name, number);
        let mut push = |kind, action, detail| {
            let defect = Defect {
                layer: LayerKind::Enterprises,
                feature: feature.clone(),
                kind,
                action,
                detail,
                at: None,
            };
            self.defects.push((number, defect));
        };
        let nobody = row.id.is_empty() && row.name.is_none() && row.parcels.is_empty();
        if repeated || nobody {
            let place = line.place_name();
            let (kind, detail) = if repeated {
                (
                    DefectKind::RepeatedRow,
                    format!("{place} says what a row above it says, word for word"),
                )
            } else {
                (
                    DefectKind::MissingId,
                    format!("{place} names neither an enterprise nor a parcel"),
                )
            };
            push(kind, Action::Quarantined, detail);
            self.found.account.quarantined += 1;
            return;
        }
        for doubt in doubts {
            push(doubt.kind, Action::Noted, doubt.detail);
        }
        if let Some(right) = is_right(&row.id) {
            self.codes += 1;
            if !right {
                self.wrong_codes.push((number, row.id.clone()));
            }
        }
        if let Some(name) = row.name.as_ref().filter(|_| !row.id.is_empty()) {
            let first = self
                .names
                .entry(row.id.clone())
                .or_insert_with(|| name.clone());
            if first != name {
                let detail = format!(
                    "`{}` goes by `{name}` in {} and by `{first}` above it",
                    row.id,
                    line.place_name()
                );
                push(DefectKind::DifferentNames, Action::Noted, detail);
            }
        }
        self.landless += u64::from(row.parcels.is_empty());
        row.parcels.dedup();
        self.found.rows.push(row);
        self.found.account.analysed += 1;
    }
}

/// Rows whose code is wrong are defects; where most are, that is said once.
fn wrong_codes(
    wrong: &[(u32, CompactString)],
    codes: usize,
    defects: &mut Vec<(u32, Defect)>,
) -> Option<String> {
    let (least, share) = MOST_WRONG;
    if wrong.len() >= least && wrong.len() * share > codes {
        return Some(format!(
            "enterprises: {} of {codes} credit codes have a wrong check digit (GB 32100-2015); they are used as they are",
            wrong.len()
        ));
    }
    let defect = |(row, code): &(u32, CompactString)| {
        let defect = Defect {
            layer: LayerKind::Enterprises,
            feature: code.to_string(),
            kind: DefectKind::WrongCheckDigit,
            action: Action::Noted,
            detail: format!(
                "the check digit of `{code}` is wrong (GB 32100-2015): a slip of the pen; the row is used"
            ),
            at: None,
        };
        (*row, defect)
    };
    defects.extend(wrong.iter().map(defect));
    None
}

fn enterprise(table: &OfficeTable, line: Line<'_>, doubts: &mut Vec<Doubtful>) -> Enterprise {
    let mut cells = Cells {
        table,
        line,
        doubts,
    };
    let mut row = Enterprise {
        row: line.number(),
        id: cells
            .text("id", code)
            .map(Into::into)
            .filter(|id: &CompactString| is_id(id))
            .unwrap_or_default(),
        name: cells.text("name", |text| Ok(words(text)?.map(CompactString::from))),
        parcels: cells.parcels(),
        industry: cells.text("industry", |text| Ok(words(text)?.map(CompactString::from))),
        tax_wan: cells.by_year("tax_wan"),
        revenue_wan: cells.by_year("revenue_wan"),
        value_added_wan: cells.by_year("value_added_wan"),
        ..Enterprise::default()
    };
    let facts = &mut row.facts;
    set_class(&mut cells, facts);
    for (field, name) in [
        ("above_scale", "enterprise.above_scale"),
        ("leading", "enterprise.leading"),
        ("four_without", "enterprise.four_without"),
        ("listed", "enterprise.listed"),
    ] {
        if let Some(truth) = cells.text(field, truth) {
            facts.set(name, Figure::Truth(truth));
        }
    }
    cells.number("revenue_wan", "enterprise.revenue_wan", Unit::Wan, facts);
    cells.number(
        "local_contribution_wan",
        "enterprise.local_contribution_wan",
        Unit::Wan,
        facts,
    );
    cells.number("land_mu", "enterprise.land_mu", Unit::Land, facts);
    let per_mu = cells.by_year("tax_per_mu_wan");
    if !per_mu.is_empty() {
        facts.set_series("enterprise.tax_per_mu_wan", per_mu);
    }
    if let Some(titles) = cells.text("titles", titles) {
        facts.set("enterprise.titles", Figure::Words(titles));
    }
    row
}

/// 亩均评价: of the year that its column, or 评价年度 of the row, says; where neither does it is of the year before.
fn set_class(cells: &mut Cells<'_, '_>, facts: &mut Record) {
    let of_row = cells.text("evaluation_year", year);
    // a row that leaves its year blank says of none which it is
    let says_none = cells.column("evaluation_year").is_some() && of_row.is_none();
    let said = cells.texts_by_year("evaluation_class", class);
    let figure = |class: &str| Figure::Word(class.into());
    let mut by_year = Vec::new();
    for (year, class) in said {
        match year.or(of_row) {
            Some(year) => by_year.push((year, figure(class))),
            None if says_none => {}
            None => facts.set(CLASS, figure(class)),
        }
    }
    if !by_year.is_empty() {
        facts.set_years(CLASS, by_year);
    }
}

/// The year of a text as `2021年度`.
fn year(text: &str) -> Said<i64> {
    let Some(text) = words(text)? else {
        return Ok(None);
    };
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text[digits.len()..].trim();
    match digits.parse() {
        Ok(year) if (1900..2200).contains(&year) && matches!(rest, "" | "年" | "年度") => {
            Ok(Some(year))
        }
        _ => Err(Wrong::Unreadable),
    }
}

/// 称号 in a list; 无 is none of them.
fn titles(text: &str) -> Said<Vec<CompactString>> {
    if matches!(text.trim(), "无" | "否") {
        return Ok(Some(Vec::new()));
    }
    let between = |c: char| matches!(c, ';' | ',' | '、' | '|' | '；' | '，' | '\n' | '\r');
    let titles = words(text)?.map(|text| {
        text.split(between)
            .map(str::trim)
            .filter(|title| !title.is_empty())
    });
    Ok(titles.map(|titles| titles.map(CompactString::from).collect()))
}
