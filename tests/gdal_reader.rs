//! Small files in every format that GDAL writes here, read back through the reader.

#![expect(clippy::unwrap_used, reason = "a test that fails here says where")]

use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::GB18030;
use gdal::DriverManager;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{FieldDefn, Geometry, LayerAccess, LayerOptions};
use gdal_sys::{OGRFieldType, OGRwkbGeometryType};
use plotratio::read::{
    Batch, Column, GeometryFlaw, Layer, OpenOptions, ReadError, Source, layers, open_with_gdal,
};
use tempfile::TempDir;

const SQUARE: &str = "POLYGON ((0 0,10 0,10 10,0 10,0 0))";

fn open(path: &Path) -> Box<dyn Layer> {
    open_as(&path.display().to_string(), None).unwrap()
}

fn open_as(text: &str, role: Option<&str>) -> Result<Box<dyn Layer>, ReadError> {
    let options = OpenOptions {
        encoding: None,
        role,
    };
    open_with_gdal(&Source::parse(text), &options)
}

fn read(layer: &mut dyn Layer) -> Vec<Batch> {
    let columns: Vec<usize> = (0..layer.fields().len()).collect();
    layer.read(&columns, &|_| ()).unwrap()
}

/// All values of a column as text.
fn texts(layer: &mut dyn Layer, field: &str) -> Vec<Option<String>> {
    let column = layer
        .fields()
        .iter()
        .position(|there| there.name == field)
        .unwrap_or_else(|| panic!("no field {field} in {:?}", layer.fields()));
    let batches = layer.read(&[column], &|_| ()).unwrap();
    let values = batches.iter().flat_map(|batch| {
        (0..batch.rows).map(|row| {
            Column(&batch.columns[0])
                .text(row)
                .map(std::borrow::Cow::into_owned)
        })
    });
    values.collect()
}

fn shared(name: &str) -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("PLOTRATIO_DATA")
        .map_or(beside, PathBuf::from)
        .join(name)
}

/// Writes one layer: `(name, type)` fields, then a row of a WKT (or none) and its texts.
fn write(
    driver: &str,
    path: &Path,
    layer: &str,
    options: &[&str],
    fields: &[(&str, OGRFieldType::Type)],
    rows: &[(&str, &[&str])],
) {
    let ty = match driver {
        "OpenFileGDB" => OGRwkbGeometryType::wkbMultiPolygon,
        "XLSX" | "ODS" => OGRwkbGeometryType::wkbNone,
        _ => OGRwkbGeometryType::wkbUnknown,
    };
    let driver = DriverManager::get_driver_by_name(driver).unwrap();
    let mut dataset = driver.create_vector_only(path).unwrap();
    let srs = SpatialRef::from_epsg(4549).unwrap();
    let layer = dataset
        .create_layer(LayerOptions {
            name: layer,
            srs: Some(&srs),
            ty,
            options: Some(options),
        })
        .unwrap();
    for (name, kind) in fields {
        FieldDefn::new(name, *kind)
            .unwrap()
            .add_to_layer(&layer)
            .unwrap();
    }
    let defn = layer.defn();
    for (wkt, values) in rows {
        let mut feature = gdal::vector::Feature::new(defn).unwrap();
        if !wkt.is_empty() && ty != OGRwkbGeometryType::wkbNone {
            feature
                .set_geometry(Geometry::from_wkt(wkt).unwrap())
                .unwrap();
        }
        for (index, value) in values
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_empty())
        {
            feature.set_field_string(index, value).unwrap();
        }
        feature.create(&layer).unwrap();
    }
}

const TEXT: OGRFieldType::Type = OGRFieldType::OFTString;

/// The names of all files in a folder, to see that nothing was left there.
fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn shapefile_text_is_read_by_its_bytes_whatever_the_cpg_says() {
    for (written, cpg) in [
        ("UTF-8", Some("UTF-8")),
        ("UTF-8", None),
        ("UTF-8", Some("GBK")),
        ("GBK", Some("GBK")),
        ("GBK", None),
        ("GBK", Some("UTF-8")),
        ("GBK", Some("OEM 936")),
        ("GBK", Some("ANSI 1252")),
    ] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("宗地.shp");
        write(
            "ESRI Shapefile",
            &path,
            "宗地",
            &[&format!("ENCODING={written}")],
            &[("用途", TEXT), ("ZDMJ", OGRFieldType::OFTReal)],
            &[
                (SQUARE, &["工业用地", "100.5"]),
                (SQUARE, &["温岭市泵业有限公司", ""]),
            ],
        );
        let beside = path.with_extension("cpg");
        match cpg {
            Some(label) => fs::write(&beside, label).unwrap(),
            None => fs::remove_file(&beside).unwrap_or_default(),
        }
        // Language 0, so that nothing but the bytes tells.
        let mut dbf = fs::read(path.with_extension("dbf")).unwrap();
        dbf[29] = 0;
        fs::write(path.with_extension("dbf"), dbf).unwrap();
        let before = listing(folder.path());
        let mut layer = open(&path);
        let case = format!("{written} {cpg:?} {:?}", layer.notes());
        assert_eq!(layer.name(), "宗地");
        assert_eq!(
            texts(layer.as_mut(), "用途"),
            [
                Some("工业用地".to_owned()),
                Some("温岭市泵业有限公司".to_owned())
            ],
            "{case}"
        );
        assert_eq!(
            texts(layer.as_mut(), "ZDMJ"),
            [Some("100.5".to_owned()), None],
            "{case}"
        );
        assert_eq!(
            layer.notes().is_empty(),
            (written, cpg) == ("UTF-8", Some("UTF-8")),
            "{case}"
        );
        drop(layer);
        assert_eq!(listing(folder.path()), before);
    }
}

#[test]
fn an_encoding_the_user_names_wins_and_an_unknown_one_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.shp");
    write(
        "ESRI Shapefile",
        &path,
        "a",
        &["ENCODING=UTF-8"],
        &[("T", TEXT)],
        &[(SQUARE, &["ñ"])],
    );
    let named = |label: &str| {
        let options = OpenOptions {
            encoding: Some(label.to_owned()),
            role: None,
        };
        open_with_gdal(&Source::parse(&path.display().to_string()), &options)
    };
    assert_eq!(
        texts(named("windows-1252").unwrap().as_mut(), "T"),
        [Some("Ã±".to_owned())]
    );
    assert!(
        named("klingon")
            .err()
            .unwrap()
            .to_string()
            .contains("names no encoding")
    );
}

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
    assert!(layer.has_geometry());
    assert!(layer.crs().is_some_and(|crs| crs.contains("4549")));
    assert_eq!(layer.feature_count(), Some(9));
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
    assert_eq!(layer.notes().len(), 2, "{:?}", layer.notes());
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
    for n in 0..150 {
        assert_eq!(
            Column(&batches[0].columns[n]).text(0).as_deref(),
            Some(values[n])
        );
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
                let number = Column(&batch.columns[0]).number(row).unwrap();
                assert!((number - (next as f64 + row as f64)).abs() < 0.5);
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
fn formats_of_every_department_give_the_same_square() {
    let folder = TempDir::new().unwrap();
    for (driver, name, options) in [
        ("OpenFileGDB", "city.gdb", &[][..]),
        ("GML", "city.gml", &[]),
        ("GeoJSON", "city.geojson", &[]),
        ("MapInfo File", "city.mif", &["ENCODING=UTF-8"]),
        ("SQLite", "city.sqlite", &[]),
    ] {
        let path = folder.path().join(name);
        write(
            driver,
            &path,
            "ZD",
            options,
            &[("ZDDM", TEXT), ("ZDMJ", OGRFieldType::OFTReal)],
            &[
                (SQUARE, &["331081107218GB01022", "100.25"]),
                ("", &["宗地", ""]),
            ],
        );
        let before = listing(folder.path());
        let mut layer = open(&path);
        let field = |layer: &dyn Layer, name: &str| {
            layer
                .fields()
                .iter()
                .position(|field| field.name.eq_ignore_ascii_case(name))
                .unwrap()
        };
        let columns = [field(layer.as_ref(), "ZDDM"), field(layer.as_ref(), "ZDMJ")];
        let batches = layer.read(&columns, &|_| ()).unwrap();
        let rows: usize = batches.iter().map(|batch| batch.rows).sum();
        assert_eq!(rows, 2, "{driver}");
        let first = (0..2).find(|&row| {
            Column(&batches[0].columns[0]).text(row).as_deref() == Some("331081107218GB01022")
        });
        let first = first.unwrap_or_else(|| panic!("{driver}"));
        assert_eq!(
            Column(&batches[0].columns[0]).text(1 - first).as_deref(),
            Some("宗地"),
            "{driver}"
        );
        assert_eq!(
            Column(&batches[0].columns[1]).number(first),
            Some(100.25),
            "{driver}"
        );
        // MapInfo has no nulls: its writer makes a zero of one.
        let none = Column(&batches[0].columns[1]).number(1 - first);
        assert_eq!(none.is_none(), driver != "MapInfo File", "{driver}");
        let bounds = batches[0].shapes.as_ref().unwrap().get(first).bounds();
        for (found, wanted) in [
            (bounds.min.x, 0.0),
            (bounds.min.y, 0.0),
            (bounds.max.x, 10.0),
            (bounds.max.y, 10.0),
        ] {
            assert!((found - wanted).abs() < 1e-4, "{driver} {bounds:?}");
        }
        assert_eq!(batches[0].flaws.len(), 1, "{driver} {:?}", batches[0].flaws);
        assert!(
            layer.crs().is_some() || driver == "MapInfo File",
            "{driver}"
        );
        drop(layer);
        assert_eq!(listing(folder.path()), before, "{driver}");
    }
}

#[test]
fn a_spreadsheet_is_a_table_with_its_first_row_as_names() {
    let folder = TempDir::new().unwrap();
    for (driver, name) in [("XLSX", "企业.xlsx"), ("ODS", "企业.ods")] {
        let path = folder.path().join(name);
        write(
            driver,
            &path,
            "名单",
            &[],
            &[("企业名称", TEXT), ("评价", TEXT)],
            &[("", &["温岭泵业", "A"]), ("", &["大溪电机", "B"])],
        );
        let mut layer = open(&path);
        assert!(!layer.has_geometry(), "{driver}");
        assert_eq!(
            texts(layer.as_mut(), "企业名称"),
            [Some("温岭泵业".to_owned()), Some("大溪电机".to_owned())]
        );
        assert!(read(layer.as_mut())[0].shapes.is_none());
    }
}

#[test]
fn a_csv_of_any_encoding_is_a_layer_with_wkt_and_a_table_without() {
    let folder = TempDir::new().unwrap();
    let text = "编号,用途,坐标\n1,工业用地,\"POLYGON ((0 0,10.123456789012 0,10 10,0 10,0 0))\"\n2,仓储用地,\n";
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("gbk.csv", GB18030.encode(text).0.into_owned()),
        ("utf8.csv", text.as_bytes().to_vec()),
        ("bom.csv", format!("\u{feff}{text}").into_bytes()),
        ("utf16.csv", utf16),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let mut layer = open(&path);
        assert!(layer.has_geometry(), "{name}");
        assert_eq!(layer.fields().len(), 2, "{name} {:?}", layer.fields());
        assert_eq!(
            texts(layer.as_mut(), "编号"),
            [Some("1".to_owned()), Some("2".to_owned())],
            "{name}"
        );
        assert_eq!(
            texts(layer.as_mut(), "用途"),
            [Some("工业用地".to_owned()), Some("仓储用地".to_owned())],
            "{name}"
        );
        let batches = read(layer.as_mut());
        let x = batches[0].shapes.as_ref().unwrap().get(0).coords()[1].x;
        assert_eq!(x.to_bits(), 10.123_456_789_012_f64.to_bits());
        assert_eq!(batches[0].flaws, [(1, GeometryFlaw::Null)], "{name}");
    }
    let path = folder.path().join("table.csv");
    fs::write(&path, "a;b\n1;2\n").unwrap();
    let mut layer = open(&path);
    assert!(!layer.has_geometry());
    assert_eq!(texts(layer.as_mut(), "b"), [Some("2".to_owned())]);
}

/// A drawing as CASS writes it: GBK whatever its header says.
fn drawing(codepage: &str) -> Vec<u8> {
    let mut dxf = format!(
        "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1018\n9\n$DWGCODEPAGE\n3\n{codepage}\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n"
    );
    let mut line = |layer: &str, closed: u8, points: &[(f64, f64, f64)]| {
        dxf += &format!(
            "0\nLWPOLYLINE\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbPolyline\n90\n{}\n70\n{closed}\n",
            points.len()
        );
        for (x, y, bulge) in points {
            dxf += &format!("10\n{x}\n20\n{y}\n42\n{bulge}\n");
        }
    };
    line(
        "JZD",
        1,
        &[
            (0.0, 0.0, 0.0),
            (100.0, 0.0, 0.0),
            (100.0, 100.0, 0.0),
            (0.0, 100.0, 0.0),
        ],
    );
    line(
        "JMD",
        1,
        &[
            (10.0, 10.0, 0.0),
            (30.0, 10.0, 1.0),
            (30.0, 30.0, 0.0),
            (10.0, 30.0, 0.0),
        ],
    );
    line(
        "JMD",
        0,
        &[
            (50.0, 50.0, 0.0),
            (60.0, 50.0, 0.0),
            (60.0, 60.0, 0.0),
            (50.0, 50.0005, 0.0),
        ],
    );
    line(
        "JMD",
        0,
        &[
            (70.0, 70.0, 0.0),
            (80.0, 70.0, 0.0),
            (80.0, 80.0, 0.0),
            (70.0, 79.0, 0.0),
        ],
    );
    for (layer, x, y, text) in [
        ("JMD", 15.0, 15.0, "砼3"),
        ("JMD", 15.0, 25.0, "在建"),
        ("JZD", 90.0, 90.0, "GB00012/工业用地"),
    ] {
        dxf += &format!(
            "0\nTEXT\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbText\n10\n{x}\n20\n{y}\n30\n0.0\n40\n1.0\n1\n{text}\n"
        );
    }
    dxf += "0\nENDSEC\n0\nEOF\n";
    GB18030.encode(&dxf).0.into_owned()
}

#[test]
fn closed_lines_of_a_drawing_are_polygons_with_the_texts_inside() {
    let folder = TempDir::new().unwrap();
    for codepage in ["ANSI_936", "ANSI_1252"] {
        let path = folder.path().join(format!("{codepage}.dxf"));
        fs::write(&path, drawing(codepage)).unwrap();
        let found = layers(&Source::parse(&path.display().to_string())).unwrap();
        let counts: Vec<(&str, Option<u64>)> = found
            .iter()
            .map(|layer| (layer.name.as_str(), layer.features))
            .collect();
        assert_eq!(counts, [("JMD", Some(2)), ("JZD", Some(1))]);
        let mut parcels = open_as(&path.display().to_string(), Some("parcels")).unwrap();
        assert_eq!(parcels.name(), "JZD");
        assert_eq!(
            texts(parcels.as_mut(), "label"),
            [Some("GB00012/工业用地".to_owned())],
            "{codepage}"
        );
        let mut buildings = open_as(&format!("{}:JMD", path.display()), None).unwrap();
        assert_eq!(
            texts(buildings.as_mut(), "label"),
            [Some("在建;砼3".to_owned()), None]
        );
        let notes = buildings.notes().join("\n");
        assert!(
            notes.contains("closed 1 lines") && notes.contains("1 Polyline"),
            "{notes}"
        );
        let batches = read(buildings.as_mut());
        let ring = batches[0].shapes.as_ref().unwrap().get(0).coords();
        // The bulge is a half circle of radius 10 about (30, 20).
        let arc: Vec<_> = ring.iter().filter(|at| at.x > 30.0).collect();
        assert!(arc.len() > 20 && arc.len() < 2000, "{}", arc.len());
        assert!(
            arc.iter()
                .all(|at| ((at.x - 30.0).hypot(at.y - 20.0) - 10.0).abs() < 1e-6)
        );
        let widest = ring
            .windows(2)
            .map(|side| (side[0].x + side[1].x) / 2.0)
            .fold(0.0, f64::max);
        assert!(widest > 39.99, "{widest}");
        let error = open_as(&format!("{}:没有", path.display()), None)
            .err()
            .unwrap();
        assert!(error.to_string().contains("`JMD`, `JZD`"), "{error}");
        assert!(matches!(
            open_as(&path.display().to_string(), None),
            Err(ReadError::WhichLayer { .. })
        ));
    }
}

#[test]
fn a_file_that_is_cut_off_or_garbage_is_an_error_or_flaws_but_no_panic() {
    let folder = TempDir::new().unwrap();
    let rows: Vec<(&str, &[&str])> = vec![(SQUARE, &["工业用地"][..]); 200];
    for (driver, name) in [
        ("GPKG", "a.gpkg"),
        ("ESRI Shapefile", "a.shp"),
        ("GML", "a.gml"),
        ("XLSX", "a.xlsx"),
        ("FlatGeobuf", "a.fgb"),
        ("MapInfo File", "a.mif"),
        ("DXF", "a.dxf"),
    ] {
        let path = folder.path().join(name);
        if driver == "DXF" {
            fs::write(&path, drawing("ANSI_936")).unwrap();
        } else {
            write(driver, &path, "a", &[], &[("T", TEXT)], &rows);
        }
        let whole = fs::read(&path).unwrap();
        for part in [0, 1, 3, 10, 50, 90, 99] {
            let cut = whole.len() * part / 100;
            let mut noisy = whole.clone();
            for byte in noisy.iter_mut().skip(cut).step_by(97) {
                *byte ^= 0x5a;
            }
            for bytes in [&whole[..cut], &noisy[..]] {
                fs::write(&path, bytes).unwrap();
                match open_as(&path.display().to_string(), None) {
                    Err(error) => assert!(error.to_string().contains(name), "{error}"),
                    Ok(mut layer) => {
                        let columns: Vec<usize> = (0..layer.fields().len()).collect();
                        if let Ok(batches) = layer.read(&columns, &|_| ()) {
                            let rows: usize = batches.iter().map(|batch| batch.rows).sum();
                            let complete = rows >= 200 || driver == "DXF";
                            let flawed = batches.iter().any(|batch| !batch.flaws.is_empty());
                            let said = !layer.notes().is_empty();
                            let cut_off = bytes.len() < whole.len();
                            // MIF is text without an end: what was cut between two features cannot be seen.
                            let endless = driver == "MapInfo File";
                            assert!(
                                endless || !cut_off || complete || flawed || said,
                                "{driver} {part} %: {rows} rows and not a word"
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_missing_file_and_a_missing_layer_are_said_so() {
    assert!(matches!(
        open_as("no/such.gpkg", None),
        Err(ReadError::NotFound(_))
    ));
    let path = shared("es-melque/parcels.gpkg");
    let error = open_as(&format!("{}:nothing", path.display()), None)
        .err()
        .unwrap();
    assert!(matches!(error, ReadError::NoLayer { .. }), "{error}");
}

#[test]
fn the_gml_of_melque_and_its_geopackage_agree_coordinate_for_coordinate() {
    let mut packed = open(&shared("es-melque/parcels.gpkg"));
    // A copy, so that neither the folder nor the description that lies in it matters.
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("parcels.gml");
    fs::copy(shared("es-melque/parcels_inspire.gml"), &path).unwrap();
    let mut published = open(&path);
    let crs = |layer: &dyn Layer| plotratio::read::describe_crs(layer.crs().unwrap()).unwrap();
    assert_eq!(crs(packed.as_ref()).definition, "EPSG:25830");
    assert_eq!(crs(packed.as_ref()), crs(published.as_ref()));
    let (ours, theirs) = (read(packed.as_mut()), read(published.as_mut()));
    assert_eq!((ours[0].rows, theirs[0].rows), (1443, 1443));
    assert!(ours[0].shapes == theirs[0].shapes);
    assert!(ours[0].flaws.is_empty() && theirs[0].flaws.is_empty());
    drop(published);
    assert_eq!(listing(folder.path()), ["parcels.gml"]);
}
