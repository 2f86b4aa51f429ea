//! A parcel of a scan → the plot that the search for lot lines sees, in units of the CRS from a place of its own.

use geo::Coord;

use super::parts::is_own;
use crate::features::Known;
use crate::features::Surroundings;
use crate::geometry::division::{Plot, Thing};
use crate::model::{Building, BuildingUse};

/// The plot of a parcel of one part, and the place that its coordinates are taken from: a corner of it, so that they come
/// back to the last digit.
pub fn plot(known: Known<'_>, around: &Surroundings<'_>, parcel: u32) -> (Plot, Coord) {
    let shape = known.measured.city.parcels.shapes.get(parcel as usize);
    let origin = shape.coords().first().copied().unwrap_or_default();
    let near = |ring: &[Coord]| -> Vec<Coord> { ring.iter().map(|&c| c - origin).collect() };
    let mut rings = shape.rings().map(near);
    let shares = known
        .measured
        .ground
        .as_ref()
        .map_or(&[][..], |ground| ground.on(parcel as usize));
    let layer = known.measured.city.buildings.as_ref();
    let things = shares.iter().filter_map(|share| {
        let at = share.building as usize;
        let layer = layer?;
        Some(Thing {
            rings: layer.shapes.get(at).rings().map(near).collect(),
            counts: is_own(known, share) && stands_for_a_lot(known, &layer.rows[at]),
        })
    });
    let plot = Plot {
        shell: rings.next().unwrap_or_default(),
        holes: rings.collect(),
        things: things.collect(),
        access: around
            .open_stretches(shape, parcel, &[])
            .into_iter()
            .map(|edge| edge.map(|end| end - origin))
            .collect(),
    };
    (plot, origin)
}

/// How many buildings of a parcel can stand for a lot.
pub fn buildings_for_lots(known: Known<'_>, parcel: u32) -> usize {
    let (Some(ground), Some(layer)) = (&known.measured.ground, &known.measured.city.buildings)
    else {
        return 0;
    };
    let shares = ground.on(parcel as usize).iter();
    shares
        .filter(|share| {
            is_own(known, share) && stands_for_a_lot(known, &layer.rows[share.building as usize])
        })
        .count()
}

/// Whether a building of a parcel is known to be under construction.
pub fn is_under_construction(known: Known<'_>, parcel: u32) -> bool {
    let (Some(ground), Some(layer)) = (&known.measured.ground, &known.measured.city.buildings)
    else {
        return false;
    };
    let mut own = ground
        .on(parcel as usize)
        .iter()
        .filter(|share| is_own(known, share));
    own.any(|share| {
        layer.rows[share.building as usize]
            .completion
            .by(known.measured.options.as_of)
            == Some(false)
    })
}

/// Whether a building makes a lot one that 二（七） allows: it is not known to be of offices and services, and not known to be
/// under construction. What is unknown is judged, and said, later.
fn stands_for_a_lot(known: Known<'_>, building: &Building) -> bool {
    building.building_use != Some(BuildingUse::Supporting)
        && building.completion.by(known.measured.options.as_of) != Some(false)
}
