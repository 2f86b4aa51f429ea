//! What a rule gives or takes as a number: which measure, at what rates, up to what cap.

use super::{MeasureName, Node};
use crate::quantity::{Exact, Unit};

/// A number that a rule gives beside its verdict: 补助额, 超面积.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Its name in results, with its unit: `renovation_subsidy_wan`.
    pub name: String,
    /// What it is, in Chinese; its name where the pack does not say.
    pub zh: String,
    /// What it is, in English; its name where the pack does not say.
    pub en: String,
    /// What it counts where rates are taken, by the end of its name: `_wan`, `_wan_per_mu`, `_per_m2`, `_m2`.
    pub unit: Unit,
    /// Whether it is something due: nothing where the rule is not met.
    pub due: bool,
    /// Whether the rule is not met where it comes to nothing.
    pub positive: bool,
    /// The ways to it; of those that are open the reading of `choose` takes the most or the least.
    pub paths: Vec<Path>,
    /// The reading that says `max` or `min` where several ways are open.
    pub choose: Option<String>,
    /// The most it can be, by class.
    pub cap: ByClass,
    /// What was paid of it before, which the cap covers too: 单个项目补助额.
    pub paid: Option<MeasureName>,
    /// Measures that it cannot exceed either: 不超过该企业当年地方贡献.
    pub at_most: Vec<MeasureName>,
}

/// One way to an amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// What must hold for it to be open.
    pub when: Option<Node>,
    /// Open only where none before it is.
    pub otherwise: bool,
    /// What the rates are taken of.
    pub of: MeasureName,
    /// What was taken before it, from which the brackets go on where the law is read so.
    pub after: Option<After>,
    /// What its rates are, in Chinese, where they are made of several numbers of the law.
    pub zh: Option<String>,
    /// The same in English.
    pub en: Option<String>,
    /// The rates; the measure itself when there are none.
    pub rates: Option<Rates>,
    /// What the result is divided by: 10,000 from 元 to 万元.
    pub divided_by: Exact,
}

/// What was taken in earlier years (项目跨年度): under one choice of a reading the brackets go on from there.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    /// What was taken; nothing where it is not given.
    pub of: MeasureName,
    /// The reading.
    pub reading: String,
    /// The choice of it.
    pub choice: String,
}

/// Rates of a measure.
#[derive(Clone, Debug, PartialEq)]
pub enum Rates {
    /// 超额累进: each part of the measure between two steps has its own rate.
    Steps {
        /// From where the first rate counts.
        from: StepFrom,
        /// The steps between the rates.
        steps: Vec<Exact>,
        /// One rate more than steps, by class.
        rates: Vec<(String, Vec<Exact>)>,
    },
    /// A rate for each storey from the lowest listed on; the last is for all above it too.
    ByStorey(Vec<(i64, Exact)>),
}

/// Where the first step begins: fixed, or by a reading.
#[derive(Clone, Debug, PartialEq)]
pub enum StepFrom {
    /// There.
    At(Exact),
    /// By choice of a reading.
    Choose(String, Vec<(String, Exact)>),
}

/// A number for each evaluation class (亩均评价); under `*` for every one.
pub type ByClass = Vec<(String, Exact)>;

/// The entry of a class, else that of every one.
pub fn of_class<'a, T>(entries: &'a [(String, T)], class: &str) -> Option<&'a T> {
    let of = |class: &str| {
        entries
            .iter()
            .find(|(have, _)| have == class)
            .map(|(_, entry)| entry)
    };
    of(class).or_else(|| of("*"))
}
