//! A figure and its bound → whether it holds, how far it is from it, whether that is near (domain.md 0.7).

use super::titles::same_title;
use crate::law::pack::Relation;
use crate::quantity::{Exact, Figure, Unit};

/// How limits on land are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// The limit in m² is rounded outward to 0.01, as areas are: up for at most, down for at least.
    #[default]
    Cent,
    /// Exactly.
    Strict,
    /// Both in 亩 with two decimals, as a table prints them.
    Mu2,
}

impl Mode {
    /// By the choice of the reading `mode`.
    pub(super) fn of(choice: &str) -> Self {
        match choice {
            "strict" => Self::Strict,
            "mu2" => Self::Mu2,
            _ => Self::Cent,
        }
    }

    /// The limit, in m², that land in hundredths of a m² is held against in the place of one that lies between them.
    fn outward(self, relation: Relation, limit: Exact) -> Option<Exact> {
        let upward = matches!(relation, Relation::AtMost | Relation::LessThan);
        match self {
            Self::Strict => Some(limit),
            Self::Cent if upward => limit.ceil_to(2),
            Self::Cent => limit.floor_to(2),
            Self::Mu2 => {
                let printed = limit.over(Exact::MU_M2)?.round_to(2)?;
                let half = Exact::fraction(5, 1000)?;
                // from half a hundredth of a 亩 below on it is printed so, and from half of one more on as more
                let first = |mu: Exact| mu.times(Exact::MU_M2)?.ceil_to(2);
                match relation {
                    Relation::AtLeast | Relation::LessThan => first(printed.minus(half)?),
                    _ => first(printed.plus(half)?)?.minus(Exact::fraction(1, 100)?),
                }
            }
        }
    }

    /// The most land, in hundredths of a m², that is at most a limit in m².
    pub(super) fn most_land(self, limit: Exact) -> Option<Exact> {
        self.outward(Relation::AtMost, limit)?.floor_to(2)
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Compared {
    /// Whether it holds.
    pub holds: bool,
    /// Whether it lies within 0.5 % of the bound.
    pub borderline: bool,
    /// How far it is on the right side of the bound, in the unit of the measure.
    pub margin: Option<Exact>,
    /// The same in m² for a share of land.
    pub margin_m2: Option<Exact>,
    /// The limit on land as it is compared, in m².
    pub limit_m2: Option<Exact>,
}

/// Compares a figure with its bound; `None` when they cannot be compared, or a number does not fit.
pub(super) fn compare(
    value: &Figure,
    relation: Relation,
    bound: &Figure,
    mode: Mode,
) -> Option<Compared> {
    let plainly = |holds| Compared {
        holds,
        borderline: false,
        margin: None,
        margin_m2: None,
        limit_m2: None,
    };
    match (value, bound) {
        (Figure::Truth(value), Figure::Truth(bound)) if relation == Relation::Is => {
            Some(plainly(value == bound))
        }
        (Figure::Word(value), Figure::Words(words)) if relation == Relation::OneOf => {
            Some(plainly(words.iter().any(|word| word == value)))
        }
        (Figure::Words(values), Figure::Words(words)) if relation == Relation::OneOf => {
            let named = |value: &str| words.iter().any(|word| same_title(value, word));
            Some(plainly(values.iter().any(|value| named(value))))
        }
        (Figure::Day(value), Figure::Day(bound)) => relation.holds(value, bound).map(plainly),
        (Figure::LandShare { part, whole }, _) => {
            let share = bound.number()?;
            let limit = share.times(*whole)?;
            let margin = margin(part.over(*whole)?, relation, share);
            let margin_m2 = self::margin(*part, relation, limit);
            Some(Compared {
                margin,
                margin_m2,
                ..land(*part, relation, limit, mode)?
            })
        }
        (Figure::Number(value, Unit::Land), _) => {
            let limit = bound.number()?;
            Some(Compared {
                margin: margin(*value, relation, limit),
                ..land(*value, relation, limit, mode)?
            })
        }
        (Figure::Number(value, unit), _) => {
            let bound = bound.number()?;
            Some(Compared {
                holds: relation.holds(value, &bound)?,
                borderline: unit.is_measured() && near(*value, bound),
                margin: margin(*value, relation, bound),
                margin_m2: None,
                limit_m2: None,
            })
        }
        _ => None,
    }
}

fn land(value: Exact, relation: Relation, limit: Exact, mode: Mode) -> Option<Compared> {
    let limit_m2 = mode.outward(relation, limit)?;
    Some(Compared {
        holds: relation.holds(&value, &limit_m2)?,
        borderline: near(value, limit),
        margin: None,
        margin_m2: None,
        limit_m2: Some(limit_m2),
    })
}

fn margin(value: Exact, relation: Relation, bound: Exact) -> Option<Exact> {
    match relation {
        Relation::AtLeast | Relation::MoreThan => value.minus(bound),
        Relation::AtMost | Relation::LessThan => bound.minus(value),
        Relation::OneOf | Relation::Is => None,
    }
}

/// Within 0.5 % of a bound that is not nothing.
fn near(value: Exact, bound: Exact) -> bool {
    let half_percent = Exact::fraction(5, 1000).and_then(|share| share.times(bound.abs()));
    let away = value.minus(bound).map(Exact::abs);
    bound != Exact::ZERO
        && matches!((away, half_percent), (Some(away), Some(limit)) if away <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn mu(count: i64) -> Figure {
        Figure::land(Exact::int(count).times(Exact::MU_M2).unwrap())
    }

    fn holds_in(modes: [Mode; 3], m2: &str, relation: Relation, bound: &Figure) -> Vec<bool> {
        let value = Figure::land(exact(m2));
        modes
            .map(|mode| compare(&value, relation, bound, mode).unwrap().holds)
            .to_vec()
    }

    const MODES: [Mode; 3] = [Mode::Cent, Mode::Strict, Mode::Mu2];

    #[test]
    fn ten_mu_is_met_outward_by_a_hundredth_unless_read_strictly() {
        let ten = mu(10);
        assert_eq!(
            holds_in(MODES, "6666.66", Relation::AtMost, &ten),
            [true, true, true]
        );
        assert_eq!(
            holds_in(MODES, "6666.67", Relation::AtMost, &ten),
            [true, false, true]
        );
        assert_eq!(
            holds_in(MODES, "6666.68", Relation::AtMost, &ten),
            [false, false, true]
        );
        assert_eq!(
            holds_in(MODES, "6666.66", Relation::AtLeast, &ten),
            [true, false, true]
        );
        assert_eq!(
            holds_in(MODES, "6666.65", Relation::AtLeast, &ten),
            [false, false, true]
        );
    }

    #[test]
    fn strict_bounds_are_not_loosened() {
        assert_eq!(
            holds_in(MODES, "2000.00", Relation::LessThan, &mu(3)),
            [false, false, false]
        );
        assert_eq!(
            holds_in(MODES, "1999.99", Relation::LessThan, &mu(3)),
            [true, true, false]
        );
    }

    #[test]
    fn a_share_of_land_is_a_limit_on_the_piece() {
        let share = Figure::LandShare {
            part: exact("6666.67"),
            whole: exact("33333.33"),
        };
        let fifth = Figure::share(Exact::fraction(1, 5).unwrap());
        let cent = compare(&share, Relation::AtMost, &fifth, Mode::Cent).unwrap();
        assert!(cent.holds && cent.borderline);
        assert_eq!(cent.margin_m2, Some(exact("-0.004")));
        assert!(
            !compare(&share, Relation::AtMost, &fifth, Mode::Strict)
                .unwrap()
                .holds
        );
    }

    #[test]
    fn half_a_percent_is_near_and_counts_never_are() {
        let fifth = Figure::share(exact("0.2"));
        let near = |text| {
            compare(
                &Figure::share(exact(text)),
                Relation::AtLeast,
                &fifth,
                Mode::Cent,
            )
            .unwrap()
            .borderline
        };
        assert!(near("0.199") && near("0.201") && !near("0.1989") && !near("0.2011"));
        let three = compare(
            &Figure::count(3),
            Relation::AtMost,
            &Figure::count(3),
            Mode::Cent,
        )
        .unwrap();
        assert!(three.holds && !three.borderline);
    }
}
