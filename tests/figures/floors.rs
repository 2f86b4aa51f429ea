//! A floor area is held against footprint × storeys.

use super::{counts, four, from_text};
use crate::attributes::{Results, buildings, folder, parcels, scan};

/// Floor area, its source and what was refused, of each building.
fn told(results: &Results) -> Vec<String> {
    let rows = results.rows("buildings.csv");
    let columns = ["floor_area_m2", "floor_area_source", "figures_refused"];
    let cells = |row: &crate::attributes::Row| columns.map(|name| row[name].clone()).join(" ");
    rows.iter().map(cells).collect()
}

/// A of 2,000 m² with 3 storeys, and B of 600 m² with 4.
fn of(names: &str, a: &str, b: &str) -> Results {
    from_text(&parcels("", "", ""), &buildings(names, a, b), &[])
}

#[test]
fn one_slip_among_others_gives_way_to_footprint_and_storeys() {
    for slipped in ["600000", "61000", "600", "60", "0.6", "9", "6000万㎡"] {
        let results = of(";DSCS;SCJZMJ", &format!(";3;{slipped}"), ";4;2410");
        assert_eq!(
            told(&results),
            [
                "6000.00 footprint_x_storeys floor_area",
                "2410.00 surveyed "
            ],
            "{slipped}"
        );
        let row = results.parcels(&["plot_ratio", "figures_refused"]);
        assert_eq!(row, [["0.600000", "1"], ["0.241000", "0"]], "{slipped}");
        let found = counts(&results, "grave");
        assert_eq!(found, ["buildings floor_area_unbelievable 1"], "{slipped}");
    }
}

#[test]
fn what_may_be_is_used_and_noted_where_it_is_far_off() {
    let plain = of(";DSCS;SCJZMJ", ";3;5200", ";4;2900");
    assert_eq!(told(&plain), ["5200.00 surveyed ", "2900.00 surveyed "]);
    assert!(plain.defects(&["floor_area_difference"]).is_empty());
    // a tower on a podium
    let tower = of(";DSCS;SCJZMJ", ";24;9000", ";4;2400");
    assert_eq!(told(&tower)[0], "9000.00 surveyed ");
    let noted = tower.defects(&["floor_area_difference"]);
    assert_eq!(noted, [("a".into(), "floor_area_difference".into())]);
    // what is below ground is no part of it
    let below = of(";DSCS;DXCS;SCJZMJ;DXMJ", ";3;1;8000;2000", ";4;;2400;");
    assert_eq!(told(&below)[0], "6000.00 surveyed ");
}

#[test]
fn a_counted_floor_area_and_a_table_of_storeys_are_held_alike() {
    let layers = folder(&[
        ("parcels.csv", &parcels("", "", "")),
        (
            "buildings.csv",
            &buildings(";DSCS;JRJZMJ", ";3;600000", ";4;"),
        ),
        (
            "storeys.csv",
            "ZRZH,SJC,JZMJ\na,1,2000\na,2,2000\na,3,2000\nb,1,60000\nb,2,60000\nb,3,60000\nb,4,60000\n",
        ),
    ]);
    let options = [
        "--parcels",
        "parcels.csv",
        "--buildings",
        "buildings.csv",
        "--storeys",
        "storeys.csv",
    ];
    let crs = ["--crs", "EPSG:4549"];
    let results = scan(layers.path(), &[&options[..], &crs].concat());
    assert_eq!(
        told(&results),
        [
            "6000.00 storeys_table far_floor_area",
            "2400.00 footprint_x_storeys storeys_table"
        ]
    );
    assert_eq!(
        results.parcels(&["plot_ratio"]).concat(),
        ["0.600000", "0.240000"]
    );
    assert_eq!(
        counts(&results, "grave"),
        ["buildings floor_area_unbelievable 2"]
    );
}

#[test]
fn nothing_to_hold_it_against_but_the_footprint_still_refuses_what_cannot_be() {
    // 150 storeys, and a third of one; no storeys are known
    let results = of(";SCJZMJ", ";300000", ";190");
    assert_eq!(told(&results), ["  floor_area", "  floor_area"]);
    let row = results.parcels(&["plot_ratio", "floor_area_at_least_m2"]);
    assert_eq!(row, [["", "2000.00"], ["", "600.00"]]);
}

#[test]
fn a_unit_of_a_column_is_a_decision_that_a_part_keeps_to() {
    let parts = |text: &str, more: &[&str]| from_text(&parcels("", "", ""), text, more);
    let all = four(";DSCS;SCJZMJ", [";3;0.6", ";4;0.24", ";3;0.61", ";4;0.25"]);
    let whole = parts(&all, &[]);
    assert_eq!(
        whole.parcels(&["plot_ratio"]).concat(),
        ["0.600000", "0.240000"]
    );
    let decided = whole.summary()["decisions"].to_string();
    assert!(
        decided.contains("\"floor_unit\":{\"SCJZMJ\":\"ha\"}"),
        "{decided}"
    );
    let home = folder(&[("d.json", &decided)]);
    let given = home.path().join("d.json").display().to_string();
    let part = buildings(";DSCS;SCJZMJ", ";3;0.6", ";4;");
    let alone = parts(&part, &[]);
    assert_eq!(told(&alone)[0], "6000.00 footprint_x_storeys floor_area");
    let with = parts(&part, &["--decisions", &given]);
    assert_eq!(told(&with)[0], told(&whole)[0]);
    assert_eq!(told(&with)[0], "6000.00 surveyed ");
    // two slips alike are no unit where the whole says that it has none
    let all = four(";DSCS;SCJZMJ", [";3;0.6", ";4;0.24", ";3;6100", ";4;2500"]);
    let whole = parts(&all, &[]);
    let home = folder(&[("d.json", &whole.summary()["decisions"].to_string())]);
    let given = home.path().join("d.json").display().to_string();
    let part = buildings(";DSCS;SCJZMJ", ";3;0.6", ";4;0.24");
    let with = parts(&part, &["--decisions", &given]);
    assert_eq!(told(&with)[..2], told(&whole)[..2]);
    assert_eq!(told(&with)[0], "6000.00 footprint_x_storeys floor_area");
}

#[test]
fn a_slip_in_the_record_of_what_was_left_out_makes_no_lower_bound() {
    let broken = |floor: &str| {
        let text = buildings(";DSCS;SCJZMJ", &format!(";3;{floor}"), ";4;2400");
        // an outline that has collapsed onto a line
        let text = text
            .replace("637050 3165760", "637050 3165710")
            .replace("637010 3165760", "637030 3165710");
        let results = from_text(&parcels("", "", ""), &text, &[]);
        let columns = ["buildings_left_out", "plot_ratio", "plot_ratio_at_least"];
        results.parcels(&columns)[0].join(" ")
    };
    assert_eq!(broken("6000"), "1  0.600000");
    assert_eq!(broken("60000000"), "1  0.000000");
}
