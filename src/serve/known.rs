//! A parcel of a run → the facts that are known of it, as a check file states them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::law::facts::{FactKind, fact};
use crate::quantity::{Exact, Figure};
use crate::read::RunLayer;
use crate::write::FACT_COLUMNS;

/// Facts by name, each as it stands in a check file.
pub(super) type Known = BTreeMap<String, String>;

/// What a run knows of a parcel: of the site, its plan, and of the parcel in a merge.
pub(super) fn known(parcels: &RunLayer, row: usize) -> Known {
    let mut known = Known::new();
    let mut put = |name: &str, text: &str| {
        if let Some(stated) = stated(name, text) {
            known.insert(name.to_owned(), stated);
        }
    };
    for (name, column) in FACT_COLUMNS {
        // a footprint larger than its land proves one of the two wrong
        let doubted = column == "footprint_m2" && parcels.text(row, "building_density").is_none();
        if let Some(text) = parcels.text(row, column).filter(|_| !doubted) {
            put(name, &text);
        }
    }
    let more = parcels.text(row, "facts").unwrap_or_default();
    for (name, text) in more.split(';').filter_map(|one| one.split_once('=')) {
        put(name, text);
    }
    for (name, column) in [
        ("parcel.area_m2", "area_m2"),
        ("parcel.land_use", "land_use"),
    ] {
        if let Some(text) = parcels.text(row, column) {
            put(name, &text);
        }
    }
    known
}

/// A fact of that name as it stands in a check file; `None` where there is no such fact, or it cannot be that.
pub(super) fn stated(name: &str, text: &str) -> Option<String> {
    let text = text.trim();
    let is_day = text.parse::<jiff::civil::Date>().is_ok();
    let is_truth = matches!(text, "true" | "false");
    match fact(name)?.kind {
        FactKind::Truth => is_truth.then(|| text.to_owned()),
        FactKind::Day | FactKind::DayOrNo => (is_day || is_truth).then(|| text.to_owned()),
        FactKind::Word(_)
        | FactKind::Use
        | FactKind::RightType
        | FactKind::RightNature
        | FactKind::Text => Some(quoted(text)),
        FactKind::Texts | FactKind::WanPerMuByYear | FactKind::FloorByStorey => None,
        _ => {
            let number = text.parse::<f64>().is_ok_and(f64::is_finite);
            if number {
                return Some(text.to_owned());
            }
            // as "30 %"
            (!text.is_empty()).then(|| quoted(text))
        }
    }
}

/// A figure as it stands in a check file.
pub(super) fn of_figure(name: &str, figure: &Figure) -> Option<String> {
    match figure {
        Figure::Truth(truth) => stated(name, &truth.to_string()),
        Figure::Word(word) => stated(name, word),
        Figure::Day(day) => stated(name, &day.to_string()),
        Figure::Words(_) => None,
        Figure::Number(..) | Figure::LandShare { .. } => stated(name, &digits(figure.number()?)),
    }
}

fn digits(number: Exact) -> String {
    let decimal = number.decimal(6).map(|decimal| decimal.to_string());
    decimal.map_or_else(
        || number.to_string(),
        |text| text.trim_end_matches('0').trim_end_matches('.').to_owned(),
    )
}

/// A text between quotation marks, as TOML has it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            sign if sign.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_end_its_line() {
        assert_eq!(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\c\\u000ad\"");
        let file = format!(
            "kind = \"upgrade\"\n[site]\nindustry = {}\n",
            quoted("x\"\n[plan]\ny")
        );
        let file = crate::read::CheckFile::parse(&file).unwrap();
        assert!(file.facts.one.figure("site.industry").is_some());
    }

    #[test]
    fn facts_are_stated_by_their_kind() {
        assert_eq!(
            stated("site.area_m2", "30000.5").as_deref(),
            Some("30000.5")
        );
        assert_eq!(
            stated("site.area_m2", "30 mu").as_deref(),
            Some("\"30 mu\"")
        );
        assert_eq!(
            stated("site.land_use", "industrial").as_deref(),
            Some("\"industrial\"")
        );
        assert_eq!(stated("upgrade.relocation_planned", "maybe"), None);
        assert_eq!(
            stated("parcel.term_end", "2050-01-31").as_deref(),
            Some("2050-01-31")
        );
        assert_eq!(stated("site.nothing", "1"), None);
    }
}
