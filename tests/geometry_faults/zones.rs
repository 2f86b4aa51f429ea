//! Zones of 6° and 3° with and without their number, and rows far from where they can be.

use plotratio::formats::describe_crs;
use plotratio::geometry::transform;

use super::{Scanned, areas, scan_refused};

/// A table with a square of 100 m, in the CRS of this code shifted by so much.
fn table(folder: &std::path::Path, code: u32, shift: f64, more: &str) -> String {
    let degrees = describe_crs("EPSG:4490").unwrap();
    let crs = describe_crs(&format!("EPSG:{code}")).unwrap();
    let mut at = [geo::Coord { x: 121.4, y: 28.6 }];
    transform(&mut at, &degrees, &crs).unwrap();
    let (x, y) = ((at[0].x + shift).round(), at[0].y.round());
    let square = |x: f64, y: f64| {
        format!(
            "POLYGON(({x} {y},{} {y},{} {},{x} {},{x} {y}))",
            x + 100.0,
            x + 100.0,
            y + 100.0,
            y + 100.0
        )
    };
    let path = folder.join("zd.csv");
    let mut text = format!(
        "id,WKT\nA,\"{}\"\nB,\"{}\"\n",
        square(x, y),
        square(x + 100.0, y)
    );
    text += more;
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn zones_of_six_degrees_are_read_with_and_without_their_number() {
    let folder = tempfile::tempdir().unwrap();
    for (code, shift, said) in [
        (4499, 0.0, None),
        (4499, 0.0, Some("EPSG:4499")),
        (4499, 0.0, Some("EPSG:4510")),
        (4510, 0.0, Some("EPSG:4510")),
        (4510, 0.0, Some("EPSG:4499")),
        (4528, 0.0, None),
        (4528, 0.0, Some("EPSG:4549")),
        (4549, 0.0, Some("EPSG:4528")),
        // zone 21 of 6° and zone 41 of 3° have one meridian
        (4499, 20e6, Some("EPSG:4499")),
    ] {
        let path = table(folder.path(), code, shift, "");
        let layer = said.map(|crs| format!("parcels={crs}"));
        let more: Vec<&str> = layer.iter().flat_map(|crs| ["--layer-crs", crs]).collect();
        let scanned = Scanned::of(&path, &more);
        assert_eq!(scanned.parcels("area_plane_m2"), ["10000.00", "10000.00"]);
        let ellipsoid: Vec<f64> = scanned
            .parcels("area_ellipsoid_m2")
            .iter()
            .map(|m2| m2.parse().unwrap())
            .collect();
        assert!(
            ellipsoid.iter().all(|m2| (m2 - 10_000.0).abs() < 10.0),
            "{code} {said:?}: {ellipsoid:?}"
        );
    }
}

#[test]
fn a_zone_that_its_eastings_contradict_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = table(folder.path(), 4499, 0.0, "");
    let said = scan_refused(&["--parcels", &path, "--layer-crs", "parcels=EPSG:4549"]);
    assert!(said.contains("zone 21") && said.contains("123°"), "{said}");
}

#[test]
fn rows_far_outside_are_set_aside_by_name_and_no_figure_is_nan() {
    let folder = tempfile::tempdir().unwrap();
    let far = "FAR,\"POLYGON((637000 3165000,637100 3165000,637100 31650,637000 3165000))\"\n\
               LOST,\"POLYGON((63694 3165000,63794 3165000,63794 3165100,63694 3165000))\"\n\
               ZERO,\"POLYGON((0 0,100 0,100 100,0 0))\"\n\
               HUGE,\"POLYGON((637000 3165000,900000000 3165000,637100 3165100,637000 3165000))\"\n";
    let path = table(folder.path(), 4549, 0.0, far);
    let scanned = Scanned::of(&path, &["--layer-crs", "parcels=EPSG:4549"]);
    assert_eq!(scanned.parcels("parcel_id"), ["A", "B"]);
    let named: Vec<String> = scanned
        .defects()
        .into_iter()
        .filter(|(_, kind)| kind == "outside_area_of_use")
        .map(|(feature, _)| feature)
        .collect();
    assert_eq!(named, ["FAR", "HUGE", "LOST", "ZERO"]);
    for file in [
        "parcels.csv",
        "parcels.geojson",
        "totals.csv",
        "summary.json",
    ] {
        let text = std::fs::read_to_string(scanned.folder.path().join("out").join(file)).unwrap();
        assert!(!text.contains("NaN") && !text.contains("inf,"), "{file}");
    }
}

#[test]
fn a_declared_crs_is_not_turned_round_because_its_numbers_could_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lots.csv");
    // Pennsylvania South in US feet: 2.7 million east, 235,000 north
    let (x, y) = (2_700_000.0, 235_000.0);
    let text = format!(
        "id,WKT\n1,\"POLYGON(({x} {y},{} {y},{} {},{x} {},{x} {y}))\"\n",
        x + 100.0,
        x + 100.0,
        y + 200.0,
        y + 200.0
    );
    std::fs::write(&path, text).unwrap();
    let found = areas(
        &path.display().to_string(),
        &["--layer-crs", "parcels=EPSG:2272"],
    );
    // 20,000 square feet
    assert_eq!(found, ["1858.07"]);
    let scanned = Scanned::of(
        &path.display().to_string(),
        &["--layer-crs", "parcels=EPSG:2272"],
    );
    assert!(!scanned.summary().contains("north-first"));
}
