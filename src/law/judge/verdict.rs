//! Verdicts and how they join.

/// What a rule says of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is met.
    Pass,
    /// It is not met.
    Fail,
    /// 原则上 exceeded: needs consent or reasons.
    Discretionary,
    /// A fact is missing.
    Unknown,
    /// It does not speak of this case.
    NotApplicable,
}

impl Verdict {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Discretionary => "discretionary",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// Every one must hold: fail > unknown > discretionary > pass; what does not apply says nothing.
    pub fn all(verdicts: impl Iterator<Item = Self>) -> Self {
        Self::strongest(
            verdicts,
            [Self::Fail, Self::Unknown, Self::Discretionary, Self::Pass],
        )
    }

    /// One must hold: pass > discretionary > unknown > fail; what does not apply says nothing.
    pub fn any(verdicts: impl Iterator<Item = Self>) -> Self {
        Self::strongest(
            verdicts,
            [Self::Pass, Self::Discretionary, Self::Unknown, Self::Fail],
        )
    }

    fn strongest(verdicts: impl Iterator<Item = Self>, order: [Self; 4]) -> Self {
        let rank = |verdict: &Self| {
            order
                .iter()
                .position(|of| of == verdict)
                .unwrap_or(order.len())
        };
        verdicts.min_by_key(rank).unwrap_or(Self::NotApplicable)
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{self, *};

    #[test]
    fn nothing_unknown_becomes_a_pass_where_all_must_hold() {
        let all = |verdicts: &[Verdict]| Verdict::all(verdicts.iter().copied());
        assert_eq!(all(&[Pass, Unknown, Discretionary]), Unknown);
        assert_eq!(all(&[Unknown, Fail]), Fail);
        assert_eq!(all(&[Pass, Discretionary]), Discretionary);
        assert_eq!(all(&[NotApplicable, Pass]), Pass);
        assert_eq!(all(&[]), NotApplicable);
    }

    #[test]
    fn one_pass_is_enough_where_any_may_hold() {
        let any = |verdicts: &[Verdict]| Verdict::any(verdicts.iter().copied());
        assert_eq!(any(&[Fail, Unknown, Pass]), Pass);
        assert_eq!(any(&[Unknown, Discretionary]), Discretionary);
        assert_eq!(any(&[Fail, Unknown]), Unknown);
        assert_eq!(any(&[NotApplicable, Fail]), Fail);
    }
}
