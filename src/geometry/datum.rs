//! Whether PROJ knows how one datum lies to another, and parameters that a user gives where it does not.

#![expect(
    unsafe_code,
    reason = "lists of operations have no binding in the `proj` crate"
)]

use std::ffi::CString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use std::str::FromStr;

use geo::Coord;
use serde_json::Value;

use super::Crs;

/// How the datum of a layer lies to that of the computing CRS, as a user says.
#[derive(Clone, Debug, PartialEq)]
pub enum DatumShift {
    /// Seven parameters (七参数): shifts in metres, rotations in arc-seconds, scale in ppm.
    Seven {
        /// DX, DY, DZ, RX, RY, RZ, DS.
        parameters: [f64; 7],
        /// Whether the rotations are those of the frame (EPSG method 9607) and not of the vector (9606).
        coordinate_frame: bool,
    },
    /// A grid of shifts in degrees, in a format that PROJ reads (NTv2 `.gsb`, GeoTIFF `.tif`).
    Grid(PathBuf),
    /// None: coordinates on both datums are taken to be the same.
    Same,
}

/// Why a text is no [`DatumShift`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatumShiftError {
    /// Neither seven numbers, nor a file, nor `none`.
    #[error(
        "`{0}` is neither seven parameters (DX,DY,DZ,RX,RY,RZ,DS in metres, arc-seconds and ppm; an eighth word \
         `coordinate_frame` where the rotations are those of the frame), nor a grid file that is there, nor `none`"
    )]
    Unknown(String),
    /// A path that PROJ would take for something else.
    #[error(
        "`{0}`: the path of a grid file must have no blanks, commas, quotes or `@`; copy it to a plain one"
    )]
    Path(String),
}

impl FromStr for DatumShift {
    type Err = DatumShiftError;

    fn from_str(text: &str) -> Result<Self, DatumShiftError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("none") {
            return Ok(Self::Same);
        }
        if let Some(shift) = seven(text) {
            return Ok(shift);
        }
        let path = Path::new(text);
        if !path.is_file() {
            return Err(DatumShiftError::Unknown(text.to_owned()));
        }
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let shown = path.to_string_lossy().into_owned();
        let refused = |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\'' | '@');
        if path.to_str().is_none() || shown.contains(refused) {
            return Err(DatumShiftError::Path(shown));
        }
        Ok(Self::Grid(path))
    }
}

fn seven(text: &str) -> Option<DatumShift> {
    let mut words: Vec<&str> = text.split([',', '，', ';']).map(str::trim).collect();
    let coordinate_frame = words.last() == Some(&"coordinate_frame");
    if coordinate_frame || words.last() == Some(&"position_vector") {
        words.pop();
    }
    let numbers: Option<Vec<f64>> = words
        .iter()
        .map(|word| word.parse().ok().filter(|number: &f64| number.is_finite()))
        .collect();
    let parameters = numbers?.try_into().ok()?;
    Some(DatumShift::Seven {
        parameters,
        coordinate_frame,
    })
}

impl fmt::Display for DatumShift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seven {
                parameters: [dx, dy, dz, rx, ry, rz, ds],
                coordinate_frame,
            } => {
                let rotation = if *coordinate_frame {
                    "coordinate frame"
                } else {
                    "position vector"
                };
                write!(
                    f,
                    "seven parameters {dx}, {dy}, {dz} m, {rx}, {ry}, {rz}\u{2033}, {ds} ppm ({rotation})"
                )
            }
            // without its folder, so that the same input gives the same bytes wherever it lies
            Self::Grid(path) => {
                let name = path.file_name().unwrap_or_default();
                write!(f, "the grid {}", name.to_string_lossy())
            }
            Self::Same => f.write_str("no parameters: the datums are taken to be one"),
        }
    }
}

impl DatumShift {
    /// The step of PROJ between longitude and latitude on both datums; `None` where there is none to take.
    pub(super) fn step(&self, from: &Crs, to: &Crs) -> Option<String> {
        let degrees = |step: &str| {
            format!(
                "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad {step} \
                 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
            )
        };
        match self {
            Self::Same => None,
            Self::Grid(path) => Some(degrees(&format!(
                "+step +proj=hgridshift +grids={}",
                path.display()
            ))),
            Self::Seven {
                parameters: [dx, dy, dz, rx, ry, rz, ds],
                coordinate_frame,
            } => {
                let convention = if *coordinate_frame {
                    "coordinate_frame"
                } else {
                    "position_vector"
                };
                let (from, to) = (ellipsoid(from)?, ellipsoid(to)?);
                Some(degrees(&format!(
                    "+step +proj=cart {from} +step +proj=helmert +x={dx} +y={dy} +z={dz} +rx={rx} +ry={ry} +rz={rz} \
                     +s={ds} +convention={convention} +step +inv +proj=cart {to}",
                    from = from.definition(),
                    to = to.definition(),
                )))
            }
        }
    }
}

/// An ellipsoid by its semi-major axis and flattening.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ellipsoid {
    major: f64,
    flattening: f64,
}

impl Ellipsoid {
    fn definition(self) -> String {
        format!("+a={} +f={}", self.major, self.flattening)
    }
}

fn ellipsoid(crs: &Crs) -> Option<Ellipsoid> {
    let json: Value = serde_json::from_str(&crs.projjson).ok()?;
    let ellipsoid = &datum_of(&json)?["ellipsoid"];
    let number = |key: &str| ellipsoid[key].as_f64();
    let major = number("semi_major_axis").or(number("radius"))?;
    let flattening = number("inverse_flattening")
        .map(|inverse| 1.0 / inverse)
        .or_else(|| Some(1.0 - number("semi_minor_axis")? / major));
    Some(Ellipsoid {
        major,
        flattening: flattening.unwrap_or(0.0),
    })
}

/// The datum, or the ensemble of datums, of a CRS in PROJJSON.
fn datum_of(json: &Value) -> Option<&Value> {
    let base = json.get("base_crs").unwrap_or(json);
    base.get("datum").or_else(|| base.get("datum_ensemble"))
}

/// The CRS of longitude and latitude on the datum of `crs`, as PROJ takes it.
pub(super) fn base_of(crs: &Crs) -> Option<String> {
    let json: Value = serde_json::from_str(&crs.projjson).ok()?;
    let Some(base) = json.get("base_crs") else {
        return Some(crs.definition.clone());
    };
    if let (Some(register), Some(code)) = (base["id"]["authority"].as_str(), base["id"].get("code"))
    {
        return Some(format!("{register}:{code}"));
    }
    let mut base = base.clone();
    base.as_object_mut()?
        .entry("type")
        .or_insert_with(|| "GeographicCRS".into());
    Some(base.to_string())
}

/// What is known of the way from one datum to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatumChange {
    /// They are one.
    Same,
    /// There are published parameters for the place.
    Known,
    /// One of them has no name, but both have the same ellipsoid.
    SameEllipsoid,
    /// There are none: PROJ would take the coordinates over as they are, tens of metres or more off.
    Unknown,
}

/// What is known of the way from the datum of `from` to that of `to` around `at` (longitude and latitude).
pub fn datum_change(from: &Crs, to: &Crs, at: Coord) -> DatumChange {
    let json = |crs: &Crs| serde_json::from_str::<Value>(&crs.projjson).ok();
    let (Some(from_json), Some(to_json)) = (json(from), json(to)) else {
        return DatumChange::Unknown;
    };
    let name = |json: &Value| Some(datum_of(json)?["name"].as_str()?.to_lowercase());
    let (one, other) = (name(&from_json), name(&to_json));
    let nameless = |name: &Option<String>| {
        name.as_ref()
            .is_none_or(|name| name.contains("unknown") || name.contains("unnamed"))
    };
    if one == other && !nameless(&one) {
        return DatumChange::Same;
    }
    if nameless(&one) || nameless(&other) {
        let close = |a: Ellipsoid, b: Ellipsoid| {
            (a.major - b.major).abs() < 0.01 && (a.flattening - b.flattening).abs() < 1e-9
        };
        return match (ellipsoid(from), ellipsoid(to)) {
            (Some(a), Some(b)) if close(a, b) => DatumChange::SameEllipsoid,
            _ => DatumChange::Unknown,
        };
    }
    if let (Some(one), Some(other)) = (&one, &other)
        && is_geocentric(one)
        && is_geocentric(other)
    {
        return DatumChange::Known;
    }
    let known = base_of(from)
        .zip(base_of(to))
        .is_none_or(|(from, to)| has_parameters(&from, &to, at));
    if known {
        DatumChange::Known
    } else {
        DatumChange::Unknown
    }
}

/// Whether a datum is one of those that satellites made: they agree within two metres, those of today within decimetres,
/// and PROJ's register does not always say so (CGCS2000 and WGS 84 are the same to a few centimetres).
fn is_geocentric(datum: &str) -> bool {
    [
        "world geodetic system 1984",
        "china 2000",
        "international terrestrial reference frame",
        "european terrestrial reference system 1989",
        "japanese geodetic datum 20",
        "geocentric datum of australia",
        "new zealand geodetic datum 2000",
        "sistema de referencia geocentrico",
        "north american datum 1983",
        "nad83",
    ]
    .iter()
    .any(|known| datum.starts_with(known))
}

/// Whether there is an operation that is no ballpark guess, whose files are there, and that is meant for the place.
fn has_parameters(from: &str, to: &str, at: Coord) -> bool {
    let (Ok(from), Ok(to)) = (CString::new(from), CString::new(to)) else {
        return false;
    };
    super::transform::keep_offline();
    // SAFETY: every object is made here, in a context of its own, used in this thread alone, and destroyed at the end, the
    // context last; null pointers are looked for before they are used.
    unsafe {
        let context = proj_sys::proj_context_create();
        let (one, other) = (
            proj_sys::proj_create(context, from.as_ptr()),
            proj_sys::proj_create(context, to.as_ptr()),
        );
        let settings = proj_sys::proj_create_operation_factory_context(context, null());
        let mut known = false;
        if !one.is_null() && !other.is_null() && !settings.is_null() {
            proj_sys::proj_operation_factory_context_set_area_of_interest(
                context, settings, at.x, at.y, at.x, at.y,
            );
            proj_sys::proj_operation_factory_context_set_spatial_criterion(
                context,
                settings,
                proj_sys::PROJ_SPATIAL_CRITERION_PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION,
            );
            proj_sys::proj_operation_factory_context_set_grid_availability_use(
                context,
                settings,
                proj_sys::PROJ_GRID_AVAILABILITY_USE_PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID,
            );
            let list = proj_sys::proj_create_operations(context, one, other, settings);
            if !list.is_null() {
                for index in 0..proj_sys::proj_list_get_count(list) {
                    let operation = proj_sys::proj_list_get(context, list, index);
                    if operation.is_null() {
                        continue;
                    }
                    let ballpark = proj_sys::proj_coordoperation_has_ballpark_transformation(
                        context, operation,
                    ) != 0;
                    known |= !ballpark && is_meant_for(context, operation, at);
                    proj_sys::proj_destroy(operation);
                }
                proj_sys::proj_list_destroy(list);
            }
        }
        proj_sys::proj_operation_factory_context_destroy(settings);
        proj_sys::proj_destroy(one);
        proj_sys::proj_destroy(other);
        proj_sys::proj_context_destroy(context);
        known
    }
}

/// Whether a place lies in the area of use of an operation; one that says none is for everywhere.
///
/// # Safety
/// `context` and `operation` are alive.
unsafe fn is_meant_for(
    context: *mut proj_sys::PJ_CONTEXT,
    operation: *const proj_sys::PJ,
    at: Coord,
) -> bool {
    let [mut west, mut south, mut east, mut north] = [0.0; 4];
    // SAFETY: alive by the contract; the pointers are to numbers that outlive the call, and the name is not asked for.
    let said = unsafe {
        proj_sys::proj_get_area_of_use(
            context,
            operation,
            &raw mut west,
            &raw mut south,
            &raw mut east,
            &raw mut north,
            null_mut(),
        )
    };
    let beside = if west <= east {
        (west..=east).contains(&at.x)
    } else {
        at.x >= west || at.x <= east
    };
    said == 0 || west < -1000.0 || (beside && (south..=north).contains(&at.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_seven_numbers_none_or_a_file_that_is_there() {
        let seven: DatumShift = "-24.1, 12.5,3,0.1,-0.2,0.3,1.5".parse().unwrap();
        assert_eq!(
            seven,
            DatumShift::Seven {
                parameters: [-24.1, 12.5, 3.0, 0.1, -0.2, 0.3, 1.5],
                coordinate_frame: false
            }
        );
        let frame: DatumShift = "1,2,3,0,0,0,0,coordinate_frame".parse().unwrap();
        assert!(matches!(
            frame,
            DatumShift::Seven {
                coordinate_frame: true,
                ..
            }
        ));
        assert_eq!("none".parse(), Ok(DatumShift::Same));
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5,6,x",
            "no/such/file.gsb",
            "1,2,3,0,0,0,nan",
        ] {
            let error = wrong.parse::<DatumShift>().unwrap_err();
            assert!(matches!(error, DatumShiftError::Unknown(_)), "{wrong}");
        }
    }
}
