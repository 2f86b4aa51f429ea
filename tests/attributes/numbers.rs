//! Numbers as people write them, in layers and in tables of storeys.

use super::{buildings, faults, of_text, parcels, scan};

const WRONG: [&str; 3] = ["unreadable_number", "ambiguous_number", "error_cell"];

fn plain() -> String {
    parcels("", "", "")
}

/// The floor areas of two buildings on two parcels, and what is said to be wrong.
fn floor(names: &str, a: &str, b: &str) -> (Vec<String>, Vec<(String, String)>) {
    let results = of_text(&plain(), &buildings(names, a, b), &[]);
    let floor = results.parcels(&["floor_area_m2"]).concat();
    (floor, results.defects(&WRONG))
}

#[test]
fn commas_before_decimals_are_told_from_those_between_thousands() {
    let folder = faults("data/decimal-comma");
    for buildings in ["buildings.csv", "buildings_v1.csv"] {
        let layers = ["--parcels", "parcels.csv", "--buildings", buildings];
        let results = scan(&folder, &[&layers[..], &["--crs", "EPSG:4549"]].concat());
        assert_eq!(
            results.parcels(&["area_registered_m2", "floor_area_m2"]),
            [["9000.25", "6000.25"], ["9500.50", "2400.75"]]
        );
        let height = if buildings == "buildings.csv" {
            "0.252697"
        } else {
            "0.505394"
        };
        assert_eq!(
            results.parcels(&["plot_ratio"]).concat(),
            ["0.666676", height],
            "9,25 m counts twice"
        );
        assert!(results.defects(&WRONG).is_empty());
    }
}

#[test]
fn thousands_and_blanks_are_read_where_a_column_shows_what_they_are() {
    let none = Vec::<(String, String)>::new();
    for (a, b) in [
        ("6,000.00", "2,400"),
        ("6 000,0", "2 400,0"),
        ("6.000,00", "2.400"),
        ("６，０００．０", "2400"),
        ("6 000", "2 400"),
        ("6000,0", "2400"),
    ] {
        let (floor, wrong) = floor(";SCJZMJ", &format!(";{a}"), &format!(";{b}"));
        assert_eq!(
            (floor, wrong),
            (vec!["6000.00".into(), "2400.00".into()], none.clone()),
            "{a} {b}"
        );
    }
}

#[test]
fn a_comma_that_may_be_either_is_unknown_and_said_so() {
    let (floor, wrong) = floor(";SCJZMJ", ";6,000", ";2,400");
    assert_eq!(floor, ["", ""]);
    let kind = |feature: &str| (feature.to_owned(), "ambiguous_number".to_owned());
    assert_eq!(wrong, [kind("a"), kind("b")]);
}

#[test]
fn another_column_of_the_same_file_shows_it_too() {
    let (floor, wrong) = floor(";SCJZMJ;CG", ";6,000;3.5", ";2,400;4.25");
    assert_eq!(
        (floor, wrong),
        (vec!["6000.00".into(), "2400.00".into()], vec![])
    );
}

#[test]
fn units_and_words_in_cells_are_read() {
    let folder = faults("data/numbers-with-words");
    let figures = |buildings: &str, column: &str| {
        let layers = ["--parcels", "parcels.gpkg", "--buildings", buildings];
        let results = scan(&folder, &layers);
        assert!(results.defects(&WRONG).is_empty(), "{buildings}");
        results.parcels(&[column]).concat()
    };
    for storeys in ["buildings_a_ceng.gpkg", "buildings_b_F.gpkg"] {
        assert_eq!(figures(storeys, "floor_area_m2"), ["6000.00", "2400.00"]);
    }
    let surveyed = "buildings_area_m2_v1.gpkg";
    assert_eq!(figures(surveyed, "floor_area_m2"), ["9000.00", "2400.00"]);
    assert_eq!(
        figures("buildings_height_m.gpkg", "plot_ratio"),
        ["0.400000", "0.060000"],
        "9.2 m counts twice"
    );
    let results = scan(&folder, &["--parcels", "parcels_units.gpkg"]);
    assert_eq!(
        results.parcels(&["area_registered_m2"]).concat(),
        ["10000.00", "10000.00"]
    );
}

#[test]
fn storeys_are_counted_however_they_are_written() {
    for (a, b) in [
        ("地上3层", "地上4层"),
        ("3 层", "四层"),
        ("３", "4.0"),
        ("地上3层地下1层", "4f"),
        ("共3层", "4层楼"),
    ] {
        let (floor, wrong) = floor(";DSCS", &format!(";{a}"), &format!(";{b}"));
        assert_eq!(floor, ["6000.00", "2400.00"], "{a} {b}");
        assert!(wrong.is_empty(), "{a} {b}: {wrong:?}");
    }
}

#[test]
fn ranges_and_words_that_are_no_number_are_defects_and_unknown() {
    for (names, a) in [
        (";DSCS", "3-5层"),
        (";DSCS", "多层"),
        (";DSCS", "3/1"),
        (";SCJZMJ", "约6000"),
        (";SCJZMJ", "6000亩分"),
        (";SCJZMJ", "6000-7000"),
        (";SCJZMJ", "#REF!"),
        (";SCJZMJ", "60 00"),
    ] {
        let b = if names == ";DSCS" { ";4" } else { ";2400" };
        let (floor, wrong) = floor(names, &format!(";{a}"), b);
        assert_eq!(floor, ["", "2400.00"], "{a}");
        assert_eq!(wrong.len(), 1, "{a}: {wrong:?}");
    }
}

#[test]
fn a_table_of_storeys_is_read_as_offices_keep_it() {
    let table = "某区分层面积表,,,\n自然幢号,实际层,建筑面积,层高\n,,㎡,米\na,1层,\"2,000.00\",9.2\na,地下1层,2000㎡,4米\nb,一层,600,\"4.5\"\n";
    let folder = super::folder(&[
        ("parcels.csv", &plain()),
        ("buildings.csv", &buildings("", "", "")),
        ("storeys.csv", table),
    ]);
    let layers = ["--parcels", "parcels.csv", "--buildings", "buildings.csv"];
    let more = ["--storeys", "storeys.csv", "--crs", "EPSG:4549"];
    let results = scan(folder.path(), &[layers, more].concat());
    assert!(results.defects(&WRONG).is_empty());
    assert_eq!(
        results.parcels(&["plot_ratio", "plot_ratio_plain"]),
        [["0.400000", "0.200000"], ["0.060000", "0.060000"]]
    );
}

#[test]
fn a_building_of_no_storey_is_one_that_nobody_counted_in_any_format() {
    let folder = faults("whole/H");
    for buildings in ["H_buildings.shp", "H_buildings.parquet"] {
        let layers = ["--parcels", "H_parcels.parquet", "--buildings", buildings];
        let results = scan(&folder, &layers);
        let columns = ["footprint_m2", "floor_area_m2", "plot_ratio"];
        assert_eq!(
            results.parcels(&columns),
            [["2500.00", "", ""]],
            "{buildings}"
        );
    }
}

#[test]
fn a_limit_with_a_comma_before_decimals_is_read_where_its_column_shows_it() {
    let plan = |max: &str| {
        let square = "\"POLYGON ((636990 3165690,637210 3165690,637210 3165810,636990 3165810,636990 3165690))\"";
        let folder = super::folder(&[
            ("parcels.csv", &plain()),
            ("buildings.csv", &buildings(";DSCS", ";3", ";4")),
            ("plan.csv", &format!("WKT;DKBH;RJLSX\n{square};P;{max}\n")),
        ]);
        let layers = ["--parcels", "parcels.csv", "--buildings", "buildings.csv"];
        let more = ["--plan", "plan.csv", "--crs", "EPSG:4549"];
        let results = scan(folder.path(), &[layers, more].concat());
        let rows = results.rows("findings.csv");
        let within = rows
            .iter()
            .filter(|row| row["rule"] == "plot-ratio-within-plan");
        let told = within.map(|row| (row["verdict"].clone(), row["bound"].clone()));
        (
            told.collect::<Vec<_>>(),
            results.defects(&["unreadable_limit"]).len(),
        )
    };
    let (point, wrong) = plan("0.5");
    assert_eq!(wrong, 0);
    assert_eq!(plan("0,5"), (point.clone(), 0));
    assert_eq!(plan("≤0,5"), (point.clone(), 0));
    assert_eq!(plan("≤０，５"), (point, 0));
}
