//! One run, a lake, parts of any size: the same bytes.

use std::fs;

use super::Made;
use crate::command_line::run;

#[test]
fn a_lake_and_its_parts_give_the_bytes_of_one_run() {
    let made = Made::of(&["-n", "1500", "--dirty", "0.03", "--industrial", "0.3"]);
    let (lake, whole) = (made.text("lake"), made.text("whole"));
    run(&["scan", &lake, "-o", &whole, "--format", super::FORMATS]);
    made.is_as_one("whole");
    for (size, parts) in [("200", "a"), ("5000", "b")] {
        made.scan_parts(size, parts);
        made.gathers(parts);
    }
    let sized = made.text("sized");
    let more = ["--part-size", "600", "--format", super::FORMATS];
    run(&[&["scan", &lake, "-o", &sized], &more[..]].concat());
    made.is_as_one("sized");
}

#[test]
fn any_part_may_be_run_again_and_in_any_order() {
    let made = Made::of(&["-n", "600", "--dirty", "0.05"]);
    let count = made.plan("plan.parquet", "80");
    assert!(count > 5);
    for part in (0..count).rev().chain([3, 0, 3]) {
        made.part("plan.parquet", part, "parts");
    }
    // what a killed task leaves is no part
    fs::create_dir(made.at("parts/.pass-1-part-00002.partial-x")).unwrap();
    if made.reopen("parts", "plan-2.parquet") == 0 {
        made.gathers("parts");
    }
}

#[test]
fn a_city_without_blocks_or_buildings_is_cut_as_well() {
    let made = Made::of(&["-n", "400"]);
    for layers in [
        "",
        "plan = 'city/plan.gpkg'\n",
        "buildings = 'city/buildings.gpkg'\n",
    ] {
        let text = format!("parcels = 'city/parcels.gpkg'\nas_of = 2022-06-01\n{layers}");
        fs::write(made.at("city-2.toml"), text).unwrap();
        let (city, lake) = (made.text("city-2.toml"), made.text("lake-2"));
        run(&["ingest", &city, "-o", &lake, "--overwrite"]);
        for out in ["one-2", "parts-2"] {
            let _ = fs::remove_dir_all(made.at(out));
        }
        run(&["scan", &city, "-o", &made.text("one-2")]);
        let out = made.text("parts-2");
        run(&["scan", &lake, "-o", &out, "--part-size", "100"]);
        super::same(&made.at("one-2"), &made.at("parts-2"));
    }
}

#[test]
fn parts_of_any_size_of_any_city_give_the_same_bytes() {
    let mut dice = crate::properties::Dice::new(19);
    for _ in 0..2 {
        let seed = dice.number(1, 9999).to_string();
        let dirty = format!("0.{:02}", dice.number(0, 15));
        let made = Made::of(&["-n", "300", "--seed", &seed, "--dirty", &dirty]);
        let size = dice.number(3, 40).to_string();
        made.scan_parts(&size, "parts");
        made.gathers("parts");
    }
}
