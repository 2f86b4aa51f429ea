//! What stands on a parcel → what that says of its state: clues that yield suspicion, never a finding of idleness.

use super::state::{Reason, Stage, State};
use super::{SurveyOptions, Surveyed};
use crate::features::Known;
use crate::law::LandUse;
use crate::model::{Completion, LandStatus};
use crate::quantity::{Area, Exact, Missing};

/// What is known of the ground of a parcel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnGround {
    /// Buildings that stand on it, with more than a strip along a wall.
    pub buildings: u32,
    /// 建筑密度: the share of it that they cover.
    pub share: Exact,
    /// Whether all of them are said to be unfinished.
    pub unfinished: bool,
}

impl OnGround {
    /// Whether nothing, or next to nothing, stands on it.
    pub fn is_empty(&self, options: &SurveyOptions) -> bool {
        self.share < options.vacant_share
    }
}

/// Looks at the ground of a parcel.
///
/// # Errors
/// What is missing for it.
pub(super) fn on_ground(
    known: Known<'_>,
    options: &SurveyOptions,
    at: u32,
) -> Result<OnGround, Missing> {
    let measures = &known.measured.measures[at as usize];
    let on_site = measures.on_site.as_ref().map_err(|missing| *missing)?;
    let exact = |m2: f64| {
        Area::from_m2(m2)
            .map(Exact::from)
            .ok_or(Missing::Measurement)
    };
    let area = exact(measures.area?)?;
    let share = |footprint: f64| exact(footprint)?.over(area).ok_or(Missing::Measurement);
    let unfinished = on_site.left_out == 0 && all_unfinished(known, at);
    let share = match on_site.footprint {
        Ok(footprint) => {
            let share = share(footprint)?;
            let ceded = known.measured.ground.as_ref().map(|ground| &ground.ceded);
            if share < options.vacant_share && ceded.is_some_and(|ceded| ceded.contains(&at)) {
                return Err(Missing::ParcelsOver);
            }
            share
        }
        // what stands there for certain may be enough to tell that it is built
        Err(missing) => {
            let least = share(on_site.footprint_at_least)?;
            if on_site.standing == 0 || least < options.vacant_share {
                return Err(missing);
            }
            least
        }
    };
    Ok(OnGround {
        buildings: on_site.standing,
        share,
        unfinished,
    })
}

fn all_unfinished(known: Known<'_>, at: u32) -> bool {
    let (Some(ground), Some(buildings)) = (&known.measured.ground, &known.measured.city.buildings)
    else {
        return false;
    };
    let (first, count) = ground.on_parcel[at as usize];
    let parts = &ground.shares[first as usize..][..count as usize];
    let state = |share: &crate::parcels::Share| buildings.rows[share.building as usize].completion;
    let as_of = known.measured.options.as_of;
    let unfinished = |completion| match completion {
        Completion::NotYet => true,
        Completion::On(day) => day > as_of,
        Completion::Done | Completion::Unknown => false,
    };
    let walls = known.measured.walls();
    let mut standing = (parts.iter())
        .filter(|share| ground.stands(share, &buildings.shapes, walls))
        .peekable();
    standing.peek().is_some() && standing.all(|share| unfinished(state(share)))
}

/// Whether the survey looks at a parcel: industrial and warehouse land, other land for building that is recorded as empty, and
/// any land that is recorded as granted to nobody but for roads, water, green and farmland. It looks at every parcel that a
/// contract names, besides.
pub const fn looks_at(land_use: Option<LandUse>, status: Option<LandStatus>) -> bool {
    match land_use {
        Some(LandUse::Industrial | LandUse::Warehouse | LandUse::Mining) => true,
        Some(LandUse::Transport | LandUse::Green | LandUse::Water | LandUse::Agricultural) => false,
        Some(LandUse::Other) | None => matches!(status, Some(LandStatus::Unallotted)),
        Some(_) => matches!(status, Some(LandStatus::Vacant | LandStatus::Unallotted)),
    }
}

/// Whether the survey looks at a parcel without a contract.
pub(super) fn is_surveyed(known: Known<'_>, at: u32) -> bool {
    let parcel = &known.measured.city.parcels.rows[at as usize];
    looks_at(parcel.land_use, parcel.status)
}

/// The state of a parcel without a contract, by its record and its ground.
pub(super) fn stage_without_contract(
    known: Known<'_>,
    options: &SurveyOptions,
    of: &mut Surveyed,
    ground: Result<OnGround, Missing>,
) -> Stage {
    let status = known.measured.city.parcels.rows[of.parcel as usize].status;
    if status == Some(LandStatus::Unallotted) {
        return Stage::new(State::ApprovedNotSupplied, Reason::RecordedUnallotted, None);
    }
    let suspected = |reason| Stage::new(State::SuspectedIdle, reason, None);
    match ground {
        Ok(ground) if ground.buildings == 0 => suspected(Reason::NoBuilding),
        Ok(ground) if ground.is_empty(options) => suspected(Reason::NearlyNoBuilding),
        Ok(ground) => {
            if status == Some(LandStatus::Vacant) {
                of.flags.push("recorded_vacant_but_built");
            }
            if ground.unfinished {
                Stage::new(State::UnderConstruction, Reason::BuildingsUnfinished, None)
            } else {
                Stage::new(State::Built, Reason::BuildingsStand, None)
            }
        }
        Err(missing) if status == Some(LandStatus::Vacant) && missing != Missing::LeftOut => {
            suspected(Reason::RecordedVacant)
        }
        Err(missing) => {
            of.missing
                .extend(["contracts".to_owned(), missing_name(missing).to_owned()]);
            Stage::new(State::Unknown, Reason::Missing, None)
        }
    }
}

fn missing_name(missing: Missing) -> &'static str {
    match missing {
        Missing::Buildings => "buildings",
        Missing::LeftOut => "buildings_left_out",
        Missing::ParcelsOver => "parcels_over_each_other",
        _ => "site.footprint_m2",
    }
}

/// Weighs what a contract says against the ground.
pub(super) fn weigh(
    stage: Stage,
    options: &SurveyOptions,
    ground: Result<OnGround, Missing>,
    of: &mut Surveyed,
) -> Stage {
    let said = match ground {
        Err(Missing::LeftOut) => Some("building_left_out"),
        Err(Missing::ParcelsOver) => Some("parcels_over_each_other"),
        _ => None,
    };
    if let Some(flag) = said {
        of.flags.push(flag);
        if stage.state == State::Idle {
            // a building is recorded there, though not where it stands, or not of which parcel
            return Stage::new(
                State::SuspectedIdle,
                Reason::ContradictedByBuildings,
                stage.since,
            );
        }
    }
    let Ok(ground) = ground else { return stage };
    match stage.state {
        State::Idle if !ground.is_empty(options) => {
            of.flags.push("buildings_on_ground");
            Stage::new(
                State::SuspectedIdle,
                Reason::ContradictedByBuildings,
                stage.since,
            )
        }
        State::Idle | State::SuppliedNotStarted if ground.buildings > 0 => {
            of.flags.push("buildings_on_ground");
            stage
        }
        State::Built if ground.buildings == 0 => {
            of.flags.push("no_building_on_ground");
            stage
        }
        _ => stage,
    }
}
