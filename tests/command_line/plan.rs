//! `--plan`: the plan blocks of the city of `data-samples` beside its parcels.

use std::path::Path;

use super::{plotratio, refused, rows, run, sample, scan, summary};

/// Scans the sample with its plan in a format.
fn planned(home: &Path, format: &str) -> std::path::PathBuf {
    let out = home.join(format);
    let plan = sample()
        .join(format!("plan.{format}"))
        .display()
        .to_string();
    scan(&sample(), "gpkg", &out, &["--plan", &plan]);
    out
}

#[test]
fn every_parcel_of_the_sample_lies_in_a_block_of_the_plan() {
    let home = tempfile::tempdir().unwrap();
    let out = planned(home.path(), "gpkg");
    let summary = summary(&out);
    assert_eq!(summary["layers"]["plan"]["in"], 18);
    assert_eq!(summary["layers"]["plan"]["analysed"], 18);
    assert_eq!(summary["sources"]["plan"]["files"][0]["name"], "plan.gpkg");
    let notes = summary["notes"].to_string();
    assert!(
        notes.contains("`jzmdsx`") && !notes.contains("does not use it"),
        "{notes}"
    );
    let found = rows(&out.join("parcels.csv"));
    assert_eq!(found.len(), 297);
    let mut whole = 0;
    for row in &found {
        let share: f64 = row["plan_share"].parse().unwrap();
        assert!(share > 0.5 && share <= 1.0, "{row:?}");
        whole += usize::from(share > 0.999);
        // 地块编号 begins with the zone of its block, as 宗地代码 does
        assert_eq!(row["plan_id"][..12], row["parcel_id"][..12], "{row:?}");
    }
    assert!(whole > 290, "{whole}");
}

#[test]
fn a_plan_is_the_same_from_every_format() {
    let home = tempfile::tempdir().unwrap();
    let [gpkg, shp] = ["gpkg", "shp"]
        .map(|format| std::fs::read(planned(home.path(), format).join("parcels.csv")).unwrap());
    assert!(gpkg == shp);
}

#[test]
fn without_a_plan_nothing_is_known_of_it() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan(&sample(), "gpkg", &out, &[]);
    assert!(summary(&out)["layers"].get("plan").is_none());
    for row in rows(&out.join("parcels.csv")) {
        assert_eq!((&*row["plan_id"], &*row["plan_share"]), ("", ""));
    }
}

#[test]
fn the_plan_is_inspected_and_refused_like_every_layer() {
    let output = run(&["inspect", "data-samples/city/plan.shp", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&found["kind"], &found["geometry"]["valid"]),
        (&"plan".into(), &18.into())
    );
    let output = plotratio()
        .args(["inspect", "--plan", "data-samples/city/parcels.gpkg"])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("认作 plan"));
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results").display().to_string();
    let city = "data-samples/city.toml";
    for (wrong, named) in [
        (["--plan", "none.gpkg"], "`none.gpkg`"),
        (["--plan", "data-samples/city/contracts.csv"], "`plan`"),
        (
            ["--map", "plan.colour=dkbh"],
            "`plan` has no field `colour`",
        ),
    ] {
        let text = refused(&[&["scan", city, "-o", &out][..], &wrong].concat());
        assert!(text.contains(named), "{text}");
    }
}
