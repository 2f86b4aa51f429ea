//! Rings in the wrong order or direction: where they lie decides which are shells.

use super::shapefile::{Ring, square, write};
use super::{areas, fault};
use std::fmt::Write as _;

#[test]
fn a_shapefile_with_its_rings_turned_has_the_areas_of_the_geopackage() {
    let right = areas(&fault("rings-turned/b4_same_as_gpkg.gpkg"), &[]);
    assert_eq!(right, ["9600.00"]);
    for (name, first) in [
        ("a_right", "9600.00"),
        ("b1_reversed_hole_first", "9600.00"),
        ("b2_reversed_two_holes", "9200.00"),
        ("b_all_reversed", "9600.00"),
    ] {
        let found = areas(&fault(&format!("rings-turned/{name}.shp")), &[]);
        assert_eq!(found, [first, "10000.00"], "{name}");
    }
}

/// Every order and direction of the rings, in a Shapefile.
#[test]
fn every_order_and_direction_of_rings_in_a_shapefile_is_the_same_ground() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zd.shp");
    // a lake with an island: 100² − 60² + 20²
    let rings = |turned: usize| -> Vec<Ring> {
        let ring = |at: usize, (low, high)| square(low, high, turned >> at & 1 == 1);
        vec![
            ring(0, (0.0, 100.0)),
            ring(1, (20.0, 80.0)),
            ring(2, (40.0, 60.0)),
        ]
    };
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let mut shapes = Vec::new();
    for order in orders {
        for turned in 0..8 {
            let rings = rings(turned);
            shapes.push(order.map(|at| rings[at].clone()).to_vec());
        }
    }
    write(&path, &shapes);
    let found = areas(
        &path.display().to_string(),
        &["--layer-crs", "parcels=EPSG:4549"],
    );
    assert_eq!(found, vec!["6800.00"; 48]);
}

#[test]
fn parts_beside_each_other_stay_parts_whatever_way_they_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zd.shp");
    let shapes: Vec<Vec<Ring>> = (0..4)
        .map(|turned| {
            vec![
                square(0.0, 50.0, turned & 1 == 1),
                square(60.0, 100.0, turned & 2 == 2),
            ]
        })
        .collect();
    write(&path, &shapes);
    let found = areas(
        &path.display().to_string(),
        &["--layer-crs", "parcels=EPSG:4549"],
    );
    assert_eq!(found, vec!["4100.00"; 4]);
}

#[test]
fn a_hole_that_comes_first_is_a_hole_in_geojson_and_wkt_too() {
    let folder = tempfile::tempdir().unwrap();
    let shell = square(0.0, 100.0, true);
    let holes = [square(10.0, 30.0, false), square(50.0, 70.0, false)];
    let orders: [Vec<&Ring>; 3] = [
        vec![&holes[0], &shell],
        vec![&holes[0], &holes[1], &shell],
        vec![&shell, &holes[1], &holes[0]],
    ];
    let csv = folder.path().join("zd.csv");
    let ring = |ring: &&Ring| {
        let points: Vec<String> = ring.iter().map(|(x, y)| format!("{x} {y}")).collect();
        format!("({})", points.join(","))
    };
    let mut text = "id,WKT\n".to_owned();
    for (number, rings) in orders.iter().enumerate() {
        let rings: Vec<String> = rings.iter().map(ring).collect();
        writeln!(text, "{number},\"POLYGON({})\"", rings.join(",")).unwrap();
    }
    std::fs::write(&csv, text).unwrap();
    let crs = ["--layer-crs", "parcels=EPSG:4549"];
    let expected = ["9600.00", "9200.00", "9200.00"];
    assert_eq!(areas(&csv.display().to_string(), &crs), expected);
    let features: Vec<String> = orders
        .iter()
        .enumerate()
        .map(|(number, rings)| {
            let rings: Vec<Vec<[f64; 2]>> = rings
                .iter()
                .map(|ring| ring.iter().map(|(x, y)| [*x, *y]).collect())
                .collect();
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{number}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}}}}}",
                serde_json::to_string(&rings).unwrap()
            )
        })
        .collect();
    let geojson = folder.path().join("zd.geojson");
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",")
    );
    std::fs::write(&geojson, text).unwrap();
    assert_eq!(areas(&geojson.display().to_string(), &crs), expected);
}
