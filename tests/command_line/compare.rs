//! `plotratio compare` and `scan --register`: what changed from run to run, and since when.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{contents, refused, rows, run, summary};

/// Id, west, south, east, north in metres from a corner; buildings stand where the last says so.
type Plot<'a> = (&'a str, [u32; 4], bool);

/// A city of industrial parcels in EPSG:4549, written as tables; its contracts by line.
struct City<'a> {
    plots: &'a [Plot<'a>],
    contracts: Option<&'a [&'a str]>,
}

fn rectangle([west, south, east, north]: [u32; 4]) -> String {
    let (west, east) = (636_000 + west, 636_000 + east);
    let (south, north) = (3_165_000 + south, 3_165_000 + north);
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

impl City<'_> {
    /// Scans it into `folder/name`.
    fn scan(&self, folder: &Path, name: &str, day: &str, more: &[&str]) -> PathBuf {
        let home = folder.join(format!("{name}-city"));
        fs::create_dir_all(&home).unwrap();
        let (mut parcels, mut buildings) = (
            "id,land_use,WKT\n".to_owned(),
            "id,storeys,WKT\n".to_owned(),
        );
        for (id, [west, south, east, north], built) in self.plots {
            let ground = rectangle([*west, *south, *east, *north]);
            parcels += &format!("{id},工业用地,\"{ground}\"\n");
            if *built {
                let house = rectangle([west + 2, south + 2, east - 2, north - 2]);
                buildings += &format!("h{id},2,\"{house}\"\n");
            }
        }
        let path = |name: &str| home.join(name).display().to_string();
        fs::write(path("parcels.csv"), parcels).unwrap();
        fs::write(path("buildings.csv"), buildings).unwrap();
        let out = folder.join(name);
        let (parcels, buildings, contracts) = (
            path("parcels.csv"),
            path("buildings.csv"),
            path("contracts.csv"),
        );
        let shown = out.display().to_string();
        let mut arguments = vec!["scan", "--parcels", &parcels, "--buildings", &buildings];
        if let Some(lines) = self.contracts {
            let head = "id,parcel_id,due_start,started,completed\n";
            fs::write(&contracts, format!("{head}{}\n", lines.join("\n"))).unwrap();
            arguments.extend(["--contracts", &contracts]);
        }
        arguments.extend(["--layer-crs", "parcels=EPSG:4549"]);
        arguments.extend(["--layer-crs", "buildings=EPSG:4549"]);
        arguments.extend(["-o", &shown, "--as-of", day, "--overwrite"]);
        arguments.extend(more);
        run(&arguments);
        out
    }
}

fn compared(folder: &Path, a: &Path, b: &Path, more: &[&str]) -> PathBuf {
    let out = folder.join("changes");
    let paths = [a, b, &out].map(|path| path.display().to_string());
    let mut arguments = vec!["compare", &paths[0], &paths[1], "-o", &paths[2]];
    arguments.push("--overwrite");
    arguments.extend(more);
    run(&arguments);
    out
}

/// Some columns of each row, blanks between.
fn told(file: &Path, columns: &[&str]) -> Vec<String> {
    let row = |row: BTreeMap<String, String>| {
        let cells = columns.iter().map(|name| row[*name].clone());
        cells.collect::<Vec<_>>().join(" ")
    };
    rows(file).into_iter().map(row).collect()
}

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

/// The first run: F is built, all else is as its contract or its ground says.
const BEFORE: City<'_> = City {
    plots: &[
        ("CURED", [0, 0, 100, 100], false),
        ("FREE", [100, 0, 200, 100], false),
        ("GONE", [200, 0, 300, 100], false),
        ("LOST", [300, 0, 400, 100], false),
        ("M1", [400, 0, 500, 100], false),
        ("M2", [500, 0, 600, 100], false),
        ("NEW", [600, 0, 700, 100], true),
        ("OLD", [700, 0, 800, 100], false),
        ("PLAIN", [800, 0, 900, 100], true),
        ("SPLIT", [900, 0, 1000, 100], false),
        ("STAYS", [1000, 0, 1100, 100], false),
        ("WORSE", [1100, 0, 1200, 100], false),
    ],
    contracts: Some(&[
        "1,CURED,2019-01-01,,",
        "2,LOST,2019-01-01,,",
        "3,STAYS,2019-01-01,,",
        "4,WORSE,2020-12-01,,",
        "5,SPLIT,2019-01-01,,",
    ]),
};

/// The second: a year later.
const AFTER: City<'_> = City {
    plots: &[
        ("CURED", [0, 0, 100, 100], true),
        ("FREE", [100, 0, 200, 100], true),
        // its contract is not in the table any more, and a house stands on it
        ("LOST", [300, 0, 400, 100], true),
        ("M", [400, 0, 600, 100], false),
        ("NEW", [600, 0, 700, 100], false),
        ("YOUNG", [700, 0, 800, 100], false),
        ("PLAIN", [800, 0, 900, 100], true),
        ("SPLIT", [900, 0, 930, 100], false),
        ("SPLIT2", [930, 0, 1000, 100], true),
        ("STAYS", [1000, 0, 1100, 100], false),
        ("WORSE", [1100, 0, 1200, 100], false),
        ("BORN", [1300, 0, 1400, 100], false),
    ],
    contracts: Some(&[
        "1,CURED,2019-01-01,2021-08-01,2022-05-01",
        "3,STAYS,2019-01-01,,",
        "4,WORSE,2020-12-01,,",
        "5,SPLIT,2019-01-01,,",
    ]),
};

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
    assert_eq!(map["features"].as_array().unwrap().len(), 13);
}

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
    let gone = parts().filter(|part| part["change"] == "gone");
    let gone: u64 = gone.map(|part| part["parcels"].as_u64().unwrap()).sum();
    assert_eq!(
        parcels - gone,
        summary["later"]["parcels"].as_u64().unwrap()
    );
    let area: f64 = parts().map(|part| part["area_m2"].as_f64().unwrap()).sum();
    let total = summary["total"]["area_m2"].as_f64().unwrap();
    assert!((area - total).abs() < 0.005, "{area} {total}");
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
    assert!(refusal(&a, &b).contains("has 11 rows, and its `summary.json` says 12"));
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
