//! The enterprises of a survey → how far the city has come towards the targets of its policy (附件二).

use super::Survey;
use super::state::State;
use crate::features::Known;
use crate::features::idle::Tenant;
use crate::law::facts::Facts;
use crate::law::judge::{Condition, judge_rule};
use crate::law::measures::last_full_year;
use crate::model::Yearly;
use crate::quantity::{Area, Exact, Figure, Unit};

/// The rule of the targets.
const TARGETS: &str = "city-targets";

/// A target, and how far it is reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The condition of the rule, with its value, bound and verdict.
    pub condition: Condition,
    /// The value over the bound.
    pub progress: Option<Exact>,
    /// What the value was made of.
    pub basis: Option<String>,
}

/// The targets of the policy with what the survey knows of them; none where the policy sets none. Land that is found idle or
/// inefficient is not land that was freed: that stays unknown.
pub fn targets(known: Known<'_>, survey: &Survey) -> Vec<Target> {
    let options = &known.measured.options;
    let Some(rule) = options.policy.rule(TARGETS, options.as_of) else {
        return Vec::new();
    };
    let mut facts = Facts::default();
    let mut bases: Vec<(&str, String)> = Vec::new();
    let year = last_full_year(options.as_of);
    for (fact, of) in [
        (
            "county.tax_per_mu_wan",
            (|tenant| &tenant.tax) as fn(&Tenant) -> &Yearly,
        ),
        ("county.value_added_per_mu_wan", |tenant| {
            &tenant.value_added
        }),
    ] {
        if let Some((value, used, all)) = over_land(survey, year, of) {
            facts.one.set(fact, Figure::Number(value, Unit::WanPerMu));
            bases.push((
                fact,
                format!("{used} of {all} enterprises above the threshold, {year}"),
            ));
        }
    }
    let case = options.case(&facts);
    let found = found_land(survey);
    let target = |condition: Condition| Target {
        progress: progress(&condition),
        basis: match condition.measure.as_str() {
            "county.freed_land_mu" => Some(found.clone()),
            measure => bases
                .iter()
                .find(|(fact, _)| *fact == measure)
                .map(|(_, basis)| basis.clone()),
        },
        condition,
    };
    judge_rule(rule, &case)
        .conditions
        .into_iter()
        .map(target)
        .collect()
}

fn progress(condition: &Condition) -> Option<Exact> {
    let (value, bound) = (
        condition.value.as_ref()?.number()?,
        condition.bound.as_ref()?.number()?,
    );
    value.over(bound)
}

/// What enterprises above the statistical threshold (规上) earn or pay in a year over the land of those of them; how many
/// are known, and how many there are.
fn over_land(
    survey: &Survey,
    year: i64,
    of: fn(&Tenant) -> &Yearly,
) -> Option<(Exact, usize, usize)> {
    let is_above = |tenant: &&Tenant| {
        tenant.facts.one.figure("enterprise.above_scale") == Some(&Figure::Truth(true))
    };
    let above: Vec<&Tenant> = survey.tenants.all.iter().filter(is_above).collect();
    let known = above.iter().filter_map(|tenant| {
        let (_, wan) = of(tenant).iter().find(|(at, _)| *at == year)?;
        Some((*wan, tenant.land?.0))
    });
    let (mut wan, mut land, mut used) = (Exact::ZERO, Exact::ZERO, 0);
    for (more, m2) in known {
        (wan, land, used) = (wan.plus(more)?, land.plus(m2)?, used + 1);
    }
    let mu = land.over(Exact::MU_M2).filter(|mu| *mu > Exact::ZERO)?;
    Some((wan.over(mu)?, used, above.len()))
}

/// Says how much land the survey found that could be freed.
fn found_land(survey: &Survey) -> String {
    let states = [State::Idle, State::Inefficient];
    let found = survey
        .parcels
        .iter()
        .filter(|of| states.contains(&of.stage.state));
    let cents = found.filter_map(|of| of.area).map(Area::cents).sum();
    let mu = Area::from_cents(cents).mu();
    format!("not freed but found: {mu} 亩 idle or inefficient")
}
