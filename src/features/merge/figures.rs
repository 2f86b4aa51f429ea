//! A parcel, and several as one → the figures by which merges are compared: land, floor, boundary, room, term.

use jiff::civil::Date;

use crate::features::Known;
use crate::geometry::{compactness, perimeter};
use crate::parcels::measures::AreaBasis;
use crate::quantity::{Area, Exact};

/// What is known of a parcel before a merge; areas in m², lengths in m.
#[derive(Clone, Debug)]
pub struct PartFigures {
    /// Its area, by the basis of the scan.
    pub area: Option<Area>,
    /// What that area is.
    pub basis: AreaBasis,
    /// Ground covered by buildings.
    pub footprint_m2: Option<f64>,
    /// Floor area above ground.
    pub floor_area_m2: Option<f64>,
    /// Floor area as the policy counts it.
    pub far_floor_area_m2: Option<f64>,
    /// The greatest plot ratio that the plan allows.
    pub plot_ratio_max: Option<Exact>,
    /// The length of its boundary.
    pub perimeter_m: f64,
    /// How round it is (Polsby and Popper).
    pub compactness: Option<f64>,
    /// The last day of its term.
    pub term_end: Option<Date>,
}

impl PartFigures {
    pub(super) fn of(known: Known<'_>, at: u32) -> Self {
        let measured = &known.measured.measures[at as usize];
        let shape = known.measured.city.parcels.shapes.get(at as usize);
        let on_site = measured.on_site.as_ref().ok();
        let facts = known.facts_of(at as usize);
        Self {
            area: measured.area.ok().and_then(Area::from_m2),
            basis: measured.basis,
            footprint_m2: on_site.and_then(|on| on.footprint.ok()),
            floor_area_m2: on_site.and_then(|on| on.floor_area.ok()),
            far_floor_area_m2: on_site.and_then(|on| on.far_floor_area.ok()),
            plot_ratio_max: facts
                .one
                .figure("plan.plot_ratio_max")
                .and_then(crate::quantity::Figure::number),
            perimeter_m: perimeter(shape) * known.measured.city.crs.metres().unwrap_or(f64::NAN),
            compactness: compactness(shape),
            term_end: known.measured.city.parcels.rows[at as usize].term_end,
        }
    }
}

/// What several parcels come to together; what is unknown of one is unknown of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The areas of the parcels, as one; overlaps count as often as they are recorded.
    pub area: Option<Area>,
    /// Ground covered by buildings, m².
    pub footprint_m2: Option<f64>,
    /// Floor area above ground, m².
    pub floor_area_m2: Option<f64>,
    /// Floor area as the policy counts it, m².
    pub far_floor_area_m2: Option<f64>,
    /// The floor area that the plan allows, m².
    pub plan_floor_m2: Option<f64>,
    /// The boundaries of all parcels, m.
    pub perimeter_m: f64,
    /// The mean of their compactness, weighted by area.
    pub compactness: Option<f64>,
    /// The day on which the term of the merged land ends: the earliest (剩余最短年限).
    pub term_end: Option<Date>,
    /// The days of its term that the parcel loses which loses most.
    pub days_lost_most: Option<i32>,
}

impl Together {
    /// Adds up parcels.
    pub(super) fn of<'a>(parts: &(impl Iterator<Item = &'a PartFigures> + Clone)) -> Self {
        let sum = |of: fn(&PartFigures) -> Option<f64>| parts.clone().map(of).sum::<Option<f64>>();
        let cents = parts.clone().map(|part| part.area.map(Area::cents));
        let ends = parts.clone().map(|part| part.term_end);
        let (first, last) = (ends.clone().min().flatten(), ends.clone().max().flatten());
        let known = ends.clone().all(|end| end.is_some());
        let area_m2 = sum(|part| part.area.map(Area::m2));
        let round = sum(|part| Some(part.compactness? * part.area?.m2()));
        Self {
            area: cents.sum::<Option<i64>>().map(Area::from_cents),
            footprint_m2: sum(|part| part.footprint_m2),
            floor_area_m2: sum(|part| part.floor_area_m2),
            far_floor_area_m2: sum(|part| part.far_floor_area_m2),
            plan_floor_m2: sum(|part| Some(part.plot_ratio_max?.to_f64() * part.area?.m2())),
            perimeter_m: parts.clone().map(|part| part.perimeter_m).sum(),
            compactness: round.zip(area_m2).map(|(round, area)| round / area),
            term_end: first.filter(|_| known),
            days_lost_most: first
                .zip(last)
                .filter(|_| known)
                .and_then(|(first, last)| Some(last.since(first).ok()?.get_days())),
        }
    }

    /// The floor area that the plan leaves room for, m²; negative where there is more than it allows.
    pub fn plan_room_m2(&self) -> Option<f64> {
        Some(self.plan_floor_m2? - self.far_floor_area_m2?)
    }

    /// The years of its term that the parcel loses which loses most, of 365 days.
    pub fn years_lost_most(&self) -> Option<f64> {
        self.days_lost_most.map(|days| f64::from(days) / 365.0)
    }
}
