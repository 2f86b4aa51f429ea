//! What planners hand over: read, or told what to do about it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use encoding_rs::GBK;
use parquet::arrow::ArrowWriter;
use zip::write::SimpleFileOptions;

use super::{Scanned, areas, fault, told};

const A: &str = "331002001001GB00001";
const B: &str = "331002001001GB00002";
const CRS: [&str; 2] = ["--layer-crs", "parcels=EPSG:4549"];

fn assert_two(source: &str, more: &[&str]) {
    let scanned = Scanned::of(source, more);
    assert_eq!(scanned.parcels("parcel_id"), [A, B], "{source}");
    assert_eq!(
        scanned.parcels("area_plane_m2"),
        ["10000.00", "10000.00"],
        "{source}"
    );
}

#[test]
fn a_zip_is_read_with_names_in_utf8_and_gbk() {
    assert_two(&fault("zip/utf8.zip"), &[]);
    assert_two(&fault("zip/gbk.zip"), &[]);
    assert_two(&format!("{}:宗地", fault("zip/utf8.zip")), &[]);
}

#[test]
fn texts_tables_and_parquet_are_read() {
    let scanned = Scanned::of(&fault("txt/red_line.txt"), &[]);
    assert_eq!(scanned.parcels("parcel_id"), ["G1", "G2"]);
    assert_eq!(scanned.parcels("area_plane_m2"), ["10000.00", "10000.00"]);
    assert_two(&fault("csv/pipe.csv"), &CRS);
    assert_two(&fault("csv/ewkt.csv"), &[]);
    assert_two(&fault("csv/coords_text.csv"), &CRS);
    assert_eq!(
        areas(&fault("csv/only_wkt.csv"), &CRS),
        ["10000.00", "10000.00"]
    );
    assert_two(&fault("parquet/parcels_no_geo.parquet"), &CRS);
    assert_two(&fault("parquet/parts"), &[]);
    assert_two(&format!("{}/*.parquet", fault("parquet/parts")), &[]);
}

#[cfg(feature = "gdal")]
#[test]
fn names_of_data_in_kml_are_as_they_are_written() {
    let scanned = Scanned::of(
        &fault("kml/park_ext.kml"),
        &["--buildings", &fault("kml/park_ext.kml")],
    );
    assert_eq!(scanned.parcels("parcel_id"), [A, B]);
    assert_eq!(scanned.parcels("building_count"), ["1", "1"]);
}

/// What a program for maps exports has its data in the table of a description, or in nothing but its name.
#[cfg(feature = "gdal")]
#[test]
fn a_kml_is_read_whose_data_stand_in_its_descriptions_or_names() {
    let park = fault("kml/park.kml");
    let scanned = Scanned::of(&park, &["--buildings", &park]);
    assert_eq!(scanned.parcels("parcel_id"), [A, B]);
    assert_eq!(scanned.parcels("land_use"), ["industrial", "industrial"]);
    let text = fs::read_to_string(&park).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let gbk = GBK.encode(&text.replace("UTF-8", "GBK")).0.into_owned();
    let gbk = Scanned::of(&write("gbk.kml", &gbk), &[]);
    assert_eq!(gbk.parcels("parcel_id"), [A, B]);
    let bare = text.replace("<td>", "").replace("</td>", "");
    let bare = Scanned::of(&write("bare.kml", bare.as_bytes()), &[]);
    assert_eq!(bare.parcels("parcel_id"), [A, B]);
}

#[test]
fn geometries_in_text_are_read_in_every_way_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    let labelled = |x: u32| {
        format!(
            "J1:{x},3165700;J2:{},3165700;J3:{},3165800;J4:{x},3165800",
            x + 100,
            x + 100
        )
    };
    let text = format!(
        "宗地代码,界址点坐标\n{A},\"{}\"\n{B},\"{}\"\n",
        labelled(637_000),
        labelled(637_100)
    );
    fs::write(&path, text).unwrap();
    assert_two(&path.display().to_string(), &CRS);
    let hex = |x: f64| {
        let ring = [
            (x, 3_165_700.0),
            (x + 100.0, 3_165_700.0),
            (x + 100.0, 3_165_800.0),
            (x, 3_165_800.0),
            (x, 3_165_700.0),
        ];
        let mut bytes = vec![1];
        for number in [0x2000_0003_u32, 4549, 1, 5] {
            bytes.extend(number.to_le_bytes());
        }
        for (x, y) in ring {
            bytes.extend(f64::to_le_bytes(x));
            bytes.extend(f64::to_le_bytes(y));
        }
        let digits = bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
        (bytes, digits)
    };
    let (a, b) = (hex(637_000.0), hex(637_100.0));
    fs::write(&path, format!("ZDDM,geom\n{A},{}\n{B},{}\n", a.1, b.1)).unwrap();
    assert_two(&path.display().to_string(), &[]);
    let parquet = folder.path().join("a.parquet").display().to_string();
    let ids: ArrayRef = Arc::new(StringArray::from(vec![A, B]));
    let columns: [(&str, ArrayRef, &[&str]); 3] = [
        (
            "geom",
            Arc::new(BinaryArray::from_vec(vec![&a.0, &b.0])),
            &[],
        ),
        ("geometry", Arc::new(StringArray::from(vec![a.1, b.1])), &[]),
        (
            "WKT",
            Arc::new(StringArray::from(vec![
                "POLYGON((637000 3165700,637100 3165700,637100 3165800,637000 3165800,637000 3165700))",
                "POLYGON((637100 3165700,637200 3165700,637200 3165800,637100 3165800,637100 3165700))",
            ])),
            &CRS,
        ),
    ];
    for (name, column, more) in columns {
        write_parquet(&parquet, [("ZDDM", ids.clone()), (name, column)]);
        assert_two(&parquet, more);
    }
    let none: ArrayRef = Arc::new(StringArray::from(vec!["方", "圆"]));
    write_parquet(&parquet, [("ZDDM", ids), ("SHAPE", none)]);
    let said = super::scan_refused(&["--parcels", &parquet]);
    assert!(said.contains("no geometry column"), "{said}");
}

fn write_parquet(path: &str, columns: [(&str, ArrayRef); 2]) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    fs::write(path, bytes).unwrap();
}

/// A zip of files by their names as bytes.
fn archive(path: &Path, files: &[(&str, Vec<u8>)]) {
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn table(first: u32) -> Vec<u8> {
    let square = |x: u32| {
        format!(
            "POLYGON(({x} 3165700,{} 3165700,{} 3165800,{x} 3165800,{x} 3165700))",
            x + 100,
            x + 100
        )
    };
    let text = format!(
        "ZDDM|WKT\n{A}|{}\n{B}|{}\n",
        square(first),
        square(first + 100)
    );
    GBK.encode(&text).0.into_owned()
}

#[test]
fn nothing_of_an_archive_lands_outside_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let inside = folder.path().join("inside.csv");
    archive(
        &path,
        &[
            ("../escaped.csv", table(0)),
            ("/tmp/plotratio_escaped.csv", table(0)),
            ("a/../../../escaped.csv", table(0)),
            ("数据/宗地.csv", table(637_000)),
            ("__MACOSX/宗地.csv", table(0)),
        ],
    );
    assert_two(&path.display().to_string(), &CRS);
    assert!(!inside.exists() && !folder.path().join("escaped.csv").exists());
    assert!(!Path::new("/tmp/plotratio_escaped.csv").exists());
}

#[test]
fn an_archive_of_several_layers_is_chosen_from_by_role_or_asks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let other = b"name,WKT\n1,\"POLYGON((0 0,1 0,1 1,0 0))\"\n".to_vec();
    archive(
        &path,
        &[("宗地.csv", table(637_000)), ("x.csv", other.clone())],
    );
    assert_two(&path.display().to_string(), &CRS);
    archive(&path, &[("y.csv", table(637_000)), ("x.csv", other)]);
    let said = told(&path.display().to_string());
    assert!(said.contains("`x`, `y`"), "{said}");
    assert_two(&format!("{}:y", path.display()), &CRS);
}

#[cfg(feature = "gdal")]
#[test]
fn broken_and_foreign_files_are_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    for (name, bytes, hint) in [
        ("a.rar", &b"Rar!\x1a\x07"[..], "unpack"),
        ("a.zip", b"PK\x03\x04 broken", "pack it again"),
        ("a.dwg", b"AC1032", "DXF"),
        ("a.wp", b"WMAP`D22", "MapGIS"),
        ("a.mdb", b"\0\x01\0\0Standard Jet DB\0", "odbc-mdbtools"),
        ("a.xyz", b"??", "GeoPackage"),
        ("a.txt", b"hello", "地块坐标"),
        ("a.json", b"{\"rings\":", "GeoPackage"),
    ] {
        let said = told(&file(name, bytes));
        assert!(said.contains(hint), "{name}: {said}");
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    told(&folder.path().join("empty").display().to_string());
}

#[cfg(feature = "gdal")]
#[test]
fn esri_json_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zd.json");
    let ring = |x: u32| {
        format!(
            "[[{x},3165700],[{x},3165800],[{},3165800],[{},3165700],[{x},3165700]]",
            x + 100,
            x + 100
        )
    };
    let feature = |id: &str, x: u32| {
        format!(
            "{{\"attributes\":{{\"ZDDM\":\"{id}\"}},\"geometry\":{{\"rings\":[{}]}}}}",
            ring(x)
        )
    };
    let text = format!(
        "{{\"displayFieldName\":\"\",\"geometryType\":\"esriGeometryPolygon\",\"spatialReference\":{{\"wkid\":4549}},\
         \"fields\":[{{\"name\":\"ZDDM\",\"type\":\"esriFieldTypeString\",\"length\":19}}],\"features\":[{},{}]}}",
        feature(A, 637_000),
        feature(B, 637_100)
    );
    fs::write(&path, text).unwrap();
    assert_two(&path.display().to_string(), &[]);
}

#[test]
fn tiles_of_one_layer_are_one_layer() {
    let folder = tempfile::tempdir().unwrap();
    for (name, x) in [("t1", 0.0), ("t2", 200.0), ("t10", 400.0)] {
        let square = super::shapefile::square(0.0, 100.0, false);
        let square = square.iter().map(|(a, b)| (a + x, *b)).collect();
        super::shapefile::write(
            &folder.path().join(name).with_extension("shp"),
            &[vec![square]],
        );
    }
    let source = folder.path().display().to_string();
    let expected = vec!["10000.00"; 3];
    assert_eq!(areas(&source, &CRS), expected);
    assert_eq!(areas(&format!("{source}/t*.shp"), &CRS), expected);
    assert_eq!(areas(&format!("{source}/t1*.shp"), &CRS), expected[1..]);
}

#[test]
fn a_text_of_boundary_points_in_gbk_on_xian_80_is_held_to_its_datum() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("红线.txt");
    let text = "[属性描述]\r\n坐标系=80国家大地坐标系\r\n几度分带=3\r\n带号=40\r\n[地块坐标]\r\n\
                4,1.0000,DK1,一,面,,工业用地,,@\r\nJ1,1,3165700,40637000\r\nJ2,1,3165800,40637000\r\n\
                J3,1,3165800,40637100\r\nJ4,1,3165700,40637100\r\n";
    fs::write(&path, GBK.encode(text).0).unwrap();
    let path = path.display().to_string();
    let scanned = Scanned::of(&path, &[]);
    assert_eq!(scanned.parcels("area_plane_m2"), ["10000.00"]);
    assert!(
        scanned.summary().contains("EPSG:2364"),
        "{}",
        scanned.summary()
    );
    let said = super::scan_refused(&["--parcels", &path, "--crs", "EPSG:4549"]);
    assert!(said.contains("--transform parcels="), "{said}");
}
