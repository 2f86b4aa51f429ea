//! Pieces that lie on other ground → why they are proposed to nobody, and the defects that say so.

use rayon::prelude::*;

use super::beside::Scene;
use super::{Bar, Origin, Piece, Scattered, Search};
use crate::geometry::{
    BoxIndex, ContactKind, Reach, Scratch, ShapeRef, Shapes, common_area, contact, plane_area,
};
use crate::model::{Action, Defect, DefectKind, LayerKind};
use crate::parcels::Indexed;

/// Ground in common that is more than this share of a piece is no difference between two drawings of one line.
pub(super) const MATERIAL: f64 = 0.01;

/// Bars every piece that has ground in common with one that has been granted, or else with one that may be proposed and
/// comes before it: a parcel before a candidate, and then the larger. What a known
/// candidate says of the plan holds for a piece before it that it covers.
pub(super) fn bar_same_land(search: &Search<'_>, scattered: &mut Scattered, scene: &Scene<'_>) {
    let shapes = &scattered.shapes;
    let indexed = Indexed::of(shapes);
    let reach = Reach {
        tolerance: scene.tolerance_m / scene.metres,
        gap: 0.0,
    };
    let pieces = &scattered.pieces;
    let same_land = |at: usize| {
        let here = indexed.side(at);
        let mut scratch = Scratch::default();
        let mut common = |other: &usize| {
            let other = indexed.side(*other);
            let found = contact(here, other, reach, &mut scratch)?;
            (found.kind == ContactKind::Overlap).then_some(found.overlap)
        };
        let area = |at: usize| plane_area(shapes.get(at));
        let mut overlaps = |other: &usize| {
            let least = area(at).min(area(*other));
            common(other).filter(|common| *common > MATERIAL * least)
        };
        let near = indexed.boxes.meeting(here.1.bounds());
        let mut near: Vec<usize> = near.map(|other| other as usize).collect();
        near.retain(|other| *other != at);
        near.sort_unstable();
        let mut granted = near
            .iter()
            .filter(|at| pieces[**at].bar == Some(Bar::Granted));
        if granted.any(|other| overlaps(other).is_some()) {
            return (Some(Bar::Granted), None);
        }
        let rank = |at: usize| {
            let is_parcel = matches!(pieces[at].origin, Origin::Recorded(_));
            (!is_parcel, -area(at), at)
        };
        let may_be = |other: usize| pieces[other].is_free() && !pieces[other].links.is_empty();
        let mut before = near
            .iter()
            .filter(|other| may_be(**other) && rank(**other) < rank(at));
        let first = before.find_map(|other| Some((*other, overlaps(other)?)));
        let covered = first.filter(|(other, common)| *common > (1.0 - MATERIAL) * area(*other));
        (
            first.map(|_| Bar::SameLand),
            covered.map(|(other, _)| other),
        )
    };
    let found: Vec<(Option<Bar>, Option<usize>)> =
        (0..shapes.len()).into_par_iter().map(same_land).collect();
    for (at, (bar, covered)) in found.into_iter().enumerate() {
        let said = match (covered, scattered.pieces[at].origin) {
            (Some(covered), Origin::Given(row)) => {
                search.city.scattered.as_ref().and_then(|layer| {
                    let given = &layer.rows[row as usize];
                    let is_said = given.conforms_unread || given.conforms_to_plan.is_some();
                    is_said.then_some((covered, given.conforms_to_plan))
                })
            }
            _ => None,
        };
        if let Some((covered, conforms)) = said {
            scattered.pieces[covered].conforms = conforms;
        }
        let piece = &mut scattered.pieces[at];
        piece.bar = piece.bar.or(bar);
    }
}

/// Bars every piece that a building stands on.
pub(super) fn bar_built_on(scattered: &mut Scattered, buildings: &Shapes) {
    let shapes = &scattered.shapes;
    let pieces = BoxIndex::new(shapes.iter().map(|shape| shape.bounds()));
    let standing = |at: usize| {
        let building = buildings.get(at);
        let near = pieces.meeting(building.bounds());
        let on: Vec<u32> = near
            .filter(|piece| {
                let piece = shapes.get(*piece as usize);
                common_area(building, piece) > MATERIAL * plane_area(piece)
            })
            .collect();
        on
    };
    let built_on: Vec<u32> = (0..buildings.len())
        .into_par_iter()
        .flat_map_iter(standing)
        .collect();
    for piece in built_on {
        let piece = &mut scattered.pieces[piece as usize];
        piece.bar = piece.bar.or(Some(Bar::BuiltOn));
    }
}

/// What is wrong with pieces that are barred for their ground.
pub(super) fn piece_defects(search: &Search<'_>, scattered: &Scattered) -> Vec<Defect> {
    let all = scattered.pieces.iter().zip(scattered.shapes.iter());
    let defect = |(piece, shape): (&Piece, ShapeRef<'_>)| {
        let (kind, detail) = match piece.bar? {
            Bar::OnParcel(parcel) => {
                let name = search.city.parcels.rows[parcel as usize].name();
                (
                    DefectKind::PieceOnParcel,
                    format!(
                        "more than 1 % of it lies on parcel `{name}`, which is not vacant; it is proposed to nobody"
                    ),
                )
            }
            Bar::SameLand => (
                DefectKind::SameLand,
                "more than 1 % of it is land of a piece before it; only that one is proposed"
                    .into(),
            ),
            Bar::OnObstacle(_) => (
                DefectKind::PieceOnObstacle,
                "most of it is road, water or green; it is proposed to nobody".into(),
            ),
            Bar::BuiltOn => (
                DefectKind::PieceBuiltOn,
                "a building stands on more than 1 % of it; it is proposed to nobody".into(),
            ),
            Bar::LeftOut => (
                DefectKind::PieceOnLeftOut,
                "a feature that was left out for its shape may lie on it; it is proposed to nobody"
                    .into(),
            ),
            Bar::Guess | Bar::Granted => return None,
        };
        let layer = match piece.origin {
            Origin::Recorded(_) => LayerKind::Parcels,
            Origin::Given(_) | Origin::Unrecorded => LayerKind::Scattered,
        };
        Some(Defect {
            layer,
            feature: piece.id.to_string(),
            kind,
            action: Action::Noted,
            detail,
            at: shape.coords().first().copied(),
        })
    };
    all.filter_map(defect).collect()
}
