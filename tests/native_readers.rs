//! Small files written by the crates of each format are read back, whole, cut short and broken.

mod writers;

use std::path::PathBuf;

use plotratio::formats::SourceError;
use plotratio::formats::{Batch, Column, GeometryFlaw, Layer, Source, open_native};
use proptest::prelude::*;
use tempfile::TempDir;
use writers::{flatgeobuf, geojson, geoparquet, native_polygons};

/// A file with these bytes in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> (TempDir, Source) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, Source::File { path, layer: None })
}

fn open(name: &str, bytes: &[u8]) -> Result<Box<dyn Layer>, SourceError> {
    let (_folder, source) = file(name, bytes);
    open_native(&source).unwrap()
}

/// Opens the file and reads all its columns.
fn read(name: &str, bytes: &[u8]) -> Result<(Box<dyn Layer>, Vec<Batch>), SourceError> {
    let (_folder, source) = file(name, bytes);
    let mut layer = open_native(&source).unwrap()?;
    let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
    let batches = layer.read(&columns, &|_| {})?;
    Ok((layer, batches))
}

fn texts(batches: &[Batch], column: usize) -> Vec<Option<String>> {
    let cells = batches.iter().flat_map(|batch| {
        let column = Column(&batch.columns[column]);
        (0..batch.rows).map(move |row| column.text(row).map(std::borrow::Cow::into_owned))
    });
    cells.collect()
}

fn column(layer: &dyn Layer, name: &str) -> usize {
    let mut fields = layer.schema().fields.iter();
    fields.position(|field| field.name == name).unwrap()
}

/// The layer that every writer writes: a square of side 2 with a hole of side 1, then a row without geometry.
fn check(layer: &dyn Layer, batches: &[Batch], flaw: GeometryFlaw) {
    let rows: usize = batches.iter().map(|batch| batch.rows).sum();
    assert_eq!(rows, 2);
    let cells = |name| texts(batches, column(layer, name));
    assert_eq!(cells("用途"), [Some("工业".to_owned()), None]);
    assert_eq!(cells("storeys"), [Some("3".to_owned()), None]);
    assert_eq!(cells("area"), [None, Some("2.5".to_owned())]);
    let batch = &batches[0];
    assert_eq!(batch.flaws, [(1, flaw)]);
    let shapes = batch.shapes.as_ref().unwrap();
    assert_eq!(shapes.len(), 2);
    let rings: Vec<_> = shapes.get(0).rings().map(<[_]>::len).collect();
    assert_eq!(rings, [5, 5]);
    assert_eq!(shapes.get(0).bounds().max, geo::coord! {x: 2.0, y: 2.0});
    assert!(shapes.get(1).is_empty());
}

#[test]
fn a_flatgeobuf_comes_back_with_an_index_and_multipolygons_and_without() {
    for index in [true, false] {
        let (layer, batches) = read("a.fgb", &flatgeobuf(index)).unwrap();
        // An index puts the rows in an order of its own.
        if !index {
            // Its writer has no null, only a polygon without points.
            check(&*layer, &batches, GeometryFlaw::Empty);
        }
        let shapes = batches[0].shapes.as_ref().unwrap();
        let rings: usize = shapes.iter().map(|shape| shape.rings().count()).sum();
        assert_eq!((rings, shapes.coords().len()), (2, 10));
        let schema = layer.schema();
        assert_eq!(schema.name, "宗地");
        assert_eq!(schema.crs.as_deref(), Some("EPSG:4549"));
        assert_eq!(schema.feature_count, Some(2));
        let fields: Vec<_> = layer
            .schema()
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(
            fields,
            ["用途", "storeys", "area", "flag", "picture", "made"]
        );
        let mut made = texts(&batches, 5);
        made.sort();
        assert_eq!(made, [None, Some("2022-06-01".to_owned())]);
        assert_eq!(texts(&batches, 4), [None, None]);
    }
}

#[test]
fn only_the_columns_asked_for_are_read_in_the_order_asked_for() {
    for (name, bytes) in [
        ("a.fgb", flatgeobuf(false)),
        ("a.parquet", geoparquet()),
        ("a.geojson", geojson()),
    ] {
        let (_folder, source) = file(name, &bytes);
        let mut layer = open_native(&source).unwrap().unwrap();
        let (area, usage) = (column(&*layer, "area"), column(&*layer, "用途"));
        for _ in 0..2 {
            let batches = layer.read(&[area, usage, area], &|_| {}).unwrap();
            assert_eq!(batches[0].columns.len(), 3, "{name}");
            assert_eq!(texts(&batches, 0), texts(&batches, 2), "{name}");
            assert_eq!(texts(&batches, 0)[1].as_deref(), Some("2.5"), "{name}");
            assert_eq!(texts(&batches, 1)[0].as_deref(), Some("工业"), "{name}");
        }
    }
}

#[test]
fn a_geoparquet_comes_back_with_plain_columns_and_its_crs() {
    let (layer, batches) = read("a.parquet", &geoparquet()).unwrap();
    check(&*layer, &batches, GeometryFlaw::Null);
    let crs = layer.schema().crs.as_deref();
    assert_eq!(crs, Some(r#"{"name":"CGCS2000"}"#));
    // The box of each row is a structure, and no field.
    assert_eq!(layer.schema().fields.len(), 3);
}

#[test]
fn native_polygons_of_a_geoparquet_are_the_same_as_wkb() {
    let (_, wkb) = read("a.parquet", &geoparquet()).unwrap();
    let (layer, native) = read("a.parquet", &native_polygons(true)).unwrap();
    assert_eq!(native[0].shapes, wkb[0].shapes);
    assert_eq!(native[0].flaws, wkb[0].flaws);
    assert_eq!(layer.schema().crs.as_deref(), Some("OGC:CRS84"));
}

#[test]
fn a_parquet_without_geo_metadata_is_a_table() {
    let (layer, batches) = read("a.parquet", &native_polygons(false)).unwrap();
    assert!(!layer.schema().has_geometry && layer.schema().crs.is_none());
    assert_eq!(batches[0].rows, 2);
    assert!(batches[0].shapes.is_none());
}

#[test]
fn a_geojson_comes_back_in_whatever_way_it_is_laid_out() {
    let plain = String::from_utf8(geojson()).unwrap();
    let pretty: serde_json::Value = serde_json::from_str(&plain).unwrap();
    let one_line = pretty.to_string();
    let lines: Vec<String> = pretty["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(serde_json::Value::to_string)
        .collect();
    let pretty = serde_json::to_string_pretty(&pretty).unwrap();
    for (name, text) in [
        ("a.geojson", plain.clone()),
        ("a.geojson", format!("\u{feff}{plain}")),
        ("a.json", one_line),
        ("a.json", pretty.replace('\n', "\r\n")),
        ("a.geojsonl", lines.join("\n")),
        ("a.ndjson", format!("{}\r\n", lines.join("\r\n"))),
        ("a.geojsons", format!("\u{1e}{}\n", lines.join("\n\u{1e}"))),
    ] {
        let (layer, batches) = read(name, text.as_bytes()).unwrap();
        check(&*layer, &batches, GeometryFlaw::Null);
        assert_eq!(layer.schema().crs.as_deref(), Some("OGC:CRS84"));
        let more = texts(&batches, column(&*layer, "more"));
        let more = more[0].as_deref().unwrap().replace(char::is_whitespace, "");
        assert_eq!(more, r#"{"a":[1]}"#);
    }
}

#[test]
fn a_geojson_of_many_pieces_is_the_same_as_its_features_one_by_one() {
    // More than two pieces of 8 MiB, with a line break in front of every brace that could mislead.
    let feature = |row: usize| {
        let note = "x".repeat(900);
        format!(
            r#"{{"type":"Feature","properties":{{"row":{row},"note":"{note}","deep":[{{}},
{{}}]}},"geometry":{{"type":"Polygon","coordinates":[[[{row},0],[{row},1],[0,1],[{row},0]]]}}}}"#
        )
    };
    let features: Vec<String> = (0..20_000).map(feature).collect();
    let whole = format!(
        r#"{{"features":[{}],"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4549"}}}}}}"#,
        features.join(",\n")
    );
    for (name, text, crs) in [
        ("a.geojson", whole.clone(), "EPSG:4549"),
        ("a.geojson", whole.replace('\n', ""), "EPSG:4549"),
        ("a.geojsonl", features.join("\n"), "OGC:CRS84"),
    ] {
        let (layer, batches) = read(name, text.as_bytes()).unwrap();
        assert!(batches.len() > 2);
        assert_eq!(layer.schema().crs.as_deref(), Some(crs));
        let rows = texts(&batches, column(&*layer, "row"));
        assert!(
            rows.iter()
                .enumerate()
                .all(|(row, text)| *text == Some(row.to_string()))
        );
        for batch in &batches {
            let shapes = batch.shapes.as_ref().unwrap();
            #[expect(clippy::cast_precision_loss, reason = "20,000")]
            let first = batch.first_row as f64;
            assert_eq!((shapes.len(), shapes.coords()[0].x), (batch.rows, first));
        }
    }
}

#[test]
fn a_geojson_that_is_wrong_is_an_error_with_its_line() {
    for (text, expected) in [
        ("", "line 1: there is nothing in it"),
        (
            "[1]",
            "line 1: expected an object with `\"type\": \"Feature\"`",
        ),
        (
            "{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"type\":\"Feature\",}\n]}",
            "line 3: key must be a string",
        ),
        (
            "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"properties\":{\"a\":1}\n",
            "line 3: EOF while parsing",
        ),
        (
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"},\n]}",
            "line 2: expected value",
        ),
        (
            "{\"features\":[{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}]}",
            "line 2: expected `,` or `]`",
        ),
        (
            "{\"type\":\"Topology\"}",
            "line 1: expected an object with `\"type\": \"Feature\"`",
        ),
        ("{\"features\":[]} x", "line 1: expected value (column 17)"),
        (
            "{\"features\":[\n\n{\"type\":\"Feature\",\n\"properties\":{\"a\":1,\n\"a\":2}}]}",
            "line 5: the property `a` is there twice",
        ),
        (
            "{\"type\":\"Feature\"}\n{\"type\":\"Feature\",\"geometry\":null,\"geometry\":null}",
            "line 2: duplicate field `geometry`",
        ),
        (
            "{\"type\":\"Feature\"}\n[\"Feature\",1,null,null]",
            "line 2: expected an object",
        ),
        (
            "{\"type\":\"Feature\"}\n{\"type\":\"Feature\",\"properties\":[1]}",
            "line 2: invalid type: sequence, expected properties",
        ),
    ] {
        let error = open("a.geojson", text.as_bytes())
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains(expected), "{text}\n{error}");
    }
}

#[test]
fn a_geojson_in_another_encoding_is_an_error_with_its_line() {
    let text =
        b"{\"type\":\"Feature\"}\n{\"type\":\"Feature\",\"properties\":{\"a\":\"\xb9\xa4\"}}";
    let error = open("a.geojsonl", text).err().unwrap().to_string();
    assert!(
        error.contains("line 2: a text is not UTF-8; convert"),
        "{error}"
    );
}

#[test]
fn a_collection_without_features_is_an_empty_layer() {
    for text in ["{\"features\":[]}", "{\"features\": [\n\n]\n}\n"] {
        let (layer, batches) = read("a.geojson", text.as_bytes()).unwrap();
        assert_eq!((layer.schema().feature_count, batches.len()), (Some(0), 0));
    }
}

#[test]
fn nesting_without_end_is_kept_as_text_or_a_flaw_and_exhausts_no_stack() {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    let text = format!(
        r#"{{"type":"Feature","properties":{{"deep":{deep},"a":1e999}},"geometry":{{"type":"Polygon","coordinates":{deep}}}}}"#
    );
    for text in [text.clone(), format!("{{\"features\":[{text}]}}")] {
        let (_, batches) = read("a.geojson", text.as_bytes()).unwrap();
        assert_eq!(texts(&batches, 0), [Some(deep.clone())]);
        assert_eq!(Column(&batches[0].columns[1]).number(0), None);
        assert!(matches!(
            batches[0].flaws[..],
            [(0, GeometryFlaw::Undecodable(_))]
        ));
    }
    for text in ["[".repeat(200_000), "{\"crs\":".repeat(200_000)] {
        assert!(open("a.geojson", text.as_bytes()).is_err());
    }
}

#[test]
fn a_lone_geometry_and_a_feature_id_are_read() {
    let text = r#"{"type":"Feature","id":"zd1","geometry":null,"properties":null}
{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;
    let (layer, batches) = read("a.geojsonl", text.as_bytes()).unwrap();
    assert_eq!(layer.schema().fields[0].name, "id");
    assert_eq!(texts(&batches, 0), [Some("zd1".to_owned()), None]);
    assert_eq!(batches[0].flaws, [(0, GeometryFlaw::Null)]);
}

#[test]
fn a_file_that_is_cut_short_is_an_error_at_every_length() {
    for (name, bytes) in [
        ("a.fgb", flatgeobuf(true)),
        ("a.fgb", flatgeobuf(false)),
        ("a.parquet", geoparquet()),
        ("a.geojson", geojson()),
    ] {
        for length in 0..bytes.trim_ascii_end().len() {
            assert!(
                read(name, &bytes[..length]).is_err(),
                "{name} cut to {length}"
            );
        }
    }
}

#[test]
fn a_broken_flatgeobuf_feature_is_named_by_its_number() {
    let mut bytes = flatgeobuf(false);
    let header = u32::from_le_bytes(bytes[8..12].try_into().unwrap()) as usize;
    let first = u32::from_le_bytes(bytes[12 + header..16 + header].try_into().unwrap()) as usize;
    let second = 12 + header + 4 + first;
    bytes[second..second + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    let error = read("a.fgb", &bytes).err().unwrap().to_string();
    assert!(error.contains("feature 1"), "{error}");
}

/// Opens and reads these bytes as a file of each name; only a panic is a fault.
fn survive(folder: &TempDir, names: &[&str], bytes: &[u8]) {
    for name in names {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        if let Ok(mut layer) = open_native(&Source::File { path, layer: None }).unwrap() {
            let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
            let _ = layer.read(&columns, &|_| {});
        }
    }
}

#[test]
fn a_broken_page_of_a_parquet_ends_the_reading() {
    let mut bytes = geoparquet();
    bytes[4] = 0xff;
    let error = read("a.parquet", &bytes).err().unwrap().to_string();
    assert!(error.contains("row group 0"), "{error}");
}

#[test]
fn a_byte_that_is_changed_never_panics() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.fgb", flatgeobuf(true)),
        ("a.geojson", geojson()),
        ("a.parquet", geoparquet()),
    ] {
        let mut broken = bytes.clone();
        for place in 0..bytes.len() {
            for byte in [0xff, bytes[place] ^ 1] {
                broken[place] = byte;
                survive(&folder, &[name], &broken);
            }
            broken[place] = bytes[place];
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let folder = tempfile::tempdir().unwrap();
        survive(&folder, &["a.fgb", "a.parquet", "a.geojson"], &bytes);
        survive(&folder, &["a.fgb"], &[b"fgb\x03fgb\x00", &bytes[..]].concat());
        survive(&folder, &["a.parquet"], &[b"PAR1", &bytes[..], b"PAR1"].concat());
    }

    #[test]
    fn random_json_never_panics(text in r#"(\{"features":\[)?([\[\]{},:"0-9.\- \n]|"type"|"Feature"|"geometry"|"coordinates"|"Polygon"|"properties"|null|\{"type":"Feature"){0,60}"#) {
        let folder = tempfile::tempdir().unwrap();
        survive(&folder, &["a.geojson"], text.as_bytes());
    }
}
