//! The register of first-seen and last-seen days, from scan to scan and through a comparison.

use std::fs;
use std::path::Path;

use super::super::refused;
use super::{AFTER, BEFORE, compared, told};

#[test]
fn three_runs_are_one_register() {
    let home = tempfile::tempdir().unwrap();
    let first = BEFORE.scan(home.path(), "first", "2020-06-01", &[]);
    let old = first.join("register.csv").display().to_string();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &["--register", &old]);
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &[]);
    let out = compared(home.path(), &a, &b, &[]);
    let columns = ["parcel_id", "state", "first_seen", "last_seen", "runs"];
    let spells = told(&out.join("register.csv"), &columns);
    for row in [
        "STAYS idle 2020-06-01 2022-06-01 3",
        "M suspected_idle 2020-06-01 2022-06-01 3",
        "CURED idle 2020-06-01 2021-06-01 2",
        "BORN suspected_idle 2022-06-01 2022-06-01 1",
    ] {
        assert!(spells.iter().any(|one| one == row), "{row}: {spells:?}");
    }
    // what compare wrote is a register that the next scan goes on from
    let own = out.join("register.csv").display().to_string();
    let c = AFTER.scan(home.path(), "c", "2023-06-01", &["--register", &own]);
    let days = told(&c.join("idle.csv"), &["parcel_id", "state", "first_seen"]);
    assert!(
        days.contains(&"M suspected_idle 2020-06-01".to_owned()),
        "{days:?}"
    );
}

#[test]
fn a_scan_carries_the_register_of_the_run_before_on() {
    let home = tempfile::tempdir().unwrap();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &[]);
    let old = a.join("register.csv").display().to_string();
    let days = |run: &Path| told(&run.join("idle.csv"), &["parcel_id", "state", "first_seen"]);
    assert!(days(&a).contains(&"STAYS idle 2021-06-01".to_owned()));
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &["--register", &old]);
    let found = days(&b);
    for row in [
        "STAYS idle 2021-06-01",
        "WORSE idle 2022-06-01",
        // by ids alone a new number is a new parcel
        "YOUNG suspected_idle 2022-06-01",
        "CURED built ",
    ] {
        assert!(found.iter().any(|one| one == row), "{row}: {found:?}");
    }
    let columns = ["parcel_id", "state", "runs", "closed_by"];
    let spells = told(&b.join("register.csv"), &columns);
    for row in [
        "STAYS idle 2 ",
        "CURED idle 1 built",
        "LOST idle 1 ",
        "GONE suspected_idle 1 ",
        "WORSE supplied_not_started 1 idle",
    ] {
        assert!(spells.iter().any(|one| one == row), "{row}: {spells:?}");
    }
    // with the earlier parcels the days of a split and a renumbered parcel go on
    let before = home.path().join("a-city/parcels.csv").display().to_string();
    let more = [
        "--register",
        &old,
        "--before",
        &before,
        "--layer-crs",
        "before=EPSG:4549",
    ];
    let b = AFTER.scan(home.path(), "b", "2022-06-01", &more);
    let columns = [
        "parcel_id",
        "state",
        "first_seen",
        "runs",
        "parents",
        "closed_by",
    ];
    let spells = told(&b.join("register.csv"), &columns);
    for row in [
        "YOUNG suspected_idle 2021-06-01 2 OLD ",
        "OLD suspected_idle 2021-06-01 1  renumbered",
        "M suspected_idle 2021-06-01 2 M1;M2 ",
        "GONE suspected_idle 2021-06-01 1  gone",
        "SPLIT idle 2021-06-01 2  ",
    ] {
        assert!(spells.iter().any(|one| one == row), "{row}: {spells:?}");
    }
    // the same day once more: the same register
    let own = b.join("register.csv").display().to_string();
    let bytes = fs::read(&own).unwrap();
    let again = AFTER.scan(home.path(), "b", "2022-06-01", &["--register", &own]);
    assert_eq!(fs::read(again.join("register.csv")).unwrap(), bytes);
}

#[test]
fn a_bad_register_is_refused_by_its_rows() {
    let home = tempfile::tempdir().unwrap();
    let a = BEFORE.scan(home.path(), "a", "2021-06-01", &[]);
    let good = fs::read_to_string(a.join("register.csv")).unwrap();
    let file = home.path().join("old.csv");
    let parcels = home.path().join("a-city/parcels.csv").display().to_string();
    let (old, out) = (
        file.display().to_string(),
        home.path().join("out").display().to_string(),
    );
    let refusal = |text: &str, day: &str| {
        fs::write(&file, text).unwrap();
        refused(&[
            "scan",
            "--parcels",
            &parcels,
            "--layer-crs",
            "parcels=EPSG:4549",
            "-o",
            &out,
            "--as-of",
            day,
            "--register",
            &old,
        ])
    };
    let text = refusal(&good, "2020-01-01");
    assert!(
        text.contains("row 1 of the register") && text.contains("after 2020-01-01"),
        "{text}"
    );
    let text = refusal(&good.replace(",1,", ",many,"), "2022-06-01");
    assert!(
        text.contains("row 1: `runs` is `many`") && text.contains("more rows"),
        "{text}"
    );
    let text = refusal("parcel_id,state\nA,idle\n", "2022-06-01");
    assert!(text.contains("no column `first_seen`"), "{text}");
    let twice = format!("{good}{}\n", good.lines().nth(1).unwrap());
    assert!(refusal(&twice, "2022-06-01").contains("in row 1 already"));
}
