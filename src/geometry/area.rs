//! Plane areas of shapes that have passed the gate.

use super::ring::signed_area;
use super::{PartRef, ShapeRef};

/// The plane area in square units of the CRS: shells less holes, whichever way the rings turn.
pub fn plane_area(shape: ShapeRef<'_>) -> f64 {
    shape.parts().map(part_area).sum()
}

fn part_area(part: PartRef<'_>) -> f64 {
    let mut rings = part.rings().map(|ring| signed_area(ring).abs());
    let shell = rings.next().unwrap_or(0.0);
    shell - rings.sum::<f64>()
}
