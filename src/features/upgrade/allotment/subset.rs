//! The pieces one site borders and its cap → the pieces it could take by itself: the most land that fits.

use rustc_hash::FxHashMap;

/// Sums that are kept at once; beyond, the greedy choice is given and is not proven.
const MOST_SUMS: usize = 2_000_000;

/// What one site could take by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subset {
    /// The numbers of the pieces taken, ascending.
    pub taken: Vec<usize>,
    /// Their land, hundredths of a m².
    pub area: u64,
    /// No pieces under the cap have more land; `area` itself, save for dozens of pieces under an immense cap.
    pub area_at_most: u64,
    /// Whether this is proven to be, among equals, the choice that takes the first pieces.
    pub canonical: bool,
}

/// The pieces of the greatest area under a cap, both in hundredths of a m²; among equals the choice that takes the first
/// piece if any does, then the second, and so on.
pub fn best_subset(areas: &[u64], cap: u64) -> Subset {
    best_within(areas, cap, MOST_SUMS)
}

pub(super) fn best_within(areas: &[u64], cap: u64, most_sums: usize) -> Subset {
    let fitting: Vec<usize> = (0..areas.len())
        .filter(|at| (1..=cap).contains(&areas[*at]))
        .collect();
    let all: u128 = fitting.iter().map(|at| u128::from(areas[*at])).sum();
    let exact = |taken: Vec<usize>| {
        let area = taken.iter().map(|at| areas[*at]).sum();
        Subset {
            taken,
            area,
            area_at_most: area,
            canonical: true,
        }
    };
    if all <= u128::from(cap) {
        return exact(fitting);
    }
    let greedy = greedy(areas, &fitting, cap);
    let least: u64 = greedy.iter().map(|at| areas[*at]).sum();
    let Some(sums) = Sums::of(areas, &fitting, cap, least, most_sums) else {
        return Subset {
            taken: greedy,
            area: least,
            area_at_most: cap,
            canonical: false,
        };
    };
    let mut rest = sums.live.last().map_or(0, |(sum, _)| *sum);
    let mut taken = Vec::new();
    for (place, at) in fitting.iter().enumerate() {
        let without = rest.checked_sub(areas[*at]);
        if let Some(less) = without.filter(|less| sums.from(*less).is_some_and(|from| from > place))
        {
            taken.push(*at);
            rest = less;
        }
    }
    exact(taken)
}

/// The largest first, as long as they fit.
fn greedy(areas: &[u64], fitting: &[usize], cap: u64) -> Vec<usize> {
    let mut by_size = fitting.to_vec();
    by_size.sort_by_key(|at| std::cmp::Reverse(areas[*at]));
    let mut room = cap;
    by_size.retain(|at| match room.checked_sub(areas[*at]) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    });
    by_size.sort_unstable();
    by_size
}

/// Every sum that the pieces from some place on can make, with the greatest such place.
struct Sums {
    /// Ascending.
    live: Vec<(u64, usize)>,
    /// Those that the pieces before can no longer lift to a sum already in hand; they may still be part of the way there.
    past: FxHashMap<u64, usize>,
}

impl Sums {
    /// `None`: more than `most_sums`.
    fn of(
        areas: &[u64],
        fitting: &[usize],
        cap: u64,
        least: u64,
        most_sums: usize,
    ) -> Option<Self> {
        let mut past = FxHashMap::default();
        let mut live = vec![(0, fitting.len())];
        let mut before: u128 = fitting.iter().map(|at| u128::from(areas[*at])).sum();
        for (place, at) in fitting.iter().enumerate().rev() {
            let area = areas[*at];
            before -= u128::from(area);
            live = with_piece(&live, area, place, cap);
            let useless =
                live.partition_point(|(sum, _)| u128::from(*sum) + before < u128::from(least));
            for (sum, from) in live.drain(..useless) {
                past.entry(sum).or_insert(from);
            }
            if live.len() + past.len() > most_sums {
                return None;
            }
        }
        Some(Self { live, past })
    }

    fn from(&self, sum: u64) -> Option<usize> {
        match self.live.binary_search_by_key(&sum, |(sum, _)| *sum) {
            Ok(at) => Some(self.live[at].1),
            Err(_) => self.past.get(&sum).copied(),
        }
    }
}

/// The sums without and with a piece, merged.
fn with_piece(sums: &[(u64, usize)], area: u64, place: usize, cap: u64) -> Vec<(u64, usize)> {
    let mut merged = Vec::with_capacity(2 * sums.len());
    let mut with = sums
        .iter()
        .map_while(|(sum, _)| sum.checked_add(area).filter(|sum| *sum <= cap))
        .peekable();
    for (sum, from) in sums {
        while let Some(more) = with.next_if(|more| more < sum) {
            merged.push((more, place));
        }
        with.next_if_eq(sum);
        merged.push((*sum, *from));
    }
    merged.extend(with.map(|sum| (sum, place)));
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_two_of_three_fill_the_cap_exactly() {
        let best = best_subset(&[400, 700, 300], 1000);
        assert_eq!((best.taken, best.area), (vec![1, 2], 1000));
    }

    #[test]
    fn among_equals_the_first_pieces_are_taken_and_a_piece_over_the_cap_is_left() {
        let best = best_subset(&[2000, 500, 500, 500, 1001], 1000);
        assert_eq!((best.taken, best.area), (vec![1, 2], 1000));
        assert!(best_subset(&[5], 4).taken.is_empty());
        assert_eq!(best_subset(&[u64::MAX, u64::MAX], u64::MAX).taken, [0]);
    }

    #[test]
    fn too_many_sums_give_a_greedy_choice_and_a_true_bound() {
        let best = best_within(&[700, 400, 600, 300], 1000, 2);
        assert_eq!(
            (best.taken, best.area, best.area_at_most, best.canonical),
            (vec![0, 3], 1000, 1000, false)
        );
        assert_eq!(best_within(&[600, 500, 500], 1000, 2).area_at_most, 1000);
        assert_eq!(best_within(&[600, 500, 500], 1000, 2).area, 600);
        assert_eq!(best_within(&[600, 500, 500], 1000, 99).taken, [1, 2]);
    }
}
