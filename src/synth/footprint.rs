//! A parcel → the largest rectangle that surely lies in it, slots of that rectangle, and footprints in a slot.

use geo::Coord;

use super::dice::Dice;
use super::plane::{dot, extent, holds, left, longest_edge, middle, moved, rounded};

/// A rectangle in its own frame: `[0, wide] × [0, deep]` from `origin` along `axis` and to the left of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Its first corner.
    pub origin: Coord,
    /// Direction of its width.
    pub axis: Coord,
    /// Metres along the axis.
    pub wide: f64,
    /// Metres across the axis.
    pub deep: f64,
}

/// The plan of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// A rectangle.
    Block,
    /// A rectangle with a porch.
    Porch,
    /// L.
    Angle,
    /// U.
    Horseshoe,
    /// Around a courtyard.
    Court,
}

impl Slot {
    /// The rectangle in a parcel that buildings may take, at least `setback` metres off its extremes.
    pub(super) fn core(ring: &[Coord], setback: f64) -> Option<Self> {
        let axis = longest_edge(ring);
        let centre = middle(ring);
        let half = |axis: Coord| {
            let (low, high) = extent(ring, centre, axis);
            high.min(-low) - setback
        };
        let (mut a, mut b) = (half(axis), half(left(axis)));
        for _ in 0..9 {
            if a < 1.5 || b < 1.5 {
                return None;
            }
            let origin = moved(moved(centre, axis, -a), left(axis), -b);
            let slot = Self {
                origin,
                axis,
                wide: 2.0 * a,
                deep: 2.0 * b,
            };
            if slot.lies_in(ring) {
                return Some(slot);
            }
            a *= 0.9;
            b *= 0.9;
        }
        None
    }

    /// Whether it lies in a ring.
    fn lies_in(&self, ring: &[Coord]) -> bool {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        corners
            .iter()
            .all(|&(x, y)| holds(ring, self.at(x * self.wide, y * self.deep)))
            && ring.iter().all(|&c| {
                let (x, y) = (
                    dot(c - self.origin, self.axis),
                    dot(c - self.origin, left(self.axis)),
                );
                x <= 0.0 || x >= self.wide || y <= 0.0 || y >= self.deep
            })
    }

    /// The point at `x` along and `y` across.
    fn at(&self, x: f64, y: f64) -> Coord {
        moved(moved(self.origin, self.axis, x), left(self.axis), y)
    }

    /// The part from `x` to `x + wide` and from `y` to `y + deep`.
    pub(super) fn part(&self, x: f64, y: f64, wide: f64, deep: f64) -> Self {
        Self {
            origin: self.at(x, y),
            wide,
            deep,
            ..*self
        }
    }

    /// The same, moved by `x` along and `y` across.
    pub(super) fn shifted(&self, x: f64, y: f64) -> Self {
        Self {
            origin: self.at(x, y),
            ..*self
        }
    }

    /// The same with its longer side as the width.
    pub(super) fn lengthwise(self) -> Self {
        if self.wide >= self.deep {
            self
        } else {
            Self {
                origin: self.at(self.wide, 0.0),
                axis: left(self.axis),
                wide: self.deep,
                deep: self.wide,
            }
        }
    }

    /// Its grid of at least `count` equal slots with `gap` metres between them.
    pub(super) fn grid(&self, count: u32, gap: f64) -> Vec<Self> {
        let (mut across, mut along) = (1_u32, 1_u32);
        while across * along < count {
            if self.wide / f64::from(along) > self.deep / f64::from(across) {
                along += 1;
            } else {
                across += 1;
            }
        }
        let wide = (self.wide + gap) / f64::from(along);
        let deep = (self.deep + gap) / f64::from(across);
        (0..along)
            .flat_map(|i| (0..across).map(move |j| (i, j)))
            .map(|(i, j)| {
                self.part(
                    f64::from(i) * wide,
                    f64::from(j) * deep,
                    wide - gap,
                    deep - gap,
                )
            })
            .collect()
    }

    #[expect(
        clippy::many_single_char_names,
        reason = "a plan drawn in its own frame"
    )]
    /// The rings of a building with this plan: its shell counter-clockwise, a courtyard clockwise, all open.
    pub(super) fn building(&self, plan: Plan, dice: &mut Dice) -> Vec<Vec<Coord>> {
        let (w, d) = (self.wide, self.deep);
        let (s, t) = (dice.within(0.3, 0.6), dice.within(0.3, 0.6));
        let shell: &[(f64, f64)] = match plan {
            Plan::Block | Plan::Court => &[(0.0, 0.0), (w, 0.0), (w, d), (0.0, d)],
            Plan::Porch => &[
                (0.0, 0.0),
                (w, 0.0),
                (w, 0.88 * d),
                (s * w + 0.3 * w, 0.88 * d),
                (s * w + 0.3 * w, d),
                (s * w, d),
                (s * w, 0.88 * d),
                (0.0, 0.88 * d),
            ],
            Plan::Angle => &[
                (0.0, 0.0),
                (w, 0.0),
                (w, t * d),
                (s * w, t * d),
                (s * w, d),
                (0.0, d),
            ],
            Plan::Horseshoe => &[
                (0.0, 0.0),
                (w, 0.0),
                (w, d),
                (0.7 * w, d),
                (0.7 * w, t * d),
                (0.3 * w, t * d),
                (0.3 * w, d),
                (0.0, d),
            ],
        };
        let ring = |points: &[(f64, f64)]| {
            points
                .iter()
                .map(|&(x, y)| rounded(self.at(x, y)))
                .collect()
        };
        let mut rings = vec![ring(shell)];
        if plan == Plan::Court {
            let (x, y) = (0.3 * w, 0.3 * d);
            rings.push(ring(&[(x, y), (x, d - y), (w - x, d - y), (w - x, y)]));
        }
        rings
    }
}

#[cfg(test)]
mod tests {
    use super::super::plane::area;
    use super::*;

    fn parcel() -> Vec<Coord> {
        [(0.0, 0.0), (60.0, 0.0), (60.0, 40.0), (0.0, 40.0)]
            .map(Coord::from)
            .to_vec()
    }

    #[test]
    fn the_core_of_a_rectangle_is_the_rectangle_less_its_setback() {
        let core = Slot::core(&parcel(), 5.0).unwrap();
        assert_eq!((core.wide, core.deep), (50.0, 30.0));
        assert!(core.grid(6, 4.0).iter().all(|slot| slot.lies_in(&parcel())));
    }

    #[test]
    fn every_plan_turns_the_right_way() {
        let core = Slot::core(&parcel(), 5.0).unwrap().lengthwise();
        for plan in [
            Plan::Block,
            Plan::Porch,
            Plan::Angle,
            Plan::Horseshoe,
            Plan::Court,
        ] {
            let rings = core.building(plan, &mut Dice::new(1, 1));
            assert!(area(&rings[0]) > 400.0, "{plan:?}");
            assert!(rings[1..].iter().all(|hole| area(hole) < 0.0));
        }
    }
}
