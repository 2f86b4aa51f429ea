//! A survey → its parcels counted and summed by state, in the groups that an office reports by.

use std::collections::BTreeMap;

use super::Survey;
use super::parcel::Surveyed;
use super::state::State;
use crate::features::Known;
use crate::model::Parcel;
use crate::quantity::{Area, Exact};

/// Parcels and their land.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub parcels: u64,
    /// Their land in hundredths of a m², each parcel rounded once.
    pub cents: i64,
    /// Their land in ten thousandths of a 亩 as it is printed, each parcel rounded once.
    pub mu: i64,
}

/// One group of parcels: all of them, and those of each state in the order of [`State::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SurveyGroup {
    /// All of them.
    pub all: Counted,
    /// By state.
    pub by_state: [Counted; State::ALL.len()],
}

/// A way to group parcels.
#[derive(Clone, Copy, Debug)]
pub struct Grouping {
    /// Its name in the column `group_by`.
    pub name: &'static str,
    of: fn(Known<'_>, &Survey, &Surveyed) -> Option<String>,
}

/// 按县、镇、园区、行业、容积率分级.
pub const GROUPINGS: [Grouping; 5] = [
    Grouping {
        name: "district",
        of: |known, _, of| parcel(known, of).district.as_deref().map(str::to_owned),
    },
    Grouping {
        name: "town",
        of: |known, _, of| parcel(known, of).town.as_deref().map(str::to_owned),
    },
    Grouping {
        name: "park",
        of: |known, _, of| {
            parcel(known, of)
                .terms
                .as_ref()?
                .park
                .as_deref()
                .map(str::to_owned)
        },
    },
    Grouping {
        name: "industry",
        of: |known, survey, of| industry(known, survey, of),
    },
    Grouping {
        name: "plot_ratio",
        of: |known, _, of| class(known, of).map(str::to_owned),
    },
];

fn parcel<'a>(known: Known<'a>, of: &Surveyed) -> &'a Parcel {
    &known.measured.city.parcels.rows[of.parcel as usize]
}

/// The two digits of its own industry, else those that all enterprises on it share.
fn industry(known: Known<'_>, survey: &Survey, of: &Surveyed) -> Option<String> {
    let own = parcel(known, of)
        .terms
        .as_ref()
        .and_then(|terms| terms.industry.as_deref());
    let digits = |code: &str| {
        let code: String = code
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .chars()
            .take(2)
            .collect();
        (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
    };
    if let Some(own) = own {
        return digits(own);
    }
    let mut codes = of.tenants.iter().map(|at| {
        survey.tenants.all[*at as usize]
            .industry
            .as_deref()
            .and_then(digits)
    });
    let first = codes.next()??;
    codes
        .all(|code| code.as_ref() == Some(&first))
        .then_some(first)
}

/// 容积率分级: below 0.5, to 0.8, to 1.0, to 1.5, to 2.0, and from there on.
fn class(known: Known<'_>, of: &Surveyed) -> Option<&'static str> {
    let measures = &known.measured.measures[of.parcel as usize];
    let on_site = measures.on_site.as_ref().ok()?;
    let exact = |m2: f64| Area::from_m2(m2).map(Exact::from);
    let ratio = exact(on_site.far_floor_area.ok()?)?.over(exact(measures.area.ok()?)?)?;
    let classes = [
        (50, "<0.5"),
        (80, "0.5–0.8"),
        (100, "0.8–1.0"),
        (150, "1.0–1.5"),
        (200, "1.5–2.0"),
    ];
    let below =
        |hundredths: i64| Exact::fraction(hundredths, 100).is_some_and(|bound| ratio < bound);
    let found = classes.into_iter().find(|(bound, _)| below(*bound));
    Some(found.map_or("≥2.0", |(_, name)| name))
}

impl Counted {
    fn add(&mut self, area: Option<Area>) {
        self.parcels += 1;
        self.cents += area.map_or(0, Area::cents);
        self.mu += area.map_or(0, |area| area.mu().units());
    }
}

impl SurveyGroup {
    fn add(&mut self, of: &Surveyed) {
        self.all.add(of.area);
        let state = State::ALL.iter().position(|state| *state == of.stage.state);
        if let Some(at) = state {
            self.by_state[at].add(of.area);
        }
    }
}

/// The groups of one way to group, by name, and all parcels together; parcels of which the group is not known are in the
/// one without a name. Sums of printed figures are the printed sums.
pub fn grouped(
    known: Known<'_>,
    survey: &Survey,
    by: &Grouping,
) -> (BTreeMap<Option<String>, SurveyGroup>, SurveyGroup) {
    let mut groups: BTreeMap<Option<String>, SurveyGroup> = BTreeMap::new();
    let mut all = SurveyGroup::default();
    for of in &survey.parcels {
        groups
            .entry((by.of)(known, survey, of))
            .or_default()
            .add(of);
        all.add(of);
    }
    (groups, all)
}
