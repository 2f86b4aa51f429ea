//! Buildings that were left out for their shape → what they may add to a parcel.

use super::floor_area::recorded;
use crate::model::held::{Doubts, Held};
use crate::model::{Building, City, LeftOut};
use crate::parcels::{Aside, AsideBuilding};
use crate::quantity::Area;

/// What buildings that were left out may add to a parcel.
#[derive(Clone, Copy, Default)]
pub(super) struct Lost {
    pub(super) buildings: u32,
    /// Floor area above ground and counted floor area of those that can stand nowhere else.
    pub(super) floor: f64,
    pub(super) far: f64,
}

/// An outline narrower than so many metres has collapsed, and does not tell how large its building is.
const COLLAPSED: f64 = 2.0;

/// The buildings that were left out and may stand on a parcel of so many m².
pub(super) fn lost(city: &City, aside: &Aside, parcel: usize, parcel_m2: f64) -> Lost {
    let mut lost = Lost::default();
    let Some(layer) = &city.buildings else {
        return lost;
    };
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    for AsideBuilding { at, only_here } in aside.on(parcel) {
        lost.buildings += 1;
        if *only_here {
            let (floor, far) = least(&layer.left_out[*at as usize], parcel_m2, metres);
            lost.floor += floor;
            lost.far += far;
        }
    }
    lost
}

/// The floor area and the counted floor area that the record of a building says, where they can be meant: it covers no more
/// than its parcel, nor than the box around what is left of its outline.
fn least(left: &LeftOut<Building>, parcel_m2: f64, metres: f64) -> (f64, f64) {
    let building = &left.record;
    let box_m2 = left.outline.extent().and_then(|(width, depth)| {
        let (width, depth) = (width * metres, depth * metres);
        (width.min(depth) > COLLAPSED).then_some(width * depth)
    });
    let most_m2 = box_m2.map_or(parcel_m2, |m2| m2.min(parcel_m2));
    let held = Held::of(building, most_m2, &mut Doubts::default());
    let floor = recorded(building).map(|(m2, _)| m2);
    let floor = floor.filter(|m2| held.reaches(*m2)).unwrap_or(0.0);
    let far = building.far_floor_area.map(Area::m2);
    let far = far.filter(|m2| held.reaches(*m2)).unwrap_or(floor);
    (floor, far)
}
