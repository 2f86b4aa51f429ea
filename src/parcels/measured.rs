//! A city that was read → everything that is measured of its parcels and stays as it is from then on.

use super::joined::{joined, unjoined};
use super::measures::{FloorAreas, ParcelMeasures, contradictions, measure_parcels};
use super::notes::{place_notes, swapped, without_holders, without_plan};
use super::{
    Areas, Aside, Grants, Ground, Index, Indexed, Joins, Neighbours, Occupants, Options, Order,
    Overlay, Overlays, PlanOfParcel, Repeats, Stacked, Terms, WallStrip, areas, canonical_order,
    grants, ground, neighbours, occupants, plan_of_parcels, repeats,
};
use crate::formats::{CrsError, describe_crs};
use crate::geometry::{Crs, TransformError};
use crate::law::LandUse;
use crate::model::{City, KeyIndex, LandStatus, LayerKind, Remarks};
use crate::progress::Progress;

/// Everything measured of the parcels of a city.
pub struct Measured {
    /// The city as it was read; what was remarked while reading it has moved to the [`Remarks`] of the run.
    pub city: City,
    /// Finds parcels by their places.
    pub index: Index,
    /// Finds parcels by their keys.
    pub keys: KeyIndex,
    /// What was set aside for its shape, by the parcels whose figures it could change.
    pub aside: Aside,
    /// Which parcels are given more than once, or lie over each other.
    pub repeats: Repeats,
    /// How the keys of buildings, storeys, lineage and contracts fared.
    pub joins: Joins,
    /// The geographic CRS of `areas.degrees`.
    pub degrees: Crs,
    /// The order of parcels in every result.
    pub order: Order,
    /// The areas of each parcel of the layer.
    pub areas: Areas,
    /// What stands where, when buildings are known.
    pub ground: Option<Ground>,
    /// The floor areas of each building of the layer.
    pub floors: Vec<FloorAreas>,
    /// What lies beside what.
    pub neighbours: Neighbours,
    /// The plan block of each parcel of the layer, `None` where it lies in no block; when plan blocks are known.
    pub plan: Option<Vec<Option<PlanOfParcel>>>,
    /// What was measured of each parcel of the layer.
    pub measures: Vec<ParcelMeasures>,
    /// The contracts, joined to the parcels; none where no table of them is known.
    pub grants: Grants,
    /// The enterprises, joined to the parcels; none where no table of them is known.
    pub occupants: Occupants,
    /// What the run was told.
    pub options: Options,
}

/// Why a city could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// Buildings do not stand where the parcels are.
    #[error("buildings: {0}")]
    Displaced(String),
    /// PROJ knows no way to longitude and latitude.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// The geographic CRS of results cannot be made.
    #[error(transparent)]
    Crs(#[from] CrsError),
}

impl Measured {
    /// The shapes of the parcels with their index.
    pub fn indexed(&self) -> Indexed<'_> {
        self.index.on(&self.city.parcels.shapes)
    }

    /// The strip along the walls of buildings that is no building on the land beside.
    pub fn walls(&self) -> WallStrip {
        (self.options).walls(self.city.crs.metres().unwrap_or(f64::NAN))
    }

    /// What the contracts of a parcel agree in.
    pub fn terms(&self, parcel: u32) -> Terms {
        self.grants.terms(self.city.contracts.as_ref(), parcel)
    }

    /// Whether the parcel at a position of its layer is an industrial site in use: industrial, and not recorded as empty.
    pub fn is_industrial_site(&self, at: usize) -> bool {
        let parcel = &self.city.parcels.rows[at];
        let empty = matches!(
            parcel.status,
            Some(LandStatus::Vacant | LandStatus::Unallotted)
        );
        parcel.land_use == Some(LandUse::Industrial) && !empty
    }
}

/// Measures a city that has been read, as far as `overlays` do not tell it already; with `force` also one whose buildings
/// seem to lie elsewhere. What was remarked of the city so far comes first among the remarks.
///
/// # Errors
/// When buildings do not stand where the parcels are, or PROJ knows no way to degrees.
pub fn measure(
    (mut city, mut remarks): (City, Remarks),
    force: bool,
    options: Options,
    overlays: &mut Overlays,
    progress: &dyn Progress,
) -> Result<(Measured, Remarks), MeasureError> {
    let degrees = describe_crs("EPSG:4326")?;
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let count = city.parcels.rows.len() as u64;
    let advance = |items| progress.advance(items);
    progress.step("areas", Some(count));
    let order = canonical_order(&city.parcels);
    let areas = areas(&city.parcels.shapes, &city.crs, &degrees)?;
    remarks.notes.extend(place_notes(&city, &areas, &degrees));
    let index = Index::of(&city.parcels.shapes);
    let indexed = index.on(&city.parcels.shapes);
    let mut keys = KeyIndex::of(city.parcels.rows.iter().map(|parcel| parcel.key().into()));
    let aside = Aside::of(&city, &indexed, &keys, options.reach.tolerance);
    let laid = overlays.ground.take();
    let mut ground = overlaid(&city, (&indexed, &order), &options, laid, progress);
    let table = city.storeys.take();
    let (mut joins, storeys) = {
        let joined = joined(&city, (&indexed, &keys), ground.as_ref(), table, force)?;
        remarks.append(joined.remarks);
        (joined.joins, joined.storeys)
    };
    let plan = city.plan.as_ref().map(|plan| {
        overlays.plan.take().unwrap_or_else(|| {
            progress.step("plan blocks", Some(count));
            plan_of_parcels((&city.parcels, &indexed), plan, metres, &advance)
        })
    });
    progress.step("neighbours", Some(count));
    let mut neighbours = match overlays.pairs.take() {
        Some(pairs) => Neighbours::of(pairs, &order),
        None => neighbours(&indexed, &order, options.reach, metres, &advance),
    };
    progress.step("measures", Some(count));
    let repeats = repeats(&city, &neighbours, &areas.plane_m2);
    if let (Some(ground), Some(buildings)) = (&mut ground, &city.buildings) {
        ground.settle_over(&Stacked {
            parcels: &city.parcels,
            buildings,
            repeats: &repeats,
            assignment: options.assignment,
            metres,
        });
    }
    repeats.count_once(&mut neighbours);
    keys.leave_out(&repeats.identical);
    remarks.defects.extend(repeats.defects(&city));
    let standing = ground.as_ref().map(|ground| (ground, &storeys, &aside));
    let walls = options.walls(metres);
    let (measures, floors) = measure_parcels(
        &city,
        &areas,
        (standing, &repeats),
        (options.area, walls),
        &options.policy.counting,
    );
    let standing = ground.as_ref().map(|ground| (ground, &storeys));
    let found = contradictions(&city, (&areas, &repeats), standing, (&measures, &floors));
    remarks.defects.extend(found);
    remarks.append(unjoined(
        &city,
        &aside,
        ground.as_ref().zip(Some(&repeats)),
        walls,
    ));
    let plan = plan.map(|(plan, found)| {
        remarks.defects.extend(found);
        remarks.notes.extend(without_plan(&plan));
        plan
    });
    let occupants = (city.enterprises.as_ref())
        .map(|table| occupants((&city.parcels, &keys), table))
        .unwrap_or_default();
    remarks.notes.extend(swapped(&city, &areas, &measures));
    remarks.notes.extend(without_holders(&city, &occupants));
    let grants = contracts(&city, &keys, &mut joins, &mut remarks);
    drop((storeys, indexed));
    let built = Measured {
        city,
        index,
        keys,
        aside,
        repeats,
        joins,
        degrees,
        order,
        areas,
        ground,
        floors,
        neighbours,
        plan,
        measures,
        grants,
        occupants,
        options,
    };
    Ok((built, remarks))
}

/// The buildings laid over the parcels, unless that is known already.
fn overlaid(
    city: &City,
    (indexed, order): (&Indexed<'_>, &Order),
    options: &Options,
    known: Option<Overlay>,
    progress: &dyn Progress,
) -> Option<Ground> {
    let buildings = city.buildings.as_ref()?;
    if let Some(overlay) = known {
        return Some(overlay.settled(buildings, order));
    }
    progress.step("buildings on parcels", Some(buildings.rows.len() as u64));
    Some(ground(
        &city.parcels,
        indexed,
        buildings,
        order,
        city.crs.metres().unwrap_or(f64::NAN),
        options.assignment,
        &|items| progress.advance(items),
    ))
}

/// The contracts joined to the parcels, and how their keys fared.
fn contracts(city: &City, keys: &KeyIndex, joins: &mut Joins, remarks: &mut Remarks) -> Grants {
    let Some(table) = &city.contracts else {
        return Grants::default();
    };
    let (found, defects) = grants((&city.parcels, keys), table);
    joins.insert(LayerKind::Contracts, found.named.counts);
    remarks.defects.extend(defects);
    found
}
