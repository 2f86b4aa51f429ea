//! What a building is → its storeys, heights and plan.

use geo::Coord;

use super::dice::Dice;
use super::footprint::{Plan, Slot};

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

/// Storeys and heights of a building.
pub(super) fn building(class: Class, year: u16, dice: &mut Dice) -> Building {
    let tall = |dice: &mut Dice, low: u32, high: u32| cm(dice.whole(low, high) * 10);
    let (above, first_cm, storey_cm) = match class {
        // the hall of exactly eight metres counts once, one of a centimetre more twice
        Class::Hall | Class::Store => (
            1,
            dice.weighted(&[(0.15, 800), (0.05, 801), (0.3, 650), (0.5, 0)]),
            0,
        ),
        Class::Workshop => (dice.whole(2, 6), tall(dice, 42, 82), tall(dice, 36, 50)),
        Class::Office => (dice.whole(2, 6), tall(dice, 36, 45), 330),
        Class::Dormitory => (dice.whole(3, 6), 330, 310),
        Class::House => (
            dice.weighted(&[(0.15, 1), (0.25, 2), (0.4, 3), (0.2, 4)]),
            tall(dice, 30, 36),
            300,
        ),
        Class::Shed => (1, tall(dice, 22, 32), 0),
        Class::Tower => (*dice.pick(&[6, 6, 11, 17, 18, 26, 33]), 290, 290),
        Class::Shop => (dice.whole(1, 4), tall(dice, 40, 52), 420),
    };
    let first_cm = if first_cm == 0 {
        tall(dice, 81, 120)
    } else {
        first_cm
    };
    let below = match class {
        Class::Tower => u8::from(dice.chance(0.5)),
        Class::Shop | Class::Office => u8::from(dice.chance(0.12)),
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

/// The plan a building of this class and size may have.
pub(super) fn plan(class: Class, slot: &Slot, dice: &mut Dice) -> Plan {
    if slot.wide.min(slot.deep) < 7.0 {
        let porch = class == Class::House && dice.chance(0.3);
        return if porch { Plan::Porch } else { Plan::Block };
    }
    match class {
        Class::Shed => Plan::Block,
        Class::Hall | Class::Store => dice.weighted(&[(0.85, Plan::Block), (0.15, Plan::Angle)]),
        Class::House => dice.weighted(&[
            (0.4, Plan::Block),
            (0.35, Plan::Porch),
            (0.2, Plan::Angle),
            (0.04, Plan::Horseshoe),
            (0.01, Plan::Court),
        ]),
        _ => dice.weighted(&[
            (0.5, Plan::Block),
            (0.15, Plan::Porch),
            (0.18, Plan::Angle),
            (0.12, Plan::Horseshoe),
            (0.05, Plan::Court),
        ]),
    }
}

/// A number as it is kept.
pub(super) fn cm(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
