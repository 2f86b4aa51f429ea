//! Lists, panels, tiles and exports of a served run.

use serde_json::{Value, json};

use super::place;
use crate::command_line::rows;

#[test]
fn a_list_is_filtered_searched_and_sorted_as_the_file_has_it() {
    let place = place();
    let list = |query: &str| place.server.get(&format!("/api/parcels?{query}")).json();
    let of_file = rows(&place.run.join("parcels.csv"));
    assert_eq!(list("")["total"], of_file.len());
    let failing = of_file
        .iter()
        .filter(|row| row["verdict"] == "fail")
        .count();
    assert!(failing > 0);
    assert_eq!(list("verdict=fail")["total"], failing);
    let large = of_file
        .iter()
        .filter(|row| row["area_m2"].parse::<f64>().unwrap() >= 5000.0);
    assert_eq!(list("min_area=5000")["total"], large.count());
    let sorted = list("sort=-area_m2&limit=500");
    let areas = sorted["rows"].as_array().unwrap().iter();
    let areas: Vec<f64> = areas.filter_map(|row| row["area_m2"].as_f64()).collect();
    assert!(areas.is_sorted_by(|a, b| a >= b) && areas.len() > 10);
    let id = &of_file[of_file.len() / 2]["parcel_id"];
    let found = list(&format!("q={}&limit=1", id.to_lowercase()));
    assert_eq!(found["rows"][0]["parcel_id"], **id);
    let row = found["rows"][0]["row"].as_u64().unwrap();
    let sought = list(&format!("sort=-area_m2&find={row}"));
    let position = usize::try_from(sought["position"].as_u64().unwrap()).unwrap();
    let there = list(&format!("sort=-area_m2&offset={position}&limit=1"));
    assert_eq!(there["rows"][0]["row"], row);
    let findings = rows(&place.run.join("findings.csv"));
    let density = findings.iter().filter(|row| {
        row["rule"] == "density-within-plan"
            && !["pass", "not_applicable"].contains(&&*row["verdict"])
    });
    assert_eq!(list("rule=density-within-plan")["total"], density.count());
}

#[test]
fn a_panel_says_what_the_run_says_and_its_page_is_the_dossier() {
    let place = place();
    let of_file = rows(&place.run.join("parcels.csv"));
    let row = of_file
        .iter()
        .position(|row| row["verdict"] == "fail")
        .unwrap();
    let panel = place
        .server
        .get(&format!("/api/parcels/{row}?lang=en"))
        .json();
    let html = panel["html"].as_str().unwrap();
    assert_eq!(panel["id"], *of_file[row]["parcel_id"]);
    assert!(html.contains("What the rules say") && html.contains("<blockquote>“"));
    let page = place.server.get(&format!("/dossier/{row}?lang=zh"));
    let page = String::from_utf8(page.body).unwrap();
    assert!(page.contains("宗地图") && page.contains(&of_file[row]["parcel_id"]));
}

#[test]
fn a_selection_is_exported_as_the_run_has_it() {
    let place = place();
    let export = |format: &str, body: Value| {
        let mut body = body;
        body["format"] = format.into();
        place.server.post("/api/export", &body)
    };
    let csv = export("csv", json!({ "query": { "verdict": "fail" } }));
    let text = String::from_utf8(csv.body).unwrap();
    let of_file = std::fs::read_to_string(place.run.join("parcels.csv")).unwrap();
    let same = of_file.lines().filter(|line| line.contains(",fail,"));
    let exported: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(exported, same.collect::<Vec<_>>());
    let xlsx = export("xlsx", json!({ "rows": [0, 1] }));
    assert!(xlsx.body.starts_with(b"PK") && xlsx.head.to_lowercase().contains("attachment"));
    let map = export("geojson", json!({ "rows": [2, 1] })).json();
    assert_eq!(map["features"].as_array().unwrap().len(), 2);
}

#[test]
fn a_tile_holds_every_parcel_that_lies_in_it() {
    let place = place();
    let about = place.server.get("/api/run").json();
    let bounds: Vec<f64> = about["bounds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|at| at.as_f64().unwrap())
        .collect();
    let middle = geo::Coord {
        x: f64::midpoint(bounds[0], bounds[2]),
        y: f64::midpoint(bounds[1], bounds[3]),
    };
    let at = plotratio::write::world(middle);
    let (x, y) = ((at.x * 1024.0).floor(), (at.y * 1024.0).floor());
    let answer = place.server.get(&format!("/tiles/parcels/10/{x}/{y}"));
    assert_eq!(answer.code, 200);
    assert!(
        answer
            .head
            .to_lowercase()
            .contains("content-encoding: gzip")
    );
    assert!(answer.body.starts_with(&[0x1f, 0x8b]));
    let marked = place
        .server
        .get(&format!("/tiles/parcels/10/{x}/{y}?verdict=fail"));
    assert_ne!(marked.body, answer.body);
    assert_eq!(place.server.get("/tiles/parcels/10/0/0").code, 204);
    assert_eq!(place.server.get("/tiles/scattered/10/0/0").code, 204);
}

#[cfg(feature = "gdal")]
#[test]
fn an_archive_of_tiles_is_the_same_on_any_number_of_threads_and_gdal_reads_its_tiles() {
    use gdal::vector::LayerAccess as _;

    use crate::command_line::{sample, scan};

    let home = tempfile::tempdir().unwrap();
    let mut archives = Vec::new();
    for threads in ["1", "3"] {
        let out = home.path().join(threads);
        scan(
            &sample(),
            "gpkg",
            &out,
            &["--format", "pmtiles,csv", "--threads", threads],
        );
        archives.push(std::fs::read(out.join("parcels.pmtiles")).unwrap());
    }
    assert!(archives[0] == archives[1], "other bytes with other threads");
    let parcels = rows(&home.path().join("1/parcels.csv"));
    let archive =
        plotratio::write::TileArchive::open(&home.path().join("1/parcels.pmtiles")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let z = archive.zooms.1;
    let number = |at: usize| {
        f64::from(i32::from_le_bytes(
            archives[0][at..at + 4].try_into().unwrap(),
        )) / 1e7
    };
    let [west, south, east, north] = [102, 106, 110, 114].map(number);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a tile of the square"
    )]
    let cell = |x, y| {
        let at = plotratio::write::world(geo::Coord { x, y });
        let side = f64::from(1 << z);
        ((at.x * side) as u32, (at.y * side) as u32)
    };
    let ((left, top), (right, bottom)) = (cell(west, north), cell(east, south));
    for x in left..=right {
        for y in top..=bottom {
            let tile = plotratio::write::TileId::new(z, x, y).unwrap();
            let Some(bytes) = archive.tile(tile).unwrap() else {
                continue;
            };
            let mut plain = Vec::new();
            let mut packed = flate2::read::GzDecoder::new(&bytes[..]);
            std::io::Read::read_to_end(&mut packed, &mut plain).unwrap();
            let file = home.path().join(format!("{x}-{y}.mvt"));
            std::fs::write(&file, plain).unwrap();
            let data = gdal::Dataset::open(&file).unwrap();
            let mut layer = data.layer(0).unwrap();
            assert_eq!(layer.name(), "parcels");
            for feature in layer.features() {
                let at = feature.field_index("parcel_id").unwrap();
                seen.extend(feature.field_as_string(at).unwrap());
                assert!(feature.geometry().unwrap().area() > 0.0);
            }
        }
    }
    let ids: std::collections::BTreeSet<String> = parcels
        .iter()
        .map(|row| row["parcel_id"].clone())
        .filter(|id| !id.is_empty())
        .collect();
    assert_eq!(seen, ids, "at the deepest zoom every parcel is there");
}
