//! The same two rows as a file of each format, in memory.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Float64Array, Int16Array, ListArray, RecordBatch, StringArray, StructArray,
};
use arrow_schema::{DataType, Field};
use flatgeobuf::geozero::error::Result;
use flatgeobuf::geozero::{ColumnValue, GeomProcessor, PropertyProcessor};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType, GeozeroGeometry};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

/// A ring from corner to opposite corner.
fn ring(from: f64, to: f64) -> [(f64, f64); 5] {
    [(from, from), (to, from), (to, to), (from, to), (from, from)]
}

/// The rings of the square with a hole.
fn rings() -> [[(f64, f64); 5]; 2] {
    [ring(0.0, 2.0), ring(0.5, 1.5)]
}

struct Square(bool);

impl GeozeroGeometry for Square {
    fn process_geom<P: GeomProcessor>(&self, out: &mut P) -> Result<()> {
        let rings = rings();
        let count = if self.0 { rings.len() } else { 0 };
        out.polygon_begin(true, count, 0)?;
        for (index, ring) in rings[..count].iter().enumerate() {
            out.linestring_begin(false, ring.len(), index)?;
            for (place, (x, y)) in ring.iter().enumerate() {
                out.xy(*x, *y, place)?;
            }
            out.linestring_end(false, index)?;
        }
        out.polygon_end(true, 0)
    }
}

/// As FlatGeobuf (with an index: as multipolygons), with a column of bytes and a date besides.
pub fn flatgeobuf(index: bool) -> Vec<u8> {
    let options = FgbWriterOptions {
        write_index: index,
        crs: FgbCrs {
            org: Some("EPSG"),
            code: 4549,
            ..FgbCrs::default()
        },
        promote_to_multi: index,
        ..FgbWriterOptions::default()
    };
    let kind = if index {
        GeometryType::MultiPolygon
    } else {
        GeometryType::Polygon
    };
    let mut file = FgbWriter::create_with_options("宗地", kind, options).unwrap();
    for (name, kind) in [
        ("用途", ColumnType::String),
        ("storeys", ColumnType::Short),
        ("area", ColumnType::Double),
        ("flag", ColumnType::Bool),
        ("picture", ColumnType::Binary),
        ("made", ColumnType::DateTime),
    ] {
        file.add_column(name, kind, |_, _| {});
    }
    file.add_feature_geom(Square(true), |row| {
        row.property(0, "", &ColumnValue::String("工业")).unwrap();
        row.property(1, "", &ColumnValue::Short(3)).unwrap();
        row.property(3, "", &ColumnValue::Bool(true)).unwrap();
        row.property(4, "", &ColumnValue::Binary(&[1, 2])).unwrap();
    })
    .unwrap();
    file.add_feature_geom(Square(false), |row| {
        row.property(2, "", &ColumnValue::Double(2.5)).unwrap();
        row.property(5, "", &ColumnValue::DateTime("2022-06-01"))
            .unwrap();
    })
    .unwrap();
    let mut bytes = Vec::new();
    file.write(&mut bytes).unwrap();
    bytes
}

/// As GeoJSON, a feature a line.
pub fn geojson() -> Vec<u8> {
    let ring = |ring: [(f64, f64); 5]| ring.map(|(x, y)| [x, y]).to_vec();
    let rings = rings().map(ring);
    format!(
        r#"{{"type":"FeatureCollection","name":"a","features":[
{{"type":"Feature","properties":{{"用途":"工业","storeys":3,"more":{{"a":[1]}}}},"geometry":{{"type":"Polygon","coordinates":{rings:?}}}}},
{{"type":"Feature","properties":{{"area":2.5,"用途":null}},"geometry":null}}
]}}
"#
    )
    .into_bytes()
}

fn wkb() -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend([3_u32, 2].map(u32::to_le_bytes).concat());
    for ring in rings() {
        bytes.extend(5_u32.to_le_bytes());
        for (x, y) in ring {
            bytes.extend([x, y].map(f64::to_le_bytes).concat());
        }
    }
    bytes
}

fn write(columns: Vec<(&str, ArrayRef)>, geo: Option<&str>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns
            .into_iter()
            .map(|(name, column)| (name, column, true)),
    )
    .unwrap();
    let metadata = geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo.to_owned())]);
    let properties = WriterProperties::builder().set_key_value_metadata(metadata);
    let mut bytes = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties.build())).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

/// As GeoParquet, with a dictionary of texts, and a box for each row.
pub fn geoparquet() -> Vec<u8> {
    let mut usage = StringDictionaryBuilder::<Int32Type>::new();
    usage.append_value("工业");
    usage.append_null();
    let mut geometry = BinaryBuilder::new();
    geometry.append_value(wkb());
    geometry.append_null();
    let numbers: ArrayRef = Arc::new(Float64Array::from(vec![0.0, 0.0]));
    let bounds = Arc::new(Field::new("xmin", DataType::Float64, true));
    write(
        vec![
            ("用途", Arc::new(usage.finish())),
            ("geometry", Arc::new(geometry.finish())),
            ("bbox", Arc::new(StructArray::from(vec![(bounds, numbers)]))),
            ("storeys", Arc::new(Int16Array::from(vec![Some(3), None]))),
            ("area", Arc::new(Float64Array::from(vec![None, Some(2.5)]))),
        ],
        Some(
            r#"{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":{"encoding":"WKB","geometry_types":[],"crs":{"name":"CGCS2000"}}}}"#,
        ),
    )
}

/// As GeoParquet with lists of rings of points, or the same without its metadata.
pub fn native_polygons(with_metadata: bool) -> Vec<u8> {
    use arrow_array::builder::{Float64Builder, ListBuilder, StructBuilder};
    let number = |name| Arc::new(Field::new(name, DataType::Float64, true));
    let points = StructBuilder::new(
        vec![number("x"), number("y")],
        vec![
            Box::new(Float64Builder::new()),
            Box::new(Float64Builder::new()),
        ],
    );
    let mut polygons = ListBuilder::new(ListBuilder::new(points));
    for ring in rings() {
        let points = polygons.values().values();
        for (x, y) in ring {
            for (place, number) in [x, y].into_iter().enumerate() {
                let numbers = points.field_builder::<Float64Builder>(place).unwrap();
                numbers.append_value(number);
            }
            points.append(true);
        }
        polygons.values().append(true);
    }
    polygons.append(true);
    polygons.append(false);
    let polygons: ListArray = polygons.finish();
    let names = StringArray::from(vec!["a", "b"]);
    write(
        vec![("name", Arc::new(names)), ("shape", Arc::new(polygons))],
        with_metadata
            .then_some(r#"{"primary_column":"shape","columns":{"shape":{"encoding":"polygon"}}}"#),
    )
}
