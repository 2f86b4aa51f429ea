//! Every format, read back by a reader that is not ours; the same bytes on any number of threads; the folder's swap.

#[cfg(feature = "gdal")]
mod read_back;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use geo::{Area, Coord, wkt};
use plotratio::formats::describe_crs;
use plotratio::geometry::{Crs, Shapes};
use plotratio::quantity::Decimal;
use plotratio::write::{
    Column, Format, Kind, ResultFolder, Table, TableGeometry, Value, write_json, write_table,
};

const ROWS: usize = 10_000;

fn crs() -> Crs {
    Crs {
        area_of_use: None,
        ..describe_crs("EPSG:4549").unwrap()
    }
}

/// Row 0 is a clockwise square, row 1 empty, row 2 has two parts, row 3 a hole; the rest are squares in a line.
fn shapes(origin: Coord, unit: f64) -> Shapes {
    let mut shapes = Shapes::default();
    shapes.push_geo(&wkt!(MULTIPOLYGON(((0. 0.,0. 1.,1. 1.,1. 0.,0. 0.)))));
    shapes.end_shape();
    shapes.push_geo(&wkt!(MULTIPOLYGON(((2. 0.,3. 0.,3. 1.,2. 0.)),((4. 0.,5. 0.,5. 1.,4. 0.)))));
    shapes.push_geo(&wkt!(MULTIPOLYGON(((6. 0.,9. 0.,9. 3.,6. 0.),(7. 0.5,8. 0.5,8. 1.,7. 0.5)))));
    for row in 4..ROWS {
        #[expect(clippy::cast_precision_loss, reason = "rows are few")]
        let x = row as f64 * 10.0;
        shapes.push_ring(
            &[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)].map(|(dx, dy)| Coord {
                x: x + f64::from(dx),
                y: f64::from(dy),
            }),
        );
        shapes.end_part();
        shapes.end_shape();
    }
    for coord in shapes.coords_mut() {
        coord.x = origin.x + coord.x * unit;
        coord.y = origin.y + coord.y * unit;
    }
    shapes
}

struct City {
    crs: Crs,
    plane: Shapes,
    degrees: Shapes,
}

impl City {
    fn new() -> Self {
        Self {
            crs: crs(),
            plane: shapes(
                Coord {
                    x: 600_000.0,
                    y: 3_170_000.0,
                },
                10.0,
            ),
            degrees: shapes(Coord { x: 121.4, y: 28.6 }, 0.000_1),
        }
    }

    fn table(&self, mapped: bool) -> Table<'_> {
        let text = |row| match row {
            0 => Some("甲, \"乙\"\n丙".to_owned()),
            1 => None,
            _ => Some(format!("宗{row}")),
        };
        Table {
            name: "parcels",
            title: "宗地",
            rows: ROWS,
            columns: vec![
                Column::new("parcel_id", "宗地代码", Kind::Text, move |row| {
                    text(row).map_or(Value::Null, |text| Value::Text(text.into()))
                }),
                Column::new("count", "个数", Kind::Integer, |row| {
                    (row != 1).then_some(i64::try_from(row).unwrap())
                }),
                Column::new("area_m2", "面积", Kind::Decimal(2), |row| {
                    (row != 1).then_some(Decimal::new(i64::try_from(row).unwrap() + 5, 2))
                }),
            ],
            geometry: mapped.then(|| TableGeometry {
                crs: &self.crs,
                plane: Box::new(|row| self.plane.get(row)),
                degrees: Some(Box::new(|row| self.degrees.get(row))),
            }),
        }
    }
}

/// Writes every format into `target` and reads all files.
fn write_all(city: &City, target: &Path, threads: usize) -> BTreeMap<String, Vec<u8>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| {
        let folder = ResultFolder::begin(target, true).unwrap();
        let mut table = city.table(true);
        for format in Format::ALL {
            table.name = "parcels";
            write_table(&folder, &table, format).unwrap();
        }
        let mut plain = city.table(false);
        plain.name = "findings";
        for format in Format::ALL {
            write_table(&folder, &plain, format).unwrap();
        }
        write_json(&folder, "summary.json", &["宗地"]).unwrap();
        folder.commit().unwrap();
    });
    read_all(target)
}

fn read_all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_same_table_gives_the_same_bytes_on_any_number_of_threads_and_every_time() {
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out");
    let first = write_all(&city, &target, 1);
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        [
            "findings.csv",
            "findings.gpkg",
            "findings.parquet",
            "findings.xlsx",
            "parcels.csv",
            "parcels.fgb",
            "parcels.geojson",
            "parcels.gpkg",
            "parcels.kml",
            "parcels.parquet",
            "parcels.pmtiles",
            "parcels.xlsx",
            "summary.json"
        ]
    );
    assert_eq!(first["summary.json"], "[\n  \"宗地\"\n]\n".as_bytes());
    for threads in [1, 2, 4] {
        for (name, bytes) in write_all(&city, &target, threads) {
            assert!(bytes == first[&name], "{name} differs on {threads} threads");
        }
    }
    assert_eq!(
        fs::read_dir(home.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
}

#[test]
fn geojson_is_valid_right_handed_and_says_null_for_unknown() {
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    write_table(&folder, &city.table(true), Format::GeoJson).unwrap();
    let text = fs::read_to_string(folder.path("parcels.geojson")).unwrap();
    assert_eq!(text.lines().count(), ROWS + 2);
    let collection: geojson::FeatureCollection = text.parse().unwrap();
    assert_eq!(collection.features.len(), ROWS);
    let empty = &collection.features[1];
    assert!(empty.geometry.is_none());
    assert!(
        empty
            .properties
            .as_ref()
            .unwrap()
            .values()
            .all(serde_json::Value::is_null)
    );
    let first = collection.features[0].properties.as_ref().unwrap();
    assert_eq!(first["parcel_id"], "甲, \"乙\"\n丙");
    assert_eq!(first["area_m2"], 0.05);
    for (row, feature) in collection.features.into_iter().enumerate() {
        let Some(geometry) = feature.geometry else {
            continue;
        };
        let shape = geo::Geometry::<f64>::try_from(geometry).unwrap();
        let polygons = match shape {
            geo::Geometry::Polygon(polygon) => vec![polygon],
            geo::Geometry::MultiPolygon(multi) => multi.0,
            other => panic!("row {row} is {other:?}"),
        };
        assert_eq!(polygons.len(), if row == 2 { 2 } else { 1 });
        for polygon in polygons {
            assert!(
                polygon.signed_area() > 0.0,
                "the shell of row {row} is clockwise"
            );
            for hole in polygon.interiors() {
                let area = geo::Polygon::new(hole.clone(), vec![]).signed_area();
                assert!(area < 0.0, "the hole of row {row} is counter-clockwise");
            }
        }
    }
}

#[test]
fn geojson_without_a_way_to_wgs_84_says_so() {
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    let mut table = city.table(true);
    table.geometry.as_mut().unwrap().degrees = None;
    let error = write_table(&folder, &table, Format::GeoJson)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`EPSG:4549` cannot be taken there"),
        "{error}"
    );
}

#[test]
fn csv_reads_back_as_it_was() {
    let city = City::new();
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    write_table(&folder, &city.table(true), Format::Csv).unwrap();
    let text = fs::read_to_string(folder.path("parcels.csv")).unwrap();
    assert!(
        text.starts_with(
            "parcel_id,count,area_m2\n\"甲, \"\"乙\"\"\n丙\",0,0.05\n,,\n宗2,2,0.07\n"
        )
    );
    let mut reader = csv::Reader::from_path(folder.path("parcels.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), ROWS);
    assert_eq!(&rows[0][0], "甲, \"乙\"\n丙");
}
