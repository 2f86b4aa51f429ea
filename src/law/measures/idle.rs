//! The dates and progress of a grant → what the rules of idle land (闲置土地处置办法) look at.

use jiff::civil::Date;

use super::idle_due::start_due;
use super::measure::{DAY, Measure, SHARE, TRUTH, new};
use super::subject::{Lack, Measured, Subject, both, figure, over, truth};
use crate::quantity::{Figure, Unit};

pub(super) const MEASURES: &[Measure] = &[
    new("as_of", "判定日", "day of judging", DAY, &[], as_of),
    new(
        "start_due",
        "约定、规定的动工开发日期（含延期，中止计算期限的除外）",
        "day on which building is to begin, extended and put off as agreed",
        DAY,
        &["idle_suspension"],
        start_due,
    )
    .asking(&[
        &["grant.due_start"],
        &["grant.extended_to"],
        &["grant.delivered"],
        &["grant.approved"],
        &["grant.suspended_from", "grant.suspended_to"],
    ]),
    new(
        "construction_started",
        "已动工开发",
        "building has begun",
        TRUTH,
        &[],
        started,
    )
    .asking(&[
        &["grant.started"],
        &["grant.completed"],
        &["grant.stopped_since"],
    ]),
    new(
        "construction_stopped",
        "中止开发建设",
        "building has stopped",
        TRUTH,
        &[],
        stopped,
    )
    .asking(&[
        &["grant.stopped_since"],
        &["grant.resumed"],
        &["grant.completed"],
        &["grant.started"],
    ]),
    new(
        "developed_share",
        "已动工开发面积占应动工开发面积",
        "land developed over land to be developed",
        SHARE,
        &[],
        developed_share,
    )
    .asking(&[&["grant.developed_m2", "grant.should_develop_m2"]]),
    new(
        "grant_invested_share",
        "已投资额占总投资额",
        "money spent over the total",
        SHARE,
        &[],
        invested_share,
    )
    .asking(&[&["grant.invested_wan", "grant.total_wan"]]),
];

/// The day of judging.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a measure among those that can be unknown"
)]
pub(super) fn as_of(s: &Subject<'_>) -> Measured {
    Ok(Figure::Day(s.as_of).into())
}

/// That the days of a grant follow each other: what has stopped or is complete had begun, and not later.
fn in_order(s: &Subject<'_>) -> Result<(), Lack> {
    s.ask("grant.started");
    let of = |name| s.facts.one.figure(name);
    let Some(started) = of("grant.started") else {
        return Ok(());
    };
    for later in ["grant.completed", "grant.stopped_since"] {
        let is_before = match (started, of(later)) {
            (Figure::Day(start), Some(Figure::Day(day))) => day < start,
            (Figure::Truth(false), Some(Figure::Day(day))) => *day <= s.as_of,
            (Figure::Day(start), Some(Figure::Truth(true))) => *start > s.as_of,
            (Figure::Truth(false), Some(Figure::Truth(true))) => true,
            _ => false,
        };
        if is_before {
            return Err(s.contradiction("grant.started", later));
        }
    }
    Ok(())
}

/// Whether building has begun (动工开发) by the day of judging; what has stopped or is complete has begun.
pub(super) fn started(s: &Subject<'_>) -> Measured {
    in_order(s)?;
    let told = has_come(s, "grant.started");
    if told.is_err()
        && ["grant.completed", "grant.stopped_since"]
            .iter()
            .any(|later| day_of(s, later).is_some())
    {
        return truth(true);
    }
    told
}

/// Whether building has stopped (中止开发建设) by the day of judging, and has not gone on since; what is complete has not
/// stopped.
pub(super) fn stopped(s: &Subject<'_>) -> Measured {
    in_order(s)?;
    let resumed = day_of(s, "grant.resumed");
    if let Some((stop, again)) = day_of(s, "grant.stopped_since").zip(resumed)
        && stop <= again
    {
        return truth(false);
    }
    let told = has_come(s, "grant.stopped_since");
    if told.is_err()
        && has_come(s, "grant.completed").is_ok_and(|done| done.figure == Figure::Truth(true))
    {
        return truth(false);
    }
    told
}

/// The day of a fact that has come by the day of judging.
fn day_of(s: &Subject<'_>, name: &'static str) -> Option<Date> {
    match s.figure(name) {
        Ok(Figure::Day(day)) => Some(*day).filter(|day| *day <= s.as_of),
        _ => None,
    }
}

fn has_come(s: &Subject<'_>, name: &'static str) -> Measured {
    match s.figure(name)? {
        Figure::Day(day) => truth(*day <= s.as_of),
        // that it has come without a day is known for the start; a stop needs its day in the next condition
        Figure::Truth(has) => truth(*has),
        _ => Err(Lack::of(name)),
    }
}

/// 开发建设用地面积 over 应动工开发建设用地总面积.
pub(super) fn developed_share(s: &Subject<'_>) -> Measured {
    let (done, due) = both(
        s.number("grant.developed_m2"),
        s.number("grant.should_develop_m2"),
    )?;
    figure(over(done, due)?, Unit::Share)
}

/// 已投资额 over 总投资额, both without land price and taxes.
pub(super) fn invested_share(s: &Subject<'_>) -> Measured {
    let (spent, total) = both(s.number("grant.invested_wan"), s.number("grant.total_wan"))?;
    figure(over(spent, total)?, Unit::Share)
}
