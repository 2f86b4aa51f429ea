//! A piece and the plan blocks → whether the plan wants its land industrial (符合相关规划).

use crate::geometry::{Side, plane_area};
use crate::law::LandUse;
use crate::model::{Layer, PlanBlock};
use crate::parcels::Indexed;
use crate::parcels::part_on;

/// What is less than this share of a piece is no difference between two drawings of one line.
const MATERIAL: f64 = 0.01;

/// Whether the plan wants the land industrial: yes where industrial blocks hold all of it and no other block any, no
/// where other blocks hold most of it; `None` in between, outside the plan, or where the plan does not say or mixes uses.
pub(super) fn conforms(
    piece: Side<'_>,
    plan: &Layer<PlanBlock>,
    blocks: &Indexed<'_>,
) -> Option<bool> {
    let whole = plane_area(piece.0);
    let (mut industrial, mut other) = (Vec::new(), Vec::new());
    let mut unsaid = Vec::new();
    for block in blocks.boxes.meeting(piece.1.bounds()) {
        let side = blocks.side(block as usize);
        let Some(part) = part_on((piece.0, piece.1.bounds(), whole), side) else {
            continue;
        };
        match plan.rows[block as usize].land_use {
            Some(LandUse::Industrial) => &mut industrial,
            Some(LandUse::Mixed) | None => &mut unsaid,
            Some(_) => &mut other,
        }
        .push(part.ok()? / whole);
    }
    let [industrial, other, unsaid] = [industrial, other, unsaid].map(sum);
    if industrial >= 1.0 - MATERIAL && other + unsaid < MATERIAL {
        Some(true)
    } else if other > 0.5 && industrial < 0.5 {
        Some(false)
    } else {
        None
    }
}

/// The sum, whatever the order of an index.
fn sum(mut shares: Vec<f64>) -> f64 {
    shares.sort_unstable_by(f64::total_cmp);
    shares.iter().sum()
}
