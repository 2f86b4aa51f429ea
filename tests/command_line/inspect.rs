//! `inspect`: columns that no dictionary knows are suggested by what they hold, and become a city file that runs.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{refused, rows, run};

/// Squares of 0.001° in a row, each with its properties.
fn layer(file: &Path, inset: f64, properties: &[Value]) {
    let features: Vec<Value> = properties
        .iter()
        .zip(0..)
        .map(|(properties, at)| {
            let west = 121.4 + 0.001 * f64::from(at) + inset;
            let (east, south) = (west + 0.001 - 2.0 * inset, 28.6 + inset);
            let north = south + 0.001 - 2.0 * inset;
            json!({"type": "Feature", "properties": properties, "geometry": {"type": "Polygon",
                "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}})
        })
        .collect();
    let map = json!({"type": "FeatureCollection", "features": features});
    fs::write(file, map.to_string()).unwrap();
}

fn raw_city(folder: &Path) -> [String; 2] {
    let parcel = |number: u32, owner: &str, area: f64| json!({"自编号": format!("GY-{number:03}"), "谁的": owner, "地多大": area, "备注": "无"});
    let parcels = [
        parcel(1, "台州甲机械有限公司", 10_840.5),
        parcel(2, "台州乙电器有限公司", 10_850.0),
        parcel(3, "路桥丙模具厂", 10_900.0),
    ];
    let building = |number: u32, storeys: u32, area: f64| json!({"楼栋号": format!("{number}"), "几层楼": storeys, "楼面": area, "电话": "0576"});
    let buildings = [
        building(1, 3, 11_700.0),
        building(2, 1, 3900.0),
        building(3, 5, 19_500.0),
    ];
    let [of_parcels, of_buildings] =
        ["parcels.geojson", "buildings.geojson"].map(|name| folder.join(name));
    layer(&of_parcels, 0.0, &parcels);
    layer(&of_buildings, 0.0002, &buildings);
    [of_parcels, of_buildings].map(|path| path.display().to_string())
}

const SUGGESTED: [&str; 6] = [
    "--map parcels.id=自编号",
    "--map parcels.area_registered=地多大",
    "--map parcels.owner=谁的",
    "--map buildings.id=楼栋号",
    "--map buildings.floor_area=楼面",
    "--map buildings.storeys=几层楼",
];

#[test]
fn unknown_columns_are_suggested_by_what_they_hold_and_never_taken() {
    let home = tempfile::tempdir().unwrap();
    let [parcels, buildings] = raw_city(home.path());
    let shown = run(&["inspect", "--parcels", &parcels, "--buildings", &buildings]);
    let text = String::from_utf8(shown.stdout).unwrap();
    for option in SUGGESTED {
        assert!(text.contains(option), "{option}\n{text}");
    }
    assert_eq!(
        text.matches("--map parcels.").count(),
        4,
        "three, and the hint of what is missing: {text}"
    );
    assert!(!text.contains("=备注") && !text.contains("=电话"));
    let out = home.path().join("run").display().to_string();
    run(&[
        "scan",
        "--parcels",
        &parcels,
        "--buildings",
        &buildings,
        "-o",
        &out,
        "--only",
        "measures",
    ]);
    let parcels = rows(&home.path().join("run/parcels.csv"));
    assert!(
        parcels
            .iter()
            .all(|row| row["parcel_id"].is_empty() && row["area_registered_m2"].is_empty())
    );
}

#[test]
fn the_city_file_that_is_written_runs_with_what_was_suggested() {
    let home = tempfile::tempdir().unwrap();
    let [parcels, buildings] = raw_city(home.path());
    let city = home.path().join("city.toml").display().to_string();
    run(&[
        "inspect",
        "--parcels",
        &parcels,
        "--buildings",
        &buildings,
        "--write-city",
        &city,
    ]);
    let text = fs::read_to_string(&city).unwrap();
    assert!(
        text.contains("parcels = \"parcels.geojson\"") && text.contains("请核对"),
        "{text}"
    );
    let out = home.path().join("run").display().to_string();
    run(&["scan", &city, "-o", &out, "--only", "measures"]);
    let parcels = rows(&home.path().join("run/parcels.csv"));
    assert_eq!(parcels.len(), 3);
    assert_eq!(parcels[0]["parcel_id"], "GY-001");
    assert_eq!(parcels[0]["area_registered_m2"], "10840.50");
    assert_eq!(parcels[0]["floor_area_m2"], "11700.00");
    let again = refused(&["inspect", "--parcels", &buildings, "--write-city", &city]);
    assert!(again.contains("city.toml"), "{again}");
    assert_eq!(fs::read_to_string(&city).unwrap(), text, "it is left alone");
}

#[test]
fn a_layer_that_is_not_understood_stops_no_city_file() {
    let home = tempfile::tempdir().unwrap();
    let [parcels, _] = raw_city(home.path());
    let table = home.path().join("企业.csv").display().to_string();
    fs::write(&table, "甲,乙\n1,2\n").unwrap();
    let city = home.path().join("city.toml").display().to_string();
    let given = [
        "inspect",
        "--enterprises",
        &table,
        "--parcels",
        &parcels,
        "--write-city",
        &city,
    ];
    let output = run(&given);
    assert!(super::stderr(&output).contains("企业.csv"));
    let text = fs::read_to_string(&city).unwrap();
    assert!(
        text.contains("\nparcels = ")
            && text.contains("\n# enterprises = \"企业.csv\"\n#  未能认定"),
        "{text}"
    );
    let out = home.path().join("run").display().to_string();
    run(&["scan", &city, "-o", &out]);
    for file in ["parcels.xlsx", "report.html", "city.gpkg"] {
        assert!(Path::new(&out).join(file).exists(), "{file}");
    }
    // nothing understood, nothing written
    let none = home.path().join("none.toml").display().to_string();
    let why = refused(&["inspect", "--enterprises", &table, "--write-city", &none]);
    assert!(
        why.contains("企业.csv") && !Path::new(&none).exists(),
        "{why}"
    );
}

#[test]
fn enterprises_that_meet_no_holder_are_told_why() {
    let home = tempfile::tempdir().unwrap();
    let [parcels, _] = raw_city(home.path());
    let table = home.path().join("企业.csv").display().to_string();
    let text =
        "企业名称,统一社会信用代码,2021年税收（万元）\n台州甲机械有限公司,91331002MA2001000X,10\n";
    fs::write(&table, text).unwrap();
    let told = |name: &str, more: &[&str]| {
        let out = home.path().join(name).display().to_string();
        let given = ["scan", "--parcels", &parcels, "--enterprises", &table];
        let output = run(&[&given[..], &["-o", &out], more].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let without = told("without", &[]);
    assert!(without.contains("宗地也没有读到权利人"), "{without}");
    let with = told("with", &["--map", "宗地.权利人=谁的"]);
    assert!(!with.contains("没有读到权利人"), "{with}");
}

#[test]
fn parcels_and_buildings_that_are_swapped_are_told() {
    let home = tempfile::tempdir().unwrap();
    let [parcels, buildings] = raw_city(home.path());
    let small = ["1", "2", "3"].map(|number| json!({"自然幢号": number}));
    layer(Path::new(&buildings), 0.0003, &small);
    let told = |name: &str, parcels: &str, buildings: &str| {
        let out = home.path().join(name).display().to_string();
        let given = ["--parcels", parcels, "--buildings", buildings];
        let more = ["--only", "measures", "--force", "-o", &out];
        let output = run(&[&["scan"], &given[..], &more].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(told("swapped", &buildings, &parcels).contains("写反了"));
    assert!(!told("right", &parcels, &buildings).contains("写反了"));
}
