//! Dice → cases of an upgrade, a split, a merge that could be true, often near their bounds, often with facts missing.

use jiff::civil::Date;
use plotratio::law::facts::{Facts, Record, SharedEdge, fact};
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::{Sort, Vocabulary};
use plotratio::quantity::{Exact, Figure};

use super::Dice;

pub const AS_OF: Date = Date::constant(2022, 6, 1);

/// How often a fact is given, of a hundred.
const GIVEN: i64 = 94;

/// Hundredths as a number.
fn cents(cents: i64) -> Exact {
    Exact::fraction(cents, 100).unwrap()
}

/// Sets facts, most of the time.
struct Maker<'a> {
    dice: &'a mut Dice,
    record: Record,
}

impl Maker<'_> {
    fn number(&mut self, name: &str, value: Exact) {
        let fact = fact(name).unwrap();
        let Some((_, Sort::Number(unit))) = Catalogue.measure(name) else {
            panic!("{name} is no number");
        };
        if self.dice.percent(GIVEN) {
            self.record.set(fact.name, Figure::Number(value, unit));
        }
    }

    fn m2(&mut self, name: &str, hundredths: i64) {
        self.number(name, cents(hundredths));
    }

    fn truth(&mut self, name: &str, mostly: bool) {
        let truth = mostly == self.dice.percent(90);
        if self.dice.percent(GIVEN) {
            self.record
                .set(fact(name).unwrap().name, Figure::Truth(truth));
        }
    }

    fn word(&mut self, name: &str, words: &[&str]) {
        let word = *self.dice.one_of(words);
        if self.dice.percent(GIVEN) {
            self.record
                .set(fact(name).unwrap().name, Figure::Word(word.into()));
        }
    }

    fn day(&mut self, name: &str) {
        let day =
            Date::constant(2021, 1, 1).checked_add(jiff::ToSpan::days(self.dice.number(0, 900)));
        if self.dice.percent(GIVEN) {
            self.record
                .set(fact(name).unwrap().name, Figure::Day(day.unwrap()));
        }
    }
}

/// A site of whole square metres with buildings, pieces beside it, and an upgrade of it.
pub fn upgrade(dice: &mut Dice) -> Facts {
    let site = dice.number(3_000, 90_000) * 100;
    let before = site / 100 * dice.number(20, 160);
    let demolished = before / 100 * *dice.one_of(&[0, 0, 10, 30]);
    let built = before / 100 * dice.number(5, 90);
    let counted = *dice.one_of(&[100, 100, 110, 130]);
    let footprint = site / 100 * dice.number(20, 70);
    let mut of = Maker {
        dice,
        record: Record::default(),
    };
    of.m2("site.area_m2", site);
    of.m2("site.floor_area_m2", before);
    of.m2("site.far_floor_area_m2", before / 100 * counted);
    of.m2("site.production_floor_area_m2", before / 100 * 80);
    of.m2("site.certified_floor_area_m2", before / 100 * 95);
    of.m2("site.earlier_scattered_m2", site / 100 * 2);
    of.number("site.contract_plot_ratio", cents(120));
    of.number("site.spaces_provided", Exact::int(80));
    of.word("site.land_use", &["industrial", "industrial", "warehouse"]);
    of.word("site.plan_use", &["industrial", "residential"]);
    for name in [
        "site.standard_land",
        "site.new_project",
        "site.near_term_demolition",
    ] {
        of.truth(name, false);
    }
    of.truth("site.demolition_commitment", true);
    of.m2("upgrade.demolished_m2", demolished);
    of.m2("upgrade.built_m2", built);
    of.m2("upgrade.far_built_m2", built / 100 * counted);
    of.m2("upgrade.far_demolished_m2", demolished / 100 * counted);
    of.m2("upgrade.production_built_m2", built / 100 * 90);
    of.m2("upgrade.production_demolished_m2", demolished / 100 * 80);
    of.m2("upgrade.footprint_after_m2", footprint);
    let height = of.dice.number(900, 3_000);
    of.number("upgrade.height_after_m", cents(height));
    of.number("upgrade.green_ratio_after", cents(15));
    of.word(
        "upgrade.industry_status",
        &["encouraged", "permitted", "permitted", "restricted"],
    );
    for name in ["upgrade.relocation_planned", "upgrade.adds_storeys"] {
        of.truth(name, false);
    }
    for name in [
        "upgrade.self_used",
        "upgrade.use_unchanged",
        "upgrade.compliant",
        "upgrade.efficiency_up",
    ] {
        of.truth(name, true);
    }
    of.day("upgrade.approval_date");
    of.day("upgrade.start_date");
    let count = of.dice.number(1, 4);
    of.number("upgrade.building_count", Exact::int(count));
    of.number("upgrade.building_storeys", Exact::int(count + 2));
    if of.dice.percent(GIVEN) {
        let floors = (1..=count + 2).map(|storey| (storey, cents(built / 100 * 10)));
        of.record
            .set_series("upgrade.new_floor_by_storey", floors.collect());
    }
    of.word(
        "enterprise.evaluation_class",
        &["A", "B", "B", "C", "D", "unrated"],
    );
    of.number("enterprise.local_contribution_wan", Exact::int(400));
    let money = of.dice.number(300, 9_000);
    of.number("investment.equipment_wan", Exact::int(money));
    of.number("investment.total_wan", Exact::int(money * 2));
    of.number("investment.invested_wan", Exact::int(money));
    of.truth("investment.key_project", false);
    of.m2("investment.newly_leased_m2", built);
    for (name, limit) in [
        ("plan.plot_ratio_min", 80),
        ("plan.plot_ratio_max", 200),
        ("plan.density_min", 30),
    ] {
        of.number(name, cents(limit));
    }
    for (name, limit) in [
        ("plan.density_max", 60),
        ("plan.height_max_m", 2_400),
        ("plan.green_ratio_max", 20),
    ] {
        of.number(name, cents(limit));
    }
    let one = of.record;
    let pieces = dice.number(0, 3);
    // together about a fifth of the site, at times exactly
    let together = site / 100 * *dice.one_of(&[5, 12, 18, 20, 20, 24]);
    let mut facts = Facts {
        one,
        ..Facts::default()
    };
    let pieces = (0..pieces).map(|_| piece(dice, together / pieces));
    facts.lists.insert("scattered", pieces.collect());
    facts
}

fn piece(dice: &mut Dice, area: i64) -> Record {
    let mut of = Maker {
        dice,
        record: Record::default(),
    };
    of.m2("scattered.area_m2", area);
    of.truth("scattered.conforms_to_plan", true);
    of.truth("scattered.adjacent", true);
    of.record
}

/// A site and the lots that it is split into.
pub fn split(dice: &mut Dice) -> Facts {
    let lots = dice.number(2, 5);
    let areas: Vec<i64> = (0..lots)
        .map(|_| *dice.one_of(&[666_666, 666_667, 900_000, 1_000_000, 500_000]))
        .collect();
    let mut of = Maker {
        dice,
        record: Record::default(),
    };
    of.m2("site.area_m2", areas.iter().sum());
    for name in [
        "site.industrial_estate",
        "site.product_of_split",
        "site.product_of_merge",
        "site.includes_scattered_land",
        "site.standard_land",
    ] {
        of.truth(name, false);
    }
    of.number("cut_buildings", Exact::ZERO);
    buyer(&mut of);
    let one = of.record;
    let lot = |area: &i64| {
        let mut of = Maker {
            dice: &mut *dice,
            record: Record::default(),
        };
        of.m2("lot.area_m2", *area);
        let buildings = *of.dice.one_of(&[1, 1, 2, 0]);
        of.number("lot.buildings", Exact::int(buildings));
        of.truth("lot.supporting_only", false);
        of.truth("lot.completed", true);
        of.truth("lot.sold", true);
        of.record
    };
    let lots = areas.iter().map(lot).collect();
    let mut facts = Facts {
        one,
        ..Facts::default()
    };
    facts.lists.insert("lot", lots);
    facts
}

fn buyer(of: &mut Maker<'_>) {
    of.word(
        "transferee.evaluation_class",
        &["A", "B", "B", "C", "unrated"],
    );
    of.truth("transferee.meets_requirements", true);
    of.truth("transferee.accepts_obligations", true);
}

/// Parcels to be merged, and the boundaries that they share.
pub fn merge(dice: &mut Dice) -> Facts {
    let parcels = 2 + dice.place(2);
    let mut of = Maker {
        dice,
        record: Record::default(),
    };
    buyer(&mut of);
    let one = of.record;
    let parcel = |_| {
        let mut of = Maker {
            dice: &mut *dice,
            record: Record::default(),
        };
        of.word("parcel.right_type", &["3", "3", "3", "5"]);
        of.word("parcel.right_nature", &["102"]);
        of.word(
            "parcel.land_use",
            &["industrial", "industrial", "industrial", "warehouse"],
        );
        of.day("parcel.term_end");
        of.record
    };
    let records = (0..parcels).map(parcel).collect();
    let edge = |next: usize| SharedEdge {
        between: (dice.place(next - 1), next),
        length_m: cents(*dice.one_of(&[0, 1_000, 2_000, 5_000])),
        gap_m: cents(*dice.one_of(&[0, 0, 0, 3, 30])),
    };
    let shared_edges = Some((1..parcels).map(edge).collect());
    let mut facts = Facts {
        one,
        shared_edges,
        ..Facts::default()
    };
    facts.lists.insert("parcel", records);
    facts
}
