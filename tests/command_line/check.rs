//! `check`: files in, a chain or JSON out, and an exit code that a script can use.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{plotratio, refused, run, stderr};

/// The case of the manual, with some of its text replaced.
fn case(folder: &Path, name: &str, replace: &[(&str, &str)]) -> String {
    let mut text = r#"kind = "upgrade"
policy = "taizhou-2021"
as_of = 2022-06-01
rules = ["scattered-land"]

[site]
area_m2 = 30000.00
floor_area_m2 = 30000.00
land_use = "industrial"
earlier_scattered_m2 = 0.0

[upgrade]
demolished_m2 = 0.0
built_m2 = 13200.00
industry_status = "encouraged"
relocation_planned = false

[[scattered]]
area_m2 = 6000.00
conforms_to_plan = true
adjacent = true

[plan]
plot_ratio_max = 2.0
"#
    .to_owned();
    for (from, to) in replace {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let path: PathBuf = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn judged(arguments: &[&str]) -> (i32, Vec<Value>) {
    let output = plotratio()
        .arg("check")
        .args(arguments)
        .arg("--json")
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let objects = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    (output.status.code().unwrap(), objects)
}

#[test]
fn the_case_of_the_manual_prints_what_the_manual_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(folder.path(), "s01.toml", &[]);
    let (code, objects) = judged(&[&path]);
    assert_eq!((code, objects.len()), (0, 1));
    let [object] = &objects[..] else { panic!() };
    for (key, wanted) in [
        ("file", "s01.toml"),
        ("kind", "upgrade"),
        ("policy", "taizhou-2021"),
        ("as_of", "2022-06-01"),
        ("verdict", "pass"),
    ] {
        assert_eq!(object[key], wanted, "{key}");
    }
    let finding = &object["findings"][0];
    assert_eq!(
        (&finding["rule"], &finding["article"]),
        (&"scattered-land".into(), &"二（五）".into())
    );
    assert_eq!(finding["flags"][0], "borderline");
    let condition = finding["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|of| of["measure"] == "scattered_ratio")
        .unwrap();
    assert_eq!(
        (
            &condition["value"],
            &condition["relation"],
            &condition["bound"],
            &condition["margin"],
            &condition["verdict"]
        ),
        (
            &0.2.into(),
            &"at_most".into(),
            &0.2.into(),
            &0.0.into(),
            &"pass".into()
        )
    );
    assert_eq!(condition["missing"], Value::Array(Vec::new()));
    let original = finding["readings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|of| of["reading"] == "far_site=original");
    assert_eq!(original.unwrap()["verdict"], "pass");
    assert!(finding["explanation"].as_str().unwrap().contains("20%"));
}

#[test]
fn one_file_that_does_not_pass_makes_the_exit_code_one() {
    let folder = tempfile::tempdir().unwrap();
    let good = case(folder.path(), "good.toml", &[]);
    let bad = case(folder.path(), "bad.toml", &[("6000.00", "6000.01")]);
    let (code, objects) = judged(&[&good, &bad]);
    assert_eq!(code, 1);
    assert_eq!(
        (&objects[0]["verdict"], &objects[1]["verdict"]),
        (&"pass".into(), &"fail".into())
    );
    let unknown = case(
        folder.path(),
        "unknown.toml",
        &[("conforms_to_plan = true\n", "")],
    );
    let (code, objects) = judged(&[&unknown]);
    assert_eq!(
        (code, &objects[0]["findings"][0]["missing"][0]),
        (1, &"scattered.0.conforms_to_plan".into())
    );
}

#[test]
fn a_file_that_cannot_be_judged_is_named_and_the_others_are_judged() {
    let folder = tempfile::tempdir().unwrap();
    let good = case(folder.path(), "good.toml", &[]);
    let typo = case(folder.path(), "typo.toml", &[("built_m2", "bulit_m2")]);
    let output = plotratio()
        .env("LC_ALL", "C.UTF-8")
        .args(["check", &typo, &good, "--json"])
        .output()
        .unwrap();
    let (text, judged) = (
        stderr(&output),
        String::from_utf8(output.stdout.clone()).unwrap(),
    );
    assert_eq!((output.status.code(), judged.lines().count()), (Some(2), 1));
    assert!(judged.contains("good.toml"));
    assert!(
        text.contains("typo.toml") && text.contains("is `built_m2` meant?") && text.contains('^'),
        "{text}"
    );
    let rule = case(
        folder.path(),
        "rule.toml",
        &[("scattered-land", "scatered-land")],
    );
    assert!(refused(&["check", &rule]).contains("is `scattered-land` meant?"));
    let reading = refused(&["check", &good, "--reading", "far_site=both"]);
    assert!(reading.contains("combined, original"), "{reading}");
    let kind = refused(&[
        "check",
        &case(
            folder.path(),
            "kind.toml",
            &[("\"upgrade\"", "\"updgrade\"")],
        ),
    ]);
    assert!(
        kind.contains("updgrade") && kind.contains("upgrade, split, merge"),
        "{kind}"
    );
}

#[test]
fn a_failed_case_says_in_two_languages_what_would_change_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(
        folder.path(),
        "less.toml",
        &[
            ("built_m2 = 13200.00", "built_m2 = 5000.00"),
            ("area_m2 = 6000.00", "area_m2 = 3000.00"),
        ],
    );
    let text = |language: &str| {
        let output = plotratio()
            .args(["check", &path, "--lang", language])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).unwrap()
    };
    let (zh, en) = (text("zh"), text("en"));
    assert!(
        zh.contains("不符合") && zh.contains("从 7500.00 m² 起符合"),
        "{zh}"
    );
    assert!(
        en.contains("not met") && en.contains("met from 7500.00 m²"),
        "{en}"
    );
}

#[test]
fn a_day_after_the_term_is_judged_and_stamped() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(folder.path(), "late.toml", &[]);
    let (code, objects) = judged(&[&path, "--as-of", "2024-01-01"]);
    assert_eq!(code, 0);
    let flags = objects[0]["flags"].as_array().unwrap();
    assert!(flags.contains(&"expired".into()), "{flags:?}");
}

#[test]
fn a_parcel_of_a_city_brings_its_facts_and_a_number_overrides_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = |more: &str| {
        let path = folder.path().join("parcel.toml");
        let head = "kind = \"parcel\"\nparcel = \"331002000001GB00003\"\nas_of = 2022-06-01\nrules = [\"plot-ratio-within-plan\"]\n";
        std::fs::write(&path, format!("{head}{more}")).unwrap();
        path.display().to_string()
    };
    let plain = text("");
    let out = folder.path().join("scan");
    run(&[
        "scan",
        "data-samples/city.toml",
        "-o",
        out.to_str().unwrap(),
        "--as-of",
        "2022-06-01",
    ]);
    let rows = std::fs::read_to_string(out.join("findings.csv")).unwrap();
    let row = rows
        .lines()
        .find(|line| line.contains("331002000001GB00003,plot-ratio-within-plan"))
        .unwrap();
    let of_scan = row.split(',').nth(7).unwrap();
    let (_, objects) = judged(&[&plain, "--city", "data-samples/city.toml"]);
    let condition = &objects[0]["findings"][0]["conditions"][0];
    assert_eq!(
        format!("{:.6}", condition["value"].as_f64().unwrap()),
        of_scan
    );
    let overridden = text("[site]\nfloor_area_m2 = 100000.0\n");
    let (_, objects) = judged(&[&overridden, "--city", "data-samples/city.toml"]);
    let note = objects[0]["notes"].to_string();
    assert!(
        note.contains("site.floor_area_m2") && note.contains("100000.00"),
        "{note}"
    );
    assert!(
        objects[0]["findings"][0]["conditions"][0]["value"]
            .as_f64()
            .unwrap()
            > 3.0
    );
    assert!(refused(&["check", &plain]).contains("--city"));
}

#[test]
fn the_cases_of_the_samples_are_judged() {
    let (code, objects) = judged(&[
        "data-samples/cases/upgrade.toml",
        "data-samples/cases/split.toml",
    ]);
    assert_eq!((code, objects.len()), (0, 2));
    let (code, objects) = judged(&[
        "data-samples/cases/parcel.toml",
        "--city",
        "data-samples/city.toml",
    ]);
    assert_eq!((code, &objects[0]["verdict"]), (1, &"fail".into()));
    let coefficient = objects[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["rule"] == "site-coefficient");
    assert_eq!(coefficient.unwrap()["verdict"], "pass");
}
