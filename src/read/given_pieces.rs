//! Rows of a layer of scattered pieces → the pieces that the office knows of.

use super::known::{Doubt, Known, Record};
use crate::formats::{Batch, Column};
use crate::model::{DefectKind, GivenPiece, LayerKind};

pub(super) struct PieceColumns<'a> {
    id: Option<Column<'a>>,
    conforms_to_plan: Option<(Column<'a>, String)>,
    granted_to: Option<Column<'a>>,
}

impl Record for GivenPiece {
    const KIND: LayerKind = LayerKind::Scattered;
    type Columns<'a> = PieceColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> PieceColumns<'a> {
        let column = |field| known.column(batch, field);
        let named = |field| Some((column(field)?, known.stored_name(field)?.to_owned()));
        PieceColumns {
            id: column("id"),
            conforms_to_plan: named("conforms_to_plan"),
            granted_to: column("granted_to"),
        }
    }

    fn read(columns: &PieceColumns<'_>, row: usize, number: u32, doubts: &mut Vec<Doubt>) -> Self {
        let text =
            |column: Option<Column<'_>>| column.and_then(|column| column.text(row)).map(Into::into);
        let (conforms_to_plan, conforms_unread) = columns.conforms_to_plan(row, doubts);
        Self {
            row: number,
            id: text(columns.id).unwrap_or_default(),
            conforms_to_plan,
            conforms_unread,
            granted_to: text(columns.granted_to),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

impl PieceColumns<'_> {
    /// Whether the piece conforms to the plan, and whether what is said of it is neither yes nor no, which is a doubt.
    fn conforms_to_plan(&self, row: usize, doubts: &mut Vec<Doubt>) -> (Option<bool>, bool) {
        let Some((column, name)) = self.conforms_to_plan.as_ref() else {
            return (None, false);
        };
        let Some(text) = column.text(row) else {
            return (None, false);
        };
        let answer = yes_or_no(&text);
        let is_stroke = text.chars().all(|c| matches!(c, '-' | '/' | '—'));
        if answer.is_none() {
            let detail = if is_stroke {
                format!(
                    "`{name}` says `{text}`: neither yes nor no (是, 否; 1, 0); whether the piece conforms to the plan \
                     is left to the plan blocks"
                )
            } else {
                format!(
                    "`{name}` says `{text}`: neither yes nor no (是, 否; 1, 0); whether the piece conforms to the plan \
                     stays unknown"
                )
            };
            doubts.push(Doubt {
                kind: DefectKind::UnreadableYesOrNo,
                detail,
            });
        }
        (answer, answer.is_none() && !is_stroke)
    }
}

pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "1" | "true" | "t" | "yes" | "y" | "是" | "符合" | "符合规划" => Some(true),
        "0" | "false" | "f" | "no" | "n" | "否" | "不符合" | "不符合规划" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_both_languages_and_nothing_else_is_either() {
        for text in ["1", "true", "TRUE", "Y", "是", "符合"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["0", "False", "n", "否", "不符合"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["2", "基本符合", "暂不符合", "部分符合", "待定", "不是", "-"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }
}
