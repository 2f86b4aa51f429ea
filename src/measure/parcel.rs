//! What stands on a parcel → its floor area, plot ratio (容积率) and building density (建筑密度).

use rayon::prelude::*;

use super::{FarBasis, FloorAreas, floor_areas};
use crate::model::{Building, BuildingUse, City, Parcel};
use crate::policy::Counting;
use crate::quantity::{Area, Missing, Quantity};
use crate::site::{Areas, Ground};

/// Which area ratios are taken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AreaChoice {
    /// As registered or contracted where known, else on the plane.
    #[default]
    Registered,
    /// On the plane of the computing CRS.
    Plane,
    /// On the CGCS2000 ellipsoid.
    Ellipsoid,
}

/// Which area a parcel's ratios were taken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaBasis {
    /// 登记面积 or 合同面积.
    Registered,
    /// 平面面积.
    Plane,
    /// 椭球面积.
    Ellipsoid,
}

impl AreaBasis {
    /// The word in the column `area_basis`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Plane => "plane",
            Self::Ellipsoid => "ellipsoid",
        }
    }
}

/// What was measured of a parcel; areas in m², unrounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParcelMeasures {
    /// The area that ratios are taken to.
    pub area: Quantity<f64>,
    /// Which area that is.
    pub basis: AreaBasis,
    /// What stands on it, where buildings are known.
    pub on_site: Quantity<OnSite>,
}

/// What stands on a parcel; areas in m², unrounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnSite {
    /// Ground covered by buildings, overlaps once (基底面积).
    pub footprint: Quantity<f64>,
    /// Floor area above ground, every storey once (建筑面积).
    pub floor_area: Quantity<f64>,
    /// Floor area as the policy counts it (计容建筑面积).
    pub far_floor_area: Quantity<f64>,
    /// The least that floor area can be: buildings of unknown storeys have one.
    pub floor_area_at_least: f64,
    /// The weakest basis of the counted floor area; `None` without buildings.
    pub far_basis: Option<FarBasis>,
    /// Floor area of offices and services (行政办公及生活服务设施); unknown where the use of any building is.
    pub supporting_floor_area: Quantity<f64>,
    /// Buildings that stand on it, wholly or in part.
    pub buildings: u32,
}

impl ParcelMeasures {
    /// `part` over the area: plot ratio, building density.
    ///
    /// # Errors
    /// What is missing, where either is unknown.
    pub fn ratio(&self, part: impl Fn(&OnSite) -> Quantity<f64>) -> Quantity<f64> {
        let area = self.area?;
        self.on_site
            .as_ref()
            .map_err(|missing| *missing)
            .and_then(part)
            .map(|part| part / area)
    }
}

/// Measures every parcel of a city, and the whole buildings that stand on them.
pub fn measure_parcels(
    city: &City,
    areas: &Areas,
    ground: Option<&Ground>,
    choice: AreaChoice,
    counting: &Counting,
) -> (Vec<ParcelMeasures>, Vec<FloorAreas>) {
    let buildings = city.buildings.as_ref().map_or(&[][..], |layer| &layer.rows);
    let storeys = |id: &str| {
        city.storeys
            .as_ref()
            .and_then(|storeys| storeys.get(id))
            .map(Vec::as_slice)
    };
    let floors: Vec<FloorAreas> = match ground {
        Some(ground) => {
            let each = buildings.par_iter().zip(&ground.building_m2);
            each.map(|(building, m2)| floor_areas(building, storeys(&building.id), *m2, counting))
                .collect()
        }
        None => Vec::new(),
    };
    let measures = city
        .parcels
        .rows
        .par_iter()
        .enumerate()
        .map(|(at, parcel)| {
            let (area, basis) =
                choose_area(parcel, areas.plane_m2[at], areas.ellipsoid_m2[at], choice);
            let on_site = ground
                .map(|ground| on_site(ground, at, &floors, buildings))
                .ok_or(Missing::Buildings);
            ParcelMeasures {
                area,
                basis,
                on_site,
            }
        });
    (measures.collect(), floors)
}

fn choose_area(
    parcel: &Parcel,
    plane: f64,
    ellipsoid: f64,
    choice: AreaChoice,
) -> (Quantity<f64>, AreaBasis) {
    match (choice, parcel.area_registered) {
        (AreaChoice::Registered, Some(registered)) if registered > Area::ZERO => {
            (Ok(registered.m2()), AreaBasis::Registered)
        }
        (AreaChoice::Registered | AreaChoice::Plane, _) => (Ok(plane), AreaBasis::Plane),
        (AreaChoice::Ellipsoid, _) if ellipsoid > 0.0 => (Ok(ellipsoid), AreaBasis::Ellipsoid),
        (AreaChoice::Ellipsoid, _) => (Err(Missing::Position), AreaBasis::Ellipsoid),
    }
}

fn on_site(
    ground: &Ground,
    parcel: usize,
    floors: &[FloorAreas],
    buildings: &[Building],
) -> OnSite {
    let shares = ground.on(parcel);
    let (mut plain, mut far, mut at_least, mut basis) = (Ok(0.0), Ok(0.0), 0.0, None);
    let mut supporting = Ok(0.0);
    for share in shares {
        let building = share.building as usize;
        let floor = &floors[building];
        let portion = share
            .part_m2
            .map(|part| part / ground.building_m2[building]);
        let known = portion.and_then(|portion| Ok(floor.plain?.0 * portion));
        at_least += known.or(share.part_m2).unwrap_or(0.0);
        plain = plain.and_then(|sum: f64| Ok(sum + known?));
        far = far.and_then(|sum: f64| Ok(sum + floor.far?.0 * portion?));
        supporting = supporting.and_then(|sum: f64| match buildings[building].building_use {
            Some(BuildingUse::Supporting) => Ok(sum + known?),
            Some(BuildingUse::Production) => Ok(sum),
            None => Err(Missing::BuildingUse),
        });
        basis = basis.max(floor.far.ok().map(|(_, basis)| basis));
    }
    OnSite {
        footprint: ground.footprint_m2[parcel],
        floor_area: plain,
        far_floor_area: far,
        floor_area_at_least: at_least,
        far_basis: basis,
        supporting_floor_area: supporting,
        buildings: u32::try_from(shares.len()).unwrap_or(u32::MAX),
    }
}
