//! The parts of buildings on a parcel → the ground that they cover together (基底面积).

use super::Share;
use crate::geometry::{Bounds, Cover, ShapeRef, common_area};
use crate::quantity::{Missing, Quantity};

/// The ground covered in m², overlaps once: parts that lie on no other are added up, the rest is measured slab by slab
/// inside `clip` (the parcel). A cover larger than its parts, or smaller than the largest of them, is unknown.
pub(super) fn footprint<'a>(
    clip: Option<ShapeRef<'a>>,
    parts: &[Share],
    shape: impl Fn(u32) -> ShapeRef<'a>,
    metres: f64,
) -> Quantity<f64> {
    let areas: Vec<f64> = parts
        .iter()
        .map(|share| share.part_m2)
        .collect::<Result<_, Missing>>()?;
    if parts.len() < 2 {
        return Ok(areas.iter().sum());
    }
    let lies_on_another = overlapping(
        &parts
            .iter()
            .map(|share| shape(share.building))
            .collect::<Vec<_>>(),
    );
    let alone: f64 = areas
        .iter()
        .zip(&lies_on_another)
        .filter(|(_, on)| !**on)
        .map(|(area, _)| area)
        .sum();
    let piled: Vec<usize> = (0..parts.len()).filter(|at| lies_on_another[*at]).collect();
    if piled.is_empty() {
        return Ok(alone);
    }
    let mut cover = Cover::default();
    for &at in &piled {
        shape(parts[at].building)
            .rings()
            .for_each(|ring| cover.add(ring, 0));
    }
    if let Some(clip) = clip {
        clip.rings().for_each(|ring| cover.add(ring, 1));
    }
    let covered = cover.area(|[buildings, parcel]| buildings > 0 && (clip.is_none() || parcel > 0))
        * metres
        * metres;
    let (sum, largest) = piled.iter().fold((0.0, 0.0_f64), |(sum, largest), &at| {
        (sum + areas[at], largest.max(areas[at]))
    });
    let slack = 1e-6 * sum.max(1.0);
    if covered > sum + slack || covered < largest - slack {
        return Err(Missing::Measurement);
    }
    Ok(alone + covered)
}

/// Which shapes have ground in common with another.
fn overlapping(shapes: &[ShapeRef<'_>]) -> Vec<bool> {
    let boxes: Vec<Bounds> = shapes.iter().map(ShapeRef::bounds).collect();
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].min.x.total_cmp(&boxes[b].min.x));
    let mut overlaps = vec![false; shapes.len()];
    for (place, &a) in order.iter().enumerate() {
        for &b in order[place + 1..]
            .iter()
            .take_while(|&&b| boxes[b].min.x < boxes[a].max.x)
        {
            let apart = boxes[b].min.y >= boxes[a].max.y || boxes[b].max.y <= boxes[a].min.y;
            let known = overlaps[a] && overlaps[b];
            if !(apart || known) && common_area(shapes[a], shapes[b]) > 0.0 {
                overlaps[a] = true;
                overlaps[b] = true;
            }
        }
    }
    overlaps
}
