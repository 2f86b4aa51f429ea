//! A parcel by itself and among others: every row about it is the same.

use std::path::{Path, PathBuf};

use crate::command_line::{city, rows, run, summary};

fn faults() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/faults")
}

/// Scans parcels, buildings and plan blocks of a folder.
fn scan(from: &Path, format: &str, out: &Path, more: &[&str]) {
    let layer = |name: &str| from.join(format!("{name}.{format}")).display().to_string();
    let (parcels, buildings, plan) = (layer("parcels"), layer("buildings"), layer("plan"));
    let out = out.display().to_string();
    let mut arguments = vec!["scan", "--parcels", &parcels, "--buildings", &buildings];
    arguments.extend(["--plan", &plan, "-o", &out, "--as-of", "2022-06-01"]);
    arguments.extend(more);
    run(&arguments);
}

/// The lines of a CSV that begin as given.
fn lines(file: &Path, start: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter(|line| line.starts_with(start));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_far_parcel_changes_no_row_of_the_others() {
    let home = tempfile::tempdir().unwrap();
    for folder in ["one", "tileA", "tileB"] {
        let from = faults().join("whole/A").join(folder);
        scan(&from, "parquet", &home.path().join(folder), &[]);
    }
    for (id, tile) in [("A", "tileA"), ("B", "tileB")] {
        let of = |folder: &str, file: &str, start: &str| {
            lines(&home.path().join(folder).join(file), start)
        };
        let parcel = (format!("{id},"), format!("parcel,{id},"));
        assert_eq!(
            of("one", "parcels.csv", &parcel.0),
            of(tile, "parcels.csv", &parcel.0)
        );
        let findings = of("one", "findings.csv", &parcel.1);
        assert_eq!(findings, of(tile, "findings.csv", &parcel.1));
        assert!(findings.len() >= 4, "{findings:?}");
    }
    // without contract or 标准地 the density of B cannot be judged: that is unknown, with it in the file or not
    for folder in ["one", "tileB"] {
        let parcels = rows(&home.path().join(folder).join("parcels.csv"));
        let of_b = parcels.iter().find(|row| row["parcel_id"] == "B").unwrap();
        assert_eq!(of_b["verdict"], "unknown");
        let known = lines(
            &home.path().join(folder).join("findings.csv"),
            "parcel,B,density-within-plan",
        );
        assert!(known[0].contains(",unknown,"), "{known:?}");
    }
}

#[test]
fn where_leaves_every_verdict_of_the_parcels_that_stay() {
    let home = tempfile::tempdir().unwrap();
    let from = home.path().join("city");
    city(&from, &["-n", "300", "--seed", "5"]);
    scan(&from, "gpkg", &home.path().join("all"), &[]);
    let all = rows(&home.path().join("all/parcels.csv"));
    let judged = || all.iter().filter(|row| !row["verdict"].is_empty());
    assert!(judged().count() > 20);
    for row in judged().step_by(judged().count() / 5) {
        let (id, out) = (&row["parcel_id"], home.path().join("alone"));
        let only = format!("parcels=ZDDM='{id}'");
        scan(&from, "gpkg", &out, &["--where", &only, "--overwrite"]);
        let alone = rows(&out.join("parcels.csv"));
        assert_eq!(alone.len(), 1, "{id}");
        assert_eq!(alone[0]["verdict"], row["verdict"], "{id}");
        let start = format!("parcel,{id},");
        assert_eq!(
            lines(&out.join("findings.csv"), &start),
            lines(&home.path().join("all/findings.csv"), &start),
            "{id}"
        );
    }
}

#[test]
fn a_rule_that_no_layer_can_decide_is_in_no_list_and_said_so() {
    let home = tempfile::tempdir().unwrap();
    scan(
        &faults().join("whole/A/one"),
        "parquet",
        home.path(),
        &["--overwrite"],
    );
    let not_judged = &summary(home.path())["not_judged"];
    assert_eq!(not_judged["height-within-plan"][0], "site.height_m");
    let findings = std::fs::read_to_string(home.path().join("findings.csv")).unwrap();
    assert!(!findings.contains("height-within-plan"));
    assert!(not_judged.get("density-within-plan").is_none());
}
