//! A survey → how many parcels each condition removed, so that a reader sees how all became the few that are listed.

use super::parcel::Surveyed;
use super::state::{Reason, State};
use super::{OnGround, Survey};
use crate::features::Known;
use crate::law::judge::Verdict;
use crate::model::GrantContract;
use crate::quantity::{Area, Figure};

use super::inefficient::LOW_TAX;

/// One condition of a ladder, and what it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The list that the ladder leads to.
    pub ladder: &'static str,
    /// The condition, in English.
    pub condition: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// Parcels that do not meet it.
    pub removed: u64,
    /// Parcels of which it is not known; they are not on the list either.
    pub unknown: u64,
    /// Parcels that are left.
    pub left: u64,
    /// Their land, each parcel rounded to 0.01 m².
    pub left_area: Area,
}

/// What a condition asks of a parcel; `None` where it is not known.
type Test = fn(&Parcel<'_>) -> Option<bool>;

/// A parcel as conditions see it.
struct Parcel<'a> {
    of: &'a Surveyed,
    contract: Option<&'a GrantContract>,
    survey: &'a Survey,
    as_of: jiff::civil::Date,
}

/// The ladders of a survey, each from all parcels down to its list.
pub fn ladders(known: Known<'_>, survey: &Survey) -> Vec<Step> {
    LADDERS
        .iter()
        .flat_map(|(name, steps)| ladder(known, survey, name, steps))
        .collect()
}

/// A condition in both languages, and its test.
type Condition = (&'static str, &'static str, Test);

const LADDERS: [(&str, &[Condition]); 5] = [
    (
        "idle",
        &[
            ("a contract names it", "有出让合同", has_contract),
            ("not complete", "未竣工", not_complete),
            ("building has not begun", "未动工", not_begun),
            (
                "the day agreed is a year past",
                "超过动工开发日期满一年",
                |parcel| {
                    let grant = &parcel.of.grant.as_ref()?.1;
                    grant.idle_from.map(|day| day <= parcel.as_of)
                },
            ),
            (
                "no buildings contradict it",
                "地上无建筑相矛盾",
                |parcel| Some(parcel.of.stage.state == State::Idle),
            ),
            (
                "the enterprise is the cause: the fee is due",
                "企业原因：征缴闲置费",
                |parcel| {
                    let cause = parcel.contract?.facts.figure("grant.cause")?;
                    Some(*cause == Figure::Word("enterprise".into()))
                },
            ),
        ],
    ),
    (
        "suspected_idle_by_contract",
        &[
            ("a contract names it", "有出让合同", has_contract),
            ("not complete", "未竣工", not_complete),
            ("building has begun", "已动工", |parcel| {
                not_begun(parcel).map(|not| !not)
            }),
            (
                "under a third of the land or 25 % of the money and stopped for a year",
                "面积不足三分之一或投资不足百分之二十五，中止满一年",
                |parcel| {
                    let finding = parcel.of.grant.as_ref()?.1.finding.as_ref()?;
                    match finding.verdict {
                        Verdict::Unknown => None,
                        verdict => Some(verdict == Verdict::Discretionary),
                    }
                },
            ),
        ],
    ),
    (
        "suspected_idle_by_ground",
        &[
            ("no contract names it", "无出让合同", |parcel| {
                has_contract(parcel).map(|has| !has)
            }),
            (
                "not recorded as granted to nobody",
                "非登记未供应",
                |parcel| Some(parcel.of.stage.state != State::ApprovedNotSupplied),
            ),
            (
                "buildings cover less of it than the share set",
                "建筑基底占比低于设定值",
                |parcel| {
                    let is_empty = |ground: OnGround| ground.is_empty(&parcel.survey.options);
                    parcel.of.ground.map(is_empty)
                },
            ),
        ],
    ),
    (
        "inefficient",
        &[
            ("complete or built on", "已建成", is_built),
            (
                "below one of the limits set",
                "低于政策、行业或合同标准",
                |parcel| match parcel.of.stage.state {
                    State::Inefficient => Some(true),
                    _ if parcel.of.shortfalls.missing.is_empty() => Some(false),
                    _ => None,
                },
            ),
        ],
    ),
    (
        "low_tax",
        &[
            ("complete or built on", "已建成", is_built),
            ("an enterprise is on it", "有企业", |parcel| {
                Some(!parcel.of.tenants.is_empty())
            }),
            (
                "every enterprise on it pays little tax in two years running",
                "企业均连续两年低税收",
                |parcel| {
                    let found = &parcel.of.shortfalls.found;
                    if found.iter().any(|found| found.reason == Reason::LowTax) {
                        return Some(true);
                    }
                    let all = &parcel.survey.tenants.all;
                    let mut verdicts = parcel
                        .of
                        .tenants
                        .iter()
                        .map(|at| all[*at as usize].verdict(LOW_TAX));
                    verdicts
                        .any(|verdict| verdict == Some(Verdict::Pass))
                        .then_some(false)
                },
            ),
        ],
    ),
];

#[expect(
    clippy::unnecessary_wraps,
    reason = "a condition among those that can be unknown"
)]
fn has_contract(parcel: &Parcel<'_>) -> Option<bool> {
    Some(!parcel.of.contracts.is_empty())
}

fn not_complete(parcel: &Parcel<'_>) -> Option<bool> {
    let completed = parcel.contract?.facts.figure("grant.completed");
    match completed {
        Some(Figure::Day(day)) => Some(*day > parcel.as_of),
        Some(figure) => Some(*figure == Figure::Truth(false)),
        // what has not begun is not complete
        None => not_begun(parcel).filter(|not| *not),
    }
}

fn not_begun(parcel: &Parcel<'_>) -> Option<bool> {
    let finding = parcel.of.grant.as_ref()?.1.finding.as_ref()?;
    let begun = finding
        .conditions
        .iter()
        .find(|condition| condition.measure == "construction_started")?;
    Some(*begun.value.as_ref()? == Figure::Truth(false))
}

fn is_built(parcel: &Parcel<'_>) -> Option<bool> {
    match parcel.of.stage.state {
        State::Unknown => None,
        state => Some(matches!(state, State::Built | State::Inefficient)),
    }
}

fn ladder(known: Known<'_>, survey: &Survey, name: &'static str, steps: &[Condition]) -> Vec<Step> {
    let contracts = known.measured.city.contracts.as_ref();
    let all = known.measured.order.parcels.len() as u64;
    let mut left: Vec<Parcel<'_>> = survey
        .parcels
        .iter()
        .map(|of| Parcel {
            of,
            contract: of
                .grant
                .as_ref()
                .and_then(|(row, _)| contracts?.rows.get(*row as usize)),
            survey,
            as_of: known.measured.options.as_of,
        })
        .collect();
    let area = |left: &[Parcel<'_>]| {
        let cents = left
            .iter()
            .filter_map(|parcel| parcel.of.area)
            .map(Area::cents);
        Area::from_cents(cents.sum())
    };
    let count = |left: &[Parcel<'_>]| left.len() as u64;
    let mut rows = vec![Step {
        ladder: name,
        condition: "surveyed: named by a contract or industrial or recorded as empty",
        zh: "纳入调查：有出让合同，或工业、仓储用地，或登记为空闲、未供应",
        removed: all - count(&left),
        unknown: 0,
        left: count(&left),
        left_area: area(&left),
    }];
    for (condition, zh, test) in steps {
        let before = count(&left);
        let mut unknown = 0;
        left.retain(|parcel| {
            let met = test(parcel);
            unknown += u64::from(met.is_none());
            met == Some(true)
        });
        rows.push(Step {
            ladder: name,
            condition,
            zh,
            removed: before - count(&left) - unknown,
            unknown,
            left: count(&left),
            left_area: area(&left),
        });
    }
    rows
}
