//! `propose`: lots, merges and upgrades of the sample city, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{contents, plotratio, refused, run};

const CITY: &str = "data-samples/city.toml";
const SITE: &str = "331002000001GB00003";

/// The rows of a CSV by the names of their columns; cells may be quoted.
fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(cells);
    let names = lines.next().unwrap();
    lines
        .map(|cells| names.iter().cloned().zip(cells).collect())
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

fn propose(out: &Path, arguments: &[&str]) {
    let out = out.display().to_string();
    run(&[&["propose"], arguments, &["-o", &out]].concat());
}

#[test]
fn the_lots_of_every_way_add_up_to_the_registered_area() {
    let home = tempfile::tempdir().unwrap();
    propose(
        home.path().join("s").as_path(),
        &[
            "split", "--parcel", SITE, "--lots", "2", "--min-mu", "10", CITY,
        ],
    );
    let lots = table(&home.path().join("s/proposals.csv"));
    assert!(lots.len() >= 2 && lots.len().is_multiple_of(2));
    for pair in lots.chunks(2) {
        let cents = |row: &BTreeMap<String, String>| {
            row["area_m2"].replace('.', "").parse::<u32>().unwrap()
        };
        assert_eq!(cents(&pair[0]) + cents(&pair[1]), 1_991_725);
        assert!(
            pair.iter().all(|lot| cents(lot) >= 666_667
                && lot["kind"] == "split"
                && lot["parents"] == SITE)
        );
        assert_eq!(pair[0]["proposal_id"], pair[1]["proposal_id"]);
    }
    let splits = table(&home.path().join("s/splits.csv"));
    let scores: Vec<f64> = splits
        .iter()
        .map(|way| way["score"].parse().unwrap())
        .collect();
    assert!(
        scores.windows(2).all(|pair| pair[0] >= pair[1]),
        "{scores:?}"
    );
    let findings = table(&home.path().join("s/findings.csv"));
    assert!(findings.iter().any(|row| row["rule"] == "split-lot-area"
        && row["verdict"] == "pass"
        && row["subject_kind"] == "split"));
    assert!(findings.iter().all(|row| row["verdict"] != "fail"));
}

#[cfg(feature = "gdal")]
#[test]
fn the_map_of_splits_has_a_layer_for_each_rank_lot_lines_and_boundary_points() {
    use gdal::Dataset;
    use gdal::vector::LayerAccess;

    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("s");
    propose(
        &out,
        &[
            "split", "--parcel", SITE, "--min-mu", "10", CITY, "--format", "gpkg,csv",
        ],
    );
    let (lots, splits) = (
        table(&out.join("proposals.csv")),
        table(&out.join("splits.csv")),
    );
    let map = Dataset::open(out.join("city.gpkg")).unwrap();
    assert!(splits.len() > 1, "more ranks than one");
    for way in &splits {
        let layer = map
            .layer_by_name(&format!("proposals_{}", way["rank"]))
            .unwrap();
        let own = lots
            .iter()
            .filter(|lot| lot["proposal_id"] == way["proposal_id"]);
        assert_eq!(layer.feature_count(), own.count() as u64);
    }
    let mut lines = map.layer_by_name("split_lines").unwrap();
    for (line, way) in lines.features().zip(&splits) {
        let length = way["line_m"].parse::<f64>().unwrap();
        assert!((line.geometry().unwrap().length() - length).abs() < 0.001);
    }
    let points = table(&out.join("boundary_points.csv"));
    let drawn = map.layer_by_name("boundary_points").unwrap();
    assert_eq!(drawn.feature_count(), points.len() as u64);
    // the points of a lot enclose as large a share of the parcel as the list gives it
    let enclosed = |lot: &BTreeMap<String, String>| -> f64 {
        let own = |point: &&BTreeMap<String, String>| {
            point["proposal_id"] == lot["proposal_id"] && point["lot"] == lot["lot"]
        };
        let number =
            |point: &BTreeMap<String, String>, name: &str| point[name].parse::<f64>().unwrap();
        let ring: Vec<(f64, f64)> = points
            .iter()
            .filter(own)
            .map(|point| (number(point, "east_m"), number(point, "north_m")))
            .collect();
        let next = ring.iter().cycle().skip(1);
        let (x, y) = ring[0];
        let twice = ring
            .iter()
            .zip(next)
            .map(|(a, b)| (a.0 - x) * (b.1 - y) - (b.0 - x) * (a.1 - y));
        -twice.sum::<f64>() / 2.0
    };
    let whole = |id: &str, of: &dyn Fn(&BTreeMap<String, String>) -> f64| -> f64 {
        lots.iter()
            .filter(|lot| lot["proposal_id"] == id)
            .map(of)
            .sum()
    };
    let listed = |lot: &BTreeMap<String, String>| lot["area_m2"].parse::<f64>().unwrap();
    for lot in &lots {
        let id = &lot["proposal_id"];
        let share = enclosed(lot) / whole(id, &enclosed);
        assert!(
            (share - listed(lot) / whole(id, &listed)).abs() < 1e-5,
            "{lot:?}"
        );
    }
    assert!(
        fs::read_to_string(out.join("city.qgs"))
            .unwrap()
            .contains("split_lines")
    );
}

#[test]
fn areas_that_are_asked_for_are_met() {
    let home = tempfile::tempdir().unwrap();
    propose(
        home.path().join("s").as_path(),
        &["split", "--parcel", SITE, "--areas", "11,18.8759", CITY],
    );
    let splits = table(&home.path().join("s/splits.csv"));
    for way in &splits {
        let mut areas: Vec<f64> = way["lot_areas_m2"]
            .split(';')
            .map(|area| area.parse().unwrap())
            .collect();
        areas.sort_by(f64::total_cmp);
        assert!((areas[0] - 7333.33).abs() < 20.0, "{areas:?}");
    }
    assert!(!splits.is_empty());
}

#[test]
fn a_parcel_that_cannot_be_split_says_which_condition_it_fails() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("s").display().to_string();
    let output = run(&[
        "propose",
        "split",
        "--parcel",
        "331002000003GB00006",
        SITE,
        "--lots",
        "3",
        CITY,
        "-o",
        &out,
    ]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        told.contains("不可能分割") && !told.contains("no split can exist"),
        "{told}"
    );
    let none = table(&home.path().join("s/unproposed.csv"));
    assert!(
        none.iter().all(|row| row["condition"] == "area") && none.len() == 2,
        "{none:?}"
    );
    assert_eq!(table(&home.path().join("s/proposals.csv")).len(), 0);
}

#[test]
fn upgrades_are_proposed_as_the_scan_solves_them() {
    let home = tempfile::tempdir().unwrap();
    propose(home.path().join("u").as_path(), &["upgrade", "--all", CITY]);
    run(&[
        "scan",
        CITY,
        "-o",
        &home.path().join("scan").display().to_string(),
    ]);
    let (proposed, solved) = (
        table(&home.path().join("u/proposals.csv")),
        table(&home.path().join("scan/upgrades.csv")),
    );
    assert_eq!(proposed.len(), solved.len());
    for (one, other) in proposed.iter().zip(&solved) {
        for column in ["parcel_id", "needed_new_floor_m2", "feasible", "pieces"] {
            assert_eq!(one[column], other[column]);
        }
        assert_eq!(one["kind"], "upgrade");
    }
}

#[test]
fn one_thread_and_two_propose_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    for threads in ["1", "2"] {
        let formats = [
            "--format",
            "geojson,csv,gpkg,fgb,parquet",
            "--threads",
            threads,
        ];
        propose(
            &home.path().join(threads),
            &[&["split", "--all", CITY], &formats[..]].concat(),
        );
    }
    let one = contents(&home.path().join("1"));
    assert!(one["proposals.geojson"].len() > 10_000);
    assert!(one == contents(&home.path().join("2")));
}

#[test]
fn what_cannot_be_meant_is_refused_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("s");
    let to = out.display().to_string();
    let wrong =
        |arguments: &[&str]| refused(&[&["propose"], arguments, &[CITY, "-o", &to]].concat());
    assert!(wrong(&["split", "--all", "--parcel", SITE]).contains("cannot be used with"));
    assert!(wrong(&["split"]).contains("--all"));
    assert!(wrong(&["split", "--parcel", "nobody"]).contains("no parcel `nobody`"));
    assert!(wrong(&["split", "--all", "--areas", "12"]).contains("name 2 to 6"));
    assert!(wrong(&["split", "--all", "--areas", "12,ten"]).contains("`ten` is no area"));
    assert!(wrong(&["split", "--all", "--wall-distance=-1"]).contains("between 0 and 1000 metres"));
    assert!(wrong(&["split", "--all", "--lots", "9"]).contains("2..=6"));
    assert!(!out.exists());
    let help = plotratio().args(["propose", "--help"]).output().unwrap();
    assert!(
        String::from_utf8(help.stdout)
            .unwrap()
            .contains("本程序的取值")
    );
}
