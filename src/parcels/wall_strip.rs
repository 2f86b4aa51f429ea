//! The box around a building → the ground that two surveys of its walls may differ by.

use super::{Ground, Share};
use crate::geometry::{Bounds, Shapes};

/// A strip as wide as the tolerance of shared boundaries along the walls of a building: by so much its outline may hang over
/// a line on which it was built.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WallStrip {
    /// How wide it is, metres.
    pub width_m: f64,
    /// Metres in one unit of the CRS.
    pub metres: f64,
}

impl WallStrip {
    /// The most that it covers of two walls at a corner of a building with that box around it, m².
    pub fn m2(self, around: Bounds) -> f64 {
        let sides = (around.max.x - around.min.x) + (around.max.y - around.min.y);
        sides * self.metres * self.width_m
    }
}

impl Ground {
    /// Whether a building stands where it has a part: all of it, or more than a strip along its walls. Its ground and floor
    /// area are counted in either case.
    pub fn stands(&self, share: &Share, buildings: &Shapes, walls: WallStrip) -> bool {
        let Ok(part) = share.part_m2 else { return true };
        let at = share.building as usize;
        part >= self.building_m2[at] || part > walls.m2(buildings.get(at).bounds())
    }
}

#[cfg(test)]
mod tests {
    use geo::coord;

    use super::*;

    #[test]
    fn a_wall_of_fifty_metres_three_millimetres_over_the_line_is_a_strip() {
        let walls = WallStrip {
            width_m: 0.05,
            metres: 1.0,
        };
        let around = Bounds {
            min: coord! { x: 50.0, y: 10.0 },
            max: coord! { x: 100.003, y: 60.0 },
        };
        let strip = walls.m2(around);
        assert!((strip - 5.00015).abs() < 1e-9, "{strip}");
        assert!(0.003 * 50.0 < strip);
        let exact = WallStrip {
            width_m: 0.0,
            ..walls
        };
        assert_eq!(exact.m2(around), 0.0);
    }
}
