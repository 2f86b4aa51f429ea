//! A CRS as a file or a user writes it → what it is, with its EPSG code where there is one.

use serde_json::Value;

pub use super::register::Dialect;
use super::register::{System, SystemKind};
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
    let unknown = || CrsError::Unknown(definition.trim().chars().take(80).collect());
    let system = parse(definition.trim()).ok_or_else(unknown)?;
    let json = projjson(&system).ok_or_else(unknown)?;
    let system = match horizontal(&json) {
        Some(part) => parse(&part.to_string()).ok_or_else(unknown)?,
        None => system,
    };
    let name = system.name();
    match system.kind() {
        SystemKind::Geocentric => return Err(CrsError::Geocentric(name)),
        SystemKind::Vertical => return Err(CrsError::Vertical(name)),
        SystemKind::Other => return Err(CrsError::Local { name }),
        SystemKind::Projected | SystemKind::Geographic => {}
    }
    let code = code_of(&system);
    // The register's own entry is used where there is one: files leave out the area of use, or shorten numbers.
    let registered = code
        .as_ref()
        .and_then(|(register, code)| parse(&format!("{register}:{code}")));
    let system = registered.unwrap_or(system);
    let json = projjson(&system).ok_or_else(unknown)?;
    let kind = kind_of(&system, &json).ok_or(CrsError::Angles(name))?;
    let wkt = system
        .wkt()
        .filter(|wkt| !wkt.is_empty())
        .ok_or_else(unknown)?;
    Ok(Crs {
        definition: code.as_ref().map_or_else(
            || wkt.clone(),
            |(register, code)| format!("{register}:{code}"),
        ),
        name: system.name(),
        code,
        kind,
        wkt,
        projjson: json.to_string(),
        area_of_use: system.area_of_use(),
    })
}

/// A system in version 1 of WKT, for formats and programs that know no other; nothing where it cannot say it.
pub fn older_wkt(crs: &Crs, dialect: Dialect) -> Option<String> {
    parse(&crs.definition)?.older_wkt(dialect)
}

/// How systems are called by those who have no number for them.
const NAMES: [(&str, &str); 7] = [
    ("WGS84", "EPSG:4326"),
    ("NAD27", "EPSG:4267"),
    ("NAD83", "EPSG:4269"),
    ("CRS84", "OGC:CRS84"),
    ("CRS:84", "OGC:CRS84"),
    ("CRS83", "OGC:CRS83"),
    ("CRS27", "OGC:CRS27"),
];

/// How WKT begins, in either version.
const WKT: [&str; 9] = [
    "PROJ", "GEOG", "GEOD", "COMP", "BASEG", "BOUND", "LOCAL", "ENG", "VERT",
];

fn parse(text: &str) -> Option<System> {
    let text = match text {
        number if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("EPSG:{number}")
        }
        "EPSG:900913" | "epsg:900913" => "EPSG:3857".to_owned(),
        other => other.to_owned(),
    };
    let upper = text.to_ascii_uppercase();
    if let Some((_, known)) = NAMES.iter().find(|(name, _)| *name == upper) {
        return System::of_text(known);
    }
    if let Some(code) = upper.strip_prefix("EPSG:") {
        let end = code.find(|c: char| !c.is_ascii_digit());
        let (code, rest) = code.split_at(end.unwrap_or(code.len()));
        return if rest.starts_with('+') {
            System::of_text(&text)
        } else {
            System::of_epsg(code)
        };
    }
    let begins = |starts: &[&str]| starts.iter().any(|start| upper.starts_with(start));
    if begins(&WKT) || upper.starts_with("GEOC") {
        return System::of_wkt(&text);
    }
    if upper.starts_with('+') {
        return System::of_text(&format!("{text} +type=crs"));
    }
    // PROJ would read a file of another name
    let others = [
        "ESRI:",
        "OGC:",
        "IAU",
        "URN:",
        "{",
        "CRS",
        "HTTP://WWW.OPENGIS.NET",
        "HTTPS://WWW.OPENGIS.NET",
        "NAD",
    ];
    begins(&others).then(|| System::of_text(&text))?
}

fn projjson(system: &System) -> Option<Value> {
    serde_json::from_str(&system.projjson()?).ok()
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
fn code_of(system: &System) -> Option<(String, u32)> {
    let own = |system: &System| {
        let (register, code) = system.id()?;
        Some((register, code.parse::<u32>().ok()?))
    };
    // A definition that was edited keeps the code it had: believe the code only where the numbers agree.
    let carried = own(system).filter(|(register, code)| {
        parse(&format!("{register}:{code}")).is_some_and(|entry| {
            system.kind() != SystemKind::Projected || same_places(system, &entry)
        })
    });
    if carried
        .as_ref()
        .is_some_and(|(register, _)| register == "EPSG" || register == "OGC")
    {
        return carried;
    }
    let mut found: Vec<(i32, u32)> = system
        .matches()
        .iter()
        .filter(|(candidate, confidence)| *confidence >= 70 || same_places(system, candidate))
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

/// Whether two projected systems of the same datum put a place within a millimetre: rounded false eastings, parallels
/// in another order, and the like keep PROJ from saying that they are one.
fn same_places(system: &System, candidate: &System) -> bool {
    if [system, candidate].map(System::kind) != [SystemKind::Projected; 2] {
        return false;
    }
    let (Some(from), Some(base), Some([west, south, east, north])) =
        (candidate.base(), system.base(), candidate.area_of_use())
    else {
        return false;
    };
    if code_of(&from) != code_of(&base) {
        return false;
    }
    let places = |to: &System| {
        let x = [0.1, 0.9, 0.5, 0.1, 0.9].map(|part| west + (east - west) * part);
        let y = [0.1, 0.1, 0.5, 0.9, 0.9].map(|part| south + (north - south) * part);
        let unit = to.unit()?;
        let taken = from.take_to(to, x, y)?;
        Some(taken.map(|axis| axis.map(|number| number * unit)))
    };
    let (Some(a), Some(b)) = (places(system), places(candidate)) else {
        return false;
    };
    a.iter()
        .flatten()
        .zip(b.iter().flatten())
        .all(|(a, b)| (a - b).abs() < 0.001)
}

fn kind_of(system: &System, json: &Value) -> Option<CrsKind> {
    let unit = system.unit()?;
    if system.kind() == SystemKind::Geographic {
        return ((unit - 1f64.to_radians()).abs() < 1e-9).then_some(CrsKind::Degrees);
    }
    let method = json["conversion"]["method"]["name"]
        .as_str()
        .unwrap_or_default();
    let mercator = method.starts_with("Popular Visualisation") || method.starts_with("Mercator (");
    Some(if mercator && (unit - 1.0).abs() < 1e-12 {
        CrsKind::Mercator
    } else {
        CrsKind::Plane { metres: unit }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESRI_120E: &str = r#"PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    const ESRI_4490: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const ESRI_4610: &str = r#"GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const ESRI_2249: &str = r#"PROJCS["NAD_1983_StatePlane_Massachusetts_Mainland_FIPS_2001_Feet",GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",656166.6666666665],PARAMETER["False_Northing",2460625.0],PARAMETER["Central_Meridian",-71.5],PARAMETER["Standard_Parallel_1",41.71666666666667],PARAMETER["Standard_Parallel_2",42.68333333333333],PARAMETER["Latitude_Of_Origin",41.0],UNIT["Foot_US",0.3048006096012192]]"#;
    const ESRI_25830: &str = r#"PROJCS["ETRS_1989_UTM_Zone_30N",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-3.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    const ESRI_6677: &str = r#"PROJCS["JGD_2011_Japan_Zone_9",GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",139.8333333333333],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]"#;
    const ESRI_3857: &str = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#;

    const METRES: CrsKind = CrsKind::Plane { metres: 1.0 };

    fn zone_40() -> String {
        ESRI_120E
            .replace("GK_CM_120E", "GK_Zone_40")
            .replace("500000.0", "40500000.0")
    }

    #[test]
    fn names_that_esri_gives_are_found_in_the_register() {
        for (wkt, code, kind) in [
            (ESRI_120E, 4549, METRES),
            (&zone_40(), 4528, METRES),
            (ESRI_4490, 4490, CrsKind::Degrees),
            (ESRI_4610, 4610, CrsKind::Degrees),
            (
                ESRI_2249,
                2249,
                CrsKind::Plane {
                    metres: 1200.0 / 3937.0,
                },
            ),
            (ESRI_25830, 25830, METRES),
            (ESRI_6677, 6677, METRES),
            (ESRI_3857, 3857, CrsKind::Mercator),
        ] {
            let crs = describe_crs(wkt).unwrap();
            assert_eq!(crs.code, Some(("EPSG".to_owned(), code)), "{wkt}");
            assert_eq!(crs.definition, format!("EPSG:{code}"));
            match (crs.kind, kind) {
                (CrsKind::Plane { metres: found }, CrsKind::Plane { metres }) => {
                    assert!((found - metres).abs() < 1e-12, "{found}");
                }
                (found, kind) => assert_eq!(found, kind),
            }
            assert!(
                crs.area_of_use.is_some()
                    && crs.wkt.starts_with(if crs.kind == CrsKind::Degrees {
                        "GEOGCRS"
                    } else {
                        "PROJCRS"
                    })
            );
        }
    }

    #[test]
    fn every_way_of_writing_4549_is_4549() {
        let crs = describe_crs("EPSG:4549").unwrap();
        for text in [
            "4549",
            " epsg:4549 ",
            "urn:ogc:def:crs:EPSG::4549",
            "http://www.opengis.net/def/crs/EPSG/0/4549",
            &crs.wkt,
            &crs.projjson,
        ] {
            assert_eq!(describe_crs(text).unwrap(), crs, "{text}");
        }
        assert_eq!(describe_crs("EPSG:900913").unwrap().kind, CrsKind::Mercator);
        assert_eq!(describe_crs("EPSG:3395").unwrap().kind, CrsKind::Mercator);
        assert_eq!(describe_crs("OGC:CRS84").unwrap().kind, CrsKind::Degrees);
        let proj = "+proj=tmerc +lat_0=0 +lon_0=121 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs";
        let own = describe_crs(proj).unwrap();
        assert_eq!((own.kind, own.code), (METRES, None));
        assert_eq!(
            describe_crs("EPSG:4549+5737").unwrap().code,
            Some(("EPSG".to_owned(), 4549))
        );
    }

    #[test]
    fn what_a_definition_says_is_what_proj_makes_of_it() {
        for text in [
            "4549",
            "+proj=tmerc +lat_0=0 +lon_0=121.3333333333333 +x_0=500000 +ellps=GRS80 +units=m",
        ] {
            let crs = describe_crs(text).unwrap();
            let there = proj::Proj::new_known_crs("OGC:CRS84", &crs.definition, None).unwrap();
            let (x, y): (f64, f64) = there.convert((121.40, 28.60)).unwrap();
            assert!(
                y > 3.1e6 && x > 500_000.0 && x < 700_000.0,
                "{text}: {x} {y}"
            );
        }
    }

    #[test]
    fn a_code_that_the_numbers_contradict_is_not_believed() {
        let crs = describe_crs("EPSG:4549").unwrap();
        let edited = crs.wkt.replace("500000", "40500000");
        assert_ne!(edited, crs.wkt);
        let zoned = describe_crs(&edited).unwrap();
        assert_eq!(zoned.code, None);
        assert!(zoned.definition.contains("40500000"));
        let own = describe_crs(&crs.wkt.replace("origin\",120", "origin\",121.25")).unwrap();
        assert_eq!(own.code, None);
        assert!(own.definition.contains("121.25"));
    }

    #[test]
    fn what_is_no_plane_or_degrees_is_said_to_be_so() {
        assert!(matches!(
            describe_crs("EPSG:4978"),
            Err(CrsError::Geocentric(_))
        ));
        assert!(matches!(
            describe_crs("EPSG:5737"),
            Err(CrsError::Vertical(_))
        ));
        let local = r#"LOCAL_CS["台州独立坐标系",UNIT["metre",1]]"#;
        assert!(matches!(describe_crs(local), Err(CrsError::Local { .. })));
        for text in [
            "",
            "EPSG:0",
            "99999999",
            "/etc/passwd",
            "http://host/a.wkt",
            "PROJCS[",
            "{",
        ] {
            assert!(
                matches!(describe_crs(text), Err(CrsError::Unknown(_))),
                "{text}"
            );
        }
    }
}
