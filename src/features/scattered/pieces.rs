//! The scattered land of a scan: its pieces, their areas, and the site that each is proposed to.

use rustc_hash::FxHashMap;

use super::granted::granted;
use super::{Bar, Link, Origin, Piece, Scattered, ThresholdError, Thresholds};
use crate::geometry::TransformError;
use crate::law::facts::Record;
use crate::model::Remarks;
use crate::parcels::measures::AreaChoice;
use crate::parcels::{Areas, Joins, Measured, Options, areas};
use crate::quantity::{Area, Exact, Figure, Unit};

/// What counts as scattered land, by the parameters of the policy.
///
/// # Errors
/// When a number of the policy cannot be meant.
pub fn thresholds(options: &Options) -> Result<Thresholds, ThresholdError> {
    Thresholds::of(|name| {
        let number = options.policy.parameters.get(name);
        number.map(|number| number.to_f64())
    })
}

/// The pieces of scattered land (零星地块) of a city.
pub struct Pieces {
    /// The pieces and their shapes.
    pub found: Scattered,
    /// The areas of the shapes.
    pub areas: Areas,
    /// The area of each piece as parcels are measured; `None` where it is unknown.
    pub land: Vec<Option<Area>>,
    /// The scattered land that parcels were granted before, by their position in the layer, as the layer of known candidates
    /// says.
    pub granted: FxHashMap<u32, Area>,
    /// How the ids that the layer of known candidates names fared.
    pub joins: Joins,
    by_parcel: FxHashMap<u32, Vec<u32>>,
}

impl Pieces {
    /// Measures pieces, and says what is wrong with them.
    ///
    /// # Errors
    /// When PROJ knows no way from the computing CRS to longitude and latitude.
    pub fn of(
        mut found: Scattered,
        measured: &Measured,
    ) -> Result<(Self, Remarks), TransformError> {
        let city = &measured.city;
        let mut remarks = Remarks {
            defects: std::mem::take(&mut found.defects),
            notes: std::mem::take(&mut found.notes),
        };
        let areas = areas(&found.shapes, &city.crs, &measured.degrees)?;
        let land = |(at, piece): (usize, &Piece)| match (piece.origin, measured.options.area) {
            (Origin::Recorded(parcel), _) => measured.measures[parcel as usize].area.ok(),
            (_, AreaChoice::Ellipsoid) => Some(areas.ellipsoid_m2[at]),
            (_, AreaChoice::Registered | AreaChoice::Plane) => Some(areas.plane_m2[at]),
        };
        let land = found
            .pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| land((at, piece)).and_then(Area::from_m2));
        let mut by_parcel: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let once = |(_, piece): &(u32, &Piece)| piece.bar != Some(Bar::SameLand);
        for (at, piece) in (0..).zip(&found.pieces).filter(once) {
            let sites = piece.links.iter().map(|link| link.parcel);
            let across = sites.filter(|site| !piece.neighbours.contains(site));
            for parcel in piece.neighbours.iter().copied().chain(across) {
                by_parcel.entry(parcel).or_default().push(at);
            }
        }
        let mut pieces = Self {
            by_parcel,
            land: land.collect(),
            granted: FxHashMap::default(),
            joins: Joins::new(),
            areas,
            found,
        };
        let granted = granted(city, &measured.keys, &pieces);
        remarks.notes.extend(granted.notes);
        (pieces.granted, pieces.joins) = (granted.land, granted.joins);
        Ok((pieces, remarks))
    }

    /// The pieces that share a stretch of boundary with a parcel, or that it is a site beside, in order; land that two
    /// pieces are made of once.
    pub fn beside(&self, parcel: u32) -> &[u32] {
        self.by_parcel.get(&parcel).map_or(&[], Vec::as_slice)
    }

    /// The area of some pieces together.
    pub fn land_of(&self, pieces: &[u32]) -> Area {
        let cents = pieces
            .iter()
            .filter_map(|at| self.land[*at as usize])
            .map(Area::cents);
        Area::from_cents(cents.sum())
    }

    /// A piece as a site applies for it.
    pub(in crate::features) fn record(&self, at: u32, link: &Link) -> Record {
        let mut record = Record::default();
        if let Some(area) = self.land[at as usize] {
            record.set("scattered.area_m2", Figure::land(area.into()));
        }
        if link.across.is_some() {
            record.set("scattered.adjacent", Figure::Truth(true));
        } else if let Some(metres) = Exact::from_f64((link.shared_m * 1000.0).round() / 1000.0) {
            record.set("scattered.shared_m", Figure::Number(metres, Unit::Metres));
        }
        if let Some(conforms) = self.found.pieces[at as usize].conforms {
            record.set("scattered.conforms_to_plan", Figure::Truth(conforms));
        }
        record
    }
}
