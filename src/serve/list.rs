//! What somebody looks for → the parcels that are it, in the order wished for.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde_json::{Value, json};

use super::state::State;
use crate::read::RunLayer;

/// Columns in which a search looks.
const SEARCHED: [&str; 6] = [
    "parcel_id",
    "owner",
    "location",
    "unit_number",
    "town",
    "contract_id",
];

/// Columns that a list shows, and may be sorted by.
const LISTED: [&str; 12] = [
    "parcel_id",
    "land_use",
    "area_m2",
    "area_mu",
    "plot_ratio",
    "building_density",
    "verdict",
    "owner",
    "location",
    "district",
    "town",
    "neighbour_count",
];

/// As many rows as an answer has at most.
const MOST: usize = 500;

/// What is looked for; what is left out leaves nothing out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Hash)]
#[serde(default)]
pub(super) struct Query {
    /// A part of an id, an owner, an address.
    pub q: String,
    /// Verdicts, by commas.
    pub verdict: String,
    /// Uses, by commas.
    pub land_use: String,
    /// States, by commas.
    pub state: String,
    /// A district.
    pub district: String,
    /// A rule that does not pass.
    pub rule: String,
    /// `true`: an upgrade is feasible.
    pub upgrade: String,
    /// `yes`: with problems of its data.
    pub defects: String,
    /// The least area in m².
    pub min_area: String,
    /// The greatest area in m².
    pub max_area: String,
}

/// The page of a list that is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Page {
    /// The column to sort by; one with `-` before it the other way round.
    pub sort: String,
    /// How many rows to pass over.
    pub offset: usize,
    /// How many rows to answer with.
    pub limit: usize,
    /// A row whose place in the list is asked for.
    pub find: Option<u32>,
}

/// The parcels that a query finds.
pub(super) struct Matched {
    /// Their rows, rising.
    pub rows: Vec<u32>,
    has: Vec<u64>,
}

impl Matched {
    /// Whether a row is among them.
    pub(super) fn has(&self, row: usize) -> bool {
        self.has
            .get(row / 64)
            .is_some_and(|bits| bits >> (row % 64) & 1 == 1)
    }
}

impl Query {
    /// Whether it leaves nothing out.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parcels that it finds.
    pub(super) fn find(&self, state: &State) -> Matched {
        let parcels = &state.run.parcels;
        let attributes = &state.attributes;
        let wanted = |list: &str, word: Option<&str>| {
            list.is_empty() || list.split(',').any(|one| one == word.unwrap_or("none"))
        };
        let text = self.q.trim().to_lowercase();
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let (least, most) = (number(&self.min_area), number(&self.max_area));
        let told: Option<FxHashSet<u32>> = (!self.rule.is_empty()).then(|| {
            let tagged = state.run.findings.tagged();
            let not_passed = tagged.filter(|(_, tag)| {
                tag[0] == self.rule && !matches!(&*tag[1], "pass" | "not_applicable")
            });
            not_passed.map(|(row, _)| row).collect()
        });
        let fits = |row: usize| {
            wanted(&self.verdict, attributes.verdict.get(row))
                && wanted(&self.land_use, attributes.land_use.get(row))
                && wanted(&self.state, attributes.state.get(row))
                && (self.district.is_empty()
                    || attributes.district.get(row) == Some(&*self.district))
                && wanted(&self.upgrade, attributes.upgrade.get(row))
                && (self.defects.is_empty() || attributes.defects[row] > 0)
                && told
                    .as_ref()
                    .is_none_or(|told| told.contains(&number_of(row)))
                && area_fits(parcels, row, (least, most))
                && (text.is_empty()
                    || SEARCHED
                        .iter()
                        .any(|column| holds(parcels, row, column, &text)))
        };
        let rows: Vec<u32> = (0..parcels.len())
            .into_par_iter()
            .filter(|row| fits(*row))
            .map(number_of)
            .collect();
        let mut has = vec![0; parcels.len().div_ceil(64)];
        for row in &rows {
            has[*row as usize / 64] |= 1 << (row % 64);
        }
        Matched { rows, has }
    }
}

/// A row as it is kept: a layer has fewer than 2^32.
fn number_of(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn area_fits(parcels: &RunLayer, row: usize, (least, most): (Option<f64>, Option<f64>)) -> bool {
    if least.is_none() && most.is_none() {
        return true;
    }
    let area = parcels.number(row, "area_m2");
    area.is_some_and(|area| {
        least.is_none_or(|least| area >= least) && most.is_none_or(|most| area <= most)
    })
}

fn holds(parcels: &RunLayer, row: usize, column: &str, part: &str) -> bool {
    let text = parcels.text(row, column);
    text.is_some_and(|text| {
        if text.is_ascii() && part.is_ascii() {
            let (text, part) = (text.as_bytes(), part.as_bytes());
            return text
                .windows(part.len())
                .any(|here| here.eq_ignore_ascii_case(part));
        }
        text.to_lowercase().contains(part)
    })
}

/// Rows in the order of a column, unknown last.
pub(super) fn sorted(state: &State, matched: &Matched, sort: &str) -> Vec<u32> {
    let mut rows = matched.rows.clone();
    let (column, down) = match sort.strip_prefix('-') {
        Some(column) => (column, true),
        None => (sort, false),
    };
    let turned = |order: Ordering| if down { order.reverse() } else { order };
    let parcels = &state.run.parcels;
    if column == "state" {
        rows.par_sort_by_key(|row| state.attributes.state.get(*row as usize).map(str::to_owned));
        if down {
            rows.reverse();
        }
    } else if LISTED.contains(&column) {
        if parcels.is_number(column) {
            let mut keyed: Vec<(Option<f64>, u32)> = rows
                .par_iter()
                .map(|row| (parcels.number(*row as usize, column), *row))
                .collect();
            keyed.par_sort_by(|(a, at), (b, other)| {
                let order = match (a, b) {
                    (Some(a), Some(b)) => turned(a.total_cmp(b)),
                    (None, None) => Ordering::Equal,
                    (a, b) => b.is_some().cmp(&a.is_some()),
                };
                order.then(at.cmp(other))
            });
            rows = keyed.into_iter().map(|(_, row)| row).collect();
        } else {
            let text = |row: u32| parcels.text(row as usize, column);
            rows.par_sort_by(|a, b| {
                let order = match (text(*a), text(*b)) {
                    (Some(a), Some(b)) => turned(a.cmp(&b)),
                    (None, None) => Ordering::Equal,
                    (a, b) => b.is_some().cmp(&a.is_some()),
                };
                order.then(a.cmp(b))
            });
        }
    }
    rows
}

/// A page of the list.
pub(super) fn listed(state: &State, query: &Query, page: &Page) -> Value {
    let matched = state.matched(query);
    let rows: Arc<Vec<u32>> = state.sorted(query, &page.sort, &matched);
    let limit = if page.limit == 0 {
        100
    } else {
        page.limit.min(MOST)
    };
    let shown = rows.iter().skip(page.offset).take(limit);
    let area = state.area_of(query, &matched);
    json!({
        "total": rows.len(),
        "area_m2": area,
        "offset": page.offset,
        "position": page.find.and_then(|wanted| rows.iter().position(|row| *row == wanted)),
        "rows": shown.map(|row| one(state, *row as usize)).collect::<Vec<_>>(),
    })
}

/// A parcel as a list shows it.
pub(super) fn one(state: &State, row: usize) -> Value {
    let parcels = &state.run.parcels;
    let mut cells = serde_json::Map::new();
    cells.insert("row".into(), row.into());
    for column in LISTED {
        let value = if parcels.is_number(column) {
            parcels.number(row, column).map_or(Value::Null, Value::from)
        } else {
            parcels
                .text(row, column)
                .map_or(Value::Null, |text| text.into_owned().into())
        };
        cells.insert(column.to_owned(), value);
    }
    cells.insert("state".into(), state.attributes.state.get(row).into());
    cells.insert("defects".into(), state.attributes.defects[row].into());
    cells.insert("box".into(), state.layers.parcel_box(row).into());
    cells.into()
}
