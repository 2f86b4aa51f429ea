//! Parts that are missing, there twice, of another lake or still open are refused, and so is what no lake can do.

use std::fs;

use super::Made;
use crate::command_line::{refused, run};

#[test]
fn parts_that_do_not_make_up_the_city_are_refused() {
    let made = Made::of(&["-n", "700"]);
    made.scan_parts("150", "parts");
    made.plan("plan.parquet", "150");
    let gather = |more: &[&str]| {
        let (parts, out) = (made.text("parts"), made.text("refused"));
        refused(&[&["gather", &parts, "-o", &out], more].concat())
    };
    let whole = made.at("parts/pass-1-part-00002");
    fs::rename(&whole, made.at("lost")).unwrap();
    let said = gather(&[]);
    assert!(
        said.contains("rows are in no part") && said.contains("part 2 of pass 1"),
        "{said}"
    );
    fs::rename(made.at("lost"), &whole).unwrap();

    // the parts of another plan own the same rows
    made.plan("other.parquet", "4000");
    made.part("other.parquet", 0, "others");
    let twice = made.at("parts/pass-1-part-09999");
    fs::rename(made.at("others/pass-1-part-00000"), &twice).unwrap();
    let said = gather(&[]);
    assert!(said.contains("is in two parts"), "{said}");
    fs::remove_dir_all(&twice).unwrap();

    // other options
    let (lake, plan) = (made.text("lake"), made.text("plan.parquet"));
    let (which, out) = (format!("{plan}:1"), made.text("parts"));
    run(&[
        "scan",
        &lake,
        "--part",
        &which,
        "-o",
        &out,
        "--tolerance",
        "0.2",
    ]);
    let said = gather(&[]);
    assert!(said.contains("other options"), "{said}");
    made.part("plan.parquet", 1, "parts");
    made.gathers("parts");
    assert!(!made.at("refused").exists());

    // the lake again, of other rows
    let text = fs::read_to_string(made.at("CITY.toml")).unwrap();
    let fewer = text.replace("lineage = 'city/lineage.csv'\n", "");
    assert_ne!(text, fewer);
    fs::write(made.at("CITY.toml"), fewer).unwrap();
    run(&[
        "ingest",
        &made.text("CITY.toml"),
        "-o",
        &lake,
        "--overwrite",
    ]);
    let said = gather(&[]);
    assert!(said.contains("another lake"), "{said}");
    let said = refused(&["scan", &lake, "--part", &which, "-o", &out]);
    assert!(said.contains("another lake"), "{said}");
}

#[test]
fn what_no_lake_can_do_is_said() {
    let made = Made::of(&["-n", "300"]);
    let (lake, out) = (made.text("lake"), made.text("out"));
    let plan = made.text("plan.parquet");
    made.plan("plan.parquet", "100");
    let said = refused(&["scan", &lake, "-o", &out, "--map", "parcels.id=X"]);
    assert!(
        said.contains("`--map`") && said.contains("ingest the city again"),
        "{said}"
    );
    let said = refused(&["scan", &lake, "--part", &format!("{plan}:99"), "-o", &out]);
    assert!(said.contains("no part 99"), "{said}");
    let said = refused(&["scan", &lake, "--part", "plan", "-o", &out]);
    assert!(said.contains("PLAN.parquet:K"), "{said}");
    let said = refused(&[
        "scan",
        &made.text("CITY.toml"),
        "--part-size",
        "9",
        "-o",
        &out,
    ]);
    assert!(said.contains("plotratio ingest"), "{said}");
    let said = refused(&["scan", &made.text("city"), "-o", &out]);
    assert!(said.contains("is no lake"), "{said}");
    let said = refused(&["ingest", &made.text("CITY.toml"), "-o", &lake]);
    assert!(said.contains("is not empty"), "{said}");
    let said = refused(&[
        "ingest",
        &made.text("CITY.toml"),
        "-o",
        &made.text("city"),
        "--overwrite",
    ]);
    assert!(said.contains("not of this program"), "{said}");
    fs::write(made.at("lake/mine.txt"), "").unwrap();
    let said = refused(&[
        "ingest",
        &made.text("CITY.toml"),
        "-o",
        &lake,
        "--overwrite",
    ]);
    assert!(said.contains("`mine.txt`"), "{said}");
    let said = refused(&["gather", &made.text("city"), "-o", &out]);
    assert!(said.contains("holds no part"), "{said}");
    assert!(!made.at("out").exists());
}
