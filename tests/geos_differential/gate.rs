//! What the gate lets through is valid for GEOS and covers what the raw rings were meant to cover.

use geo::Coord;
use geos::{Geom, Geometry};
use plotratio::geometry::ring::signed_area;
use plotratio::geometry::{Admission, Bounds, FlawKind, ShapeRef, Shapes, admit, plane_area};

use super::dirt::dirty;
use super::mosaic::parcels;
use super::random::each_seed;
use super::reference::{Parts, assert_area, intended_area, origin, polygon, shape, turned};

fn square_of(shape: ShapeRef<'_>) -> f64 {
    let size = shape.bounds().max - shape.bounds().min;
    size.x.max(size.y).powi(2)
}

/// Valid part by part, and no ground twice. (Parts that share a line are let through: GEOS calls the multipolygon
/// invalid for it, but no area is in doubt.)
fn assert_valid(shape: ShapeRef<'_>) {
    let origin = origin(shape);
    let parts: Vec<Geometry> = shape.parts().map(|part| polygon(part, origin)).collect();
    for (part, theirs) in shape.parts().zip(&parts) {
        // the overlay's grid can put a corner that touches a line 1e-8 beyond it: invalid by the letter, the same ground
        if !theirs.is_valid().unwrap() {
            let mended = theirs.buffer(0.0, 8).unwrap().area().unwrap();
            let why = theirs.is_valid_reason().unwrap();
            assert_area(theirs.area().unwrap(), mended, &why);
        }
        for (number, ring) in part.rings().enumerate() {
            assert_eq!(
                signed_area(ring) > 0.0,
                number == 0,
                "shells turn left, holes right"
            );
        }
    }
    for a in 0..parts.len() {
        for b in 0..a {
            let common = parts[a].intersection(&parts[b]).unwrap().area().unwrap();
            assert!(
                common <= 1e-9 * square_of(shape),
                "parts {a} and {b} share {common} m²"
            );
        }
    }
}

fn raw_text(raw: ShapeRef<'_>) -> String {
    let origin = origin(raw);
    let ring = |ring: &[Coord]| {
        ring.iter()
            .map(|&c| {
                let c = c - origin;
                format!("{} {}", c.x, c.y)
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    let part = |part: plotratio::geometry::PartRef<'_>| {
        format!(
            "(({}))",
            part.rings().map(ring).collect::<Vec<_>>().join("), (")
        )
    };
    raw.parts().map(part).collect::<Vec<_>>().join(", ")
}

fn admitted(raw: ShapeRef<'_>, clockwise: bool) -> (Admission, Shapes) {
    let mut out = Shapes::default();
    let admission = admit(raw, Some(clockwise), &mut out);
    assert_eq!(out.len(), 1);
    (admission, out)
}

#[test]
fn dirty_shapes_come_out_valid_with_the_area_that_was_meant() {
    each_seed(6000, |random| {
        let raw = shape(&dirty(random));
        let raw = raw.get(0);
        let mut expected = intended_area(raw);
        let (admission, out) = admitted(raw, random.chance(0.5));
        if let Admission::Refused(flaw) = admission {
            assert!(out.get(0).is_empty());
            // slivers whose area the overlay cannot keep to a ten-millionth are refused, and loudly
            let sliver = flaw.kind == FlawKind::BeyondRepair;
            let least = if sliver { 1e-5 } else { 1e-9 };
            assert!(
                expected <= least * square_of(raw),
                "{:?} refused with {expected} m²: {}",
                flaw.kind,
                raw_text(raw)
            );
            return;
        }
        let area = plane_area(out.get(0));
        for angle in [0.3, 1.1] {
            if (area - expected).abs() > 1e-6 * area {
                expected = intended_area(turned(raw, angle).get(0));
            }
        }
        assert_area(
            plane_area(out.get(0)),
            expected,
            &format!("{admission:?} {}", raw_text(raw)),
        );
        assert_valid(out.get(0));
        if admission == Admission::Clean {
            let same = out.get(0).coords().len() == raw.coords().len();
            assert!(same, "clean means untouched");
        }
        // mending can leave spikes below the rounding of the coordinates, which a second pass takes out: no more
        let (again, twice) = admitted(out.get(0), false);
        assert_area(
            plane_area(twice.get(0)),
            expected,
            &format!("again: {again:?}"),
        );
    });
}

#[test]
fn what_is_valid_passes_untouched() {
    each_seed(500, |random| {
        for parts in parcels(random).iter().filter(|parts| parts.len() == 1) {
            let raw = shape(parts);
            let (admission, out) = admitted(raw.get(0), false);
            assert_eq!(admission, Admission::Clean);
            assert_eq!(out, raw);
        }
    });
}

#[test]
fn one_bad_number_anywhere_refuses_the_shape_by_name() {
    each_seed(1000, |random| {
        let mut parts: Parts = dirty(random);
        let bad = [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e300,
            -1e300,
            1e9,
        ][random.below(6)];
        let rings: usize = parts.iter().map(Vec::len).sum();
        let at = random.below(rings);
        let ring = parts.iter_mut().flatten().nth(at).unwrap();
        let (place, upright) = (random.below(ring.len()), random.chance(0.5));
        ring[place] = if upright {
            Coord {
                y: bad,
                ..ring[place]
            }
        } else {
            Coord {
                x: bad,
                ..ring[place]
            }
        };
        let (admission, out) = admitted(shape(&parts).get(0), false);
        let kind = if bad.is_finite() {
            FlawKind::OutOfRange
        } else {
            FlawKind::NotFinite
        };
        assert!(
            matches!(admission, Admission::Refused(flaw) if flaw.kind == kind),
            "{admission:?}"
        );
        assert!(out.get(0).is_empty());
        assert_eq!(out.get(0).bounds(), Bounds::EMPTY);
    });
}
