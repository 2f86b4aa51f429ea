//! Buildings that do not stand where the parcels are → why their layer must not be used, and what is likely wrong with it.

use geo::Coord;
use rayon::prelude::*;

use super::{Ground, Indexed, JoinCounts};
use crate::model::{Building, City, Layer};
use crate::quantity::median;

/// A building this near to a parcel is beside it, m; less between small parcels.
const BESIDE_M: f64 = 30.0;

/// Fewer buildings beside parcels than this say nothing.
const FEW: usize = 3;

/// Of how many keys a share is taken: of fewer all must be wrong.
const MANY_KEYS: u64 = 20;

/// Says why the layer of buildings is displaced; `None` where it is not, or where that cannot be told. Buildings of a wider
/// area than the parcels are no sign of it.
pub fn displaced(
    city: &City,
    indexed: &Indexed<'_>,
    ground: &Ground,
    (keys, contradicting): (&JoinCounts, &[(u32, u32)]),
) -> Option<String> {
    let buildings = city.buildings.as_ref()?;
    if buildings.rows.is_empty() || city.parcels.rows.is_empty() {
        return None;
    }
    let mut on_parcel = vec![false; buildings.rows.len()];
    for share in &ground.shares {
        on_parcel[share.building as usize] = true;
    }
    // one that is given once more stands where the other does
    for (at, on) in (0..).zip(&mut on_parcel) {
        *on |= ground.twice.repeated.contains_key(&at);
    }
    let agreeing = keys.matched - keys.contradicting;
    let all = buildings.rows.len();
    let hits = on_parcel.iter().filter(|on| **on).count();
    let likely = || likely_cause(city, buildings, contradicting);
    if hits == 0 {
        return Some(format!(
            "none of the {all} buildings stands on any of the {} parcels; {}",
            city.parcels.rows.len(),
            likely()
        ));
    }
    let few_agree = if keys.matched < MANY_KEYS {
        agreeing == 0
    } else {
        agreeing * MANY_KEYS < keys.matched
    };
    if keys.matched >= 2 && few_agree {
        return Some(format!(
            "{} of {} buildings do not stand on the parcel that their record names; {}",
            keys.contradicting,
            keys.matched,
            likely()
        ));
    }
    if 2 * agreeing > keys.matched {
        return None;
    }
    let reach = beside(indexed) / city.crs.metres().unwrap_or(f64::NAN);
    let near = (0..all).into_par_iter().filter(|at| {
        let bounds = buildings.shapes.get(*at).bounds().grown(reach);
        !on_parcel[*at] && indexed.boxes.meeting(bounds).next().is_some()
    });
    let near = near.count();
    (near > hits && near >= FEW).then(|| {
        format!(
            "{near} of the {} buildings on, beside and between the parcels stand on none of them; {}",
            near + hits,
            likely()
        )
    })
}

/// How near a building is beside a parcel, in units of the CRS: half of the usual size of a parcel at most.
fn beside(indexed: &Indexed<'_>) -> f64 {
    let sizes = indexed.shapes.iter().map(|shape| {
        let bounds = shape.bounds();
        (bounds.max.x - bounds.min.x).max(bounds.max.y - bounds.min.y)
    });
    let usual = median(sizes.collect()).unwrap_or(0.0);
    (usual / 2.0).min(BESIDE_M)
}

/// What is likely wrong, by how far the buildings lie from the parcels that their keys name, else from all parcels.
fn likely_cause(city: &City, buildings: &Layer<Building>, pairs: &[(u32, u32)]) -> String {
    let of_building = |at: u32| buildings.shapes.get(at as usize).bounds().centre();
    let of_parcel = |at: u32| city.parcels.shapes.get(at as usize).bounds().centre();
    let middle = |places: &[Coord]| {
        Some(Coord {
            x: median(places.iter().map(|c| c.x).collect())?,
            y: median(places.iter().map(|c| c.y).collect())?,
        })
    };
    let offsets: Vec<Coord> = pairs
        .iter()
        .map(|(building, parcel)| of_building(*building) - of_parcel(*parcel))
        .collect();
    let count = |len: usize| 0..u32::try_from(len).unwrap_or(u32::MAX);
    let parcels: Vec<Coord> = count(city.parcels.rows.len()).map(of_parcel).collect();
    let all: Vec<Coord> = count(buildings.rows.len()).map(of_building).collect();
    let (Some(home), Some(there)) = (middle(&parcels), middle(&all)) else {
        return advice("check both layers");
    };
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let offset = middle(&offsets).unwrap_or(there - home) * metres;
    let far = offset.x.hypot(offset.y);
    let swapped = (there.x - home.y).hypot(there.y - home.x) * metres;
    // three degrees of longitude at the latitude that the northing shows
    let latitude = (home.y * metres / 110_574.0).to_radians();
    let zone = 3.0 * 111_320.0 * latitude.cos();
    let zones = (offset.x.abs() / zone).round();
    let off_zone = (offset.x.abs() - zones * zone).abs();
    let way = format!(
        "they lie about {far:.0} m {} of where they belong",
        direction(offset)
    );
    advice(&if swapped < 20_000.0 && far > 100_000.0 {
        format!("{way}: easting and northing are likely exchanged")
    } else if (1.0..=3.0).contains(&zones) && off_zone < 0.1 * zone && offset.y.abs() < 50_000.0 {
        format!("{way}: likely the coordinates are of another zone (3° or 6° 带)")
    } else if (300.0..=900.0).contains(&far) {
        format!("{way}: likely one layer is in GCJ-02 (火星坐标), which is off by some 550 m")
    } else if far < 300.0 {
        format!(
            "{way}: likely another datum (1980 西安, 1954 北京, a local system) or a wrong key column"
        )
    } else if far < 20_000.0 {
        format!("{way}: likely a layer of another place, or a local system")
    } else {
        format!("{way}: likely the wrong layer or the wrong CRS")
    })
}

fn advice(cause: &str) -> String {
    format!(
        "{cause}. Check that both layers are of one place, and the CRS of each (`--layer-crs buildings=EPSG:n`); `--force` uses \
         them as they are"
    )
}

/// The direction of an offset, in words.
fn direction(offset: Coord) -> &'static str {
    const NAMES: [&str; 8] = [
        "east",
        "north-east",
        "north",
        "north-west",
        "west",
        "south-west",
        "south",
        "south-east",
    ];
    let turn = offset.y.atan2(offset.x).to_degrees();
    let eighth = ((turn + 382.5) % 360.0 / 45.0).floor();
    let at = (0..NAMES.len()).find(|at| f64::from(u8::try_from(*at).unwrap_or(0)) == eighth);
    NAMES[at.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_has_a_direction() {
        let named = |x, y| direction(Coord { x, y });
        assert_eq!(named(1.0, 0.0), "east");
        assert_eq!(named(0.0, 1.0), "north");
        assert_eq!(named(-1.0, -1.0), "south-west");
        assert_eq!(named(1.0, -0.9), "south-east");
        assert_eq!(named(1.0, -0.1), "east");
    }
}
