//! Links between parcels → the neighbours of each, in order.

use super::candidates::Link;

/// Who is joined with whom, by place in the order of parcels.
pub(super) struct Graph {
    starts: Vec<u32>,
    ends: Vec<(u32, f64)>,
}

impl Graph {
    /// The graph of `count` parcels.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a layer has fewer than 2^31 pairs of neighbours"
    )]
    pub(super) fn of(count: usize, links: &[Link]) -> Self {
        let mut ends: Vec<(u32, u32, f64)> = links
            .iter()
            .flat_map(|link| {
                [
                    (link.a, link.b, link.shared_m),
                    (link.b, link.a, link.shared_m),
                ]
            })
            .collect();
        ends.sort_unstable_by_key(|(from, to, _)| (*from, *to));
        let mut starts = vec![0; count + 1];
        for (from, ..) in &ends {
            starts[*from as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        debug_assert_eq!(starts[count], ends.len() as u32);
        Self {
            starts,
            ends: ends
                .into_iter()
                .map(|(_, to, shared)| (to, shared))
                .collect(),
        }
    }

    /// The neighbours of a parcel, by place, with the boundary shared with each, in m.
    pub(super) fn beside(&self, place: u32) -> &[(u32, f64)] {
        let (from, to) = (self.starts[place as usize], self.starts[place as usize + 1]);
        &self.ends[from as usize..to as usize]
    }

    /// The boundary that some parcels share with each other, in m; they are in order.
    pub(super) fn shared_among(&self, places: &[u32]) -> f64 {
        let among = |place: &u32| {
            let later = self.beside(*place).iter().filter(move |(to, _)| to > place);
            let within = later.filter(|(to, _)| places.binary_search(to).is_ok());
            within.map(|(_, shared)| shared).sum::<f64>()
        };
        places.iter().map(among).sum()
    }

    /// The parcels that links join to `place`, itself included, in order; `within` says which count.
    pub(super) fn joined_to(&self, place: u32, within: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut found = vec![place];
        let mut known = rustc_hash::FxHashSet::default();
        known.insert(place);
        let mut next = 0;
        while let Some(&here) = found.get(next) {
            next += 1;
            for (to, _) in self.beside(here) {
                if within(*to) && known.insert(*to) {
                    found.push(*to);
                }
            }
        }
        found.sort_unstable();
        found
    }
}
