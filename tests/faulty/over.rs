//! Parcels given more than once, in pieces, or over each other are counted once where that is proven.

use super::{BUILDING, PARCEL, Scanned, TWO, attempt, borrowed, city, files, scanned};
use crate::command_line::stderr;

const A: &str = "331002001001GB00001";
const FIGURES: &str = "floor_area_m2 plot_ratio plot_ratio_at_least plot_ratio_at_most";

const HALL: &[(&str, &str)] = &[("b1,,3,", "10,10,50,60")];

/// The same row twice is two rows, one parcel in every total.
#[test]
fn a_row_that_repeats_a_parcel_is_in_no_total() {
    let scan = city(&[
        ("--parcels", PARCEL, &[TWO[0], TWO[1], TWO[0]]),
        ("--buildings", BUILDING, HALL),
    ]);
    let totals = &scan.summary()["totals"];
    assert_eq!(totals["parcels"], 3);
    assert_eq!(totals["parcels_repeated"], 1);
    assert_eq!(totals["area_m2"], 20_000.0);
    assert_eq!(totals["land_twice_m2"], 10_000.0);
    assert_eq!(totals["buildings"]["floor_area_m2"], 6_000.0);
    assert_eq!(
        scan.parcel(A, "floor_area_m2 plot_ratio"),
        "6000.00 0.600000"
    );
    assert!(scan.stdout.contains("10000.00 / 1"));
    let repeats: Vec<String> = scan
        .rows("parcels.csv")
        .iter()
        .map(|row| row["repeats_row"].clone())
        .collect();
    assert_eq!(repeats, ["", "0", ""]);
    for parcel in [A, "331002001001GB00002"] {
        assert_eq!(scan.parcel(parcel, "neighbour_count"), "1", "{parcel}");
    }
    assert_eq!(scan.defects("across_line"), 0);
    assert_eq!(scan.defects("on_overlapping_parcels"), 0);
}

/// Two parcels of one place: the building may be of either, and neither figure is made up.
#[test]
fn a_building_on_two_parcels_over_each_other_is_of_either() {
    let scan = city(&[
        (
            "--parcels",
            PARCEL,
            &[TWO[0], TWO[1], ("331002001001GB00009,1001", "0,0,100,100")],
        ),
        ("--buildings", BUILDING, HALL),
    ]);
    for parcel in [A, "331002001001GB00009"] {
        assert_eq!(
            scan.parcel(parcel, FIGURES),
            "? ? 0.000000 0.600000",
            "{parcel}"
        );
    }
    assert_eq!(scan.parcel(A, "building_density"), "?");
    assert_eq!(scan.defects("parcels_over_each_other"), 2);
    assert_eq!(scan.summary()["totals"]["land_twice_m2"], 10_000.0);
}

/// The key of the building, or the mark of land below ground, says whose it is.
#[test]
fn a_key_or_the_mark_of_land_below_ground_tells_whose_a_building_is() {
    let strata = |other: &str, key: &str| {
        let parcel = format!("{other},1001");
        let building = format!("b1,{key},3,");
        city(&[
            (
                "--parcels",
                PARCEL,
                &[TWO[0], TWO[1], (&parcel, "0,0,100,100")],
            ),
            ("--buildings", BUILDING, &[(&building, "10,10,50,60")]),
        ])
    };
    for (other, key) in [
        ("331002001001GB00009", A),
        ("331002001001GX00009", ""),
        ("331002001001GS00009", A),
    ] {
        let scan = strata(other, key);
        assert_eq!(
            scan.parcel(A, "floor_area_m2 plot_ratio building_density"),
            "6000.00 0.600000 0.200000",
            "{other}"
        );
        assert_eq!(
            scan.parcel(other, "floor_area_m2 building_density building_count"),
            "0.00 0.000000 0",
            "{other}"
        );
    }
}

/// Pieces of one parcel that each carry its whole area are taken at that of their polygons.
#[test]
fn pieces_with_the_area_of_the_whole_are_taken_at_their_own() {
    let scan = city(&[
        (
            "--parcels",
            "ZDDM,YDYHFLDM,ZDMJ",
            &[
                ("331002001001GB00001,1001,20000", "0,0,100,100"),
                ("331002001001GB00001,1001,20000", "150,0,250,100"),
                ("331002001001GB00002,1001,10000", "300,0,400,100"),
                ("331002001001GB00003,1001,10000", "450,0,550,100"),
            ],
        ),
        ("--buildings", BUILDING, HALL),
    ]);
    let rows = scan.rows("parcels.csv");
    let ratios: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["area_basis"].as_str(), row["plot_ratio"].as_str()))
        .collect();
    assert_eq!(
        ratios,
        [
            ("plane", "0.600000"),
            ("plane", "0.000000"),
            ("registered", "0.000000"),
            ("registered", "0.000000")
        ]
    );
    assert_eq!(scan.defects("whole_area_on_pieces"), 2);
    assert_eq!(scan.summary()["totals"]["area_m2"], 40_000.0);
}

/// A table of contracts that names a parcel given twice means that parcel; the survey lists it once.
#[test]
fn a_parcel_given_twice_is_one_in_tables_and_in_the_survey() {
    let folder = tempfile::tempdir().unwrap();
    let contracts = folder.path().join("contracts.csv");
    std::fs::write(
        &contracts,
        format!("合同编号,宗地代码,约定开工日期\nC1,{A},2022-01-01\n"),
    )
    .unwrap();
    let (files, mut sources) = files(&[
        ("--parcels", PARCEL, &[TWO[0], TWO[1], TWO[0]]),
        ("--buildings", BUILDING, HALL),
    ]);
    sources.push(("--contracts".into(), contracts.display().to_string()));
    let scan = scanned(&borrowed(&sources));
    drop(files);
    assert_eq!(scan.defects("ambiguous_parcel"), 0);
    let listed = scan.rows("idle.csv");
    assert_eq!(listed.iter().filter(|row| row["parcel_id"] == A).count(), 1);
    assert_eq!(scan.summary()["survey"]["parcels"], 2);
}

/// Versions of one parcel that differ count once, and the totals lie between them.
#[test]
fn versions_of_a_parcel_count_once_and_lie_between() {
    let scan = city(&[
        (
            "--parcels",
            PARCEL,
            &[TWO[0], TWO[1], ("331002001001gb00001,1001", "0,0,100,102")],
        ),
        ("--buildings", BUILDING, HALL),
    ]);
    let totals = &scan.summary()["totals"];
    assert_eq!(totals["area_m2"], serde_json::Value::Null);
    assert_eq!(totals["area_at_least_m2"], 20_000.0);
    assert_eq!(totals["area_at_most_m2"], 20_200.0);
    assert_eq!(totals["buildings"]["floor_area_m2"], 6_000.0);
    assert_eq!(scan.defects("parcels_over_each_other"), 1);
    assert!(scan.stdout.contains("between 20000.00 and 20200.00"));
}

/// Parcels that share a strip only: what stands on it is either's, the rest of the building is not in doubt.
#[test]
fn only_the_part_on_land_of_both_is_in_doubt() {
    let parcels = [
        ("331002001001GB00001,1001", "0,0,100,100"),
        ("331002001001GB00002,1001", "60,0,160,100"),
    ];
    let scan = |key: &str| {
        let hall = format!("b1,{key},3,");
        city(&[
            ("--parcels", PARCEL, &parcels),
            ("--buildings", BUILDING, &[(&hall, "30,10,80,50")]),
        ])
    };
    // 30 m × 40 m on the first alone, 20 m × 40 m on both
    let either = scan("");
    let figures = "floor_area_m2 floor_area_at_least_m2 floor_area_at_most_m2 building_density \
                   building_density_at_least building_density_at_most building_count";
    assert_eq!(
        either.parcel(A, figures),
        "? 3600.00 6000.00 ? 0.120000 0.200000 ?"
    );
    assert_eq!(
        either.parcel("331002001001GB00002", figures),
        "? 0.00 2400.00 ? 0.000000 0.080000 ?"
    );
    let totals = &either.summary()["totals"];
    assert_eq!(totals["land_twice_m2"], 4_000.0);
    assert_eq!(totals["buildings"]["floor_area_at_least_m2"], 6_000.0);
    let named = scan(A);
    assert_eq!(
        named.parcel(A, "floor_area_m2 building_density"),
        "6000.00 0.200000"
    );
    assert_eq!(
        named.parcel("331002001001GB00002", "floor_area_m2 building_density"),
        "0.00 0.000000"
    );
}

/// Land over which another parcel lies, with a building of that one, is not idle for want of one of its own.
#[test]
fn land_below_what_stands_on_another_parcel_is_not_suspected() {
    let scan = city(&[
        (
            "--parcels",
            PARCEL,
            &[TWO[0], TWO[1], ("331002001001GB00009,1001", "0,0,100,100")],
        ),
        (
            "--buildings",
            BUILDING,
            &[("331002001001GB00001F0001,,3,", "10,10,50,60")],
        ),
    ]);
    assert_eq!(scan.parcel(A, "floor_area_m2"), "6000.00");
    let listed = scan.rows("idle.csv");
    let states: Vec<(&str, &str)> = listed
        .iter()
        .map(|row| (&row["parcel_id"][14..], row["state"].as_str()))
        .collect();
    assert_eq!(states, [("00002", "suspected_idle"), ("00009", "unknown")]);
}

/// Variant: a reading that gives a building to one parcel makes no empty land of the other.
#[test]
fn land_of_a_building_that_a_reading_gives_away_is_not_suspected() {
    let (_files, sources) = files(&[
        (
            "--parcels",
            PARCEL,
            &[TWO[0], TWO[1], ("331002001001GB00009,1001", "0,0,100,100")],
        ),
        (
            "--buildings",
            BUILDING,
            &[("b1,331002001001GB00009,3,", "10,10,50,60")],
        ),
    ]);
    for reading in ["key", "largest"] {
        let reading = format!("building_assignment={reading}");
        let (output, folder) = attempt(&borrowed(&sources), &["--reading", &reading]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let stdout = String::from_utf8(output.stdout).unwrap();
        let scan = Scanned { folder, stdout };
        assert_eq!(
            scan.parcel("331002001001GB00009", "floor_area_m2"),
            "6000.00"
        );
        let listed = scan.rows("idle.csv");
        let of_a = listed.iter().find(|row| row["parcel_id"] == A).unwrap();
        assert_eq!(of_a["state"], "unknown", "{reading}");
    }
}

/// Only one of the pieces carries the area of all of them.
#[test]
fn the_area_of_all_pieces_on_one_of_them_is_not_its_own() {
    let scan = city(&[(
        "--parcels",
        "ZDDM,YDYHFLDM,ZDMJ",
        &[
            ("331002001001GB00001,1001,20000", "0,0,100,100"),
            ("331002001001GB00001,1001,", "150,0,250,100"),
            ("331002001001GB00002,1001,10000", "300,0,400,100"),
            ("331002001001GB00003,1001,10000", "450,0,550,100"),
        ],
    )]);
    assert_eq!(scan.summary()["totals"]["area_m2"], 40_000.0);
    assert_eq!(scan.defects("whole_area_on_pieces"), 2);
}
