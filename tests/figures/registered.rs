//! A registered area is held against its polygon.

use super::{counts, from_text};
use crate::attributes::{Results, buildings, parcels};

/// Parcel A of 100 × 100 m with a registered area, beside others in m².
fn registered(a: &str, more: &[&str]) -> Results {
    let layer = parcels(";ZDMJ", &format!(";{a}"), ";9950");
    from_text(&layer, &buildings(";DSCS", ";3", ";4"), more)
}

fn told(results: &Results) -> String {
    let columns = ["area_m2", "area_basis", "figures_refused", "plot_ratio"];
    results.parcels(&columns)[0].join(" ")
}

#[test]
fn a_decimal_that_slipped_either_way_leaves_the_area_of_the_polygon() {
    for slipped in ["100300", "1003", "100.3", "10030000", "15.0", "1.0"] {
        let results = registered(slipped, &[]);
        assert_eq!(told(&results), "10000.00 plane 1 0.600000", "{slipped}");
        let found = counts(&results, "grave");
        assert_eq!(found, ["parcels area_unbelievable 1"], "{slipped}");
    }
}

#[test]
fn small_large_and_gross_differences_are_told_apart() {
    let kinds = |area: &str| {
        let results = registered(area, &[]);
        let kinds = ["area_difference", "area_differs_much", "area_unbelievable"];
        let of_a = results.defects(&kinds).into_iter();
        let of_a = of_a.filter(|(feature, _)| feature == "A");
        let kinds: Vec<String> = of_a.map(|(_, kind)| kind).collect();
        (told(&results), kinds.join(" "))
    };
    assert_eq!(
        kinds("10030"),
        ("10030.00 registered 0 0.598205".into(), String::new())
    );
    assert_eq!(
        kinds("9500"),
        (
            "9500.00 registered 0 0.631579".into(),
            "area_difference".into()
        )
    );
    assert_eq!(
        kinds("15000"),
        (
            "15000.00 registered 0 0.400000".into(),
            "area_differs_much".into()
        )
    );
    assert_eq!(
        kinds("20000"),
        (
            "10000.00 plane 1 0.600000".into(),
            "area_unbelievable".into()
        )
    );
}

#[test]
fn a_column_in_mu_is_used_and_one_row_of_it_in_square_metres_is_not() {
    let third = |area: &str| {
        let layer = parcels(";ZDMJ", ";14.7", ";15");
        let third = "\"POLYGON ((637200 3165700,637300 3165700,637300 3165800,637200 3165800,637200 3165700))\"";
        let fourth = third.replace("6372", "6374").replace("6373", "6375");
        let layer = format!("{layer}{third};C;15.1\n{fourth};D;{area}\n");
        let results = from_text(&layer, &buildings(";DSCS", ";3", ";4"), &[]);
        let rows = results.parcels(&["area_m2", "area_basis"]);
        (rows[0].join(" "), rows[3].join(" "))
    };
    let used = || String::from("9800.00 registered");
    assert_eq!(third("15.0"), (used(), "10000.00 registered".into()));
    assert_eq!(third("10010"), (used(), "10000.00 plane".into()));
}

#[test]
fn more_ground_built_on_than_there_is_land_makes_the_density_unknown() {
    // 2,000 m² stand on what is registered, and believed, as 1,900 of 2,200
    let square = "\"POLYGON ((637005 3165705,637060 3165705,637060 3165745,637005 3165745,637005 3165705))\"";
    let layer = format!("WKT;ZDDM;ZDMJ\n{square};A;1900\n");
    let building = "WKT;ZRZH;ZDDM;DSCS\n\"POLYGON ((637006 3165705,637056 3165705,637056 3165745,637006 3165745,637006 3165705))\";a;A;3\n";
    let results = from_text(&layer, building, &[]);
    let columns = ["area_m2", "building_density", "plot_ratio", "footprint_m2"];
    assert_eq!(
        results.parcels(&columns)[0],
        ["1900.00", "", "3.157895", "2000.00"]
    );
    assert!(counts(&results, "grave").contains(&"parcels density_over_one 1".into()));
    let plane = from_text(&layer, building, &["--area", "plane"]);
    assert_eq!(plane.parcels(&["building_density"])[0], ["0.909091"]);
}

#[test]
fn an_area_by_choice_is_used_whatever_the_register_says() {
    let results = registered("100300", &["--area", "ellipsoid"]);
    let row = results.parcels(&["area_basis", "figures_refused"]);
    assert_eq!(row[0], ["ellipsoid", "1"]);
    assert_eq!(counts(&results, "grave"), ["parcels area_unbelievable 1"]);
}
