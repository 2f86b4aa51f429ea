//! What a Parquet file says of its geometry → the column, how it is encoded, and its CRS.

use std::collections::BTreeMap;

use parquet::basic::{ConvertedType, LogicalType, Type as PhysicalType};
use parquet::file::metadata::FileMetaData;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The geometry column of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Geometry {
    pub(super) column: String,
    pub(super) encoding: Encoding,
    /// PROJJSON or a code; `None` where it is declared to be unknown.
    pub(super) crs: Option<String>,
}

/// How geometries are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Well-known binary.
    Wkb,
    /// Well-known text, or binary in hexadecimal digits.
    Text,
    /// Lists of rings of points (GeoArrow).
    Polygon,
    /// Lists of lists of rings of points (GeoArrow).
    MultiPolygon,
}

/// The JSON of the `geo` key, as far as it is needed here.
#[derive(Deserialize)]
struct Geo {
    primary_column: String,
    columns: BTreeMap<String, GeoColumn>,
}

#[derive(Deserialize)]
struct GeoColumn {
    encoding: String,
    /// Missing means longitude and latitude on WGS 84, `null` means unknown.
    #[serde(default, deserialize_with = "present")]
    crs: Option<Value>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

const WGS84: &str = "OGC:CRS84";

/// The geometry column by GeoParquet's `geo` metadata, else by the types of Parquet itself; `None` for a mere table.
///
/// # Errors
/// When the metadata are wrong or ask for what is not read here.
pub(super) fn geometry(file: &FileMetaData) -> Result<Option<Geometry>, String> {
    let stored = |key: &str| {
        let mut pairs = file.key_value_metadata().into_iter().flatten();
        pairs.find(|pair| pair.key == key)?.value.as_deref()
    };
    match stored("geo") {
        Some(json) => by_metadata(json).map(Some),
        None => Ok(by_type(file, stored).or_else(|| by_name(file))),
    }
}

fn by_metadata(json: &str) -> Result<Geometry, String> {
    let geo: Geo = serde_json::from_str(json)
        .map_err(|error| format!("its `geo` metadata are wrong ({error}); write it again"))?;
    let column = geo.columns.get(&geo.primary_column).ok_or_else(|| {
        format!(
            "its `geo` metadata do not describe their primary column `{}`; write it again",
            geo.primary_column
        )
    })?;
    let encoding = match column.encoding.as_str() {
        "WKB" => Encoding::Wkb,
        "polygon" => Encoding::Polygon,
        "multipolygon" => Encoding::MultiPolygon,
        other => {
            return Err(format!(
                "its geometry is encoded as `{other}`, and only WKB, polygon and multipolygon are read; write it with WKB"
            ));
        }
    };
    let crs = match &column.crs {
        None => Some(WGS84.to_owned()),
        Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(json) => Some(json.to_string()),
    };
    Ok(Geometry {
        column: geo.primary_column,
        encoding,
        crs,
    })
}

fn by_type<'a>(file: &FileMetaData, stored: impl Fn(&str) -> Option<&'a str>) -> Option<Geometry> {
    let columns = file.schema_descr().root_schema().get_fields();
    columns.iter().find_map(|column| {
        let Some(LogicalType::Geometry(about)) = column.get_basic_info().logical_type_ref() else {
            return None;
        };
        let crs = about.crs.as_deref().unwrap_or(WGS84);
        let crs = match crs.split_once(':') {
            Some(("srid", "0")) => None,
            Some(("srid", code)) => Some(format!("EPSG:{code}")),
            Some(("projjson", key)) => stored(key).map(str::to_owned),
            _ => Some(crs.to_owned()),
        };
        Some(Geometry {
            column: column.name().to_owned(),
            encoding: Encoding::Wkb,
            crs,
        })
    })
}

/// Names under which programs that know nothing of GeoParquet keep WKB, in capitals.
const NAMES: [&str; 14] = [
    "GEOMETRY",
    "GEOM",
    "THE_GEOM",
    "WKB",
    "WKT",
    "EWKT",
    "WKB_GEOMETRY",
    "GEOMETRY_WKB",
    "GEOM_WKB",
    "SHAPE",
    "OGC_GEOM",
    "几何",
    "图形",
    "GEO",
];

/// The first column of bytes, else of text, with the name of a geometry; where it lies is not said.
fn by_name(file: &FileMetaData) -> Option<Geometry> {
    let columns = file.schema_descr().root_schema().get_fields();
    let of = |encoding: Encoding, converted: ConvertedType, logical: Option<&LogicalType>| {
        NAMES.iter().find_map(|name| {
            let column = columns.iter().find(|column| {
                let about = column.get_basic_info();
                column.is_primitive()
                    && column.name().to_uppercase() == *name
                    && column.get_physical_type() == PhysicalType::BYTE_ARRAY
                    && about.converted_type() == converted
                    && about.logical_type_ref() == logical
            })?;
            Some(Geometry {
                column: column.name().to_owned(),
                encoding,
                crs: None,
            })
        })
    };
    of(Encoding::Wkb, ConvertedType::NONE, None)
        .or_else(|| {
            of(
                Encoding::Text,
                ConvertedType::UTF8,
                Some(&LogicalType::String),
            )
        })
        .or_else(|| of(Encoding::Text, ConvertedType::UTF8, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(crs: &str) -> Option<String> {
        let json = format!(
            r#"{{"version":"1.1.0","primary_column":"g","columns":{{"g":{{"encoding":"WKB","geometry_types":[]{crs}}}}}}}"#
        );
        by_metadata(&json).unwrap().crs
    }

    #[test]
    fn a_missing_crs_is_wgs84_and_a_null_one_is_unknown() {
        assert_eq!(read("").as_deref(), Some("OGC:CRS84"));
        assert_eq!(read(r#","crs":null"#), None);
        assert_eq!(
            read(r#","crs":{"type":"ProjectedCRS"}"#).as_deref(),
            Some(r#"{"type":"ProjectedCRS"}"#)
        );
    }

    #[test]
    fn an_encoding_that_is_not_read_is_named() {
        let json = r#"{"primary_column":"g","columns":{"g":{"encoding":"point"}}}"#;
        assert!(by_metadata(json).unwrap_err().contains("`point`"));
        let json = r#"{"primary_column":"h","columns":{}}"#;
        assert!(by_metadata(json).unwrap_err().contains("`h`"));
    }
}
