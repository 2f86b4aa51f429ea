//! What layers of a city have in common, found before: part by part, for one.

use crate::geometry::Shapes;
use crate::model::Defect;
use crate::parcels::{Overlay, Pair, PlanOfParcel};

/// What needs no more of a city than the place where it lies; what is not told here is found by the scan itself.
#[derive(Debug, Default)]
pub struct Overlays {
    /// The buildings on the parcels.
    pub ground: Option<Overlay>,
    /// The plan block of each parcel, and what is wrong with the plan there.
    pub plan: Option<(Vec<Option<PlanOfParcel>>, Vec<Defect>)>,
    /// The parcels that lie beside each other.
    pub pairs: Option<Vec<Pair>>,
    /// What is left over in the survey blocks, cut into pieces.
    pub regions: Option<Vec<Shapes>>,
}
