//! Every measure that a policy can name, and every fact: the vocabulary of packs.

use std::sync::LazyLock;

use super::measure::{COUNT, FLOOR, LAND, METRES, Measure, PER_MU, RATIO, SHARE, WAN, YUAN};
use super::parts::with_its_whole;
use super::subject::{Found, Lack, Subject};
use super::{
    beginning, county, enterprise, floors, idle, industry, key_project, lots, merging, planning,
    premises, ratios, scattered, subsidies, supporting,
};
use crate::law::facts::{Fact, FactKind, LISTS, fact, facts};
use crate::law::pack::{MeasureName, Sort, Vocabulary};
use crate::quantity::{Exact, Unit};

static MEASURES: LazyLock<Vec<&'static Measure>> = LazyLock::new(|| {
    let all = [
        scattered::MEASURES,
        ratios::MEASURES,
        floors::MEASURES,
        planning::MEASURES,
        supporting::MEASURES,
        industry::MEASURES,
        subsidies::MEASURES,
        key_project::MEASURES,
        lots::MEASURES,
        merging::MEASURES,
        premises::MEASURES,
        beginning::MEASURES,
        enterprise::MEASURES,
        idle::MEASURES,
        county::MEASURES,
    ];
    all.into_iter().flatten().collect()
});

/// Every measure that is computed; beside these a pack can name any fact.
pub fn measures() -> &'static [&'static Measure] {
    &MEASURES
}

/// The measure of that name.
pub fn measure_named(name: &str) -> Option<&'static Measure> {
    MEASURES
        .iter()
        .copied()
        .find(|measure| measure.name == name)
}

/// The measure of a name that a pack was read with; `None` for a fact.
pub(crate) fn measure_at(name: &MeasureName) -> Option<&'static Measure> {
    MEASURES.get(usize::from(name.place)).copied()
}

/// What a measure or a fact of a name that a pack was read with is.
pub(crate) fn sort_at(name: &MeasureName) -> Option<Sort> {
    let fact = || facts().get(usize::from(name.place).checked_sub(MEASURES.len())?);
    measure_at(name)
        .map(|measure| measure.sort)
        .or_else(|| fact().map(sort_of))
}

/// What a measure or a fact may look for, by its name: facts, lists, `table x`, `parameter x`.
pub fn asked_by(name: &str) -> Vec<&'static str> {
    match (measure_named(name), fact(name)) {
        (Some(measure), _) => measure.asks.concat(),
        // of floor by storey amounts are taken, and one reading of them asks for the storeys of the building
        (None, Some(fact)) if subsidies::BY_STOREY.contains(&fact.name) => {
            subsidies::BY_STOREY.to_vec()
        }
        (None, fact) => fact.map_or_else(Vec::new, |fact| with_its_whole(fact.name)),
    }
}

/// Takes a measure, or a fact, of a case.
pub(crate) fn take(name: &MeasureName, subject: &Subject<'_>) -> Result<Found, Lack> {
    let place = usize::from(name.place);
    match MEASURES.get(place) {
        Some(measure) => (measure.of)(subject),
        None => match facts().get(place - MEASURES.len()) {
            Some(fact) => subject.figure(fact.name).cloned().map(Found::from),
            None => Err(Lack::of(&name.name)),
        },
    }
}

/// Takes numbers by storey of a case.
///
/// # Errors
/// What is lacking for them.
pub fn series(name: &MeasureName, subject: &Subject<'_>) -> Result<Vec<(i64, Exact)>, Lack> {
    if name.name == "upgrade.new_floor_by_storey" {
        return subsidies::new_floor_by_storey(subject);
    }
    subject
        .facts
        .one
        .series(&name.name)
        .map(<[_]>::to_vec)
        .ok_or_else(|| Lack::of(&name.name))
}

/// The measures and facts as the vocabulary of packs.
pub struct Catalogue;

/// The readings that measures and the comparing of bounds depend on, the default first.
const READINGS: &[(&str, &[&str])] = &[
    ("mode", &["cent", "strict", "mu2"]),
    ("far_site", &["combined", "original"]),
    ("far_baseline", &["existing", "certified", "contract"]),
    ("far_gain", &["relative", "absolute"]),
    ("far_area", &["far", "plain"]),
    ("share_new", &["gross", "net"]),
    ("count_prior", &["true", "false"]),
    ("over_limit", &["certificate", "contract"]),
    ("lot_count", &["resulting", "split_off"]),
    ("completed_lots", &["all", "sold"]),
    ("class", &["effective", "original"]),
    ("vertical_floor", &["production", "all"]),
    ("vertical_storeys", &["area", "building"]),
    ("leased_investment", &["equipment", "total"]),
    ("control_indicators", &["2008", "2023"]),
    ("four_without", &["any", "all"]),
    ("subsidy_years", &["per_year", "cumulative"]),
    ("snap", &["on", "off"]),
];

const TABLES: &[(&str, Unit)] = &[
    ("industry_plot_ratio_2008", Unit::PlotRatio),
    ("industry_plot_ratio_2008_by_2017", Unit::PlotRatio),
    ("industry_plot_ratio_2023", Unit::PlotRatio),
    // spaces for each 100 m² of floor
    ("parking_rates", Unit::Count),
    ("output_tax_per_mu", Unit::WanPerMu),
    ("output_value_added_per_mu", Unit::WanPerMu),
    ("land_price_minimum", Unit::YuanPerM2),
];

const PARAMETERS: &[(&str, Unit)] = &[
    ("snap_gap_m", Unit::Metres),
    ("standalone_lot_mu", Unit::Land),
    ("class_a_investment_wan", Unit::Wan),
    ("class_not_d_investment_wan", Unit::Wan),
    ("vertical_threshold", Unit::Share),
    ("vertical_lowest_storey", Unit::Count),
    ("sliver_width_m", Unit::Metres),
    ("enclosed_share", Unit::Share),
    ("corner_share", Unit::Share),
    ("interlocked_changes", Unit::Count),
    ("adjacency_gap_m", Unit::Metres),
    ("min_shared_edge_m", Unit::Metres),
    ("largest_unrecorded_m2", Unit::Land),
];

impl Vocabulary for Catalogue {
    fn measure(&self, name: &str) -> Option<(u16, Sort)> {
        let place = |at: usize| u16::try_from(at).ok();
        if let Some(at) = MEASURES.iter().position(|measure| measure.name == name) {
            return Some((place(at)?, MEASURES[at].sort));
        }
        let at = facts().iter().position(|fact| fact.name == name)?;
        Some((place(MEASURES.len() + at)?, sort_of(&facts()[at])))
    }

    fn is_fact(&self, name: &str) -> bool {
        measure_named(name).is_none() && fact(name).is_some()
    }

    fn lists(&self) -> &[&str] {
        &LISTS
    }

    fn like(&self, name: &str) -> Option<&str> {
        let known = MEASURES
            .iter()
            .map(|measure| measure.name)
            .chain(facts().iter().map(|fact| fact.name));
        crate::text::nearest(name, known)
    }

    fn tables(&self) -> &[(&str, Unit)] {
        TABLES
    }

    fn parameters(&self) -> &[(&str, Unit)] {
        PARAMETERS
    }

    fn readings(&self) -> &[(&str, &[&str])] {
        READINGS
    }
}

const fn sort_of(fact: &Fact) -> Sort {
    match fact.kind {
        FactKind::Land | FactKind::Mu => LAND,
        FactKind::Floor => FLOOR,
        FactKind::Share => SHARE,
        FactKind::PlotRatio => RATIO,
        FactKind::Metres => METRES,
        FactKind::Count => COUNT,
        FactKind::Wan => WAN,
        FactKind::WanPerMu => PER_MU,
        FactKind::YuanPerM2 => YUAN,
        FactKind::Truth => Sort::Truth,
        FactKind::Day | FactKind::DayOrNo => Sort::Day,
        FactKind::WanPerMuByYear | FactKind::FloorByStorey => Sort::Series,
        FactKind::Word(_)
        | FactKind::Use
        | FactKind::RightType
        | FactKind::RightNature
        | FactKind::Text
        | FactKind::Texts => Sort::Word,
    }
}
