//! What stands in the way of a division → which condition cannot be met, and what could be reached.

/// Why a plot is not divided as it should be.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Hindrance {
    /// The shell has no area.
    #[error("the plot has no area: give a ring of three corners or more")]
    NoPlot,
    /// Fewer than two lots, too many, or not as many asked areas.
    #[error(
        "a plot cannot be divided into `{lots}` lots: ask for 2 to 8, and for as many areas as lots"
    )]
    NoSuchWish {
        /// The lots asked for.
        lots: usize,
    },
    /// All lots together need more than there is.
    #[error(
        "the plot has `{area:.2}` m², but the lots need `{needed:.2}` m²: ask for fewer or smaller lots"
    )]
    TooSmall {
        /// The area of the plot, in m².
        area: f64,
        /// What the lots need, in m².
        needed: f64,
    },
    /// The asked areas are not those of this plot, or one of them is too small.
    #[error(
        "the areas asked for are `{asked:.2}` m² together, the smallest `{smallest:.2}` m², but the plot has `{area:.2}` m²: ask for areas that add up to it, each as large as a lot must be"
    )]
    AskedAreas {
        /// The sum of the asked areas, in m².
        asked: f64,
        /// The area of the plot, in m².
        area: f64,
        /// The smallest asked area, in m².
        smallest: f64,
    },
    /// There are not as many things that count as lots.
    #[error(
        "only `{count}` of the things in the plot count, fewer than the `{lots}` lots: ask for fewer lots"
    )]
    TooFewThings {
        /// How many count.
        count: usize,
        /// The lots asked for.
        lots: usize,
    },
    /// However the plot is divided, there is no access for so many lots.
    #[error(
        "there is access for `{count}` lots at most, not for `{lots}`: give more access, or ask for fewer lots"
    )]
    TooLittleAccess {
        /// For how many lots there is access.
        count: usize,
        /// The lots asked for.
        lots: usize,
    },
    /// Every line that was tried cuts something, or comes too near to it.
    #[error(
        "no line was found that keeps away from everything: allow more bends, or less clearance"
    )]
    NoFreeLine {
        /// The search was given up before its end: there may be one.
        given_up: bool,
    },
    /// There are free lines, but each leaves a lot without anything that counts.
    #[error(
        "no free line was found that leaves something that counts in every lot: allow more bends, or less clearance"
    )]
    ThingsTogether {
        /// The search was given up before its end: there may be one.
        given_up: bool,
    },
    /// There are free lines between the things, but no areas as they should be.
    #[error(
        "with something that counts in every lot the smallest is `{smallest_lot:.2}` m² at best, or the areas asked for cannot be met: ask for other areas"
    )]
    Areas {
        /// The largest smallest lot that was found with something that counts in every lot, in m².
        smallest_lot: f64,
        /// The search was given up before its end: there may be more.
        given_up: bool,
    },
    /// There are free lines with areas as they should be, but a lot is left with too little access.
    #[error(
        "with areas as they should be a lot is left with `{access:.2}` m of access at best: give more access, or ask for less"
    )]
    Access {
        /// The longest shortest access that was found, in m.
        access: f64,
        /// The search was given up before its end: there may be more.
        given_up: bool,
    },
}
