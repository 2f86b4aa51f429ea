//! The layers of a city → its pieces of scattered land, each with what it borders and why it may not be proposed.

use geo::Coord;
use rayon::prelude::*;

use super::bars::{MATERIAL, bar_built_on, bar_same_land, piece_defects};
use super::beside::{Beside, Scene};
use super::left_out::{bar_left_out, notes_of_left_out};
use super::left_over::{LeftOver, left_over};
use super::name::names_of_places;
use super::plan_use::conforms;
use super::slivers::slivers;
use super::{Bar, Origin, Piece, Scattered, Search};
use crate::geometry::{
    EdgeIndex, InscribedCircle, Scratch, ShapeRef, compactness, inscribed_circle, plane_area,
};
use crate::model::LandStatus;
use crate::parcels::{Indexed, Order, order_by_id};

/// Widths are told to half a millimetre, which is finer than any survey.
const PRECISION_M: f64 = 5e-4;

/// Land that may be a piece.
struct Candidate<'a> {
    origin: Origin,
    shape: ShapeRef<'a>,
}

/// A candidate with what lies beside it.
struct PiecesFound<'a> {
    shape: ShapeRef<'a>,
    piece: Piece,
    /// Where it has most room.
    place: Coord,
}

/// Finds the scattered land beside the industrial sites of a city.
///
/// Every known candidate is listed; a vacant parcel and land that nobody recorded only where it borders a site.
///
/// Where the layers cannot be laid over each other there is a note of it, and no unrecorded land.
pub fn find_scattered(search: &Search<'_>, advance: &(dyn Fn(u64) + Sync)) -> Scattered {
    let city = search.city;
    let scene = Scene::of(search);
    let (left, failure) = match left_over(
        city,
        (search.neighbours, search.regions),
        &search.thresholds,
        advance,
    ) {
        Ok(left) => (left, None),
        Err(why) => (LeftOver::nothing(), Some(why)),
    };
    let blocks = city
        .plan
        .as_ref()
        .map(|plan| (plan, Indexed::of(&plan.shapes)));
    let candidates = search.candidates(&left);
    let found = candidates.into_par_iter().filter_map(|candidate| {
        let edges = EdgeIndex::of(candidate.shape);
        let side = (candidate.shape, &edges);
        let own = match candidate.origin {
            Origin::Recorded(parcel) => Some(parcel),
            Origin::Given(_) | Origin::Unrecorded => None,
        };
        let drawn = candidate.origin != Origin::Unrecorded;
        let beside = scene.beside(side, own, drawn, &mut Scratch::default());
        if beside.links.is_empty() && !matches!(candidate.origin, Origin::Given(_)) {
            return None;
        }
        let on_plan = || {
            let (plan, blocks) = blocks.as_ref()?;
            conforms(side, plan, blocks)
        };
        Some(search.piece(&scene, &left, candidate, beside, on_plan()))
    });
    let found: Vec<PiecesFound<'_>> = found.collect();
    let mut scattered = Scattered::default();
    let unrecorded = found
        .iter()
        .filter(|found| found.piece.origin == Origin::Unrecorded);
    let places: Vec<_> = unrecorded.map(|found| found.place).collect();
    let mut names = names_of_places(&places).into_iter();
    for PiecesFound {
        shape, mut piece, ..
    } in found
    {
        if piece.origin == Origin::Unrecorded {
            piece.id = names.next().unwrap_or_default();
        }
        scattered.shapes.push(shape);
        scattered.pieces.push(piece);
    }
    if let Some(buildings) = &city.buildings {
        bar_built_on(&mut scattered, &buildings.shapes);
    }
    bar_left_out(search, &mut scattered);
    bar_same_land(search, &mut scattered, &scene);
    scattered.defects = piece_defects(search, &scattered);
    let mut slivers = slivers(search, &scene, &left);
    scattered.defects.append(&mut slivers.defects);
    scattered.notes = notes(search, &left, slivers.one_boundary);
    let failure = failure.map(|why| format!("scattered: no unrecorded land is looked for: {why}"));
    scattered.notes.extend(failure);
    scattered
}

impl<'a> Search<'a> {
    /// All land that may be a piece, in the order of results.
    fn candidates(&self, left: &'a LeftOver) -> Vec<Candidate<'a>>
    where
        Self: 'a,
    {
        let parcels = &self.city.parcels;
        let recorded = self.order.parcels.iter().filter(|at| self.is_vacant(**at));
        let mut candidates: Vec<Candidate<'a>> = recorded
            .map(|at| Candidate {
                origin: Origin::Recorded(*at),
                shape: parcels.shapes.get(*at as usize),
            })
            .collect();
        if let Some(given) = &self.city.scattered {
            let Order { parcels: order, .. } = order_by_id(given, |piece| &piece.id);
            candidates.extend(order.into_iter().map(|at| Candidate {
                origin: Origin::Given(at),
                shape: given.shapes.get(at as usize),
            }));
        }
        candidates.extend(left.land.iter().map(|shape| Candidate {
            origin: Origin::Unrecorded,
            shape,
        }));
        candidates
    }

    fn is_vacant(&self, parcel: u32) -> bool {
        let status = self.city.parcels.rows[parcel as usize].status;
        matches!(status, Some(LandStatus::Vacant | LandStatus::Unallotted))
    }

    fn piece<'s>(
        &self,
        scene: &Scene<'_>,
        left: &LeftOver,
        Candidate { origin, shape }: Candidate<'s>,
        beside: Beside,
        on_plan: Option<bool>,
    ) -> PiecesFound<'s> {
        let circle = inscribed_circle(shape, PRECISION_M / scene.metres);
        let given = self.city.scattered.as_ref();
        let row = match origin {
            Origin::Given(at) => given.and_then(|layer| layer.rows.get(at as usize)),
            Origin::Recorded(_) | Origin::Unrecorded => None,
        };
        let id = match origin {
            Origin::Recorded(at) => self.city.parcels.rows[at as usize].id.clone(),
            Origin::Given(_) => row.map(|row| row.name().into()).unwrap_or_default(),
            Origin::Unrecorded => "".into(),
        };
        let whole = plane_area(shape) * scene.metres * scene.metres;
        let on_parcel = || {
            let mut material = beside
                .overlaps
                .iter()
                .filter(|(_, m2)| *m2 > MATERIAL * whole);
            let (parcel, _) = material.find(|(parcel, _)| !self.is_vacant(*parcel))?;
            Some(Bar::OnParcel(*parcel))
        };
        let bar = match origin {
            Origin::Unrecorded if left.is_guess => Some(Bar::Guess),
            Origin::Unrecorded => None,
            _ if row.is_some_and(|row| row.granted_to.is_some()) => Some(Bar::Granted),
            _ => on_parcel().or_else(|| scene.obstacle_under(shape).map(Bar::OnObstacle)),
        };
        let corner = shape.coords().first().copied().unwrap_or_default();
        PiecesFound {
            shape,
            place: circle.map_or(corner, |circle| circle.centre),
            piece: Piece {
                origin,
                id,
                kind: beside.sides.kind(&self.thresholds),
                sides: beside.sides,
                width_m: width(circle, scene.metres),
                compactness: compactness(shape).unwrap_or(0.0),
                links: beside.links,
                neighbours: beside.neighbours,
                conforms: row.map_or(on_plan, |row| row.conforms_or(on_plan)),
                bar,
            },
        }
    }
}

/// The width of a piece in m, where the search for its largest circle came to an end.
fn width(circle: Option<InscribedCircle>, metres: f64) -> Option<f64> {
    let Some(circle) = circle else {
        return Some(0.0);
    };
    let open = circle.at_most - circle.radius;
    (open <= PRECISION_M / metres || open < 1e-6 * circle.radius)
        .then_some(2.0 * circle.radius * metres)
}

/// What a reader must know of the search.
fn notes(search: &Search<'_>, left: &LeftOver, one_boundary: (usize, f64)) -> Vec<String> {
    let mut notes = Vec::new();
    if left.is_guess && !left.land.is_empty() {
        notes.push("scattered: no survey boundary is given (`--boundary`); the hull of each cluster of parcels is taken for it, so unrecorded pieces are a guess and proposed to nobody".to_owned());
    }
    notes.extend(notes_of_left_out(search.city, left.on_left_out));
    notes.extend(stray_blocks(search));
    if !search.is_site.contains(&true) && !search.is_site.is_empty() {
        notes.push("scattered: no parcel is industrial and in use, so that no land lies beside one; `--map parcels.land_use=COLUMN` says which column holds the land use".to_owned());
    }
    let (count, m2) = left.too_large;
    if count > 0 {
        let limit = search.thresholds.largest_unrecorded_m2;
        notes.push(format!("scattered: {count} unrecorded areas of more than {limit:.2} m² (`largest_unrecorded_m2` of the policy), together {m2:.2} m², are streets or fields, not scattered land; give roads and water with `--obstacles`"));
    }
    let (count, m2) = one_boundary;
    if count > 0 {
        let tolerance = search.tolerance_m;
        notes.push(format!("scattered: {count} gaps no wider than the tolerance of {tolerance} m, together {m2:.2} m², are taken for one boundary"));
    }
    notes
}

/// Says so where survey blocks meet no parcel, as with a wrong CRS.
fn stray_blocks(search: &Search<'_>) -> Option<String> {
    let blocks = &search.city.boundary.as_ref()?.shapes;
    let meets = |block: &ShapeRef<'_>| {
        search
            .parcels
            .boxes
            .meeting(block.bounds())
            .next()
            .is_some()
    };
    let stray = blocks.iter().filter(|block| !meets(block)).count();
    (stray > 0 || blocks.is_empty()).then(|| {
        format!(
            "boundary: {stray} of {} blocks meet no parcel; check its CRS (`--layer-crs boundary=EPSG:n`) and `--where`",
            blocks.len()
        )
    })
}
