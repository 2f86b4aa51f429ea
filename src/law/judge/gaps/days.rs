//! The versions of a rule → the days on which there is none, or more than one.

use jiff::civil::Date;

use super::Gap;
use crate::law::pack::{Pack, Period};

/// Days within the pack's own on which a rule has no version, or two.
pub(super) fn of_rule(id: &str, pack: &Pack) -> Vec<Gap> {
    let mut periods: Vec<Period> = pack
        .rules
        .iter()
        .filter(|rule| rule.id == id)
        .map(|rule| pack.period(rule))
        .collect();
    periods.sort_by_key(|period| period.from);
    let Some((first, rest)) = periods.split_first() else {
        return Vec::new();
    };
    let rule = || id.to_owned();
    let mut gaps = Vec::new();
    let mut outside = |from: Option<Date>, to: Option<Date>| {
        gaps.extend(
            within(from, to, pack.in_force).map(|days| Gap::OutOfForce { rule: rule(), days }),
        );
    };
    let last = last_day(&periods);
    if let Some(begin) = first.from {
        outside(None, begin.yesterday().ok());
    }
    if let Some(end) = last {
        outside(end.tomorrow().ok(), None);
    }
    let mut end = first.to;
    for period in rest {
        // sorted by their first days: none but the first can be open before
        let after = end.and_then(|end| end.tomorrow().ok());
        let before = period.from.and_then(|begin| begin.yesterday().ok());
        if after.is_some()
            && before.is_some()
            && let Some(days) = within(after, before, pack.in_force)
        {
            gaps.push(Gap::Hole { rule: rule(), days });
        }
        let shared = Period {
            from: period.from,
            to: earlier(end, period.to),
        };
        if is_any(shared) {
            gaps.push(Gap::Overlap {
                rule: rule(),
                days: shared,
            });
        }
        end = later(end, period.to);
    }
    gaps
}

/// The days from one to another that lie in a period too; `None` when there are none.
fn within(from: Option<Date>, to: Option<Date>, period: Period) -> Option<Period> {
    let days = Period {
        from: from.max(period.from),
        to: earlier(to, period.to),
    };
    is_any(days).then_some(days)
}

fn is_any(days: Period) -> bool {
    !matches!((days.from, days.to), (Some(from), Some(to)) if to < from)
}

/// The last day of all; `None` when there is none.
fn last_day(periods: &[Period]) -> Option<Date> {
    let ends: Option<Vec<Date>> = periods.iter().map(|period| period.to).collect();
    ends.and_then(|ends| ends.into_iter().max())
}

/// The earlier of two last days, of which none is the latest.
fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.zip(b).map(|(a, b)| a.max(b))
}
