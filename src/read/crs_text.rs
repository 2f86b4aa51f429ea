//! A CRS as a file or a user writes it → what it is, with its EPSG code where there is one.

use gdal::spatial_ref::SpatialRef;
use serde_json::Value;

use super::gdal::{listen, matches};
use crate::geometry::{Crs, CrsKind};

/// Why a text names no CRS that can be computed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CrsError {
    /// PROJ does not understand it.
    #[error("`{0}` is no coordinate reference system that PROJ knows; give one as `EPSG:4549`")]
    Unknown(String),
    /// X, Y, Z from the centre of the earth.
    #[error(
        "`{0}` is geocentric (X, Y, Z); transform the layer to a projected or geographic system first"
    )]
    Geocentric(String),
    /// Heights only.
    #[error("`{0}` is a system of heights only; name the horizontal one, as `EPSG:4549`")]
    Vertical(String),
    /// A grid of its own with no place on the earth.
    #[error(
        "`{name}` is a local system with no place on the earth; taken as no CRS (name the real one with `--crs`)"
    )]
    Local {
        /// Its name.
        name: String,
    },
    /// Angles that are no degrees.
    #[error(
        "`{0}` counts angles in units other than degrees; transform the layer to degrees first"
    )]
    Angles(String),
}

/// Understands `EPSG:n`, a bare number, WKT of any kind, PROJJSON, PROJ strings, `OGC:CRS84` and URNs.
/// Of a compound system the horizontal part is taken.
///
/// # Errors
/// When the text is not understood, or is no system with two horizontal axes on the earth.
pub fn describe_crs(definition: &str) -> Result<Crs, CrsError> {
    listen();
    let unknown = || CrsError::Unknown(definition.trim().chars().take(80).collect());
    let srs = parse(definition.trim()).ok_or_else(unknown)?;
    let json = projjson(&srs).ok_or_else(unknown)?;
    let srs = match horizontal(&json) {
        Some(part) => parse(&part.to_string()).ok_or_else(unknown)?,
        None => srs,
    };
    let name = srs.name().unwrap_or_default();
    if srs.is_geocentric() {
        return Err(CrsError::Geocentric(name));
    }
    if srs.is_vertical() {
        return Err(CrsError::Vertical(name));
    }
    if !srs.is_projected() && !srs.is_geographic() {
        return Err(CrsError::Local { name });
    }
    let code = code_of(&srs);
    // The register's own entry is used where there is one: files leave out the area of use, or shorten numbers.
    let registered = code
        .as_ref()
        .and_then(|(register, code)| parse(&format!("{register}:{code}")));
    let srs = registered.unwrap_or(srs);
    let json = projjson(&srs).ok_or_else(unknown)?;
    let kind = kind_of(&srs, &json).ok_or(CrsError::Angles(name))?;
    let wkt = wkt2(&srs).ok_or_else(unknown)?;
    Ok(Crs {
        definition: code.as_ref().map_or_else(
            || wkt.clone(),
            |(register, code)| format!("{register}:{code}"),
        ),
        name: srs.name().unwrap_or_default(),
        code,
        kind,
        wkt,
        projjson: json.to_string(),
        area_of_use: srs.area_of_use().map(|area| {
            [
                area.west_lon_degree,
                area.south_lat_degree,
                area.east_lon_degree,
                area.north_lat_degree,
            ]
        }),
    })
}

fn parse(text: &str) -> Option<SpatialRef> {
    let lower = text.to_ascii_lowercase();
    // GDAL would fetch an address, or read a file of that name.
    if text.is_empty()
        || [
            "http://spatialreference",
            "https://spatialreference",
            "/vsi",
        ]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        return None;
    }
    let text = match text {
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => format!("EPSG:{number}"),
        "EPSG:900913" | "epsg:900913" => "EPSG:3857".to_owned(),
        other => other.to_owned(),
    };
    let known = [
        "EPSG:",
        "ESRI:",
        "OGC:",
        "IAU",
        "URN:",
        "PROJ",
        "GEOG",
        "GEOD",
        "COMP",
        "BASEG",
        "BOUND",
        "LOCAL",
        "ENG",
        "VERT",
        "GEOC",
        "+",
        "{",
        "CRS",
        "HTTP://WWW.OPENGIS.NET",
        "HTTPS://WWW.OPENGIS.NET",
        "WGS84",
        "NAD",
    ];
    let upper = text.to_ascii_uppercase();
    if !known.iter().any(|start| upper.starts_with(start)) {
        return None;
    }
    SpatialRef::from_definition(&text)
        .ok()
        .or_else(|| SpatialRef::from_esri(&text).ok())
}

fn projjson(srs: &SpatialRef) -> Option<Value> {
    serde_json::from_str(&srs.to_projjson().ok()?).ok()
}

/// The horizontal part of a compound or bound system.
fn horizontal(json: &Value) -> Option<&Value> {
    let part = match json["type"].as_str()? {
        "CompoundCRS" => json["components"].get(0)?,
        "BoundCRS" => &json["source_crs"],
        _ => return None,
    };
    horizontal(part).or(Some(part))
}

/// The code it carries, or the one of the only system in the register that is the same but for its name.
fn code_of(srs: &SpatialRef) -> Option<(String, u32)> {
    let own = |srs: &SpatialRef| {
        let code = u32::try_from(srs.auth_code().ok()?).ok()?;
        Some((srs.auth_name()?, code))
    };
    let carried = own(srs).filter(|(register, code)| {
        let again = parse(&format!("{register}:{code}"));
        again.is_some_and(|again| again.name() == srs.name() || register == "EPSG")
    });
    if carried
        .as_ref()
        .is_some_and(|(register, _)| register == "EPSG" || register == "OGC")
    {
        return carried;
    }
    let mut found: Vec<(i32, u32)> = matches(srs)
        .iter()
        .filter(|(_, confidence)| *confidence >= 70)
        .filter_map(|(candidate, confidence)| {
            let (register, code) = own(candidate)?;
            (register == "EPSG").then_some((-confidence, code))
        })
        .collect();
    found.sort_unstable();
    found
        .first()
        .map(|&(_, code)| ("EPSG".to_owned(), code))
        .or(carried)
}

fn kind_of(srs: &SpatialRef, json: &Value) -> Option<CrsKind> {
    if srs.is_geographic() {
        return ((srs.angular_units() - 1f64.to_radians()).abs() < 1e-9)
            .then_some(CrsKind::Degrees);
    }
    let method = json["conversion"]["method"]["name"]
        .as_str()
        .unwrap_or_default();
    let mercator = method.starts_with("Popular Visualisation") || method.starts_with("Mercator (");
    Some(if mercator && (srs.linear_units() - 1.0).abs() < 1e-12 {
        CrsKind::Mercator
    } else {
        CrsKind::Plane {
            metres: srs.linear_units(),
        }
    })
}

/// WKT 2: GDAL writes it in version 1 unless it is told otherwise for this thread.
fn wkt2(srs: &SpatialRef) -> Option<String> {
    gdal::config::set_thread_local_config_option("OSR_WKT_FORMAT", "WKT2_2019").ok()?;
    let wkt = srs.to_wkt().ok();
    gdal::config::clear_thread_local_config_option("OSR_WKT_FORMAT").ok()?;
    wkt.filter(|wkt| !wkt.is_empty())
}
