//! GeoPackages: every kind of geometry, odd columns, many rows.

use super::*;

#[test]
fn a_geopackage_gives_every_kind_of_geometry_its_shape_or_its_flaw() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("city.gpkg");
    let rows: [(&str, &[&str]); 9] = [
        (SQUARE, &["a", "1", "1.5", "2021-12-26"]),
        ("POLYGON Z ((0 0 5,10 0 5,10 10 5,0 10 5,0 0 5))", &["b"]),
        (
            "MULTIPOLYGON M (((0 0 1,10 0 1,10 10 1,0 10 1,0 0 1)))",
            &["c"],
        ),
        ("CURVEPOLYGON (CIRCULARSTRING (0 0, 10 0, 0 0))", &["d"]),
        ("", &["e"]),
        ("POLYGON EMPTY", &["f"]),
        ("POINT (1 2)", &["g"]),
        ("LINESTRING (0 0, 1 1, 1 0, 0 0)", &["h"]),
        (
            "MULTISURFACE (CURVEPOLYGON (COMPOUNDCURVE ((0 0, 10 0, 10 10), (10 10, 0 10, 0 0))))",
            &["i"],
        ),
    ];
    let fields = [
        ("geom", TEXT),
        ("ZCS", OGRFieldType::OFTInteger),
        ("RJL", OGRFieldType::OFTReal),
        ("JGRQ", OGRFieldType::OFTDate),
    ];
    write(
        "GPKG",
        &path,
        "ZRZ",
        &["GEOMETRY_NAME=shape"],
        &fields,
        &rows,
    );
    let mut layer = open(&path);
    assert!(layer.schema().has_geometry);
    assert!(
        layer
            .schema()
            .crs
            .as_ref()
            .is_some_and(|crs| crs.contains("4549"))
    );
    assert_eq!(layer.schema().feature_count, Some(9));
    let batches = read(layer.as_mut());
    let shapes = batches[0].shapes.as_ref().unwrap();
    for row in [0, 1, 2] {
        assert_eq!(shapes.get(row).coords(), shapes.get(0).coords());
    }
    assert_eq!(shapes.get(8).coords(), shapes.get(0).coords());
    assert!(shapes.get(3).coords().len() > 30);
    assert_eq!(
        batches[0].flaws,
        [
            (4, GeometryFlaw::Null),
            (5, GeometryFlaw::Empty),
            (6, GeometryFlaw::NotPolygonal("Point")),
            (7, GeometryFlaw::NotPolygonal("LineString")),
        ]
    );
    let text = |column: usize| {
        Column(&batches[0].columns[column])
            .text(0)
            .unwrap()
            .into_owned()
    };
    assert_eq!(
        [text(0), text(1), text(2), text(3)],
        ["a", "1", "1.5", "2021-12-26"]
    );
    assert_eq!(Column(&batches[0].columns[1]).text(1), None);
    // Any order and choice of columns.
    let turned = layer.read(&[3, 0], &|_| ()).unwrap();
    assert_eq!(Column(&turned[0].columns[1]).text(8).as_deref(), Some("i"));
    assert_eq!(layer.read(&[], &|_| ()).unwrap()[0].rows, 9);
    assert_eq!(listing(folder.path()), ["city.gpkg"]);
}

#[test]
fn a_geopackage_in_wal_mode_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("city.gpkg");
    write("GPKG", &path, "a", &[], &[("T", TEXT)], &[(SQUARE, &["x"])]);
    let mut bytes = fs::read(&path).unwrap();
    bytes[18] = 2;
    bytes[19] = 2;
    fs::write(&path, bytes).unwrap();
    assert_eq!(texts(open(&path).as_mut(), "T"), [Some("x".to_owned())]);
    assert_eq!(listing(folder.path()), ["city.gpkg"]);
}

#[test]
fn text_in_a_number_column_is_what_it_says_and_never_zero() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("loose.gpkg");
    let fields = [
        ("ZDMJ", OGRFieldType::OFTReal),
        ("ZCS", OGRFieldType::OFTInteger),
    ];
    let rows: [(&str, &[&str]); 4] = [
        (SQUARE, &["1.1", "3"]),
        (SQUARE, &["2", "4"]),
        (SQUARE, &["", ""]),
        (SQUARE, &["4.25", "5"]),
    ];
    write("GPKG", &path, "a", &[], &fields, &rows);
    let options = gdal::DatasetOptions {
        open_flags: gdal::GdalOpenFlags::GDAL_OF_UPDATE | gdal::GdalOpenFlags::GDAL_OF_VECTOR,
        ..gdal::DatasetOptions::default()
    };
    let dataset = gdal::Dataset::open_ex(&path, options).unwrap();
    for sql in [
        "UPDATE a SET ZDMJ = '1,234.5', ZCS = 3.5 WHERE fid = 1",
        "UPDATE a SET ZDMJ = '' WHERE fid = 2",
    ] {
        dataset
            .execute_sql(sql, None, gdal::vector::sql::Dialect::DEFAULT)
            .unwrap();
    }
    dataset.close().unwrap();
    let mut layer = open(&path);
    let batches = layer.read(&[0, 1], &|_| ()).unwrap();
    let numbers = |column: usize| {
        let column = Column(&batches[0].columns[column]);
        (0..4).map(|row| column.number(row)).collect::<Vec<_>>()
    };
    assert_eq!(numbers(0), [Some(1234.5), None, None, Some(4.25)]);
    assert_eq!(numbers(1), [Some(3.5), Some(4.0), None, Some(5.0)]);
    assert_eq!(layer.schema().notes.len(), 2, "{:?}", layer.schema().notes);
}

#[test]
fn more_columns_than_sqlite_takes_at_once_and_times_and_odd_names_are_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("wide.gpkg");
    let names: Vec<String> = (0..150).map(|n| format!("字段 {n}")).collect();
    let fields: Vec<(&str, OGRFieldType::Type)> =
        names.iter().map(|name| (name.as_str(), TEXT)).collect();
    let values: Vec<String> = (0..150).map(|n| n.to_string()).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    write("GPKG", &path, "a", &[], &fields, &[(SQUARE, &values)]);
    let batches = read(open(&path).as_mut());
    for (column, value) in batches[0].columns.iter().zip(values) {
        assert_eq!(Column(column).text(0).as_deref(), Some(value));
    }
    let path = folder.path().join("times.gpkg");
    let fields = [("当时", OGRFieldType::OFTDateTime), ("a\"b'c", TEXT)];
    write(
        "GPKG",
        &path,
        "a",
        &[],
        &fields,
        &[(SQUARE, &["2021/12/26 00:00:00+08", "q"])],
    );
    let mut layer = open(&path);
    let when = texts(layer.as_mut(), "当时")[0].clone().unwrap();
    assert!(
        when.starts_with("2021-12-25T16:00") || when == "2021-12-26",
        "{when}"
    );
    assert_eq!(texts(layer.as_mut(), "a\"b'c"), [Some("q".to_owned())]);
}

#[test]
fn many_batches_keep_their_order() {
    let folder = TempDir::new().unwrap();
    for (driver, name) in [("GPKG", "many.gpkg"), ("ESRI Shapefile", "many.shp")] {
        let path = folder.path().join(name);
        let texts: Vec<String> = (0..70_000).map(|n| n.to_string()).collect();
        let values: Vec<[&str; 1]> = texts.iter().map(|text| [text.as_str()]).collect();
        let rows: Vec<(&str, &[&str])> = values.iter().map(|value| (SQUARE, &value[..])).collect();
        let made = DriverManager::get_driver_by_name(driver)
            .unwrap()
            .create_vector_only(&path)
            .unwrap();
        drop(made);
        fs::remove_file(&path).unwrap_or_default();
        write_in_one_transaction(driver, &path, &rows);
        let mut layer = open(&path);
        let counted = std::sync::atomic::AtomicU64::new(0);
        let batches = layer
            .read(&[0], &|rows| {
                counted.fetch_add(rows, std::sync::atomic::Ordering::Relaxed);
            })
            .unwrap();
        assert_eq!(counted.into_inner(), 70_000);
        assert!(batches.len() > 1);
        let mut next = 0;
        for batch in &batches {
            assert_eq!(batch.first_row, next);
            for row in [0, batch.rows - 1] {
                let number: u64 = Column(&batch.columns[0])
                    .text(row)
                    .unwrap()
                    .parse()
                    .unwrap();
                assert_eq!(number, next + row as u64);
            }
            next += batch.rows as u64;
        }
        assert_eq!(next, 70_000);
    }
}

fn write_in_one_transaction(driver: &str, path: &Path, rows: &[(&str, &[&str])]) {
    if driver == "GPKG" {
        let driver = DriverManager::get_driver_by_name(driver).unwrap();
        let mut dataset = driver.create_vector_only(path).unwrap();
        let mut transaction = dataset.start_transaction().unwrap();
        {
            let layer = transaction
                .create_layer(LayerOptions {
                    name: "many",
                    ty: OGRwkbGeometryType::wkbPolygon,
                    ..LayerOptions::default()
                })
                .unwrap();
            FieldDefn::new("N", TEXT)
                .unwrap()
                .add_to_layer(&layer)
                .unwrap();
            for (wkt, values) in rows {
                let mut feature = gdal::vector::Feature::new(layer.defn()).unwrap();
                feature
                    .set_geometry(Geometry::from_wkt(wkt).unwrap())
                    .unwrap();
                feature.set_field_string(0, values[0]).unwrap();
                feature.create(&layer).unwrap();
            }
        }
        transaction.commit().unwrap();
    } else {
        write(
            driver,
            path,
            "many",
            &["ENCODING=UTF-8"],
            &[("N", TEXT)],
            rows,
        );
    }
}

#[test]
fn a_deleted_record_of_a_shapefile_is_no_row_in_either_half() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("many.shp");
    let texts: Vec<String> = (0..50_000).map(|n| n.to_string()).collect();
    let values: Vec<[&str; 1]> = texts.iter().map(|text| [text.as_str()]).collect();
    let rows: Vec<(&str, &[&str])> = values.iter().map(|value| (SQUARE, &value[..])).collect();
    write("ESRI Shapefile", &path, "many", &[], &[("N", TEXT)], &rows);
    let mut dbf = fs::read(path.with_extension("dbf")).unwrap();
    let number = |at: usize| usize::from(u16::from_le_bytes([dbf[at], dbf[at + 1]]));
    let (head, width) = (number(8), number(10));
    for deleted in [10, 24_999, 25_000, 40_000] {
        dbf[head + deleted * width] = b'*';
    }
    fs::write(path.with_extension("dbf"), dbf).unwrap();
    let mut layer = open(&path);
    let batches = read(layer.as_mut());
    let read: usize = batches.iter().map(|batch| batch.rows).sum();
    assert_eq!(read, 49_996);
    assert!(
        layer
            .schema()
            .notes
            .iter()
            .any(|note| note.contains("49996"))
    );
    let last = batches.last().unwrap();
    assert_eq!(last.first_row + last.rows as u64, 49_996);
    assert_eq!(
        Column(&last.columns[0]).text(last.rows - 1).as_deref(),
        Some("49999")
    );
}
