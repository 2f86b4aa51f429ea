//! Lots and the buildings of their parcel → which building stands in which lot, and which a lot line cuts.

use crate::features::Known;
use crate::geometry::{ShapeRef, Shapes, common_area};
use crate::parcels::{Assigned, Share};
use crate::quantity::Quantity;

/// A building is cut where more of it than this share of what stands on the parcel…
const CUT_SHARE: f64 = 0.01;
/// …or more than this, in m², lies outside the lot that has most of it.
const CUT_M2: f64 = 1.0;

/// A building (自然幢), or a part of one, on a parcel, and how its lots share it.
#[derive(Clone, Debug, PartialEq)]
pub struct BuildingParts {
    /// The position of the building in its layer.
    pub building: u32,
    /// Whether it is a building of the parcel: it stands there for the most part, or by its record. A neighbour's building
    /// over the boundary is none, though its part counts in the floor area.
    pub own: bool,
    /// What of it stands on the parcel, as a share of the building.
    pub portion: Quantity<f64>,
    /// What of it stands in each lot, in m².
    pub in_lots_m2: Vec<f64>,
    /// The lot that has most of it.
    pub lot: usize,
}

impl BuildingParts {
    /// What of it lies outside the lot that has most of it, in m², and which share of all that lies in lots that is.
    pub fn cut_off(&self) -> (f64, f64) {
        let all: f64 = self.in_lots_m2.iter().sum();
        let m2 = all - self.in_lots_m2.get(self.lot).copied().unwrap_or(0.0);
        (m2, if all > 0.0 { m2 / all } else { 0.0 })
    }

    /// Whether a lot line cuts it: 幢 is the smallest unit of a split (二（七）). What digitising leaves does not count.
    pub fn is_cut(&self) -> bool {
        let (m2, share) = self.cut_off();
        self.own && (m2 > CUT_M2 || share > CUT_SHARE)
    }

    /// What of it stands in a lot, as a share of the building.
    ///
    /// # Errors
    /// When what of it stands on the parcel is unknown.
    pub fn portion_in(&self, lot: usize) -> Quantity<f64> {
        let all: f64 = self.in_lots_m2.iter().sum();
        if self.in_lots_m2[lot] > 0.0 {
            Ok(self.portion? * self.in_lots_m2[lot] / all)
        } else {
            Ok(0.0)
        }
    }
}

/// Whether a building whose share stands on a parcel is a building of that parcel.
pub fn is_own(known: Known<'_>, share: &Share) -> bool {
    let whole = known
        .measured
        .ground
        .as_ref()
        .map_or(0.0, |ground| ground.building_m2[share.building as usize]);
    share.assigned == Assigned::Key || share.part_m2.unwrap_or(whole) > whole / 2.0
}

/// How lots share the buildings on their parcel, in the order of `buildings.csv`.
pub fn building_parts(known: Known<'_>, parcel: u32, lots: &Shapes) -> Vec<BuildingParts> {
    let (Some(layer), Some(ground)) = (&known.measured.city.buildings, &known.measured.ground)
    else {
        return Vec::new();
    };
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    let part = |shape: ShapeRef<'_>, lot: ShapeRef<'_>| {
        if shape.bounds().meets(&lot.bounds()) {
            common_area(shape, lot) * metres * metres
        } else {
            0.0
        }
    };
    let of_share = |share: &Share| {
        let shape = layer.shapes.get(share.building as usize);
        let whole = ground.building_m2[share.building as usize];
        let in_lots_m2: Vec<f64> = lots.iter().map(|lot| part(shape, lot)).collect();
        let most = |a: &usize, b: &usize| in_lots_m2[*a].total_cmp(&in_lots_m2[*b]).then(b.cmp(a));
        BuildingParts {
            building: share.building,
            own: is_own(known, share),
            portion: share.part_m2.map(|part| part / whole),
            lot: (0..in_lots_m2.len()).max_by(most).unwrap_or(0),
            in_lots_m2,
        }
    };
    ground.on(parcel as usize).iter().map(of_share).collect()
}
