//! Plot ratios and densities of the city in classes, each by what the rule on it says, with the limits that stand in rules.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rustc_hash::FxHashMap;

use super::Report;
use crate::features::limits::Cell;
use crate::law::judge::Verdict;
use crate::parcels::measures::OnSite;
use crate::quantity::Quantity;
use crate::write::page::{Columns, Slice};

/// A chart: the measure, the rules that judge it, the upper ends of its classes.
struct Chart {
    title: (&'static str, &'static str),
    of: fn(&OnSite) -> Quantity<f64>,
    rules: &'static [&'static str],
    measure: &'static str,
    ends: &'static [f64],
}

const CHARTS: [Chart; 2] = [
    Chart {
        title: (
            "容积率分布（工业宗地；按容积率类规则的结论）",
            "Plot ratio of industrial parcels, by what its rules say",
        ),
        of: |on| on.far_floor_area,
        rules: &["plot-ratio-within-plan", "industry-plot-ratio"],
        measure: "plot_ratio",
        ends: &[0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0],
    },
    Chart {
        title: (
            "建筑密度分布（工业宗地；按建筑密度、建筑系数规则的结论）",
            "Building density of industrial parcels, by what its rules say",
        ),
        of: |on| on.footprint,
        rules: &["density-within-plan", "site-coefficient"],
        measure: "density",
        ends: &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
    },
];

/// More limits than this are not drawn.
const LIMITS: usize = 6;

impl Report<'_> {
    /// The charts.
    pub(super) fn distributions(&self) -> Markup {
        html! { @for chart in &CHARTS { (self.distribution(chart)) } }
    }

    fn distribution(&self, chart: &Chart) -> Markup {
        let scan = self.scan;
        let rules = &scan.measured.options.policy.rules;
        let is_of = |rule: u16| chart.rules.contains(&rules[usize::from(rule)].id.as_str());
        let mut said: FxHashMap<u32, Vec<Verdict>> = FxHashMap::default();
        let mut bounds: BTreeMap<String, u64> = BTreeMap::new();
        for row in scan.judged.rows.iter().filter(|row| is_of(row.rule)) {
            said.entry(row.subject).or_default().push(row.verdict);
            if let (Cell::Number(bound), Some(relation)) = (&row.bound, row.relation) {
                let sign = relation.sign();
                if scan.judged.texts.get(row.measure).contains(chart.measure) {
                    *bounds
                        .entry(format!("{sign} {}", bound.to_f64()))
                        .or_default() += 1;
                }
            }
        }
        let mut counts = vec![vec![0_u64; 5]; chart.ends.len() + 1];
        let mut unknown = 0_u64;
        for at in &scan.measured.order.parcels {
            if !scan.measured.is_industrial_site(*at as usize) {
                continue;
            }
            let Ok(ratio) = scan.measured.measures[*at as usize].ratio(chart.of) else {
                unknown += 1;
                continue;
            };
            let class = chart.ends.partition_point(|end| *end <= ratio);
            let verdicts = said.get(at).map_or(&[][..], Vec::as_slice);
            let part = match Verdict::all(verdicts.iter().copied()) {
                Verdict::Pass => 0,
                Verdict::Fail => 1,
                Verdict::Discretionary => 2,
                Verdict::Unknown => 3,
                Verdict::NotApplicable => 4,
            };
            counts[class][part] += 1;
        }
        let part = |class, zh, en| Slice {
            class,
            name: self.l(zh, en).to_owned(),
        };
        let parts = [
            part("p-pass", "符合", "met"),
            part("p-fail", "不符合", "not met"),
            part("p-amber", "须经同意", "needs consent"),
            part("p-grey", "限值或事实未知", "limit or fact unknown"),
            part("p-none", "无规则", "no rule"),
        ];
        let mut names: Vec<String> = Vec::new();
        for (at, end) in chart.ends.iter().enumerate() {
            let from = if at == 0 { 0.0 } else { chart.ends[at - 1] };
            names.push(format!("{from}–{end}"));
        }
        names.push(format!("≥{}", chart.ends.last().unwrap_or(&0.0)));
        let mut common: Vec<(String, u64)> = bounds.into_iter().collect();
        common.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let shown = common.iter().take(LIMITS);
        let limits = shown.filter_map(|(text, _)| {
            let bound: f64 = text.split(' ').nth(1)?.parse().ok()?;
            Some((place(bound, chart.ends), text.clone()))
        });
        let mut limits: Vec<(f64, String)> = limits.collect();
        limits.sort_by(|a, b| a.0.total_cmp(&b.0));
        let columns = Columns {
            names,
            counts,
            parts: &parts,
            limits,
        };
        html! {
            (columns.drawn(self.l(chart.title.0, chart.title.1)))
            p.note {
                @if unknown > 0 { (unknown) (self.l(" 宗工业宗地的数值未知，未入图。", " industrial parcels of unknown value are not drawn.")) " " }
                @if common.is_empty() {
                    (self.l("数据中没有可用的限值（未提供控规或行业），故无虚线。", "No limit is known (no plan or industry given), so none is drawn."))
                } @else {
                    (self.l("虚线：判定中最常用的限值：", "Dashed: the limits that were used most: "))
                    @for (at, (text, count)) in common.iter().take(LIMITS).enumerate() { @if at > 0 { (self.l("、", ", ")) } (text) "（" (count) (self.l(" 次", "×")) "）" }
                }
            }
        }
    }
}

/// Where a number stands between columns.
#[expect(clippy::cast_precision_loss, reason = "a place on a chart")]
fn place(number: f64, ends: &[f64]) -> f64 {
    let class = ends.partition_point(|end| *end < number);
    let from = if class == 0 { 0.0 } else { ends[class - 1] };
    match ends.get(class) {
        Some(end) => class as f64 + (number - from) / (end - from),
        None => class as f64 + 0.9,
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_limit_stands_where_its_number_does() {
        let ends = [0.2, 0.4, 1.0];
        assert!((place(0.7, &ends) - 2.5).abs() < 1e-9);
        assert!((place(0.4, &ends) - 2.0).abs() < 1e-9);
        assert!((place(0.0, &ends)).abs() < 1e-9);
    }
}
