//! A built parcel, its enterprises and its contract → the limits that it stays below (低效).

use super::state::Reason;
use super::tenants::{Tenant, Tenants};
use crate::features::Known;
use crate::law::facts::Facts;
use crate::law::judge::{Verdict, judge_briefly};
use crate::law::measures::{Subject, last_full_year, measure_named};
use crate::quantity::{Exact, Figure, Unit};

/// The rule of enterprises that pay little tax (附件二).
pub const LOW_TAX: &str = "low-tax-enterprise";

/// The rule of the least plot ratio of an industry (工业项目建设用地控制指标).
pub const INDUSTRY: &str = "industry-plot-ratio";

/// A limit that a parcel stays below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// Which.
    pub reason: Reason,
    /// What it is on the parcel, where it is one number.
    pub value: Option<(Exact, Unit)>,
    /// The limit.
    pub bound: Option<Exact>,
}

/// What was found, and what could not be tested for want of facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shortfalls {
    /// The limits that the parcel stays below, the surest first.
    pub found: Vec<Shortfall>,
    /// The facts that are missing for others.
    pub missing: Vec<String>,
}

/// Tests a built parcel against every limit that is known for it.
pub(super) fn shortfalls(
    known: Known<'_>,
    facts: &Facts,
    tenants: &Tenants,
    on: &[u32],
) -> Shortfalls {
    let mut all = Shortfalls::default();
    let here: Vec<&Tenant> = on.iter().map(|at| &tenants.all[*at as usize]).collect();
    let options = &known.measured.options;
    low_tax(&here, last_full_year(options.as_of), &mut all);
    let subject = Subject::new(facts, &options.policy, &options.readings, options.as_of);
    let plot_ratio = measure_named("plot_ratio")
        .and_then(|measure| (measure.of)(&subject).ok())
        .filter(|found| found.open.is_none())
        .and_then(|found| found.figure.number());
    below_industry(known, facts, plot_ratio, &mut all);
    let limits = [
        ("plan.plot_ratio_min", Reason::BelowPlan),
        ("grant.plot_ratio_min", Reason::BelowContract),
        ("site.contract_plot_ratio", Reason::BelowContract),
    ];
    for (limit, reason) in limits {
        let Some(bound) = facts.one.figure(limit).and_then(Figure::number) else {
            continue;
        };
        match plot_ratio {
            Some(ratio) if ratio < bound => {
                all.add(reason, Some((ratio, Unit::PlotRatio)), Some(bound));
            }
            Some(_) => {}
            None => all.miss("site.far_floor_area_m2"),
        }
    }
    all
}

impl Shortfalls {
    fn add(&mut self, reason: Reason, value: Option<(Exact, Unit)>, bound: Option<Exact>) {
        if self.found.iter().all(|found| found.reason != reason) {
            self.found.push(Shortfall {
                reason,
                value,
                bound,
            });
        }
    }

    fn miss(&mut self, fact: &str) {
        if !self.missing.iter().any(|name| name == fact) {
            self.missing.push(fact.to_owned());
        }
    }
}

/// A parcel pays little tax when every enterprise on it does: one that does not, or of which it is not known, leaves it open.
/// The tax shown is that of the last year that was over.
fn low_tax(here: &[&Tenant], last_year: i64, all: &mut Shortfalls) {
    let verdicts: Vec<Option<Verdict>> =
        here.iter().map(|tenant| tenant.verdict(LOW_TAX)).collect();
    if verdicts.is_empty() {
        return;
    }
    if verdicts
        .iter()
        .all(|verdict| *verdict == Some(Verdict::Fail))
    {
        let last = |tenant: &&Tenant| {
            let mut years = tenant.tax_per_mu.iter();
            let of_last = years.find(|(year, _)| *year == last_year);
            of_last.map(|(_, tax)| (*tax, Unit::WanPerMu))
        };
        let one = if here.len() == 1 {
            last(&here[0])
        } else {
            None
        };
        all.add(Reason::LowTax, one, None);
    } else if verdicts
        .iter()
        .all(|verdict| matches!(verdict, Some(Verdict::Fail | Verdict::Unknown)))
    {
        for name in here.iter().flat_map(|tenant| tenant.missing(LOW_TAX)) {
            all.miss(name);
        }
    }
}

fn below_industry(
    known: Known<'_>,
    facts: &Facts,
    plot_ratio: Option<Exact>,
    all: &mut Shortfalls,
) {
    let options = &known.measured.options;
    let Some(rule) = options.policy.rule(INDUSTRY, options.as_of) else {
        return;
    };
    let case = options.case(facts);
    let finding = judge_briefly(rule, &case);
    match finding.verdict {
        Verdict::Fail => {
            let bound = finding
                .deciding()
                .and_then(|condition| condition.bound.as_ref()?.number());
            all.add(
                Reason::BelowIndustry,
                plot_ratio.map(|ratio| (ratio, Unit::PlotRatio)),
                bound,
            );
        }
        Verdict::Unknown => finding.missing.iter().for_each(|name| all.miss(name)),
        _ => {}
    }
}
