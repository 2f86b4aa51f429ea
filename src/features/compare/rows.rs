//! Matched parcels with their states → the rows of `changes.csv`.

use super::change::{Change, Why, change, is_on_list};
use super::kinship::Kinship;
use super::listed::{now, past};
use super::matching::{Match, Matching};
use crate::features::idle::State;
use crate::model::{Run, RunParcel};

/// A pair of parcels of two runs of which something matters, or one of a run alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The parcel of the earlier run, by its position.
    pub earlier: Option<u32>,
    /// The parcel of the later run.
    pub later: Option<u32>,
    /// How they stand to each other; `None` where that is not clear.
    pub kinship: Option<Kinship>,
    /// The share of the later parcel that lies on the earlier one.
    pub share: Option<f64>,
    /// What changed.
    pub change: Change,
    /// Why that is unknown, or what a reader must know of it.
    pub why: Option<Why>,
    /// Which of the two is counted by this row; a parcel of several rows is counted once.
    pub counts: Option<Counts>,
}

/// The parcel that a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// That of the earlier run: no row of the later counts it.
    Earlier,
    /// That of the later run.
    Later,
}

/// Two runs with the states of their parcels.
pub(super) struct Sides<'a> {
    pub(super) runs: [&'a Run; 2],
    pub(super) states: [&'a [Option<State>]; 2],
}

impl<'a> Sides<'a> {
    pub(super) fn earlier(&self, at: u32) -> (&'a RunParcel, Option<State>) {
        (
            &self.runs[0].parcels[at as usize],
            self.states[0][at as usize],
        )
    }

    pub(super) fn later(&self, at: u32) -> (&'a RunParcel, Option<State>) {
        (
            &self.runs[1].parcels[at as usize],
            self.states[1][at as usize],
        )
    }

    /// What changed between two parcels that are one.
    fn change(&self, earlier: u32, later: u32) -> (Change, Option<Why>) {
        let ((before, was), (parcel, is)) = (self.earlier(earlier), self.later(later));
        change(&past(before, was), &now(self.runs[1], parcel, is, before))
    }

    /// The rows of all parcels of which something matters: those of the later run in its order, then those of the earlier
    /// that none of them counts.
    pub(super) fn rows(&self, matching: &Matching) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, found) in (0..).zip(&matching.later) {
            self.rows_of(at, found, &mut rows);
        }
        for (at, on) in &matching.dispersed {
            rows.extend(on.iter().enumerate().map(|(place, (later, share))| Row {
                earlier: Some(*at),
                later: Some(*later),
                kinship: Some(Kinship::SplitAndMerged),
                share: Some(*share),
                change: Change::Split,
                why: None,
                counts: (place == 0).then_some(Counts::Earlier),
            }));
        }
        let mut has_row = vec![false; matching.earlier.len()];
        let ancestors = matching.later.iter().flat_map(|found| &found.ancestors);
        ancestors.for_each(|ancestor| has_row[ancestor.at as usize] = true);
        for (at, _) in &matching.dispersed {
            has_row[*at as usize] = true;
        }
        let lost = (0..).zip(&matching.earlier).zip(has_row);
        rows.extend(lost.filter(|(_, has)| !has).map(|((at, kinship), _)| Row {
            earlier: Some(at),
            later: None,
            kinship: *kinship,
            share: None,
            change: if *kinship == Some(Kinship::Gone) {
                Change::Gone
            } else {
                Change::Unknown
            },
            why: kinship.is_none().then_some(Why::Unmatched),
            counts: Some(Counts::Earlier),
        }));
        rows
    }

    fn rows_of(&self, at: u32, found: &Match, rows: &mut Vec<Row>) {
        let (parcel, state) = self.later(at);
        let mut row = Row {
            earlier: None,
            later: Some(at),
            kinship: found.kinship,
            share: None,
            change: Change::Unknown,
            why: None,
            counts: Some(Counts::Later),
        };
        if found.ancestors.is_empty() {
            (row.change, row.why) = alone(found.kinship, state);
            rows.push(row);
            return;
        }
        for (place, ancestor) in found.ancestors.iter().enumerate() {
            let (before, was) = self.earlier(ancestor.at);
            let (change, why) = match found.kinship {
                None => (Change::Unknown, Some(Why::Unmatched)),
                Some(kinship) if kinship.is_one_to_one() => self.change(ancestor.at, at),
                Some(Kinship::Split) => (Change::Split, None),
                Some(_) if found.ancestors.len() == 1 => (Change::Split, None),
                Some(_) => (Change::Merged, None),
            };
            let matters = |state: Option<State>| state.is_some_and(|state| state != State::Built);
            let is_told = found.kinship != Some(Kinship::Same)
                || matters(was)
                || matters(state)
                || figures(before) != figures(parcel);
            if is_told {
                rows.push(Row {
                    earlier: Some(ancestor.at),
                    share: ancestor.share,
                    change,
                    why,
                    counts: row.counts.filter(|_| place == 0),
                    ..row.clone()
                });
            }
        }
    }
}

/// The change of a parcel of the later run that lies on none of the earlier.
fn alone(kinship: Option<Kinship>, state: Option<State>) -> (Change, Option<Why>) {
    match state {
        _ if kinship.is_none() => (Change::Unknown, Some(Why::Unmatched)),
        Some(State::Unknown) => (Change::Unknown, Some(Why::UnknownNow)),
        Some(state) if is_on_list(state) => (Change::New, None),
        _ => (Change::None, None),
    }
}

/// The figures of which a difference is told.
fn figures(parcel: &RunParcel) -> impl PartialEq {
    (parcel.area, parcel.plot_ratio, parcel.verdict.clone())
}
