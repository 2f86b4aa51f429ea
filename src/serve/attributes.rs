//! A run → what maps and lists tell parcels apart by, a byte or two for each.

use crate::read::{OpenRun, RowPlaces};

/// Words that parcels have, each once, and which of them each parcel has.
pub(super) struct Words {
    words: Vec<String>,
    of: Vec<u16>,
}

/// None of the words.
const NONE: u16 = u16::MAX;

impl Words {
    /// The word of each of `count` parcels.
    fn of(count: usize, word: impl Fn(usize) -> Option<String>) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut place = |word: String| {
            let found = words.iter().position(|have| *have == word);
            let at = found.unwrap_or_else(|| {
                words.push(word);
                words.len() - 1
            });
            u16::try_from(at).unwrap_or(NONE)
        };
        let of = (0..count)
            .map(|row| word(row).map_or(NONE, &mut place))
            .collect();
        Self { words, of }
    }

    /// The first word of the rows of each parcel.
    fn tagged(count: usize, places: &RowPlaces) -> Self {
        let mut first: Vec<Option<&String>> = vec![None; count];
        for (parcel, tag) in places.tagged() {
            let slot = &mut first[parcel as usize];
            *slot = slot.or(tag.first());
        }
        Self::of(count, |row| first[row].cloned())
    }

    /// The word of a parcel.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        self.words
            .get(usize::from(self.of[row]))
            .map(String::as_str)
    }

    /// All words, in order.
    pub(super) fn all(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.words.iter().map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

/// What parcels are told apart by.
pub(super) struct Attributes {
    /// What the rules say.
    pub verdict: Words,
    /// The use of land.
    pub land_use: Words,
    /// The state in the survey.
    pub state: Words,
    /// 县(市、区).
    pub district: Words,
    /// Whether an upgrade is feasible.
    pub upgrade: Words,
    /// How many problems its data has.
    pub defects: Vec<u16>,
}

impl Attributes {
    /// Those of a run.
    pub(super) fn of(run: &OpenRun) -> Self {
        let count = run.parcels.len();
        let column = |name: &str| {
            Words::of(count, |row| {
                run.parcels
                    .text(row, name)
                    .map(std::borrow::Cow::into_owned)
            })
        };
        let mut defects = vec![0_u16; count];
        for (parcel, _) in run.defects.tagged() {
            let count = &mut defects[parcel as usize];
            *count = count.saturating_add(1);
        }
        Self {
            verdict: column("verdict"),
            land_use: column("land_use"),
            district: column("district"),
            state: Words::tagged(count, &run.idle),
            upgrade: Words::tagged(count, &run.upgrades),
            defects,
        }
    }
}
