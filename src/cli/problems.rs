//! Counts of problems → lines for a person: the gravest first, each with what to do.

use std::fmt::Write as _;

use crate::model::{DefectCount, Severity};
use crate::write::Language;

/// One line for each kind of problem; nothing where there is none.
pub(super) fn problems(counts: &[DefectCount], language: Language) -> String {
    let mut text = String::new();
    if counts.is_empty() {
        return text;
    }
    text.push_str(language.of(
        "数据问题，严重者在前：",
        "Problems in the input, the gravest first:",
    ));
    for count in counts {
        let severity = Severity::ALL
            .into_iter()
            .find(|of| of.name() == count.severity);
        let (zh, en) = severity.map_or(("", ""), Severity::label);
        let DefectCount {
            kind,
            layer,
            action,
            first,
            ..
        } = count;
        let action = if *action == "quarantined" {
            language.of("，未参与分析", ", left out")
        } else {
            ""
        };
        let number = count.count;
        let _ = match language {
            Language::Zh => write!(
                text,
                "\n  [{zh}] {layer} {kind} × {number}{action}：{}（如 {first}）。{}",
                count.zh, count.todo_zh
            ),
            Language::En => write!(
                text,
                "\n  [{en}] {layer} {kind} × {number}{action}: {} (as {first}); {}",
                count.en, count.todo_en
            ),
        };
    }
    text
}
