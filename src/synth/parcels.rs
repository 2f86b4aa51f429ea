//! A block → its parcels and all that is left between them.

use geo::Coord;

use super::cut::{Bends, Line, cut};
use super::district::District;
use super::layout::Outline;
use super::plane::{Ring, area, direction, extent, left, moved};
use super::rng::Rng;

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

/// What distinguishes the parcels of one district from those of another.
struct Style {
    bends: Bends,
    /// How uneven neighbours are: 0 for equal shares.
    uneven: f64,
    /// A piece of more parcels than this is parted by a lane.
    lane_over: u32,
    /// Land that a parcel may take before the rest of the block is left green, in m².
    typical: f64,
    /// Share of the last cuts with a tab, so that parcels are not all convex.
    tabs: f64,
}

struct Division<'a> {
    style: Style,
    axes: (Coord, Coord),
    /// Scattered strips that are still to be put between parcels.
    strips: Vec<(Role, f64)>,
    pieces: &'a mut Vec<Piece>,
    rng: &'a mut Rng,
}

/// The pieces of the block `outline` with `parcels` parcels, or fewer where no sound cut is found.
pub(super) fn divide(
    outline: &Outline,
    district: District,
    parcels: u32,
    rng: &mut Rng,
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
            rng,
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
        parcels -= fringe(outline, &mut rest, parcels, &mut pieces, rng);
        for _ in 0..rng.from_to(0, 3).min(parcels / 4) {
            let (lie, width) = if rng.chance(0.25) {
                (Lie::Interlocked, rng.within(6.0, 12.0))
            } else {
                (Lie::Enclosed, rng.within(3.0, 12.0))
            };
            let recorded = parcels > 2 && rng.chance(0.45);
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
        rng,
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
    rng: &mut Rng,
) -> u32 {
    let mut recorded = 0;
    for side in 0..4 {
        let (from, to) = outline.side(side);
        let along = direction(from, to);
        let (line, width) = if rng.chance(0.22) {
            let width = rng.within(2.5, 11.0);
            (
                Line {
                    at: moved(from, left(along), width),
                    along,
                },
                width,
            )
        } else if rng.chance(0.3) {
            let before = outline.side(side + 3).1;
            let back = direction(before, outline.side(side + 3).0);
            let (a, b) = (
                moved(from, along, rng.within(14.0, 50.0)),
                moved(before, back, rng.within(14.0, 50.0)),
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
        let Some((inner, outer)) = cut(rest, line, &Bends::NONE, rng) else {
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
        let role = match rng.weighted(&[(0.15, 0), (0.4, 1), (0.45, 2)]) {
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

impl Division<'_> {
    /// Parts `ring` into `count` parcels.
    fn split(&mut self, ring: Ring, mut count: u32) {
        if count <= 1 {
            self.pieces.push(Piece {
                ring,
                role: Role::Site,
            });
            return;
        }
        let (u, v) = self.axes;
        let size = |axis: Coord| extent(&ring, ring[0], axis);
        let (wide, high) = (size(u), size(v));
        for attempt in 0..10 {
            if attempt > 4
                && let Some((role, _)) = self.strips.pop()
            {
                // no strip fits here: its place in the count goes to a site
                count += u32::from(matches!(role, Role::Recorded(..)));
            }
            let across = (wide.1 - wide.0 > high.1 - high.0) == (attempt < 7);
            // the left of the line takes the low end of the axis
            let (axis, along, (low, top)) = if across {
                (u, v, wide)
            } else {
                (v, Coord { x: -u.x, y: -u.y }, high)
            };
            let near = if count < 4 {
                count / 2
            } else {
                let count = f64::from(count);
                whole(count * self.rng.within(0.38, 0.62)).clamp(1, whole(count) - 1)
            };
            let uneven = self.rng.around(self.style.uneven) / f64::from(count).sqrt();
            let share = (f64::from(near) / f64::from(count) + uneven).clamp(0.12, 0.88);
            let at = moved(ring[0], axis, low + (top - low) * share);
            let tilt = self.rng.around(0.03);
            let line = Line {
                at,
                along: direction(at, moved(at, along + axis * tilt, 1.0)),
            };
            if self.part(&ring, line, axis, (near, count - near)) {
                return;
            }
        }
        self.pieces.push(Piece {
            ring,
            role: Role::Site,
        });
    }

    /// Cuts `ring` along `line`, with a lane or a scattered strip between the parts where one is due.
    fn part(&mut self, ring: &Ring, line: Line, axis: Coord, (near, far): (u32, u32)) -> bool {
        let lane = near + far > self.style.lane_over;
        let strip = if lane {
            None
        } else {
            self.strips.last().copied()
        };
        let mut bends = self.style.bends;
        if let Some((
            Role::Recorded(Lie::Interlocked, width) | Role::Residual(Lie::Interlocked, width),
            _,
        )) = strip
        {
            bends.tab = width * 0.4;
        } else if near + far == 2 && self.rng.chance(self.style.tabs) {
            bends.tab = self.rng.within(2.0, 12.0);
        }
        if lane || strip.is_some() {
            bends.spacing = f64::INFINITY;
        }
        let Some((first, rest)) = cut(ring, line, &bends, self.rng) else {
            return false;
        };
        let between = if lane {
            Some((Role::Lane, self.rng.within(3.0, 5.5)))
        } else {
            strip
        };
        let Some((role, width)) = between else {
            self.split(first, near);
            self.split(rest, far);
            return true;
        };
        let beside = Line {
            at: moved(line.at, axis, width),
            along: line.along,
        };
        let Some((middle, second)) = cut(&rest, beside, &bends, self.rng) else {
            return false;
        };
        if !lane {
            self.strips.pop();
        }
        self.pieces.push(Piece { ring: middle, role });
        self.split(first, near);
        self.split(second, far);
        true
    }
}

/// How the parcels of a district are cut.
fn style(district: District) -> Style {
    let bends = |spacing, depth| Bends {
        spacing,
        depth,
        tab: 0.0,
        snap: 0.3,
    };
    let plain = Style {
        bends: bends(40.0, 0.8),
        uneven: 0.1,
        lane_over: u32::MAX,
        typical: f64::INFINITY,
        tabs: 0.0,
    };
    match district {
        District::Village => Style {
            bends: bends(9.0, 0.12),
            uneven: 0.14,
            lane_over: 14,
            typical: 250.0,
            tabs: 0.04,
        },
        District::Industry => Style {
            bends: bends(45.0, 0.8),
            uneven: 0.22,
            typical: 18_000.0,
            tabs: 0.3,
            ..plain
        },
        District::Commerce => Style {
            bends: bends(25.0, 0.5),
            uneven: 0.2,
            typical: 9_000.0,
            tabs: 0.15,
            ..plain
        },
        _ => plain,
    }
}

/// A positive number without its decimals.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive and below the count of parcels"
)]
fn whole(number: f64) -> u32 {
    number as u32
}
