//! The text of a cell → whether it says anything at all, and whether a formula failed in it.

use crate::model::DefectKind;
use crate::read::office::plain;

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Wrong {
    /// A formula that failed.
    ErrorCell,
    /// It is none of what it should be.
    Unreadable,
    /// A spreadsheet made a number of it, and kept only its first digits.
    LostDigits,
    /// A comma or a point in it may stand before decimals or between thousands, and nothing tells which.
    Ambiguous,
}

impl Wrong {
    /// The kind of defect where a cell should hold `sort` (number, date, value), and what is wrong with it, in words.
    pub(in crate::read) fn words(self, sort: &str, should_be: &str) -> (DefectKind, String) {
        match self {
            Self::ErrorCell => (DefectKind::ErrorCell, "a formula that failed".to_owned()),
            Self::LostDigits => (
                DefectKind::LostDigits,
                "a spreadsheet made a number of it and lost its last digits; type it anew as text"
                    .to_owned(),
            ),
            Self::Ambiguous => (
                DefectKind::AmbiguousNumber,
                "the comma or point in it may stand before decimals or between thousands, and nothing in its column \
                 shows which (`decimal_mark` in `--decisions` says it)"
                    .to_owned(),
            ),
            Self::Unreadable => {
                let kind = match sort {
                    "number" => DefectKind::UnreadableNumber,
                    "date" => DefectKind::UnreadableDate,
                    _ => DefectKind::UnreadableValue,
                };
                (kind, format!("no {should_be}"))
            }
        }
    }
}

/// What a cell says; `None` where it says nothing.
pub(in crate::read) type Said<T> = Result<Option<T>, Wrong>;

/// Errors of formulas, as a spreadsheet shows them.
const ERRORS: [&str; 10] = [
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#DATA!", "#SPILL!",
    "#CALC!",
];

/// Words for what is not known. A count or an area that is not known is none; a day that is not known is not one that has
/// not come.
const UNKNOWN: [&str; 4] = ["不详", "未知", "待定", "待核实"];

/// Words for nothing.
const NOTHING: [&str; 10] = [
    "无", "暂无", "空", "NULL", "<NULL>", "NONE", "NIL", "NAN", "N/A", "NA",
];

/// The text of a cell, plain; `None` where it says nothing.
pub(in crate::read) fn said(text: &str) -> Said<String> {
    let text = plain(text);
    if ERRORS.contains(&&*text) {
        return Err(Wrong::ErrorCell);
    }
    let stroke = |c: char| matches!(c, '-' | '/' | '\\' | '*' | '_' | '.' | '、' | '…');
    let nothing = text.chars().all(stroke) || NOTHING.contains(&&*text);
    Ok((!nothing && !UNKNOWN.contains(&&*text)).then_some(text))
}

/// Whether a cell says that it is not known what it should hold.
pub(in crate::read) fn says_unknown(text: &str) -> bool {
    UNKNOWN.contains(&&*plain(text))
}
