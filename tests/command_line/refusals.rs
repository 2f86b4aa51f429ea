//! What cannot be done is refused with exit code 2, by name, and changes nothing.

use std::fs;

use super::{contents, plotratio, refused, run, sample, scan};

const CITY: &str = "data-samples/city.toml";

#[test]
fn a_folder_that_is_not_empty_is_left_alone_unless_it_may_be_replaced() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    let shown = out.display().to_string();
    run(&["scan", CITY, "-o", &shown, "--format", "csv"]);
    let before = contents(&out);
    let text = refused(&["scan", CITY, "-o", &shown]);
    assert!(
        text.contains(&shown) && text.contains("--overwrite"),
        "{text}"
    );
    assert!(before == contents(&out));
    run(&["scan", CITY, "-o", &shown, "--overwrite"]);
    assert!(contents(&out).contains_key("parcels.geojson"));
    fs::write(out.join("thesis.docx"), "mine").unwrap();
    assert!(refused(&["scan", CITY, "-o", &shown, "--overwrite"]).contains("`thesis.docx`"));
}

#[test]
fn results_never_replace_their_input() {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in contents(&sample()) {
        if name.starts_with("parcels.") {
            fs::write(home.path().join(name), bytes).unwrap();
        }
    }
    let parcels = home.path().join("parcels.gpkg").display().to_string();
    let out = home.path().display().to_string();
    let text = refused(&["scan", "--parcels", &parcels, "-o", &out, "--overwrite"]);
    assert!(
        text.contains(&parcels) && text.contains("another folder"),
        "{text}"
    );
    assert!(home.path().join("parcels.gpkg").exists());
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results").display().to_string();
    let parcels = "data-samples/city/parcels.gpkg";
    let storeys = "data-samples/city/storeys.csv";
    let cases: &[(&[&str], &str)] = &[
        (&["--parcels", "no/such.gpkg"], "`no/such.gpkg`"),
        (&["--parcels", "data-samples/city/parcels.gpkg:zd"], "`zd`"),
        (&["--parcels", storeys], "storeys.csv"),
        (&[CITY, "--buildings", "none.shp"], "`none.shp`"),
        (&["data-samples/README.md"], "README.md"),
        (&[], "--parcels SRC"),
        (&[CITY, "--colour", "red"], "--colour"),
        (&[CITY, "--map", "parcels.id"], "LAYER.FIELD=COLUMN"),
        (&[CITY, "--map", "lots.id=PID"], "`lots`"),
        (&[CITY, "--map", "parcels.id=NOPE"], "NOPE"),
        (&[CITY, "--map", "parcels.wings=BSM"], "wings"),
        (&[CITY, "--where", "buildings=DSCS >"], "DSCS >"),
        (&[CITY, "--where", "buildings=NOPE > 1"], "NOPE"),
        (&[CITY, "--crs", "EPSG:1"], "EPSG:1"),
        (&[CITY, "--crs", "EPSG:4490"], "EPSG:4490"),
        (&[CITY, "--as-of", "yesterday"], "yesterday"),
        (&[CITY, "--tolerance", "-1"], "--tolerance"),
        (&[CITY, "--area", "gross"], "gross"),
        (&[CITY, "--policy", "atlantis"], "`atlantis`"),
        (
            &[CITY, "--reading", "building_assignment=odd"],
            "building_assignment",
        ),
        (&[CITY, "--format", "pdf"], "`pdf`"),
        (&["--parcels", parcels, "--layer-crs", "parcels=9"], "`9`"),
        (
            &["--parcels", parcels, "--encoding", "parcels=rot13"],
            "rot13",
        ),
    ];
    for (arguments, named) in cases {
        let text = refused(&[&["scan", "-o", &out], *arguments].concat());
        assert!(text.contains(named), "{arguments:?}: {text}");
        assert!(!text.contains("panicked"), "{text}");
        assert_eq!(contents(home.path()).len(), 0, "{arguments:?}");
    }
}

#[test]
fn json_is_one_line_and_quiet_is_silent() {
    let home = tempfile::tempdir().unwrap();
    let output = scan(&sample(), "gpkg", &home.path().join("a"), &["--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches('\n').count(), 1);
    let printed: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(printed, super::summary(&home.path().join("a")));
    let output = scan(&sample(), "gpkg", &home.path().join("b"), &["--quiet"]);
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let home = tempfile::tempdir().unwrap();
    let mut scan = plotratio()
        .args(["scan", CITY, "-o"])
        .arg(home.path().join("results"))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(scan.stdout.take());
    assert!(scan.wait().unwrap().success());
}
