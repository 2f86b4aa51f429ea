//! The ids of a layer → which of its features an id of another layer or table means.

use compact_str::CompactString;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// Finds features by the keys of their ids.
#[derive(Clone, Debug, Default)]
pub struct KeyIndex {
    first: FxHashMap<CompactString, u32>,
    /// Those whose key a feature before them has.
    more: FxHashMap<CompactString, Vec<u32>>,
}

/// What an id means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// One feature, by its position.
    One(u32),
    /// Several that it does not tell apart.
    Several,
    /// None.
    Nothing,
}

impl KeyIndex {
    /// The index over the keys of features in their order; an empty key is nobody's.
    pub fn of(keys: impl ExactSizeIterator<Item = CompactString>) -> Self {
        let mut first = FxHashMap::with_capacity_and_hasher(keys.len(), FxBuildHasher);
        let mut more: FxHashMap<CompactString, Vec<u32>> = FxHashMap::default();
        for (at, key) in (0..).zip(keys) {
            if key.is_empty() {
                continue;
            }
            match first.entry(key) {
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(at);
                }
                std::collections::hash_map::Entry::Occupied(held) => {
                    more.entry(held.key().clone()).or_default().push(at);
                }
            }
        }
        Self { first, more }
    }

    /// Leaves features out that are others given once more: an id then means the other.
    pub fn leave_out(&mut self, repeated: &FxHashSet<u32>) {
        let first = &mut self.first;
        self.more.retain(|key, more| {
            more.retain(|at| !repeated.contains(at));
            if let Some(at) = first.get_mut(key)
                && repeated.contains(at)
                && !more.is_empty()
            {
                *at = more.remove(0);
            }
            !more.is_empty()
        });
    }

    /// What an id means, whose key is `key`. Of several features of one key it means the one whose id is written exactly
    /// so, if there is one; `id_of` says how the id of a feature is written.
    pub fn meant<'a>(&self, id: &str, key: &str, id_of: impl Fn(u32) -> &'a str) -> Meant {
        let Some(first) = self.first.get(key) else {
            return Meant::Nothing;
        };
        let Some(more) = self.more.get(key) else {
            return Meant::One(*first);
        };
        let mut exact = [first]
            .into_iter()
            .chain(more)
            .filter(|at| id_of(**at).trim() == id.trim());
        match (exact.next(), exact.next()) {
            (Some(at), None) => Meant::One(*at),
            _ => Meant::Several,
        }
    }

    /// Every feature of a key, in order.
    pub fn all<'s>(&'s self, key: &str) -> impl Iterator<Item = u32> + use<'s> {
        let more = self.more.get(key).into_iter().flatten();
        self.first.get(key).into_iter().chain(more).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::key;

    #[test]
    fn of_several_of_one_key_the_one_written_exactly_so_is_meant() {
        let ids = ["b1", "B1", "7", "7.0", "x", "x"];
        let index = KeyIndex::of(ids.iter().map(|id| key(id)));
        let meant = |id: &str| index.meant(id, &key(id), |at| ids[at as usize]);
        assert_eq!(meant("b1"), Meant::One(0));
        assert_eq!(meant("B1 "), Meant::One(1));
        assert_eq!(meant("7"), Meant::One(2));
        assert_eq!(meant("07"), Meant::Nothing);
        assert_eq!(meant("X"), Meant::Several);
        assert_eq!(index.all("X").collect::<Vec<_>>(), [4, 5]);
    }
}
