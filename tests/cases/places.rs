//! Small places: layers that a reader checks by head, scanned by the program.

use std::path::Path;

use toml::{Table, Value};

use super::{files, read, texts};
use crate::command_line::plotratio;

#[test]
fn every_small_place_is_measured_as_its_case_says() {
    let mut wrong = Vec::new();
    for place in files("places") {
        let case = read(&place.join("case.toml"));
        let out = tempfile::tempdir().unwrap();
        let results = out.path().join("results");
        let mut command = plotratio();
        command
            .current_dir(&place)
            .arg("scan")
            .args(texts(case.get("arguments")))
            .arg("-o")
            .arg(&results);
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "{}: {}",
            place.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        for expect in case["expect"].as_array().unwrap() {
            let found = mismatch(&results, expect.as_table().unwrap());
            wrong.extend(found.map(|found| format!("{}: {found}", place.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn mismatch(results: &Path, expect: &Table) -> Option<String> {
    let name = expect["file"].as_str().unwrap();
    let text = std::fs::read_to_string(results.join(name)).unwrap();
    if let Some(wanted) = expect.get("contains") {
        let wanted = wanted.as_str().unwrap();
        return (!text.contains(wanted)).then(|| format!("{name} does not contain {wanted}"));
    }
    let values = expect.get("values").and_then(Value::as_table);
    if name == "summary.json" {
        let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
        return values.unwrap().iter().find_map(|(path, wanted)| {
            let found = path.split('.').fold(&summary, |value, key| &value[key]);
            let same = *found == serde_json::to_value(wanted).unwrap();
            (!same).then(|| format!("{path} is {found}, not {wanted}"))
        });
    }
    let mut lines = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let cell = |row: &[&str], column: &str| {
        let at = head
            .iter()
            .position(|name| *name == column)
            .unwrap_or_else(|| panic!("no column {column}"));
        row[at].to_owned()
    };
    let row = expect["row"].as_table().unwrap();
    let mut found = lines.filter(|line| {
        row.iter()
            .all(|(column, value)| cell(line, column) == value.as_str().unwrap())
    });
    if let Some(wanted) = expect.get("count").and_then(Value::as_integer) {
        let many = found.count();
        return (i64::try_from(many) != Ok(wanted))
            .then(|| format!("{name} has {many} rows {row}, not {wanted}"));
    }
    let found = found.next();
    match (found, expect.contains_key("absent")) {
        (None, absent) => (!absent).then(|| format!("{name} has no row {row}")),
        (Some(_), true) => Some(format!("{name} has a row {row}")),
        (Some(found), false) => values.into_iter().flatten().find_map(|(column, wanted)| {
            let have = cell(&found, column);
            (have != wanted.as_str().unwrap())
                .then(|| format!("{name}, {row}: {column} is {have}, not {wanted}"))
        }),
    }
}
