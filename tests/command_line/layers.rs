//! `--scattered`, `--boundary`, `--obstacles` and `--group-by` beside the city of `data-samples`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{refused, rows, run, sample, scan, summary};

/// A square of 10 m in EPSG:4549 inside the sample.
fn square(at: u32) -> String {
    let west = 635_500 + 10 * at;
    let (east, south, north) = (west + 10, 3_165_600, 3_165_610);
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

/// Scattered pieces in GBK: two good ones, a bow-tie, one without a shape, one that says neither yes nor no.
fn pieces(folder: &Path) -> PathBuf {
    let (yes, no) = (b"\xca\xc7", b"\xb7\xf1");
    let bow_tie =
        "POLYGON((635600 3165600,635610 3165610,635610 3165600,635600 3165610,635600 3165600))";
    let mut text = b"id,FHGH,WKT\n".to_vec();
    for (id, answer, shape) in [
        ("L1", &yes[..], square(0)),
        ("L2", no, square(1)),
        ("L3", yes, bow_tie.to_owned()),
        ("L4", no, String::new()),
        ("L5", b"?", square(4)),
    ] {
        text.extend_from_slice(id.as_bytes());
        text.push(b',');
        text.extend_from_slice(answer);
        text.extend_from_slice(format!(",\"{shape}\"\n").as_bytes());
    }
    let path = folder.join("pieces.csv");
    fs::write(&path, text).unwrap();
    path
}

fn layer(name: &str) -> String {
    sample().join(name).display().to_string()
}

#[test]
fn every_feature_of_the_three_layers_is_accounted_for() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    let pieces = pieces(home.path()).display().to_string();
    let (boundary, obstacles) = (layer("boundary.gpkg"), layer("obstacles.shp"));
    let more = [
        ["--scattered", &pieces],
        ["--boundary", &boundary],
        ["--obstacles", &obstacles],
        ["--layer-crs", "scattered=EPSG:4549"],
        ["--encoding", "scattered=GBK"],
        ["--map", "obstacles.kind=DLMC"],
        ["--where", "obstacles=kind <> 'green'"],
    ];
    let output = scan(&sample(), "gpkg", &out, &more.concat());
    let printed = String::from_utf8(output.stdout).unwrap();
    for line in ["零星地块：读入", "调查区：读入", "道路水面绿地：读入"] {
        assert!(printed.contains(line), "{printed}");
    }
    let summary = summary(&out);
    let account = |layer: &str| {
        let of = |what: &str| summary["layers"][layer][what].as_u64().unwrap();
        [
            "in",
            "analysed",
            "repaired",
            "quarantined",
            "left_out_by_where",
        ]
        .map(of)
    };
    assert_eq!(account("scattered"), [5, 3, 1, 1, 0]);
    assert_eq!(account("boundary"), [13, 13, 0, 0, 0]);
    let [read, analysed, repaired, quarantined, left_out] = account("obstacles");
    assert_eq!(
        (analysed + repaired + quarantined, read + left_out),
        (read, 80)
    );
    assert!(left_out > 0 && analysed > 0, "{}", summary["layers"]);
    for (layer, file) in [
        ("scattered", "pieces.csv"),
        ("boundary", "boundary.gpkg"),
        ("obstacles", "obstacles.shp"),
    ] {
        let files = summary["sources"][layer]["files"].as_array().unwrap();
        let own = files.iter().find(|one| one["name"] == file).unwrap();
        assert_eq!(own["sha256"].as_str().unwrap().len(), 64);
    }
    let found: Vec<(String, String, String)> = rows(&out.join("defects.csv"))
        .into_iter()
        .filter(|row| ["scattered", "boundary", "obstacles"].contains(&row["layer"].as_str()))
        .map(|row| {
            (
                row["feature"].clone(),
                row["kind"].clone(),
                row["action"].clone(),
            )
        })
        .collect();
    let row =
        |feature: &str, kind: &str, action: &str| (feature.into(), kind.into(), action.into());
    assert_eq!(
        found,
        [
            row("L1", "piece_on_parcel", "noted"),
            row("L2", "piece_on_parcel", "noted"),
            row("L3", "self_intersection", "repaired"),
            row("L4", "null_geometry", "quarantined"),
            row("L5", "piece_on_parcel", "noted"),
            row("L5", "unreadable_yes_or_no", "noted"),
            row("U635007-3166728", "piece_built_on", "noted"),
        ]
    );
    assert!(!summary["notes"].to_string().contains("does not use it"));
}

#[test]
fn a_city_file_names_them_beside_itself() {
    let home = tempfile::tempdir().unwrap();
    pieces(home.path());
    let text = format!(
        "parcels = '{}'\nscattered = \"pieces.csv\"\nboundary = '{}'\nobstacles = '{}'\ngroup_by = \"QXMC\"\n\
         layer_crs.scattered = \"EPSG:4549\"\nencoding.scattered = \"GBK\"\nmap.obstacles.kind = \"DLMC\"\n",
        layer("parcels.shp"),
        layer("boundary.shp"),
        layer("obstacles.gpkg"),
    );
    let city = home.path().join("city.toml");
    fs::write(&city, text).unwrap();
    let (city, out) = (city.display().to_string(), home.path().join("results"));
    let shown = out.display().to_string();
    run(&["scan", &city, "-o", &shown, "--as-of", "2022-06-01"]);
    let summary = summary(&out);
    assert_eq!(summary["layers"]["scattered"]["in"], 5);
    assert_eq!(summary["layers"]["obstacles"]["in"], 80);
    // results are never written over an input, whichever layer it is
    let home = home.path().display().to_string();
    let text = refused(&["scan", &city, "-o", &home, "--overwrite"]);
    assert!(text.contains("pieces.csv"), "{text}");
}

#[test]
fn a_column_to_group_by_must_be_there() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results").display().to_string();
    let city = "data-samples/city.toml";
    let text = refused(&["scan", city, "-o", &out, "--group-by", "colour"]);
    for named in [
        "`--group-by colour`",
        "parcels.gpkg",
        "ZDDM",
        "QXMC",
        "district",
    ] {
        assert!(text.contains(named), "{text}");
    }
    assert!(!home.path().join("results").exists());
    run(&["scan", city, "-o", &out, "--group-by", "district"]);
}

#[test]
fn they_are_inspected_and_refused_like_every_layer() {
    let inspected = |arguments: &[&str]| -> serde_json::Value {
        let output = run(&[&["inspect", "--json"], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    for (kind, features) in [("boundary", 13), ("obstacles", 80)] {
        let source = layer(&format!("{kind}.gpkg"));
        for arguments in [&[&*source][..], &[&format!("--{kind}"), &source]] {
            let found = inspected(arguments);
            assert_eq!(found["kind"], kind);
            assert_eq!(found["geometry"]["features"], features);
        }
    }
    let home = tempfile::tempdir().unwrap();
    let lines = home.path().join("roads.geojson");
    let line = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"road"},"geometry":{"type":"LineString","coordinates":[[121.4,28.6],[121.5,28.6]]}}]}"#;
    fs::write(&lines, line).unwrap();
    let lines = lines.display().to_string();
    let found = inspected(&["--obstacles", &lines]);
    assert!(
        found["notes"].to_string().contains("lines have no width"),
        "{found}"
    );
    let out = home.path().join("results");
    scan(&sample(), "gpkg", &out, &["--obstacles", &lines]);
    let summary = summary(&out);
    assert_eq!(summary["layers"]["obstacles"]["quarantined"], 1);
    assert!(summary["notes"].to_string().contains("lines have no width"));
    let out = home.path().join("refused").display().to_string();
    for (wrong, named) in [
        (["--scattered", "none.gpkg"], "`none.gpkg`"),
        (
            ["--boundary", "data-samples/city/contracts.csv"],
            "`boundary`",
        ),
        (
            ["--map", "obstacles.colour=BSM"],
            "`obstacles` has no field `colour`; it has id, kind, name",
        ),
        (
            ["--where", "roads=BSM > 1"],
            "plan, scattered, boundary, obstacles",
        ),
    ] {
        let mut arguments = vec!["scan", "data-samples/city.toml", "-o", &out];
        if wrong[0] == "--map" {
            arguments.extend(["--obstacles", "data-samples/city/obstacles.shp"]);
        }
        arguments.extend(wrong);
        let text = refused(&arguments);
        assert!(text.contains(named), "{text}");
    }
}

#[test]
fn buildings_that_lie_elsewhere_are_used_only_by_force_and_with_a_word() {
    let home = tempfile::tempdir().unwrap();
    let noted = |more: &[&str], out: &str| {
        scan(&sample(), "gpkg", &home.path().join(out), more);
        let summary = fs::read_to_string(home.path().join(out).join("summary.json")).unwrap();
        summary.contains("stand on no parcel, so floor area")
    };
    assert!(noted(
        &["--layer-crs", "buildings=EPSG:4526", "--force"],
        "elsewhere"
    ));
    assert!(!noted(&[], "here"));
}
