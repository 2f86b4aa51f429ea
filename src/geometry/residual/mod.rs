//! Cover and layers of what is taken → the land that is left over, region by region, without a seam.
//!
//! | step | in → out |
//! |---|---|
//! | [`lattice`] | coordinates → nodes about a micrometre apart, on which all that follows is exact |
//! | [`survey`], [`layers`], [`edges`] | layers → edges by tile, those gone that two neighbours share |
//! | [`snap`], [`mesh`] | edges → edges that meet at their ends only |
//! | [`faces`], [`compass`] | edges → windings around each node → the corners of what is left over |
//! | [`rings`], [`regions`] | corners → borders → regions |
//!
//! Tiles are a way to find what lies near: nothing is cut along their borders, and so nothing hangs on where they lie.

mod compass;
mod edges;
mod faces;
mod grid;
mod lattice;
mod layers;
mod mesh;
mod regions;
mod rings;
mod snap;
mod survey;
#[cfg(test)]
mod tests;

use geo::Coord;
use rayon::prelude::*;

use super::Shapes;
use edges::Tiled;
use lattice::Node;
use layers::Layers;

/// Why the land that is left over cannot be told.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ResidualError {
    /// A shape that has not passed the gate.
    #[error(
        "shape `{shape}` of layer `{layer}` (0 is the cover) has an open ring or a coordinate beyond 2^30: let its layer through the gate first"
    )]
    Unchecked {
        /// The number of the layer: 0 is the cover, 1 the first that is taken.
        layer: usize,
        /// The row of the shape.
        shape: usize,
    },
    /// Edges that cross each other so often that the pieces would not fit into memory.
    #[error(
        "the edges of the cover and of what is taken cross each other many times on average: check that the layers are polygons of one map, each given once"
    )]
    Tangled,
    /// A border that does not close, which is a mistake of this program.
    #[error(
        "the border of the land left over does not close at `{x} {y}`: please report it with the layers"
    )]
    Open {
        /// Easting, in units of the CRS.
        x: f64,
        /// Northing, in units of the CRS.
        y: f64,
    },
}

impl ResidualError {
    fn open(at: Node) -> Self {
        let Coord { x, y } = at.coord();
        Self::Open { x, y }
    }
}

/// What the shapes of `cover` cover and no shape of `taken` does, exact to about a micrometre (2⁻²⁰ of the unit of the
/// CRS): each connected region one shape of one part, in the order of its lowest, then leftmost corner. Regions that
/// touch in a point are two. Neither the order of the shapes nor the number of threads changes a byte. `advance` is told
/// how many shapes are done, each once.
///
/// # Errors
///
/// When a shape has not passed the gate, or edges cross so often that no map can be meant.
pub fn residual(
    cover: &Shapes,
    taken: &[&Shapes],
    advance: &(dyn Fn(u64) + Sync),
) -> Result<Shapes, ResidualError> {
    residual_by(cover, taken, None, advance)
}

/// The same with tiles of a given side, in steps of the lattice.
fn residual_by(
    cover: &Shapes,
    taken: &[&Shapes],
    side: Option<i64>,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<Shapes, ResidualError> {
    let layers = Layers::new(cover, taken);
    let Some(grid) = layers.grid(side)? else {
        return Ok(Shapes::default());
    };
    let placed = layers.place(&grid);
    let homes: Vec<_> = (0..grid.len())
        .into_par_iter()
        .map_init(Vec::new, |room, tile| layers.edges(&placed, tile, room))
        .collect();
    let count = homes.iter().map(|edges| edges.len() as u64).sum();
    let snapped = snap::snap(&grid, &Tiled::new(&grid, homes), count)?;
    let sectors = faces::sectors(&grid, &snapped, |tile| advance(placed.shapes(tile)));
    drop(snapped);
    regions::regions(&grid, rings::borders(&grid, &sectors)?)
}
