//! A parcel of a folder of results → its state there, and what the later run knows of it.

use super::change::{Now, Past};
use crate::features::idle::{LOW_TAX, State, looks_at};
use crate::law::LandUse;
use crate::model::{LandStatus, Run, RunParcel, feature_name};
use crate::quantity::Exact;

/// The states of the parcels of a run, by their positions; `None` where its survey did not look at one.
pub(super) fn states(run: &Run) -> Result<Vec<Option<State>>, String> {
    let state = |parcel: &RunParcel| {
        match &parcel.listed {
        None => {
            let land_use = parcel.land_use.as_deref().and_then(LandUse::of_word);
            let status = parcel.status.as_deref().and_then(LandStatus::parse);
            // what the survey looked at and did not list is built
            Ok(looks_at(land_use, status).then_some(State::Built))
        }
        Some(listed) => State::named(&listed.state).map(Some).ok_or_else(|| {
            format!(
                "`{}`: `idle.*` says that the parcel `{}` is `{}`, which is no state; it was changed, or a newer program wrote it",
                run.facts.folder,
                feature_name(&parcel.id, parcel.row.unwrap_or(0)),
                listed.state
            )
        }),
    }
    };
    run.parcels.iter().map(state).collect()
}

/// A parcel of the earlier run.
pub(super) fn past(parcel: &RunParcel, state: Option<State>) -> Past<'_> {
    let listed = parcel.listed.as_ref();
    Past {
        state,
        rule: listed
            .and_then(|listed| listed.rule.as_deref())
            .unwrap_or_default(),
    }
}

/// What the later run knows of a parcel that was `before`.
pub(super) fn now(
    later: &Run,
    parcel: &RunParcel,
    state: Option<State>,
    before: &RunParcel,
) -> Now {
    let contracts = parcel.listed.as_ref().map_or(0, |listed| listed.contracts);
    Now {
        state,
        contract: contracts > 0,
        record: parcel.status.is_some(),
        buildings: parcel.buildings.is_some(),
        tested: state == Some(State::Built) && keeps_limit(later, parcel, before),
    }
}

/// Whether a parcel keeps the limit that it stayed below: its plot ratio is at least that limit, or an enterprise on it pays.
fn keeps_limit(later: &Run, parcel: &RunParcel, before: &RunParcel) -> bool {
    let Some(listed) = &before.listed else {
        return false;
    };
    if listed.rule.as_deref() == Some(LOW_TAX) {
        let name = feature_name(&parcel.id, parcel.row.unwrap_or(0));
        return later.taxed.contains(&name);
    }
    let limit = listed
        .reason
        .as_deref()
        .zip(listed.shortfalls.as_deref())
        .and_then(|(reason, shortfalls)| limit_of(reason, shortfalls));
    let ratio = parcel.plot_ratio.map(Exact::from);
    limit
        .zip(ratio)
        .is_some_and(|(limit, ratio)| ratio >= limit)
}

/// The limit of a reason among shortfalls as they are listed: `plot_ratio_below_plan 0.500000 < 1.200000`.
fn limit_of(reason: &str, shortfalls: &str) -> Option<Exact> {
    let of_reason = |item: &&str| item.split(' ').next() == Some(reason);
    let item = shortfalls.split(';').find(of_reason)?;
    Exact::parse(item.rsplit_once(" < ")?.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::idle::Reason;

    #[test]
    fn the_limit_of_a_reason_is_read_from_the_list() {
        let list = "low_tax 3.100000;plot_ratio_below_plan 0.500000 < 1.200000";
        let limit = |reason: Reason| limit_of(reason.name(), list);
        assert_eq!(limit(Reason::BelowPlan), Exact::parse("1.2"));
        assert_eq!(limit(Reason::LowTax), None);
        assert_eq!(limit(Reason::BelowIndustry), None);
    }
}
