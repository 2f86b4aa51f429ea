//! Shapes that belong together → their union, with the gaps between them closed that digitising left.

mod clean;
mod facing;
mod holes;
#[cfg(test)]
mod tests;

use super::{
    BoxIndex, EdgeIndex, ResidualError, ShapeRef, Shapes, Side, perimeter, plane_area, residual,
};
use facing::{Strip, strips_along};

/// The ground that several shapes cover together, as one shape; lengths and areas in units of the CRS.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Union {
    shape: Shapes,
    /// Its area: that of the shapes, less what they cover more than once, and the gaps that were closed.
    pub area: f64,
    /// The area of closed gaps.
    pub closed_area: f64,
    /// How wide they are at most; 0 where there is none.
    pub closed_width: f64,
    /// What the shapes cover more than once: the sum of their areas less the ground that they cover. Rounding of the
    /// coordinates to a micrometre leaves some square millimetres of it, of either sign.
    pub overlap_area: f64,
    /// The length of its boundary, holes included.
    pub perimeter: f64,
    /// How many parts it has; those that touch in a point are two.
    pub parts: usize,
    /// How many holes.
    pub holes: usize,
}

impl Union {
    /// The ground, one valid multipolygon.
    pub fn shape(&self) -> ShapeRef<'_> {
        self.shape.get(0)
    }
}

/// Ground between the boundaries of two shapes that face each other; lengths in units of the CRS.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facing {
    /// The length of the first one's boundary along which the other is no farther away than was asked.
    pub length: f64,
    /// The gap at its widest there; 0 where the boundaries are one line.
    pub width: f64,
}

/// The union of shapes that have passed the gate, exact to about a micrometre; gaps between two of them that are no wider
/// than `tolerance` (in units of the CRS, 0 for none) are closed, also where several meet and where they narrow to a
/// wedge. An inlet or a hole of one shape is none, and stays.
///
/// # Errors
///
/// When a shape has not passed the gate, or edges cross so often that no map can be meant.
pub fn union_of(shapes: &Shapes, tolerance: f64) -> Result<Union, ResidualError> {
    let covered = residual(shapes, &[], &|_| ())?;
    let covered_area = area(&covered);
    let mut sum: Vec<f64> = shapes.iter().map(plane_area).collect();
    // the same sum whatever their order
    sum.sort_by(f64::total_cmp);
    let overlap_area = sum.iter().sum::<f64>() - covered_area;
    let (closed, closed_width) = if tolerance > 0.0 && shapes.len() > 1 {
        closed(shapes, &covered, tolerance)?
    } else {
        (None, 0.0)
    };
    let (regions, closed_area) = match closed {
        Some(closed) => {
            let regions = clean::cleaned(&closed);
            let closed_area = area(&regions) - covered_area;
            (regions, closed_area)
        }
        None if tolerance > 0.0 => (clean::cleaned(&covered), 0.0),
        None => (covered, 0.0),
    };
    let mut shape = Shapes::default();
    for part in regions.iter().flat_map(|region| region.parts()) {
        part.rings().for_each(|ring| shape.push_ring(ring));
        shape.end_part();
    }
    shape.end_shape();
    let (rings, parts) = (shape.get(0).rings().count(), shape.get(0).parts().len());
    Ok(Union {
        area: area(&regions),
        closed_area,
        closed_width,
        overlap_area,
        perimeter: perimeter(shape.get(0)),
        parts,
        holes: rings - parts,
        shape,
    })
}

/// The stretch along which the boundaries of two shapes face each other with a gap of no more than `within` between them;
/// no length where they touch in points only, overlap, or are farther apart.
pub fn facing(a: Side<'_>, b: Side<'_>, within: f64) -> Facing {
    let strips = strips_along(a, b, within);
    Facing {
        length: strips.iter().map(|strip| strip.length).sum(),
        width: widest(&strips).min(within),
    }
}

/// The regions that shapes cover with the gaps between them, and how wide these are; none where there are none.
fn closed(
    shapes: &Shapes,
    covered: &Shapes,
    tolerance: f64,
) -> Result<(Option<Shapes>, f64), ResidualError> {
    let edges: Vec<EdgeIndex> = shapes.iter().map(EdgeIndex::of).collect();
    let sides: Vec<Side<'_>> = shapes.iter().zip(&edges).collect();
    let boxes = BoxIndex::new(edges.iter().map(EdgeIndex::bounds));
    let mut strips = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let near = boxes.meeting(side.1.bounds().grown(2.0 * tolerance));
        for other in near
            .map(|other| other as usize)
            .filter(|other| *other != at)
        {
            strips.extend(strips_along(*side, sides[other], tolerance));
        }
    }
    let mut cover = shapes.clone();
    for strip in &strips {
        let ring = strip.ring();
        if ring.len() > 3 {
            cover.push_turned(&ring, false);
        }
    }
    let mut width = widest(&strips);
    let with_strips = (cover.len() > shapes.len())
        .then(|| residual(&cover, &[], &|_| ()))
        .transpose()?;
    let so_far = with_strips.as_ref().unwrap_or(covered);
    let gaps = holes::gaps(so_far, &sides, &boxes, &strips, tolerance);
    if gaps.is_empty() {
        return Ok((with_strips, width.min(tolerance)));
    }
    for gap in gaps.iter() {
        let across = super::inscribed_circle(gap, tolerance / 100.0);
        width = width.max(across.map_or(0.0, |circle| 2.0 * circle.radius));
    }
    cover.append(&gaps);
    Ok((Some(residual(&cover, &[], &|_| ())?), width.min(tolerance)))
}

fn widest(strips: &[Strip]) -> f64 {
    strips.iter().map(Strip::width).fold(0.0, f64::max)
}

fn area(regions: &Shapes) -> f64 {
    regions.iter().map(plane_area).sum()
}
