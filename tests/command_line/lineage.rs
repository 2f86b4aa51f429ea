//! `--lineage` and `--before`: what parcels came from, in files and in facts.

use std::fs;
use std::path::Path;

use super::{contents, plotratio, refused, rows, run, sample, summary};

/// A rectangle in EPSG:4549, in metres from a corner.
fn rectangle(west: u32, south: u32, east: u32, north: u32) -> String {
    let (west, east) = (636_000 + west, 636_000 + east);
    let (south, north) = (3_165_000 + south, 3_165_000 + north);
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

/// Before: A, B, C, D beside each other, 100 m each, and E apart. Today: A as A1 and A2, B and C as M, D as it was, N new.
fn layers(folder: &Path, turned: bool) -> Vec<String> {
    let table = |name: &str, rows: &[(&str, [u32; 4])]| {
        let mut lines: Vec<String> = rows
            .iter()
            .map(|(id, [west, south, east, north])| {
                format!(
                    "{id},工业用地,\"{}\"\n",
                    rectangle(*west, *south, *east, *north)
                )
            })
            .collect();
        if turned {
            lines.reverse();
        }
        fs::write(
            folder.join(name),
            format!("id,land_use,WKT\n{}", lines.concat()),
        )
        .unwrap();
    };
    table(
        "before.csv",
        &[
            ("A", [0, 0, 100, 100]),
            ("B", [100, 0, 200, 100]),
            ("C", [200, 0, 300, 100]),
            ("D", [300, 0, 400, 100]),
            ("E", [900, 0, 950, 100]),
        ],
    );
    table(
        "parcels.csv",
        &[
            ("A1", [0, 0, 25, 100]),
            ("A2", [25, 0, 100, 100]),
            ("M", [100, 0, 300, 100]),
            ("D", [300, 0, 400, 100]),
            ("N", [400, 0, 450, 100]),
        ],
    );
    let mut rows = [
        "A1,A,分割,2019-06-15\n",
        "A2,A,,\n",
        "M,B、C,合并,2020/1/2\n",
        "D,Q,更名,\n",
        "Q,R,分割,2001-02-03\n",
    ];
    if turned {
        rows.reverse();
    }
    let head = "宗地代码,原宗地代码,变更类型,变更日期\n";
    fs::write(folder.join("table.csv"), format!("{head}{}", rows.concat())).unwrap();
    let path = |name: &str| folder.join(name).display().to_string();
    let layers = [
        ["--parcels", &path("parcels.csv")],
        ["--before", &path("before.csv")],
        ["--lineage", &path("table.csv")],
        ["--layer-crs", "parcels=EPSG:4549"],
        ["--layer-crs", "before=EPSG:4549"],
        ["--as-of", "2022-06-01"],
    ];
    layers.concat().into_iter().map(str::to_owned).collect()
}

fn scanned(folder: &Path, arguments: &[String], more: &[&str]) -> std::path::PathBuf {
    let out = folder.join("results");
    let output = plotratio()
        .arg("scan")
        .args(arguments)
        .args(["--overwrite", "-o"])
        .arg(&out)
        .args(more)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", super::stderr(&output));
    out
}

#[test]
fn what_parcels_came_from_is_a_file() {
    let home = tempfile::tempdir().unwrap();
    let arguments = layers(home.path(), false);
    let out = scanned(home.path(), &arguments, &[]);
    let text = fs::read_to_string(out.join("lineage.csv")).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let expected = "parcel_id,relation,parents,shares,kind_recorded,date,basis,parents_recorded,same_id,product_of_split,product_of_merge,area_registered_m2,parcel_row
A1,split,A,1.000000,split,2019-06-15,both,A,,true,false,,
A2,split,A,1.000000,,,both,A,,true,false,,
D,same,D,1.000000,other,,both,Q,same_shape,true,false,,
M,merged,B;C,0.500000;0.500000,merge,2020-01-02,both,B;C,,false,true,,
N,new,,,,,geometry,,,false,false,,
E,gone,,,,,geometry,,,,,,
";
    assert_eq!(text, expected);
    let summary = summary(&out);
    assert_eq!(
        summary["totals"]["lineage"].to_string(),
        r#"{"gone":1,"merged":1,"new":1,"same":1,"split":2}"#
    );
    assert_eq!(summary["layers"]["lineage"]["analysed"], 5);
    assert_eq!(summary["layers"]["before"]["in"], 5);
    assert!(summary["sources"]["lineage"]["files"][0]["sha256"].is_string());
    let notes = summary["notes"].to_string();
    for note in [
        "lineage: taken as complete: 1 parcels that it does not name are taken as never split nor merged",
        "lineage: 5 parcels that it names are not among the parcels; they are history",
    ] {
        assert!(notes.contains(note), "{notes}");
    }
    assert!(summary["files"].to_string().contains("lineage.csv"));
    assert_eq!(rows(&out.join("defects.csv")).len(), 0);
    // the same whatever the order of rows and the threads
    let same = |turned, threads| {
        let other = tempfile::tempdir().unwrap();
        let arguments = layers(other.path(), turned);
        let out = scanned(other.path(), &arguments, &["--threads", threads]);
        contents(&out)["lineage.csv"].clone()
    };
    for (turned, threads) in [(false, "1"), (true, "1"), (true, "3")] {
        let found = String::from_utf8(same(turned, threads)).unwrap();
        assert_eq!(found.trim_start_matches('\u{feff}'), expected);
    }
}

#[test]
fn either_alone_says_what_it_can() {
    let home = tempfile::tempdir().unwrap();
    let arguments = layers(home.path(), false);
    let without = |option: &str| -> Vec<String> {
        let at = arguments.iter().position(|one| one == option).unwrap();
        let mut rest = arguments.clone();
        rest.drain(at..at + 2);
        rest
    };
    let told = |arguments: &[String], columns: &[&str]| -> Vec<String> {
        let out = scanned(home.path(), arguments, &[]);
        let rows = rows(&out.join("lineage.csv")).into_iter();
        rows.map(|row| {
            columns
                .iter()
                .map(|name| row[*name].clone())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
    };
    let columns = [
        "parcel_id",
        "relation",
        "parents",
        "basis",
        "product_of_split",
        "product_of_merge",
    ];
    assert_eq!(
        told(&without("--before"), &columns),
        [
            "A1 split A table true false",
            "A2 split A table true false",
            "D renumbered Q table true false",
            "M merged B;C table false true",
        ]
    );
    assert_eq!(
        told(&without("--lineage"), &columns),
        [
            "A1 split A geometry true ",
            "A2 split A geometry true ",
            "D same D geometry  ",
            "M merged B;C geometry  true",
            "N new  geometry  ",
            "E gone  geometry  ",
        ]
    );
    let plain: Vec<String> = arguments[..2]
        .iter()
        .chain(&arguments[6..8])
        .cloned()
        .collect();
    let out = scanned(home.path(), &plain, &[]);
    assert!(!out.join("lineage.csv").exists());
    assert!(summary(&out)["totals"]["lineage"].is_null());
}

#[test]
fn a_case_that_names_a_parcel_takes_its_history_from_the_city() {
    let home = tempfile::tempdir().unwrap();
    layers(home.path(), false);
    // S was granted to D
    let piece = format!(
        "id,granted_to,WKT\nS,D,\"{}\"\n",
        rectangle(300, 100, 340, 120)
    );
    fs::write(home.path().join("pieces.csv"), piece).unwrap();
    let city = home.path().join("city.toml");
    let text = "parcels = \"parcels.csv\"\nlineage = \"table.csv\"\nbefore = \"before.csv\"\nscattered = \"pieces.csv\"\n\
                [layer_crs]\nparcels = \"EPSG:4549\"\nbefore = \"EPSG:4549\"\nscattered = \"EPSG:4549\"\n";
    fs::write(&city, text).unwrap();
    let verdicts = |parcel: &str| -> Vec<String> {
        let case = home.path().join("case.toml");
        let rules = [
            "no-second-split",
            "no-split-after-merge",
            "no-split-of-scattered-land",
        ];
        let text = format!(
            "kind = \"split\"\nparcel = \"{parcel}\"\nas_of = 2022-06-01\nrules = {rules:?}\n"
        );
        fs::write(&case, text).unwrap();
        let output = plotratio()
            .args(["check", "--json", "--city"])
            .args([&city, &case])
            .output()
            .unwrap();
        let judged: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", super::stderr(&output)));
        let findings = judged["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|finding| finding["verdict"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(verdicts("A1"), ["fail", "pass", "unknown"]);
    assert_eq!(verdicts("M"), ["pass", "fail", "unknown"]);
    assert_eq!(verdicts("D"), ["fail", "pass", "discretionary"]);
    assert_eq!(verdicts("N"), ["pass", "pass", "unknown"]);
}

#[test]
fn they_are_layers_like_any_other() {
    let inspected = |arguments: &[&str]| -> serde_json::Value {
        let output = run(&[&["inspect", "--json"], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let layer = |name: &str| sample().join(name).display().to_string();
    let (table, parcels) = (layer("lineage.csv"), layer("parcels.gpkg"));
    for arguments in [&[&*table][..], &["--lineage", &table]] {
        let found = inspected(arguments);
        assert_eq!(found["kind"], "lineage");
        assert!(found["geometry"].is_null());
        assert_eq!(found["fields"][1]["taken_for"], "parents");
    }
    let found = inspected(&["--before", &parcels]);
    assert_eq!(
        (&found["kind"], &found["geometry"]["features"]),
        (&"before".into(), &300.into())
    );
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results").display().to_string();
    for (wrong, named) in [
        (["--lineage", "none.csv"], "`none.csv`"),
        (["--lineage", "data-samples/city/storeys.csv"], "`lineage`"),
        (
            ["--before", "data-samples/city/storeys.csv"],
            "no geometry column",
        ),
        (
            ["--map", "lineage.colour=a"],
            "`lineage` has no field `colour`; it has parcel_id, parents, kind, date",
        ),
    ] {
        let mut arguments = vec!["scan", "data-samples/city.toml", "-o", &out];
        arguments.extend(wrong);
        let text = refused(&arguments);
        assert!(text.contains(named), "{text}");
    }
    // a city elsewhere has nothing in common with today's
    let elsewhere = format!("id,WKT\nA,\"{}\"\n", rectangle(50_000, 0, 50_100, 100));
    fs::write(home.path().join("elsewhere.csv"), elsewhere).unwrap();
    let before = home.path().join("elsewhere.csv").display().to_string();
    run(&[
        "scan",
        "data-samples/city.toml",
        "-o",
        &out,
        "--before",
        &before,
        "--layer-crs",
        "before=EPSG:4549",
        "--where",
        "lineage=kind = 'merge'",
    ]);
    let summary = summary(Path::new(&out));
    assert!(
        summary["notes"]
            .to_string()
            .contains("no parcel lies on an earlier one")
    );
    let counts = &summary["layers"]["lineage"];
    assert_eq!(
        (&counts["analysed"], &counts["left_out_by_where"]),
        (&2.into(), &2.into())
    );
}
