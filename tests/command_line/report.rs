//! `scan --format html`: the page on a run, what it says, that it needs nothing and stays small.

use std::fs;
use std::path::Path;

use super::{city, contents, rows, run, sample, scan, summary};

fn sample_report(home: &Path, more: &[&str]) -> String {
    let out = home.join("run");
    let shown = out.display().to_string();
    run(&[
        &[
            "scan",
            "data-samples/city.toml",
            "-o",
            &shown,
            "--format",
            "html,csv",
            "--as-of",
            "2022-06-01",
        ],
        more,
    ]
    .concat());
    fs::read_to_string(out.join("report.html")).unwrap()
}

#[test]
fn the_page_says_what_was_asked_what_was_wrong_and_what_came_out() {
    let home = tempfile::tempdir().unwrap();
    let page = sample_report(home.path(), &[]);
    for part in [
        "任务",
        "数据问题",
        "总览图",
        "筛选过程",
        "容积率与建筑密度分布",
        "分区情况",
        "可盘活机会",
        "读法",
        "SHA-256",
        "闲置",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let problems = page.find("数据问题（请先看）").unwrap();
    assert!(
        problems < page.find("主要结果").unwrap(),
        "problems stand before results"
    );
    assert!(
        page.contains("default-src 'none'")
            && !page.contains("http:")
            && !page.contains("https:")
            && !page.contains("<script")
    );
    assert!(page.contains("prefers-color-scheme:dark") && page.contains("@media print"));
    // its figures are those of the files
    let summary = summary(&home.path().join("run"));
    let sites = summary["totals"]["upgrades"]["feasible_with_it"]
        .as_u64()
        .unwrap();
    assert!(page.contains(&format!("<b>{sites}</b><span>配地后技改可行")));
    assert!(
        summary["files"]
            .as_array()
            .unwrap()
            .iter()
            .any(|file| file == "report.html")
    );
    let helped = rows(&home.path().join("run/allocation.csv"));
    let first = helped
        .iter()
        .filter(|row| row["feasible"] == "true")
        .max_by(|a, b| {
            let room = |row: &std::collections::BTreeMap<String, String>| {
                row["plan_headroom_m2"].parse::<f64>().unwrap_or(0.0)
            };
            room(a).total_cmp(&room(b))
        })
        .unwrap();
    let ranked = &page[page.find("按可多建面积排序").unwrap()..];
    let at = |text: &str| ranked.find(text).unwrap_or(usize::MAX);
    assert!(at(&first["parcel_id"]) < ranked.find("闲置与疑似闲置").unwrap());
    assert!(!home.path().join("run/parcels.html").exists());
}

#[test]
fn it_is_written_in_english_too_and_is_the_same_on_any_number_of_threads() {
    let home = tempfile::tempdir().unwrap();
    let one = sample_report(home.path(), &["--lang", "en", "--threads", "1"]);
    assert!(one.contains("lang=\"en\"") && one.contains("Problems found in the data"));
    assert!(
        one == sample_report(
            home.path(),
            &["--lang", "en", "--threads", "3", "--overwrite"]
        )
    );
}

#[test]
fn a_greater_city_has_no_greater_page() {
    let home = tempfile::tempdir().unwrap();
    city(&home.path().join("city"), &["-n", "6000"]);
    scan(
        &home.path().join("city"),
        "gpkg",
        &home.path().join("run"),
        &["--format", "html"],
    );
    let report = &contents(&home.path().join("run"))["report.html"];
    assert!(report.len() < 1_500_000, "{}", report.len());
    let small = sample();
    scan(
        &small,
        "gpkg",
        &home.path().join("small"),
        &["--format", "html"],
    );
    assert!(contents(&home.path().join("small"))["report.html"].len() > 20_000);
}
