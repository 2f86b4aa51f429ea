//! “And if …?”: judged as `check` judges it, by the facts that `check --city` takes of the city.

use serde_json::{Value, json};

use super::{check, place};
use crate::command_line::rows;

/// What the findings of two judgements have in common that must not differ.
fn findings(judged: &Value) -> Vec<[Value; 4]> {
    let all = judged["findings"].as_array().unwrap().iter();
    all.map(|of| {
        [
            of["rule"].clone(),
            of["verdict"].clone(),
            of["evidence"].clone(),
            of["missing"].clone(),
        ]
    })
    .collect()
}

/// The ids of industrial parcels that are built.
fn sites() -> Vec<String> {
    let parcels = rows(&place().run.join("parcels.csv"));
    let built = parcels
        .iter()
        .filter(|row| row["land_use"] == "industrial" && !row["floor_area_m2"].is_empty());
    built
        .map(|row| row["parcel_id"].clone())
        .filter(|id| !id.is_empty())
        .take(5)
        .collect()
}

#[test]
fn a_what_if_is_judged_as_check_judges_the_file_that_it_is_saved_as() {
    let place = place();
    let server = &place.server;
    for id in sites() {
        let row = server.row_of(&id);
        let asked = json!({
            "kind": "upgrade", "row": row, "lang": "en",
            "facts": { "upgrade.built_m2": 3000, "upgrade.demolished_m2": 120.5, "upgrade.industry_status": "encouraged", "upgrade.relocation_planned": false, "plan.plot_ratio_max": 2.2 },
            "lists": { "scattered": [{ "id": "L1", "area_m2": 900.5, "conforms_to_plan": true, "adjacent": true }] },
        });
        let answer = server.post("/api/judge", &asked).json();
        let mut own = answer["check"].clone();
        let mut saved = check(answer["toml"].as_str().unwrap(), None);
        own["file"] = Value::Null;
        saved["file"] = Value::Null;
        assert_eq!(own, saved, "{id}");
        // and by the facts of the city itself
        let of_city = check(
            &format!(
                "kind = \"upgrade\"\nparcel = {id:?}\nas_of = 2022-06-01\n[upgrade]\nbuilt_m2 = 3000\ndemolished_m2 = 120.5\nindustry_status = \"encouraged\"\nrelocation_planned = false\n[plan]\nplot_ratio_max = 2.2\n[[scattered]]\nid = \"L1\"\narea_m2 = 900.5\nconforms_to_plan = true\nadjacent = true\n"
            ),
            Some(&place.city),
        );
        assert_eq!(findings(&own), findings(&of_city), "{id}");
    }
}

#[test]
fn a_step_tells_what_it_changes_and_what_room_is_left() {
    let place = place();
    let server = &place.server;
    let facts = |built: f64| {
        json!({
            "site.area_m2": 30000, "site.floor_area_m2": 30000, "upgrade.built_m2": built, "upgrade.demolished_m2": 0, "plan.plot_ratio_max": 2.0,
        })
    };
    let asked = json!({ "kind": "upgrade", "facts": facts(30000.5), "against": { "kind": "upgrade", "facts": facts(29000.0) } });
    let answer = server.post("/api/judge", &asked).json();
    let changes = answer["changes"].as_array().unwrap();
    let change = changes
        .iter()
        .find(|change| change["rule"] == "plot-ratio-within-plan")
        .unwrap();
    assert_eq!(
        (&change["before"], &change["after"]),
        (&json!("pass"), &json!("fail"))
    );
    assert_eq!(answer["room"]["left_m2"], json!(-0.5));
    assert_eq!(answer["room"]["most_m2"], json!(30000.0));
    assert_eq!(answer["binding"]["rule"], "plot-ratio-within-plan");
}

#[test]
fn a_parcel_as_it_stands_is_judged_as_in_the_run() {
    let place = place();
    let server = &place.server;
    let found = rows(&place.run.join("findings.csv"));
    for id in sites() {
        let answer = server
            .post(
                "/api/judge",
                &json!({ "kind": "parcel", "row": server.row_of(&id) }),
            )
            .json();
        let judged = findings(&answer["check"]);
        let mut compared = 0;
        for row in found
            .iter()
            .filter(|row| row["subject_kind"] == "parcel" && row["subject_id"] == id)
        {
            if let Some([_, verdict, ..]) = judged.iter().find(|own| own[0] == *row["rule"]) {
                assert_eq!(*verdict, *row["verdict"], "{id} {}", row["rule"]);
                compared += 1;
            }
        }
        assert!(compared >= 3, "{id}: {compared}");
        assert_eq!(
            answer["present"]["verdict"], answer["check"]["verdict"],
            "{id}"
        );
    }
}

/// A line across a parcel from west to east, beyond it on both sides.
fn across(row: u64, share: f64) -> Vec<[f64; 2]> {
    let listed = place().server.get(&format!("/api/parcels/{row}")).json();
    let bounds: Vec<f64> = listed["listed"]["box"]
        .as_array()
        .unwrap()
        .iter()
        .map(|at| at.as_f64().unwrap())
        .collect();
    let y = bounds[1] + (bounds[3] - bounds[1]) * share;
    let beyond = (bounds[2] - bounds[0]) * 0.05;
    vec![[bounds[0] - beyond, y], [bounds[2] + beyond, y]]
}

#[test]
fn a_split_by_a_drawn_line_is_that_of_check() {
    let place = place();
    let server = &place.server;
    let mut compared = 0;
    for id in sites() {
        let row = server.row_of(&id);
        let line = across(row, 0.47);
        let answer = server.post(
            "/api/split",
            &json!({ "row": row, "lines": [line], "lang": "en" }),
        );
        if answer.code != 200 {
            continue;
        }
        let answer = answer.json();
        let saved = check(answer["judged"]["toml"].as_str().unwrap(), None);
        assert_eq!(
            findings(&answer["judged"]["check"]),
            findings(&saved),
            "{id}"
        );
        // the same line, cut out of the city itself
        let lines = json!({ "type": "FeatureCollection", "features": [{ "type": "Feature", "properties": {}, "geometry": { "type": "LineString", "coordinates": line } }] });
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("lines.geojson");
        std::fs::write(&file, lines.to_string()).unwrap();
        let text = format!(
            "kind = \"split\"\nparcel = {id:?}\nas_of = 2022-06-01\ncut_lines = {:?}\n",
            file.display().to_string()
        );
        let of_city = check(&text, Some(&place.city));
        assert_eq!(
            findings(&answer["judged"]["check"]),
            findings(&of_city),
            "{id}"
        );
        let lots = answer["lots"].as_array().unwrap();
        let areas: f64 = lots
            .iter()
            .map(|lot| lot["area_m2"].as_f64().unwrap())
            .sum();
        let whole = server.get(&format!("/api/parcels?q={id}")).json()["rows"][0]["area_m2"]
            .as_f64()
            .unwrap();
        assert!((areas - whole).abs() < 0.005, "{areas} {whole}");
        let notes = of_city["notes"].to_string();
        for (number, lot) in (1..).zip(lots) {
            let area = format!("lot {number}: {:.2} m²", lot["area_m2"].as_f64().unwrap());
            assert!(notes.contains(&area), "{area}: {notes}");
        }
        compared += 1;
    }
    assert!(compared >= 2, "{compared} parcels could be split");
}

#[test]
fn a_merge_of_parcels_is_that_of_check() {
    let place = place();
    let server = &place.server;
    let pairs = rows(&place.run.join("adjacency.csv"));
    // a gap is judged by its width
    let named = |row: &&std::collections::BTreeMap<String, String>| {
        !row["parcel_a"].is_empty() && !row["parcel_b"].is_empty()
    };
    let gaps = pairs
        .iter()
        .filter(|row| row["kind"] == "gap")
        .filter(named)
        .take(3);
    let edges = pairs.iter().filter(|row| {
        row["kind"] == "edge" && !row["parcel_a"].is_empty() && !row["parcel_b"].is_empty()
    });
    let mut compared = 0;
    for pair in edges.step_by(7).take(6).chain(gaps) {
        let (a, b) = (&pair["parcel_a"], &pair["parcel_b"]);
        let mut rows = [server.row_of(a), server.row_of(b)];
        rows.sort_unstable();
        let answer = server
            .post("/api/merge", &json!({ "rows": rows, "lang": "en" }))
            .json();
        let ids: Vec<&str> = answer["parcels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["parcel_id"].as_str().unwrap())
            .collect();
        let text = format!("kind = \"merge\"\nas_of = 2022-06-01\nparcels = {ids:?}\n");
        let of_city = check(&text, Some(&place.city));
        assert_eq!(
            findings(&answer["judged"]["check"]),
            findings(&of_city),
            "{a} {b}"
        );
        let saved = check(answer["judged"]["toml"].as_str().unwrap(), None);
        assert_eq!(findings(&saved), findings(&of_city), "{a} {b}");
        compared += 1;
    }
    assert!(compared >= 3);
}
