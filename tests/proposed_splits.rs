//! Splits proposed in invented cities, held against GEOS and against what the files of the run say.

use std::collections::BTreeMap;

use geos::{Geom, Geometry};
use plotratio::features::merge::{Grouping, MergeWish, propose_merges};
use plotratio::features::split::{ListedSplits, NoSplit, SplitWish, least_lot_m2, propose_splits};
use plotratio::geometry::{Admission, ShapeRef, Shapes, admit, encode_wkb, perimeter, plane_area};
use plotratio::model::Completion;
use plotratio::model::LayerKind;
use plotratio::progress::Unwatched;
use plotratio::quantity::Area;
use plotratio::read::Inputs;
use plotratio::run::Scan;

use crate::command_line::run;
use crate::scattered::{request, scanned};

fn geos(shape: ShapeRef<'_>) -> Geometry {
    let mut wkb = Vec::new();
    encode_wkb(shape, true, &mut wkb);
    Geometry::new_from_wkb(&wkb).unwrap()
}

fn city(seed: &str) -> (tempfile::TempDir, Scan) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("city");
    run(&[
        "synth",
        "-n",
        "12000",
        "--seed",
        seed,
        "-o",
        folder.to_str().unwrap(),
    ]);
    let layer = |name: &str| Some(request(&folder.join(format!("{name}.gpkg"))));
    let scan = scanned(
        &Inputs::of(request(&folder.join("parcels.gpkg")))
            .with(LayerKind::Buildings, layer("buildings"))
            .with(LayerKind::Obstacles, layer("obstacles")),
        0.05,
    );
    (home, scan)
}

fn wish(scan: &Scan, lots: usize) -> SplitWish {
    SplitWish {
        lots,
        least_m2: least_lot_m2(scan.known()).unwrap(),
        areas_m2: None,
        wall_m: 1.0,
        access_m: 4.0,
        bends: 1,
        ways: 3,
    }
}

#[test]
fn every_lot_that_is_proposed_is_one_that_the_policy_allows() {
    for (seed, lots, least) in [("2021", 2, 40), ("7", 2, 40), ("7", 3, 10)] {
        let (_home, scan) = city(seed);
        let sites: Vec<u32> = (0..)
            .take(scan.measured.city.parcels.rows.len())
            .filter(|at| scan.measured.is_industrial_site(*at as usize))
            .collect();
        let listed = ListedSplits::of(
            scan.known(),
            propose_splits(scan.known(), &sites, &wish(&scan, lots), &Unwatched),
        )
        .unwrap();
        let mut wrong = Vec::new();
        let mut seen = 0;
        for of in &listed.parcels {
            let name = scan.measured.city.parcels.rows[of.parcel as usize].name();
            let parcel = geos(scan.measured.city.parcels.shapes.get(of.parcel as usize));
            for way in of.ways.iter().flatten() {
                seen += 1;
                wrong.extend(
                    faults(&scan, of.parcel, way, &parcel)
                        .into_iter()
                        .map(|what| format!("{seed} {name} #{}: {what}", way.rank)),
                );
            }
        }
        assert!(seen > least, "only {seen} proposals");
        assert!(
            wrong.is_empty(),
            "{} of {seen} wrong:\n{}",
            wrong.len(),
            wrong[..wrong.len().min(20)].join("\n")
        );
    }
}

/// What is wrong with a proposal, as GEOS sees it.
fn faults(
    scan: &Scan,
    at: u32,
    way: &plotratio::features::split::SplitProposal,
    parcel: &Geometry,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    let lots: Vec<Geometry> = way.shapes.iter().map(geos).collect();
    let registered = scan.measured.measures[at as usize]
        .area
        .ok()
        .and_then(Area::from_m2)
        .unwrap();
    let sum: i64 = way
        .split
        .lots
        .iter()
        .map(|lot| lot.area.unwrap().cents())
        .sum();
    must(
        sum == registered.cents(),
        format!("lots of {sum} do not add up to {registered:?}"),
    );
    let drawn: f64 = lots.iter().map(|lot| lot.area().unwrap()).sum();
    must(
        (drawn - parcel.area().unwrap()).abs() < 0.01,
        "area is not conserved".into(),
    );
    let buildings = scan.measured.city.buildings.as_ref().unwrap();
    for (number, lot) in lots.iter().enumerate() {
        must(
            lot.is_valid().unwrap() && lot.get_num_geometries().unwrap() == 1,
            format!("lot {number} is not one valid polygon"),
        );
        let measured = &way.split.lots[number];
        must(
            measured.area.unwrap().cents() >= 666_666,
            format!("lot {number} has {:?}", measured.area),
        );
        must(
            measured.open_m >= 4.0 - 1e-4,
            format!("lot {number} has {} m of open boundary", measured.open_m),
        );
        must(
            measured.buildings.as_ref().is_some_and(|of| !of.is_empty()),
            format!("lot {number} is bare"),
        );
        must(
            measured.completed != Some(false),
            format!("lot {number} is not completed"),
        );
        must(
            measured.supporting_only != Some(true),
            format!("lot {number} is of offices only"),
        );
        let outside = lot.difference(parcel).unwrap().area().unwrap();
        must(
            outside < 0.01,
            format!("lot {number} has {outside} m² outside"),
        );
        for other in &lots[number + 1..] {
            let common = lot.intersection(other).unwrap().area().unwrap();
            must(common < 0.01, format!("lots share {common} m²"));
        }
    }
    let lines: Vec<Geometry> = way
        .lines
        .iter()
        .map(|line| {
            let points: Vec<String> = line.iter().map(|c| format!("{} {}", c.x, c.y)).collect();
            Geometry::new_from_wkt(&format!("LINESTRING({})", points.join(","))).unwrap()
        })
        .collect();
    for part in &way.split.buildings {
        let building = geos(buildings.shapes.get(part.building as usize))
            .intersection(parcel)
            .unwrap();
        let near = lines
            .iter()
            .map(|line| line.distance(&building).unwrap())
            .fold(f64::INFINITY, f64::min);
        must(
            building.is_empty().unwrap() || near >= 1.0 - 1e-4,
            format!(
                "a line runs {near} m from {}",
                buildings.rows[part.building as usize].name()
            ),
        );
    }
    wrong
}

#[test]
fn neither_the_order_of_features_nor_threads_change_a_proposal() {
    let (_home, scan) = city("11");
    let sites: Vec<u32> = (0..)
        .take(scan.measured.city.parcels.rows.len())
        .filter(|at| scan.measured.is_industrial_site(*at as usize))
        .collect();
    let wish = wish(&scan, 2);
    let told = |sites: &[u32], threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let found = pool.install(|| propose_splits(scan.known(), sites, &wish, &Unwatched));
        let by_parcel = found.into_iter().map(|of| {
            let shapes: Vec<_> = of
                .ways
                .iter()
                .flatten()
                .map(|way| (way.shapes.clone(), way.rank))
                .collect();
            (of.parcel, (shapes, of.ways.err()))
        });
        by_parcel.collect::<BTreeMap<u32, (_, Option<NoSplit>)>>()
    };
    let backwards: Vec<u32> = sites.iter().rev().copied().collect();
    assert!(told(&sites, 1) == told(&backwards, 3));
}

#[test]
fn nothing_that_is_under_construction_is_split_off() {
    let (_home, mut scan) = city("5");
    let buildings = scan.measured.city.buildings.as_mut().unwrap();
    buildings
        .rows
        .iter_mut()
        .for_each(|building| building.completion = Completion::NotYet);
    let sites: Vec<u32> = (0..)
        .take(scan.measured.city.parcels.rows.len())
        .filter(|at| scan.measured.is_industrial_site(*at as usize))
        .collect();
    let found = propose_splits(scan.known(), &sites, &wish(&scan, 2), &Unwatched);
    let conditions: BTreeMap<&str, usize> = found.iter().fold(BTreeMap::new(), |mut counts, of| {
        *counts
            .entry(
                of.ways
                    .as_ref()
                    .map_or_else(NoSplit::condition, |_| "proposed"),
            )
            .or_default() += 1;
        counts
    });
    assert!(
        conditions.len() == 2 && conditions["buildings"] > 20 && conditions["area"] > 20,
        "{conditions:?}"
    );
}

#[test]
fn merged_land_has_neither_spikes_nor_slivers() {
    let (_home, scan) = city("2021");
    let wish = MergeWish {
        grouping: Grouping::Any,
        ..MergeWish::default()
    };
    let merges = propose_merges(scan.known(), &wish, &Unwatched).unwrap();
    assert!(merges.proposals.len() > 100);
    for merge in &merges.proposals {
        let land = merge.land.union.shape();
        let admitted = admit(land, Some(false), &mut Shapes::default());
        assert!(
            matches!(admitted, Admission::Clean),
            "{}: {admitted:?}",
            merge.id()
        );
        for ring in land.rings() {
            let mut alone = Shapes::default();
            alone.push_ring(ring);
            alone.end_part();
            alone.end_shape();
            let (area, around) = (plane_area(alone.get(0)).abs(), perimeter(alone.get(0)));
            assert!(
                2.0 * area > 1e-4 * around,
                "{}: a ring of {area} m²",
                merge.id()
            );
        }
    }
}
