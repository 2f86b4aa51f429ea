//! What bare numbers say about the plane coordinates used in China: zone prefixes, survey order, the zone of a place.

use geo::Coord;

use super::Bounds;

/// What the extent of a layer without a CRS can only mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Eastings carry the number of a 3° or 6° zone: this EPSG code of CGCS2000.
    Zoned(u32),
    /// Degrees, somewhere in China: CGCS2000, EPSG:4490.
    Degrees,
    /// Plane coordinates of a 3° or 6° zone that does not say which; its central meridian must be given.
    UnknownMeridian,
    /// Nothing that is known here.
    Unknown,
}

/// Whether the first coordinate is the northing and the second the easting, as surveyors write points (X 北 Y 东).
pub fn is_survey_order(bounds: Bounds) -> bool {
    let eastings =
        is_bare_easting(bounds.min.y, bounds.max.y) || prefix(bounds.min.y, bounds.max.y).is_some();
    is_northing(bounds.min.x, bounds.max.x) && eastings
}

/// The number of the 3° (25–45) or 6° (13–23) zone that all eastings of `bounds` begin with.
pub fn zone_prefix(bounds: Bounds) -> Option<u32> {
    prefix(bounds.min.x, bounds.max.x)
}

/// What the extent of a layer (easting first) can only mean.
pub fn guess(bounds: Bounds) -> Guess {
    let china = Bounds {
        min: Coord { x: 73.0, y: 3.0 },
        max: Coord { x: 136.0, y: 54.0 },
    };
    if china.contains(&bounds) {
        return Guess::Degrees;
    }
    if !is_northing(bounds.min.y, bounds.max.y) {
        return Guess::Unknown;
    }
    match zone_prefix(bounds) {
        // 13–15 million are also eastings of Web Mercator, from eastern China to Japan
        Some(13..=15) => Guess::Unknown,
        Some(zone @ 16..=23) => Guess::Zoned(4478 + zone),
        Some(zone) => Guess::Zoned(4488 + zone),
        None if is_bare_easting(bounds.min.x, bounds.max.x) => Guess::UnknownMeridian,
        None => Guess::Unknown,
    }
}

/// The first EPSG codes of the Gauss-Krüger CRSs of CGCS2000, Xian 1980 and Beijing 1954: with the number of the zone in
/// the eastings and without, for zones of 3° (25–45) and of 6° (13–23).
const THREE_PREFIXED: [u32; 3] = [4513, 2349, 2401];
const THREE_BARE: [u32; 3] = [4534, 2370, 2422];
const SIX_PREFIXED: [u32; 3] = [4491, 2327, 21413];
const SIX_BARE: [u32; 3] = [4502, 2338, 21453];

/// Which of some series of `count` codes a code belongs to, as its position in it.
fn position(series: [u32; 3], count: u32, epsg: u32) -> Option<u32> {
    let first = series
        .into_iter()
        .find(|first| (*first..first + count).contains(&epsg))?;
    Some(epsg - first)
}

/// The central meridian (degrees) of a CGCS2000, Xian 1980 or Beijing 1954 zone whose eastings carry no prefix.
pub fn meridian_of_bare_zone(epsg: u32) -> Option<u32> {
    position(THREE_BARE, 21, epsg)
        .map(|at| 75 + 3 * at)
        .or_else(|| position(SIX_BARE, 11, epsg).map(|at| 75 + 6 * at))
}

/// The number of the zone of a CGCS2000, Xian 1980 or Beijing 1954 CRS whose eastings carry it as a prefix.
pub fn number_of_prefixed_zone(epsg: u32) -> Option<u32> {
    position(THREE_PREFIXED, 21, epsg)
        .map(|at| 25 + at)
        .or_else(|| position(SIX_PREFIXED, 11, epsg).map(|at| 13 + at))
}

/// The central meridian (degrees) of a zone by its number: 13–23 are zones of 6°, 25–45 zones of 3°.
pub const fn meridian_of_zone(number: u32) -> u32 {
    if number <= 23 {
        6 * number - 3
    } else {
        3 * number
    }
}

/// The EPSG code of the 3° zone without prefix at a longitude in China, on the datum of a geographic CRS of China.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "zones are small positive numbers"
)]
pub fn zone_on_datum(geographic: u32, longitude: f64) -> Option<u32> {
    let first = match geographic {
        4490 => 4534,
        4610 => 2370,
        4214 => 2422,
        _ => return None,
    };
    let zone = (longitude / 3.0).round();
    (25.0..=45.0)
        .contains(&zone)
        .then(|| first + zone as u32 - 25)
}

/// The EPSG code of the plane CRS to compute in at a place in degrees: the CGCS2000 3° zone without prefix in China
/// (GB/T 42547-2023 地籍调查规程), UTM on WGS 84 elsewhere.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "zones are small positive numbers"
)]
pub fn plane_crs_at(place: Coord) -> u32 {
    if (73.5..135.5).contains(&place.x) && (3.0..54.0).contains(&place.y) {
        return 4509 + (place.x / 3.0).round() as u32;
    }
    let zone = (((place.x + 180.0) / 6.0).floor() as u32 + 1).clamp(1, 60);
    if place.y < 0.0 {
        32700 + zone
    } else {
        32600 + zone
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "compared with 13–45 first"
)]
fn prefix(low: f64, high: f64) -> Option<u32> {
    let zone = (low / 1e6).floor();
    let known = (13.0..=23.0).contains(&zone) || (25.0..=45.0).contains(&zone);
    let bare = |easting: f64| (100_000.0..=900_000.0).contains(&(easting - zone * 1e6));
    (known && bare(low) && bare(high)).then_some(zone as u32)
}

fn is_bare_easting(low: f64, high: f64) -> bool {
    low >= 150_000.0 && high <= 850_000.0
}

fn is_northing(low: f64, high: f64) -> bool {
    low >= 1_900_000.0 && high <= 5_950_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Bounds {
        Bounds::EMPTY.including(Coord { x, y }).including(Coord {
            x: x + 1.0,
            y: y + 1.0,
        })
    }

    #[test]
    fn a_surveyed_point_of_taizhou_is_north_first_in_zone_40() {
        let bounds = at(3_165_737.327, 40_636_943.771);
        assert!(is_survey_order(bounds));
        let swapped = at(40_636_943.771, 3_165_737.327);
        assert!(!is_survey_order(swapped));
        assert_eq!(
            (zone_prefix(swapped), guess(swapped)),
            (Some(40), Guess::Zoned(4528))
        );
    }

    #[test]
    fn only_what_is_certain_is_guessed() {
        assert_eq!(guess(at(121.4, 28.6)), Guess::Degrees);
        assert_eq!(guess(at(636_943.0, 3_165_737.0)), Guess::UnknownMeridian);
        assert_eq!(guess(at(13_510_000.0, 3_330_000.0)), Guess::Unknown);
        assert_eq!(guess(at(0.0, 0.0)), Guess::Unknown);
    }

    #[test]
    fn zones_have_their_codes() {
        assert_eq!(
            (meridian_of_bare_zone(4549), number_of_prefixed_zone(4528)),
            (Some(120), Some(40))
        );
        assert_eq!(
            (meridian_of_bare_zone(4528), number_of_prefixed_zone(4549)),
            (None, None)
        );
        for (epsg, bare, prefixed) in [
            (4510, Some(123), None),
            (4499, None, Some(21)),
            (2346, Some(123), None),
            (2335, None, Some(21)),
            (21461, Some(123), None),
            (21421, None, Some(21)),
            (2385, Some(120), None),
            (2364, None, Some(40)),
            (2437, Some(120), None),
            (2416, None, Some(40)),
        ] {
            let found = (meridian_of_bare_zone(epsg), number_of_prefixed_zone(epsg));
            assert_eq!(found, (bare, prefixed), "{epsg}");
        }
        assert_eq!((meridian_of_zone(21), meridian_of_zone(41)), (123, 123));
        assert_eq!(guess(at(21_343_490.0, 3_165_982.0)), Guess::Zoned(4499));
        assert_eq!(guess(at(13_510_000.0, 3_330_000.0)), Guess::Unknown);
        assert_eq!(zone_on_datum(4610, 121.4), Some(2385));
        assert_eq!(plane_crs_at(Coord { x: 121.4, y: 28.6 }), 4549);
        assert_eq!(plane_crs_at(Coord { x: 14.4, y: 50.1 }), 32633);
        assert_eq!(plane_crs_at(Coord { x: -43.2, y: -22.9 }), 32723);
    }
}
