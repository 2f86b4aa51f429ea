//! What was measured of a city → what a reader must know of where it lies.

use super::measures::ParcelMeasures;
use super::occupants::{JoinedBy, Occupant, Occupants};
use crate::geometry::{Crs, plane_area};
use crate::model::{City, Defect, DefectKind};
use crate::parcels::{Areas, Ground, PlanOfParcel, Share, WallStrip};
use crate::quantity::median;
use crate::read::off_the_map;

/// What is to be said of where the city lies.
pub(super) fn place_notes(
    city: &City,
    areas: &Areas,
    degrees: &Crs,
) -> impl Iterator<Item = String> {
    let corner = areas.degrees.coords().first();
    let off = corner.and_then(|&at| off_the_map(&city.crs, degrees, at));
    let about = [ground_difference(areas), out_of_area(&city.crs, areas), off];
    about.into_iter().flatten()
}

/// Says so where half of the buildings or more stand on no parcel: they likely lie elsewhere than their layer says, and every
/// plot ratio would be too low.
pub(super) fn astray(found: &[Defect], buildings: usize) -> Option<String> {
    let astray = found
        .iter()
        .filter(|defect| defect.kind == DefectKind::NoParcel)
        .count();
    (astray > 0 && 2 * astray >= buildings).then(|| {
        format!(
            "buildings: {astray} of {buildings} stand on no parcel, so floor area, plot ratio and density are not to be trusted; \
             check that both layers are of one place, and the CRS of each (`--layer-crs buildings=EPSG:n`)"
        )
    })
}

/// Says of how many buildings no more than a strip along a wall hangs over the line of a parcel.
pub(super) fn hanging_over(
    city: &City,
    ground: Option<&Ground>,
    walls: WallStrip,
) -> Option<String> {
    let (ground, buildings) = ground.zip(city.buildings.as_ref())?;
    let stands = |share: &&Share| ground.stands(share, &buildings.shapes, walls);
    let strips = ground.shares.len() - ground.shares.iter().filter(stands).count();
    let width = walls.width_m;
    (strips > 0).then(|| {
        format!(
            "buildings: {strips} parts on parcels are strips along a wall, no wider than {width} m (`--tolerance`); \
             their area counts, but by them alone no building stands there"
        )
    })
}

/// Says how many parcels the plan does not reach.
pub(super) fn without_plan(plan: &[Option<PlanOfParcel>]) -> Option<String> {
    let without = plan.iter().filter(|plan| plan.is_none()).count();
    let all = plan.len();
    (without > 0).then(|| format!("plan: {without} of {all} parcels lie in no plan block"))
}

/// Says so where most parcels are wholly built over and the buildings are much larger than they: the layers are likely swapped.
pub(super) fn swapped(city: &City, areas: &Areas, measures: &[ParcelMeasures]) -> Option<String> {
    let buildings = city.buildings.as_ref()?;
    let covered = |of: &&ParcelMeasures| {
        of.ratio(|site| site.footprint)
            .is_ok_and(|share| share > 0.99)
    };
    let covered = measures.iter().filter(covered).count();
    if 2 * covered <= measures.len() {
        return None;
    }
    let middle = |areas: Vec<f64>| median(areas).unwrap_or_default();
    let of_parcels = middle(areas.plane_m2.clone());
    let metres = city.crs.metres().map_or(1.0, |metres| metres * metres);
    let of_buildings = middle(buildings.shapes.iter().map(plane_area).collect()) * metres;
    (of_buildings > 3.0 * of_parcels).then(|| {
        format!(
            "{covered} of {} parcels lie within a building, and buildings are larger than parcels: are the layers swapped \
             (`--parcels`, `--buildings`)?",
            measures.len()
        )
    })
}

/// Says so where enterprises meet no parcel because nothing is known of who holds the parcels.
pub(super) fn without_holders(city: &City, occupants: &Occupants) -> Option<String> {
    let by_holder = |of: &&Occupant| of.joined == JoinedBy::Nothing && of.whole;
    let alone = occupants.all.iter().filter(by_holder).count();
    let held = city
        .parcels
        .rows
        .iter()
        .any(|parcel| parcel.owner.is_some());
    (alone > 0 && !held).then(|| {
        format!(
            "enterprises: {alone} of {} meet no parcel: they name none, and nothing was read of who holds the parcels \
             (`--map parcels.owner=COLUMN`)",
            occupants.all.len()
        )
    })
}

/// Says so where plane areas are not nearly areas on the ground, as in Web Mercator or far off a zone's meridian.
fn ground_difference(areas: &Areas) -> Option<String> {
    let measured = areas
        .plane_m2
        .iter()
        .zip(&areas.ellipsoid_m2)
        .filter(|(_, m2)| m2.is_finite());
    let (plane, ellipsoid) =
        measured.fold((0.0, 0.0), |sum, (plane, m2)| (sum.0 + plane, sum.1 + m2));
    let more = (plane / ellipsoid - 1.0) * 100.0;
    (more.abs() > 0.5).then(|| {
        format!(
            "plane areas differ from areas on the ellipsoid by {more:+.2} % on the whole; \
             `--area ellipsoid` takes ratios to the ground, `--crs EPSG:n` computes in another CRS"
        )
    })
}

/// Says so where the parcels lie more than 3° outside the area in which their CRS may be used: it is likely another one.
/// A city at the edge of its zone is not meant, as is usual east of 121.5° E in Taizhou.
fn out_of_area(crs: &Crs, areas: &Areas) -> Option<String> {
    let [west, south, east, north] = crs.area_of_use?;
    let place = areas.degrees.get(areas.degrees.len().checked_sub(1)? / 2);
    let corner = *place.coords().first()?;
    // an area of use across the antimeridian has its west beyond its east
    let beside = west <= east && !(west - 3.0..=east + 3.0).contains(&corner.x);
    let outside = beside || !(south - 3.0..=north + 3.0).contains(&corner.y);
    outside.then(|| {
        format!(
            "the parcels lie around {:.2}° E, {:.2}° N, outside the area of use of {}; \
             check the CRS, and pass the right one with `--layer-crs parcels=EPSG:n`",
            corner.x,
            corner.y,
            crs.label()
        )
    })
}
