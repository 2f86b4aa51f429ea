//! What was set aside shows at every figure that it could change.

use super::{BUILDING, PARCEL, TWO, city, fault, files, scanned};
use crate::command_line::plotratio;

const FIGURES: &str = "footprint_m2 floor_area_m2 plot_ratio building_density building_count";

#[test]
fn a_building_without_geometry_leaves_its_parcel_unknown_with_a_lower_bound() {
    let scan = scanned(&[
        ("--parcels", &fault("left-out-building/q2_parcels.geojson")),
        (
            "--buildings",
            &fault("left-out-building/q2_buildings.geojson"),
        ),
    ]);
    assert_eq!(scan.parcel("P03", FIGURES), "? ? ? ? ?");
    assert_eq!(
        scan.parcel(
            "P03",
            "floor_area_at_least_m2 plot_ratio_at_least buildings_left_out"
        ),
        "15000.00 1.487817 1"
    );
    assert_eq!(
        scan.parcel("P02", "floor_area_m2 plot_ratio buildings_left_out"),
        "15000.00 1.487818 0"
    );
    let idle = scan.rows("idle.csv");
    assert!(idle.iter().all(|row| row["state"] != "suspected_idle"));
    let totals = &scan.summary()["totals"]["buildings"];
    assert_eq!(totals["buildings_left_out"], 1);
    assert_eq!(totals["floor_area_at_least_m2"], 180_000.0);
    assert!(scan.stdout.contains("1 parcels unknown"));
    assert_eq!(scan.defects("left_out_building"), 1);
}

#[test]
fn collapsed_rings_and_lines_leave_their_parcels_unknown() {
    let scan = scanned(&[
        ("--parcels", &fault("left-out-building/q1_parcels.geojson")),
        (
            "--buildings",
            &fault("left-out-building/q1_buildings.geojson"),
        ),
    ]);
    for parcel in ["P00", "P01", "P02", "P03"] {
        assert_eq!(scan.parcel(parcel, FIGURES), "? ? ? ? ?", "{parcel}");
        assert_eq!(
            scan.parcel(parcel, "floor_area_at_least_m2 buildings_left_out"),
            "302.46 1"
        );
    }
    assert_eq!(
        scan.parcel("P04", "floor_area_m2 buildings_left_out"),
        "302.46 0"
    );
}

#[test]
fn a_total_of_floor_area_is_unknown_where_all_storeys_are() {
    let scan = scanned(&[
        ("--parcels", &fault("left-out-building/q2_parcels.geojson")),
        ("--buildings", &fault("storeys-unknown/f0_b.geojson")),
    ]);
    let totals = &scan.summary()["totals"]["buildings"];
    assert!(totals["floor_area_m2"].is_null() && totals["far_floor_area_m2"].is_null());
    assert_eq!(totals["floor_area_unknown_parcels"], 11);
    assert!(
        !scan
            .stdout
            .lines()
            .any(|line| line.starts_with(" floor area") && line.contains("0.00"))
    );
    assert_eq!(scan.parcel("P00", "floor_area_m2 plot_ratio"), "? ?");
}

/// Variant: no key; the corner that is no number hides the shape, the others show the place.
#[test]
fn an_outline_that_cannot_be_used_tells_the_parcel_without_a_key() {
    let bad = "POLYGON((637110 3165710,637140 3165710,637140 3165710,637110 3165710))";
    let scan = city(&[
        ("--parcels", PARCEL, TWO),
        (
            "--buildings",
            BUILDING,
            &[("b1,,3,", "10,10,50,60"), ("b2,,2,", bad)],
        ),
    ]);
    let columns = "floor_area_m2 plot_ratio buildings_left_out";
    assert_eq!(
        scan.parcel("331002001001GB00001", columns),
        "6000.00 0.600000 0"
    );
    assert_eq!(scan.parcel("331002001001GB00002", columns), "? ? 1");
}

/// Variant: the key is a 不动产单元号 in small letters; the floor area decides a limit that the rest does not reach.
#[test]
fn a_lower_bound_decides_what_it_can() {
    let unit = "331002001001gb00001F00010001";
    let left_out = format!("b2,{unit},,9000");
    let scan = city(&[
        (
            "--parcels",
            "ZDDM,YDYHFLDM,plot_ratio_min,plot_ratio_max",
            &[
                ("331002001001GB00001,1001,0.5,2.0", "0,0,100,100"),
                ("331002001001GB00002,1001,0.5,2.0", "100,0,200,100"),
            ],
        ),
        (
            "--buildings",
            BUILDING,
            &[
                ("b1,331002001001GB00002,3,", "110,10,150,60"),
                (&left_out, "-"),
            ],
        ),
    ]);
    assert_eq!(
        scan.parcel("331002001001GB00001", "plot_ratio plot_ratio_at_least"),
        "? 0.900000"
    );
    // at least 0.9 meets the least of 0.5, and says nothing of the most of 2.0
    let findings = scan.rows("findings.csv");
    let of = |rule: &str| {
        let row = findings
            .iter()
            .find(|row| row["rule"] == rule && row["subject_id"] == "331002001001GB00001");
        row.unwrap()["verdict"].clone()
    };
    assert_eq!(of("plot-ratio-within-plan"), "unknown");
}

/// Variant: a split of the parcel. What was lost may stand in either lot, under way, and across the line.
#[test]
fn a_split_of_a_parcel_with_a_lost_building_is_no_pass() {
    let header = "ZRZH,ZDDM,DSCS,JGRQ,GHYT";
    let known = [
        ("b1,331002001001GB00001,2,2010-01-01,21", "10,10,40,60"),
        ("b2,331002001001GB00001,2,2010-01-01,21", "60,10,90,60"),
    ];
    let lost = ("b3,331002001001GB00001,3,2010-01-01,21", "-");
    let verdicts = |buildings: &[(&str, &str)]| {
        let (folder, sources) = files(&[
            ("--parcels", PARCEL, TWO),
            ("--buildings", header, buildings),
        ]);
        let path = |name: &str| folder.path().join(name);
        let line = "id,WKT\n1,\"LINESTRING(637050 3165690,637050 3165810)\"\n";
        std::fs::write(path("cut.csv"), line).unwrap();
        let of = |option: &str| &sources.iter().find(|(name, _)| *name == option).unwrap().1;
        let city = format!(
            "crs = \"EPSG:4549\"\nlayer_crs = [\"parcels=EPSG:4549\", \"buildings=EPSG:4549\"]\nparcels = {:?}\nbuildings = {:?}\n",
            of("--parcels"),
            of("--buildings")
        );
        std::fs::write(path("city.toml"), city).unwrap();
        let check = "kind = \"split\"\nas_of = 2022-06-01\nparcel = \"331002001001GB00001\"\ncut_lines = \"cut.csv\"\n\
             rules = [\"split-completed\", \"split-whole-buildings\", \"split-supporting-facilities\"]\n";
        std::fs::write(path("split.toml"), check).unwrap();
        let mut command = plotratio();
        command.args(["check", "--json", "--city"]);
        let output = command
            .args([path("city.toml"), path("split.toml")])
            .output();
        let said: serde_json::Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
        let findings = said["findings"].as_array().unwrap().iter();
        let verdict = |finding: &serde_json::Value| finding["verdict"].as_str().unwrap().to_owned();
        findings.map(verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&known), ["pass", "pass", "pass"]);
    let [one, other] = known;
    assert_eq!(
        verdicts(&[one, other, lost]),
        ["unknown", "unknown", "pass"],
        "production buildings stand in both lots"
    );
    let cut = ("b4,331002001001GB00001,2,2010-01-01,21", "45,62,55,70");
    let verdicts = verdicts(&[one, other, lost, cut]);
    assert_eq!(verdicts[1], "fail", "one that is known to be cut is enough");
}

/// Variant: a road that is lost is not offered as land, and a parcel that is lost shows at those beside it.
#[test]
fn land_of_a_lost_road_or_parcel_is_not_offered() {
    let bad_road = "POLYGON((637000 3165800,637200 3165800,637200 3165800,637000 3165800))";
    let boundary: &[(&str, &str)] = &[("x", "0,0,200,130")];
    let good: &[(&str, &str)] = &[("road", "0,100,200,130")];
    let layers = |obstacles| {
        city(&[
            ("--parcels", PARCEL, TWO),
            ("--boundary", "id", boundary),
            ("--obstacles", "kind", obstacles),
        ])
    };
    assert!(layers(good).rows("scattered.csv").is_empty());
    let lost = layers(&[("road", bad_road)]);
    assert!(lost.rows("scattered.csv").is_empty());
    let notes = lost.summary()["notes"].to_string();
    assert!(notes.contains("may be the land of features that were left out"));
    let open = city(&[("--parcels", PARCEL, TWO), ("--boundary", "id", boundary)]);
    assert_eq!(open.rows("scattered.csv").len(), 1);
    let bad_parcel = "POLYGON((637200 3165700,637300 3165750,637200 3165700,637200 3165700))";
    let scan = city(&[(
        "--parcels",
        PARCEL,
        &[TWO[0], TWO[1], ("C,1001", bad_parcel)],
    )]);
    assert_eq!(
        scan.parcel("331002001001GB00001", "neighbours_left_out"),
        "0"
    );
    assert_eq!(
        scan.parcel("331002001001GB00002", "neighbours_left_out"),
        "1"
    );
}
