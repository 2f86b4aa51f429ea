//! The city of `data-samples`: what a scan finds of it, and that it can be made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{city, contents, rows, run, sample, scan, stderr, summary};

#[test]
fn the_demo_writes_every_file_and_says_where() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    let shown = out.display().to_string();
    let output = run(&["scan", "data-samples/city.toml", "-o", &shown]);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(text.contains("宗地：读入") && text.contains(&format!("结果：{shown}")));
    assert_eq!(stderr(&output), "", "no progress where nobody watches");
    let names: Vec<String> = contents(&out).into_keys().collect();
    assert_eq!(
        names,
        [
            "adjacency.csv",
            "allocation.csv",
            "buildings.csv",
            "clues.csv",
            "defects.csv",
            "enterprises.csv",
            "findings.csv",
            "footprints.parquet",
            "idle.csv",
            "idle.geojson",
            "index.csv",
            "ladder.csv",
            "lineage.csv",
            "open_land.csv",
            "open_land.geojson",
            "parcels.csv",
            "parcels.geojson",
            "register.csv",
            "scattered.csv",
            "scattered.geojson",
            "summary.json",
            "survey_totals.csv",
            "targets.csv",
            "totals.csv",
            "upgrades.csv"
        ]
    );
}

#[test]
fn every_feature_is_accounted_for() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan(&sample(), "gpkg", &out, &[]);
    let summary = summary(&out);
    for (layer, count) in [("parcels", 300), ("buildings", 844)] {
        let counts = &summary["layers"][layer];
        let of = |what: &str| counts[what].as_u64().unwrap();
        assert_eq!(of("in"), count);
        assert_eq!(
            of("analysed") + of("repaired") + of("quarantined"),
            count,
            "{counts}"
        );
    }
    let geojson = std::fs::read_to_string(out.join("parcels.geojson")).unwrap();
    assert_eq!(geojson.matches("\n{\"type\":\"Feature\",").count(), 297);
    assert_eq!(rows(&out.join("parcels.csv")).len(), 297);
}

#[test]
fn footprints_and_floor_areas_are_those_that_were_planted() {
    let home = tempfile::tempdir().unwrap();
    scan(&sample(), "gpkg", &home.path().join("results"), &[]);
    let found: BTreeMap<String, BTreeMap<String, String>> =
        rows(&home.path().join("results/parcels.csv"))
            .into_iter()
            .map(|row| (row["parcel_id"].clone(), row))
            .collect();
    let parts = rows(&home.path().join("results/buildings.csv"));
    let mut compared = 0;
    for truth in rows(&sample().join("truth_parcels.csv")) {
        if truth["exact"] != "1" {
            continue;
        }
        compared += 1;
        let id = &truth["parcel_id"];
        for figure in ["footprint_m2", "floor_area_m2"] {
            assert_near(&truth[figure], &found[id][figure], id);
        }
        // a wall on the line, in coordinates to the millimetre, leaves slivers on the parcel beside it
        let whole = |part: &&BTreeMap<String, String>| {
            &part["parcel_id"] == id && part["share"].parse::<f64>().unwrap() > 0.001
        };
        let count = parts.iter().filter(whole).count();
        assert_eq!(truth["building_count"], count.to_string(), "{id}");
    }
    assert!(compared > 200, "{compared}");
}

/// The truth has each footprint to the cent and knows of no slivers; every storey multiplies that.
fn assert_near(truth: &str, found: &str, parcel: &str) {
    let [truth, found] = [truth, found].map(|text| text.parse::<f64>().unwrap());
    assert!(
        (truth - found).abs() <= (2e-5 * truth).max(0.03),
        "{parcel}: {found}, not {truth}"
    );
}

#[test]
fn every_planted_flaw_of_geometry_is_a_row_of_the_defects() {
    let home = tempfile::tempdir().unwrap();
    scan(&sample(), "gpkg", &home.path().join("results"), &[]);
    let text = std::fs::read_to_string(home.path().join("results/defects.csv")).unwrap();
    let found: BTreeSet<(&str, &str, &str)> = text
        .lines()
        .map(|line| {
            let mut cells = line.split(',');
            let mut next = || cells.next().unwrap();
            (next(), next(), next())
        })
        .collect();
    for planted in rows(&sample().join("truth_planted.csv")) {
        let kind = match planted["kind"].as_str() {
            "bow_tie" => "self_intersection",
            "reversed_ring" => "wrong_winding",
            "repeated_id" => "duplicate_id",
            "wrong_parcel_key" => "other_parcel_named",
            // found by the neighbours, by the measures, or a thing that is allowed
            "neighbour_overlap" | "neighbour_gap" | "across_line" | "over_another"
            | "on_no_parcel" | "no_storeys" => continue,
            same => same,
        };
        let row = (planted["layer"].as_str(), planted["id"].as_str(), kind);
        assert!(found.contains(&row), "{row:?}");
    }
}

#[cfg(feature = "gdal")]
#[test]
fn the_sample_can_be_made_again() {
    let home = tempfile::tempdir().unwrap();
    let again = home.path().join("city");
    city(&again, &["--sample", "--format", "gpkg,shp"]);
    let (kept, made) = (contents(&sample()), contents(&again));
    assert!(kept.keys().eq(made.keys()));
    for (name, bytes) in &kept {
        // whose bytes depend on the versions of GDAL and SQLite
        let (_, extension) = name.rsplit_once('.').unwrap();
        let of_version = ["gpkg", "prj"].contains(&extension);
        assert!(of_version || bytes == &made[name], "{name}");
    }
    scan(&sample(), "gpkg", &home.path().join("a"), &[]);
    scan(&again, "gpkg", &home.path().join("b"), &[]);
    assert_same_measures(&home.path().join("a"), &home.path().join("b"));
}

#[test]
fn a_city_without_flaws_is_the_same_from_every_format() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("city");
    city(
        &folder,
        &[
            "-n",
            "300",
            "--seed",
            "59",
            "--dirty",
            "0",
            "--format",
            "gpkg,shp,fgb,parquet",
        ],
    );
    for format in ["gpkg", "shp", "fgb", "parquet"] {
        scan(&folder, format, &home.path().join(format), &[]);
        assert_same_measures(&home.path().join("gpkg"), &home.path().join(format));
    }
}

fn assert_same_measures(a: &Path, b: &Path) {
    let (mut a, mut b) = (contents(a), contents(b));
    // they hold the names and sums of the sources
    assert!(a.remove("summary.json").is_some() && b.remove("summary.json").is_some());
    assert_eq!(a.len(), 21);
    for (name, bytes) in &a {
        assert!(bytes == &b[name], "{name}");
    }
}

/// A Shapefile knows rings and their direction, not which shell a hole or a part belongs to.
#[test]
fn a_shapefile_differs_only_where_it_cannot_say_what_a_ring_is() {
    let home = tempfile::tempdir().unwrap();
    let results = |format: &str| {
        let out = home.path().join(format);
        scan(&sample(), format, &out, &[]);
        (
            rows(&out.join("parcels.csv")),
            rows(&out.join("buildings.csv")),
        )
    };
    let ((gpkg, on_gpkg), (shp, on_shp)) = (results("gpkg"), results("shp"));
    let unsayable: BTreeSet<String> = rows(&sample().join("truth_planted.csv"))
        .into_iter()
        .filter(|planted| ["hole_outside", "overlapping_parts"].contains(&planted["kind"].as_str()))
        .map(|planted| planted["id"].clone())
        .collect();
    let concerned: BTreeSet<&String> = unsayable
        .iter()
        .chain(
            on_gpkg
                .iter()
                .chain(&on_shp)
                .filter(|part| unsayable.contains(&part["building_id"]))
                .map(|part| &part["parcel_id"]),
        )
        .collect();
    assert_eq!(gpkg.len(), shp.len());
    let mut differing = 0;
    for (gpkg, shp) in gpkg.iter().zip(&shp) {
        if gpkg != shp {
            differing += 1;
            assert!(concerned.contains(&gpkg["parcel_id"]), "{gpkg:?} {shp:?}");
        }
    }
    assert!((1..20).contains(&differing), "{differing}");
}
