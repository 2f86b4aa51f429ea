//! Keys meet however they are written, and those that meet nothing or contradict their place are counted.

use super::{BUILDING, PARCEL, TWO, city, fault, files, refused, scanned};
use crate::command_line::{plotratio, stderr};

const FIGURES: &str = "floor_area_m2 plot_ratio";
const A: &str = "331002001001GB00001";
const B: &str = "331002001001GB00002";

fn with_storeys(storeys: &str) -> super::Scanned {
    scanned(&[
        ("--parcels", &fault("base/parcels.gpkg")),
        ("--buildings", &fault("keys/buildings_v1.gpkg")),
        ("--storeys", &fault(&format!("keys/{storeys}.csv"))),
    ])
}

#[test]
fn storeys_meet_their_buildings_though_a_column_of_numbers_wrote_the_key() {
    for storeys in ["storeys_int", "storeys_float"] {
        let scan = with_storeys(storeys);
        assert_eq!(scan.parcel(A, FIGURES), "4000.00 0.400000", "{storeys}");
        assert_eq!(scan.parcel(B, FIGURES), "600.00 0.060000", "{storeys}");
        let keys = &scan.summary()["keys"]["storeys"];
        assert_eq!(
            (&keys["matched"], &keys["unmatched"]),
            (&3.into(), &0.into())
        );
    }
}

#[test]
fn storeys_that_meet_nothing_are_counted() {
    let scan = with_storeys("storeys_nobody");
    let keys = &scan.summary()["keys"]["storeys"];
    assert_eq!(
        (&keys["matched"], &keys["unmatched"]),
        (&0.into(), &2.into())
    );
    assert!(scan.stdout.contains("keys of storeys"));
    assert_eq!(scan.defects("no_building"), 1);
}

/// A case names its parcel as people write it.
#[test]
fn a_case_finds_its_parcel_however_its_id_is_written() {
    let (folder, sources) = files(&[
        ("--parcels", PARCEL, TWO),
        ("--buildings", BUILDING, &[("b1,,3,", "10,10,50,60")]),
    ]);
    let layers: Vec<String> = sources
        .iter()
        .filter(|(option, _)| option != "--layer-crs")
        .map(|(option, source)| format!("{} = {source:?}\n", option.trim_start_matches('-')))
        .collect();
    let crs = "[layer_crs]\nparcels = \"EPSG:4549\"\nbuildings = \"EPSG:4549\"\n";
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let city = write("city.toml", &format!("{}{crs}", layers.concat()));
    let check = |id: &str| {
        let case = format!(
            "kind = \"parcel\"\nparcel = \"{id}\"\nas_of = 2022-06-01\nrules = [\"plot-ratio-within-plan\"]\n\
             [plan]\nplot_ratio_max = 1.0\n"
        );
        let case = write("case.toml", &case);
        let mut command = plotratio();
        command.env("LC_ALL", "C.UTF-8");
        command.args(["check", &case, "--city", &city, "--json"]);
        command.output().unwrap()
    };
    for id in [
        A,
        "331002001001gb00001",
        " 331002 001001 GB00001 ",
        "３３１００２００１００１ＧＢ００００１",
        "331002001001GB00001W00000000",
    ] {
        let output = check(id);
        let said = String::from_utf8(output.stdout.clone()).unwrap();
        assert_eq!(output.status.code(), Some(0), "{id}: {}", stderr(&output));
        assert!(said.contains("\"value\":0.6,"), "{id}: {said}");
    }
    let lost = check("331002001001GB00003");
    assert!(stderr(&lost).contains("no parcel"), "{}", stderr(&lost));
}

/// Variant: a row without a key, and one of a unit in a building.
#[test]
fn storeys_without_a_key_are_counted() {
    let scan = city(&[
        ("--parcels", PARCEL, TWO),
        (
            "--buildings",
            BUILDING,
            &[("331002001001GB00001F0001,,3,", "10,10,50,60")],
        ),
        (
            "--storeys",
            "ZRZH,SJC,CJZMJ",
            &[
                ("331002001001gb00001F00010002,1,1000", ""),
                (",2,1000", ""),
                (" ,3,1000", ""),
            ],
        ),
    ]);
    assert_eq!(scan.parcel(A, FIGURES), "1000.00 0.100000");
    let keys = &scan.summary()["keys"]["storeys"];
    assert_eq!(
        (&keys["matched"], &keys["without_key"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn parcel_keys_of_buildings_that_meet_nothing_are_counted() {
    let scan = scanned(&[
        ("--parcels", &fault("base/parcels.gpkg")),
        ("--buildings", &fault("keys/buildings_textfloatkey.gpkg")),
    ]);
    assert_eq!(scan.parcel(A, FIGURES), "6000.00 0.600000");
    let keys = &scan.summary()["keys"]["buildings"];
    assert_eq!(
        (&keys["matched"], &keys["unmatched"]),
        (&0.into(), &2.into())
    );
}

/// Variant: full-width, small letters, blanks, a unit of the building; a row of another district.
#[test]
fn storeys_meet_their_buildings_in_any_writing() {
    let scan = city(&[
        ("--parcels", PARCEL, TWO),
        (
            "--buildings",
            BUILDING,
            &[
                (
                    "331002001001GB00001F0001,331002001001GB00001W00000000,3,",
                    "10,10,50,60",
                ),
                ("Ｂ２,331002 001001 gb00002,4,", "120,20,140,50"),
            ],
        ),
        (
            "--storeys",
            "ZRZH,SJC,CJZMJ,X",
            &[
                ("331002001001gb00001f00010001,1,2000,", "-"),
                (" 331002001001GB00001F0001,2,2000,", "-"),
                ("b2,1,600,", "-"),
                ("331003001001GB00001F0001,1,9000,", "-"),
            ],
        ),
    ]);
    assert_eq!(scan.parcel(A, FIGURES), "4000.00 0.400000");
    assert_eq!(scan.parcel(B, FIGURES), "600.00 0.060000");
    let keys = &scan.summary()["keys"];
    assert_eq!(keys["storeys"]["matched"], 3);
    assert_eq!(keys["storeys"]["unmatched"], 1);
    assert_eq!(keys["buildings"]["matched"], 2);
    let rows = scan.rows("buildings.csv");
    assert!(rows.iter().all(|row| row["assigned"] == "key"));
}

/// Variant: 幢号 that begin anew on every parcel name no building of the city.
#[test]
fn storeys_of_a_number_that_several_buildings_bear_are_joined_to_none() {
    let scan = city(&[
        ("--parcels", PARCEL, TWO),
        (
            "--buildings",
            "ZRZH,ZDDM,DSCS",
            &[
                ("1,331002001001GB00001,", "10,10,50,60"),
                ("1,331002001001GB00002,", "120,20,140,50"),
            ],
        ),
        (
            "--storeys",
            "ZRZH,SJC,CJZMJ",
            &[("1,1,2000", "-"), ("1,1,600", "-")],
        ),
    ]);
    assert_eq!(scan.parcel(A, FIGURES), "? ?");
    assert_eq!(scan.summary()["keys"]["storeys"]["ambiguous"], 2);
    assert_eq!(scan.defects("ambiguous_building"), 1);
}

/// Variant: pieces of one building share its storeys by their ground.
#[test]
fn pieces_of_one_building_share_its_storeys() {
    let scan = city(&[
        ("--parcels", PARCEL, TWO),
        (
            "--buildings",
            "ZRZH,ZDDM,DSCS",
            &[
                ("1,331002001001GB00001,", "10,10,50,60"),
                ("1,331002001001GB00001,", "60,10,90,60"),
            ],
        ),
        (
            "--storeys",
            "ZRZH,SJC,CJZMJ",
            &[("1,1,3000", "-"), ("1,2,3000", "-")],
        ),
    ]);
    assert_eq!(scan.parcel(A, FIGURES), "6000.00 0.600000");
    assert_eq!(scan.summary()["keys"]["storeys"]["matched"], 2);
}

#[test]
fn buildings_that_stand_on_no_parcel_are_refused_with_the_likely_cause() {
    let named = |shift: &str| {
        let (a, b) = match shift {
            "zone" => ("293010,-10,293050,40", "293120,0,293140,30"),
            _ => ("475,-260,515,-210", "585,-250,605,-220"),
        };
        let a_row = format!("b1,{A},3,");
        let b_row = format!("b2,{B},4,");
        refused(&[
            ("--parcels", PARCEL, TWO),
            ("--buildings", BUILDING, &[(&a_row, a), (&b_row, b)]),
        ])
    };
    let said = named("zone");
    assert!(
        said.contains("none of the 2 buildings") && said.contains("another zone"),
        "{said}"
    );
    let said = named("gcj");
    assert!(
        said.contains("GCJ-02") && said.contains("--force"),
        "{said}"
    );
}

/// Buildings a parcel further east: they stand on parcels, and never on the one that they name.
#[test]
fn buildings_whose_keys_contradict_their_place_everywhere_are_refused() {
    let said = refused(&[
        (
            "--parcels",
            PARCEL,
            &[
                TWO[0],
                TWO[1],
                ("331002001001GB00003,1001", "200,0,300,100"),
            ],
        ),
        (
            "--buildings",
            BUILDING,
            &[
                ("b1,331002001001GB00001,3,", "110,10,150,60"),
                ("b2,331002001001GB00002,4,", "220,20,240,50"),
            ],
        ),
    ]);
    assert!(
        said.contains("2 of 2 buildings do not stand on the parcel that their record names"),
        "{said}"
    );
    assert!(said.contains(" m east"), "{said}");
}

/// Most buildings stand in the streets between the parcels.
#[test]
fn buildings_beside_and_between_the_parcels_are_refused() {
    let parcels: Vec<(String, String)> = (0..5)
        .map(|at| {
            (
                format!("P{at},1001"),
                format!("{},0,{},40", 60 * at, 60 * at + 40),
            )
        })
        .collect();
    let buildings: Vec<(String, String)> = (0..5)
        .map(|at| {
            let west = if at == 0 { 10 } else { 60 * at + 42 };
            (format!("b{at},,3,"), format!("{west},10,{},20", west + 10))
        })
        .collect();
    let refs = |rows: &[(String, String)]| -> Vec<(String, String)> { rows.to_vec() };
    let (parcels, buildings) = (refs(&parcels), refs(&buildings));
    let parcels: Vec<(&str, &str)> = parcels
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let buildings: Vec<(&str, &str)> = buildings
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let said = refused(&[
        ("--parcels", PARCEL, &parcels),
        ("--buildings", BUILDING, &buildings),
    ]);
    assert!(
        said.contains("4 of the 5 buildings on, beside and between the parcels"),
        "{said}"
    );
}

/// A district out of a city: most buildings lie far from it.
#[test]
fn buildings_of_a_wider_area_are_only_counted() {
    let far: Vec<(String, String)> = (0..20)
        .map(|at| {
            let west = 1000 + 50 * at;
            (
                format!("f{at},331003001001GB00001,3,"),
                format!("{west},900,{},940", west + 30),
            )
        })
        .collect();
    let mut buildings: Vec<(&str, &str)> =
        far.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    buildings.push(("b1,331002001001GB00001,3,", "10,10,50,60"));
    let scan = city(&[
        ("--parcels", PARCEL, TWO),
        ("--buildings", BUILDING, &buildings),
    ]);
    assert_eq!(scan.parcel(A, FIGURES), "6000.00 0.600000");
    let keys = &scan.summary()["keys"]["buildings"];
    assert_eq!(
        (&keys["matched"], &keys["unmatched"]),
        (&1.into(), &20.into())
    );
    assert_eq!(scan.defects("no_parcel"), 20);
}
