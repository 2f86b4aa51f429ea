//! The text of a cell → whether it says anything at all, and whether a formula failed in it.

use crate::formats::office::plain;

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// A formula that failed.
    ErrorCell,
    /// It is none of what it should be.
    Unreadable,
    /// A spreadsheet made a number of it, and kept only its first digits.
    LostDigits,
    /// A comma or a point in it may stand before decimals or between thousands, and nothing tells which.
    Ambiguous,
}

/// What a cell says; `None` where it says nothing.
pub(crate) type Said<T> = Result<Option<T>, Wrong>;

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
pub(crate) fn said(text: &str) -> Said<String> {
    let text = plain(text);
    if ERRORS.contains(&&*text) {
        return Err(Wrong::ErrorCell);
    }
    let stroke = |c: char| matches!(c, '-' | '/' | '\\' | '*' | '_' | '.' | '、' | '…');
    let nothing = text.chars().all(stroke) || NOTHING.contains(&&*text);
    Ok((!nothing && !UNKNOWN.contains(&&*text)).then_some(text))
}

/// Whether a cell says that it is not known what it should hold.
pub(crate) fn says_unknown(text: &str) -> bool {
    UNKNOWN.contains(&&*plain(text))
}
