//! A survey → its part of `summary.json` and of what is printed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::printed::Lines;
use crate::features::idle::{Reason, State, Survey};
use crate::parcels::JoinedBy;
use crate::quantity::{Area, Exact};

/// What the survey found, and what it was told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveySummary {
    /// Parcels that were looked at.
    pub parcels: u64,
    /// Parcels and land by state, as in `survey_totals.csv`.
    pub states: BTreeMap<&'static str, OfState>,
    /// Parcels that a contract names.
    pub parcels_with_contract: u64,
    /// Enterprises by how they came to their parcels: by `parcel_id`, by `holder`, or not at all.
    pub enterprises: BTreeMap<&'static str, u64>,
    /// A parcel of which buildings cover less than this share is nearly empty.
    pub vacant_share: f64,
    /// Land nearer to a building than this belongs to it.
    pub setback_m: f64,
    /// Open land beyond that is listed from this area on.
    pub open_m2: f64,
    /// The limits below which a built parcel is inefficient.
    pub inefficient: Vec<&'static str>,
}

/// The parcels of a state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct OfState {
    parcels: u64,
    area_m2: f64,
}

impl SurveySummary {
    /// Sums up a survey.
    pub fn of(survey: &Survey) -> Self {
        let mut sums: BTreeMap<State, (u64, i64)> = BTreeMap::new();
        for of in &survey.parcels {
            let sum = sums.entry(of.stage.state).or_default();
            sum.0 += 1;
            sum.1 += of.area.map_or(0, Area::cents);
        }
        let state = |(state, (parcels, cents)): (State, (u64, i64))| {
            let area_m2 = Area::from_cents(cents).decimal().to_f64();
            (state.name(), OfState { parcels, area_m2 })
        };
        let mut enterprises: BTreeMap<&'static str, u64> = BTreeMap::new();
        for tenant in &survey.tenants.all {
            *enterprises
                .entry(tenant.joined.name().unwrap_or("not_joined"))
                .or_default() += 1;
        }
        let options = &survey.options;
        Self {
            parcels: survey.parcels.len() as u64,
            states: sums.into_iter().map(state).collect(),
            parcels_with_contract: survey
                .parcels
                .iter()
                .filter(|of| !of.contracts.is_empty())
                .count() as u64,
            enterprises,
            vacant_share: options.vacant_share.to_f64(),
            setback_m: options.setback_m,
            open_m2: options.open_m2.round_to(2).unwrap_or(Exact::ZERO).to_f64(),
            inefficient: options.criteria.iter().copied().map(Reason::name).collect(),
        }
    }

    /// What a person wants to see of it.
    pub(in crate::write::results) fn say(&self, lines: &mut Lines) {
        let count = |states: &[State]| {
            let of = |state: &State| {
                self.states
                    .get(state.name())
                    .map_or(0, |of| of.parcels)
                    .to_string()
            };
            states.iter().map(of).collect::<Vec<_>>().join(" / ")
        };
        lines.say(
            "排查闲置低效用地的宗地",
            "surveyed for idle and inefficient land",
            self.parcels.to_string(),
        );
        lines.say(
            "  闲置 / 疑似闲置 / 低效",
            "  idle / suspected / inefficient",
            count(&[State::Idle, State::SuspectedIdle, State::Inefficient]),
        );
        lines.say(
            "  批而未供 / 供而未用 / 在建 / 不明",
            "  not supplied / not started / building / unknown",
            count(&[
                State::ApprovedNotSupplied,
                State::SuppliedNotStarted,
                State::UnderConstruction,
                State::Unknown,
            ]),
        );
        if !self.enterprises.is_empty() {
            let [by_id, by_holder, not] =
                [JoinedBy::Id, JoinedBy::Holder, JoinedBy::Nothing].map(|by| {
                    self.enterprises
                        .get(by.name().unwrap_or("not_joined"))
                        .copied()
                        .unwrap_or(0)
                        .to_string()
                });
            lines.say(
                "企业关联：按宗地 / 按权利人 / 未关联",
                "enterprises joined by parcel / holder / not",
                format!("{by_id} / {by_holder} / {not}"),
            );
        }
    }
}
