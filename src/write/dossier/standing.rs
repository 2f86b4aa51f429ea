//! What stands on a parcel and lies beside it: buildings, neighbours, enterprises, problems of its data.

use maud::{Markup, html};

use super::Subject;
use crate::model::DefectKind;
use crate::read::RunRow;
use crate::write::page::number;

/// The cells of a row of figures.
fn figure(row: RunRow<'_>, column: &str, places: u8) -> String {
    row.number(column)
        .map_or_else(|| "–".to_owned(), |value| number(value, places))
}

impl Subject<'_> {
    /// The buildings on it; `None` where none is listed.
    pub(super) fn buildings(&self) -> Option<Markup> {
        let words = self.of.words();
        let rows: Vec<RunRow<'_>> = self.run().buildings.of(self.place).collect();
        if rows.is_empty() {
            return None;
        }
        let sum = |column: &str| {
            let known: Option<Vec<f64>> = rows.iter().map(|row| row.number(column)).collect();
            known.map_or_else(
                || self.l("待核实", "unknown").to_owned(),
                |known| number(known.iter().sum(), 2),
            )
        };
        Some(html! {
            table {
                thead { tr { th { (self.l("自然幢号", "building")) } th.n { (self.l("本宗内基底 m²", "footprint here m²")) } th.n { (self.l("份额", "share")) } th.n { (self.l("建筑面积 m²", "floor area m²")) } th.n { (self.l("计容 m²", "counted m²")) } th { (self.l("面积来源", "from")) } }
                }
                tbody {
                    @for row in &rows {
                        tr {
                            td { (row.text("building_id").map(str::to_owned).or_else(|| row.text("building_row").map(|row| format!("{} {row}", self.l("行", "row")))).unwrap_or_default()) }
                            td.n { (figure(*row, "part_m2", 2)) }
                            td.n { (figure(*row, "share", 4)) }
                            td.n { (figure(*row, "floor_area_m2", 2)) }
                            td.n { (figure(*row, "far_floor_area_m2", 2)) }
                            td { (row.text("floor_area_source").map(|word| words.floor(word)).unwrap_or_default()) }
                        }
                    }
                    tr { th { (self.l("合计", "total")) } th.n { (sum("part_m2")) } th {} th.n { (sum("floor_area_m2")) } th.n { (sum("far_floor_area_m2")) } th { (rows.len()) (self.l(" 处", " parts")) } }
                }
            }
            p.note { (self.l("基底合计按幢相加；重叠部分在建筑密度中只计一次。", "Footprints add up building by building; where they overlap, the density counts the ground once.")) }
        })
    }

    /// The parcels beside it; `None` where none is listed.
    pub(super) fn neighbours(&self) -> Option<Markup> {
        let words = self.of.words();
        let own = self.text("parcel_id").unwrap_or_default();
        let rows: Vec<RunRow<'_>> = self.run().adjacency.of(self.place).collect();
        if rows.is_empty() {
            return None;
        }
        let other = |row: &RunRow<'_>| {
            let column = if row.text("parcel_a") == Some(&own) {
                "parcel_b"
            } else {
                "parcel_a"
            };
            row.text(column).unwrap_or_default().to_owned()
        };
        Some(html! {
            table {
                thead { tr { th { (self.l("相邻宗地", "parcel")) } th { (self.l("关系", "how")) } th.n { (self.l("共边 m", "shared m")) } th.n { (self.l("重叠 m²", "overlap m²")) } th.n { (self.l("间距 m", "gap m")) } } }
                tbody {
                    @for row in &rows {
                        tr {
                            td { (other(row)) }
                            td { (words.contact(row.text("kind").unwrap_or_default())) }
                            td.n { (figure(*row, "shared_m", 2)) }
                            td.n { (figure(*row, "overlap_m2", 2)) }
                            td.n { (figure(*row, "gap_m", 2)) }
                        }
                    }
                }
            }
        })
    }

    /// The enterprises on it; `None` where none is known.
    pub(super) fn enterprises(&self) -> Option<Markup> {
        let words = self.of.words();
        let rows: Vec<RunRow<'_>> = self.run().enterprises.of(self.place).collect();
        if rows.is_empty() {
            return None;
        }
        let verdict = |row: RunRow<'_>, column: &str, id: &str| {
            let rule = self.rule_named(id);
            // without the rule a verdict does not say whether the enterprise falls under it
            let said = |word: &str| rule.map(|rule| words.verdict(word, Some(rule)));
            let word = row.text(column).unwrap_or_default();
            said(word).unwrap_or_else(|| word.to_owned())
        };
        Some(html! {
            table {
                thead { tr { th { (self.l("企业", "enterprise")) } th { (self.l("统一社会信用代码", "credit code")) } th { (self.l("行业", "industry")) } th { (self.l("亩均评价", "class")) } th.n { (self.l("用地 亩", "land mu")) } th { (self.l("低税收企业", "low tax")) } th { (self.l("本地优质企业", "local quality")) } } }
                tbody {
                    @for row in &rows {
                        tr {
                            td { (row.text("name").unwrap_or_default()) }
                            td { (row.text("enterprise_id").unwrap_or_default()) }
                            td { (row.text("industry").unwrap_or_default()) }
                            td { (row.text("evaluation_class").unwrap_or("–")) }
                            td.n { (figure(*row, "land_mu", 4)) }
                            td { (verdict(*row, "low_tax", "low-tax-enterprise")) }
                            td { (verdict(*row, "local_quality", "local-quality-enterprise")) }
                        }
                    }
                }
            }
        })
    }

    /// What was wrong with its data; `None` where nothing was.
    pub(super) fn problems(&self) -> Option<Markup> {
        let words = self.of.words();
        let rows: Vec<RunRow<'_>> = self.run().defects.of(self.place).collect();
        if rows.is_empty() {
            return None;
        }
        let kind = |row: RunRow<'_>| {
            let word = row.text("kind").unwrap_or_default();
            DefectKind::ALL.iter().find(|kind| kind.name() == word)
        };
        let pick = |(zh, en): (&'static str, &'static str)| self.l(zh, en);
        Some(html! {
            table {
                thead { tr { th { (self.l("问题", "problem")) } th { (self.l("处理", "done")) } th { (self.l("说明", "detail")) } th { (self.l("建议", "advice")) } } }
                tbody {
                    @for row in &rows {
                        tr {
                            td { (kind(*row).map_or_else(|| row.text("kind").unwrap_or_default(), |kind| pick(kind.what()))) }
                            td { (words.action(row.text("action").unwrap_or_default())) }
                            td { (self.of.language.message(row.text("detail").unwrap_or_default())) }
                            td { (kind(*row).map_or("", |kind| pick(kind.advice()))) }
                        }
                    }
                }
            }
        })
    }
}
