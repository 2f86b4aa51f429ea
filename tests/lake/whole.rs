//! Adding a far feature changes no row of the others: cases that once did, and survey blocks that hang together over parts.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::Made;
use crate::command_line::{rows, run};

fn whole(case: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("../shared/faults/whole").join(case).join("one")
}

#[test]
fn a_part_judges_with_the_decisions_of_the_whole() {
    for case in ["A", "B", "C", "F", "G"] {
        let folder = whole(case);
        let mut text = "as_of = 2022-06-01\n".to_owned();
        for layer in ["parcels", "buildings", "plan", "enterprises"] {
            for extension in ["parquet", "csv"] {
                let file = folder.join(format!("{layer}.{extension}"));
                if file.is_file() {
                    writeln!(text, "{layer} = '{}'", file.display()).unwrap();
                }
            }
        }
        let made = Made::with(&text);
        // each parcel is a part of its own
        made.scan_parts("1", "parts");
        made.gathers("parts");
        assert!(!rows(&made.at("gathered/parcels.csv")).is_empty(), "{case}");
    }
}

/// Squares of 100 m in a row: parcels that leave a strip of each, and survey blocks.
fn row(count: usize) -> [String; 2] {
    let feature = |id: &str, west: usize, north: usize| {
        let (west, south) = (636_000 + west, 3_165_000);
        let (east, north) = (west + 100, south + north);
        let ring =
            format!("{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}");
        format!("{id},工业用地,\"POLYGON(({ring}))\"\n")
    };
    let mut parcels = "id,land_use,WKT\n".to_owned();
    let mut blocks = parcels.clone();
    for at in 0..count {
        parcels += &feature(&format!("P{at:03}"), at * 100, 80);
        blocks += &feature(&format!("B{at:03}"), at * 100, 100);
    }
    [parcels, blocks]
}

#[test]
fn survey_blocks_that_hang_together_are_left_open_and_told_by_a_second_pass() {
    let home = tempfile::tempdir().unwrap();
    let [parcels, blocks] = row(12);
    fs::write(home.path().join("parcels.csv"), parcels).unwrap();
    fs::write(home.path().join("blocks.csv"), blocks).unwrap();
    let at = |name: &str| home.path().join(name).display().to_string();
    let made = Made::with(&format!(
        "parcels = '{}'\nboundary = '{}'\nas_of = 2022-06-01\n[layer_crs]\nparcels = 'EPSG:4549'\nboundary = 'EPSG:4549'\n",
        at("parcels.csv"),
        at("blocks.csv")
    ));
    let count = made.plan("plan-1.parquet", "1");
    assert_eq!(count, 12);
    for part in 0..count {
        made.part("plan-1.parquet", part, "parts");
    }
    let refused = |out: &str| {
        let arguments = ["gather", &made.text("parts"), "-o", &made.text(out)];
        crate::command_line::refused(&arguments)
    };
    let said = refused("early");
    assert!(
        said.contains("rows are open") && said.contains("--reopen"),
        "{said}"
    );
    assert_eq!(made.reopen("parts", "plan-2.parquet"), 1);
    made.part("plan-2.parquet", 0, "parts");
    assert_eq!(made.reopen("parts", "plan-3.parquet"), 0);
    made.gathers("parts");
    let sized = made.text("sized");
    let lake = made.text("lake");
    run(&[
        "scan",
        &lake,
        "-o",
        &sized,
        "--part-size",
        "3",
        "--format",
        super::FORMATS,
    ]);
    made.is_as_one("sized");
}
