//! Heights are held against storeys.

use super::{counts, from_text};
use crate::attributes::{Results, buildings, parcels};

fn of(names: &str, a: &str, b: &str) -> Results {
    from_text(&parcels("", "", ""), &buildings(names, a, b), &[])
}

fn ratios(results: &Results) -> Vec<String> {
    results.parcels(&["plot_ratio"]).concat()
}

#[test]
fn a_height_that_contradicts_its_storeys_leaves_unknown_what_rests_on_them() {
    for height in ["100", "1", "1000", "0.99"] {
        let results = of(";DSCS;JZWGD", &format!(";3;{height}"), ";4;14");
        assert_eq!(ratios(&results), ["", "0.240000"], "{height}");
        let found = counts(&results, "grave");
        assert_eq!(found, ["buildings height_unbelievable 1"], "{height}");
        let row = &results.rows("buildings.csv")[0];
        assert_eq!(row["figures_refused"], "height", "{height}");
    }
    // the surveyed floor area bears the storeys out; which of them is high is still not known
    let borne_out = of(";DSCS;JZWGD;SCJZMJ", ";3;100;5900", ";4;14;2400");
    let floor = borne_out.parcels(&["floor_area_m2", "plot_ratio"]);
    assert_eq!(floor, [["5900.00", ""], ["2400.00", "0.240000"]]);
}

#[test]
fn a_high_hall_is_one_and_an_unusual_one_is_noted() {
    let halls = of(";DSCS;JZWGD", ";1;12", ";1;30");
    assert_eq!(ratios(&halls), ["0.400000", "0.120000"], "counted twice");
    let noted = halls.defects(&["height_unusual", "height_unbelievable"]);
    assert_eq!(noted, [("b".into(), "height_unusual".into())]);
}

#[test]
fn a_storey_height_that_is_none_leaves_open_how_often_its_storey_counts() {
    let results = of(";DSCS;CG", ";3;40.5", ";4;3.5");
    let columns = ["floor_area_m2", "plot_ratio", "plot_ratio_plain"];
    let rows = results.parcels(&columns);
    assert_eq!(rows[0], ["6000.00", "", "0.600000"]);
    assert_eq!(rows[1], ["2400.00", "0.240000", "0.240000"]);
    assert_eq!(
        counts(&results, "grave"),
        ["buildings height_unbelievable 1"]
    );
}
