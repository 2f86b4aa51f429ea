//! Maps for other programs: ids of features, KML, copies for viewers with shifted coordinates.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::{refused, sample, scan};

#[cfg(feature = "gdal")]
/// A field of a feature as text.
fn text_of(feature: &gdal::vector::Feature<'_>, name: &str) -> String {
    let at = feature.field_index(name).unwrap();
    feature.field_as_string(at).unwrap().unwrap()
}

#[test]
fn features_have_ids_that_are_theirs_alone() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("run");
    scan(&sample(), "gpkg", &out, &[]);
    for name in ["parcels", "idle", "scattered"] {
        let text = fs::read_to_string(out.join(format!("{name}.geojson"))).unwrap();
        let map: Value = serde_json::from_str(&text).unwrap();
        let features = map["features"].as_array().unwrap();
        let ids: BTreeSet<&str> = features
            .iter()
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), features.len(), "{name}");
    }
}

#[cfg(feature = "gdal")]
#[test]
fn kml_is_read_by_another_program_with_as_many_places_as_there_are_shapes() {
    use gdal::Dataset;
    use gdal::vector::LayerAccess;

    use super::rows;

    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("run");
    scan(&sample(), "gpkg", &out, &["--format", "kml,csv"]);
    let file = out.join("parcels.kml");
    let dataset = Dataset::open(&file).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    assert_eq!(layer.feature_count(), 297);
    let first = layer.features().next().unwrap();
    let name = text_of(&first, "Name");
    assert_eq!(name, rows(&out.join("parcels.csv"))[0]["parcel_id"]);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("<displayName>容积率</displayName>") && text.contains("#fail"));
}

#[test]
fn the_copy_for_a_viewer_is_shifted_says_so_and_is_never_measured() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("run");
    scan(&sample(), "gpkg", &out, &["--viewer", "amap"]);
    let read = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(out.join(name)).unwrap()).unwrap()
    };
    let (plain, shifted) = (read("parcels.geojson"), read("parcels.gcj02.geojson"));
    assert_eq!(shifted["datum"], "GCJ-02");
    assert!(shifted["note"].as_str().unwrap().contains("不得用于量算"));
    let corner = |map: &Value| -> [f64; 2] {
        let at = &map["features"][0]["geometry"]["coordinates"][0][0];
        let at = if at[0].is_array() { &at[0] } else { at };
        [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]
    };
    let (from, to) = (corner(&plain), corner(&shifted));
    let metres = ((to[0] - from[0]) * 97_800.0).hypot((to[1] - from[1]) * 110_800.0);
    assert!((400.0..700.0).contains(&metres), "{metres}");
    assert_eq!(
        plain["features"][0]["properties"],
        shifted["features"][0]["properties"]
    );
    let file = out.join("parcels.gcj02.geojson").display().to_string();
    let again = home.path().join("again").display().to_string();
    let text = refused(&["scan", "--parcels", &file, "-o", &again]);
    assert!(text.contains("GCJ-02"), "{text}");
}

#[cfg(feature = "gdal")]
#[test]
fn one_geopackage_holds_every_map_with_styles_names_and_what_it_rests_on() {
    use gdal::Dataset;
    use gdal::vector::LayerAccess;

    use super::rows;

    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("run");
    scan(&sample(), "gpkg", &out, &["--format", "gpkg"]);
    let dataset = Dataset::open(out.join("city.gpkg")).unwrap();
    for name in ["parcels", "footprints", "idle", "scattered", "open_land"] {
        let layer = dataset.layer_by_name(name).unwrap();
        let alone = Dataset::open(out.join(format!("{name}.gpkg"))).unwrap();
        let count = alone.layer(0).unwrap().feature_count();
        assert_eq!(layer.feature_count(), count, "{name}");
    }
    let neighbours = rows(&out.join("adjacency.csv"));
    let mut lines = dataset.layer_by_name("adjacency").unwrap();
    assert_eq!(lines.feature_count(), neighbours.len() as u64);
    for (line, row) in lines.features().zip(&neighbours) {
        assert_eq!(text_of(&line, "parcel_a"), row["parcel_a"]);
        assert_eq!(line.geometry().unwrap().geometry_count(), 1, "{row:?}");
    }
    let mut problems = csv::Reader::from_path(out.join("defects.csv")).unwrap();
    let columns = problems.headers().unwrap().clone();
    let column = |name: &str| columns.iter().position(|one| one == name).unwrap();
    let (x, y) = (column("x"), column("y"));
    let problems = problems.records().map(Result::unwrap);
    let placed: Vec<csv::StringRecord> = problems.filter(|row| !row[x].is_empty()).collect();
    let mut points = dataset.layer_by_name("defects").unwrap();
    assert_eq!(points.feature_count(), placed.len() as u64);
    for (point, row) in points.features().zip(&placed) {
        let (east, north, _) = point.geometry().unwrap().get_point(0);
        assert_eq!(
            format!("{east:.3},{north:.3}"),
            format!("{},{}", &row[x], &row[y])
        );
    }
    let mut styles = dataset.layer_by_name("layer_styles").unwrap();
    let mut defaults = BTreeSet::new();
    for style in styles.features() {
        let text = |name: &str| text_of(&style, name);
        let qml = text("styleQML");
        assert!(
            qml.contains("<renderer-v2") && qml.contains("<aliases>"),
            "{qml}"
        );
        if text("useAsDefault") == "1" {
            assert!(defaults.insert(text("f_table_name")), "one default each");
        }
    }
    assert_eq!(defaults.len(), 7);
    let facts = |sql: &str| -> String {
        let mut found = dataset
            .execute_sql(sql, None, gdal::vector::sql::Dialect::DEFAULT)
            .unwrap()
            .unwrap();
        let first = found.features().next().unwrap();
        first.field_as_string(0).unwrap().unwrap()
    };
    let metadata: Value =
        serde_json::from_str(&facts("SELECT metadata FROM gpkg_metadata")).unwrap();
    assert_eq!(metadata["policy"]["id"], "taizhou-2021");
    assert_eq!(metadata["as_of"], "2022-06-01");
    let alias = "SELECT name FROM gpkg_data_columns WHERE table_name = 'parcels' AND column_name = 'plot_ratio'";
    assert_eq!(facts(alias), "容积率");
    let project = fs::read_to_string(out.join("city.qgs")).unwrap();
    assert_eq!(project.matches("<maplayer ").count(), 7);
    let ids = project.split("<id>").skip(1);
    let ids: Vec<&str> = ids.filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(ids.len(), 7);
    for id in ids {
        assert!(id.len() > 10, "QGIS gives `{id}` another id");
        assert!(project.contains(&format!("<layer-tree-layer id=\"{id}\"")));
    }
    assert!(
        project.contains("./city.gpkg|layername=parcels")
            && !project.contains(home.path().to_str().unwrap())
    );
}
