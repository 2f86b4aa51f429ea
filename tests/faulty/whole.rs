//! What a row says does not depend on which other rows the file holds.

use std::path::Path;

use super::{Scanned, attempt, scanned};
use crate::command_line::stderr;

fn whole(part: &str) -> [String; 3] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/faults/whole/G");
    ["parcels.parquet", "buildings.parquet", "enterprises.csv"]
        .map(|name| folder.join(part).join(name).display().to_string())
}

fn scan(part: &str) -> Scanned {
    let [parcels, buildings, enterprises] = whole(part);
    scanned(&[
        ("--parcels", &parcels),
        ("--buildings", &buildings),
        ("--enterprises", &enterprises),
    ])
}

/// The tax of a holder is not taken to the part of its land that a file happens to hold.
#[test]
fn tax_is_not_taken_to_a_part_of_the_land_of_a_holder() {
    let parts = ["one", "tileA", "tileB"].map(scan);
    for part in &parts {
        let tenants = part.rows("enterprises.csv");
        assert_eq!(tenants.len(), 1);
        assert_eq!(tenants[0]["joined_by"], "holder");
        assert_eq!(
            (&*tenants[0]["land_m2"], &*tenants[0]["land_from"]),
            ("", "")
        );
    }
    let listed = |scan: &Scanned| {
        let mut rows: Vec<(String, String, String)> = scan
            .rows("idle.csv")
            .iter()
            .map(|row| {
                (
                    row["parcel_id"].clone(),
                    row["state"].clone(),
                    row["reason"].clone(),
                )
            })
            .collect();
        rows.sort();
        rows
    };
    let [one, a, b] = parts.each_ref().map(listed);
    let mut both = [a, b].concat();
    both.sort();
    assert_eq!(one, both);
}

/// Where the user says that the parcels are complete, the land of a holder is that of its parcels.
#[test]
fn the_land_of_a_holder_is_that_of_its_parcels_where_these_are_complete() {
    let [parcels, buildings, enterprises] = whole("one");
    let layers = [
        ("--parcels", parcels.as_str()),
        ("--buildings", &buildings),
        ("--enterprises", &enterprises),
    ];
    let (output, folder) = attempt(&layers, &["--complete"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let stdout = String::from_utf8(output.stdout).unwrap();
    let scan = Scanned { folder, stdout };
    assert_eq!(scan.rows("enterprises.csv")[0]["land_from"], "parcels");
}
