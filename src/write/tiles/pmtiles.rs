//! A table with shapes → all its tiles in one file (PMTiles version 3), for maps on the web.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use rustc_hash::FxHashMap;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

use super::cut::TileSource;
use super::directory::{Entry, HEADER, directories};
use super::encode::TileValue;
use super::gzip;
use super::mercator::TileId;
use crate::geometry::Shapes;
use crate::write::chunks::in_order;
use crate::write::{Column, Kind, ResultFolder, Table, TableGeometry, Value, WriteError};

/// The deepest zoom that is written: a unit of it is 0.3 m at the equator.
const MAX_ZOOM: u8 = 15;

/// Columns that go with the shapes; the rest stands in the other files.
const KEPT: [&str; 24] = [
    "parcel_id",
    "piece_id",
    "proposal_id",
    "parcel_row",
    "land_use",
    "verdict",
    "plot_ratio",
    "building_density",
    "area_m2",
    "building_count",
    "status",
    "state",
    "reason",
    "rule",
    "since",
    "kind",
    "origin",
    "rank",
    "lot",
    "score",
    "conforms_to_plan",
    "allocated_to",
    "change",
    "building_id",
];

/// Writes `name.pmtiles`: every zoom from the one at which the whole is a small spot. The same table gives the same bytes.
pub(in crate::write) fn write(
    folder: &ResultFolder,
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
) -> Result<(), WriteError> {
    let name = format!("{}.pmtiles", table.name);
    let failed = |source| folder.io_error(&name, source);
    let Some(degrees) = &geometry.degrees else {
        return Err(WriteError::NoDegrees {
            file: folder.shown(&name),
            crs: geometry.crs.label(),
        });
    };
    let mut shapes = Shapes::default();
    for row in 0..table.rows {
        let shape = degrees(row);
        let sane = |at: &geo::Coord| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
        if let Some(at) = shape.coords().iter().find(|at| !sane(at)) {
            return Err(WriteError::OffGlobe {
                file: folder.shown(&name),
                row,
                x: at.x,
                y: at.y,
            });
        }
        shapes.push(shape);
    }
    let place = Place::of(&shapes);
    let source = TileSource::new(table.name, shapes);
    let columns: Vec<&Column<'_>> = table
        .columns
        .iter()
        .filter(|column| KEPT.contains(&&*column.name))
        .collect();
    let wanted = wanted(&source);
    let zooms = wanted.first().zip(wanted.last());
    let zooms = zooms.map_or((0, 0), |(first, last)| (first.1.z, last.1.z));
    let data = tempfile::tempfile_in(folder.path("")).map_err(failed)?;
    let mut tiles = Tiles::into(BufWriter::new(data));
    in_order(
        wanted.len(),
        32,
        |range| {
            let cut = |(position, tile): &(u64, TileId)| {
                let bytes = source.tile(*tile, &|row| properties(&columns, row));
                Ok((
                    *position,
                    if bytes.is_empty() {
                        bytes
                    } else {
                        gzip(&bytes)?
                    },
                ))
            };
            wanted[range]
                .iter()
                .map(cut)
                .collect::<io::Result<Vec<_>>>()
        },
        |piece| {
            piece
                .into_iter()
                .try_for_each(|(at, bytes)| tiles.take(at, &bytes))
        },
    )
    .map_err(failed)?;
    let metadata = gzip(metadata(table, &columns, zooms).to_string().as_bytes()).map_err(failed)?;
    let mut file = File::create(folder.path(&name)).map_err(failed)?;
    tiles
        .finish(&mut file, &metadata, zooms, &place)
        .map_err(failed)
}

/// Every tile that a shape may lie in, by its position.
fn wanted(source: &TileSource) -> Vec<(u64, TileId)> {
    let whole = source.bounds();
    if whole.min.x > whole.max.x {
        return Vec::new();
    }
    let side = (whole.max.x - whole.min.x)
        .max(whole.max.y - whole.min.y)
        .max(1e-7);
    // the zoom at which an eighth of a tile holds it all
    let first = (0..MAX_ZOOM).find(|z| side * f64::from(1_u32 << z) > 0.125);
    let mut all = BTreeMap::new();
    for z in first.unwrap_or(MAX_ZOOM)..=MAX_ZOOM {
        for row in 0..source.len() {
            let bounds = source.bounds_of(row);
            if bounds.min.x > bounds.max.x {
                continue;
            }
            let ([west, east], [north, south]) = TileId::range(z, &bounds);
            for x in west..=east {
                for y in north..=south {
                    let tile = TileId { z, x, y };
                    all.insert(tile.position(), tile);
                }
            }
        }
    }
    all.into_iter().collect()
}

fn properties<'a>(columns: &[&'a Column<'_>], row: usize) -> Vec<(&'a str, TileValue<'a>)> {
    let value = |column: &&'a Column<'_>| {
        let value = match (column.cell)(row) {
            Value::Null => return None,
            Value::Text(text) => TileValue::Text(text.into_owned().into()),
            Value::Integer(number) => TileValue::Whole(number),
            Value::Decimal(number) => TileValue::Number(number.to_f64()),
        };
        Some((&*column.name, value))
    };
    columns.iter().filter_map(value).collect()
}

fn metadata(table: &Table<'_>, columns: &[&Column<'_>], zooms: (u8, u8)) -> serde_json::Value {
    let kind = |column: &&Column<'_>| {
        let kind = match column.kind {
            Kind::Text => "String",
            Kind::Integer | Kind::Decimal(_) => "Number",
        };
        (column.name.clone().into_owned(), kind.into())
    };
    let fields: Map<String, serde_json::Value> = columns.iter().map(kind).collect();
    json!({
        "name": table.name,
        "description": table.title,
        "type": "overlay",
        "generator": concat!("plotratio ", env!("CARGO_PKG_VERSION")),
        "vector_layers": [{
            "id": table.name, "description": table.title,
            "minzoom": zooms.0, "maxzoom": zooms.1, "fields": fields,
        }],
    })
}

/// Where a layer lies, in 10^-7 degrees.
struct Place {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

impl Place {
    fn of(degrees: &Shapes) -> Self {
        let bounds = crate::geometry::Bounds::of(degrees.coords());
        let bounds = if bounds.min.x > bounds.max.x {
            crate::geometry::Bounds::of(&[geo::Coord { x: 0.0, y: 0.0 }])
        } else {
            bounds
        };
        #[expect(clippy::cast_possible_truncation, reason = "at most 1.8e9")]
        let tiny = |degrees: f64| (degrees * 1e7).round() as i32;
        Self {
            west: tiny(bounds.min.x),
            south: tiny(bounds.min.y),
            east: tiny(bounds.max.x),
            north: tiny(bounds.max.y),
        }
    }
}

/// The tiles that were written so far.
struct Tiles {
    data: BufWriter<File>,
    entries: Vec<Entry>,
    /// Where bytes that came before lie, by their sum.
    known: FxHashMap<[u8; 32], (u64, u32)>,
    next: u64,
    addressed: u64,
}

impl Tiles {
    fn into(data: BufWriter<File>) -> Self {
        Self {
            data,
            entries: Vec::new(),
            known: FxHashMap::default(),
            next: 0,
            addressed: 0,
        }
    }

    /// Adds the next tile; an empty one is left out, and bytes that are there already are not written again.
    fn take(&mut self, tile: u64, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.addressed += 1;
        let sum: [u8; 32] = Sha256::digest(bytes).into();
        let (offset, length) = if let Some(known) = self.known.get(&sum) {
            *known
        } else {
            self.data.write_all(bytes)?;
            let placed = (self.next, u32::try_from(bytes.len()).unwrap_or(u32::MAX));
            self.next += bytes.len() as u64;
            self.known.insert(sum, placed);
            placed
        };
        if let Some(last) = self.entries.last_mut()
            && last.offset == offset
            && last.tile + u64::from(last.run) == tile
        {
            last.run += 1;
            return Ok(());
        }
        self.entries.push(Entry {
            tile,
            offset,
            length,
            run: 1,
        });
        Ok(())
    }

    /// Writes header, directories, metadata and tiles.
    fn finish(
        self,
        file: &mut File,
        metadata: &[u8],
        (first, last): (u8, u8),
        place: &Place,
    ) -> io::Result<()> {
        let (root, leaves) = directories(&self.entries)?;
        let mut data = self
            .data
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        data.seek(SeekFrom::Start(0))?;
        let mut header = Vec::with_capacity(HEADER);
        header.extend_from_slice(b"PMTiles\x03");
        let mut offset = HEADER as u64;
        for length in [
            root.len() as u64,
            metadata.len() as u64,
            leaves.len() as u64,
            self.next,
        ] {
            header.extend_from_slice(&offset.to_le_bytes());
            header.extend_from_slice(&length.to_le_bytes());
            offset += length;
        }
        let contents = self.known.len() as u64;
        for count in [self.addressed, self.entries.len() as u64, contents] {
            header.extend_from_slice(&count.to_le_bytes());
        }
        // clustered, gzip inside, gzip of tiles, vector tiles
        header.extend_from_slice(&[1, 2, 2, 1, first, last]);
        for edge in [place.west, place.south, place.east, place.north] {
            header.extend_from_slice(&edge.to_le_bytes());
        }
        header.push(first.midpoint(last));
        let middle = [(place.west, place.east), (place.south, place.north)];
        for (low, high) in middle {
            header.extend_from_slice(&low.midpoint(high).to_le_bytes());
        }
        for part in [&header[..], &root, metadata, &leaves] {
            file.write_all(part)?;
        }
        io::copy(&mut data, file)?;
        Ok(())
    }
}
