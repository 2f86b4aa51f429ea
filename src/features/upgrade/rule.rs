//! A site and the vacant land beside it → the upgrade (零增地技改) solved backwards: the least new floor that meets the
//! gates of the policy and the least plot ratio of the plan, and what every rule of upgrades says when that much is built.

use jiff::civil::Date;

use super::need::{Room, Solution, UpgradeNeed};
use crate::law::facts::{Facts, Record, fact};
use crate::law::judge::{
    Case, Judgement, RuleForMany, Verdict, decisive, floor_left, headline, judge_briefly,
    least_floor, rules_of_kind, verdict_alone,
};
use crate::law::pack::{Nature, Pack, Rule};
use crate::quantity::{Exact, Figure, Unit};

/// What is built, which the solution varies.
const BUILT: &str = "upgrade.built_m2";

/// What nobody has said of an upgrade that is only thought of, and what a backward solution takes as it usually is.
const ASSUMED: [&str; 3] = [
    "site.earlier_scattered_m2",
    "upgrade.demolished_m2",
    "upgrade.far_demolished_m2",
];

/// The rule of a pack that lets scattered land be developed with a site, as it is in force on a day.
pub fn upgrade_rule(pack: &Pack, as_of: Date) -> Option<&Rule> {
    let mut rules = pack
        .rule_ids()
        .into_iter()
        .filter_map(|id| pack.rule(id, as_of));
    rules.find(|rule| rule.without.as_deref() == Some("scattered") && rule.vary.is_some())
}

/// The place of a rule in its policy.
pub(super) fn place_of(pack: &Pack, rule: &Rule) -> Option<u16> {
    let place = pack
        .rules
        .iter()
        .position(|other| std::ptr::eq(other, rule));
    place?.try_into().ok()
}

/// The rules by which upgrades are solved and judged.
pub struct UpgradeRules<'a> {
    /// The one that lets scattered land be developed with a site.
    pub scattered: &'a Rule,
    scattered_for_many: RuleForMany<'a>,
    all: Vec<&'a Rule>,
    /// Those that the verdict of a solution depends on.
    decisive: Vec<&'a Rule>,
    /// Where those stand in the policy.
    places: Vec<u16>,
}

impl<'a> UpgradeRules<'a> {
    /// Those of a pack as they are in force on a day; `None` where it says nothing of scattered land.
    pub fn of(pack: &'a Pack, as_of: Date) -> Option<Self> {
        let all = rules_of_kind(pack, "upgrade", as_of);
        let scattered = upgrade_rule(pack, as_of)?;
        let decisive = decisive(&all);
        Some(Self {
            scattered,
            scattered_for_many: RuleForMany::of(scattered),
            places: (decisive.iter())
                .map(|rule| place_of(pack, rule).unwrap_or(u16::MAX))
                .collect(),
            decisive,
            all,
        })
    }

    /// Solves the upgrade of a site backwards; `pieces` are what is known of the land beside it.
    pub fn need(&self, case: &Case<'_>, pieces: &[Record]) -> UpgradeNeed {
        let alone = self.solved(case, &[]);
        if pieces.is_empty() {
            return UpgradeNeed {
                alone,
                with_pieces: None,
                finding: None,
            };
        }
        let with_pieces = self.solved(case, pieces);
        let facts = upgrade_facts(case.facts, pieces, built(&with_pieces));
        let finding = self.scattered_for_many.judge(&of(case, &facts)).in_short();
        UpgradeNeed {
            alone,
            with_pieces: Some(with_pieces),
            finding: Some(finding),
        }
    }

    /// The least upgrade of a site with some pieces.
    pub fn solved(&self, case: &Case<'_>, pieces: &[Record]) -> Solution {
        let room = self.room(case, pieces);
        let facts = upgrade_facts(case.facts, pieces, room.needed.unwrap_or(Exact::ZERO));
        let judged = self
            .decisive
            .iter()
            .map(|rule| (*rule, verdict_alone(rule, &of(case, &facts))));
        let judged: Vec<(&Rule, Verdict)> = judged.collect();
        let failing = judged
            .iter()
            .filter(|(rule, verdict)| *verdict == Verdict::Fail && rule.nature == Nature::Permits);
        Solution {
            room,
            undecided: (self.places.iter().zip(&judged))
                .filter(|(_, (_, verdict))| *verdict == Verdict::Unknown)
                .map(|(place, _)| *place)
                .collect(),
            failing: failing.map(|(rule, _)| rule.id.clone()).collect(),
            verdict: headline(judged.iter().copied()),
        }
    }

    /// What every rule of upgrades says of a solution, as a check of it would.
    pub fn judge(&self, case: &Case<'_>, pieces: &[Record], solution: &Solution) -> Judgement {
        let facts = upgrade_facts(case.facts, pieces, built(solution));
        Judgement::by(&self.all, |rule| {
            judge_briefly(rule, &of(case, &facts)).in_short()
        })
    }

    fn room(&self, case: &Case<'_>, pieces: &[Record]) -> Room {
        // the gates are looked for as if the pieces conformed; whether they do is for the verdict
        let fitting = |piece: &Record| {
            let mut piece = piece.clone();
            piece.set("scattered.conforms_to_plan", Figure::Truth(true));
            piece
        };
        let pieces = if pieces.is_empty() {
            vec![nothing()]
        } else {
            pieces.iter().map(fitting).collect()
        };
        let facts = upgrade_facts(case.facts, &pieces, Exact::ZERO);
        let case = of(case, &facts);
        let others = self
            .all
            .iter()
            .filter(|rule| !std::ptr::eq(**rule, self.scattered))
            .filter(|rule| rule.vary.as_deref() == Some(BUILT) && rule.nature == Nature::Permits);
        let least = others.clone().filter_map(|rule| least_floor(rule, &case));
        Room {
            needed: least_floor(self.scattered, &case).map(|gate| least.fold(gate, Ord::max)),
            headroom: others.filter_map(|rule| floor_left(rule, &case)).min(),
        }
    }
}

/// What is built in a solution.
fn built(solution: &Solution) -> Exact {
    solution.room.needed.unwrap_or(Exact::ZERO)
}

fn of<'a>(case: &Case<'a>, facts: &'a Facts) -> Case<'a> {
    Case { facts, ..*case }
}

/// A piece of no land, which fits.
fn nothing() -> Record {
    let mut piece = Record::default();
    piece.set("scattered.area_m2", Figure::land(Exact::ZERO));
    piece.set("scattered.adjacent", Figure::Truth(true));
    piece.set("scattered.conforms_to_plan", Figure::Truth(true));
    piece
}

/// What is assumed of the upgrade of a site, beside what is known of it: the facts, each with its usual value.
pub fn assumed(site: &Facts) -> Vec<(&'static str, Figure)> {
    let is_counted = site.one.figure("site.far_floor_area_m2").is_some();
    let open = ASSUMED.iter().filter_map(|name| fact(name));
    open.filter(|fact| site.one.figure(fact.name).is_none())
        .filter(|fact| is_counted || fact.name != "upgrade.far_demolished_m2")
        .filter_map(|fact| Some((fact.name, fact.usual_in(site)?)))
        .collect()
}

/// The facts of the upgrade of a site in which some floor is built, as a check file would state them: with the land that
/// is added and everything that is assumed. New floor counts once.
pub fn upgrade_facts(site: &Facts, pieces: &[Record], built: Exact) -> Facts {
    let mut facts = site.clone();
    for (name, usual) in assumed(site) {
        facts.one.set(name, usual);
    }
    let built = Figure::Number(built, Unit::Floor);
    if site.one.figure("site.far_floor_area_m2").is_some() {
        facts.one.set("upgrade.far_built_m2", built.clone());
    }
    facts.one.set(BUILT, built);
    facts.lists.insert("scattered", pieces.to_vec());
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::measures::Catalogue;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn site(area: &str, floor: &str, plot_ratio_max: Option<&str>) -> Facts {
        let mut facts = Facts::default();
        facts.one.set("site.area_m2", Figure::land(exact(area)));
        facts
            .one
            .set("site.land_use", Figure::Word("industrial".into()));
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
        let rules = UpgradeRules::of(&pack, case.as_of).unwrap();
        rules.need(&case, pieces)
    }

    #[test]
    fn a_fifth_more_floor_is_the_gate_alone_and_a_quarter_with_a_large_piece() {
        let facts = site("30000", "30000", Some("1.3"));
        let alone = need(&facts, &[]);
        // a plot ratio a fifth greater: 6,000 m²; a fifth of all floor new would take 7,500 m²
        assert_eq!(
            alone.alone.room,
            Room {
                needed: Some(exact("6000")),
                headroom: Some(exact("9000"))
            }
        );
        assert_eq!(alone.alone.is_feasible(), Some(true));
        // 1.2 × 1.1 × 30,000 − 30,000 = 9,600 m² by the plot ratio, 7,500 m² by the share
        let with = need(&facts, &[piece("3000", Some(true))]);
        assert_eq!(
            with.proposed().room,
            Room {
                needed: Some(exact("7500")),
                headroom: Some(exact("12900"))
            }
        );
        assert_eq!(with.finding.as_ref().unwrap().verdict, Verdict::Pass);
        // what nobody knows of the project stays unknown, and keeps it from no feasibility
        assert_eq!(
            (with.proposed().verdict, with.is_feasible()),
            (Verdict::Unknown, Some(true))
        );
    }

    #[test]
    fn pieces_over_the_caps_need_what_no_floor_can_give_and_an_unknown_plan_stays_unknown() {
        let facts = site("30000", "30000", None);
        let over = need(&facts, &[piece("6000.01", Some(true))]);
        assert_eq!(
            (over.proposed().room.needed, over.proposed().verdict),
            (None, Verdict::Fail)
        );
        assert_eq!(over.proposed().failing, ["scattered-land"]);
        assert_eq!(over.is_feasible(), Some(false));
        let unknown = need(&facts, &[piece("3000", None)]);
        assert_eq!(
            unknown.proposed().room,
            Room {
                needed: Some(exact("7500")),
                headroom: None
            }
        );
        assert_eq!(
            (unknown.proposed().verdict, unknown.is_feasible()),
            (Verdict::Unknown, None)
        );
    }

    #[test]
    fn a_bare_site_is_no_upgrade() {
        assert_eq!(
            need(&site("30000", "0", Some("2")), &[]).alone.room.needed,
            None
        );
    }

    #[test]
    fn the_least_plot_ratio_of_the_plan_is_part_of_what_is_needed() {
        let mut facts = site("30000", "24000", Some("2"));
        let mut limit = |name, ratio: &str| {
            let ratio = Figure::Number(exact(ratio), Unit::PlotRatio);
            facts.one.set(name, ratio);
        };
        limit("plan.plot_ratio_min", "1.2");
        // a fifth more floor is 4,800 m²; 1.2 × 30,000 m² − 24,000 m² is more
        let alone = need(&facts, &[]).alone;
        assert_eq!(alone.room.needed, Some(exact("12000")));
        assert_eq!(alone.is_feasible(), Some(true));
        // 1.2 × 33,000 − 24,000
        let with = need(&facts, &[piece("3000", Some(true))]);
        assert_eq!(with.proposed().room.needed, Some(exact("15600")));
    }

    #[test]
    fn what_the_plan_cannot_hold_names_the_rule_that_forbids_it() {
        let mut facts = site("30000", "30000", Some("1.1"));
        let alone = need(&facts, &[]).alone;
        assert_eq!(
            (alone.is_feasible(), alone.failing),
            (Some(false), vec!["plot-ratio-within-plan".to_owned()])
        );
        // a plan whose limits leave nothing
        let most = Figure::Number(exact("0.5"), Unit::PlotRatio);
        facts.one.set("plan.plot_ratio_max", most);
        let none = need(&facts, &[piece("3000", Some(true))]);
        assert_eq!(none.is_feasible(), Some(false));
        assert!(none.proposed().room.headroom.unwrap() < Exact::ZERO);
    }

    #[test]
    fn what_is_assumed_is_named_and_what_is_known_is_not() {
        let mut facts = site("30000", "30000", Some("2"));
        let names = |facts: &Facts| -> Vec<&str> {
            assumed(facts).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(
            names(&facts),
            ["site.earlier_scattered_m2", "upgrade.demolished_m2"]
        );
        let land = Figure::land(exact("100"));
        facts.one.set("site.earlier_scattered_m2", land);
        let floor = Figure::Number(exact("31000"), Unit::Floor);
        facts.one.set("site.far_floor_area_m2", floor);
        assert_eq!(
            names(&facts),
            ["upgrade.demolished_m2", "upgrade.far_demolished_m2"]
        );
        let built = upgrade_facts(&facts, &[], exact("5"));
        assert_eq!(
            built.one.figure("upgrade.far_built_m2"),
            built.one.figure("upgrade.built_m2")
        );
    }
}
