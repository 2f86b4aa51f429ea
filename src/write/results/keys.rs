//! How the keys fared by which layers and tables are joined, for `summary.json` and for a person.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::features::idle::Survey;
use crate::parcels::JoinCounts;
use crate::run::Scan;

/// How the keys of one layer or table fared; of a table of storeys rows, else keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct KeyCounts {
    /// Those that were given.
    given: u64,
    /// Those that mean one parcel (of storeys: a building).
    matched: u64,
    /// Those that mean none.
    unmatched: u64,
    /// Those that several bear.
    ambiguous: u64,
    /// Of the matched: those of features that do not lie on what they name.
    contradicting: u64,
    /// Features or rows without a key.
    without_key: u64,
}

impl From<JoinCounts> for KeyCounts {
    fn from(counts: JoinCounts) -> Self {
        Self {
            given: counts.with_key(),
            matched: counts.matched,
            unmatched: counts.unmatched,
            ambiguous: counts.ambiguous,
            contradicting: counts.contradicting,
            without_key: counts.without_key,
        }
    }
}

impl KeyCounts {
    /// How they fared, in numbers.
    pub(super) fn fates(&self) -> String {
        let Self {
            matched,
            unmatched,
            ambiguous,
            contradicting,
            ..
        } = self;
        format!("{matched} / {unmatched} / {ambiguous} / {contradicting}")
    }
}

/// The counts of every layer and table that has keys.
pub(super) fn key_counts(
    scan: &Scan,
    survey: Option<&Survey>,
) -> BTreeMap<&'static str, KeyCounts> {
    let of_tables = survey.iter().flat_map(|survey| &survey.joins);
    let all = scan.joins().chain(of_tables);
    all.map(|(layer, counts)| (layer.name(), (*counts).into()))
        .collect()
}
