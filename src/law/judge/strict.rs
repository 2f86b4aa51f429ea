//! A limit that its number does not meet (`＜0.24`) ↔ the number just beside it that a fact holds in its place.

use crate::law::pack::Relation;
use crate::quantity::{Exact, Figure};

/// How far a limit that is not to be reached (`＜`, `＞`) lies beside the number that the plan writes: below the last digit
/// that a ratio of areas can differ by.
pub fn beside_a_limit() -> Option<Exact> {
    Exact::fraction(1, 1_000_000_000_000)
}

/// The decimals that a plan may write its limits with.
const WRITTEN: u8 = 9;

/// The relation to the number as the plan writes it, where a bound is one that lies beside it.
pub(super) fn as_written(relation: Relation, bound: &Figure) -> Option<(Relation, Figure)> {
    let Figure::Number(beside, unit) = bound else {
        return None;
    };
    let written = beside.round_to(WRITTEN)?;
    if written == *beside {
        return None;
    }
    let (strict, limit) = match relation {
        Relation::AtMost => (Relation::LessThan, written.minus(beside_a_limit()?)?),
        Relation::AtLeast => (Relation::MoreThan, written.plus(beside_a_limit()?)?),
        _ => return None,
    };
    (limit == *beside).then_some((strict, Figure::Number(written, *unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Figure {
        Figure::Number(
            Exact::parse(text).unwrap(),
            crate::quantity::Unit::PlotRatio,
        )
    }

    #[test]
    fn a_limit_beside_its_number_is_said_as_the_plan_writes_it() {
        assert_eq!(
            as_written(Relation::AtMost, &ratio("0.239999999999")),
            Some((Relation::LessThan, ratio("0.24")))
        );
        assert_eq!(
            as_written(Relation::AtLeast, &ratio("1.000000000001")),
            Some((Relation::MoreThan, ratio("1")))
        );
        for (relation, text) in [
            (Relation::AtMost, "0.24"),
            (Relation::AtMost, "0.240000000001"),
            (Relation::AtLeast, "0.999999999999"),
            (Relation::AtMost, "0.2399999999"),
        ] {
            assert_eq!(as_written(relation, &ratio(text)), None, "{text}");
        }
    }
}
