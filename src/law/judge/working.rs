//! How an amount was had: each part at its rate, each cap and whether it bound, in the order of reckoning.

use compact_str::CompactString;

use crate::quantity::{Exact, Figure, Unit};

/// One step of the working of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is due: the rule is not met, or no way to the amount is open.
    NothingDue,
    /// What the amount, or a way to it, is taken of.
    Of {
        /// The measure or fact.
        measure: CompactString,
        /// What it is.
        value: Figure,
    },
    /// The evaluation class (亩均评价) by which a rate or a cap was chosen.
    Class {
        /// The class.
        class: CompactString,
    },
    /// A part of the measure between two steps, at its own rate (超额累进).
    Bracket {
        /// Where the part begins.
        from: Exact,
        /// Where it ends.
        to: Exact,
        /// The rate.
        rate: Exact,
        /// What the measure counts.
        unit: Unit,
        /// What the part comes to.
        gives: Exact,
    },
    /// The floor of a storey, at the rate of the storey.
    Storey {
        /// The storey.
        storey: i64,
        /// Its floor, in m².
        floor: Exact,
        /// The rate, in 元/m².
        rate: Exact,
        /// What it comes to, in 元.
        gives: Exact,
    },
    /// What the rates are made of, in the words of the pack: Chinese and English.
    Rate {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// The sum of the parts, taken to the unit of the amount.
    Sum {
        /// The sum.
        total: Exact,
        /// What it is divided by; 1 where it has the unit of the amount already.
        divided_by: Exact,
        /// What that comes to.
        gives: Figure,
    },
    /// One of several ways to the amount that are open at once.
    Way {
        /// What it is taken of.
        measure: CompactString,
        /// What it comes to.
        gives: Figure,
        /// Whether it is the one that counts.
        taken: bool,
    },
    /// What was paid of it before, which the cap covers too.
    Paid {
        /// The fact.
        measure: CompactString,
        /// The cap before it.
        cap: Figure,
        /// What was paid.
        paid: Figure,
    },
    /// The most the amount can be.
    Cap {
        /// The measure or fact that is the cap; none where the law prints the number.
        measure: Option<CompactString>,
        /// The cap; `None` where the fact is missing, so that the amount is the most it can be.
        at: Option<Figure>,
        /// Whether the amount would be greater without it.
        binds: bool,
    },
}
