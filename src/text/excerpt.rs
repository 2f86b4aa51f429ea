//! A place in a text somebody wrote → line, column, the line itself and a caret below.

use std::ops::Range;

/// Something wrong at a place of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes; the whole file when empty.
    pub at: Range<usize>,
    /// What.
    pub what: String,
}

impl Fault {
    /// Something wrong there.
    pub fn new(at: Range<usize>, what: impl Into<String>) -> Self {
        Self {
            at,
            what: what.into(),
        }
    }

    /// The fault as a person finds it: line and column, the line itself, a caret below.
    pub fn shown_in(&self, text: &str) -> String {
        let start = self.at.start.min(text.len());
        let before = text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let number = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count();
        let covered = text
            .get(start..self.at.end.min(line_start + line.len()))
            .unwrap_or_default();
        let carets = "^".repeat(width(covered).max(1));
        let indent = " ".repeat(width(&before[line_start..]));
        let margin = " ".repeat(number.to_string().len());
        format!(
            "line {number}, column {}\n{margin} |\n{number} | {line}\n{margin} | {indent}{carets}\n{}",
            column + 1,
            self.what
        )
    }
}

/// How many columns a text takes on a terminal: Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c as u32 >= 0x2e80 { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_below_its_own_line_even_behind_chinese() {
        let text = "a = 1\n甲 = \"错\"\n";
        let at = text.find("\"错").unwrap();
        let shown = Fault::new(at..at + 5, "no such thing").shown_in(text);
        assert_eq!(
            shown,
            "line 2, column 5\n  |\n2 | 甲 = \"错\"\n  |      ^^^^\nno such thing"
        );
    }

    #[test]
    fn a_place_beyond_the_text_does_not_panic() {
        assert!(
            Fault::new(100..200, "gone")
                .shown_in("a\n")
                .contains("gone")
        );
        assert!(Fault::new(1..2, "inside").shown_in("中").contains("inside"));
    }
}
