//! Rows → pieces made on all threads and handed on in order by one, a few at a time.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

/// A thread makes as many pieces at a time as have about so many rows.
const AT_A_TIME: usize = 4096;

/// Makes a piece of every `size` rows in parallel and gives the pieces to `take` in the order of the rows.
///
/// While one group of pieces (a few for each thread) is taken, the next is made, so at most two groups are in memory.
/// `take` runs on the calling thread and may hold what cannot leave it. Stops at the first error.
pub(super) fn in_order<T: Send, E: Send>(
    rows: usize,
    size: usize,
    make: impl Fn(Range<usize>) -> Result<T, E> + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let pieces = rows.div_ceil(size);
    let group = (AT_A_TIME / size).max(1) * rayon::current_num_threads();
    let make_group = |first: usize| -> Vec<Result<T, E>> {
        (first..pieces.min(first + group))
            .into_par_iter()
            .map(|piece| make(piece * size..rows.min((piece + 1) * size)))
            .collect()
    };
    let mut ready = make_group(0);
    let mut first = group;
    while !ready.is_empty() {
        let mut next = Vec::new();
        rayon::in_place_scope(|scope| {
            if first < pieces {
                scope.spawn(|_| next = make_group(first));
            }
            ready.drain(..).try_for_each(|piece| take(piece?))
        })?;
        ready = next;
        first += group;
    }
    Ok(())
}

/// How many bytes the longest piece had so far: with room for them from the start, no piece is copied as it grows.
#[derive(Default)]
pub(super) struct LongestPiece(AtomicUsize);

impl LongestPiece {
    /// The room that the next piece needs, with some to spare.
    pub(super) fn get(&self) -> usize {
        let most = self.0.load(Ordering::Relaxed);
        most + most / 16
    }

    /// A piece had so many bytes.
    pub(super) fn saw(&self, bytes: usize) {
        self.0.fetch_max(bytes, Ordering::Relaxed);
    }
}

/// Whether no byte is special, looked at many at a time.
pub(super) fn none_of(bytes: &[u8], special: impl Fn(u8) -> bool) -> bool {
    let any = |some: &[u8]| some.iter().fold(false, |any, byte| any | special(*byte));
    if let Some(last) = bytes.last_chunk::<16>() {
        let (sixteens, _) = bytes.as_chunks::<16>();
        return !sixteens.iter().any(|some| any(some)) && !any(last);
    }
    // the two may share bytes
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => !any(first) && !any(last),
        _ => !any(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_once_and_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap().install(|| {
                for rows in [0, 1, 10, 101, 50_001] {
                    let mut seen = Vec::new();
                    in_order(rows, 10, Ok::<_, ()>, |piece| {
                        seen.extend(piece);
                        Ok(())
                    })
                    .unwrap();
                    assert_eq!(seen, (0..rows).collect::<Vec<_>>());
                }
            });
        }
    }

    #[test]
    fn a_special_byte_is_found_wherever_it_stands() {
        for count in 0..70 {
            let mut bytes = vec![b'a'; count];
            assert!(none_of(&bytes, |byte| byte == b'"'));
            for at in 0..count {
                bytes[at] = b'"';
                assert!(!none_of(&bytes, |byte| byte == b'"'));
                bytes[at] = b'a';
            }
        }
    }

    #[test]
    fn the_first_error_in_row_order_stops_it() {
        let made = |range: Range<usize>| {
            if range.start < 30 {
                Ok(range)
            } else {
                Err(range.start)
            }
        };
        let mut taken = 0;
        let outcome = in_order(100, 10, made, |_| {
            taken += 1;
            Ok(())
        });
        assert_eq!((outcome, taken), (Err(30), 3));
    }
}
