//! Layers → a GeoPackage (OGC 12-128, version 1.2) by SQLite, with a spatial index of each.

use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{CachedStatement, Connection, ToSql, params};

use super::index::SpatialIndex;
use crate::formats::{Dialect, older_wkt};
use crate::geometry::{Bounds, Crs};
use crate::write::map_layer::DrawnAs;
use crate::write::points::{bounds, lists};
use crate::write::typed::Typed;
use crate::write::{Kind, MapLayer, WriteError};

const TABLES: &str = include_str!("tables.sql");
const TRIGGERS: &str = include_str!("triggers.sql");

/// A file that is being written.
pub(super) struct Package<'p> {
    file: Connection,
    path: &'p Path,
    shown: &'p Path,
}

/// A layer to be added.
pub(super) struct NewLayer<'l> {
    pub(super) name: &'l str,
    pub(super) title: &'l str,
    /// The column of the number of each row.
    pub(super) id: String,
    /// The column of the geometry, what it holds, and its system.
    pub(super) shape: Option<(String, &'static str, &'l Crs)>,
    /// Its columns, with the types of the standard.
    pub(super) columns: Vec<(&'l str, &'static str)>,
}

impl<'l> NewLayer<'l> {
    /// A map layer as it is.
    pub(super) fn of(layer: &'l MapLayer<'_, '_>) -> Self {
        let shape = layer.drawn().map(|(crs, drawn)| {
            let kind = match drawn {
                DrawnAs::Areas => "MULTIPOLYGON",
                DrawnAs::Lines => "MULTILINESTRING",
                DrawnAs::Points => "POINT",
            };
            ("geom".to_owned(), kind, crs)
        });
        let columns = layer.table.columns.iter().map(|column| {
            let kind = match column.kind {
                Kind::Text => "TEXT",
                Kind::Integer => "INTEGER",
                Kind::Decimal(_) => "REAL",
            };
            (&*column.name, kind)
        });
        Self {
            name: &layer.name,
            title: &layer.title,
            id: "fid".to_owned(),
            shape,
            columns: columns.collect(),
        }
    }
}

impl<'p> Package<'p> {
    /// Begins a new file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn create(path: &'p Path, shown: &'p Path) -> Result<Self, WriteError> {
        let file = Connection::open(path).map_err(WriteError::library(shown))?;
        let package = Self { file, path, shown };
        // A file that is not whole is never used, and the folder is flushed once at the end.
        package.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        package.run("BEGIN")?;
        package.run(TABLES)?;
        Ok(package)
    }

    /// The path as the user knows it.
    pub(super) fn shown(&self) -> &'p Path {
        self.shown
    }

    /// Runs statements.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(super) fn run(&self, sql: &str) -> Result<(), WriteError> {
        let run = self.file.execute_batch(sql);
        run.map_err(WriteError::library(self.shown))
    }

    /// Adds an empty layer, to be filled.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(super) fn add(&self, layer: &NewLayer<'_>) -> Result<Filled<'_>, WriteError> {
        self.add_tables(layer)
            .map_err(WriteError::library(self.shown))
    }

    fn add_tables(&self, layer: &NewLayer<'_>) -> rusqlite::Result<Filled<'_>> {
        let table = quoted(layer.name);
        let mut columns = vec![format!(
            "{} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
            quoted(&layer.id)
        )];
        let shape = layer.shape.iter();
        columns.extend(shape.map(|(name, kind, _)| format!("{} {kind}", quoted(name))));
        let own = layer.columns.iter();
        columns.extend(own.map(|(name, kind)| format!("{} {kind}", quoted(name))));
        let sql = format!("CREATE TABLE {table} ({})", columns.join(", "));
        self.file.execute_batch(&sql)?;
        let (kind, srs) = match &layer.shape {
            Some((.., crs)) => ("features", Some(self.system(crs)?)),
            None => ("attributes", None),
        };
        self.file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) \
             VALUES (?1, ?2, ?3, ?3, '2000-01-01T00:00:00.000Z', ?4)",
            params![layer.name, kind, layer.title, srs.unwrap_or_default()],
        )?;
        let mut index = None;
        if let Some((column, kind, _)) = &layer.shape {
            self.file.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, 0, 0)",
                params![layer.name, column, kind, srs],
            )?;
            self.file.execute(
                "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index', \
                 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
                params![layer.name, column],
            )?;
            let tree = quoted(&tree_of(layer.name, column));
            let sql =
                format!("CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)");
            self.file.execute_batch(&sql)?;
            index = Some((SpatialIndex::default(), column.clone()));
        }
        let places = 1 + usize::from(layer.shape.is_some()) + layer.columns.len();
        let sql = format!("INSERT INTO {table} VALUES (?{})", ", ?".repeat(places - 1));
        Ok(Filled {
            package: self,
            name: layer.name.to_owned(),
            id: layer.id.clone(),
            insert: self.file.prepare_cached(&sql)?,
            index,
            srs,
            rows: 0,
            bounds: None,
            blob: Vec::new(),
        })
    }

    /// The number of a system in this file, which is added where it is new: its code, or one of its own.
    fn system(&self, crs: &Crs) -> rusqlite::Result<i32> {
        let wkt = older_wkt(crs, Dialect::Gdal).unwrap_or_else(|| crs.wkt.clone());
        let code = crs.code.as_ref().filter(|(register, _)| register == "EPSG");
        if let Some((_, code)) = code {
            let number = i32::try_from(*code).unwrap_or_default();
            self.file.execute(
                "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'EPSG', ?2, ?3, NULL)",
                params![crs.name, number, wkt],
            )?;
            return Ok(number);
        }
        let find = "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE definition = ?1";
        let mut found = self.file.prepare_cached(find)?;
        let mut rows = found.query([&wkt])?;
        if let Some(row) = rows.next()? {
            return row.get(0);
        }
        let next = "SELECT MAX(99999, MAX(srs_id)) + 1 FROM gpkg_spatial_ref_sys";
        let number: i32 = self.file.query_row(next, [], |row| row.get(0))?;
        self.file.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'NONE', ?2, ?3, NULL)",
            params![crs.name, number, wkt],
        )?;
        Ok(number)
    }

    /// Ends the file, which is whole then.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn finish(self) -> Result<(), WriteError> {
        self.run("COMMIT")?;
        let (path, shown) = (self.path, self.shown);
        let closed = self.file.close();
        closed.map_err(|(_, why)| WriteError::library(shown)(why))?;
        // SQLite without a journal does not say that a page was lost on a full disk
        let check = || {
            let file = Connection::open(path)?;
            file.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        };
        match check().map_err(WriteError::library(shown))?.as_str() {
            "ok" => Ok(()),
            why => Err(WriteError::library(shown)(why)),
        }
    }
}

/// A layer that is being filled.
pub(super) struct Filled<'f> {
    package: &'f Package<'f>,
    name: String,
    id: String,
    insert: CachedStatement<'f>,
    /// The spatial index, and the column of the geometry.
    index: Option<(SpatialIndex, String)>,
    srs: Option<i32>,
    rows: i64,
    bounds: Option<Bounds>,
    blob: Vec<u8>,
}

impl Filled<'_> {
    /// Adds a row with its shape, an empty one being null.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(super) fn push(&mut self, cells: &[Typed<'_>], wkb: &[u8]) -> Result<(), WriteError> {
        let shown = self.package.shown;
        self.push_row(cells, wkb)
            .map_err(WriteError::library(shown))
    }

    fn push_row(&mut self, cells: &[Typed<'_>], wkb: &[u8]) -> rusqlite::Result<()> {
        self.rows += 1;
        self.insert.raw_bind_parameter(1, self.rows)?;
        let mut place = 2;
        if let (Some((index, _)), Some(srs)) = (&mut self.index, self.srs) {
            match bounds(&lists(wkb)) {
                Some(around) => {
                    blob(wkb, srs, around, &mut self.blob);
                    self.insert.raw_bind_parameter(place, &self.blob[..])?;
                    index.push(self.rows, around);
                    self.bounds = Some(self.bounds.map_or(around, |all| all.union(around)));
                }
                None => self.insert.raw_bind_parameter(place, Value::Null)?,
            }
            place += 1;
        }
        for cell in cells {
            self.insert.raw_bind_parameter(place, cell)?;
            place += 1;
        }
        self.insert.raw_execute().map(drop)
    }

    /// Ends the layer.
    ///
    /// # Errors
    /// When it does not hold that many rows, or SQLite refuses.
    pub(super) fn finish(self, rows: usize) -> Result<(), WriteError> {
        let shown = self.package.shown;
        if usize::try_from(self.rows) != Ok(rows) {
            let why = format!("it holds {} of {rows} rows", self.rows);
            return Err(WriteError::library(shown)(why));
        }
        self.end().map_err(WriteError::library(shown))
    }

    fn end(self) -> rusqlite::Result<()> {
        let file = &self.package.file;
        if let Some(Bounds { min, max }) = self.bounds {
            file.execute(
                "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
                params![self.name, min.x, min.y, max.x, max.y],
            )?;
        }
        match self.index {
            Some((index, column)) => {
                index.write(file, &tree_of(&self.name, &column))?;
                // behind the rows, which are in the index already
                let sql = TRIGGERS
                    .replace("<t>", &self.name.replace('"', "\"\""))
                    .replace("<c>", &column.replace('"', "\"\""))
                    .replace("<i>", &self.id.replace('"', "\"\""));
                file.execute_batch(&sql)
            }
            None => Ok(()),
        }
    }
}

impl ToSql for Typed<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            // Programs in C end a text at a zero byte: show that there was one rather than lose what follows.
            Self::Text(text) if text.contains('\0') => text.replace('\0', "\u{fffd}").into(),
            Self::Text(text) => (&**text).into(),
            Self::Integer(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
        })
    }
}

/// What the standard calls the spatial index of a layer (OGC 12-128, annex F.3).
fn tree_of(layer: &str, column: &str) -> String {
    format!("rtree_{layer}_{column}")
}

/// A name as SQL takes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The geometry of a GeoPackage (OGC 12-128, clause 2.1.3): a head with its system and its box, then well-known binary.
fn blob(wkb: &[u8], srs: i32, bounds: Bounds, out: &mut Vec<u8>) {
    out.clear();
    out.extend(b"GP\0\x03");
    out.extend(srs.to_le_bytes());
    for number in [bounds.min.x, bounds.max.x, bounds.min.y, bounds.max.y] {
        out.extend(number.to_le_bytes());
    }
    out.extend(wkb);
}
