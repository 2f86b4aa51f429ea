//! A piece of a block and a count → that many parcels, by cutting it again and again.

use geo::Coord;

use super::cut::{Bends, Line, cut};
use super::dice::Dice;
use super::district::District;
use super::parcels::{Lie, Piece, Role};
use super::plane::{Ring, direction, extent, moved};

/// What distinguishes the parcels of one district from those of another.
pub(super) struct Style {
    /// How its lines are bent.
    pub bends: Bends,
    /// How uneven neighbours are: 0 for equal shares.
    pub uneven: f64,
    /// A piece of more parcels than this is parted by a lane.
    pub lane_over: u32,
    /// Land that a parcel may take before the rest of the block is left green, in m².
    pub typical: f64,
    /// Share of the last cuts with a tab, so that parcels are not all convex.
    pub tabs: f64,
}

/// A block that is being parted.
pub(super) struct Division<'a> {
    /// How it is parted.
    pub style: Style,
    /// Its two directions.
    pub axes: (Coord, Coord),
    /// Scattered strips that are still to be put between parcels.
    pub strips: Vec<(Role, f64)>,
    /// What it has come to.
    pub pieces: &'a mut Vec<Piece>,
    /// Its own random numbers.
    pub dice: &'a mut Dice,
}

impl Division<'_> {
    /// Parts `ring` into `count` parcels.
    pub(super) fn split(&mut self, ring: Ring, mut count: u32) {
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
                whole(count * self.dice.within(0.38, 0.62)).clamp(1, whole(count) - 1)
            };
            let uneven = self.dice.around(self.style.uneven) / f64::from(count).sqrt();
            let share = (f64::from(near) / f64::from(count) + uneven).clamp(0.12, 0.88);
            let at = moved(ring[0], axis, low + (top - low) * share);
            let tilt = self.dice.around(0.03);
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
        let parted = near + far > self.style.lane_over;
        let strip = if parted {
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
        } else if near + far == 2 && self.dice.chance(self.style.tabs) {
            bends.tab = self.dice.within(2.0, 12.0);
        }
        if parted || strip.is_some() {
            bends.spacing = f64::INFINITY;
        }
        let Some((first, rest)) = cut(ring, line, &bends, self.dice) else {
            return false;
        };
        let between = if parted {
            Some((Role::Lane, self.dice.within(3.0, 5.5)))
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
        let Some((middle, second)) = cut(&rest, beside, &bends, self.dice) else {
            return false;
        };
        if !parted {
            self.strips.pop();
        }
        self.pieces.push(Piece { ring: middle, role });
        self.split(first, near);
        self.split(second, far);
        true
    }
}

/// How the parcels of a district are cut.
pub(super) fn style(district: District) -> Style {
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
            bends: bends(7.5, 0.12),
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
