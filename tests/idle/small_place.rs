//! Twelve parcels of 100 × 100 m whose contracts, buildings and enterprises a reader checks by head.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::command_line::{rows, run};

/// The states of the parcels that are listed, by id, with their reason, their rule and since when.
type Found = BTreeMap<String, (String, String, String, String)>;

/// Squares in a row, in EPSG:4549: id, land use, status, and the side of the square building in its middle.
const PARCELS: [(&str, &str, &str, f64); 12] = [
    ("A", "工业用地", "", 0.0),
    ("B", "工业用地", "", 0.0),
    ("C", "工业用地", "", 60.0),
    ("D", "工业用地", "", 50.0),
    ("E", "工业用地", "", 0.0),
    ("F", "工业用地", "未供应", 0.0),
    ("G", "工业用地", "", 0.0),
    ("H", "工业用地", "", 10.0),
    ("I", "工业用地", "", 60.0),
    ("J", "住宅用地", "", 0.0),
    ("K", "住宅用地", "空闲", 0.0),
    ("L", "工业用地", "", 50.0),
];

const CONTRACTS: &str = "\
id,parcel_id,due_start,started,completed,stopped_since,developed_m2,should_develop_m2,total_wan,invested_wan,price_wan,cause
1,A,2020-03-15,,,,0,10000,1000,0,500,enterprise
2,B,2021-09-01,,,,0,10000,1000,0,500,
3,C,2018-03-15,,,,0,10000,1000,0,500,enterprise
4,D,2018-03-15,2018-03-01,2020-05-01,,10000,10000,1000,1000,500,
5,E,2019-03-15,2019-03-01,,2020-12-31,3333.33,10000,1000,600,500,enterprise
6,L,2020-03-15,2020-03-01,,,5000,10000,1000,600,500,
";

const ENTERPRISES: &str = "\
id,name,parcel_id,industry,evaluation_class,tax_wan.2020,tax_wan.2021,revenue_wan.2021,land_mu,above_scale
91331002MA2HH8QF4X,甲,D,3591,C,70,75,3000,15,1
913310020000000011,乙,I,3591,A,150,150,3000,,1
";

fn layers(folder: &Path) {
    let square = |x: f64, y: f64, side: f64| {
        let corners = [
            (x, y),
            (x + side, y),
            (x + side, y + side),
            (x, y + side),
            (x, y),
        ];
        let text: Vec<String> = corners.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        format!(
            "{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}",
            text.join(",")
        )
    };
    let (mut parcels, mut buildings) = (String::new(), String::new());
    for (at, (id, land_use, status, side)) in (0_u32..).zip(PARCELS) {
        let x = 600_000.0 + f64::from(at) * 200.0;
        let status = if status.is_empty() {
            "null".to_owned()
        } else {
            format!("\"{status}\"")
        };
        let comma = if at > 0 { "," } else { "" };
        writeln!(
            parcels,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\",\"land_use\":\"{land_use}\",\"status\":{status},\"district\":\"椒江区\"}},\"geometry\":{}}}",
            square(x, 3_165_000.0, 100.0)
        )
        .unwrap();
        if side > 0.0 {
            let comma = if buildings.is_empty() { "" } else { "," };
            let inset = (100.0 - side) / 2.0;
            writeln!(
                buildings,
                "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}1\",\"storeys\":2,\"storey_height\":4.0}},\"geometry\":{}}}",
                square(x + inset, 3_165_000.0 + inset, side)
            )
            .unwrap();
        }
    }
    let collection = |features: &str| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::4549\"}}}},\"features\":[{features}]}}"
        )
    };
    fs::write(folder.join("parcels.geojson"), collection(&parcels)).unwrap();
    fs::write(folder.join("buildings.geojson"), collection(&buildings)).unwrap();
    fs::write(folder.join("contracts.csv"), CONTRACTS).unwrap();
    fs::write(folder.join("enterprises.csv"), ENTERPRISES).unwrap();
}

fn scanned(folder: &Path, with: &[&str]) -> Found {
    let path = |name: &str| folder.join(name).display().to_string();
    let named: Vec<String> = with
        .iter()
        .flat_map(|layer| {
            let format = if *layer == "buildings" {
                "geojson"
            } else {
                "csv"
            };
            [format!("--{layer}"), path(&format!("{layer}.{format}"))]
        })
        .collect();
    let (parcels, out) = (path("parcels.geojson"), path("out"));
    let mut arguments = vec![
        "scan",
        "--parcels",
        &parcels,
        "-o",
        &out,
        "--overwrite",
        "--as-of",
        "2022-06-01",
    ];
    arguments.extend(named.iter().map(String::as_str));
    run(&arguments);
    let row = |mut row: BTreeMap<String, String>| {
        let mut take = |name: &str| row.remove(name).unwrap();
        (
            take("parcel_id"),
            (take("state"), take("reason"), take("rule"), take("since")),
        )
    };
    rows(&folder.join("out/idle.csv"))
        .into_iter()
        .map(row)
        .collect()
}

fn expected(rows: &[(&str, &str, &str, &str, &str)]) -> Found {
    let row = |(id, state, reason, rule, since): &(&str, &str, &str, &str, &str)| {
        (
            (*id).to_owned(),
            (
                (*state).to_owned(),
                (*reason).to_owned(),
                (*rule).to_owned(),
                (*since).to_owned(),
            ),
        )
    };
    rows.iter().map(row).collect()
}

#[test]
fn every_state_is_found_for_its_reason() {
    let home = tempfile::tempdir().unwrap();
    layers(home.path());
    let found = scanned(home.path(), &["buildings", "contracts", "enterprises"]);
    let expected = expected(&[
        (
            "A",
            "idle",
            "not_started_for_a_year",
            "idle-land",
            "2021-03-16",
        ),
        (
            "B",
            "supplied_not_started",
            "overdue",
            "contract",
            "2021-09-02",
        ),
        // 60 × 60 of 100 × 100 m are built on: the table is out of date, or the buildings are
        (
            "C",
            "suspected_idle",
            "contradicted_by_buildings",
            "idle-land",
            "2019-03-16",
        ),
        // 70 and 75 万元 on 15 亩: under 5 for each 亩 in 2020, 5 in 2021
        ("D", "inefficient", "low_tax", "low-tax-enterprise", ""),
        (
            "E",
            "suspected_idle",
            "stopped_under_a_third",
            "idle-land",
            "2021-12-31",
        ),
        (
            "F",
            "approved_not_supplied",
            "recorded_unallotted",
            "record",
            "",
        ),
        ("G", "suspected_idle", "no_building", "proxy:ground", ""),
        // 10 × 10 of 100 × 100 m is 1 %
        (
            "H",
            "suspected_idle",
            "nearly_no_building",
            "proxy:ground",
            "",
        ),
        ("K", "suspected_idle", "no_building", "proxy:ground", ""),
        (
            "L",
            "under_construction",
            "started",
            "contract",
            "2020-03-01",
        ),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn without_contracts_the_ground_yields_suspicion_and_no_finding() {
    let home = tempfile::tempdir().unwrap();
    layers(home.path());
    let found = scanned(home.path(), &["buildings"]);
    let states: Vec<(&str, &str)> = found
        .iter()
        .map(|(id, found)| (id.as_str(), found.0.as_str()))
        .collect();
    let suspected = ["A", "B", "E", "G", "H", "K"].map(|id| (id, "suspected_idle"));
    let mut expected = suspected.to_vec();
    expected.push(("F", "approved_not_supplied"));
    expected.sort_unstable();
    assert_eq!(states, expected);
}

#[test]
fn without_buildings_what_no_contract_says_is_unknown() {
    let home = tempfile::tempdir().unwrap();
    layers(home.path());
    let found = scanned(home.path(), &["contracts"]);
    let state = |id: &str| found[id].0.as_str();
    assert_eq!(
        (state("A"), state("C"), state("D"), state("G"), state("I")),
        ("idle", "idle", "built", "unknown", "unknown")
    );
    assert!(!found.contains_key("J"));
    let rows = rows(&home.path().join("out/idle.csv"));
    let of = rows.iter().find(|row| row["parcel_id"] == "G").unwrap();
    assert_eq!(of["missing"], "contracts;buildings");
}

#[test]
fn the_fee_the_days_and_the_facts_are_written_down() {
    let home = tempfile::tempdir().unwrap();
    layers(home.path());
    scanned(home.path(), &["buildings", "contracts", "enterprises"]);
    let rows = rows(&home.path().join("out/idle.csv"));
    let of = |id: &str| rows.iter().find(|row| row["parcel_id"] == id).unwrap();
    let idle = of("A");
    // 20 % of 500 万元; 2020-03-15 to 2022-06-01 is 808 days
    assert_eq!(
        (idle["idle_fee_wan"].as_str(), idle["days_over"].as_str()),
        ("100.00", "808")
    );
    assert_eq!(
        (idle["idle_from"].as_str(), idle["take_back_from"].as_str()),
        ("2021-03-16", "2022-03-16")
    );
    assert_eq!(idle["article"], "闲置土地处置办法 第二条");
    assert!(
        [
            "grant.due_start=2020-03-15",
            "grant.started=false",
            "grant.cause=enterprise"
        ]
        .iter()
        .all(|fact| idle["facts_used"].contains(fact)),
        "{}",
        idle["facts_used"]
    );
    assert!(
        idle["flags"].contains("满两年，可无偿收回"),
        "{}",
        idle["flags"]
    );
    assert_eq!(of("E")["developed_share"], "0.333333");
    assert!(of("D")["enterprises"].contains("91331002MA2HH8QF4X"));
    // what was begun is overdue no longer
    assert_eq!(of("D")["days_over"], "");
}
