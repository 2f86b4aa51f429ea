//! The facts of one case: single ones by name, and lists of records (pieces, lots, parcels, buildings).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fact;
use crate::quantity::{Exact, Figure};

/// Facts by name; few enough that looking through them is the fastest way to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    figures: Vec<(&'static str, Figure)>,
    series: Vec<(&'static str, Vec<(i64, Exact)>)>,
    years: Vec<(&'static str, Vec<(i64, Figure)>)>,
}

impl Record {
    /// The figure of that name.
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        find(&self.figures, name)
    }

    /// All figures with their names, in the order they were given.
    pub fn figures(&self) -> impl Iterator<Item = (&'static str, &Figure)> {
        self.figures.iter().map(|(name, figure)| (*name, figure))
    }

    /// The numbers of that name by year or storey, rising.
    pub fn series(&self, name: &str) -> Option<&[(i64, Exact)]> {
        find(&self.series, name).map(Vec::as_slice)
    }

    /// The figures of that name by year, rising, where they were given so.
    pub fn years(&self, name: &str) -> Option<&[(i64, Figure)]> {
        find(&self.years, name).map(Vec::as_slice)
    }

    /// Sets a figure; one that was there before is replaced, for every year.
    pub fn set(&mut self, name: &'static str, figure: Figure) {
        self.years.retain(|(have, _)| *have != name);
        put(&mut self.figures, name, figure);
    }

    /// Sets figures by year, in the place of one for every year.
    pub fn set_years(&mut self, name: &'static str, mut years: Vec<(i64, Figure)>) {
        years.sort_by_key(|(at, _)| *at);
        self.figures.retain(|(have, _)| *have != name);
        put(&mut self.years, name, years);
    }

    /// Sets numbers by year or storey.
    pub fn set_series(&mut self, name: &'static str, mut series: Vec<(i64, Exact)>) {
        series.sort_unstable_by_key(|(at, _)| *at);
        put(&mut self.series, name, series);
    }

    /// Takes over everything that `other` states, in the place of what was there.
    pub fn overlay(&mut self, other: &Self) {
        for (name, figure) in &other.figures {
            self.set(name, figure.clone());
        }
        for (name, series) in &other.series {
            self.set_series(name, series.clone());
        }
        for (name, years) in &other.years {
            self.set_years(name, years.clone());
        }
    }

    /// Takes over one fact of `other`.
    pub fn take_from(&mut self, other: &Self, name: &'static str) {
        if let Some(figure) = other.figure(name) {
            self.set(name, figure.clone());
        }
        if let Some(series) = other.series(name) {
            self.set_series(name, series.to_vec());
        }
        if let Some(years) = other.years(name) {
            self.set_years(name, years.to_vec());
        }
    }

    /// Forgets a fact; whether it was there.
    pub fn forget(&mut self, name: &str) -> bool {
        let before = self.len();
        self.figures.retain(|(have, _)| *have != name);
        self.series.retain(|(have, _)| *have != name);
        self.years.retain(|(have, _)| *have != name);
        self.len() < before
    }

    /// The names of all its facts, in the order they were given.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let figures = self.figures.iter().map(|(name, _)| *name);
        let series = self.series.iter().map(|(name, _)| *name);
        let years = self.years.iter().map(|(name, _)| *name);
        figures.chain(series).chain(years)
    }

    fn len(&self) -> usize {
        self.figures.len() + self.series.len() + self.years.len()
    }
}

/// A record as it is kept: its facts by name.
#[derive(Serialize, Deserialize)]
struct Kept<N> {
    figures: Vec<(N, Figure)>,
    series: Vec<(N, Vec<(i64, Exact)>)>,
    years: Vec<(N, Vec<(i64, Figure)>)>,
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kept = Kept {
            figures: self.figures.clone(),
            series: self.series.clone(),
            years: self.years.clone(),
        };
        kept.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fn known<T, E: serde::de::Error>(
            kept: Vec<(String, T)>,
        ) -> Result<Vec<(&'static str, T)>, E> {
            let named = |(name, of): (String, T)| match fact(&name) {
                Some(fact) => Ok((fact.name, of)),
                None => Err(E::custom(format!("there is no fact `{name}`"))),
            };
            kept.into_iter().map(named).collect()
        }
        let Kept {
            figures,
            series,
            years,
        } = Kept::<String>::deserialize(deserializer)?;
        Ok(Self {
            figures: known(figures)?,
            series: known(series)?,
            years: known(years)?,
        })
    }
}

fn find<'a, T>(facts: &'a [(&'static str, T)], name: &str) -> Option<&'a T> {
    facts
        .iter()
        .find(|(have, _)| *have == name)
        .map(|(_, fact)| fact)
}

fn put<T>(facts: &mut Vec<(&'static str, T)>, name: &'static str, fact: T) {
    match facts.iter_mut().find(|(have, _)| *have == name) {
        Some((_, have)) => *have = fact,
        None => facts.push((name, fact)),
    }
}

/// A stretch of boundary that two parcels of a merge share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedEdge {
    /// The two parcels, by their place in the list.
    pub between: (usize, usize),
    /// How long it is, in metres.
    pub length_m: Exact,
    /// The digitising gap along it, in metres; 0 where the boundaries are one line.
    pub gap_m: Exact,
}

/// Everything known of one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Single facts.
    pub one: Record,
    /// Lists of records by the name of their table: `scattered`, `lot`, `parcel`, `building`.
    pub lists: BTreeMap<&'static str, Vec<Record>>,
    /// Shared boundaries between the parcels of a merge; `None` when nobody says.
    pub shared_edges: Option<Vec<SharedEdge>>,
}

impl Facts {
    /// The records of a list; `None` when it was not given.
    pub fn list(&self, table: &str) -> Option<&[Record]> {
        self.lists.get(table).map(Vec::as_slice)
    }

    /// Takes over everything that `other` states, in the place of what was there.
    pub fn overlay(&mut self, other: &Self) {
        self.one.overlay(&other.one);
        self.lists.extend(
            other
                .lists
                .iter()
                .map(|(table, records)| (*table, records.clone())),
        );
        if other.shared_edges.is_some() {
            self.shared_edges.clone_from(&other.shared_edges);
        }
    }

    /// Whether any single fact of a table is known.
    pub fn has_table(&self, table: &str) -> bool {
        let of_table = |name: &str| {
            let rest = name.strip_prefix(table);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        self.one.names().any(of_table)
    }
}
