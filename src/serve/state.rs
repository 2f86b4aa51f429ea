//! Everything that answers are made of: the run, its policy, its layers, and what was asked before.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::answer::Refusal;
use super::attributes::Attributes;
use super::known::{Known, known};
use super::layers::Layers;
use super::list::{Matched, Query, sorted};
use super::{ServeError, ServeOptions, name_of};
use crate::formats::describe_crs;
use crate::geometry::Crs;
use crate::law::measures::{Catalogue, Choices};
use crate::law::pack::Pack;
use crate::read::OpenRun;
use crate::write::{Language, TileArchive};

/// As many queries are kept.
const KEPT: usize = 16;

/// What is served.
pub(super) struct State {
    /// The run.
    pub run: OpenRun,
    /// The policy that it was judged by.
    pub pack: Pack,
    /// What a check file calls it.
    pub policy: String,
    /// The name of its folder.
    pub name: String,
    /// What parcels are told apart by.
    pub attributes: Attributes,
    /// Its maps.
    pub layers: Layers,
    /// Longitude and latitude.
    pub degrees: Crs,
    /// A base map.
    pub base: Option<TileArchive>,
    language: Language,
    queries: Mutex<FxHashMap<Query, Arc<Matched>>>,
    orders: Mutex<Orders>,
    areas: Mutex<FxHashMap<Query, f64>>,
}

/// Rows in the order that a query and a column ask for.
type Orders = FxHashMap<(Query, String), Arc<Vec<u32>>>;

impl State {
    /// Opens a run.
    pub(super) fn open(options: &ServeOptions) -> Result<Self, ServeError> {
        let run = OpenRun::open(&options.run)?;
        let policy = options
            .policy
            .clone()
            .unwrap_or_else(|| run.facts.policy.clone());
        let no_policy = |why: String| ServeError::Policy {
            policy: run.facts.policy.clone(),
            why,
        };
        let pack = Pack::load(&policy, &Catalogue).map_err(|why| no_policy(why.to_string()))?;
        let sum = run
            .summary
            .pointer("/policy/sha256")
            .and_then(Value::as_str);
        if sum != Some(pack.sha256.as_str()) {
            return Err(no_policy("it has another SHA-256".to_owned()));
        }
        let degrees = describe_crs("EPSG:4326")?;
        let layers = Layers::of(&run, &degrees)?;
        let base = options.base.as_ref().map(|file| {
            TileArchive::open(file).map_err(|why| ServeError::Base {
                file: file.display().to_string(),
                why,
            })
        });
        Ok(Self {
            attributes: Attributes::of(&run),
            name: name_of(&options.run),
            base: base.transpose()?,
            language: options.language,
            queries: Mutex::default(),
            orders: Mutex::default(),
            areas: Mutex::default(),
            run,
            pack,
            policy,
            layers,
            degrees,
        })
    }

    /// Makes ready what the first question on a parcel would wait for.
    pub(super) fn warm(&self) {
        self.run.parcels.index();
        for layer in [&self.run.footprints, &self.run.scattered]
            .into_iter()
            .flatten()
        {
            layer.index();
        }
    }

    /// The language of an answer.
    pub(super) fn language(&self, asked: Option<&str>) -> Language {
        match asked {
            Some("zh") => Language::Zh,
            Some("en") => Language::En,
            _ => self.language,
        }
    }

    /// A row that there is.
    pub(super) fn row(&self, row: usize) -> Result<usize, Refusal> {
        if row < self.run.parcels.len() {
            return Ok(row);
        }
        Err(Refusal::missing(format!("the run has no parcel {row}")))
    }

    /// What is known of a parcel.
    pub(super) fn known(&self, row: usize) -> Result<Known, Refusal> {
        Ok(known(&self.run.parcels, self.row(row)?))
    }

    /// The id of a parcel; empty where it has none.
    pub(super) fn id_of(&self, row: usize) -> String {
        let id = self.run.parcels.text(row, "parcel_id");
        id.map_or_else(String::new, std::borrow::Cow::into_owned)
    }

    /// The readings of the run with others in their place, where they are not those that the policy takes by itself.
    pub(super) fn readings(&self, others: &BTreeMap<String, String>) -> Choices {
        let of_run = self.run.summary.get("readings").and_then(Value::as_object);
        let of_run = of_run.into_iter().flatten().filter_map(|(name, choice)| {
            let choice = choice.as_str()?.to_owned();
            self.pack.reading(name)?;
            Some((name.clone(), choice))
        });
        let mut all: BTreeMap<String, String> = of_run.collect();
        all.extend(
            others
                .iter()
                .map(|(name, choice)| (name.clone(), choice.clone())),
        );
        let day = self.run.facts.as_of;
        let own = |name: &str, choice: &str| {
            let reading = self.pack.reading(name);
            reading.is_none_or(|reading| reading.default_on(day) != choice)
        };
        all.into_iter()
            .filter(|(name, choice)| own(name, choice))
            .collect()
    }

    /// The parcels that a query finds.
    pub(super) fn matched(&self, query: &Query) -> Arc<Matched> {
        kept(&self.queries, query, || Arc::new(query.find(self)))
    }

    /// The same in an order.
    pub(super) fn sorted(&self, query: &Query, sort: &str, matched: &Matched) -> Arc<Vec<u32>> {
        let key = (query.clone(), sort.to_owned());
        kept(&self.orders, &key, || Arc::new(sorted(self, matched, sort)))
    }

    /// The area of the parcels that a query finds, in m².
    pub(super) fn area_of(&self, query: &Query, matched: &Matched) -> f64 {
        kept(&self.areas, query, || {
            let areas = matched.rows.iter();
            let areas = areas.filter_map(|row| self.run.parcels.number(*row as usize, "area_m2"));
            areas.sum()
        })
    }

    /// A number for a query, by which tiles of it are kept.
    pub(super) fn key_of(query: &Query) -> u64 {
        let mut hasher = DefaultHasher::new();
        query.hash(&mut hasher);
        hasher.finish() | 1
    }
}

/// What was found before for a key, else found now and kept.
fn kept<K: Clone + Eq + Hash, V: Clone>(
    store: &Mutex<FxHashMap<K, V>>,
    key: &K,
    find: impl FnOnce() -> V,
) -> V {
    let lock = || store.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = lock().get(key) {
        return found.clone();
    }
    let found = find();
    let mut store = lock();
    if store.len() >= KEPT {
        store.clear();
    }
    store.insert(key.clone(), found.clone());
    found
}
