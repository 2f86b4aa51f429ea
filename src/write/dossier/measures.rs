//! What is measured of a parcel, each with its formula and the numbers that went into it.

use maud::{Markup, html};

use super::Subject;
use crate::write::page::{number, pair};

/// Who it belongs to and where it is: columns, in Chinese, in English.
const IDENTITY: [(&str, &str, &str); 9] = [
    ("unit_number", "不动产单元号", "unit number"),
    ("owner", "权利人", "holder"),
    ("location", "坐落", "address"),
    ("district", "县（市、区）", "district"),
    ("town", "乡镇（街道）", "town"),
    ("park", "园区", "park"),
    ("contract_id", "合同编号", "contract"),
    ("land_use_given", "用途（原值）", "use, as given"),
    ("plan_id", "规划地块", "plan block"),
];

impl Subject<'_> {
    /// The head of the page: verdict, identity, the figures asked for first.
    pub(super) fn identity(&self) -> Markup {
        let words = self.of.words();
        let verdict = self.text("verdict");
        let state = self.run().idle.of(self.place).next();
        let state = state.and_then(|row| row.text("state"));
        let found = |column: &str| {
            self.text(column).or_else(|| {
                let listed = self.run().idle.of(self.place).next()?;
                listed.text(column).map(str::to_owned)
            })
        };
        html! {
            p.lead {
                @match &verdict {
                    Some(verdict) => {
                        (self.l("现状合规性：", "as it stands: "))
                        span class=(format!("verdict {verdict}")) { (words.verdict(verdict, None)) }
                    }
                    None => (self.l("未作判定", "not judged")),
                }
                @if let Some(state) = state { " " span.verdict { (words.state(state)) } }
            }
            div.identity {
                table.pairs {
                    (pair(self.l("宗地代码", "parcel"), Some(self.name())))
                    @for (column, zh, en) in IDENTITY.iter().take(4) { (pair(self.l(zh, en), found(column))) }
                }
                table.pairs {
                    @for (column, zh, en) in IDENTITY.iter().skip(4) { (pair(self.l(zh, en), found(column))) }
                    (pair(self.l("用地类别", "land use"), self.text("land_use").map(|word| words.land_use(&word))))
                    (pair(self.l("土地状态", "status"), self.text("status").map(|word| words.status(&word))))
                }
            }
        }
    }

    /// Its area in 亩, in brackets.
    fn mu(&self) -> Option<String> {
        let mu = self.number("area_mu")?;
        let (zh, en) = (format!("（{mu:.4} 亩）"), format!(" ({mu:.4} mu)"));
        Some(self.l(&zh, &en).to_owned())
    }

    /// The measures.
    pub(super) fn measures(&self) -> Markup {
        let words = self.of.words();
        let basis = self.text("area_basis").unwrap_or_default();
        let area = self.number("area_m2");
        let m2 = |column: &str| {
            self.number(column)
                .map(|area| format!("{} m²", number(area, 2)))
        };
        let unknown = self.l("待核实", "unknown");
        let ratio = |part: &str, column: &str| -> String {
            let (part, ratio) = (self.number(part), self.number(column));
            match (part, area, ratio) {
                (Some(part), Some(area), Some(ratio)) => {
                    format!("{} ÷ {} = {ratio:.4}", number(part, 2), number(area, 2))
                }
                _ => unknown.to_owned(),
            }
        };
        let bounds = |least: &str, most: &str| {
            let (least, most) = (self.number(least)?, self.number(most));
            Some(match most {
                Some(most) => format!("{least:.4} – {most:.4}"),
                None => format!("≥ {least:.4}"),
            })
        };
        let range = |known: &str, least: &str, most: &str| {
            let open = self.number(known).is_none();
            bounds(least, most).filter(|_| open).map(|range| {
                format!(
                    "{}{range}",
                    self.l("按已知建筑：", "by the buildings known: ")
                )
            })
        };
        let rows = [
            (
                self.l("容积率", "plot ratio"),
                self.l("计容建筑面积 ÷ 用地面积", "counted floor area ÷ area"),
                ratio("far_floor_area_m2", "plot_ratio"),
                range("plot_ratio", "plot_ratio_at_least", "plot_ratio_at_most"),
            ),
            (
                self.l("建筑面积比", "plain floor ratio"),
                self.l("建筑面积 ÷ 用地面积", "floor area ÷ area"),
                ratio("floor_area_m2", "plot_ratio_plain"),
                None,
            ),
            (
                self.l("建筑密度", "building density"),
                self.l("基底面积 ÷ 用地面积", "footprint ÷ area"),
                ratio("footprint_m2", "building_density"),
                range("building_density", "building_density_at_least", ""),
            ),
        ];
        let mu = self.mu();
        let far_basis = self.text("far_basis").map(|word| words.floor(&word));
        let left_out = self
            .number("buildings_left_out")
            .filter(|count| *count > 0.0);
        html! {
            table {
                tbody {
                    tr {
                        th scope="row" { (self.l("用地面积", "area")) }
                        td { (words.basis(&basis)) }
                        td.formula { (m2("area_m2").unwrap_or_else(|| unknown.to_owned())) (mu.unwrap_or_default()) }
                    }
                    @for (name, formula, numbers, range) in &rows {
                        tr {
                            th scope="row" { (name) }
                            td { (formula) }
                            td.formula { b { (numbers) } @if let Some(range) = range { br; span.soft { (range) } } }
                        }
                    }
                }
            }
            div.two {
                table.pairs {
                    (pair(self.l("登记面积", "registered"), m2("area_registered_m2")))
                    (pair(self.l("平面面积", "on the plane"), m2("area_plane_m2")))
                    (pair(self.l("椭球面积", "on the ellipsoid"), m2("area_ellipsoid_m2")))
                    (pair(self.l("基底面积", "footprint"), m2("footprint_m2")))
                }
                table.pairs {
                    (pair(self.l("建筑面积", "floor area"), m2("floor_area_m2")))
                    (pair(self.l("计容建筑面积", "counted floor area"), m2("far_floor_area_m2")))
                    (pair(self.l("计容依据", "counted by"), far_basis))
                    (pair(self.l("建筑幢数", "buildings"), self.text("building_count")))
                    (pair(self.l("相邻宗地", "neighbours"), self.text("neighbour_count")))
                }
            }
            @if let Some(count) = left_out {
                p.note { (self.l("有 ", "")) (number(count, 0)) (self.l(" 幢建筑因图形问题未参与计算，故相应指标待核实。", " buildings were set aside for their shapes, so figures are unknown.")) }
            }
            @if self.number("area_m2").is_some() && self.number("plot_ratio").is_none() && left_out.is_none() {
                p.note { (self.l("容积率未知：缺建筑、层数或建筑面积资料（见“待补资料”“数据问题”）。", "The plot ratio is unknown: buildings, storeys or floor areas are missing.")) }
            }
        }
    }
}
