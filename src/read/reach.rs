//! Coordinates far outside the area where their CRS may be used → rows set aside by name.

use geo::Coord;

use crate::formats::{Batch, GeometryFlaw, describe_crs};
use crate::geometry::{Bounds, Crs, Shapes, place, transform};

/// How far beyond the area of use a coordinate lies far outside whatever else the layer holds, in degrees.
const BEYOND: f64 = 3.0;
/// How far from the rest of its layer a coordinate outside the area of use lies far outside, in metres.
const APART: f64 = 100_000.0;

/// Where coordinates of a layer may lie.
pub(super) struct Reach {
    /// The area of use and a margin, in the CRS of the layer.
    area: Bounds,
    /// The area of use itself.
    inner: Bounds,
    /// Where half of the layer lies, and a margin of four times its size or more.
    around: Bounds,
    label: String,
}

impl Reach {
    /// Nothing where the CRS says no area of use, or where most of the layer lies outside it: then it is the CRS that is
    /// wrong.
    pub(super) fn of<'a>(
        crs: &Crs,
        shapes: impl Iterator<Item = &'a Shapes> + Clone,
    ) -> Option<Self> {
        let [west, south, east, north] = crs.area_of_use?;
        let apart = APART / crs.metres().unwrap_or(111_000.0);
        let size = size_of(shapes.clone());
        // where all lie within a city of each other, none lies far from the rest
        if west > east || size.x.max(size.y) <= 2.0 * apart {
            return None;
        }
        let (middle, spread) = middle(shapes)?;
        let area = window(
            crs,
            [west - BEYOND, south - BEYOND, east + BEYOND, north + BEYOND],
        )?;
        if !area.holds(middle) {
            return None;
        }
        let size = spread.max - spread.min;
        Some(Self {
            area,
            inner: window(crs, [west, south, east, north])?,
            around: spread.grown(apart.max(4.0 * size.x).max(4.0 * size.y)),
            label: crs.label(),
        })
    }

    fn is_far(&self, c: Coord) -> bool {
        !self.area.holds(c) || (!self.inner.holds(c) && !self.around.holds(c))
    }

    /// Takes the shape off every row that has a coordinate far outside, and says so. Coordinates that are no numbers are
    /// left to the gate.
    pub(super) fn set_aside(&self, batch: &mut Batch) {
        let Some(shapes) = &mut batch.shapes else {
            return;
        };
        let far = |c: &&Coord| c.x.is_finite() && c.y.is_finite() && self.is_far(**c);
        if !shapes.coords().iter().any(|c| far(&c)) {
            return;
        }
        let mut kept = Shapes::default();
        for (row, shape) in (0..).zip(shapes.iter()) {
            let Some(at) = shape.coords().iter().find(far) else {
                kept.push(shape);
                continue;
            };
            kept.end_shape();
            let why = format!(
                "a corner at {} lies far outside the area of use of {} and far from the rest of the layer",
                place(*at),
                self.label
            );
            batch.flaws.push((row, GeometryFlaw::FarOff(why)));
        }
        batch.flaws.sort_by_key(|(row, _)| *row);
        *shapes = kept;
    }
}

/// The size of the box around all coordinates that are numbers.
fn size_of<'a>(shapes: impl Iterator<Item = &'a Shapes>) -> Coord {
    let all = shapes.flat_map(Shapes::coords);
    let finite = all.filter(|c| c.x.is_finite() && c.y.is_finite());
    let bounds = finite.fold(Bounds::EMPTY, |bounds, c| bounds.including(*c));
    bounds.max - bounds.min
}

/// The median of the first corners, and the box of the half of them in the middle.
fn middle<'a>(shapes: impl Iterator<Item = &'a Shapes>) -> Option<(Coord, Bounds)> {
    let firsts = shapes.flat_map(|shapes| {
        shapes
            .iter()
            .filter_map(|shape| shape.coords().first().copied())
    });
    let (mut eastings, mut northings): (Vec<f64>, Vec<f64>) = firsts
        .filter(|c| c.x.is_finite() && c.y.is_finite())
        .map(|c| (c.x, c.y))
        .unzip();
    let three = |values: &mut Vec<f64>| {
        let last = values.len().checked_sub(1)?;
        let cut = values.len().div_ceil(4).min(last / 2);
        let at = [cut, last / 2, last - cut];
        Some(at.map(|at| *values.select_nth_unstable_by(at, f64::total_cmp).1))
    };
    let ([west, x, east], [south, y, north]) = (three(&mut eastings)?, three(&mut northings)?);
    let spread = Bounds {
        min: Coord { x: west, y: south },
        max: Coord { x: east, y: north },
    };
    Some((Coord { x, y }, spread))
}

/// The box in `crs` around a box in degrees: of points along its border, as it may be bent there.
fn window(crs: &Crs, [west, south, east, north]: [f64; 4]) -> Option<Bounds> {
    let (west, east) = (west.max(-180.0), east.min(180.0));
    let (south, north) = (south.max(-90.0), north.min(90.0));
    if crs.metres().is_none() {
        return Some(Bounds {
            min: Coord { x: west, y: south },
            max: Coord { x: east, y: north },
        });
    }
    let degrees = describe_crs("EPSG:4326").ok()?;
    let mut border: Vec<Coord> = (0..=16)
        .flat_map(|step| {
            let part = f64::from(step) / 16.0;
            let (x, y) = (west + (east - west) * part, south + (north - south) * part);
            [(x, south), (x, north), (west, y), (east, y)].map(Coord::from)
        })
        .collect();
    transform(&mut border, &degrees, crs).ok()?;
    let there = border
        .iter()
        .filter(|c| c.x.is_finite() && c.y.is_finite())
        .fold(Bounds::EMPTY, |bounds, c| bounds.including(*c));
    (there.min.x <= there.max.x).then_some(there)
}
