//! A parcel and the footprints in it → how much of it is surely open: its area clear of them, a circle, a rectangle.
//!
//! A proxy for suspicion, and so it is told on a raster: every figure is a bound that the ground is sure to reach, and none
//! is the exact one. Cells are [`Options::cell`] wide, wider where a parcel would have more than [`MOST_CELLS`].
//!
//! | step | in → out |
//! |---|---|
//! | [`grid`] | parcel → cells along its walls; rings → the cells in them, and those that they cross |
//! | [`grown`] | ring and distance → ring around all that is no farther |
//! | [`room`] | open cells → the largest rectangle of cells, the cell farthest from any that is not open |

mod grid;
mod grown;
mod room;
#[cfg(test)]
mod tests;

use geo::Coord;

use super::{InscribedCircle, ShapeRef, plane_area};
use grid::{Raster, RasterCell};
use room::{farthest, largest_rectangle};

/// No grid has many more cells than this.
pub const MOST_CELLS: f64 = 16_384.0;

/// What is looked for, in units of the CRS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How far from every footprint free land begins.
    pub distance: f64,
    /// How wide a cell is meant to be.
    pub cell: f64,
    /// Of less free land than this nothing is told.
    pub least_free: f64,
}

/// Open land of a parcel, in units of the CRS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenGround {
    /// At least this area is farther than the distance from every footprint. It is short of all that is by what the cells
    /// hold that the line at that distance crosses.
    pub free: f64,
    /// A circle on which nothing stands; the largest has a radius of no more than its `at_most`.
    pub circle: Option<InscribedCircle>,
    /// The largest rectangle of open cells.
    pub rectangle: Option<Rectangle>,
}

/// A rectangle along the walls of a parcel, in units of the CRS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    /// Its corners, counter-clockwise.
    pub corners: [Coord; 4],
    /// Its shorter side.
    pub width: f64,
    /// Its longer side.
    pub length: f64,
    /// Its area.
    pub area: f64,
}

/// The open land of a parcel that has passed the gate, as have the footprints; they may overlap one another and the
/// border. `None` where there is less free land than asked for, or the parcel has no area. The order of footprints changes
/// nothing.
pub fn open_land(
    parcel: ShapeRef<'_>,
    footprints: &[ShapeRef<'_>],
    options: &Options,
) -> Option<OpenGround> {
    let grid = Raster::along(parcel, options.cell)?;
    let inside = grid.cover(&[parcel], 0.0);
    let near = grid.cover(footprints, options.distance.max(0.0));
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    let free = plane_area(parcel) - grid.cell_area() * both(&inside, &near) as f64;
    if free < options.least_free || free <= 0.0 {
        return None;
    }
    let standing = grid.cover(footprints, 0.0);
    let cells = inside.iter().zip(&standing);
    let open: Vec<bool> = cells
        .map(|(inside, standing)| *inside == RasterCell::Inside && *standing == RasterCell::Outside)
        .collect();
    let rings = || {
        parcel
            .rings()
            .chain(footprints.iter().flat_map(ShapeRef::rings))
    };
    Some(OpenGround {
        free,
        circle: farthest(&open, &grid).map(|(cell, away)| grid.circle(cell, away, rings())),
        rectangle: largest_rectangle(&open, grid.columns).map(|cells| grid.rectangle(&cells)),
    })
}

/// How many cells are not outside of either, counted many at a time.
fn both(one: &[RasterCell], other: &[RasterCell]) -> usize {
    const AT_A_TIME: usize = 128;
    let few = one.chunks(AT_A_TIME).zip(other.chunks(AT_A_TIME));
    few.map(|(one, other)| {
        let cells = one.iter().zip(other);
        let each = cells.map(|(one, other)| {
            u8::from(*one != RasterCell::Outside) & u8::from(*other != RasterCell::Outside)
        });
        usize::from(each.sum::<u8>())
    })
    .sum()
}
