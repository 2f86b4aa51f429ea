//! Rows → pieces made on all threads and handed on in order by one, a few at a time.

use std::ops::Range;

use rayon::prelude::*;

/// Makes a piece of every `size` rows in parallel and gives the pieces to `take` in the order of the rows.
///
/// While one group of pieces (one for each thread) is taken, the next is made, so at most two groups are in memory.
/// `take` runs on the calling thread and may hold what cannot leave it. Stops at the first error.
pub(super) fn in_order<T: Send, E: Send>(
    rows: usize,
    size: usize,
    make: impl Fn(Range<usize>) -> Result<T, E> + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let pieces = rows.div_ceil(size);
    let group = rayon::current_num_threads();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_once_and_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.unwrap().install(|| {
                for rows in [0, 1, 10, 101] {
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
