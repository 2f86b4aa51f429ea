//! What a measure is: its name, its unit, the readings it depends on, how it is had.

use super::subject::{Measured, Subject};
use crate::law::pack::Sort;
use crate::quantity::Unit;

/// A measure of a case.
pub struct Measure {
    /// Its name in packs and results.
    pub name: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// A number of which unit, or what else.
    pub sort: Sort,
    /// The readings that it depends on.
    pub readings: &'static [&'static str],
    /// What it may look for, in groups: facts, lists, tables of the pack as `table x`, numbers of it as `parameter x`.
    pub asks: &'static [&'static [&'static str]],
    /// How it is had.
    pub of: fn(&Subject<'_>) -> Measured,
}

pub(super) const SHARE: Sort = Sort::Number(Unit::Share);
pub(super) const LAND: Sort = Sort::Number(Unit::Land);
pub(super) const FLOOR: Sort = Sort::Number(Unit::Floor);
pub(super) const RATIO: Sort = Sort::Number(Unit::PlotRatio);
pub(super) const WAN: Sort = Sort::Number(Unit::Wan);
pub(super) const PER_MU: Sort = Sort::Number(Unit::WanPerMu);
pub(super) const COUNT: Sort = Sort::Number(Unit::Count);
pub(super) const METRES: Sort = Sort::Number(Unit::Metres);
pub(super) const YUAN: Sort = Sort::Number(Unit::YuanPerM2);
pub(super) const TRUTH: Sort = Sort::Truth;
pub(super) const WORD: Sort = Sort::Word;
pub(super) const DAY: Sort = Sort::Day;

pub(super) const fn new(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    sort: Sort,
    readings: &'static [&'static str],
    of: fn(&Subject<'_>) -> Measured,
) -> Measure {
    Measure {
        name,
        zh,
        en,
        sort,
        readings,
        asks: &[],
        of,
    }
}

impl Measure {
    /// The same measure, with what it may look for.
    pub(super) const fn asking(self, asks: &'static [&'static [&'static str]]) -> Self {
        Self { asks, ..self }
    }
}
