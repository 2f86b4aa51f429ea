//! A block → its plan blocks (控规地块) with their limits.

use super::cut::{Bends, Line, cut};
use super::dice::Dice;
use super::district::{District, Plot};
use super::layout::Outline;
use super::parcels::{Lie, Piece, Role};
use super::plane::{direction, extent, left, moved};
use super::rows::SynthLayer;

/// What the plan says of a plan block. Limits are hundredths; 0 where the plan is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlanBlock {
    /// The block it is part of.
    pub block: u32,
    /// Its number in the block, from 1.
    pub number: u16,
    /// 用地性质, as GB 50137 letters.
    pub letters: &'static str,
    /// Its code in 国土空间用地用海分类.
    pub code: &'static str,
    /// 容积率下限 and 上限, in hundredths.
    pub ratio: (u16, u16),
    /// 建筑密度下限 and 上限, in %.
    pub density: (u16, u16),
    /// 建筑限高, in m.
    pub height: u16,
    /// 绿地率下限 and 上限, in %.
    pub green: (u16, u16),
}

/// Adds the plan blocks of a block. Gives the pieces on which the plan wants green instead of buildings.
pub(super) fn plan(
    outline: &Outline,
    plot: Plot,
    pieces: &[Piece],
    layer: &mut SynthLayer<PlanBlock>,
    dice: &mut Dice,
) -> Vec<usize> {
    let mut number = 0;
    let mut next = |district, dice: &mut Dice| {
        number += 1;
        limits(plot.block, number, district, dice)
    };
    let mut rest = outline.ring();
    let mut green = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let fringe = matches!(
            piece.role,
            Role::Residual(Lie::Corner, _) | Role::Recorded(Lie::Corner, _)
        );
        // only the first piece was cut off the whole block, so that the plan's line can be the same
        if index == 0 && fringe && dice.chance(0.5) {
            let Some(others) = without(&rest, piece) else {
                continue;
            };
            rest = others;
            layer.push(
                std::slice::from_ref(&piece.ring),
                next(District::Park, dice),
            );
            green.push(index);
        }
    }
    let (from, to) = outline.side(0);
    let axis = direction(from, to);
    let (low, high) = extent(&rest, from, axis);
    let at = moved(from, axis, low + (high - low) * dice.within(0.35, 0.65));
    let halves = dice.chance(0.35).then(|| {
        cut(
            &rest,
            Line {
                at,
                along: left(axis),
            },
            &Bends::NONE,
            dice,
        )
    });
    if let Some(Some((first, second))) = halves {
        layer.push(&[first], next(plot.district, dice));
        layer.push(&[second], next(plot.district, dice));
    } else {
        layer.push(&[rest], next(plot.district, dice));
    }
    green
}

/// What is left of `ring` without a piece that was cut off it by a straight line.
fn without(ring: &[geo::Coord], piece: &Piece) -> Option<Vec<geo::Coord>> {
    let ends: Vec<_> = piece
        .ring
        .iter()
        .filter(|c| !ring.contains(c))
        .copied()
        .collect();
    let kept: Vec<_> = ring.iter().map(|c| piece.ring.contains(c)).collect();
    let &[a, b] = ends.as_slice() else {
        return None;
    };
    let after = (0..ring.len()).find(|&k| kept[k] && !kept[(k + 1) % ring.len()])?;
    let mut rest: Vec<_> = (1..=ring.len())
        .map(|step| (after + step) % ring.len())
        .filter(|&k| !kept[k])
        .map(|k| ring[k])
        .collect();
    let (first, last) = (rest[0], rest[rest.len() - 1]);
    let near = |c, d| super::plane::distance(c, d);
    if near(a, first) + near(b, last) < near(b, first) + near(a, last) {
        rest.extend([b, a]);
    } else {
        rest.extend([a, b]);
    }
    Some(rest)
}

fn limits(block: u32, number: u16, district: District, dice: &mut Dice) -> PlanBlock {
    let ratio = |dice: &mut Dice, low: u32, high: u32| {
        u16::try_from(dice.whole(low, high) * 10).unwrap_or(0)
    };
    let none = PlanBlock {
        block,
        number,
        letters: "G1",
        code: "1401",
        ratio: (0, 0),
        density: (0, 0),
        height: 0,
        green: (0, 0),
    };
    match district {
        District::Industry => PlanBlock {
            letters: dice.weighted(&[(0.3, "M1"), (0.6, "M2"), (0.1, "M1/B2")]),
            code: dice.weighted(&[(0.3, "100101"), (0.7, "100102")]),
            // a lower limit is the rule, an upper one rather the exception
            ratio: (
                ratio(dice, 8, 15),
                dice.weighted(&[(0.35, 0), (0.3, 250), (0.25, 200), (0.1, 300)]),
            ),
            density: (30, dice.weighted(&[(0.5, 50), (0.3, 60), (0.2, 55)])),
            height: dice.weighted(&[(0.5, 40), (0.3, 50), (0.2, 24)]),
            green: (0, dice.weighted(&[(0.6, 20), (0.4, 15)])),
            ..none
        },
        District::Estate => PlanBlock {
            letters: "R2",
            code: "0701",
            ratio: (100, ratio(dice, 16, 28)),
            density: (0, 28),
            height: 80,
            green: (30, 0),
            ..none
        },
        District::Commerce => PlanBlock {
            letters: "B1",
            code: "0901",
            ratio: (0, ratio(dice, 15, 40)),
            density: (0, 50),
            height: 60,
            green: (15, 0),
            ..none
        },
        District::Village => PlanBlock {
            letters: "H14",
            code: "0703",
            height: 16,
            ..none
        },
        District::Reserve => PlanBlock {
            letters: "M2",
            code: "100102",
            ratio: (100, 250),
            density: (30, 60),
            height: 40,
            green: (0, 20),
            ..none
        },
        District::Park => none,
    }
}
