//! The same building twice is counted once where that is proven, else its figures lie between.

use std::collections::{BTreeMap, BTreeSet};

use super::{BUILDING, PARCEL, TWO, city, fault, files, scanned};
use crate::command_line::{plotratio, stderr};

const BETWEEN: &str = "floor_area_m2 plot_ratio building_density floor_area_at_least_m2 floor_area_at_most_m2 \
                       plot_ratio_at_least plot_ratio_at_most";
const A: &str = "331002001001GB00001";

fn twice(buildings: &str) -> super::Scanned {
    scanned(&[
        ("--parcels", &fault("buildings-twice/parcels.gpkg")),
        (
            "--buildings",
            &fault(&format!("buildings-twice/{buildings}.gpkg")),
        ),
    ])
}

#[test]
fn one_shape_or_key_proves_one_building() {
    for buildings in ["buildings", "buildings_v1"] {
        let scan = twice(buildings);
        let known = "6000.00 0.600000 0.200000 6000.00 6000.00 0.600000 0.600000";
        assert_eq!(scan.parcel(A, BETWEEN), known, "{buildings}");
        assert_eq!(scan.parcel(A, "building_count"), "1");
        assert!(scan.defects("buildings_overlap") > 0);
    }
}

#[test]
fn an_outline_and_its_parts_lie_between() {
    let scan = twice("buildings_v2");
    assert_eq!(
        scan.parcel(A, BETWEEN),
        "? ? 0.200000 5000.00 11000.00 0.500000 1.100000"
    );
    assert_eq!(scan.defects("buildings_overlap"), 1);
}

fn on_a(buildings: &[(&str, &str)]) -> super::Scanned {
    city(&[
        ("--parcels", PARCEL, TWO),
        ("--buildings", BUILDING, buildings),
    ])
}

/// Variant: two surveys, a little off each other, of other numbers.
#[test]
fn two_surveys_of_one_place_lie_between() {
    let scan = on_a(&[("1,,3,", "10,10,50,60"), ("99,,4,", "10.5,10,50.5,60.5")]);
    assert_eq!(
        scan.parcel(A, "plot_ratio plot_ratio_at_least plot_ratio_at_most"),
        "? 0.600000 1.408000"
    );
}

/// Variant: one key says that both are one, though their storeys differ: no more than the larger.
#[test]
fn two_of_one_key_with_other_storeys_lie_between_both() {
    let scan = on_a(&[("1,,3,", "10,10,50,60"), ("1.0,,4,", "10,10,50,60")]);
    assert_eq!(
        scan.parcel(A, "plot_ratio plot_ratio_at_least plot_ratio_at_most"),
        "? 0.600000 0.800000"
    );
}

/// Variant: three times the same shape, one of them with more to say; the floor area of its record counts once.
#[test]
fn three_times_one_shape_is_one_building() {
    let scan = on_a(&[
        ("1,,3,", "10,10,50,60"),
        ("2,,3,5800", "10,10,50,60"),
        ("3,,,", "10,10,50,60"),
    ]);
    assert_eq!(
        scan.parcel(A, "floor_area_m2 plot_ratio building_count"),
        "5800.00 0.580000 1"
    );
    assert_eq!(scan.defects("buildings_overlap"), 2);
}

/// A tower on a podium is no building twice: its storeys add up, and the row says that they lie over each other.
#[test]
fn a_tower_on_a_podium_adds_up_with_a_word() {
    let scan = on_a(&[("podium,,3,", "10,10,50,60"), ("tower,,10,", "20,20,40,40")]);
    assert_eq!(
        scan.parcel(A, "floor_area_m2 plot_ratio building_density"),
        "10000.00 1.000000 0.200000"
    );
    assert_eq!(scan.defects("buildings_overlap"), 1);
}

/// A lot has no more floor than is known to stand on it: what may be one building counts in no sum, and what may be a
/// building again is not known to be cut.
#[test]
fn lots_of_buildings_that_may_be_one_have_no_sum() {
    let parcels: &[(&str, &str)] = &[("331002001001GB00001,1001", "0,0,200,150")];
    let (folder, sources) = files(&[
        ("--parcels", PARCEL, parcels),
        (
            "--buildings",
            BUILDING,
            &[
                ("one,,3,", "10,10,60,60"),
                ("two,,3,", "130,10,180,60"),
                ("again,,3,", "130.4,10,180.4,60"),
            ],
        ),
    ]);
    let out = folder.path().join("out");
    let mut command = plotratio();
    command.args(["propose", "split", "--parcel", A, "--as-of", "2022-06-01"]);
    command.args(["--format", "csv"]).arg("-o").arg(&out);
    for (option, source) in &sources {
        command.args([option, source]);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut floors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(out.join("proposals.csv")).unwrap();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        let of = floors.entry(row["buildings"].clone()).or_default();
        of.insert(row["floor_area_m2"].clone());
    }
    assert_eq!(floors["one"], BTreeSet::from(["7500.00".to_owned()]));
    assert_eq!(floors["again;two"], BTreeSet::from([String::new()]));
}
