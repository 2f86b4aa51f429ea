//! `plotratio compare` and `scan --register`: what changed from run to run, and since when.

mod changes;
mod registers;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{rows, run};

/// Id, west, south, east, north in metres from a corner; buildings stand where the last says so.
type Plot<'a> = (&'a str, [u32; 4], bool);

/// A city of industrial parcels in EPSG:4549, written as tables; its contracts by line.
struct City<'a> {
    plots: &'a [Plot<'a>],
    contracts: Option<&'a [&'a str]>,
}

fn rectangle([west, south, east, north]: [u32; 4]) -> String {
    let (west, east) = (636_000 + west, 636_000 + east);
    let (south, north) = (3_165_000 + south, 3_165_000 + north);
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

impl City<'_> {
    /// Scans it into `folder/name`.
    fn scan(&self, folder: &Path, name: &str, day: &str, more: &[&str]) -> PathBuf {
        let home = folder.join(format!("{name}-city"));
        fs::create_dir_all(&home).unwrap();
        let (mut parcels, mut buildings) = (
            "id,land_use,WKT\n".to_owned(),
            "id,storeys,WKT\n".to_owned(),
        );
        for (id, [west, south, east, north], built) in self.plots {
            let ground = rectangle([*west, *south, *east, *north]);
            writeln!(parcels, "{id},工业用地,\"{ground}\"").unwrap();
            if *built {
                let house = rectangle([west + 2, south + 2, east - 2, north - 2]);
                writeln!(buildings, "h{id},2,\"{house}\"").unwrap();
            }
        }
        let path = |name: &str| home.join(name).display().to_string();
        fs::write(path("parcels.csv"), parcels).unwrap();
        fs::write(path("buildings.csv"), buildings).unwrap();
        let out = folder.join(name);
        let (parcels, buildings, contracts) = (
            path("parcels.csv"),
            path("buildings.csv"),
            path("contracts.csv"),
        );
        let shown = out.display().to_string();
        let mut arguments = vec!["scan", "--parcels", &parcels, "--buildings", &buildings];
        if let Some(lines) = self.contracts {
            let head = "id,parcel_id,due_start,started,completed,developed_m2,should_develop_m2,total_wan,invested_wan\n";
            let row =
                |line: &&str| format!("{line}{}\n", ",".repeat(8 - line.matches(',').count()));
            let lines: String = lines.iter().map(row).collect();
            fs::write(&contracts, format!("{head}{lines}")).unwrap();
            arguments.extend(["--contracts", &contracts]);
        }
        arguments.extend(["--layer-crs", "parcels=EPSG:4549"]);
        arguments.extend(["--layer-crs", "buildings=EPSG:4549"]);
        arguments.extend(["-o", &shown, "--as-of", day, "--overwrite"]);
        arguments.extend(more);
        run(&arguments);
        out
    }
}

fn compared(folder: &Path, a: &Path, b: &Path, more: &[&str]) -> PathBuf {
    let out = folder.join("changes");
    let paths = [a, b, &out].map(|path| path.display().to_string());
    let mut arguments = vec!["compare", &paths[0], &paths[1], "-o", &paths[2]];
    arguments.push("--overwrite");
    arguments.extend(more);
    run(&arguments);
    out
}

/// Some columns of each row, blanks between.
fn told(file: &Path, columns: &[&str]) -> Vec<String> {
    let row = |row: BTreeMap<String, String>| {
        let cells = columns.iter().map(|name| row[*name].clone());
        cells.collect::<Vec<_>>().join(" ")
    };
    rows(file).into_iter().map(row).collect()
}

/// The first run: F is built, all else is as its contract or its ground says.
const BEFORE: City<'_> = City {
    plots: &[
        ("BUSY", [1400, 0, 1500, 100], false),
        ("CURED", [0, 0, 100, 100], false),
        ("FREE", [100, 0, 200, 100], false),
        ("GONE", [200, 0, 300, 100], false),
        ("LOST", [300, 0, 400, 100], false),
        ("M1", [400, 0, 500, 100], false),
        ("M2", [500, 0, 600, 100], false),
        ("NEW", [600, 0, 700, 100], true),
        ("OLD", [700, 0, 800, 100], false),
        ("PLAIN", [800, 0, 900, 100], true),
        ("SPLIT", [900, 0, 1000, 100], false),
        ("STAYS", [1000, 0, 1100, 100], false),
        ("WORSE", [1100, 0, 1200, 100], false),
    ],
    contracts: Some(&[
        "0,BUSY,2020-01-01,2020-03-01,,5000,10000,900,600",
        "1,CURED,2019-01-01,,",
        "2,LOST,2019-01-01,,",
        "3,STAYS,2019-01-01,,",
        "4,WORSE,2020-12-01,,",
        "5,SPLIT,2019-01-01,,",
    ]),
};

/// The second: a year later.
const AFTER: City<'_> = City {
    plots: &[
        ("BUSY", [1400, 0, 1500, 100], false),
        ("CURED", [0, 0, 100, 100], true),
        ("FREE", [100, 0, 200, 100], true),
        // its contract is not in the table any more, and a house stands on it
        ("LOST", [300, 0, 400, 100], true),
        ("M", [400, 0, 600, 100], false),
        ("NEW", [600, 0, 700, 100], false),
        ("YOUNG", [700, 0, 800, 100], false),
        ("PLAIN", [800, 0, 900, 100], true),
        ("SPLIT", [900, 0, 930, 100], false),
        ("SPLIT2", [930, 0, 1000, 100], true),
        ("STAYS", [1000, 0, 1100, 100], false),
        ("WORSE", [1100, 0, 1200, 100], false),
        ("BORN", [1300, 0, 1400, 100], false),
    ],
    contracts: Some(&[
        "0,BUSY,2020-01-01,2020-03-01,,5000,10000,900,600",
        "1,CURED,2019-01-01,2021-08-01,2022-05-01",
        "3,STAYS,2019-01-01,,",
        "4,WORSE,2020-12-01,,",
        "5,SPLIT,2019-01-01,,",
    ]),
};
