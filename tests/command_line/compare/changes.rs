//! What changed from one run to a later one.

use std::fs;
use std::path::Path;

use super::super::{contents, refused, summary};
use super::{AFTER, BEFORE, City, compared, told};

const COLUMNS: [&str; 9] = [
    "parcel_a",
    "parcel_b",
    "relation",
    "state_a",
    "state_b",
    "change",
    "why",
    "first_seen",
    "last_seen",
];

#[test]
fn what_changed_is_told_pair_by_pair() {
    let home = tempfile::tempdir().unwrap();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &[]);
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &[]);
    let out = compared(home.path(), &a, &b, &[]);
    assert_eq!(
        told(&out.join("changes.csv"), &COLUMNS),
        [
            " BORN new  suspected_idle new  2022-06-01 2022-06-01",
            "BUSY BUSY same under_construction under_construction unchanged  2021-06-01 2022-06-01",
            "CURED CURED same idle built cured  2021-06-01 2021-06-01",
            "FREE FREE same suspected_idle built cured  2021-06-01 2021-06-01",
            "LOST LOST same idle built unknown no_contract_now 2021-06-01 2021-06-01",
            "M1 M merged suspected_idle suspected_idle merged  2021-06-01 2022-06-01",
            "M2 M merged suspected_idle suspected_idle merged  2021-06-01 2022-06-01",
            "NEW NEW same built suspected_idle new  2022-06-01 2022-06-01",
            "SPLIT SPLIT split idle idle split  2021-06-01 2022-06-01",
            "SPLIT SPLIT2 split idle built split  2021-06-01 2021-06-01",
            "STAYS STAYS same idle idle unchanged  2021-06-01 2022-06-01",
            "WORSE WORSE same supplied_not_started idle worse  2022-06-01 2022-06-01",
            "OLD YOUNG renumbered suspected_idle suspected_idle unchanged  2021-06-01 2022-06-01",
            "GONE  gone suspected_idle  gone  2021-06-01 2021-06-01",
        ]
    );
    assert_eq!(
        told(
            &out.join("register.csv"),
            &[
                "parcel_id",
                "state",
                "first_seen",
                "last_seen",
                "runs",
                "parents",
                "closed",
                "closed_by"
            ]
        ),
        [
            "BORN suspected_idle 2022-06-01 2022-06-01 1   ",
            "BUSY under_construction 2021-06-01 2022-06-01 2   ",
            "CURED idle 2021-06-01 2021-06-01 1  2022-06-01 built",
            "FREE suspected_idle 2021-06-01 2021-06-01 1  2022-06-01 built",
            "GONE suspected_idle 2021-06-01 2021-06-01 1  2022-06-01 gone",
            "LOST idle 2021-06-01 2021-06-01 1   ",
            "M suspected_idle 2021-06-01 2022-06-01 2 M1;M2  ",
            "M1 suspected_idle 2021-06-01 2021-06-01 1  2022-06-01 merged",
            "M2 suspected_idle 2021-06-01 2021-06-01 1  2022-06-01 merged",
            "NEW suspected_idle 2022-06-01 2022-06-01 1   ",
            "OLD suspected_idle 2021-06-01 2021-06-01 1  2022-06-01 renumbered",
            "SPLIT idle 2021-06-01 2022-06-01 2   ",
            "STAYS idle 2021-06-01 2022-06-01 2   ",
            "WORSE supplied_not_started 2021-06-01 2021-06-01 1  2022-06-01 idle",
            "WORSE idle 2022-06-01 2022-06-01 1   ",
            "YOUNG suspected_idle 2021-06-01 2022-06-01 2 OLD  ",
        ]
    );
    adds_up(&summary(&out));
    assert_eq!(summary(&out)["matched_by"], "shape");
    let map: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("changed.geojson")).unwrap()).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), 14);
}

#[test]
fn any_format_order_and_thread_count_gives_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let mut turned = BEFORE.plots.to_vec();
    turned.reverse();
    let backwards = City {
        plots: &turned,
        ..BEFORE
    };
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &["--format", "gpkg"]);
    let other = backwards.scan(home.path(), "other", "2021-06-01", &["--format", "fgb"]);
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &["--format", "parquet"]);
    let files = ["changes.csv", "changed.geojson", "register.csv"];
    let found = |a: &Path, threads| {
        let out = compared(home.path(), a, &b, &["--threads", threads]);
        let mut all = contents(&out);
        all.retain(|name, _| files.contains(&name.as_str()));
        all
    };
    let first = found(&a, "1");
    assert_eq!(first.len(), 3);
    for (run, threads) in [(&a, "3"), (&other, "1"), (&other, "3")] {
        assert_eq!(found(run, threads), first);
    }
}

#[test]
fn without_a_map_ids_decide_and_a_note_says_so() {
    let home = tempfile::tempdir().unwrap();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &["--format", "csv"]);
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &[]);
    let out = compared(home.path(), &a, &b, &[]);
    let columns = ["parcel_a", "parcel_b", "relation", "change"];
    let rows = told(&out.join("changes.csv"), &columns);
    for row in [
        "CURED CURED same cured",
        "LOST LOST same unknown",
        "SPLIT SPLIT reshaped unchanged",
        " YOUNG new new",
        "OLD  gone gone",
        "M1  gone gone",
    ] {
        assert!(rows.iter().any(|one| one == row), "{row}: {rows:?}");
    }
    let summary = summary(&out);
    adds_up(&summary);
    assert!(summary["notes"].to_string().contains("matched by id alone"));
    assert!(!out.join("changed.geojson").exists());
}

#[test]
fn runs_told_otherwise_are_compared_with_a_note() {
    let home = tempfile::tempdir().unwrap();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &[]);
    let later = City {
        contracts: None,
        ..AFTER
    };
    let more = ["--policy", "guangdong-2009", "--area", "plane"];
    let b = later.scan(home.path(), "b", "2022-06-01", &more);
    let out = compared(home.path(), &a, &b, &[]);
    let notes = summary(&out)["notes"].to_string();
    for note in [
        "policy: taizhou-2021 in the earlier run, guangdong-2009 in the later",
        "area basis: registered in the earlier run, plane in the later",
        "`contracts`: the earlier run was given, the later not",
    ] {
        assert!(notes.contains(note), "{notes}");
    }
    let rows = told(
        &out.join("changes.csv"),
        &["parcel_a", "state_b", "change", "why"],
    );
    for row in [
        "CURED built unknown no_contract_now",
        // looks empty, and no contract says that it is idle any more: not better
        "STAYS suspected_idle unknown no_contract_now",
        "FREE built cured ",
    ] {
        assert!(rows.iter().any(|one| one == row), "{row}: {rows:?}");
    }
}

#[test]
fn what_is_no_run_or_no_later_run_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &[]);
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &[]);
    let out = home.path().join("out").display().to_string();
    let refusal = |a: &Path, b: &Path| {
        let (a, b) = (a.display().to_string(), b.display().to_string());
        let text = refused(&["compare", &a, &b, "-o", &out]);
        assert!(!Path::new(&out).exists());
        text
    };
    assert!(refusal(&b, &a).contains("name the earlier run first"));
    let nowhere = home.path().join("a-city");
    assert!(refusal(&nowhere, &b).contains("`summary.json` cannot be read"));
    // a run of a newer program, one that was cut short, one with a state that there is not
    let summary = fs::read_to_string(a.join("summary.json")).unwrap();
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(summary.contains(&version));
    let newer = summary.replace(&version, "\"version\": \"99.0.0\"");
    fs::write(a.join("summary.json"), newer).unwrap();
    assert!(refusal(&a, &b).contains("use the newer program"));
    fs::write(a.join("summary.json"), &summary).unwrap();
    let parcels = fs::read_to_string(a.join("parcels.geojson")).unwrap();
    let lines: Vec<&str> = parcels.lines().collect();
    let short = parcels.replace(&format!("{}\n", lines[2]), "");
    assert_ne!(short, parcels);
    fs::write(a.join("parcels.geojson"), short).unwrap();
    assert!(refusal(&a, &b).contains("it was cut, changed or mixed with another run"));
    // an older program left no lengths of files
    fs::remove_file(a.join("index.csv")).unwrap();
    assert!(refusal(&a, &b).contains("has 12 rows, and its `summary.json` says 13"));
    fs::write(a.join("parcels.geojson"), &parcels).unwrap();
    let idle = fs::read_to_string(a.join("idle.csv")).unwrap();
    fs::write(a.join("idle.csv"), idle.replace(",idle,", ",asleep,")).unwrap();
    assert!(refusal(&a, &b).contains("is `asleep`, which is no state"));
    // results never take the place of a run
    fs::write(a.join("idle.csv"), &idle).unwrap();
    let [a, b] = [a, b].map(|path| path.display().to_string());
    let text = refused(&["compare", &a, &b, "-o", &b, "--overwrite"]);
    assert!(text.contains("which results would replace"), "{text}");
}

/// The relations add up to the parcels of either run, and the changes to the total.
fn adds_up(summary: &serde_json::Value) {
    for run in ["earlier", "later"] {
        let relations = summary[run]["relations"].as_object().unwrap().values();
        let sum: u64 = relations.map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(sum, summary[run]["parcels"].as_u64().unwrap(), "{run}");
    }
    let parts = || {
        let changes = summary["changes"].as_array().unwrap().iter();
        changes.chain([&summary["not_listed"]])
    };
    let parcels: u64 = parts().map(|part| part["parcels"].as_u64().unwrap()).sum();
    assert_eq!(parcels, summary["total"]["parcels"].as_u64().unwrap());
    let later = summary["later"]["parcels"].as_u64().unwrap();
    assert_eq!(parcels, later + summary["of_earlier"].as_u64().unwrap());
    let area: f64 = parts().map(|part| part["area_m2"].as_f64().unwrap()).sum();
    let total = summary["total"]["area_m2"].as_f64().unwrap();
    assert!((area - total).abs() < 0.005, "{area} {total}");
}
