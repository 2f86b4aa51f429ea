//! Scattered land that was planted in invented cities is found, and nothing that was not.

use std::path::Path;

use geo::{Coord, Distance, Euclidean, Intersects, Point};
use plotratio::features::scattered::Origin;
use plotratio::formats::Source;
use plotratio::geometry::{Reach, Shapes};
use plotratio::law::LandUse;
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::model::LayerKind;
use plotratio::parcels::Assignment;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Request};
use plotratio::run::{Scan, scan};

use crate::command_line::{rows, run};
use crate::shared::shared;

pub fn request(path: &Path) -> Request {
    Request {
        source: Source::File {
            path: path.to_owned(),
            layer: None,
        },
        filter: None,
        crs: None,
        encoding: None,
    }
}

pub fn options(tolerance: f64) -> Options {
    Options {
        area: AreaChoice::Registered,
        reach: Reach {
            tolerance,
            gap: 0.5,
        },
        assignment: Assignment::Split,
        policy: Pack::load("taizhou-2021", &Catalogue).unwrap(),
        readings: Vec::new(),
        as_of: "2022-06-01".parse().unwrap(),
        tasks: Tasks::ALL,
    }
}

pub fn scanned(inputs: &Inputs, tolerance: f64) -> Scan {
    scan(inputs, options(tolerance), &Unwatched).unwrap()
}

/// Whether a point lies in the shape at a position, its boundary included.
fn holds(shapes: &Shapes, at: usize, point: Coord) -> bool {
    shapes.get(at).bounds().holds(point) && shapes.get(at).to_geo().intersects(&point)
}

#[test]
fn what_is_planted_in_invented_cities_is_found_and_nothing_else() {
    for seed in ["2021", "7"] {
        let home = tempfile::tempdir().unwrap();
        let city = home.path().join("city");
        run(&[
            "synth",
            "-n",
            "12000",
            "--seed",
            seed,
            "-o",
            city.to_str().unwrap(),
        ]);
        let layer = |name: &str| Some(request(&city.join(format!("{name}.gpkg"))));
        let scan = scanned(
            &Inputs::of(request(&city.join("parcels.gpkg")))
                .with(LayerKind::Plan, layer("plan"))
                .with(LayerKind::Boundary, layer("boundary"))
                .with(LayerKind::Obstacles, layer("obstacles")),
            0.05,
        );
        let found = &scan.pieces.found;
        let parcels = &scan.measured.city.parcels;
        let mut planted_on = vec![0.0; found.pieces.len()];
        let truth = rows(&city.join("truth_scattered.csv"));
        for planted in &truth {
            let number = |name: &str| planted[name].parse::<f64>().unwrap();
            let place = Coord {
                x: number("x"),
                y: number("y"),
            };
            let is_it = |at: &usize| match found.pieces[*at].origin {
                Origin::Unrecorded => {
                    planted["origin"] == "unrecorded" && holds(&found.shapes, *at, place)
                }
                _ => planted["parcel_id"] == found.pieces[*at].id.as_str(),
            };
            if let Some(at) = (0..found.pieces.len()).find(is_it) {
                planted_on[at] += number("area_m2");
                continue;
            }
            // it is not listed: no industrial site can be beside it, as near as a side of it is to its middle
            let reach = 0.75 * number("width_m");
            let is_site = |at: usize| parcels.rows[at].land_use == Some(LandUse::Industrial);
            let near = (0..parcels.rows.len()).filter(|at| is_site(*at)).any(|at| {
                let shape = parcels.shapes.get(at);
                shape.bounds().grown(reach).holds(place)
                    && Euclidean.distance(&Point::from(place), &shape.to_geo()) <= reach
            });
            assert!(!near, "lost: {planted:?}");
        }
        assert!(truth.len() > 12, "{} planted", truth.len());
        for ((piece, planted), area) in found
            .pieces
            .iter()
            .zip(planted_on)
            .zip(&scan.pieces.areas.plane_m2)
        {
            assert!(
                (planted - area).abs() < 0.5,
                "{piece:?}: {planted} m² planted on {area} m²"
            );
        }
    }
}

#[test]
fn the_gaps_of_melque_are_slivers_but_where_a_third_parcel_fills_them() {
    let parcels = shared("es-melque/parcels.gpkg");
    let mut inputs = Inputs::of(request(&parcels));
    inputs
        .mappings
        .insert((LayerKind::Parcels, "id".into()), "pid".into());
    let scan = scanned(&inputs, 0.0);
    let slivers: Vec<String> = scan
        .remarks
        .defects
        .iter()
        .filter(|defect| defect.kind.name() == "sliver")
        .map(|defect| format!("{} {}", defect.feature, defect.detail))
        .collect();
    let gaps = rows(&shared("es-melque/near_gaps_0.5m.csv"));
    let found = gaps.iter().filter(|gap| {
        slivers
            .iter()
            .any(|said| said.contains(&gap["a"]) && said.contains(&gap["b"]))
    });
    let found: Vec<&str> = found.map(|gap| gap["gap"].as_str()).collect();
    assert_eq!(found.len(), 11, "{found:?}");
}
