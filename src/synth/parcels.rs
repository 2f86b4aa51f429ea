//! A block → its parcels and all that is left between them.

use geo::Coord;

use super::cut::{Bends, Line, cut};
use super::dice::Dice;
use super::district::District;
use super::division::{Division, style};
use super::layout::Outline;
use super::plane::{Ring, area, direction, extent, left, moved};

/// How a scattered piece lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lie {
    /// 边角地: between parcels and the edge of the block.
    Corner,
    /// 夹心地: between parcels.
    Enclosed,
    /// 插花地: between parcels and reaching into one of them.
    Interlocked,
}

/// What a piece of a block is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// A parcel of the block's own use.
    Site,
    /// Scattered land that is a parcel of its own, of this width in metres.
    Recorded(Lie, f64),
    /// Scattered land that no layer holds, of this width in metres.
    Residual(Lie, f64),
    /// 村道.
    Lane,
    /// 绿地.
    Green,
}

/// A piece of a block. The pieces of a block tile it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its boundary.
    pub ring: Ring,
    /// What it is.
    pub role: Role,
}

/// The pieces of the block `outline` with `parcels` parcels, or fewer where no sound cut is found.
pub(super) fn divide(
    outline: &Outline,
    district: District,
    parcels: u32,
    dice: &mut Dice,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (from, to) = outline.side(0);
    let first = direction(from, to);
    let style = style(district);
    let mut rest = outline.ring();
    let mut parcels = parcels;
    if district == District::Park || parcels == 0 {
        pieces.push(Piece {
            ring: rest,
            role: Role::Green,
        });
        return pieces;
    }
    let share = style.typical * f64::from(parcels) * 1.3 / area(&rest);
    if share < 0.8 {
        let (low, high) = extent(&rest, from, first);
        let at = moved(from, first, low + (high - low) * share.max(0.15));
        if let Some((near, far)) = cut(
            &rest,
            Line {
                at,
                along: left(first),
            },
            &style.bends,
            dice,
        ) {
            pieces.push(Piece {
                ring: far,
                role: Role::Green,
            });
            rest = near;
        }
    }
    let mut strips = Vec::new();
    if district == District::Industry {
        parcels -= fringe(outline, &mut rest, parcels, &mut pieces, dice);
        for _ in 0..dice.whole(0, 3).min(parcels / 4) {
            let (lie, width) = if dice.chance(0.25) {
                (Lie::Interlocked, dice.within(6.0, 12.0))
            } else {
                (Lie::Enclosed, dice.within(3.0, 12.0))
            };
            let recorded = parcels > 2 && dice.chance(0.45);
            parcels -= u32::from(recorded);
            let role = if recorded {
                Role::Recorded(lie, width)
            } else {
                Role::Residual(lie, width)
            };
            strips.push((role, width));
        }
    }
    let mut division = Division {
        style,
        axes: (first, left(first)),
        strips,
        pieces: &mut pieces,
        dice,
    };
    division.split(rest, parcels);
    pieces
}

/// Cuts strips and corners off the edge of an industrial block; how many of them are parcels.
fn fringe(
    outline: &Outline,
    rest: &mut Ring,
    parcels: u32,
    pieces: &mut Vec<Piece>,
    dice: &mut Dice,
) -> u32 {
    let mut recorded = 0;
    for side in 0..4 {
        let (from, to) = outline.side(side);
        let along = direction(from, to);
        let (line, width) = if dice.chance(0.22) {
            let width = dice.within(2.5, 11.0);
            (
                Line {
                    at: moved(from, left(along), width),
                    along,
                },
                width,
            )
        } else if dice.chance(0.3) {
            let before = outline.side(side + 3).1;
            let back = direction(before, outline.side(side + 3).0);
            let (a, b) = (
                moved(from, along, dice.within(14.0, 50.0)),
                moved(before, back, dice.within(14.0, 50.0)),
            );
            let line = Line {
                at: a,
                along: direction(a, b),
            };
            (
                Line {
                    along: Coord {
                        x: -line.along.x,
                        y: -line.along.y,
                    },
                    at: b,
                },
                0.0,
            )
        } else {
            continue;
        };
        let Some((inner, outer)) = cut(rest, line, &Bends::NONE, dice) else {
            continue;
        };
        let (inner, outer) = if area(&inner) > area(&outer) {
            (inner, outer)
        } else {
            (outer, inner)
        };
        let width = if width > 0.0 {
            width
        } else {
            (area(&outer) / 2.0).sqrt()
        };
        let role = match dice.weighted(&[(0.15, 0), (0.4, 1), (0.45, 2)]) {
            0 => Role::Green,
            1 if recorded + 2 < parcels => Role::Recorded(Lie::Corner, width),
            _ => Role::Residual(Lie::Corner, width),
        };
        recorded += u32::from(matches!(role, Role::Recorded(..)));
        pieces.push(Piece { ring: outer, role });
        *rest = inner;
    }
    recorded
}
