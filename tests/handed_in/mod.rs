//! What is handed in: lists that say whose land it is, workbooks that equal the tables, an index of what each file is.

mod upgrade_list;
mod workbooks;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::command_line::{plotratio, run};

/// Scans the sample city into `out`.
pub fn scan_sample(out: &Path, more: &[&str]) {
    let shown = out.display().to_string();
    let arguments = [
        "scan",
        "data-samples/city.toml",
        "-o",
        &shown,
        "--csv-bom",
        "no",
    ];
    run(&[&arguments, more].concat());
}

/// The rows of a CSV file by the names of its columns.
pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn every_list_that_names_a_parcel_says_whose_it_is_and_where() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(&out, &[]);
    let about = [
        "owner",
        "location",
        "unit_number",
        "district",
        "town",
        "contract_id",
    ];
    let parcels: BTreeMap<String, BTreeMap<String, String>> = rows(&out.join("parcels.csv"))
        .into_iter()
        .filter(|row| row["parcel_row"].is_empty())
        .map(|row| (row["parcel_id"].clone(), row))
        .collect();
    assert!(
        parcels
            .values()
            .any(|row| row["owner"].ends_with("有限公司"))
    );
    assert!(
        parcels
            .values()
            .all(|row| row["location"].starts_with("台州市"))
    );
    assert!(parcels.values().any(|row| !row["contract_id"].is_empty()));
    for (id, row) in &parcels {
        assert_eq!(row["unit_number"], format!("{id}W00000000"));
    }
    for list in [
        "allocation",
        "buildings",
        "clues",
        "idle",
        "lineage",
        "open_land",
        "upgrades",
    ] {
        let rows = rows(&out.join(format!("{list}.csv")));
        assert!(!rows.is_empty(), "{list}");
        for row in rows {
            let Some(parcel) = parcels.get(&row["parcel_id"]) else {
                continue;
            };
            // the list of idle land names the one contract that counts
            let said = about
                .iter()
                .filter(|name| list != "idle" || **name != "contract_id");
            for name in said {
                assert_eq!(row[*name], parcel[*name], "{list} {}", row["parcel_id"]);
            }
        }
    }
    let findings = rows(&out.join("findings.csv"));
    let of_parcels = findings
        .iter()
        .filter(|row| row["subject_kind"] == "parcel");
    for (row, parcel) in of_parcels.filter_map(|row| Some((row, parcels.get(&row["subject_id"])?)))
    {
        assert_eq!(row["owner"], parcel["owner"]);
    }
    for pair in rows(&out.join("adjacency.csv")) {
        if let Some(parcel) = parcels.get(&pair["parcel_a"]) {
            assert_eq!(pair["owner_a"], parcel["owner"]);
        }
        if let Some(parcel) = parcels.get(&pair["parcel_b"]) {
            assert_eq!(pair["location_b"], parcel["location"]);
        }
    }
    let quarantined = rows(&out.join("defects.csv"));
    let set_aside = |row: &&BTreeMap<String, String>| {
        row["layer"] == "parcels" && row["action"] == "quarantined"
    };
    let mut set_aside = quarantined.iter().filter(set_aside);
    assert!(set_aside.any(|row| row["location"].starts_with("台州市")));
    let pieces = rows(&out.join("scattered.csv"));
    let taken = pieces.iter().filter(|row| !row["allocated_to"].is_empty());
    for piece in taken {
        assert_eq!(
            piece["allocated_owner"],
            parcels[&piece["allocated_to"]]["owner"]
        );
    }
}

#[test]
fn without_owners_no_file_says_who_holds_what() {
    let home = tempfile::tempdir().unwrap();
    let (named, nameless) = (home.path().join("named"), home.path().join("nameless"));
    scan_sample(&named, &[]);
    scan_sample(&nameless, &["--without-owners", "--survey-layers", "gpkg"]);
    let known: BTreeSet<String> = rows(&named.join("parcels.csv"))
        .into_iter()
        .map(|row| row["owner"].clone())
        .filter(|owner| owner.chars().count() > 4)
        .collect();
    assert!(known.len() > 20, "{known:?}");
    let holds = |folder: &Path| -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            if known.iter().any(|owner| text.contains(owner.as_str())) {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
        found
    };
    assert!(holds(&named).contains(&"idle.csv".to_owned()));
    assert_eq!(holds(&nameless), Vec::<String>::new());
    let header = fs::read_to_string(nameless.join("parcels.csv")).unwrap();
    let header = header.lines().next().unwrap();
    assert!(
        !header.contains("owner") && header.contains("location"),
        "{header}"
    );
}

#[test]
fn merges_go_by_holders_also_where_they_are_left_out() {
    let home = tempfile::tempdir().unwrap();
    let propose = |name: &str, more: &[&str]| {
        let out = home.path().join(name);
        let shown = out.display().to_string();
        let arguments = [
            "propose",
            "merge",
            "data-samples/city.toml",
            "--all",
            "-o",
            &shown,
            "--csv-bom",
            "no",
        ];
        run(&[&arguments, more].concat());
        rows(&out.join("proposals.csv"))
    };
    let (named, nameless) = (
        propose("named", &[]),
        propose("nameless", &["--without-owners"]),
    );
    assert_eq!(named.len(), nameless.len());
    for (one, other) in named.iter().zip(&nameless) {
        assert_eq!(one["proposal_id"], other["proposal_id"]);
        assert_eq!(other["owner"], "");
    }
}

#[test]
fn csv_bears_a_mark_where_chinese_or_it_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let marked = |name: &str, more: &[&str]| {
        let out = home.path().join(name);
        let shown = out.display().to_string();
        let arguments = ["scan", "data-samples/city.toml", "-o", &shown, "--quiet"];
        let mut command = plotratio();
        if name == "elsewhere" {
            command.env("LC_ALL", "C.UTF-8");
        }
        let output = command.args(arguments).args(more).output().unwrap();
        assert!(output.status.success());
        let starts = |file: &str| {
            fs::read(out.join(file))
                .unwrap()
                .starts_with("\u{feff}".as_bytes())
        };
        assert_eq!(starts("parcels.csv"), starts("index.csv"));
        starts("parcels.csv")
    };
    // a Chinese locale is as `--lang zh`
    assert!(marked("plain", &[]));
    assert!(!marked("elsewhere", &[]));
    assert!(marked("zh", &["--lang", "zh"]));
    assert!(!marked("en", &["--lang", "en"]));
    assert!(!marked("no", &["--csv-bom", "no"]));
    assert!(marked("yes", &["--lang", "en", "--csv-bom", "yes"]));
    // what this program reads again it reads with the mark too
    let folder = |name: &str| home.path().join(name).display().to_string();
    let out = folder("compared");
    run(&["compare", &folder("zh"), &folder("no"), "-o", &out]);
    let summary = fs::read_to_string(home.path().join("compared/summary.json")).unwrap();
    assert!(summary.contains("\"unchanged\""), "{summary}");
}

#[test]
fn the_index_says_what_every_file_is() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(
        &out,
        &["--format", "geojson,csv,xlsx", "--survey-layers", "gpkg"],
    );
    let index = rows(&out.join("index.csv"));
    let mut there: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    there.sort();
    let listed: Vec<&str> = index.iter().map(|row| row["file"].as_str()).collect();
    assert_eq!(listed, there);
    for row in &index {
        for column in ["zh", "en", "what"] {
            assert!(!row[column].is_empty(), "{row:?}");
        }
        if Path::new(&row["file"])
            .extension()
            .is_some_and(|end| end == "csv")
            && row["file"] != "index.csv"
        {
            let count = rows(&out.join(&row["file"])).len();
            assert_eq!(row["rows"], count.to_string(), "{row:?}");
        }
    }
}

#[test]
fn the_summary_fits_a_terminal_and_ends_with_the_files_to_open() {
    let home = tempfile::tempdir().unwrap();
    for (language, head) in [("zh", "请先打开："), ("en", "Open first:")] {
        let out = home.path().join(language);
        let shown = out.display().to_string();
        let output = run(&[
            "scan",
            "data-samples/city.toml",
            "-o",
            &shown,
            "--lang",
            language,
        ]);
        let text = String::from_utf8(output.stdout).unwrap();
        for line in text.lines().filter(|line| !line.contains(&shown)) {
            let width: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            assert!(width <= 80, "{width}: {line}");
        }
        let (_, end) = text.split_once(head).unwrap();
        let files: Vec<&str> = end
            .trim()
            .lines()
            .map(|line| line.split_whitespace().next().unwrap())
            .collect();
        assert_eq!(files, ["idle.csv", "allocation.csv", "defects.csv"]);
        let is_chinese = text.contains("参与分析");
        assert_eq!(is_chinese, language == "zh", "{text}");
    }
}
