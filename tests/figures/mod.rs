//! Every figure is held against another one: what is not believed is not used, and says so.

mod floors;
mod heights;
mod invented;
mod registered;
mod spoilings;
mod spoilt;

use std::path::{Path, PathBuf};

use crate::attributes::{Results, buildings};
use crate::command_line::{plotratio, rows, run, summary};

fn faults(name: &str) -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/faults");
    std::env::var_os("PLOTRATIO_FAULTS")
        .map_or(beside, PathBuf::from)
        .join("data")
        .join(name)
}

/// Scans two layers into a folder, and returns what is printed in English, its words one blank apart.
pub fn scanned(parcels: &Path, buildings: &Path, out: &Path) -> String {
    let [parcels, buildings, out] = [parcels, buildings, out].map(|path| path.to_str().unwrap());
    let mut arguments = vec!["scan", "--parcels", parcels, "--buildings", buildings];
    arguments.extend(["-o", out, "--as-of", "2022-06-01", "--lang", "en"]);
    words(&run(&arguments).stdout, " ")
}

/// What is printed, without the lines it is broken into.
fn words(printed: &[u8], between: &str) -> String {
    let text = str::from_utf8(printed).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(between)
}

/// How many defects of a kind the summary counts, and how grave it says they are.
pub fn counted(out: &Path, kind: &str) -> (u64, String) {
    let summary = summary(out);
    let counts = summary["defects"].as_array().unwrap();
    let found = counts.iter().find(|count| count["kind"] == kind);
    found.map_or((0, String::new()), |count| {
        let severity = count["severity"].as_str().unwrap().to_owned();
        (count["count"].as_u64().unwrap(), severity)
    })
}

#[test]
fn a_registered_area_far_off_its_polygon_gives_way_to_it_and_is_counted() {
    let (home, folder) = (tempfile::tempdir().unwrap(), faults("registered-area"));
    let out = home.path().join("out");
    let said = scanned(&folder.join("u1_p.gpkg"), &folder.join("u1_b.gpkg"), &out);
    for row in rows(&out.join("parcels.csv")) {
        let off = ["P03", "P15", "P16", "P17", "P18", "P19"].contains(&&*row["parcel_id"]);
        assert_eq!(row["area_m2"], "6000.00", "{row:?}");
        assert_eq!(row["area_basis"], if off { "plane" } else { "registered" });
        assert_eq!(row["figures_refused"], if off { "1" } else { "0" });
        assert_eq!(row["plot_ratio"], "1.066667", "{row:?}");
        assert!(row["building_density"].parse::<f64>().unwrap() < 1.0);
    }
    let grave = |count| (count, "grave".to_owned());
    assert_eq!(counted(&out, "area_unbelievable"), grave(6));
    let (_, problems) = said.split_once("the gravest first: ").unwrap();
    assert!(
        problems.starts_with("[grave] parcels area_unbelievable × 6"),
        "{said}"
    );
    let first = problems.split(" [").next().unwrap();
    assert!(
        first.contains("see the unit and the decimal point"),
        "{said}"
    );
}

#[test]
fn a_floor_area_a_hundred_times_too_large_or_in_another_unit_makes_no_plot_ratio() {
    let (home, folder) = (tempfile::tempdir().unwrap(), faults("figure-off"));
    let ratios = |out: &Path| {
        let rows = rows(&out.join("parcels.csv"));
        rows.iter()
            .map(|row| row["plot_ratio"].clone())
            .collect::<Vec<_>>()
    };
    let right = ["0.600000", "0.240000"];
    let parcels = folder.join("parcels.gpkg");
    let scan = |name: &str| {
        let out = home.path().join(name);
        let said = scanned(&parcels, &folder.join(name).with_extension("gpkg"), &out);
        (out, said)
    };
    let (plain, _) = scan("buildings_plain");
    assert_eq!(ratios(&plain), right);
    assert_eq!(counted(&plain, "floor_area_unbelievable").0, 0);

    let (slip, said) = scan("buildings");
    assert_eq!(ratios(&slip), right);
    let buildings = rows(&slip.join("buildings.csv"));
    assert_eq!(buildings[0]["floor_area_source"], "footprint_x_storeys");
    assert_eq!(buildings[0]["figures_refused"], "floor_area");
    assert_eq!(buildings[1]["floor_area_source"], "surveyed");
    assert_eq!(counted(&slip, "floor_area_unbelievable").0, 1);
    assert!(
        said.contains("[grave] buildings floor_area_unbelievable × 1"),
        "{said}"
    );

    let (unit, said) = scan("buildings_v1");
    assert_eq!(ratios(&unit), right);
    assert_eq!(
        rows(&unit.join("buildings.csv"))[0]["floor_area_source"],
        "surveyed"
    );
    assert!(said.contains("`SCJZMJ` is in 万㎡"), "{said}");
}

#[test]
fn an_inspection_counts_the_same_before_a_run() {
    let source = faults("registered-area").join("u1_p.gpkg");
    let output = plotratio()
        .args(["inspect", "--lang", "zh"])
        .arg(&source)
        .output()
        .unwrap();
    let said = words(&output.stdout, "");
    assert!(said.contains("[严重]parcelsarea_unbelievable×6"), "{said}");
    assert!(said.contains("核对登记面积的单位和小数点"), "{said}");
}

#[test]
fn the_count_of_problems_comes_with_what_to_do_in_both_languages() {
    let (home, folder) = (tempfile::tempdir().unwrap(), faults("figure-off"));
    let out = home.path().join("out");
    let layers = [folder.join("parcels.gpkg"), folder.join("buildings.gpkg")];
    scanned(&layers[0], &layers[1], &out);
    let summary = summary(&out);
    let defects = summary["defects"].as_array().unwrap();
    assert!(!defects.is_empty());
    for defect in defects {
        for text in ["zh", "en", "todo_zh", "todo_en", "layer", "action", "first"] {
            assert!(!defect[text].as_str().unwrap().is_empty(), "{defect}");
        }
    }
}

/// Scans two parcels with buildings, of text files.
fn from_text(parcels: &str, buildings: &str, more: &[&str]) -> Results {
    crate::attributes::of_text(parcels, buildings, more)
}

/// The counts of one severity in the summary: layer, kind, number.
fn counts(results: &Results, severity: &str) -> Vec<String> {
    let summary = results.summary();
    let counts = summary["defects"].as_array().unwrap();
    let of = counts.iter().filter(|count| count["severity"] == severity);
    of.map(|count| {
        let [layer, kind] = ["layer", "kind"].map(|name| count[name].as_str().unwrap());
        format!("{layer} {kind} {}", count["count"])
    })
    .collect()
}

/// Four buildings, of 2,000, 600, 2,000 and 600 m²; the last two stand on no parcel.
fn four(names: &str, more: [&str; 4]) -> String {
    let [a, b, c, d] = more;
    let here = buildings(names, a, b);
    let there = buildings("", c, d)
        .replace("6370", "6470")
        .replace("6371", "6471");
    let there = there
        .lines()
        .skip(1)
        .map(|row| row.replace(";a;A", ";c;C").replace(";b;B", ";d;D"));
    format!("{here}{}\n", there.collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_gravest_come_first_and_then_those_of_which_there_are_most() {
    let names = ";DSCS;SCJZMJ;JZWGD";
    let buildings = four(
        names,
        [";3;600000;10", ";4;2400;2", ";3;6000;10", ";4;2400;14"],
    );
    let results = from_text(
        &crate::attributes::parcels(";ZDMJ", ";9500", ";10300"),
        &buildings,
        &[],
    );
    let summary = results.summary();
    let counts = summary["defects"].as_array().unwrap();
    let told: Vec<String> = counts
        .iter()
        .map(|of| {
            format!(
                "{} {}",
                of["severity"].as_str().unwrap(),
                of["kind"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "grave floor_area_unbelievable",
            "grave height_unbelievable",
            "slight area_difference",
            "slight no_parcel",
        ]
    );
}
