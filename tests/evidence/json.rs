//! The JSON of `check`: every finding carries its evidence in one shape, and it agrees with the verdict.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::columns::Columns;
use super::taizhou;
use crate::command_line::{plotratio, stderr};

/// Every check file of the faults and of the samples.
pub fn files() -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/faults/law", "data-samples/cases"];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(top.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        // a pack, and cases of a city
        .filter(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            text.contains("kind = ")
                && !text.contains("parcel = \"")
                && !text.contains("parcels = [")
        })
        .collect();
    files.sort();
    files
}

fn checked(lang: &str) -> Vec<Value> {
    let output = plotratio()
        .args(["check", "--json", "--lang", lang])
        .args(files())
        .output()
        .unwrap();
    assert!(output.status.code() < Some(2), "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// A figure as a table writes it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => format!("{:.12}", number.as_f64().unwrap()),
        Value::String(text) => text.clone(),
        Value::Array(words) => words.iter().map(cell).collect::<Vec<_>>().join(";"),
        Value::Object(_) => panic!("{value}"),
    }
}

/// The keys of a condition, and what each may be.
fn is_condition(condition: &Map<String, Value>, finding: &str) {
    for (key, value) in condition {
        let holds = match key.as_str() {
            "measure" | "relation" | "verdict" => value.is_string(),
            "value" | "bound" => !value.is_object(),
            "margin" => value.is_null() || value.is_number(),
            "margin_m2" => value.is_number(),
            "borderline" => value.is_boolean(),
            "missing" => value.is_array(),
            _ => false,
        };
        assert!(holds, "{finding}: {key} = {value}");
    }
    for key in [
        "measure",
        "value",
        "relation",
        "bound",
        "margin",
        "verdict",
        "borderline",
        "missing",
    ] {
        assert!(condition.contains_key(key), "{finding}: no {key}");
    }
}

#[test]
fn the_evidence_of_every_finding_has_one_shape_and_agrees_with_its_verdict() {
    let pack = taizhou();
    let mut decided = 0;
    for lang in ["zh", "en"] {
        for case in checked(lang) {
            for finding in list(&case["findings"]) {
                let rule = finding["rule"].as_str().unwrap();
                let name = format!("{}, {rule}", case["file"]);
                for condition in list(&finding["conditions"]) {
                    is_condition(condition.as_object().unwrap(), &name);
                }
                let verdict = finding["verdict"].as_str().unwrap();
                let evidence = &finding["evidence"];
                if let Some(evidence) = evidence.as_object() {
                    is_condition(evidence, &name);
                    assert!(
                        list(&finding["conditions"]).contains(&finding["evidence"]),
                        "{name}: its evidence is none of its conditions"
                    );
                } else {
                    assert!(evidence.is_null(), "{name}");
                    let silent = ["not_applicable", "unknown"].contains(&verdict);
                    assert!(silent, "{name}: nothing decided {verdict}");
                    continue;
                }
                let of_pack = pack.rules.iter().find(|of| of.id == rule).unwrap();
                let (value, bound) = (cell(&evidence["value"]), cell(&evidence["bound"]));
                let columns = Columns {
                    verdict,
                    classifies: of_pack.classifies,
                    measure: evidence["measure"].as_str().unwrap(),
                    value: &value,
                    relation: evidence["relation"].as_str().unwrap(),
                    bound: &bound,
                    explanation: finding["explanation"].as_str().unwrap(),
                };
                assert_eq!(columns.contradiction(), None, "{name}");
                assert!(
                    finding["quote"]
                        .as_str()
                        .is_some_and(|quote| !quote.is_empty())
                );
                decided += usize::from(["pass", "fail", "discretionary"].contains(&verdict));
            }
        }
    }
    assert!(decided > 60, "{decided}");
}
