//! What other programs find in the files.

use gdal::Dataset;
use gdal::vector::{FieldValue, LayerAccess, sql::Dialect};
use plotratio::write::{write_geodatabase, write_shapefile};

use super::*;

/// What GDAL reads: rows, rows with a shape, total area, the first row's cells, and how many ids are unknown.
fn read_back(path: &Path) -> (u64, usize, f64, Vec<Option<FieldValue>>, u64) {
    let dataset = Dataset::open(path).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    let (mut shapes, mut area, mut first) = (0, 0.0, Vec::new());
    for feature in layer.features() {
        if let Some(geometry) = feature.geometry().filter(|g| !g.is_empty()) {
            shapes += 1;
            area += geometry.area();
        }
        if feature.field_as_integer64(1).unwrap() == Some(0) {
            first = feature.fields().map(|(_, value)| value).collect();
        }
    }
    let sql = format!("SELECT * FROM \"{}\" WHERE parcel_id IS NULL", layer.name());
    let unknown = dataset.execute_sql(sql, None, Dialect::OGR).unwrap();
    let unknown = unknown.unwrap().feature_count();
    (layer.feature_count(), shapes, area, first, unknown)
}

#[test]
fn gdal_reads_back_every_row_shape_and_cell() {
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    // 100 m² for each square; two halves; 450 m² less a hole of 25 m².
    let area = 100.0 * 9997.0 + 50.0 * 2.0 + 425.0;
    let table = city.table(true);
    write_table(&folder, &table, Format::GeoPackage).unwrap();
    write_table(&folder, &table, Format::FlatGeobuf).unwrap();
    write_shapefile(&folder, &table, "UTF-8").unwrap();
    write_geodatabase(&folder, &table).unwrap();
    for name in ["parcels.gpkg", "parcels.fgb", "parcels.shp", "parcels.gdb"] {
        let (rows, shapes, found, first, unknown) = read_back(&folder.path(name));
        assert_eq!(
            (rows, shapes, unknown),
            (ROWS as u64, ROWS - 1, 1),
            "{name}"
        );
        assert!((found - area).abs() < 0.1, "{name}: {found} m²");
        assert_eq!(
            first[0],
            Some(FieldValue::StringValue("甲, \"乙\"\n丙".into())),
            "{name}"
        );
        assert_eq!(first[2], Some(FieldValue::RealValue(0.05)), "{name}");
        let dataset = Dataset::open(folder.path(name)).unwrap();
        let wkt = dataset.layer(0).unwrap().spatial_ref().unwrap().to_wkt();
        assert!(wkt.unwrap().replace('_', " ").contains("CM 120E"), "{name}");
    }
    write_shapefile(&folder, &table, "GBK").unwrap();
    let (_, _, _, first, _) = read_back(&folder.path("parcels.shp"));
    assert_eq!(
        first[0],
        Some(FieldValue::StringValue("甲, \"乙\"\n丙".into()))
    );
}

#[test]
fn a_geopackage_has_chinese_names_and_an_index() {
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    write_table(&folder, &city.table(true), Format::GeoPackage).unwrap();
    let dataset = Dataset::open(folder.path("parcels.gpkg")).unwrap();
    let value = |sql: &str| {
        let mut set = dataset
            .execute_sql(sql, None, Dialect::DEFAULT)
            .unwrap()
            .unwrap();
        set.features()
            .next()
            .unwrap()
            .field_as_string(0)
            .unwrap()
            .unwrap()
    };
    let named = "SELECT name FROM gpkg_data_columns WHERE column_name = 'area_m2'";
    assert_eq!(value(named), "面积");
    assert_eq!(value("SELECT description FROM gpkg_contents"), "宗地");
    assert_eq!(
        value("SELECT count(*) FROM rtree_parcels_geom"),
        (ROWS - 1).to_string()
    );
}

#[test]
fn geoparquet_carries_its_crs_boxes_and_every_row() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    write_table(&folder, &city.table(true), Format::Parquet).unwrap();
    let file = fs::File::open(folder.path("parcels.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let metadata = reader.metadata().file_metadata();
    assert_eq!(metadata.num_rows(), 10_000);
    let entries = metadata.key_value_metadata().unwrap();
    let geo = entries.iter().find(|entry| entry.key == "geo").unwrap();
    let geo: serde_json::Value = serde_json::from_str(geo.value.as_ref().unwrap()).unwrap();
    assert_eq!(geo["version"], "1.1.0");
    let column = &geo["columns"]["geometry"];
    assert_eq!(
        column["geometry_types"],
        serde_json::json!(["Polygon", "MultiPolygon"])
    );
    assert_eq!(column["crs"]["id"]["code"], 4549);
    assert_eq!(
        column["bbox"],
        serde_json::json!([600_000.0, 3_170_000.0, 1_599_910.0, 3_170_030.0])
    );
    assert_eq!(
        column["covering"]["bbox"]["xmax"],
        serde_json::json!(["bbox", "xmax"])
    );
    let mut rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let cells = |row: parquet::record::Row| {
        row.get_column_iter()
            .map(|(_, field)| field.to_string())
            .collect::<Vec<_>>()
    };
    let first = cells(rows.next().unwrap());
    assert_eq!(first[..3], ["\"甲, \"乙\"\n丙\"", "0", "0.05"]);
    assert!(
        first[4].contains("xmin: 600000.0, ymin: 3170000.0, xmax: 600010.0"),
        "{}",
        first[4]
    );
    assert_eq!(cells(rows.next().unwrap()), ["null"; 5]);
    assert_eq!(rows.count(), ROWS - 2);
}

#[test]
fn a_cell_of_another_kind_than_its_column_is_an_error() {
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    let table = Table {
        name: "idle",
        title: "闲置",
        rows: 1,
        columns: vec![Column::new("since", "起", Kind::Integer, |_| "2020")],
        geometry: None,
    };
    for format in [Format::GeoPackage, Format::Parquet] {
        let error = write_table(&folder, &table, format)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("column `since`") && error.contains("row 0"),
            "{error}"
        );
    }
}
