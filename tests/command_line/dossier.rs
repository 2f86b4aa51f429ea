//! `plotratio dossier`: pages on the parcels of a run, what they say, and what cannot break out of them.

use std::fs;
use std::path::Path;

use super::{contents, refused, rows, run, sample, scan};

/// A run over the city of `data-samples` in formats.
fn run_of(home: &Path, formats: &str) -> String {
    let out = home.join("run");
    let plan = sample().join("plan.gpkg").display().to_string();
    scan(
        &sample(),
        "gpkg",
        &out,
        &["--format", formats, "--plan", &plan],
    );
    out.display().to_string()
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_page_tells_where_a_parcel_is_what_was_measured_and_what_each_rule_says() {
    let home = tempfile::tempdir().unwrap();
    let results = run_of(home.path(), "geojson,csv");
    let found = rows(&home.path().join("run/parcels.csv"));
    let row = found
        .iter()
        .find(|row| row["land_use"] == "industrial" && !row["plot_ratio"].is_empty())
        .unwrap();
    let id = &row["parcel_id"];
    let out = home.path().join("pages").display().to_string();
    run(&["dossier", &results, "--parcel", id, "-o", &out]);
    let page = read(home.path().join(format!("pages/{id}.html")));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("lang=\"zh-CN\""));
    assert!(
        page.contains("default-src 'none'")
            && !page.contains("http://")
            && !page.contains("https://")
    );
    for part in [
        "宗地图",
        "界址点坐标",
        "容积率",
        "政策判定",
        "数据来源与口径",
        "SHA-256",
        "比例尺",
        "工业用地",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // the formula with its numbers, and the ratio they come to
    let comma = |text: &str| text.to_owned();
    let ratio: f64 = row["plot_ratio"].parse().unwrap();
    assert!(
        page.contains(&format!("= {ratio:.4}")),
        "{}",
        comma(&row["plot_ratio"])
    );
    // the words of the article, not ours
    assert!(page.contains("<blockquote>“"), "quotes the policy");
    let findings = rows(&home.path().join("run/findings.csv"));
    let own = findings
        .iter()
        .filter(|finding| finding["subject_id"] == *id && finding["verdict"] != "not_applicable");
    let blocks = page.matches("<div class=\"finding ").count();
    let enterprises = findings
        .iter()
        .filter(|finding| finding["subject_kind"] == "enterprise")
        .count();
    assert_eq!(enterprises, 0);
    assert_eq!(blocks, own.count());
    // buildings are drawn, with all of those that stand on it in the table
    assert!(page.contains("m-house"));
    let parts = rows(&home.path().join("run/buildings.csv"));
    for part in parts.iter().filter(|part| part["parcel_id"] == *id) {
        assert!(
            page.contains(&part["building_id"]),
            "{}",
            part["building_id"]
        );
    }
    assert!(read(home.path().join("pages/index.html")).contains(&format!("{id}.html")));
}

#[test]
fn points_are_printed_north_first_and_sides_are_as_long_as_the_parcel_has_them() {
    let home = tempfile::tempdir().unwrap();
    let results = run_of(home.path(), "gpkg,csv");
    let id = &rows(&home.path().join("run/parcels.csv"))[0]["parcel_id"];
    let out = home.path().join("pages").display().to_string();
    run(&[
        "dossier", &results, "--parcel", id, "-o", &out, "--lang", "en",
    ]);
    let page = read(home.path().join(format!("pages/{id}.html")));
    assert!(page.contains("lang=\"en\"") && page.contains("Boundary points"));
    assert!(
        !page.contains("0.01 m"),
        "coordinates of a plane format are exact"
    );
    let cells: Vec<f64> = page
        .split("<td>J1</td><td class=\"n\">")
        .nth(1)
        .unwrap()
        .split("</td><td class=\"n\">")
        .take(2)
        .map(|cell| cell.split('<').next().unwrap().parse().unwrap())
        .collect();
    assert!((3.0e6..3.3e6).contains(&cells[0]), "X is north: {cells:?}");
    assert!((2.0e5..8.0e5).contains(&cells[1]), "Y is east: {cells:?}");
}

#[test]
fn a_condition_chooses_and_the_same_run_gives_the_same_pages_on_any_number_of_threads() {
    let home = tempfile::tempdir().unwrap();
    let results = run_of(home.path(), "geojson,csv");
    let wanted = "land_use = 'industrial' AND area_m2 > 2000";
    let pages = |threads: &str| {
        let out = home.path().join(threads);
        run(&[
            "dossier",
            &results,
            "--where",
            wanted,
            "-o",
            &out.display().to_string(),
            "--threads",
            threads,
        ]);
        contents(&out)
    };
    let one = pages("1");
    assert!(one == pages("3"));
    let parcels = rows(&home.path().join("run/parcels.csv"));
    let count = parcels
        .iter()
        .filter(|row| {
            row["land_use"] == "industrial" && row["area_m2"].parse::<f64>().unwrap() > 2000.0
        })
        .count();
    assert!(count > 20);
    assert_eq!(one.len(), count + 2);
    // pages are replaced only when that is asked for
    let again = [
        "dossier",
        &results,
        "--where",
        wanted,
        "-o",
        &home.path().join("1").display().to_string(),
    ];
    assert!(refused(&again).contains("--overwrite"));
    run(&[&again[..], &["--overwrite"]].concat());
}

#[test]
fn what_is_missing_says_what_to_do_next() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("pages").display().to_string();
    let no_map = run_of(home.path(), "csv");
    let text = refused(&["dossier", &no_map, "--parcel", "x", "-o", &out]);
    assert!(text.contains("--format geojson"), "{text}");
    let results = home.path().join("second");
    scan(&sample(), "gpkg", &results, &[]);
    let results = results.display().to_string();
    let text = refused(&["dossier", &results, "--parcel", "no such", "-o", &out]);
    assert!(text.contains("no parcel `no such`"), "{text}");
    let text = refused(&["dossier", &results, "--where", "no_column = 1", "-o", &out]);
    assert!(
        text.contains("no_column") && text.contains("parcel_id"),
        "{text}"
    );
    let text = refused(&["dossier", &results, "-o", &out]);
    assert!(
        text.contains("--parcel") && text.contains("--where"),
        "{text}"
    );
    assert!(!Path::new(&out).exists());
}

/// Parcels with ids that would lead out of the folder, break a page, or share a file.
#[test]
fn hostile_ids_stay_text_and_stay_in_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let ids = [
        "../x",
        "<script>alert(1)</script>",
        "a\\u0022 onload=\\u0022b",
        "A",
        "a",
        "甲/乙",
        "index",
    ];
    let features: Vec<String> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let x = 500_000 + at * 100;
            let right = x + 90;
            format!(r#"{{"type":"Feature","properties":{{"id":"{id}","owner":"<b>{id}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},3170000],[{right},3170000],[{right},3170090],[{x},3170090],[{x},3170000]]]}}}}"#)
        })
        .collect();
    let parcels = home.path().join("parcels.geojson");
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4549"}}"#;
    fs::write(
        &parcels,
        format!(
            r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#,
            features.join(",")
        ),
    )
    .unwrap();
    let results = home.path().join("run").display().to_string();
    run(&[
        "scan",
        "--parcels",
        &parcels.display().to_string(),
        "-o",
        &results,
        "--as-of",
        "2022-06-01",
        "--format",
        "gpkg,csv,html",
    ]);
    let out = home.path().join("deep/pages");
    run(&[
        "dossier",
        &results,
        "--where",
        "area_m2 > 0",
        "-o",
        &out.display().to_string(),
    ]);
    let pages = contents(&out);
    assert_eq!(pages.len(), ids.len() + 2);
    let beside = contents_names(home.path());
    assert_eq!(beside, ["deep", "parcels.geojson", "run"]);
    let mut all: Vec<String> = pages
        .iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "html"))
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
        .collect();
    all.push(read(home.path().join("run/report.html")));
    for page in all {
        assert!(
            !page.contains("<script") && !page.contains("\" onload") && !page.contains("<b><"),
            "{page}"
        );
    }
    let mut names: Vec<String> = pages.keys().map(|name| name.to_lowercase()).collect();
    names.dedup();
    assert_eq!(names.len(), ids.len() + 2, "{names:?}");
    assert!(pages.contains_key("A.html") && pages.keys().any(|name| name.starts_with("_script_")));
}

fn contents_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
