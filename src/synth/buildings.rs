//! A parcel and its use → the buildings on it, their storeys and heights.

use geo::Coord;

use super::footprint::{Plan, Slot};
use super::plane::{area, extent, left, middle};
use super::rng::Rng;

/// What a building is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// 单层厂房.
    Hall,
    /// 多层厂房.
    Workshop,
    /// 办公楼.
    Office,
    /// 宿舍.
    Dormitory,
    /// 仓库.
    Store,
    /// 住宅.
    House,
    /// 附属用房.
    Shed,
    /// 高层住宅.
    Tower,
    /// 商铺.
    Shop,
}

/// A building as it stands; lengths in whole centimetres, so that they print as surveyed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Building {
    /// What it is.
    pub class: Class,
    /// Storeys above ground.
    pub above: u8,
    /// Storeys below ground.
    pub below: u8,
    /// Height of the ground storey, in cm.
    pub first_cm: u16,
    /// Height of any other storey, in cm.
    pub storey_cm: u16,
    /// Year of completion.
    pub year: u16,
    /// Reaches over its parcel's line by intent.
    pub crosses: bool,
    /// Stands over another building by intent.
    pub overlaps: bool,
}

/// A footprint and what stands on it.
pub(super) type Built = (Vec<Vec<Coord>>, Building);

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
pub(super) fn settle(ring: &[Coord], settlement: Settlement, rng: &mut Rng) -> Vec<Built> {
    let year = rng.from_to(1985, 2021);
    let size = area(ring);
    if settlement == Settlement::Homestead {
        return homestead(ring, year, rng);
    }
    let setback = rng.within(3.0, 8.0).min(size.sqrt() / 12.0);
    let Some(core) = Slot::core(ring, setback).map(Slot::lengthwise) else {
        return Vec::new();
    };
    let (each, most, gap): (f64, f64, f64) = match settlement {
        Settlement::Factory => (rng.within(2200.0, 5000.0), 16.0, 9.0),
        Settlement::Depot => (rng.within(4000.0, 7000.0), 6.0, 12.0),
        Settlement::Flats => (rng.within(1400.0, 2400.0), 24.0, 14.0),
        _ => (rng.within(1800.0, 4000.0), 4.0, 8.0),
    };
    let slots = core.grid(count(size / each, most), gap.min(core.deep / 5.0));
    let mut built = Vec::new();
    for (index, slot) in slots.iter().enumerate() {
        if slot.wide < 4.0 || slot.deep < 4.0 || rng.chance(0.06) {
            continue;
        }
        let class = class(settlement, index, rng);
        let (fill, depth) = match class {
            Class::Tower => (rng.within(0.5, 0.85), rng.within(0.35, 0.55)),
            Class::Office | Class::Dormitory => (rng.within(0.5, 0.8), rng.within(0.3, 0.6)),
            _ => (rng.within(0.75, 1.0), rng.within(0.7, 1.0)),
        };
        let site = slot.lengthwise();
        let own = site.part(0.0, 0.0, site.wide * fill, site.deep * depth);
        let building = building(class, later(year, rng), rng);
        put(&mut built, ring, own, building, rng);
        if settlement == Settlement::Shops && rng.chance(0.3) {
            let tower = own.part(
                own.wide * 0.2,
                own.deep * 0.25,
                own.wide * 0.5,
                own.deep * 0.5,
            );
            let mut building = self::building(Class::Office, later(year, rng), rng);
            building.above += 6;
            building.overlaps = true;
            built.push((tower.building(Plan::Block, rng), building));
        }
    }
    built
}

/// A house and its sheds.
fn homestead(ring: &[Coord], year: u32, rng: &mut Rng) -> Vec<Built> {
    let mut built = Vec::new();
    if rng.chance(0.04) {
        // a house that takes its whole parcel, wall on line
        built.push((
            vec![ring.to_vec()],
            building(Class::House, later(year, rng), rng),
        ));
        return built;
    }
    let Some(core) = Slot::core(ring, rng.within(0.1, 1.2)).map(Slot::lengthwise) else {
        return built;
    };
    let count: u32 = rng.weighted(&[(0.09, 1), (0.32, 2), (0.34, 3), (0.2, 4), (0.05, 5)]);
    let share = if count == 1 {
        rng.within(0.6, 1.0)
    } else {
        rng.within(0.5, 0.7)
    };
    let house = core.part(
        0.0,
        0.0,
        core.wide * share,
        core.deep * rng.within(0.85, 1.0),
    );
    put(
        &mut built,
        ring,
        house,
        building(Class::House, later(year, rng), rng),
        rng,
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
                yard.wide * rng.within(0.6, 1.0),
                (deep - 0.3) * rng.within(0.6, 1.0),
            );
            let mut building = building(Class::Shed, later(year, rng), rng);
            if rng.chance(0.004) {
                // drawn over the house it leans on
                shed = shed.shifted(-1.1, 0.0);
                building.overlaps = true;
            }
            put(&mut built, ring, shed, building, rng);
            y += deep;
            deep = deep.max(1.0);
        }
    }
    built
}

/// Puts a building in its slot, or over its parcel's line in one of two hundred cases.
fn put(built: &mut Vec<Built>, ring: &[Coord], slot: Slot, mut building: Building, rng: &mut Rng) {
    if slot.wide < 1.0 || slot.deep < 1.0 {
        return;
    }
    let mut slot = slot;
    if rng.chance(0.005) {
        let centre = middle(ring);
        let own = moved_middle(&slot);
        let along = super::plane::dot(own - centre, slot.axis) >= 0.0;
        let (low, high) = extent(ring, slot.origin, slot.axis);
        let over = slot.wide * rng.within(0.05, 0.5);
        let by = if along {
            high - slot.wide + over
        } else {
            low - over
        };
        slot = slot.shifted(by, 0.0);
        building.crosses = true;
    }
    let plan = plan(building.class, &slot, rng);
    built.push((slot.building(plan, rng), building));
}

fn moved_middle(slot: &Slot) -> Coord {
    slot.origin + slot.axis * (slot.wide / 2.0) + left(slot.axis) * (slot.deep / 2.0)
}

/// The plan a building of this class and size may have.
fn plan(class: Class, slot: &Slot, rng: &mut Rng) -> Plan {
    if slot.wide.min(slot.deep) < 7.0 {
        let porch = class == Class::House && rng.chance(0.3);
        return if porch { Plan::Porch } else { Plan::Block };
    }
    match class {
        Class::Shed => Plan::Block,
        Class::Hall | Class::Store => rng.weighted(&[(0.85, Plan::Block), (0.15, Plan::Angle)]),
        Class::House => rng.weighted(&[
            (0.4, Plan::Block),
            (0.35, Plan::Porch),
            (0.2, Plan::Angle),
            (0.04, Plan::Horseshoe),
            (0.01, Plan::Court),
        ]),
        _ => rng.weighted(&[
            (0.5, Plan::Block),
            (0.15, Plan::Porch),
            (0.18, Plan::Angle),
            (0.12, Plan::Horseshoe),
            (0.05, Plan::Court),
        ]),
    }
}

fn class(settlement: Settlement, index: usize, rng: &mut Rng) -> Class {
    match (settlement, index) {
        (Settlement::Factory, 0) => rng.weighted(&[(0.6, Class::Office), (0.4, Class::Workshop)]),
        (Settlement::Factory, 1) => {
            rng.weighted(&[(0.4, Class::Dormitory), (0.6, Class::Workshop)])
        }
        (Settlement::Factory, _) => rng.weighted(&[
            (0.45, Class::Hall),
            (0.45, Class::Workshop),
            (0.1, Class::Store),
        ]),
        (Settlement::Depot, _) => Class::Store,
        (Settlement::Flats, _) => rng.weighted(&[(0.92, Class::Tower), (0.08, Class::Shop)]),
        (Settlement::Shops, _) => rng.weighted(&[(0.6, Class::Shop), (0.4, Class::Office)]),
        (Settlement::Homestead, _) => Class::House,
    }
}

/// Storeys and heights of a building.
pub(super) fn building(class: Class, year: u16, rng: &mut Rng) -> Building {
    let tall = |rng: &mut Rng, low: u32, high: u32| cm(rng.from_to(low, high) * 10);
    let (above, first_cm, storey_cm) = match class {
        // the hall of exactly eight metres counts once, one of a centimetre more twice
        Class::Hall | Class::Store => (
            1,
            rng.weighted(&[(0.15, 800), (0.05, 801), (0.3, 650), (0.5, 0)]),
            0,
        ),
        Class::Workshop => (rng.from_to(2, 6), tall(rng, 42, 82), tall(rng, 36, 50)),
        Class::Office => (rng.from_to(2, 6), tall(rng, 36, 45), 330),
        Class::Dormitory => (rng.from_to(3, 6), 330, 310),
        Class::House => (
            rng.weighted(&[(0.15, 1), (0.25, 2), (0.4, 3), (0.2, 4)]),
            tall(rng, 30, 36),
            300,
        ),
        Class::Shed => (1, tall(rng, 22, 32), 0),
        Class::Tower => (*rng.pick(&[6, 6, 11, 17, 18, 26, 33]), 290, 290),
        Class::Shop => (rng.from_to(1, 4), tall(rng, 40, 52), 420),
    };
    let first_cm = if first_cm == 0 {
        tall(rng, 81, 120)
    } else {
        first_cm
    };
    let below = match class {
        Class::Tower => u8::from(rng.chance(0.5)),
        Class::Shop | Class::Office => u8::from(rng.chance(0.12)),
        _ => 0,
    };
    Building {
        class,
        above: u8::try_from(above).unwrap_or(1),
        below,
        first_cm,
        storey_cm,
        year,
        crosses: false,
        overlaps: false,
    }
}

fn cm(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn later(year: u32, rng: &mut Rng) -> u16 {
    cm((year + rng.below(5)).min(2022))
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
