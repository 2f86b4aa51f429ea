//! What is wrong with the data: by kind, the gravest first, with what to do.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Report;
use crate::model::{Action, DefectKind, LayerKind, Severity};
use crate::write::page::number;

/// More kinds than this are not listed.
const MOST: usize = 30;

impl Report<'_> {
    /// Where the features went, the problems by kind, and what was guessed.
    #[expect(clippy::cast_precision_loss, reason = "counts of features, printed")]
    pub(super) fn problems(&self) -> Markup {
        let words = self.words();
        let mut kinds: BTreeMap<(usize, LayerKind), (DefectKind, u64, u64, &str)> = BTreeMap::new();
        for defect in self.defects {
            let place = DefectKind::ALL.iter().position(|kind| *kind == defect.kind);
            let key = (place.unwrap_or(usize::MAX), defect.layer);
            let entry = kinds
                .entry(key)
                .or_insert((defect.kind, 0, 0, &defect.feature));
            entry.1 += 1;
            entry.2 += u64::from(defect.action == Action::Quarantined);
        }
        let mut rows: Vec<_> = kinds.into_iter().collect();
        rows.sort_by_key(|((place, layer), (kind, count, aside, _))| {
            let grave = if *aside > 0 {
                0
            } else {
                1 + kind.severity() as u8
            };
            (grave, std::cmp::Reverse(*count), *place, *layer)
        });
        let more = rows.len().saturating_sub(MOST);
        let accounts = self.scan.measured.city.accounts();
        let whole = |count: u64| number(count as f64, 0);
        html! {
            table {
                thead { tr { th { (self.l("图层", "layer")) } th.n { (self.l("读入", "read")) } th.n { (self.l("分析", "analysed")) } th.n { (self.l("修复后分析", "repaired")) } th.n { (self.l("未参与计算", "set aside")) } } }
                tbody {
                    @for (layer, account) in accounts {
                        tr {
                            td { (words.layer(layer.name())) }
                            td.n { (whole(account.read - account.filtered)) } td.n { (whole(account.analysed)) }
                            td.n { (whole(account.repaired)) } td.n { (whole(account.quarantined)) }
                        }
                    }
                }
            }
            @if rows.is_empty() {
                p { (self.l("未发现数据问题。", "No problem was found.")) }
            } @else {
                table {
                    thead { tr { th { (self.l("严重程度", "severity")) } th { (self.l("图层", "layer")) } th { (self.l("问题", "problem")) } th.n { (self.l("个数", "count")) } th.n { (self.l("其中未参与计算", "set aside")) } th { (self.l("例", "first")) } th { (self.l("建议", "advice")) } } }
                    tbody {
                        @for ((_, layer), (kind, count, aside, first)) in rows.iter().take(MOST) {
                            @let (zh, en) = kind.what();
                            @let severity = if *aside > 0 { Severity::Grave } else { kind.severity() };
                            @let (severity_zh, severity) = severity.label();
                            @let (todo_zh, todo) = kind.advice();
                            tr {
                                td { (self.l(severity_zh, severity)) } td { (words.layer(layer.name())) } td { (self.l(zh, en)) }
                                td.n { (whole(*count)) } td.n { (whole(*aside)) } td { (first) } td { (self.l(todo_zh, todo)) }
                            }
                        }
                    }
                }
                p.note { @if more > 0 { (more) (self.l(" 类未列；", " more kinds; ")) } (self.l("逐条见 defects.csv。", "one by one in defects.csv.")) }
            }
            @if !self.scan.remarks.notes.is_empty() {
                h3 { (self.l("读入时的推定", "What was guessed or chosen while reading")) }
                ul { @for note in self.scan.remarks.notes.iter().take(MOST) { li { (self.language.message(note)) } } }
            }
        }
    }
}
