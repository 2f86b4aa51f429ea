//! The dates and progress of a grant → what the rules of idle land (闲置土地处置办法) look at.

use super::measure::{DAY, Measure, SHARE, TRUTH, new};
use super::subject::{Lack, Measured, Subject, both, figure, over, truth};
use crate::quantity::{Figure, Unit};

pub(super) const MEASURES: &[Measure] = &[
    new("as_of", "判定日", "day of judging", DAY, &[], as_of),
    new(
        "construction_started",
        "已动工开发",
        "building has begun",
        TRUTH,
        &[],
        started,
    )
    .asking(&[&["grant.started"]]),
    new(
        "construction_stopped",
        "中止开发建设",
        "building has stopped",
        TRUTH,
        &[],
        stopped,
    )
    .asking(&[&["grant.stopped_since"]]),
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

/// Whether building has begun (动工开发) by the day of judging.
pub(super) fn started(s: &Subject<'_>) -> Measured {
    has_come(s, "grant.started")
}

/// Whether building has stopped (中止开发建设) by the day of judging.
pub(super) fn stopped(s: &Subject<'_>) -> Measured {
    has_come(s, "grant.stopped_since")
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
    figure(over(done, due, "grant.should_develop_m2")?, Unit::Share)
}

/// 已投资额 over 总投资额, both without land price and taxes.
pub(super) fn invested_share(s: &Subject<'_>) -> Measured {
    let (spent, total) = both(s.number("grant.invested_wan"), s.number("grant.total_wan"))?;
    figure(over(spent, total, "grant.total_wan")?, Unit::Share)
}
