//! A polygon and a width → its parts, cut straight wherever two walls come nearer to each other than that width.

mod boundary;
mod chords;
mod faces;
mod graph;
mod slivers;

use super::{Bounds, PartRef, ShapeRef, Shapes};
use boundary::Boundary;
use faces::Face;
use graph::Graph;

/// A shape that has passed the gate, cut at its necks: one shape for each part (a polygon with its holes), which together
/// are the shape. `width` is in units of the CRS; where it is not a positive number nothing is cut.
///
/// A cut is a chord inside the shape, shorter than `width`, from a reflex corner to the nearest point of the boundary that
/// it sees, and to the nearest on the other side where there is one. The mouth of a tail has such a corner, so tails come
/// off, and pieces that a gap of digitising joins come apart; every other corner and edge stays as it is. A polygon with
/// no neck comes back as it was, corner for corner. Not cut are
/// - wiggles: chords that take off less than four times their length of boundary, and less than `2·width`;
/// - a tail across: pieces [narrower](super::is_narrower) than `width` side by side stay one where that is narrower, too (and has no more
///   than some thousand corners: a city-wide network of gaps comes in pieces);
/// - a taper without a corner at its mouth, and what is as wide as `width` at its mouth.
///
/// A chord that ends between two corners adds a corner there to the parts on both sides, which lies on the edge to within
/// the rounding of its coordinates. Parts come in the order of their coordinates and each ring begins at its first
/// corner from the left, so that the result does not hang on where the rings began. Should numerics fail, which shows in
/// the area, the polygon comes back uncut.
pub fn cut_at_necks(shape: ShapeRef<'_>, width: f64) -> Shapes {
    let mut out = Shapes::default();
    for part in shape.parts() {
        match cut(part, width) {
            Some(faces) => faces.iter().for_each(|face| face.push(&mut out)),
            None => Face::of(part).push(&mut out),
        }
    }
    out
}

/// The faces of a part, `None` where it is to stay whole.
fn cut(part: PartRef<'_>, width: f64) -> Option<Vec<Face>> {
    let shell = part.rings().next()?;
    let size = Bounds::of(shell);
    let size = size.max - size.min;
    // what fits nowhere is all sliver: there is nothing to cut it off from
    if !(width > 0.0 && width.is_finite()) || size.x.min(size.y) < width {
        return None;
    }
    let boundary = Boundary::of(part);
    let chords = chords::find(&boundary, width);
    if chords.is_empty() {
        return None;
    }
    let mut graph = Graph::of(&boundary, &chords);
    graph.drop_bridges()?;
    let faces = slivers::joined(&mut graph, width)?;
    (faces.len() > 1 && faces::add_up(&faces, part, &chords)).then_some(faces)
}

#[cfg(test)]
mod tests;
