//! A feature that was set aside for its shape, with what is left to tell where it lies.

use geo::Coord;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::geometry::Bounds;
use crate::quantity::median;

/// A feature that was set aside for its shape: every figure that it could change is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut<T> {
    /// Its record.
    pub record: T,
    /// What is left of its outline.
    pub outline: Outline,
}

/// The rings of an outline as they were given, without corners that lie nowhere or far from the others; none where nothing
/// tells the place. In the computing CRS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline(Vec<Vec<Coord>>);

/// Kept as rings of pairs.
impl Serialize for Outline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ring = |ring: &Vec<Coord>| ring.iter().map(|c| [c.x, c.y]).collect();
        let rings: Vec<Vec<[f64; 2]>> = self.0.iter().map(ring).collect();
        rings.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rings = Vec::<Vec<[f64; 2]>>::deserialize(deserializer)?;
        let ring = |ring: Vec<[f64; 2]>| ring.into_iter().map(|[x, y]| Coord { x, y }).collect();
        Ok(Self(rings.into_iter().map(ring).collect()))
    }
}

/// A corner further from the middle of an outline than this many times the usual distance of a corner lies there by
/// mistake.
const STRAY: f64 = 20.0;

impl Outline {
    /// Of the rings that a feature came with.
    pub fn of<'a>(rings: impl Iterator<Item = &'a [Coord]>) -> Self {
        let finite = |c: &Coord| c.x.abs() < 1e9 && c.y.abs() < 1e9;
        let mut rings: Vec<Vec<Coord>> = rings
            .map(|ring| ring.iter().copied().filter(finite).collect())
            .collect();
        let all = || rings.iter().flatten();
        if let (Some(x), Some(y)) = (
            median(all().map(|c| c.x).collect()),
            median(all().map(|c| c.y).collect()),
        ) {
            let off = |c: &Coord| (c.x - x).abs().max((c.y - y).abs());
            let usual = median(all().map(off).collect()).unwrap_or(0.0);
            let far = STRAY * usual.max(1.0);
            for ring in &mut rings {
                ring.retain(|c| off(c) <= far);
            }
        }
        rings.retain(|ring| !ring.is_empty());
        Self(rings)
    }

    /// One of its corners.
    pub fn corner(&self) -> Option<Coord> {
        self.0.first()?.first().copied()
    }

    /// The box around what is left of its outline; `None` where nothing is.
    pub fn bounds(&self) -> Option<Bounds> {
        let boxes = self.0.iter().map(|ring| Bounds::of(ring));
        boxes.reduce(Bounds::union)
    }

    /// Width and depth of that box.
    pub fn extent(&self) -> Option<(f64, f64)> {
        let Bounds { min, max } = self.bounds()?;
        Some((max.x - min.x, max.y - min.y))
    }

    /// The corners that are left of its outline, and the middle of each ring.
    pub fn places(&self) -> impl Iterator<Item = Coord> {
        let corners = self.0.iter().flatten().copied();
        corners.chain(self.0.iter().map(|ring| Bounds::of(ring).centre()))
    }

    /// Whether its outline may have ground in common with what lies in a box: an edge of it comes into the box, or the
    /// middle of the box lies within it.
    pub fn may_meet(&self, window: Bounds) -> bool {
        let edge = |pair: &[Coord]| Bounds::of(pair).meets(&window);
        let around = |ring: &Vec<Coord>| {
            let middle = window.centre();
            let next = ring.iter().cycle().skip(1);
            let crossings = ring.iter().zip(next).filter(|(a, b)| {
                (a.y > middle.y) != (b.y > middle.y)
                    && middle.x < (b.x - a.x) * (middle.y - a.y) / (b.y - a.y) + a.x
            });
            crossings.count() % 2 == 1
        };
        self.0.iter().any(|ring| {
            ring.windows(2).any(edge)
                || ring.first().is_some_and(|only| window.holds(*only))
                || around(ring)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<Coord> {
        corners.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    fn around(x: f64, y: f64) -> Bounds {
        Bounds::of(&ring(&[(x - 1.0, y - 1.0), (x + 1.0, y + 1.0)]))
    }

    #[test]
    fn a_corner_that_lies_nowhere_or_far_off_does_not_tell_the_place() {
        let bad = ring(&[
            (0.0, 0.0),
            (50.0, 0.0),
            (f64::NAN, 50.0),
            (9e5, 50.0),
            (50.0, 50.0),
            (0.0, 50.0),
            (0.0, 0.0),
        ]);
        let left = Outline::of([bad.as_slice()].into_iter());
        let bounds = left.bounds().unwrap();
        assert_eq!((bounds.max.x, bounds.max.y), (50.0, 50.0));
        assert!(left.may_meet(around(25.0, 25.0)) && left.may_meet(around(50.0, 25.0)));
        assert!(!left.may_meet(around(80.0, 25.0)));
        let nowhere = Outline::of([ring(&[(f64::NAN, 0.0)]).as_slice()].into_iter());
        assert_eq!(nowhere.bounds(), None);
    }
}
