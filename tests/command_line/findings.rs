//! What a scan finds of the sample city by the rules: rows that add up, and upgrades that the rule itself confirms.

use std::collections::BTreeMap;
use std::path::Path;

use super::{plotratio, run};

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let head: Vec<String> = lines
        .next()
        .unwrap()
        .split(',')
        .map(str::to_owned)
        .collect();
    lines
        .map(|line| {
            head.iter()
                .cloned()
                .zip(line.split(',').map(str::to_owned))
                .collect()
        })
        .collect()
}

fn scanned(arguments: &[&str]) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("results").display().to_string();
    run(&[
        &[
            "scan",
            "data-samples/city.toml",
            "-o",
            &folder,
            "--as-of",
            "2022-06-01",
        ],
        arguments,
    ]
    .concat());
    out
}

#[test]
fn the_verdict_of_a_parcel_is_all_over_its_rules_those_that_are_not_listed_too() {
    let out = scanned(&[]);
    let findings = rows(&out.path().join("results/findings.csv"));
    let mut of_parcel: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in findings.iter().filter(|it| it["subject_kind"] == "parcel") {
        of_parcel
            .entry(&finding["subject_id"])
            .or_default()
            .push(&finding["verdict"]);
    }
    assert!(of_parcel.len() > 20);
    let mut seen = BTreeMap::new();
    for parcel in rows(&out.path().join("results/parcels.csv")) {
        // the height of no building is known, so that no parcel passes
        let wanted = of_parcel
            .get(parcel["parcel_id"].as_str())
            .map_or("", |verdicts| {
                if verdicts.contains(&"fail") {
                    "fail"
                } else {
                    "unknown"
                }
            });
        assert_eq!(parcel["verdict"], wanted, "{}", parcel["parcel_id"]);
        *seen.entry(wanted).or_insert(0) += 1;
    }
    assert!(seen["fail"] > 20 && seen["unknown"] > 0, "{seen:?}");
    let summary = std::fs::read_to_string(out.path().join("results/summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let counted: u64 = summary["verdicts"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|of| of.as_object().unwrap().values())
        .map(|n| n.as_u64().unwrap())
        .sum();
    assert_eq!(usize::try_from(counted).unwrap(), findings.len());
    assert_eq!(summary["policy"]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn the_least_new_floor_of_an_upgrade_is_met_by_the_rules_and_a_hundredth_less_is_not() {
    let out = scanned(&[]);
    let sites = rows(&out.path().join("results/upgrades.csv"));
    let needed = |site: &Row| site["needed_new_floor_alone_m2"].parse::<f64>().ok();
    let sites: Vec<(&Row, f64)> = sites
        .iter()
        // a parcel whose id is not its alone cannot be named
        .filter(|site| site["parcel_row"].is_empty())
        .filter_map(|site| Some((site, needed(site)?)))
        .collect();
    let mut check = plotratio();
    check.args(["check", "--json", "--city", "data-samples/city.toml"]);
    for (at, (site, needed)) in sites.iter().enumerate() {
        for (less, name) in [(0.0, "met"), (0.01, "short")] {
            let built = needed - less;
            let text = format!(
                "kind = \"upgrade\"\nas_of = 2022-06-01\nparcel = \"{}\"\n\
                 rules = [\"scattered-land\", \"plot-ratio-within-plan\"]\n\
                 [site]\nearlier_scattered_m2 = 0\n\
                 [upgrade]\ndemolished_m2 = 0\nfar_demolished_m2 = 0\nbuilt_m2 = {built:.2}\nfar_built_m2 = {built:.2}\n\
                 [[scattered]]\narea_m2 = 0\nconforms_to_plan = true\nadjacent = true\n",
                site["parcel_id"]
            );
            let path = out.path().join(format!("{at}-{name}.toml"));
            std::fs::write(&path, text).unwrap();
            check.arg(path);
        }
    }
    let text = String::from_utf8(check.output().unwrap().stdout).unwrap();
    let passes = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        json["verdict"] == "pass"
    };
    let passes: Vec<bool> = text.lines().map(passes).collect();
    assert!(sites.len() > 10 && passes.len() == 2 * sites.len());
    for ((site, _), passes) in sites.iter().zip(passes.chunks(2)) {
        // where the plan has no room for it, no floor is enough; where it sets no greatest plot ratio, nothing is promised
        if !site["feasible_alone"].is_empty() {
            assert_eq!(passes[0], site["feasible_alone"] == "true", "{site:?}");
        }
        assert!(!passes[1], "{site:?}");
    }
}

#[test]
fn vacant_land_is_proposed_to_one_site_that_it_borders_within_the_caps() {
    let out = scanned(&[]);
    let allocation = rows(&out.path().join("results/allocation.csv"));
    let parcels = rows(&out.path().join("results/parcels.csv"));
    let adjacency = rows(&out.path().join("results/adjacency.csv"));
    let scattered = rows(&out.path().join("results/scattered.csv"));
    let area = |of: &[Row], column: &str, id: &str| {
        let row = of.iter().find(|row| row[column] == id).unwrap();
        row["area_m2"].parse::<f64>().unwrap()
    };
    let is_recorded = |id: &str| {
        let piece = scattered.iter().find(|piece| piece["piece_id"] == id);
        piece.unwrap()["origin"] == "recorded"
    };
    let (mut given, mut contested) = (Vec::new(), 0);
    for site in &allocation {
        let candidates: Vec<&str> = site["candidates"].split(';').collect();
        for piece in &candidates {
            let pair = |row: &Row| {
                let ids = [row["parcel_a"].as_str(), row["parcel_b"].as_str()];
                ids.contains(piece)
                    && ids.contains(&site["parcel_id"].as_str())
                    && row["kind"] == "edge"
            };
            let is_beside = adjacency.iter().any(pair);
            assert!(is_beside || !is_recorded(piece), "{site:?}");
            let row = scattered
                .iter()
                .find(|row| row["piece_id"] == *piece)
                .unwrap();
            let mut sites = row["sites"].split(';');
            assert!(sites.any(|id| id == site["parcel_id"]), "{row:?}");
            contested += usize::from(given.contains(&(*piece).to_owned()));
        }
        let pieces: Vec<&str> = site["pieces"]
            .split(';')
            .filter(|piece| !piece.is_empty())
            .collect();
        assert!(pieces.iter().all(|piece| candidates.contains(piece)));
        let land: f64 = pieces
            .iter()
            .map(|piece| area(&scattered, "piece_id", piece))
            .sum();
        assert!(
            land <= 6666.67 && land <= 0.2 * area(&parcels, "parcel_id", &site["parcel_id"]) + 0.01,
            "{site:?}"
        );
        given.extend(pieces.into_iter().map(str::to_owned));
    }
    let count = given.len();
    given.sort();
    given.dedup();
    assert!(
        count > 2 && given.len() == count && contested > 0,
        "each piece once, though sites contest it"
    );
}

#[test]
fn another_reading_and_another_policy_judge_otherwise() {
    let verdicts = |arguments: &[&str]| {
        let out = scanned(arguments);
        let text = std::fs::read_to_string(out.path().join("results/summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
        (
            summary["verdicts"].clone(),
            summary["readings"].clone(),
            summary["policy"]["id"].clone(),
        )
    };
    let (of_2008, ..) = verdicts(&[]);
    let (of_2023, readings, _) = verdicts(&["--reading", "control_indicators=2023"]);
    assert_eq!(readings["control_indicators"], "2023");
    assert_ne!(of_2008["site-coefficient"], of_2023["site-coefficient"]);
    let (of_nanning, _, id) = verdicts(&["--policy", "nanning"]);
    assert_eq!(
        (id, of_nanning.get("plot-ratio-within-plan")),
        ("nanning".into(), None)
    );
}
