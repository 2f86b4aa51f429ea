//! A parcel and how it is built on → the buildings on it.

use geo::Coord;

use super::building::{Building, Built, Class, building, cm, plan};
use super::dice::Dice;
use super::footprint::{Plan, Slot};
use super::plane::{area, extent, left, middle};

/// How a parcel is built on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settlement {
    /// Factory.
    Factory,
    /// Warehouses.
    Depot,
    /// A homestead.
    Homestead,
    /// Flats.
    Flats,
    /// Shops and offices.
    Shops,
}

/// The buildings on a parcel; none where it is too narrow.
pub(super) fn settle(ring: &[Coord], settlement: Settlement, dice: &mut Dice) -> Vec<Built> {
    let year = dice.whole(1985, 2021);
    let size = area(ring);
    if settlement == Settlement::Homestead {
        return homestead(ring, year, dice);
    }
    let setback = dice.within(3.0, 8.0).min(size.sqrt() / 12.0);
    let Some(core) = Slot::core(ring, setback).map(Slot::lengthwise) else {
        return Vec::new();
    };
    let (each, most, gap): (f64, f64, f64) = match settlement {
        Settlement::Factory => (dice.within(2200.0, 5000.0), 16.0, 9.0),
        Settlement::Depot => (dice.within(4000.0, 7000.0), 6.0, 12.0),
        Settlement::Flats => (dice.within(1400.0, 2400.0), 24.0, 14.0),
        _ => (dice.within(1800.0, 4000.0), 4.0, 8.0),
    };
    let slots = core.grid(count(size / each, most), gap.min(core.deep / 5.0));
    let mut built = Vec::new();
    for (index, slot) in slots.iter().enumerate() {
        if slot.wide < 4.0 || slot.deep < 4.0 || dice.chance(0.06) {
            continue;
        }
        let class = class(settlement, index, dice);
        let (fill, depth) = match class {
            Class::Tower => (dice.within(0.5, 0.85), dice.within(0.35, 0.55)),
            Class::Office | Class::Dormitory => (dice.within(0.5, 0.8), dice.within(0.3, 0.6)),
            _ => (dice.within(0.75, 1.0), dice.within(0.7, 1.0)),
        };
        let long = slot.lengthwise();
        let own = long.part(0.0, 0.0, long.wide * fill, long.deep * depth);
        let building = building(class, later(year, dice), dice);
        put(&mut built, ring, own, building, dice);
        if settlement == Settlement::Shops && dice.chance(0.3) {
            let tower = own.part(
                own.wide * 0.2,
                own.deep * 0.25,
                own.wide * 0.5,
                own.deep * 0.5,
            );
            let mut building = self::building(Class::Office, later(year, dice), dice);
            building.above += 6;
            building.overlaps = true;
            built.push((tower.building(Plan::Block, dice), building));
        }
    }
    built
}

/// A house and its sheds.
fn homestead(ring: &[Coord], year: u32, dice: &mut Dice) -> Vec<Built> {
    let mut built = Vec::new();
    if dice.chance(0.04) {
        // a house that takes its whole parcel, wall on line
        built.push((
            vec![ring.to_vec()],
            building(Class::House, later(year, dice), dice),
        ));
        return built;
    }
    let Some(core) = Slot::core(ring, dice.within(0.1, 1.2)).map(Slot::lengthwise) else {
        return built;
    };
    let count: u32 = dice.weighted(&[(0.08, 1), (0.3, 2), (0.35, 3), (0.21, 4), (0.06, 5)]);
    let share = if count == 1 {
        dice.within(0.6, 1.0)
    } else {
        dice.within(0.5, 0.7)
    };
    let house = core.part(
        0.0,
        0.0,
        core.wide * share,
        core.deep * dice.within(0.85, 1.0),
    );
    put(
        &mut built,
        ring,
        house,
        building(Class::House, later(year, dice), dice),
        dice,
    );
    let yard = core.part(
        core.wide * share + 0.6,
        0.0,
        core.wide * (1.0 - share) - 0.6,
        core.deep,
    );
    if count > 1 && yard.wide > 0.9 {
        let mut deep = yard.deep / f64::from(count - 1);
        let mut y = 0.0;
        for _ in 1..count {
            let mut shed = yard.part(
                0.0,
                y,
                yard.wide * dice.within(0.6, 1.0),
                (deep - 0.3) * dice.within(0.6, 1.0),
            );
            let mut building = building(Class::Shed, later(year, dice), dice);
            if dice.chance(0.004) {
                // drawn over the house it leans on
                shed = shed.shifted(-1.1, 0.0);
                building.overlaps = true;
            }
            put(&mut built, ring, shed, building, dice);
            y += deep;
            deep = deep.max(1.0);
        }
    }
    built
}

/// Puts a building in its slot, or over its parcel's line in one of two hundred cases.
fn put(
    built: &mut Vec<Built>,
    ring: &[Coord],
    slot: Slot,
    mut building: Building,
    dice: &mut Dice,
) {
    if slot.wide < 1.0 || slot.deep < 1.0 {
        return;
    }
    let mut slot = slot;
    if dice.chance(0.005) {
        let centre = middle(ring);
        let own = moved_middle(&slot);
        let along = super::plane::dot(own - centre, slot.axis) >= 0.0;
        let (low, high) = extent(ring, slot.origin, slot.axis);
        let over = slot.wide * dice.within(0.05, 0.5);
        let by = if along {
            high - slot.wide + over
        } else {
            low - over
        };
        slot = slot.shifted(by, 0.0);
        building.crosses = true;
    }
    let plan = plan(building.class, &slot, dice);
    built.push((slot.building(plan, dice), building));
}

fn moved_middle(slot: &Slot) -> Coord {
    slot.origin + slot.axis * (slot.wide / 2.0) + left(slot.axis) * (slot.deep / 2.0)
}

fn class(settlement: Settlement, index: usize, dice: &mut Dice) -> Class {
    match (settlement, index) {
        (Settlement::Factory, 0) => dice.weighted(&[(0.6, Class::Office), (0.4, Class::Workshop)]),
        (Settlement::Factory, 1) => {
            dice.weighted(&[(0.4, Class::Dormitory), (0.6, Class::Workshop)])
        }
        (Settlement::Factory, _) => dice.weighted(&[
            (0.45, Class::Hall),
            (0.45, Class::Workshop),
            (0.1, Class::Store),
        ]),
        (Settlement::Depot, _) => Class::Store,
        (Settlement::Flats, _) => dice.weighted(&[(0.92, Class::Tower), (0.08, Class::Shop)]),
        (Settlement::Shops, _) => dice.weighted(&[(0.6, Class::Shop), (0.4, Class::Office)]),
        (Settlement::Homestead, _) => Class::House,
    }
}

/// `wanted` as a count from 1 to `most`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and 24"
)]
fn count(wanted: f64, most: f64) -> u32 {
    wanted.clamp(1.0, most) as u32
}

fn later(year: u32, dice: &mut Dice) -> u16 {
    cm((year + dice.below(5)).min(2022))
}
