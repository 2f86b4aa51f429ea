//! Splits and merges drawn on small places: a check file over a city, and what must be found.

use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use toml::Table;

use super::{files, read, texts};

#[test]
fn every_drawn_case_is_judged_as_the_law_says() {
    let mut wrong = Vec::new();
    for folder in files("drawn") {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let expect = read(&folder.join("expect.toml"));
        wrong.extend(
            mismatches(&folder, &expect)
                .into_iter()
                .map(|what| format!("{name}: {what}")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn mismatches(folder: &Path, expect: &Table) -> Vec<String> {
    // a case says in English what is refused
    let is_refused = expect.contains_key("refused");
    let output = Command::new(env!("CARGO_BIN_EXE_plotratio"))
        .args([
            "check",
            "case.toml",
            "--city",
            "city.toml",
            "--json",
            "--lang",
            if is_refused { "en" } else { "zh" },
        ])
        .current_dir(folder)
        .output()
        .unwrap();
    let (told, why) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    let mut wrong = Vec::new();
    if let Some(refused) = expect.get("refused") {
        let missing = texts(Some(refused))
            .into_iter()
            .filter(|part| !why.contains(part.as_str()));
        wrong.extend(missing.map(|part| format!("no `{part}` in `{why}`")));
        if output.status.code() != Some(2) {
            wrong.push(format!("it is judged: {told}"));
        }
        return wrong;
    }
    let Ok(found) = serde_json::from_str::<Json>(&told) else {
        return vec![format!("it is not judged: {why}")];
    };
    let finding = |rule: &str| {
        found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["rule"] == rule)
    };
    for (key, wanted) in expect {
        match key.as_str() {
            "verdict" => {
                if found["verdict"] != wanted.as_str().unwrap() {
                    wrong.push(format!("verdict is {}", found["verdict"]));
                }
            }
            "flags" | "notes" => {
                let there = found[key.as_str()].to_string();
                let missing = texts(Some(wanted))
                    .into_iter()
                    .filter(|part| !there.contains(part.as_str()));
                wrong.extend(missing.map(|part| format!("no `{part}` in {there}")));
            }
            "missing" => {
                let missing = texts(Some(wanted))
                    .into_iter()
                    .filter(|name| !told.contains(&format!("\"{name}\"")));
                wrong.extend(missing.map(|name| format!("{name} is not among the missing")));
            }
            "rules" => {
                for (rule, wanted) in wanted.as_table().unwrap() {
                    let verdict = finding(rule).map_or(&Json::Null, |finding| &finding["verdict"]);
                    if *verdict != wanted.as_str().unwrap() {
                        wrong.push(format!("{rule} is {verdict}"));
                    }
                }
            }
            "amounts" => {
                for (name, wanted) in wanted.as_table().unwrap() {
                    let is = &found["amounts"][name.as_str()];
                    if is.to_string().trim_matches('"') != wanted.as_str().unwrap() {
                        wrong.push(format!("{name} is {is}"));
                    }
                }
            }
            other => wrong.push(format!("`{other}` is no expectation")),
        }
    }
    wrong
}
