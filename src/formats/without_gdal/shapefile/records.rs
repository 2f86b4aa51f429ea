//! The `.shp` and `.shx` of a Shapefile → the geometry of each record as well-known binary.

use std::path::Path;

use geo::Coord;
use memmap2::Mmap;

use crate::formats::file::map;
use crate::formats::{Source, SourceError};
use crate::geometry::parts_by_direction;

const HEADER: usize = 100;
const WHOLE: &str =
    "it is no whole Shapefile: .shp, .shx and .dbf must lie side by side; export it again";

/// The records of a Shapefile.
pub(super) struct Records {
    shapes: Mmap,
    index: Mmap,
    kind: i32,
}

/// What the record of a row holds.
#[derive(Debug, PartialEq)]
pub(super) enum Record {
    /// No geometry.
    Null,
    /// A geometry, written over the buffer.
    Geometry,
    /// What cannot be read, and why.
    Broken(&'static str),
}

impl Records {
    /// # Errors
    /// When one of the two files is missing or is none of a Shapefile.
    pub(super) fn open(source: &Source, path: &Path) -> Result<Self, SourceError> {
        let broken = |()| SourceError::unreadable(source, WHOLE);
        let of = |path: &Path| {
            map(&Source::File {
                path: path.to_owned(),
                layer: None,
            })
        };
        let index = super::beside(path, "shx").ok_or_else(|| broken(()))?;
        let shapes = of(path).map_err(|_| broken(()))?;
        let index = of(&index).map_err(|_| broken(()))?;
        let begins = |bytes: &[u8]| bytes.len() >= HEADER && bytes[..4] == [0, 0, 0x27, 0x0a];
        if !begins(&shapes) || !begins(&index) {
            return Err(broken(()));
        }
        let kind = little(&shapes, 32).unwrap_or_default();
        Ok(Self {
            shapes,
            index,
            kind,
        })
    }

    pub(super) fn len(&self) -> usize {
        (self.index.len() - HEADER) / 8
    }

    /// What kind of geometry it says to hold, as other readers word it.
    pub(super) fn kind(&self) -> String {
        if self.kind > 28 {
            return "Unknown (any)".to_owned();
        }
        let name = match self.kind % 10 {
            1 => "Point",
            3 => "Line String",
            5 => "Polygon",
            8 => "Multi Point",
            _ => "Unknown (any)",
        };
        match self.kind / 10 {
            1 => format!("3D {name}"),
            2 => format!("Measured {name}"),
            _ => name.to_owned(),
        }
    }

    /// Writes the geometry of a row over `wkb`, heights and measures left out.
    pub(super) fn wkb(&self, row: usize, wkb: &mut Vec<u8>) -> Record {
        wkb.clear();
        let Some(record) = self.record(row) else {
            return Record::Broken("the geometry ends too early");
        };
        let Some(kind) = little(record, 0) else {
            return Record::Null;
        };
        let written = match kind {
            0 => return Record::Null,
            1 | 11 | 21 => point(record, wkb),
            3 | 13 | 23 => lines(record, wkb),
            5 | 15 | 25 => polygons(record, wkb),
            8 | 18 | 28 => points(record, wkb),
            _ => return Record::Broken("an unknown kind of geometry"),
        };
        match written {
            Some(true) => Record::Geometry,
            Some(false) => Record::Null,
            None => Record::Broken("the geometry ends too early"),
        }
    }

    fn record(&self, row: usize) -> Option<&[u8]> {
        let words = |at: usize| {
            let bytes = self.index.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(i32::from_be_bytes(bytes)).ok()
        };
        let entry = HEADER + row * 8;
        let (from, length) = (words(entry)? * 2 + 8, words(entry + 4)? * 2);
        self.shapes.get(from..from.checked_add(length)?)
    }
}

fn little(bytes: &[u8], at: usize) -> Option<i32> {
    Some(i32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn count(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(little(bytes, at)?).ok()
}

fn coord(bytes: &[u8], at: usize) -> Option<Coord> {
    let number = |at: usize| Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    Some(Coord {
        x: number(at)?,
        y: number(at + 8)?,
    })
}

fn begin(kind: u32, wkb: &mut Vec<u8>) {
    wkb.push(1);
    wkb.extend(kind.to_le_bytes());
}

fn number(count: usize, wkb: &mut Vec<u8>) {
    wkb.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn push_points(points: &[Coord], wkb: &mut Vec<u8>) {
    number(points.len(), wkb);
    for point in points {
        wkb.extend(point.x.to_le_bytes());
        wkb.extend(point.y.to_le_bytes());
    }
}

/// Whether there is a geometry; nothing where the record is too short.
fn point(record: &[u8], wkb: &mut Vec<u8>) -> Option<bool> {
    let at = coord(record, 4)?;
    begin(1, wkb);
    wkb.extend(at.x.to_le_bytes());
    wkb.extend(at.y.to_le_bytes());
    Some(true)
}

fn points(record: &[u8], wkb: &mut Vec<u8>) -> Option<bool> {
    let all = count(record, 36)?;
    record.get(40..40_usize.checked_add(all.checked_mul(16)?)?)?;
    begin(4, wkb);
    number(all, wkb);
    for point in 0..all {
        let at = coord(record, 40 + point * 16)?;
        begin(1, wkb);
        wkb.extend(at.x.to_le_bytes());
        wkb.extend(at.y.to_le_bytes());
    }
    Some(all > 0)
}

/// The parts of a line or a polygon.
fn parts(record: &[u8]) -> Option<Vec<Vec<Coord>>> {
    let (parts, all) = (count(record, 36)?, count(record, 40)?);
    let first = 44_usize.checked_add(parts.checked_mul(4)?)?;
    record.get(first..first.checked_add(all.checked_mul(16)?)?)?;
    let mut found = Vec::with_capacity(parts);
    for part in 0..parts {
        let from = count(record, 44 + part * 4)?;
        let until = if part + 1 < parts {
            count(record, 48 + part * 4)?
        } else {
            all
        };
        if until > all || from > until {
            return None;
        }
        let points = (from..until).map(|point| coord(record, first + point * 16));
        found.push(points.collect::<Option<Vec<_>>>()?);
    }
    Some(found)
}

fn lines(record: &[u8], wkb: &mut Vec<u8>) -> Option<bool> {
    let parts = parts(record)?;
    if parts.len() != 1 {
        begin(5, wkb);
        number(parts.len(), wkb);
    }
    for part in &parts {
        begin(2, wkb);
        push_points(part, wkb);
    }
    Some(!parts.is_empty())
}

fn polygons(record: &[u8], wkb: &mut Vec<u8>) -> Option<bool> {
    let rings = parts(record)?;
    let polygons = parts_by_direction(&rings);
    if polygons.len() != 1 {
        begin(6, wkb);
        number(polygons.len(), wkb);
    }
    for polygon in &polygons {
        begin(3, wkb);
        number(polygon.len(), wkb);
        for &ring in polygon {
            push_points(&rings[ring], wkb);
        }
    }
    Some(!rings.is_empty())
}
