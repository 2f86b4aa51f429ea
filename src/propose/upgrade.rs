//! A site and the vacant land beside it → the upgrade (零增地技改) solved backwards: the least new floor that meets the
//! gates of the policy, and whether the plan leaves room for it.

use jiff::civil::Date;

use crate::judge::{Case, Finding, Verdict, judge_briefly, least_floor};
use crate::model::facts::{Facts, Record};
use crate::policy::{Pack, Rule};
use crate::quantity::{Exact, Figure, Unit};

/// What an upgrade of a site would take.
#[derive(Clone, Debug, PartialEq)]
pub struct UpgradeNeed {
    /// Without any scattered land.
    pub alone: Room,
    /// With its pieces of scattered land, where there are any.
    pub with_pieces: Option<Room>,
    /// What the rule says of the pieces when that much is built.
    pub verdict: Verdict,
    /// The same in full, where there are pieces.
    pub finding: Option<Finding>,
}

impl UpgradeNeed {
    /// Whether the plan leaves room for what is needed with the pieces, and the rule does not fail with them.
    pub fn is_feasible(&self) -> Option<bool> {
        let enough = self.with_pieces?.is_enough()?;
        Some(enough && self.verdict != Verdict::Fail)
    }
}

/// New floor that is needed, and that the plan leaves room for; m².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The least new floor area that meets a gate; `None` where none does, or it is unknown.
    pub needed: Option<Exact>,
    /// The new floor area that the greatest plot ratio of the plan leaves; `None` where that is unknown.
    pub headroom: Option<Exact>,
}

impl Room {
    /// Whether the two meet.
    pub fn is_enough(&self) -> Option<bool> {
        Some(self.needed? <= self.headroom?)
    }
}

/// The rule of a pack that lets scattered land be developed with a site, as it is in force on a day.
pub fn upgrade_rule(pack: &Pack, as_of: Date) -> Option<&Rule> {
    let mut rules = pack
        .rule_ids()
        .into_iter()
        .filter_map(|id| pack.rule(id, as_of));
    rules.find(|rule| rule.without.as_deref() == Some("scattered") && rule.vary.is_some())
}

/// Solves the upgrade of a site backwards; `pieces` are what is known of the land beside it. Nothing is demolished.
pub fn upgrade_need(rule: &Rule, case: &Case<'_>, pieces: &[Record]) -> UpgradeNeed {
    let site = |pieces: Vec<Record>| {
        let mut facts = case.facts.clone();
        for name in ["upgrade.demolished_m2", "upgrade.built_m2"] {
            facts
                .one
                .set(name, Figure::Number(Exact::ZERO, Unit::Floor));
        }
        if facts.one.figure("site.far_floor_area_m2").is_some() {
            facts.one.set(
                "upgrade.far_built_m2",
                Figure::Number(Exact::ZERO, Unit::Floor),
            );
        }
        facts.lists.insert("scattered", pieces);
        facts
    };
    // the gates are looked for as if the pieces conformed; whether they do is for the verdict
    let fitting = |piece: &Record| {
        let mut piece = piece.clone();
        piece.set("scattered.conforms_to_plan", Figure::Truth(true));
        piece
    };
    let nothing = || {
        let mut piece = Record::default();
        piece.set("scattered.area_m2", Figure::land(Exact::ZERO));
        piece.set("scattered.adjacent", Figure::Truth(true));
        piece.set("scattered.conforms_to_plan", Figure::Truth(true));
        piece
    };
    let room = |pieces: Vec<Record>| {
        let facts = site(pieces);
        let of = Case {
            facts: &facts,
            ..*case
        };
        Room {
            needed: least_floor(rule, &of),
            headroom: headroom(&facts),
        }
    };
    let alone = room(vec![nothing()]);
    if pieces.is_empty() {
        return UpgradeNeed {
            alone,
            with_pieces: None,
            verdict: Verdict::NotApplicable,
            finding: None,
        };
    }
    let with_pieces = room(pieces.iter().map(fitting).collect());
    let mut facts = site(pieces.to_vec());
    if let Some(needed) = with_pieces.needed {
        for name in ["upgrade.built_m2", "upgrade.far_built_m2"] {
            if facts.one.figure(name).is_some() {
                facts.one.set(name, Figure::Number(needed, Unit::Floor));
            }
        }
    }
    let finding = judge_briefly(
        rule,
        &Case {
            facts: &facts,
            ..*case
        },
    );
    UpgradeNeed {
        alone,
        with_pieces: Some(with_pieces),
        verdict: finding.verdict,
        finding: Some(finding),
    }
}

/// The greatest plot ratio of the plan over the site with its pieces, less what stands there as the plot ratio counts it.
fn headroom(facts: &Facts) -> Option<Exact> {
    let number = |name| facts.one.figure(name).and_then(Figure::number);
    let pieces = facts.list("scattered").unwrap_or_default().iter();
    let land = pieces
        .map(|piece| piece.figure("scattered.area_m2").and_then(Figure::number))
        .try_fold(number("site.area_m2")?, |land, piece| land.plus(piece?))?;
    let stands = number("site.far_floor_area_m2").or_else(|| number("site.floor_area_m2"))?;
    land.times(number("plan.plot_ratio_max")?)?.minus(stands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::case::Catalogue;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn site(area: &str, floor: &str, plot_ratio_max: Option<&str>) -> Facts {
        let mut facts = Facts::default();
        facts.one.set("site.area_m2", Figure::land(exact(area)));
        facts.one.set(
            "site.floor_area_m2",
            Figure::Number(exact(floor), Unit::Floor),
        );
        if let Some(most) = plot_ratio_max {
            facts.one.set(
                "plan.plot_ratio_max",
                Figure::Number(exact(most), Unit::PlotRatio),
            );
        }
        facts
    }

    fn piece(area: &str, conforms: Option<bool>) -> Record {
        let mut piece = Record::default();
        piece.set("scattered.area_m2", Figure::land(exact(area)));
        piece.set("scattered.adjacent", Figure::Truth(true));
        if let Some(conforms) = conforms {
            piece.set("scattered.conforms_to_plan", Figure::Truth(conforms));
        }
        piece
    }

    fn need(facts: &Facts, pieces: &[Record]) -> UpgradeNeed {
        let pack = Pack::load("taizhou-2021", &Catalogue).unwrap();
        let case = Case {
            facts,
            pack: &pack,
            choices: &[],
            as_of: jiff::civil::date(2022, 6, 1),
        };
        upgrade_need(upgrade_rule(&pack, case.as_of).unwrap(), &case, pieces)
    }

    #[test]
    fn a_fifth_more_floor_is_the_gate_alone_and_a_quarter_with_a_large_piece() {
        let facts = site("30000", "30000", Some("1.3"));
        let alone = need(&facts, &[]);
        // a plot ratio a fifth greater: 6,000 m²; a fifth of all floor new would take 7,500 m²
        assert_eq!(
            alone.alone,
            Room {
                needed: Some(exact("6000")),
                headroom: Some(exact("9000"))
            }
        );
        assert_eq!(alone.alone.is_enough(), Some(true));
        // 1.2 × 1.1 × 30,000 − 30,000 = 9,600 m² by the plot ratio, 7,500 m² by the share
        let with = need(&facts, &[piece("3000", Some(true))]);
        assert_eq!(
            with.with_pieces,
            Some(Room {
                needed: Some(exact("7500")),
                headroom: Some(exact("12900"))
            })
        );
        assert_eq!(with.verdict, Verdict::Pass);
    }

    #[test]
    fn pieces_over_the_caps_need_what_no_floor_can_give_and_an_unknown_plan_stays_unknown() {
        let facts = site("30000", "30000", None);
        let over = need(&facts, &[piece("6000.01", Some(true))]);
        assert_eq!(
            (over.with_pieces.unwrap().needed, over.verdict),
            (None, Verdict::Fail)
        );
        let unknown = need(&facts, &[piece("3000", None)]);
        assert_eq!(
            unknown.with_pieces.unwrap(),
            Room {
                needed: Some(exact("7500")),
                headroom: None
            }
        );
        assert_eq!(
            (unknown.verdict, unknown.with_pieces.unwrap().is_enough()),
            (Verdict::Unknown, None)
        );
    }

    #[test]
    fn a_bare_site_is_no_upgrade() {
        assert_eq!(need(&site("30000", "0", Some("2")), &[]).alone.needed, None);
    }
}
