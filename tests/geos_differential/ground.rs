//! `site::ground` end to end: the parts of buildings on parcels and the footprints, against GEOS overlays.

use compact_str::format_compact;
use geos::{Geom, Geometry};
use plotratio::geometry::{Shapes, plane_area};
use plotratio::model::{Account, Building, Layer, Parcel};
use plotratio::parcels::{Assignment, Indexed, canonical_order, ground};

use super::buildings::buildings;
use super::mosaic::parcels;
use super::random::each_seed;
use super::reference::{Parts, assert_area, joined, origin, push};

pub fn layer<T>(parts: &[Parts], row: impl Fn(usize) -> T) -> Layer<T> {
    let mut shapes = Shapes::default();
    parts.iter().for_each(|parts| push(&mut shapes, parts));
    Layer {
        rows: (0..parts.len()).map(row).collect(),
        shapes,
        account: Account::default(),
        unclear: rustc_hash::FxHashSet::default(),
        left_out: Vec::new(),
    }
}

#[test]
fn parts_and_footprints_agree_with_geos() {
    each_seed(1500, |random| {
        let plots = parcels(random);
        let stands = buildings(random, &plots);
        if plots.is_empty() {
            return;
        }
        let plots = layer(&plots, |at| Parcel {
            id: format_compact!("P{at}"),
            ..Parcel::default()
        });
        let stands = layer(&stands, |at| Building {
            id: format_compact!("B{at}"),
            ..Building::default()
        });
        let order = canonical_order(&plots);
        let ground = ground(
            &plots,
            &Indexed::of(&plots.shapes),
            &stands,
            &order,
            1.0,
            Assignment::Split,
            &|_| (),
        );
        let origin = origin(plots.shapes.get(0));
        let theirs: Vec<Geometry> = stands
            .shapes
            .iter()
            .map(|shape| joined(shape, origin))
            .collect();
        for (at, plot) in plots.shapes.iter().enumerate() {
            let plot = joined(plot, origin);
            let found = ground.on(at);
            for (number, building) in theirs.iter().enumerate() {
                let expected = plot.intersection(building).unwrap().area().unwrap();
                let part = found.iter().find(|share| share.building as usize == number);
                match part {
                    Some(part) => assert_area(
                        part.part_m2.unwrap(),
                        expected,
                        &format!("B{number} on P{at}"),
                    ),
                    None => assert!(
                        expected < 1.1e-6,
                        "B{number} stands on P{at} by {expected} m²"
                    ),
                }
            }
            let union = Geometry::create_geometry_collection(theirs.clone())
                .unwrap()
                .unary_union()
                .unwrap();
            let expected = plot.intersection(&union).unwrap().area().unwrap();
            let footprint = ground.footprint_m2[at].unwrap();
            // each part below a square millimetre is left out
            assert!(
                footprint <= expected * (1.0 + 1e-6) + 1e-9,
                "footprint {footprint} above {expected}"
            );
            assert!(
                footprint >= expected * (1.0 - 1e-6) - 1e-6 * theirs.len() as f64,
                "footprint {footprint} below {expected}"
            );
        }
        for (number, building) in stands.shapes.iter().enumerate() {
            assert_area(
                ground.building_m2[number],
                plane_area(building),
                "the whole building",
            );
        }
    });
}
