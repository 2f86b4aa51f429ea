//! Where a layer lies: its CRS as declared, given or certain from its numbers, and what its coordinates need first.

use geo::Coord;

use super::ReadError;
use crate::formats::{Source, describe_crs};
use crate::geometry::{
    Bounds, Crs, Guess, Shapes, guess, is_survey_order, meridian_of_bare_zone, meridian_of_zone,
    number_of_prefixed_zone, transform, zone_prefix,
};

/// The CRS of a layer, and how its stored coordinates become coordinates of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placing {
    pub(super) crs: Crs,
    /// The first coordinate is the northing (X 北, Y 东).
    swap: bool,
    /// Added to every easting: takes off or puts on the number of the zone.
    shift: f64,
}

impl Placing {
    /// Whether the first coordinate is the northing.
    pub(super) const fn is_north_first(&self) -> bool {
        self.swap
    }

    /// Turns stored coordinates into easting-first coordinates of the CRS.
    pub(super) fn apply(&self, coords: &mut [Coord]) {
        if self.swap {
            for c in coords.iter_mut() {
                std::mem::swap(&mut c.x, &mut c.y);
            }
        }
        if self.shift != 0.0 {
            for c in coords.iter_mut() {
                c.x += self.shift;
            }
        }
    }
}

/// What is said of a layer's CRS.
pub(super) struct Claims<'a> {
    /// By the layer itself.
    pub(super) declared: Option<&'a str>,
    /// By `--layer-crs`.
    pub(super) given: Option<&'a str>,
    /// By `--decisions`, of a layer that says nothing.
    pub(super) decided: Option<&'a str>,
    /// Whether the first coordinate is the northing, by `--decisions`.
    pub(super) north_first: Option<bool>,
    /// By `--crs`, which a layer that says nothing is taken to be in.
    pub(super) computing: Option<&'a str>,
}

/// Decides where a layer lies. What was guessed, swapped or shifted goes into `notes`.
///
/// # Errors
/// When no CRS is declared or given and the numbers leave more than one, or when they contradict it.
pub(super) fn place(
    source: &Source,
    layer: &'static str,
    claims: &Claims<'_>,
    extent: Bounds,
    notes: &mut Vec<String>,
) -> Result<Placing, ReadError> {
    let error = |why: String| ReadError::Place {
        name: source.to_string(),
        why,
    };
    let somewhere = extent.min.x <= extent.max.x;
    let describe =
        |definition: &str| describe_crs(definition).map_err(|why| error(why.to_string()));
    let own = claims.given.or(claims.declared).map(describe).transpose()?;
    // what the layer is said to be in is never turned round because its numbers could be read that way too
    let is_turned =
        || is_survey_order(extent) && own.as_ref().is_none_or(|crs| fits_swapped(crs, extent));
    let swap = somewhere && claims.north_first.unwrap_or_else(is_turned);
    let extent = if swap { swapped(extent) } else { extent };
    if swap {
        notes.push(format!(
            "{layer}: coordinates are north-first (X 北, Y 东); read as easting, northing"
        ));
    }
    let computing = claims.computing.map(describe).transpose()?;
    // a layer in degrees that says nothing is not in the plane CRS that is computed in
    let computing = computing
        .filter(|crs| !somewhere || crs.metres().is_none() || guess(extent) != Guess::Degrees);
    let decided = claims.decided.map(describe).transpose()?;
    let crs = if let Some(crs) = own.or(decided).or(computing) {
        crs
    } else {
        let code = certain(extent)
            .map_err(|why| error(format!("{why}; pass `--layer-crs {layer}=EPSG:n`")))?;
        if somewhere {
            notes.push(format!("{layer}: no CRS in the source; its coordinates can only be CGCS2000, EPSG:{code} (the datum is taken on trust)"));
        }
        describe(&format!("EPSG:{code}"))?
    };
    let (crs, shift) = fit_zone(crs, extent, layer, notes).map_err(error)?;
    if crs.metres().is_none() && !degrees().contains(&extent) && somewhere {
        return Err(error(format!(
            "its CRS {} is in degrees, but its coordinates reach from {} to {}; pass the right one with `--layer-crs {layer}=EPSG:n`",
            crs.label(),
            crate::geometry::place(extent.min),
            crate::geometry::place(extent.max),
        )));
    }
    Ok(Placing { crs, swap, shift })
}

/// Whether a layer whose numbers look north-first lies where its CRS may be used only when they are turned round.
fn fits_swapped(crs: &Crs, extent: Bounds) -> bool {
    let code = crs.code.as_ref().filter(|(register, _)| register == "EPSG");
    if code.is_some_and(|&(_, code)| {
        meridian_of_bare_zone(code).is_some() || number_of_prefixed_zone(code).is_some()
    }) {
        return true;
    }
    let fits = |extent: Bounds| {
        let mut centre = [extent.centre()];
        let [west, south, east, north] = crs.area_of_use.unwrap_or([73.0, 3.0, 136.0, 54.0]);
        let there = describe_crs("EPSG:4326")
            .is_ok_and(|degrees| transform(&mut centre, crs, &degrees).is_ok());
        let Coord { x, y } = centre[0];
        let beside = if west <= east {
            (west - 3.0..=east + 3.0).contains(&x)
        } else {
            x >= west - 3.0 || x <= east + 3.0
        };
        there && beside && (south - 3.0..=north + 3.0).contains(&y)
    };
    !fits(extent) && fits(swapped(extent))
}

fn degrees() -> Bounds {
    Bounds {
        min: Coord {
            x: -180.0,
            y: -90.0,
        },
        max: Coord { x: 180.0, y: 90.0 },
    }
}

fn swapped(bounds: Bounds) -> Bounds {
    let turn = |c: Coord| Coord { x: c.y, y: c.x };
    Bounds {
        min: turn(bounds.min),
        max: turn(bounds.max),
    }
}

/// The only EPSG code that an extent leaves, or why there is none.
fn certain(extent: Bounds) -> Result<u32, String> {
    match guess(extent) {
        Guess::Zoned(code) => Ok(code),
        Guess::Degrees => Ok(4490),
        Guess::UnknownMeridian => Err("no CRS in the source, and eastings without the number of a zone do not say which it is \
             (for Taizhou EPSG:4549, CGCS2000 3° with central meridian 120°)"
            .into()),
        Guess::Unknown => Err(format!("no CRS in the source, and coordinates around {} do not show one", crate::geometry::place(extent.centre()))),
    }
}

/// A declared zone and the prefix of the eastings must agree; where one lacks the number of the zone, it is mended.
fn fit_zone(
    crs: Crs,
    extent: Bounds,
    layer: &str,
    notes: &mut Vec<String>,
) -> Result<(Crs, f64), String> {
    let Some(code) = crs
        .code
        .as_ref()
        .filter(|(register, _)| register == "EPSG")
        .map(|(_, code)| *code)
    else {
        return Ok((crs, 0.0));
    };
    let prefix = zone_prefix(extent);
    if let (Some(meridian), Some(zone)) = (meridian_of_bare_zone(code), prefix) {
        if meridian != meridian_of_zone(zone) {
            return Err(format!(
                "eastings begin with zone {zone} (central meridian {}°), but its CRS {} has central meridian {meridian}°; \
                 pass the right one with `--layer-crs {layer}=EPSG:n`",
                meridian_of_zone(zone),
                crs.label(),
            ));
        }
        notes.push(format!(
            "{layer}: eastings carry the number of zone {zone}, which {} does not; taken off",
            crs.label()
        ));
        return Ok((crs, -f64::from(zone) * 1e6));
    }
    if let Some(zone) = number_of_prefixed_zone(code)
        && prefix != Some(zone)
    {
        if prefix.is_none() && extent.min.x > 150_000.0 && extent.max.x < 850_000.0 {
            notes.push(format!(
                "{layer}: eastings lack the number of zone {zone} that {} has; put on",
                crs.label()
            ));
            return Ok((crs, f64::from(zone) * 1e6));
        }
        if let Some(other) = prefix
            && meridian_of_zone(other) == meridian_of_zone(zone)
        {
            notes.push(format!(
                "{layer}: eastings carry the number of zone {other}, {} has that of zone {zone}, of the same meridian; changed",
                crs.label()
            ));
            return Ok((crs, (f64::from(zone) - f64::from(other)) * 1e6));
        }
        if extent.min.x <= extent.max.x {
            return Err(format!(
                "its CRS {} has eastings that begin with {zone}, but its coordinates lie around {}; \
                 pass the right one with `--layer-crs {layer}=EPSG:n`",
                crs.label(),
                crate::geometry::place(extent.centre()),
            ));
        }
    }
    Ok((crs, 0.0))
}

/// The extent of the places where most features lie: one percent at either end, where wild coordinates are, is left out.
pub(super) fn usual_extent<'a>(shapes: impl Iterator<Item = &'a Shapes> + Clone) -> Bounds {
    let is_wild = |at: Coord| at.x.abs() >= 1e9 || at.y.abs() >= 1e9;
    let boxes = shapes.flat_map(|of| (0..of.len()).map(move |at| of.get(at).bounds()));
    let boxes = boxes.filter(|of| of.min.x <= of.max.x && !is_wild(of.min) && !is_wild(of.max));
    let inner = |of: fn(Bounds) -> f64, is_upper: bool| {
        let mut values: Vec<f64> = boxes.clone().map(of).collect();
        let cut = values.len() / 100;
        let last = values.len().checked_sub(cut + 1)?;
        let place = if is_upper { last } else { cut };
        Some(*values.select_nth_unstable_by(place, f64::total_cmp).1)
    };
    let corner = |x: fn(Bounds) -> f64, y: fn(Bounds) -> f64, is_upper| {
        let (x, y) = inner(x, is_upper).zip(inner(y, is_upper))?;
        Some(Coord { x, y })
    };
    let min = corner(|of| of.min.x, |of| of.min.y, false);
    let max = corner(|of| of.max.x, |of| of.max.y, true);
    min.zip(max)
        .map_or(Bounds::EMPTY, |(min, max)| Bounds { min, max })
}
