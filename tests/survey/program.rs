//! `plotratio survey` as people run it.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use plotratio::model::survey::{SurveyLayer, SurveyTheme, first_difference};

use plotratio::write::{Column, Kind, ResultFolder, Table, TableGeometry, Value, write_shapefile};

use super::made::layer;
use super::{read, write};
use crate::command_line::{refused, run};

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// A folder with a GeoPackage of both layers, and those.
fn source() -> (tempfile::TempDir, PathBuf, [SurveyLayer; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.gpkg");
    let layers = [
        layer(SurveyTheme::Units, 20, false),
        layer(SurveyTheme::Zones, 5, false),
    ];
    write(&path, &[&layers[0], &layers[1]]);
    (folder, path, layers)
}

#[cfg(feature = "gdal")]
#[test]
fn both_layers_come_out_as_they_went_in_with_their_findings_beside_them() {
    let (folder, input, layers) = source();
    let out = folder.path().join("out").join("survey.gdb");
    let table = folder.path().join("out").join("表1-2.csv");
    let output = run(&[
        "survey",
        &text(&input),
        "-o",
        &text(&out),
        "--table",
        &text(&table),
        "--json",
    ]);
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["layers"]["DCDYTB"], 20);
    assert_eq!(summary["layers"]["DCQTB"], 5);
    assert_eq!(summary["notes"], serde_json::json!([]));
    for made in &layers {
        let back = read(&out, made.theme).layer;
        assert_eq!(first_difference(made, &back, 0.75e-6), None);
    }
    let checks = fs::read_to_string(out.with_file_name("survey_checks.csv")).unwrap();
    let mut lines = checks.lines();
    assert_eq!(
        lines.next(),
        Some("family,layer,feature,field,detail,check")
    );
    let counted: u64 = summary["findings"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(serde_json::Value::as_u64)
        .sum();
    assert_eq!(lines.count() as u64, counted);
    assert!(counted > 0);
    let table = fs::read_to_string(table).unwrap();
    let header = table.lines().next().unwrap();
    assert!(header.starts_with("DCDYBH,XZMC,DCQBH,ZDBH,MJ,"), "{header}");
    assert_eq!(header.split(',').count(), 39);
    // hidden folders are gone
    let names: Vec<_> = fs::read_dir(out.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 3);
}

#[cfg(feature = "gdal")]
#[test]
fn two_runs_give_the_same_geodatabase() {
    let (folder, input, _) = source();
    let of = |name: &str| {
        let out = folder.path().join(name).join("a.gdb");
        run(&["survey", &text(&input), "-o", &text(&out)]);
        let entries = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = entries
            .map(|path| {
                (
                    path.file_name().unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    };
    assert!(of("one") == of("two"));
}

#[test]
fn layers_of_several_files_are_known_by_their_names_or_fields() {
    let (folder, input, layers) = source();
    let units = folder.path().join("单元.gpkg");
    write(&units, &[&layers[0]]);
    let zones = format!("{}:DCQTB", text(&input));
    let out = folder.path().join("out.gpkg");
    run(&[
        "survey",
        &text(&units),
        &zones,
        "-o",
        &text(&out),
        "--numbers-as-text",
    ]);
    let back = read(&out, SurveyTheme::Units).layer;
    let expected = layers[0].clone().with_numbers_as_text();
    assert_eq!(first_difference(&expected, &back, 0.0), None);
    let twice = refused(&[
        "survey",
        &text(&units),
        &text(&input),
        "-o",
        &text(&out),
        "--overwrite",
    ]);
    assert!(twice.contains("both"), "{twice}");
}

#[test]
fn nothing_is_replaced_unasked_and_no_other_layer_is_lost() {
    let (folder, input, layers) = source();
    let out = folder.path().join("out.gpkg");
    run(&["survey", &text(&input), "-o", &text(&out)]);
    let there = fs::read(&out).unwrap();
    assert!(refused(&["survey", &text(&input), "-o", &text(&out)]).contains("--overwrite"));
    assert_eq!(fs::read(&out).unwrap(), there);
    run(&["survey", &text(&input), "-o", &text(&out), "--overwrite"]);
    assert_eq!(fs::read(&out).unwrap(), there);
    // the input itself, and a file that holds more
    let own = refused(&["survey", &text(&input), "-o", &text(&input), "--overwrite"]);
    assert!(own.contains("is or holds the input"), "{own}");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/city");
    let city = sample.join("parcels.gpkg");
    let other = folder.path().join("city.gpkg");
    fs::copy(&city, &other).unwrap();
    let more = refused(&["survey", &text(&input), "-o", &text(&other), "--overwrite"]);
    assert!(more.contains("which would be lost"), "{more}");
    assert_eq!(fs::read(&other).unwrap(), fs::read(&city).unwrap());
    let wrong = refused(&[
        "survey",
        &text(&input),
        "-o",
        &text(&folder.path().join("out.shp")),
    ]);
    assert!(wrong.contains("neither a `.gpkg` nor a `.gdb`"), "{wrong}");
    drop(layers);
}

#[cfg(feature = "gdal")]
#[test]
fn a_map_with_older_names_and_fields_that_are_missing_is_read_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.geojson");
    let square = "[[[[121.4,28.6],[121.401,28.6],[121.401,28.601],[121.4,28.601],[121.4,28.6]]]]";
    let feature = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"dcdybh":"0001","TDZBH":"临证0001","MJ":"1.50","ZKFSSNF":"","SYQLX":"G","SYQLX_1":null}},"geometry":{{"type":"MultiPolygon","coordinates":{square}}}}}]}}"#
    );
    fs::write(&path, feature).unwrap();
    let out = folder.path().join("out.gdb");
    run(&["survey", &text(&path), "-o", &text(&out)]);
    let back = read(&out, SurveyTheme::Units).layer;
    let said = |field: &str| back.value(0, field).text().map(Cow::into_owned);
    assert_eq!(said("DCDYBH").as_deref(), Some("0001"));
    assert_eq!(said("MJ").as_deref(), Some("1.50"));
    assert_eq!(
        (said("SYQLX").as_deref(), said("SYQLX_1")),
        (Some("G"), None)
    );
    let extra: Vec<&str> = back.columns[39..]
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(extra, ["TDZBH", "ZKFSSNF"]);
    assert_eq!(back.row(0)[39].text().as_deref(), Some("临证0001"));
    assert_eq!(back.row(0)[40].text().as_deref(), Some(""));
    // degrees come back to the last bit from a grid of 1e-11°
    assert_eq!(back.shapes.get(0).coords()[2].x, 121.401);
    assert!(out.with_file_name("survey_checks.csv").exists());
}

#[test]
fn a_shapefile_of_text_in_gbk_as_of_2020_keeps_its_zeros() {
    let folder = tempfile::tempdir().unwrap();
    let made = layer(SurveyTheme::Units, 12, true);
    let column = |name: &'static str| {
        let place = made.place(name).unwrap();
        let made = &made;
        Column::new(name, name, Kind::Text, move |row: usize| {
            let short = |text: &String| text.len() < 100 && !text.contains('𠮷');
            let text = made.row(row)[place].text().map(Cow::into_owned);
            text.filter(short)
                .map_or(Value::Null, |text| Value::Text(text.into()))
        })
    };
    let table = Table {
        name: "DCDYTB",
        title: "调查单元",
        rows: 12,
        columns: ["DCDYBH", "MJ", "RJL", "XZMC", "SFSD"].map(column).into(),
        geometry: Some(TableGeometry {
            crs: &made.crs,
            plane: Box::new(|row| made.shapes.get(row)),
            degrees: None,
        }),
    };
    let shapefile = folder.path().join("shp");
    let results = ResultFolder::begin(&shapefile, false).unwrap();
    write_shapefile(&results, &table, "GBK").unwrap();
    results.commit().unwrap();
    let out = folder.path().join("out.gpkg");
    run(&[
        "survey",
        &text(&shapefile.join("DCDYTB.shp")),
        "-o",
        &text(&out),
    ]);
    let back = read(&out, SurveyTheme::Units).layer;
    let mut kept = 0;
    for row in 0..12 {
        for name in ["DCDYBH", "MJ", "RJL", "SFSD"] {
            // a Shapefile has neither an empty text nor blanks at its end
            let before = made.value(row, name).word();
            let after = back.value(row, name).text();
            assert_eq!(
                before.as_deref(),
                after.as_deref().map(str::trim),
                "{name} {row}"
            );
            kept += usize::from(after.as_deref() == Some("1.50"));
        }
    }
    assert!(kept > 0);
}

#[cfg(feature = "gdal")]
#[test]
fn a_column_of_days_that_holds_something_else_is_kept_as_text_and_no_day_is_made_up() {
    let (folder, input, _) = source();
    let changed = folder.path().join("changed.gpkg");
    fs::copy(&input, &changed).unwrap();
    let sql = "UPDATE DCDYTB SET DJSJ = '2021' WHERE fid = 2";
    let dataset = gdal::Dataset::open_ex(
        &changed,
        gdal::DatasetOptions {
            open_flags: gdal::GdalOpenFlags::GDAL_OF_UPDATE | gdal::GdalOpenFlags::GDAL_OF_VECTOR,
            ..gdal::DatasetOptions::default()
        },
    )
    .unwrap();
    dataset
        .execute_sql(sql, None, gdal::vector::sql::Dialect::DEFAULT)
        .unwrap();
    dataset.close().unwrap();
    let [before, after] = [&input, &changed].map(|path| read(path, SurveyTheme::Units));
    let said = |layer: &SurveyLayer, row| layer.value(row, "DJSJ").text().map(Cow::into_owned);
    assert_eq!(said(&after.layer, 1).as_deref(), Some("2021"));
    for row in (0..20).filter(|row| *row != 1) {
        assert_eq!(
            said(&after.layer, row),
            said(&before.layer, row),
            "row {row}"
        );
    }
    assert!(
        after
            .notes
            .iter()
            .any(|note| note.contains("`DJSJ` is declared as a date"))
    );
}
