//! A GeoPackage → what it says of its layers: their names, columns, geometry and systems of coordinates.

use std::fmt::Write as _;
use std::path::Path;

use arrow_schema::DataType;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Result, Row};

use crate::formats::LayerSummary;

/// A layer as its file lists it.
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) geometry: Option<GeometryColumn>,
}

/// The geometry of a layer.
pub(super) struct GeometryColumn {
    pub(super) name: String,
    kind: String,
    has_heights: bool,
    srs: i64,
}

/// A column as it is declared.
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) kind: ColumnKind,
}

/// How the values of a column are given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Truth,
    Short,
    Whole,
    Long,
    Single,
    Real,
    Day,
    Time,
    Text,
    /// Bytes, which no rule reads.
    Bytes,
}

impl ColumnKind {
    /// The kind of a declared type (OGC 12-128, table 1); of another one by the affinity that SQLite gives it.
    fn of(declared: &str) -> Self {
        let word = declared.to_ascii_uppercase();
        let bare = word.split('(').next().unwrap_or_default().trim();
        let has = |part: &str| word.contains(part);
        match bare {
            "BOOLEAN" => Self::Truth,
            "SMALLINT" => Self::Short,
            "TINYINT" | "MEDIUMINT" => Self::Whole,
            "INT" | "INTEGER" => Self::Long,
            "FLOAT" => Self::Single,
            "DOUBLE" | "REAL" => Self::Real,
            "DATE" => Self::Day,
            "DATETIME" => Self::Time,
            _ if has("INT") => Self::Long,
            _ if has("CHAR") || has("CLOB") || has("TEXT") => Self::Text,
            _ if has("BLOB") => Self::Bytes,
            _ if has("REAL") || has("FLOA") || has("DOUB") => Self::Real,
            _ => Self::Text,
        }
    }

    pub(super) fn data_type(self) -> DataType {
        match self {
            Self::Truth => DataType::Boolean,
            Self::Short => DataType::Int16,
            Self::Whole => DataType::Int32,
            Self::Long => DataType::Int64,
            Self::Single | Self::Real => DataType::Float64,
            Self::Day => DataType::Date32,
            Self::Time | Self::Text | Self::Bytes => DataType::Utf8,
        }
    }
}

/// Opens the file to be read only, and so that nothing is written beside it.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let mut address = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // a text cannot refuse
            let _ = write!(address, "%{byte:02X}");
        }
    }
    // A database in WAL mode makes files beside itself even for a reader, unless it is said to be still.
    if !wal_beside(path) {
        address.push_str("?immutable=1");
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(address, flags)
}

/// Whether another program's changes wait in a `-wal` file.
fn wal_beside(path: &Path) -> bool {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    std::fs::metadata(beside).is_ok_and(|file| file.len() > 0)
}

/// The layers, those with geometry first.
pub(super) fn layers(file: &Connection) -> Result<Vec<Listed>> {
    let spatial = |row: &Row<'_>| {
        Ok(Listed {
            name: row.get(0)?,
            geometry: Some(GeometryColumn {
                name: row.get(1)?,
                kind: row.get(2)?,
                srs: row.get(3)?,
                has_heights: row.get::<_, i64>(4)? == 1,
            }),
        })
    };
    let mut found: Vec<Listed> = file
        .prepare(
            "SELECT c.table_name, g.column_name, g.geometry_type_name, g.srs_id, g.z \
             FROM gpkg_contents c JOIN gpkg_geometry_columns g ON lower(c.table_name) = lower(g.table_name) \
             WHERE c.data_type = 'features' ORDER BY c.rowid",
        )?
        .query_map([], spatial)?
        .collect::<Result<_>>()?;
    let tables: Vec<String> = file
        .prepare(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('attributes', 'aspatial') ORDER BY rowid",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_>>()?;
    // where no table is listed, those are layers that nobody has listed
    let unlisted: Vec<String> = if tables.is_empty() {
        file.prepare(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') \
             AND name NOT LIKE 'gpkg\\_%' ESCAPE '\\' AND name NOT LIKE 'rtree\\_%' ESCAPE '\\' \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'ogr\\_%' ESCAPE '\\' \
             AND lower(name) NOT IN (SELECT lower(table_name) FROM gpkg_contents) ORDER BY rowid",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_>>()?
    } else {
        Vec::new()
    };
    let bare = |name| Listed {
        name,
        geometry: None,
    };
    found.extend(tables.into_iter().chain(unlisted).map(bare));
    Ok(found)
}

/// A layer in short, with its count of features where that is wanted.
pub(super) fn summary(file: &Connection, layer: &Listed, count: bool) -> LayerSummary {
    LayerSummary {
        name: layer.name.clone(),
        features: if count {
            rows(file, &layer.name).ok()
        } else {
            None
        },
        geometry: layer.geometry.as_ref().map(GeometryColumn::shown),
    }
}

/// How many rows a table has.
pub(super) fn rows(file: &Connection, table: &str) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM {}", quoted(table));
    let count: i64 = file.query_row(&sql, [], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

impl GeometryColumn {
    /// Its type as other readers word it.
    fn shown(&self) -> String {
        let name = match self.kind.to_ascii_uppercase().as_str() {
            "POINT" => "Point",
            "LINESTRING" => "Line String",
            "POLYGON" => "Polygon",
            "MULTIPOINT" => "Multi Point",
            "MULTILINESTRING" => "Multi Line String",
            "MULTIPOLYGON" => "Multi Polygon",
            "GEOMETRYCOLLECTION" => "Geometry Collection",
            "CURVEPOLYGON" => "Curve Polygon",
            "MULTISURFACE" => "Multi Surface",
            "COMPOUNDCURVE" => "Compound Curve",
            "MULTICURVE" => "Multi Curve",
            _ => "Unknown (any)",
        };
        if self.has_heights {
            format!("3D {name}")
        } else {
            name.to_owned()
        }
    }

    /// The definition of its system of coordinates: the code where the EPSG has given one.
    pub(super) fn definition(&self, file: &Connection) -> Option<String> {
        match self.srs {
            0 => return Some(UNKNOWN_DEGREES.to_owned()),
            -1 => return Some(UNKNOWN_PLANE.to_owned()),
            _ => {}
        }
        let read = |row: &Row<'_>| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, String>(2)?,
            ))
        };
        let sql = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
        let found = file.query_row(sql, [self.srs], read).optional();
        let (organization, code, definition) = found.ok()??;
        if organization.eq_ignore_ascii_case("EPSG") {
            return Some(format!("EPSG:{code}"));
        }
        let is_text = |text: &String| !text.trim().is_empty() && text != "undefined";
        let newer = || {
            let sql = "SELECT definition_12_063 FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
            file.query_row(sql, [self.srs], |row| row.get(0)).ok()
        };
        Some(definition).filter(is_text).or_else(newer)
    }
}

/// What the standard calls an undefined geographic system.
const UNKNOWN_DEGREES: &str = "GEOGCS[\"Undefined geographic SRS\",DATUM[\"unknown\",SPHEROID[\"unknown\",6378137,298.257223563]],\
     PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
/// What the standard calls an undefined Cartesian system.
const UNKNOWN_PLANE: &str = "LOCAL_CS[\"Undefined Cartesian SRS\",UNIT[\"metre\",1]]";

/// The columns of a layer but for its geometry and the number of its rows.
pub(super) fn columns(file: &Connection, layer: &Listed) -> Result<Vec<Declared>> {
    let sql = format!("PRAGMA table_info({})", quoted(&layer.name));
    let read = |row: &Row<'_>| {
        Ok((
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, i64>(5)? > 0,
        ))
    };
    let all: Vec<(String, String, bool)> = file
        .prepare(&sql)?
        .query_map([], read)?
        .collect::<Result<_>>()?;
    let shape = layer.geometry.as_ref().map(|geometry| &*geometry.name);
    let keys = all.iter().filter(|(.., is_key)| *is_key).count();
    let is_number = |kind: &str, is_key: bool| {
        is_key && keys == 1 && kind.to_ascii_uppercase().starts_with("INT")
    };
    let is_shape = |name: &str| shape.is_some_and(|shape| shape.eq_ignore_ascii_case(name));
    Ok(all
        .into_iter()
        .filter(|(name, kind, is_key)| !is_number(kind, *is_key) && !is_shape(name))
        .map(|(name, kind, _)| Declared {
            name,
            kind: ColumnKind::of(&kind),
        })
        .collect())
}

/// A name as SQL takes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_type_is_known_by_the_standard_or_by_its_affinity() {
        for (declared, kind) in [
            ("TEXT(20)", ColumnKind::Text),
            ("MEDIUMINT", ColumnKind::Whole),
            ("integer", ColumnKind::Long),
            ("BIGINT", ColumnKind::Long),
            ("VARCHAR(3)", ColumnKind::Text),
            ("FLOAT", ColumnKind::Single),
            ("DOUBLE PRECISION", ColumnKind::Real),
            ("BLOB(10)", ColumnKind::Bytes),
            ("", ColumnKind::Text),
        ] {
            assert_eq!(ColumnKind::of(declared), kind, "{declared}");
        }
    }
}
