//! `--only`: what is not asked for is neither done nor written, and what is done comes out as in a whole scan.

use std::collections::BTreeMap;
use std::path::Path;

use super::{contents, refused, rows, run, summary};

fn results(out: &Path, only: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let shown = out.display().to_string();
    let mut arguments = vec!["scan", "data-samples/city.toml", "-o", &shown];
    arguments.extend(only.iter().flat_map(|list| ["--only", list]));
    run(&arguments);
    contents(out)
}

#[test]
fn a_task_that_is_not_asked_for_leaves_no_file_and_no_figure() {
    let home = tempfile::tempdir().unwrap();
    let (whole, measured) = (home.path().join("whole"), home.path().join("measured"));
    let (all, some) = (results(&whole, None), results(&measured, Some("measures")));
    assert_eq!(
        some.keys().collect::<Vec<_>>(),
        [
            "adjacency.csv",
            "buildings.csv",
            "defects.csv",
            "footprints.parquet",
            "index.csv",
            "lineage.csv",
            "parcels.csv",
            "parcels.geojson",
            "summary.json"
        ]
    );
    assert_eq!(some["adjacency.csv"], all["adjacency.csv"]);
    assert_eq!(some["buildings.csv"], all["buildings.csv"]);
    let totals = &summary(&measured)["totals"];
    assert!(totals.get("scattered").is_none() && totals.get("upgrades").is_none());
    let mut differ: Vec<String> = Vec::new();
    for (some, all) in rows(&measured.join("parcels.csv"))
        .iter()
        .zip(rows(&whole.join("parcels.csv")))
    {
        let others = some.iter().filter(|(name, cell)| all[*name] != **cell);
        for (name, cell) in others {
            assert_eq!(cell, "", "{name}");
            differ.push(name.clone());
        }
    }
    differ.sort();
    differ.dedup();
    assert_eq!(differ, ["scattered_count", "scattered_m2", "verdict"]);
}

#[test]
fn every_task_alone_finds_what_the_whole_scan_finds() {
    let home = tempfile::tempdir().unwrap();
    let all = results(&home.path().join("whole"), None);
    for (task, files) in [
        (
            "upgrades",
            &[
                "upgrades.csv",
                "allocation.csv",
                "totals.csv",
                "scattered.csv",
            ][..],
        ),
        (
            "idle",
            &["idle.csv", "clues.csv", "open_land.csv", "register.csv"],
        ),
    ] {
        let some = results(&home.path().join(task), Some(task));
        for file in files {
            assert!(some[*file] == all[*file], "{file} of {task}");
        }
    }
    let rules = results(&home.path().join("rules"), Some("rules"));
    let of_parcels = |file: &[u8]| {
        let text = String::from_utf8(file.to_vec()).unwrap();
        let lines = text.lines().filter(|line| line.starts_with("parcel,"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let found = of_parcels(&rules["findings.csv"]);
    assert!(found.len() > 100, "{}", found.len());
    assert_eq!(found, of_parcels(&all["findings.csv"]));
}

#[test]
fn a_word_that_is_no_task_is_refused_with_those_that_there_are() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results").display().to_string();
    let text = refused(&[
        "scan",
        "data-samples/city.toml",
        "-o",
        &out,
        "--only",
        "measure",
    ]);
    assert!(
        text.contains("--only measure") && text.contains("scattered"),
        "{text}"
    );
}
