//! What stands on a parcel → its floor area, plot ratio (容积率) and building density (建筑密度).

use rayon::prelude::*;

use super::area::{AreaBasis, AreaChoice, choose_area};
use super::lost::{Lost, lost};
use super::{FarBasis, FloorAreas, floor_areas};
use crate::geometry::Shapes;
use crate::law::pack::Counting;
use crate::model::held::{area_apart, area_tolerance};
use crate::model::{Building, BuildingUse, City};
use crate::parcels::{Areas, Aside, Ground, Repeats, Share, StoreyJoin, WallStrip};
use crate::quantity::{Missing, Quantity};

/// What was measured of a parcel; areas in m², unrounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParcelMeasures {
    /// The area that ratios are taken to.
    pub area: Quantity<f64>,
    /// Which area that is.
    pub basis: AreaBasis,
    /// Whether a registered area is known and not believed: it lies too far from that of the polygon.
    pub area_refused: bool,
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
    /// The least that floor area can be: buildings of unknown storeys have one, of buildings that were left out what their
    /// record says counts, and of buildings that may be one the least of them.
    pub floor_area_at_least: f64,
    /// The least that the counted floor area can be.
    pub far_at_least: f64,
    /// The least ground that buildings cover.
    pub footprint_at_least: f64,
    /// The most ground that they cover, where none is left out.
    pub footprint_at_most: Option<f64>,
    /// The most that floor area and counted floor area can be, where buildings may be given twice; unknown where a building
    /// is left out or of unknown storeys.
    pub at_most: Option<(f64, f64)>,
    /// Buildings that may stand on it and were left out for their shape.
    pub left_out: u32,
    /// The weakest basis of the counted floor area; `None` without buildings.
    pub far_basis: Option<FarBasis>,
    /// Floor area of offices and services (行政办公及生活服务设施); unknown where the use of any building is.
    pub supporting_floor_area: Quantity<f64>,
    /// Buildings that stand on it, wholly or in part.
    pub buildings: u32,
    /// Of those, the ones of which more than a strip along a wall is there.
    pub standing: u32,
    /// Of the buildings, the ones that may stand on another parcel over it.
    pub of_either: u32,
    /// Figures of those buildings that were not believed.
    pub refused: u32,
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

    /// The building density (建筑密度); 1 where the built ground is more than the land by no more than survey and register
    /// differ by.
    ///
    /// # Errors
    /// What is missing; also where more ground would be built on than there is: the area or an outline is wrong.
    pub fn density(&self) -> Quantity<f64> {
        self.density_of(|on| on.footprint)
    }

    /// The least that the building density can be.
    ///
    /// # Errors
    /// As for the density.
    pub fn density_at_least(&self) -> Quantity<f64> {
        self.density_of(|on| Ok(on.footprint_at_least))
    }

    /// The most that the building density can be.
    ///
    /// # Errors
    /// As for the density.
    pub fn density_at_most(&self) -> Quantity<f64> {
        self.density_of(|on| {
            let most = on.footprint_at_most;
            on.footprint.or_else(|missing| most.ok_or(missing))
        })
    }

    fn density_of(&self, built: impl Fn(&OnSite) -> Quantity<f64>) -> Quantity<f64> {
        let (density, area) = (self.ratio(built)?, self.area?);
        if density * area > area + area_tolerance(area) {
            return Err(Missing::Contradiction);
        }
        Ok(density.min(1.0))
    }

    /// How many figures about it and what stands on it were not believed.
    pub fn figures_refused(&self) -> u32 {
        let of_buildings = self.on_site.as_ref().map_or(0, |on| on.refused);
        of_buildings + u32::from(self.area_refused)
    }
}

/// Measures every parcel of a city, and the whole buildings that stand on them.
pub fn measure_parcels(
    city: &City,
    areas: &Areas,
    (ground, repeats): (Option<(&Ground, &StoreyJoin, &Aside)>, &Repeats),
    (choice, walls): (AreaChoice, WallStrip),
    counting: &Counting,
) -> (Vec<ParcelMeasures>, Vec<FloorAreas>) {
    let none = Shapes::default();
    let (buildings, shapes) = city
        .buildings
        .as_ref()
        .map_or((&[][..], &none), |layer| (&layer.rows[..], &layer.shapes));
    let floors: Vec<FloorAreas> = match ground {
        Some((ground, storeys, _)) => {
            let each = buildings.par_iter().zip(&ground.building_m2).enumerate();
            let on_ground = on_ground(areas, ground);
            let floors = each.map(|(at, (building, m2))| {
                let listed = storeys.of(at, &building.id);
                let on_ground = on_ground.get(at).copied().unwrap_or(1.0);
                floor_areas(building, listed, (*m2, on_ground), counting)
            });
            floors.collect()
        }
        None => Vec::new(),
    };
    let measures = city
        .parcels
        .rows
        .par_iter()
        .enumerate()
        .map(|(at, parcel)| {
            let (plane, ellipsoid) = (areas.plane_m2[at], areas.ellipsoid_m2[at]);
            let is_piece = u32::try_from(at).is_ok_and(|at| repeats.whole_area.contains(&at));
            let area_refused = !is_piece
                && parcel
                    .area_registered
                    .is_some_and(|registered| area_apart(registered.m2(), plane, ellipsoid));
            let choice = match choice {
                AreaChoice::Registered if is_piece || area_refused => AreaChoice::Plane,
                choice => choice,
            };
            let (area, basis) = choose_area(parcel, plane, ellipsoid, choice);
            let on_site = ground
                .map(|(ground, _, aside)| {
                    let site = Site {
                        ground,
                        floors: &floors,
                        buildings,
                        shapes,
                        walls,
                    };
                    site.measure(at, lost(city, aside, at, plane))
                })
                .ok_or(Missing::Buildings);
            ParcelMeasures {
                area,
                basis,
                area_refused,
                on_site,
            }
        });
    (measures.collect(), floors)
}

/// A CRS whose areas are further than this from those on the ground, as Web Mercator's, is not taken to be true to areas.
const TRUE_TO_AREAS: f64 = 0.05;

/// Ground over plane area of each building, as the parcel has it on which it stands; nothing where the computing CRS is true
/// to areas.
fn on_ground(areas: &Areas, ground: &Ground) -> Vec<f64> {
    let of_parcel = |at: usize| {
        let ratio = areas.ellipsoid_m2[at] / areas.plane_m2[at];
        (ratio > 0.0 && ratio.is_finite() && (ratio - 1.0).abs() > TRUE_TO_AREAS).then_some(ratio)
    };
    let mut of_building = Vec::new();
    for share in &ground.shares {
        if let Some(ratio) = of_parcel(share.parcel as usize) {
            of_building.resize(ground.building_m2.len(), 1.0);
            of_building[share.building as usize] = ratio;
        }
    }
    of_building
}

/// The sums over the buildings of a parcel.
#[derive(Clone, Copy)]
struct Sums {
    plain: Quantity<f64>,
    far: Quantity<f64>,
    supporting: Quantity<f64>,
    at_least: (f64, f64),
    at_most: (f64, f64),
    basis: Option<FarBasis>,
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// What stands on parcels, and what is known of it.
struct Site<'a> {
    ground: &'a Ground,
    floors: &'a [FloorAreas],
    buildings: &'a [Building],
    shapes: &'a Shapes,
    walls: WallStrip,
}

impl Site<'_> {
    fn measure(&self, parcel: usize, lost: Lost) -> OnSite {
        let shares = self.ground.on(parcel);
        let mut sums = Sums {
            plain: Ok(0.0),
            far: Ok(0.0),
            supporting: Ok(0.0),
            at_least: (lost.floor, lost.far),
            at_most: (0.0, 0.0),
            basis: None,
        };
        let mut groups: Vec<u32> = Vec::new();
        for share in shares {
            let group = self.ground.twice.group_of.get(&share.building);
            match group {
                _ if self.of_either(share) > 0.0 => self.add_either(&mut sums, share),
                Some(group) if !groups.contains(group) => groups.push(*group),
                Some(_) => {}
                None => self.add(&mut sums, share),
            }
        }
        for group in groups {
            self.add_group(&mut sums, shares, group);
        }
        let in_doubt: f64 = shares.iter().map(|share| self.of_either(share)).sum();
        let footprint = self.ground.footprint_m2[parcel];
        let known = |quantity: Quantity<f64>| match (quantity, lost.buildings) {
            (Ok(_), 1..) => Err(Missing::LeftOut),
            (Ok(_), 0) if in_doubt > 0.0 => Err(Missing::ParcelsOver),
            (quantity, _) => quantity,
        };
        let at_most = match (sums.plain, sums.far, lost.buildings) {
            (
                Ok(_) | Err(Missing::MaybeTwice | Missing::ParcelsOver),
                Ok(_) | Err(Missing::MaybeTwice | Missing::ParcelsOver),
                0,
            ) => Some(sums.at_most),
            _ => None,
        };
        OnSite {
            footprint: known(footprint),
            floor_area: known(sums.plain),
            far_floor_area: known(sums.far),
            floor_area_at_least: sums.at_least.0,
            far_at_least: sums.at_least.1,
            footprint_at_least: (footprint.unwrap_or(0.0) - in_doubt).max(0.0),
            footprint_at_most: footprint.ok().filter(|_| lost.buildings == 0),
            at_most,
            left_out: lost.buildings,
            far_basis: sums.basis,
            supporting_floor_area: known(sums.supporting),
            buildings: count(shares.len()),
            standing: count(shares.iter().filter(|share| self.stands(share)).count()),
            of_either: count(
                shares
                    .iter()
                    .filter(|share| self.of_either(share) > 0.0)
                    .count(),
            ),
            refused: shares.iter().map(|share| self.refused(share)).sum(),
        }
    }

    /// Whether the building of a part stands on the parcel.
    fn stands(&self, share: &Share) -> bool {
        self.ground.stands(share, self.shapes, self.walls)
    }

    /// Figures of a building that were not believed.
    fn refused(&self, share: &Share) -> u32 {
        let refused = self.floors[share.building as usize].doubts.refused();
        u32::try_from(refused.count()).unwrap_or(u32::MAX)
    }

    /// Plain and counted floor area of a part, and the least of either: storeys that are not known are one.
    fn of_share(&self, share: &Share) -> (Quantity<f64>, Quantity<f64>, (f64, f64)) {
        let building = share.building as usize;
        let floor = &self.floors[building];
        let portion = share
            .part_m2
            .map(|part| part / self.ground.building_m2[building]);
        let plain = portion.and_then(|portion| Ok(floor.plain?.0 * portion));
        let far = portion.and_then(|portion| Ok(floor.far?.0 * portion));
        let least = plain.or(share.part_m2).unwrap_or(0.0);
        (plain, far, (least, far.unwrap_or(least)))
    }

    fn add(&self, sums: &mut Sums, share: &Share) {
        let (plain, far, least) = self.of_share(share);
        sums.at_least.0 += least.0;
        sums.at_least.1 += least.1;
        sums.at_most.0 += plain.unwrap_or(0.0);
        sums.at_most.1 += far.unwrap_or(0.0);
        sums.plain = sums.plain.and_then(|sum| Ok(sum + plain?));
        sums.far = sums.far.and_then(|sum| Ok(sum + far?));
        let building = share.building as usize;
        sums.supporting =
            sums.supporting
                .and_then(|sum| match self.buildings[building].building_use {
                    Some(BuildingUse::Supporting) => Ok(sum + plain?),
                    Some(BuildingUse::Production) => Ok(sum),
                    None => Err(Missing::BuildingUse),
                });
        let basis = self.floors[building].far.ok().map(|(_, basis)| basis);
        sums.basis = sums.basis.max(basis);
    }

    /// How much of a part belongs to this parcel or to one that lies over it, m².
    fn of_either(&self, share: &Share) -> f64 {
        let either = &self.ground.either;
        if either.is_empty() {
            return 0.0;
        }
        let part = either.get(&(share.parcel, share.building));
        part.copied().unwrap_or(0.0)
    }

    /// A part of which some belongs to another parcel, or not.
    fn add_either(&self, sums: &mut Sums, share: &Share) {
        let (plain, far, least) = self.of_share(share);
        let own = share
            .part_m2
            .map_or(0.0, |part| 1.0 - self.of_either(share) / part);
        sums.at_least.0 += least.0 * own;
        sums.at_least.1 += least.1 * own;
        sums.at_most.0 += plain.unwrap_or(0.0);
        sums.at_most.1 += far.unwrap_or(0.0);
        sums.plain = sums.plain.and(plain).and(Err(Missing::ParcelsOver));
        sums.far = sums.far.and(far).and(Err(Missing::ParcelsOver));
        sums.supporting = sums.supporting.and(Err(Missing::ParcelsOver));
    }

    /// Buildings that may be one: what they add lies between.
    fn add_group(&self, sums: &mut Sums, shares: &[Share], group: u32) {
        let here = |at: u32| shares.iter().find(|share| share.building == at);
        let least = |at: u32| here(at).map_or((0.0, 0.0), |share| self.of_share(share).2);
        let group = &self.ground.twice.doubtful[group as usize];
        let (plain, far) = (
            group.between(|at| least(at).0),
            group.between(|at| least(at).1),
        );
        sums.at_least.0 += plain.0;
        sums.at_least.1 += far.0;
        sums.at_most.0 += plain.1;
        sums.at_most.1 += far.1;
        let mut members = group.once.iter().flatten().filter_map(|at| here(*at));
        let lacking = members.find_map(|share| {
            let (plain, far, _) = self.of_share(share);
            plain.err().or(far.err())
        });
        let missing = lacking.unwrap_or(Missing::MaybeTwice);
        sums.plain = sums.plain.and(Err(missing));
        sums.far = sums.far.and(Err(missing));
        sums.supporting = sums.supporting.and(Err(missing));
    }
}
