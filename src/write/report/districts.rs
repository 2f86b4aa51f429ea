//! District by district: idle and inefficient land, and what scattered land unlocks.

use maud::{Markup, html};

use super::Report;
use crate::features::idle::{GROUPINGS, State, grouped};
use crate::features::upgrade::group_totals;
use crate::quantity::Area;
use crate::write::page::{Bars, Slice, number};

/// More groups than this are one row.
const MOST: usize = 20;

/// The states drawn, with how.
const STATES: [(State, &str); 5] = [
    (State::Idle, "p-fail"),
    (State::SuspectedIdle, "p-amber"),
    (State::Inefficient, "p-blue"),
    (State::SuppliedNotStarted, "p-pass"),
    (State::ApprovedNotSupplied, "p-grey"),
];

impl Report<'_> {
    /// The charts.
    pub(super) fn districts(&self) -> Markup {
        let name = |name: &str| {
            if name.is_empty() {
                self.l("（未注明）", "(not said)").to_owned()
            } else {
                name.to_owned()
            }
        };
        let others = self.l("其余", "others").to_owned();
        let hectares = |cents: i64| Area::from_cents(cents).m2() / 10_000.0;
        let mut idle: Vec<(String, Vec<f64>)> = Vec::new();
        if let Some((by, survey)) = GROUPINGS.first().zip(self.survey) {
            let (groups, _) = grouped(self.scan.known(), survey, by);
            for (group, sums) in groups {
                let of = |state: State| {
                    let at = State::ALL.iter().position(|one| *one == state);
                    at.map_or(0.0, |at| hectares(sums.by_state[at].cents))
                };
                let sizes = STATES.iter().map(|(state, _)| of(*state)).collect();
                idle.push((name(group.as_deref().unwrap_or_default()), sizes));
            }
        }
        let states: Vec<Slice> = STATES
            .iter()
            .map(|(state, class)| Slice {
                class,
                name: self.words().state(state.name()),
            })
            .collect();
        let (groups, all) = group_totals(
            &self.scan.measured.city,
            &self.scan.pieces,
            &self.scan.upgrades,
        );
        let land = |pick: fn(&crate::features::upgrade::GroupTotals) -> [i64; 2]| {
            let rows = groups.iter().map(|(group, totals)| {
                let sizes = pick(totals).into_iter().map(hectares).collect();
                (name(group), sizes)
            });
            fewer(rows.collect(), &others)
        };
        let part = |class, zh, en| Slice {
            class,
            name: self.l(zh, en).to_owned(),
        };
        let free = [
            part("p-pass", "拟配置", "proposed to a site"),
            part("p-grey", "可配置、未配置", "free, not proposed"),
        ];
        let floor = [part("p-blue", "新增可建", "more room")];
        html! {
            (Bars { rows: fewer(idle, &others), parts: &states, sum: |sum| format!("{} ha", number(sum, 2)) }
                .drawn(self.l("各区闲置低效用地（公顷）", "Idle and inefficient land by district (ha)")))
            (Bars { rows: land(|of| [of.allotted_land, of.free_land - of.allotted_land]), parts: &free, sum: |sum| format!("{} ha", number(sum, 2)) }
                .drawn(self.l("各区可盘活零星地块（公顷）", "Scattered land that can be used, by district (ha)")))
            (Bars { rows: land(|of| [of.unlocked, 0]), parts: &floor, sum: |sum| format!("{} m²", number(sum * 10_000.0, 0)) }
                .drawn(self.l("配置零星地块后规划多出的可建建筑面积（m²）", "Floor area that the plan leaves more with the scattered land (m²)")))
            p.note {
                (self.l("合计：零星地块 ", "In all: pieces ")) (all.pieces) (self.l(" 块，可配置 ", ", free ")) (all.free) (self.l(" 块，拟配置 ", ", proposed ")) (all.allotted)
                (self.l(" 块；配地后可行的宗地 ", "; sites helped ")) (all.helped) (self.l(" 宗，其中不配地即不可行的 ", ", of which not feasible without ")) (all.newly_feasible) (self.l(" 宗。", "."))
            }
        }
    }
}

/// The greatest rows, the others as one.
fn fewer(mut rows: Vec<(String, Vec<f64>)>, others: &str) -> Vec<(String, Vec<f64>)> {
    let size = |row: &(String, Vec<f64>)| row.1.iter().sum::<f64>();
    rows.retain(|row| size(row) > 0.0);
    rows.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.0.cmp(&b.0)));
    let behind = rows.split_off(rows.len().min(MOST));
    let sum = behind.into_iter().map(|(_, sizes)| sizes).reduce(|a, b| {
        let both = a.iter().zip(&b);
        both.map(|(a, b)| a + b).collect()
    });
    rows.extend(sum.map(|sizes| (others.to_owned(), sizes)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_come_first_and_the_rest_is_one_row() {
        let rows = (0..25_u8)
            .map(|n| (format!("{n:02}"), vec![f64::from(n), 1.0]))
            .collect();
        let rows = fewer(rows, "rest");
        assert_eq!(rows.len(), 21);
        assert_eq!(rows[0].0, "24");
        assert_eq!(rows[20], ("rest".to_owned(), vec![10.0, 5.0]));
    }
}
