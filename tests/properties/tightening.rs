//! A stricter bound never turns a fail into a pass.

use plotratio::law::judge::{Finding, Verdict};
use plotratio::law::pack::Pack;

use super::{Dice, choices, findings, made, on_taizhou};

/// Bounds of a measure of a rule, each stricter than the one before.
struct Bounds {
    kind: &'static str,
    rule: &'static str,
    quote: (&'static str, &'static str),
    measure: &'static str,
    relation: &'static str,
    rising: &'static [&'static str],
}

const SCATTERED: (&str, &str) = ("二（五）", "累计面积不超过原用地面积20%");
const SPLIT: (&str, &str) = ("二（七）", "分割后每宗土地面积不少于10亩");

const ALL: [Bounds; 6] = [
    Bounds {
        kind: "upgrade",
        rule: "scattered-land",
        quote: SCATTERED,
        measure: "scattered_ratio",
        relation: "at_most",
        rising: &["30 %", "24 %", "20 %", "18 %", "5 %"],
    },
    Bounds {
        kind: "upgrade",
        rule: "scattered-land",
        quote: SCATTERED,
        measure: "scattered_area",
        relation: "at_most",
        rising: &["20 亩", "10 亩", "5 亩", "2 亩"],
    },
    Bounds {
        kind: "upgrade",
        rule: "scattered-land",
        quote: SCATTERED,
        measure: "plot_ratio_gain",
        relation: "at_least",
        rising: &["1 %", "20 %", "60 %"],
    },
    Bounds {
        kind: "upgrade",
        rule: "scattered-land",
        quote: SCATTERED,
        measure: "new_floor_share",
        relation: "at_least",
        rising: &["1 %", "20 %", "60 %"],
    },
    Bounds {
        kind: "split",
        rule: "split-lot-area",
        quote: SPLIT,
        measure: "smallest_lot_area",
        relation: "at_least",
        rising: &["5 亩", "10 亩", "6666.67 m²", "12 亩", "15 亩"],
    },
    Bounds {
        kind: "split",
        rule: "split-lot-count",
        quote: SPLIT,
        measure: "lot_count",
        relation: "at_most",
        rising: &["5", "4", "3", "2"],
    },
];

/// The pack with this bound, where the amended measure is bounded in one direction only.
fn with(of: &Bounds, bound: &str) -> Pack {
    let Bounds {
        rule,
        quote: (article, quote),
        measure,
        relation,
        ..
    } = of;
    on_taizhou(&format!(
        "[[amend]]\nrule = \"{rule}\"\narticle = \"{article}\"\nquote = \"{quote}\"\nmeasure = \"{measure}\"\n{relation} = \"{bound}\"\n"
    ))
}

#[test]
fn a_stricter_bound_never_turns_a_fail_into_a_pass() {
    for bounds in &ALL {
        let packs: Vec<Pack> = bounds
            .rising
            .iter()
            .map(|bound| with(bounds, bound))
            .collect();
        let mut turned = 0;
        for seed in 0..600 {
            let mut dice = Dice::new(seed);
            let facts = match bounds.kind {
                "split" => made::split(&mut dice),
                _ => made::upgrade(&mut dice),
            };
            let choices = choices(&mut dice, &packs[0]);
            let verdicts: Vec<Verdict> = packs
                .iter()
                .map(|pack| verdict(&findings(&facts, pack, bounds.kind, &choices), bounds.rule))
                .collect();
            for pair in verdicts.windows(2) {
                assert!(
                    rank(pair[0]) <= rank(pair[1]),
                    "seed {seed}, {}: {verdicts:?} {choices:?}",
                    bounds.measure
                );
                turned += usize::from(pair[0] != pair[1]);
            }
        }
        assert!(turned > 5, "{} decided {turned} times", bounds.measure);
    }
}

fn verdict(findings: &[Finding], rule: &str) -> Verdict {
    findings
        .iter()
        .find(|finding| finding.rule == rule)
        .unwrap()
        .verdict
}

/// From what is met to what is not. What may still be worse than it is known to be can turn from unknown to sure, but to
/// nothing better.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotApplicable => 0,
        Verdict::Pass => 1,
        Verdict::Discretionary | Verdict::Unknown => 2,
        Verdict::Fail => 3,
    }
}
