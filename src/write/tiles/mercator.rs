//! Longitude and latitude → web mercator as a square of side 1, and the tiles that it is cut into.

use geo::Coord;

use crate::geometry::Bounds;

/// Beyond this latitude, in degrees, web mercator has no place.
const FARTHEST: f64 = 85.051_128_779_806_6;

/// The place of a point, in degrees with longitude first, on the square: x to the east and y to the south, each from 0 to 1.
pub fn world(at: Coord) -> Coord {
    let latitude = at.y.clamp(-FARTHEST, FARTHEST).to_radians();
    Coord {
        x: (at.x + 180.0) / 360.0,
        y: 0.5 - latitude.tan().asinh() / std::f64::consts::TAU,
    }
}

/// A tile: how often the square is halved, and which of the parts it is, from the north-west.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TileId {
    /// The zoom.
    pub z: u8,
    /// The column, from the west.
    pub x: u32,
    /// The row, from the north.
    pub y: u32,
}

/// The greatest zoom that a tile can be asked of.
pub(super) const DEEPEST: u8 = 24;

impl TileId {
    /// A tile that there is; `None` beyond the greatest zoom or outside the square.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        (z <= DEEPEST && x >> z == 0 && y >> z == 0).then_some(Self { z, x, y })
    }

    /// Its place in an archive: tiles by zoom, those of a zoom along a Hilbert curve (PMTiles version 3).
    pub fn position(self) -> u64 {
        let before = ((1_u64 << (2 * u32::from(self.z))) - 1) / 3;
        let (mut x, mut y) = (u64::from(self.x), u64::from(self.y));
        let mut along = 0;
        let mut side = (1_u64 << self.z) >> 1;
        while side > 0 {
            let (right, lower) = (u64::from(x & side > 0), u64::from(y & side > 0));
            along += side * side * ((3 * right) ^ lower);
            if lower == 0 {
                if right == 1 {
                    (x, y) = ((side - 1).wrapping_sub(x), (side - 1).wrapping_sub(y));
                }
                (x, y) = (y, x);
            }
            side >>= 1;
        }
        before + along
    }

    /// The tiles of a zoom that a box on the square meets: columns and rows, each from and to.
    pub(super) fn range(z: u8, bounds: &Bounds) -> ([u32; 2], [u32; 2]) {
        let count = f64::from(1_u32 << z);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast to an integer keeps within its range, and the square ends at 1"
        )]
        let cell = |at: f64| (at * count).clamp(0.0, count - 1.0) as u32;
        (
            [cell(bounds.min.x), cell(bounds.max.x)],
            [cell(bounds.min.y), cell(bounds.max.y)],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_the_specification() {
        let of = |z, x, y| TileId::new(z, x, y).unwrap().position();
        let all = [
            of(0, 0, 0),
            of(1, 0, 0),
            of(1, 0, 1),
            of(1, 1, 1),
            of(1, 1, 0),
        ];
        assert_eq!(all, [0, 1, 2, 3, 4]);
        assert_eq!((of(2, 0, 0), of(12, 3423, 1763)), (5, 19_078_479));
        assert_eq!(TileId::new(1, 2, 0), None);
    }

    #[test]
    fn the_curve_meets_every_tile_of_a_zoom_once() {
        let mut all: Vec<u64> = (0..16)
            .flat_map(|x| (0..16).map(move |y| TileId::new(4, x, y).unwrap().position()))
            .collect();
        all.sort_unstable();
        assert_eq!(all, (85..85 + 256).collect::<Vec<u64>>());
    }

    #[test]
    fn the_middle_of_the_world_is_in_the_middle() {
        let middle = world(Coord { x: 0.0, y: 0.0 });
        assert!((middle.x - 0.5).abs() < 1e-12 && (middle.y - 0.5).abs() < 1e-12);
        let north = world(Coord { x: -180.0, y: 90.0 });
        assert!(north.x == 0.0 && north.y.abs() < 1e-9);
    }
}
