//! GeoJSON of valid shapes is valid.

use geos::{Geom, Geometry};
use serde_json::Value;

use super::{Scanned, fault};

#[test]
fn every_feature_of_the_geojson_is_valid() {
    let scanned = Scanned::of(&fault("geojson-invalid/j1.gpkg"), &[]);
    let text = std::fs::read_to_string(scanned.folder.path().join("out/parcels.geojson")).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let features = json["features"].as_array().unwrap();
    assert_eq!(features.len(), 20);
    for feature in features {
        let shape = &feature["geometry"];
        let parts = match shape["type"].as_str().unwrap() {
            "Polygon" => vec![shape["coordinates"].clone()],
            _ => shape["coordinates"].as_array().unwrap().clone(),
        };
        let ring = |ring: &Value| {
            let points = ring.as_array().unwrap().iter();
            let points: Vec<String> = points.map(|p| format!("{} {}", p[0], p[1])).collect();
            format!("({})", points.join(","))
        };
        let part = |part: &Value| {
            let rings: Vec<String> = part.as_array().unwrap().iter().map(ring).collect();
            format!("({})", rings.join(","))
        };
        let parts: Vec<String> = parts.iter().map(part).collect();
        let wkt = format!("MULTIPOLYGON({})", parts.join(","));
        let geometry = Geometry::new_from_wkt(&wkt).unwrap();
        assert!(geometry.is_valid().unwrap(), "{wkt}");
    }
}
