//! Proposals → the layers of their GeoPackage: one for each rank, lot lines and boundary points.

use std::error::Error;

use super::maps::rests_on;
use super::propose::Results;
use crate::features::split::ListedSplits;
use crate::geometry::Bounds;
use crate::progress::Progress as _;
use crate::run::Scan;
use crate::write::{
    BoundaryPoint, FileRows, Format, MapLayer, Table, Value, footprints_table, write_city_package,
};

/// More ranks than this are one layer: nobody switches through them.
const MOST_RANKS: i64 = 9;

/// The layers of tables: those with ranks one for each, the others as they are.
pub(super) fn ranked<'t, 'a>(
    tables: impl IntoIterator<Item = &'t Table<'a>>,
) -> Vec<MapLayer<'t, 'a>>
where
    'a: 't,
{
    let drawn = tables.into_iter().filter(|table| table.geometry.is_some());
    drawn.flat_map(by_rank).collect()
}

fn by_rank<'t, 'a>(table: &'t Table<'a>) -> Vec<MapLayer<'t, 'a>> {
    let column = table.columns.iter().find(|column| column.name == "rank");
    let rank = |row: usize| match column.map(|column| (column.cell)(row)) {
        Some(Value::Integer(rank)) => rank,
        _ => 1,
    };
    let last = (0..table.rows).map(rank).max().unwrap_or(1);
    if last == 1 || last > MOST_RANKS {
        return vec![MapLayer::of(table)];
    }
    let layer = |wanted: i64| {
        MapLayer::part(
            format!("{}_{wanted}", table.name),
            format!("{}（序号 {wanted}）", table.title),
            table,
            |row| rank(row) == wanted,
        )
    };
    (1..=last).map(layer).collect()
}

/// The shapes of buildings, which maps of proposals show and no file holds.
pub(super) fn buildings(scan: &Scan) -> Option<(Table<'_>, &[Format])> {
    let buildings = scan.measured.city.buildings.as_ref()?;
    Some((footprints_table(scan, buildings), &[]))
}

/// The buildings among the areas that the layers draw.
pub(super) fn buildings_among<'t, 'a>(
    layers: &[MapLayer<'_, '_>],
    tables: &'t [(Table<'a>, &[Format])],
) -> Option<MapLayer<'t, 'a>> {
    let around = layers.iter().filter_map(MapLayer::extent);
    let around = around.reduce(Bounds::union)?;
    let (table, _) = tables
        .iter()
        .find(|(table, _)| table.name == "footprints")?;
    let shapes = table.geometry.as_ref()?;
    let (name, title) = (table.name.to_owned(), table.title.to_owned());
    let is_near = |row: usize| (shapes.plane)(row).bounds().meets(&around);
    Some(MapLayer::part(name, title, table, is_near))
}

/// The lot lines and the boundary points of splits.
pub(super) fn of_splits<'t, 'a>(
    scan: &'t Scan,
    listed: &'t ListedSplits,
    lines: &'t Table<'a>,
    (points, at): (&'t Table<'a>, &'t [BoundaryPoint]),
) -> [MapLayer<'t, 'a>; 2] {
    let crs = &scan.measured.city.crs;
    let ways = listed.ways();
    let of_way = move |row: usize| ways[row].lines.clone();
    let place = move |row: usize| Some(at[row].at);
    [
        MapLayer::lines("split_lines", "分割线", lines, crs, Box::new(of_way)),
        MapLayer::points("boundary_points", "界址点", points, crs, Box::new(place)),
    ]
}

impl Results<'_> {
    /// Writes the GeoPackage of all layers, with its QGIS project, where the format is asked for.
    pub(super) fn write_city(
        &self,
        scan: &Scan,
        layers: &[MapLayer<'_, '_>],
        files: &mut Vec<FileRows>,
    ) -> Result<(), Box<dyn Error>> {
        if self.formats.contains(&Format::GeoPackage) {
            self.bars.step("city.gpkg", None);
            let rests_on = rests_on(scan, self.sources)?;
            let package = write_city_package(self.folder, layers, &rests_on, self.printed)?;
            files.extend(package.into_iter().map(|file| (file, None)));
        }
        Ok(())
    }
}
