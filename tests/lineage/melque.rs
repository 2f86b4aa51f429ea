//! Real parcels, split and merged by script.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use geo::{Area as _, BooleanOps as _, Coord, MultiPolygon, Polygon, Rect};
use plotratio::geometry::Reach;
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::model::LayerKind;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Assignment, Relation};
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Mappings};
use plotratio::run::{Scan, scan};

use super::request;

fn data() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("PLOTRATIO_DATA").map_or_else(beside, PathBuf::from)
}

/// Scans the parcels of Melque beside those of an earlier time.
fn melque(before: Option<&Path>) -> Scan {
    let parcels = data().join("es-melque/parcels.gpkg");
    let map =
        [LayerKind::Parcels, LayerKind::Before].map(|kind| ((kind, "id".into()), "pid".into()));
    let inputs = Inputs {
        mappings: map.into_iter().collect::<Mappings>(),
        ..Inputs::of(request(&parcels, None)).with(
            LayerKind::Before,
            before.map(|path| request(path, (path != parcels).then_some("EPSG:25830"))),
        )
    };
    let options = Options {
        area: AreaChoice::Plane,
        reach: Reach {
            tolerance: 0.05,
            gap: 0.5,
        },
        assignment: Assignment::Split,
        policy: Pack::load("taizhou-2021", &Catalogue).unwrap(),
        readings: Vec::new(),
        as_of: jiff::civil::date(2022, 6, 1),
        tasks: Tasks::ALL,
    };
    scan(&inputs, options, &Unwatched).unwrap()
}

/// How the parcels of a scan came to be, by their ids.
fn relations(scan: &Scan) -> BTreeMap<&str, Relation> {
    let lineage = scan.lineage.as_ref().unwrap();
    (0..)
        .zip(&scan.measured.city.parcels.rows)
        .filter_map(|(at, parcel)| Some((parcel.id.as_str(), lineage.relation(at)?)))
        .collect()
}

#[test]
fn melque_is_what_it_was() {
    let scan = melque(Some(&data().join("es-melque/parcels.gpkg")));
    let relations = relations(&scan);
    assert_eq!(relations.len(), 1443);
    assert!(relations.values().all(|one| *one == Relation::Same));
    let lineage = scan.lineage.as_ref().unwrap();
    assert!(lineage.shapes.as_ref().unwrap().gone.is_empty());
    // that nothing shows is not that nothing was
    let unknown = |product: &plotratio::features::lineage::Product| {
        product.of_split.or(product.of_merge).is_none()
    };
    assert!(lineage.products.iter().all(unknown));
}

fn wkt(shape: &MultiPolygon) -> String {
    let ring = |ring: &geo::LineString| {
        let points = ring.coords().map(|at| format!("{} {}", at.x, at.y));
        format!("({})", points.collect::<Vec<_>>().join(","))
    };
    let polygon = |polygon: &Polygon| {
        let holes = polygon.interiors().iter().map(ring);
        let rings = [ring(polygon.exterior())].into_iter().chain(holes);
        format!("({})", rings.collect::<Vec<_>>().join(","))
    };
    let polygons: Vec<_> = shape.iter().map(polygon).collect();
    format!("MULTIPOLYGON({})", polygons.join(","))
}

#[test]
fn parcels_of_melque_that_were_split_or_merged_by_script_are_found_and_no_others() {
    let plain = melque(None);
    let parcels = &plain.measured.city.parcels;
    let shape = |at: u32| parcels.shapes.get(at as usize).to_geo();
    let id = |at: u32| parcels.rows[at as usize].id.to_string();
    let mut expected: BTreeMap<String, Relation> = (0..)
        .zip(&parcels.rows)
        .map(|(at, _)| (id(at), Relation::Same))
        .collect();
    let mut before: BTreeMap<u32, MultiPolygon> = (0..)
        .zip(parcels.rows.iter())
        .map(|(at, _)| (at, shape(at)))
        .collect();
    let mut touched = vec![false; parcels.rows.len()];
    let mut made: Vec<(String, MultiPolygon)> = Vec::new();
    // pairs of neighbours were one parcel
    let (mut joined, mut cut) = (0, 0);
    for pair in plain.measured.neighbours.pairs.iter().step_by(17) {
        let long = pair.contact.shared > 5.0 && pair.contact.overlap == 0.0;
        let (a, b) = (pair.a, pair.b);
        if joined == 60 || !long || touched[a as usize] || touched[b as usize] {
            continue;
        }
        // of one much larger than the other, the small one is within what surveys differ by
        let (large, small) = (shape(a).unsigned_area(), shape(b).unsigned_area());
        if large.min(small) < 0.05 * large.max(small) {
            continue;
        }
        made.push((format!("joined {joined}"), shape(a).union(&shape(b))));
        for at in [a, b] {
            touched[at as usize] = true;
            before.remove(&at);
            expected.insert(id(at), Relation::Split);
        }
        joined += 1;
    }
    // others were two, cut through the middle of their boxes
    for at in (0..)
        .step_by(11)
        .take_while(|at| (*at as usize) < parcels.rows.len())
    {
        let bounds = parcels.shapes.get(at as usize).bounds();
        let middle = bounds.centre().x;
        let half = |west: f64, east: f64| {
            let corner = |x, y| Coord { x, y };
            let half = Rect::new(
                corner(west, bounds.min.y - 1.0),
                corner(east, bounds.max.y + 1.0),
            );
            shape(at).intersection(&half.to_polygon())
        };
        let (west, east) = (
            half(bounds.min.x - 1.0, middle),
            half(middle, bounds.max.x + 1.0),
        );
        let least = 0.05 * shape(at).unsigned_area();
        if cut == 60
            || touched[at as usize]
            || west.unsigned_area().min(east.unsigned_area()) < least
        {
            continue;
        }
        touched[at as usize] = true;
        before.remove(&at);
        made.push((format!("west {cut}"), west));
        made.push((format!("east {cut}"), east));
        expected.insert(id(at), Relation::Merged);
        cut += 1;
    }
    assert_eq!((joined, cut), (60, 60));
    let mut text = "pid,WKT\n".to_owned();
    let kept = before.iter().map(|(at, shape)| (id(*at), shape.clone()));
    for (id, shape) in made.into_iter().chain(kept) {
        writeln!(text, "{id},\"{}\"", wkt(&shape)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("before.csv");
    std::fs::write(&path, text).unwrap();
    let scan = melque(Some(&path));
    let found = relations(&scan);
    let wrong: Vec<_> = expected
        .iter()
        .filter(|(id, relation)| found.get(id.as_str()) != Some(relation))
        .map(|(id, relation)| (id, relation, found.get(id.as_str())))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let lineage = scan.lineage.as_ref().unwrap();
    assert!(lineage.shapes.as_ref().unwrap().gone.is_empty());
    let of = |split: bool| {
        let products = lineage.products.iter();
        products
            .filter(|one| if split { one.of_split } else { one.of_merge } == Some(true))
            .count()
    };
    assert_eq!((of(true), of(false)), (120, 60));
}
