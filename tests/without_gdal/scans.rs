//! A scan of the same parcels is the same whatever they are kept in.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use plotratio::formats::Layer;
use plotratio::geometry::ShapeRef;
use serde_json::json;

use super::{open, read, texts};
use crate::command_line::{city, contents, run};

/// The coordinates of the polygons of a shape, as GeoJSON and as WKT.
fn written(shape: ShapeRef<'_>) -> (serde_json::Value, String) {
    let ring = |ring: &[geo::Coord]| {
        ring.iter()
            .map(|at| json!([at.x, at.y]))
            .collect::<Vec<_>>()
    };
    let parts = shape
        .parts()
        .map(|part| part.rings().map(ring).collect::<Vec<_>>());
    let parts: Vec<_> = parts.collect();
    let mut wkt = String::from("MULTIPOLYGON (");
    for (number, part) in shape.parts().enumerate() {
        wkt.push_str(if number > 0 { ", (" } else { "(" });
        for (number, ring) in part.rings().enumerate() {
            wkt.push_str(if number > 0 { ", (" } else { "(" });
            for (number, at) in ring.iter().enumerate() {
                let comma = if number > 0 { ", " } else { "" };
                write!(wkt, "{comma}{} {}", at.x, at.y).unwrap();
            }
            wkt.push(')');
        }
        wkt.push(')');
    }
    wkt.push(')');
    (json!({"type": "MultiPolygon", "coordinates": parts}), wkt)
}

/// Writes a layer as GeoJSON and as a table of text.
fn write(layer: &mut dyn Layer, folder: &Path) {
    let names: Vec<String> = layer
        .schema()
        .fields
        .iter()
        .map(|field| field.name.clone())
        .collect();
    let batches = read(layer);
    let mut csv = csv::Writer::from_path(folder.join("parcels.csv")).unwrap();
    csv.write_record(names.iter().map(String::as_str).chain(["WKT"]))
        .unwrap();
    let mut features = Vec::new();
    let shapes = batches
        .iter()
        .flat_map(|batch| batch.shapes.as_ref().unwrap().iter());
    for (row, shape) in texts(&batches).into_iter().zip(shapes) {
        let (json, wkt) = written(shape);
        let values = names.iter().zip(&row);
        let properties: serde_json::Map<_, _> = values
            .map(|(name, text)| (name.clone(), json!(text)))
            .collect();
        let geometry = if shape.is_empty() { json!(null) } else { json };
        features.push(json!({"type": "Feature", "properties": properties, "geometry": geometry}));
        let wkt = if shape.is_empty() { String::new() } else { wkt };
        let cells = row.into_iter().map(Option::unwrap_or_default);
        csv.write_record(cells.chain([wkt])).unwrap();
    }
    csv.flush().unwrap();
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}});
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": features});
    fs::write(folder.join("parcels.geojson"), all.to_string()).unwrap();
}

#[test]
fn the_same_parcels_give_the_same_results_from_each_format() {
    let home = tempfile::tempdir().unwrap();
    let clean = home.path().join("city");
    let order = [
        "--parcels",
        "80",
        "--seed",
        "7",
        "--dirty",
        "0",
        "--format",
        "shp,gpkg",
    ];
    city(&clean, &order);
    write(open(&clean.join("parcels.gpkg")).as_mut(), home.path());
    let inputs = [
        clean.join("parcels.gpkg"),
        clean.join("parcels.shp"),
        home.path().join("parcels.geojson"),
        home.path().join("parcels.csv"),
    ];
    let mut first = None;
    for (number, input) in inputs.iter().enumerate() {
        let out = home.path().join(number.to_string());
        let (input, to) = (input.display().to_string(), out.display().to_string());
        run(&[
            "scan",
            "--parcels",
            &input,
            "-o",
            &to,
            "--as-of",
            "2022-06-01",
            "--crs",
            "EPSG:4549",
        ]);
        let mut results = contents(&out);
        results.retain(|name, _| name == "parcels.csv" || name == "parcels.geojson");
        assert_eq!(results.len(), 2, "{input}");
        let first = first.get_or_insert_with(|| results.clone());
        for (name, bytes) in &results {
            assert!(*bytes == first[name], "{name} of {input}");
        }
    }
}
