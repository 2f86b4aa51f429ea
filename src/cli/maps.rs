//! Which maps of a run are written beside its tables: shapes of buildings, copies for viewers, and what to say of formats.

use std::collections::BTreeMap;

use geo::{Coord, InteriorPoint as _};
use rayon::prelude::*;

use super::progress::Bars;
use crate::geometry::ShapeRef;
use crate::model::Defect;
use crate::progress::Progress as _;
use crate::run::Scan;
use crate::write::{
    Format, Language, MapLayer, ResultFolder, SourceFacts, Summary, Table, VIEWER_COPY, WriteError,
    write_viewer_copy,
};

/// More features than this open slowly as text.
const MANY: usize = 30_000;

/// What figures rest on, as JSON: policy, day, readings, CRS, sources with their sums.
pub(super) fn rests_on(
    scan: &Scan,
    sources: &BTreeMap<&'static str, SourceFacts>,
) -> Result<String, serde_json::Error> {
    let summary = Summary::of((scan, None), sources.clone(), Vec::new());
    let mut facts = serde_json::Map::new();
    if let serde_json::Value::Object(all) = serde_json::to_value(&summary)? {
        let wanted = [
            "program", "policy", "as_of", "readings", "area", "crs", "sources",
        ];
        let kept = all
            .into_iter()
            .filter(|(name, _)| wanted.contains(&name.as_str()));
        facts.extend(kept);
    }
    serde_json::to_string(&facts)
}

/// The layers of the GeoPackage of a run: every table with shapes, neighbours as lines from within one parcel to within the
/// other, and problems where they are.
pub(super) fn city_layers<'t, 'a>(
    scan: &'t Scan,
    tables: &[&'t Table<'a>],
    defects: &'t [&'t Defect],
) -> Vec<MapLayer<'t, 'a>> {
    let crs = &scan.measured.city.crs;
    let drawn = tables.iter().filter(|table| table.geometry.is_some());
    let mut layers: Vec<MapLayer<'_, '_>> = drawn.map(|table| MapLayer::of(table)).collect();
    let named = |name| tables.iter().find(|table| table.name == name);
    if let Some(table) = named("adjacency") {
        let shapes: Vec<_> = scan.measured.city.parcels.shapes.iter().collect();
        let within = |shape: &ShapeRef<'_>| shape.to_geo().interior_point().map(Coord::from);
        let within: Vec<Option<Coord>> = shapes.par_iter().map(within).collect();
        let line = move |row: usize| -> Vec<Vec<Coord>> {
            let pair = &scan.measured.neighbours.pairs[row];
            let ends = [pair.a, pair.b].map(|parcel| within[parcel as usize]);
            match ends {
                [Some(a), Some(b)] => vec![vec![a, b]],
                _ => Vec::new(),
            }
        };
        layers.push(MapLayer::lines(
            "adjacency",
            "相邻关系",
            table,
            crs,
            Box::new(line),
        ));
    }
    if let Some(table) = named("defects") {
        let at = |row: usize| defects[row].at;
        layers.push(MapLayer::points(
            "defects",
            "数据问题",
            table,
            crs,
            Box::new(at),
        ));
    }
    layers
}

/// Which format to take, where maps of many parcels were written only in formats that programs read slowly.
pub(super) fn heavy_advice(
    formats: &[Format],
    parcels: usize,
    language: Language,
) -> Option<&'static str> {
    let heavy = |format: &Format| matches!(format, Format::GeoJson | Format::Kml);
    let light = |format: &Format| {
        matches!(
            format,
            Format::GeoPackage | Format::FlatGeobuf | Format::Parquet
        )
    };
    let slow = formats.iter().any(heavy) && !formats.iter().any(light);
    (slow && parcels > MANY).then(|| {
        language.of(
            "提示：要素超过 3 万个，GeoJSON 和 KML 打开很慢；用 QGIS、ArcGIS 请加 --format gpkg（或 fgb），做分析请用 parquet。",
            "Note: with more than 30,000 features GeoJSON and KML open slowly; take --format gpkg (or fgb) for QGIS and ArcGIS, parquet for analysis.",
        )
    })
}

/// Writes the maps a second time in GCJ-02; the names of their files.
pub(super) fn viewer_copies(
    tables: &[(Table<'_>, &[Format])],
    folder: &ResultFolder,
    bars: &Bars,
) -> Result<Vec<String>, WriteError> {
    let mut files = Vec::new();
    for (table, _) in tables {
        let geometry = table.geometry.as_ref();
        if let Some(geometry) = geometry.filter(|geometry| geometry.degrees.is_some()) {
            let file = format!("{}.{VIEWER_COPY}", table.name);
            bars.step(&file, None);
            write_viewer_copy(folder, table, geometry)?;
            files.push(file);
        }
    }
    Ok(files)
}

/// The formats of the shapes of buildings: those maps asked for that keep the computing CRS, Parquet in the place of GeoJSON,
/// which would take longer to write than all the rest.
pub(super) fn plane_maps(formats: &[Format]) -> Vec<Format> {
    let mut maps: Vec<Format> = formats
        .iter()
        .filter_map(|format| match format {
            Format::GeoJson | Format::Parquet => Some(Format::Parquet),
            Format::GeoPackage | Format::FlatGeobuf => Some(*format),
            Format::Csv | Format::Xlsx | Format::Kml | Format::PmTiles | Format::Html => None,
        })
        .collect();
    maps.sort_unstable();
    maps.dedup();
    maps
}
