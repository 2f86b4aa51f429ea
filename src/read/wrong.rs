//! What is wrong with a cell → the kind of defect that it is, in words.

use crate::formats::written::Wrong;
use crate::model::DefectKind;

/// The kind of defect where a cell should hold `sort` (number, date, value), and what is wrong with it, in words.
pub(super) fn defect_of(wrong: Wrong, sort: &str, should_be: &str) -> (DefectKind, String) {
    match wrong {
        Wrong::ErrorCell => (DefectKind::ErrorCell, "a formula that failed".to_owned()),
        Wrong::LostDigits => (
            DefectKind::LostDigits,
            "a spreadsheet made a number of it and lost its last digits; type it anew as text"
                .to_owned(),
        ),
        Wrong::Ambiguous => (
            DefectKind::AmbiguousNumber,
            "the comma or point in it may stand before decimals or between thousands, and nothing in its column \
             shows which (`decimal_mark` in `--decisions` says it)"
                .to_owned(),
        ),
        Wrong::Unreadable => {
            let kind = match sort {
                "number" => DefectKind::UnreadableNumber,
                "date" => DefectKind::UnreadableDate,
                _ => DefectKind::UnreadableValue,
            };
            (kind, format!("no {should_be}"))
        }
    }
}
