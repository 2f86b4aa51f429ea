//! Counts of problems → lines for a person: the gravest first, each with what to do.

use super::results::narrow;
use crate::model::{DefectCount, Severity};
use crate::write::Language;

/// One line for each kind of problem, no wider than a terminal; nothing where there is none.
pub(super) fn problems(counts: &[DefectCount], language: Language) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let head = language.of(
        "数据问题，严重者在前：",
        "Problems in the input, the gravest first:",
    );
    let mut table = narrow();
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
        let said = match language {
            Language::Zh if first.is_empty() => format!("{}。{}", count.zh, count.todo_zh),
            Language::Zh => match first.strip_prefix("row ") {
                Some(row) => format!("{}（如行号 {row}，从 0 起）。{}", count.zh, count.todo_zh),
                None => format!("{}（如 {first}）。{}", count.zh, count.todo_zh),
            },
            Language::En if first.is_empty() => format!("{}; {}", count.en, count.todo_en),
            Language::En => format!("{} (as {first}); {}", count.en, count.todo_en),
        };
        table.add_row([
            format!("  [{}]", language.of(zh, en)),
            format!(
                "{layer} {kind} × {number}{action}{}{said}",
                language.of("：", ": ")
            ),
        ]);
    }
    format!("{head}\n{}", table.trim_fmt())
}
