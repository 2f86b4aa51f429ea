//! A layer → an ESRI Shapefile: `.shp`, `.shx`, `.dbf`, `.cpg` and `.prj`, the same on every run.

mod dbf;

use std::fs;
use std::path::Path;

use geo::Coord;

use super::map_layer::DrawnAs;
use super::points::{bounds, lists};
use super::prepared::each_row;
use super::{MapLayer, ResultFolder, Table, WriteError};
use crate::formats::{Dialect, older_wkt};
use crate::geometry::Bounds;
use crate::geometry::ring::signed_area;
use dbf::Dbf;

/// Writes `table` into `folder` with text in an encoding (`UTF-8`, `GBK`), as files beside each other. Names of columns are
/// cut to ten bytes; empty shapes are null.
///
/// # Errors
/// When one cannot be written, or a cell or the whole is larger than the format holds.
pub fn write_shapefile(
    folder: &ResultFolder,
    table: &Table<'_>,
    encoding: &str,
) -> Result<(), WriteError> {
    let name = format!("{}.shp", table.name);
    let (path, shown) = (&folder.path(&name), &folder.shown(&name));
    let layer = &MapLayer::of(table);
    let mut table = Dbf::new(layer, encoding, shown)?;
    let mut shapes = layer.drawn().map(|(_, drawn)| Shp::new(drawn));
    each_row(layer, shown, |cells, wkb| {
        table.push(cells);
        match &mut shapes {
            Some(shapes) => shapes.push(wkb).ok_or_else(|| too_large(shown)),
            None => Ok(()),
        }
    })?;
    let save = |extension: &str, bytes: &[u8]| {
        let file = path.with_extension(extension);
        fs::write(file, bytes).map_err(WriteError::io(shown.with_extension(extension)))
    };
    save("dbf", &table.finish().ok_or_else(|| too_large(shown))?)?;
    save("cpg", encoding.as_bytes())?;
    if let (Some(shapes), Some((crs, _))) = (shapes, layer.drawn()) {
        let (shp, shx) = shapes.finish().ok_or_else(|| too_large(shown))?;
        save("shp", &shp)?;
        save("shx", &shx)?;
        if let Some(wkt) = older_wkt(crs, Dialect::Esri) {
            save("prj", wkt.as_bytes())?;
        }
    }
    Ok(())
}

fn too_large(shown: &Path) -> WriteError {
    WriteError::library(shown)("it would be larger than a Shapefile can be")
}

/// The records of a `.shp` and its index.
struct Shp {
    kind: i32,
    records: Vec<u8>,
    index: Vec<u8>,
    rows: i32,
    bounds: Option<Bounds>,
}

const HEADER: usize = 100;

impl Shp {
    fn new(drawn: DrawnAs) -> Self {
        Self {
            kind: match drawn {
                DrawnAs::Points => 1,
                DrawnAs::Lines => 3,
                DrawnAs::Areas => 5,
            },
            records: Vec::new(),
            index: Vec::new(),
            rows: 0,
            bounds: None,
        }
    }

    /// Adds a record; nothing where there is no more room.
    fn push(&mut self, wkb: &[u8]) -> Option<()> {
        let lists = lists(wkb);
        let mut record = Vec::new();
        match bounds(&lists) {
            None => record.extend(0_i32.to_le_bytes()),
            Some(around) => {
                self.bounds = Some(self.bounds.map_or(around, |all| all.union(around)));
                record.extend(self.kind.to_le_bytes());
                if self.kind == 1 {
                    push_coord(&mut record, around.min);
                } else {
                    push_parts(&mut record, self.kind == 5, lists, around)?;
                }
            }
        }
        let words = |bytes: usize| i32::try_from(bytes / 2).ok();
        let (at, length) = (words(HEADER + self.records.len())?, words(record.len())?);
        self.rows += 1;
        self.index.extend(at.to_be_bytes());
        self.index.extend(length.to_be_bytes());
        self.records.extend(self.rows.to_be_bytes());
        self.records.extend(length.to_be_bytes());
        self.records.extend(record);
        Some(())
    }

    fn finish(self) -> Option<(Vec<u8>, Vec<u8>)> {
        let nowhere = Coord { x: 0.0, y: 0.0 };
        let (min, max) = self
            .bounds
            .map_or((nowhere, nowhere), |all| (all.min, all.max));
        let whole = |body: Vec<u8>| {
            let mut bytes = Vec::with_capacity(HEADER + body.len());
            bytes.extend(9994_i32.to_be_bytes());
            bytes.extend([0; 20]);
            let words = i32::try_from(HEADER / 2 + body.len() / 2).ok()?;
            bytes.extend(words.to_be_bytes());
            bytes.extend(1000_i32.to_le_bytes());
            bytes.extend(self.kind.to_le_bytes());
            push_coord(&mut bytes, min);
            push_coord(&mut bytes, max);
            bytes.extend([0; 32]);
            bytes.extend(body);
            Some(bytes)
        };
        Some((whole(self.records)?, whole(self.index)?))
    }
}

/// The parts of lines, or of polygons, whose shells run clockwise and their holes the other way.
fn push_parts(
    record: &mut Vec<u8>,
    polygons: bool,
    mut lists: Vec<(bool, Vec<Coord>)>,
    around: Bounds,
) -> Option<()> {
    push_coord(record, around.min);
    push_coord(record, around.max);
    let all: usize = lists.iter().map(|(_, points)| points.len()).sum();
    record.extend(i32::try_from(lists.len()).ok()?.to_le_bytes());
    record.extend(i32::try_from(all).ok()?.to_le_bytes());
    let mut first = 0_i32;
    for (_, points) in &lists {
        record.extend(first.to_le_bytes());
        first += i32::try_from(points.len()).ok()?;
    }
    for (is_shell, points) in &mut lists {
        if polygons && (signed_area(points) > 0.0) == *is_shell {
            points.reverse();
        }
        for point in points {
            push_coord(record, *point);
        }
    }
    Some(())
}

fn push_coord(bytes: &mut Vec<u8>, at: Coord) {
    bytes.extend(at.x.to_le_bytes());
    bytes.extend(at.y.to_le_bytes());
}
