//! Invented cities with idle and inefficient parcels planted in them: what share of each state is found, and what share of what
//! is found was planted.

use std::collections::BTreeMap;
use std::path::Path;

use crate::command_line::{city, rows};

/// The state of each parcel, by its id.
type States = BTreeMap<String, String>;

fn states(path: &Path) -> States {
    let rows = rows(path).into_iter();
    rows.map(|mut row| {
        (
            row.remove("parcel_id").unwrap(),
            row.remove("state").unwrap(),
        )
    })
    .collect()
}

/// A clean city, its planted states, and those that a scan finds.
fn surveyed(seed: &str, tables: &[&str]) -> (States, States) {
    let home = tempfile::tempdir().unwrap();
    let (place, out) = (home.path().join("city"), home.path().join("out"));
    city(&place, &["-n", "20000", "--seed", seed, "--dirty", "0"]);
    let sources: Vec<String> = tables
        .iter()
        .map(|table| place.join(format!("{table}.csv")).display().to_string())
        .collect();
    let mut more = vec![
        "--as-of",
        "2021-12-31",
        "--inefficient",
        "tax",
        "--format",
        "csv",
    ];
    let options: Vec<String> = tables.iter().map(|table| format!("--{table}")).collect();
    for (option, source) in options.iter().zip(&sources) {
        more.extend([option.as_str(), source.as_str()]);
    }
    scan_as_of(&place, &out, &more);
    let found = states(&out.join("idle.csv"));
    let found = if tables.contains(&"contracts") {
        of_contracts(found, &place.join("contracts.csv"))
    } else {
        found
    };
    (states(&place.join("truth_idle.csv")), found)
}

/// The last `--as-of` holds, so the day of the helper is left out here.
fn scan_as_of(place: &Path, out: &Path, more: &[&str]) {
    let layer = |name: &str| place.join(name).display().to_string();
    let (parcels, buildings, storeys) = (
        layer("parcels.gpkg"),
        layer("buildings.gpkg"),
        layer("storeys.csv"),
    );
    let out = out.display().to_string();
    let mut arguments = vec!["scan", "--parcels", &parcels, "--buildings", &buildings];
    arguments.extend(["--storeys", &storeys, "-o", &out]);
    arguments.extend(more);
    crate::command_line::run(&arguments);
}

/// The states that are found, of land that no contract names only where it is inefficient: nothing else is planted there.
fn of_contracts(found: States, contracts: &Path) -> States {
    let named: std::collections::BTreeSet<String> = rows(contracts)
        .into_iter()
        .map(|mut row| row.remove("parcel_id").unwrap())
        .collect();
    found
        .into_iter()
        .filter(|(id, state)| named.contains(id) || state == "inefficient")
        .collect()
}

/// How many were planted in a state, how many of them were found in it, and how many were found in it at all.
fn counts(truth: &States, found: &States, state: &str) -> (usize, usize, usize) {
    let of = |states: &States| states.values().filter(|is| *is == state).count();
    let both = truth
        .iter()
        .filter(|(id, is)| *is == state && found.get(*id).is_some_and(|found| found == state));
    (of(truth), both.count(), of(found))
}

#[test]
fn with_contracts_and_enterprises_every_planted_state_is_found_and_nothing_else() {
    let mut planted = 0;
    for seed in ["1", "5", "7", "2021"] {
        let (truth, found) = surveyed(seed, &["contracts", "enterprises"]);
        for state in [
            "idle",
            "suspected_idle",
            "supplied_not_started",
            "under_construction",
            "inefficient",
        ] {
            let (all, both, listed) = counts(&truth, &found, state);
            assert_eq!(
                (both, listed),
                (all, all),
                "seed {seed}, {state}: found of planted, listed at all"
            );
            planted += all;
        }
        assert_eq!(
            found.values().filter(|state| *state == "unknown").count(),
            0
        );
    }
    assert!(planted > 150, "{planted} are too few to show anything");
}

#[test]
fn without_contracts_idle_land_is_suspected_by_its_empty_ground_and_never_found_idle() {
    let (mut planted, mut suspected) = (0, 0);
    for seed in ["1", "5", "2021"] {
        let (truth, found) = surveyed(seed, &[]);
        let idle = ["idle", "suspected_idle"];
        for (id, state) in truth
            .iter()
            .filter(|(_, state)| idle.contains(&state.as_str()))
        {
            // the invented city has no building on any of them
            assert_eq!(
                found.get(id).map(String::as_str),
                Some("suspected_idle"),
                "{id}, planted {state}"
            );
            planted += 1;
        }
        // planted are those of contracts; the rest of the empty land has none, and no use is planted on it
        for (id, _) in found.iter().filter(|(_, state)| *state == "suspected_idle") {
            assert_ne!(
                truth.get(id).map(String::as_str),
                Some("inefficient"),
                "{id}"
            );
            suspected += 1;
        }
        let findings = ["idle", "supplied_not_started", "inefficient"];
        assert!(
            found
                .values()
                .all(|state| !findings.contains(&state.as_str()))
        );
    }
    assert!(
        planted > 20 && suspected >= planted,
        "{planted}, {suspected}"
    );
}
