//! The parts of buildings on a parcel → the ground that they cover together (基底面积).

use super::Share;
use super::twice::Overlap;
use crate::geometry::{Bounds, Cover, ShapeRef, common_area};
use crate::quantity::{Missing, Quantity};

/// The ground covered in m², overlaps once, and the pairs of buildings that have ground in common: parts that lie on no other are added up, the rest is measured slab by slab
/// inside `clip` (the parcel). A cover larger than its parts, or smaller than the largest of them, is unknown.
pub(super) fn footprint<'a>(
    clip: Option<ShapeRef<'a>>,
    parts: &[Share],
    shape: impl Fn(u32) -> ShapeRef<'a>,
    metres: f64,
) -> (Quantity<f64>, Vec<Overlap>) {
    if parts.len() < 2 {
        return (parts.iter().map(|share| share.part_m2).sum(), Vec::new());
    }
    let shapes: Vec<ShapeRef<'_>> = parts.iter().map(|share| shape(share.building)).collect();
    let overlaps = overlapping(&shapes);
    let mut lies_on_another = vec![false; parts.len()];
    for (a, b, _) in &overlaps {
        lies_on_another[*a] = true;
        lies_on_another[*b] = true;
    }
    let covered = covered(clip, parts, &lies_on_another, shape, metres);
    let named = overlaps.into_iter().map(|(a, b, common)| {
        let (a, b) = (parts[a].building, parts[b].building);
        (a.min(b), a.max(b), common * metres * metres)
    });
    (covered, named.collect())
}

fn covered<'a>(
    clip: Option<ShapeRef<'a>>,
    parts: &[Share],
    lies_on_another: &[bool],
    shape: impl Fn(u32) -> ShapeRef<'a>,
    metres: f64,
) -> Quantity<f64> {
    let areas: Vec<f64> = parts
        .iter()
        .map(|share| share.part_m2)
        .collect::<Result<_, Missing>>()?;
    let alone: f64 = areas
        .iter()
        .zip(lies_on_another)
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

/// The pairs of shapes that have ground in common, and how much in square units.
fn overlapping(shapes: &[ShapeRef<'_>]) -> Vec<(usize, usize, f64)> {
    let boxes: Vec<Bounds> = shapes.iter().map(ShapeRef::bounds).collect();
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    order.sort_by(|&a, &b| boxes[a].min.x.total_cmp(&boxes[b].min.x));
    let mut overlaps = Vec::new();
    for (place, &a) in order.iter().enumerate() {
        for &b in order[place + 1..]
            .iter()
            .take_while(|&&b| boxes[b].min.x < boxes[a].max.x)
        {
            let apart = boxes[b].min.y >= boxes[a].max.y || boxes[b].max.y <= boxes[a].min.y;
            if apart {
                continue;
            }
            let common = common_area(shapes[a], shapes[b]);
            if common > 0.0 {
                overlaps.push((a, b, common));
            }
        }
    }
    overlaps
}
