//! What runs along a ring → the ring in pieces, each of one shape or of none.

use std::collections::BTreeMap;

use super::claim::Claim;
use crate::geometry::contact::{CORNER, MILLIMETRE, NOISE};

/// A piece of a ring that one shape has, or none.
#[derive(Clone, Copy)]
pub(super) struct BoundaryPiece {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) who: Option<usize>,
    exact: bool,
}

impl BoundaryPiece {
    fn length(&self) -> f64 {
        self.to - self.from
    }
}

/// A ring of a certain length, and who claims it.
pub(super) struct Ring {
    pub(super) claims: Vec<Claim>,
    pub(super) length: f64,
    pub(super) tolerance: f64,
}

impl Ring {
    /// The ring in pieces from end to end.
    pub(super) fn stretches(mut self) -> Vec<BoundaryPiece> {
        self.drop_corners();
        let mut pieces = self.pieces();
        let short = self.tolerance.max(NOISE);
        for piece in &mut pieces {
            if !piece.exact && piece.length() <= short {
                piece.who = None;
            }
        }
        join(&mut pieces);
        fill_gaps(&mut pieces, short);
        pieces
    }

    /// Takes out what the tolerance makes of corners: stretches along one shape that are too short to be a boundary.
    fn drop_corners(&mut self) {
        let mut by_shape: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
        let mut ends: BTreeMap<usize, f64> = BTreeMap::new();
        for (number, claim) in self.claims.iter().enumerate() {
            let chains = by_shape.entry(claim.who).or_default();
            let end = ends.entry(claim.who).or_insert(f64::NEG_INFINITY);
            match chains.last_mut() {
                Some(chain) if claim.from - *end <= self.tolerance + NOISE => chain.push(number),
                _ => chains.push(vec![number]),
            }
            *end = end.max(claim.to);
        }
        let mut kept = vec![false; self.claims.len()];
        for (who, mut chains) in by_shape {
            // the last goes on as the first across the corner that the ring begins with
            let over = self.length - ends[&who] + self.claims[chains[0][0]].from;
            if chains.len() > 1 && over <= self.tolerance + NOISE {
                let last = chains.pop().unwrap_or_default();
                chains[0].extend(last);
            }
            for chain in chains.iter().filter(|chain| self.is_boundary(chain)) {
                for &number in chain {
                    kept[number] = true;
                }
            }
        }
        let mut kept = kept.into_iter();
        self.claims.retain(|_| kept.next() == Some(true));
    }

    fn is_boundary(&self, chain: &[usize]) -> bool {
        let (mut shared, mut exact, mut covered) = (0.0, 0.0, f64::NEG_INFINITY);
        for claim in chain.iter().map(|&number| &self.claims[number]) {
            let more = (claim.to - claim.from.max(covered)).max(0.0);
            shared += more;
            exact += if claim.exact { more } else { 0.0 };
            covered = covered.max(claim.to);
        }
        exact > self.tolerance.clamp(NOISE, MILLIMETRE) || shared > CORNER * self.tolerance
    }

    /// The ring from end to end, each piece given to the shape with the best right to it.
    fn pieces(&self) -> Vec<BoundaryPiece> {
        let ends = self.claims.iter().flat_map(|claim| [claim.from, claim.to]);
        let mut cuts: Vec<f64> = [0.0, self.length].into_iter().chain(ends).collect();
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let (mut active, mut next) = (Vec::<&Claim>::new(), 0);
        let mut pieces = Vec::new();
        for cut in cuts.windows(2) {
            let (from, to) = (cut[0], cut[1]);
            while let Some(claim) = self.claims.get(next).filter(|claim| claim.from <= from) {
                active.push(claim);
                next += 1;
            }
            active.retain(|claim| claim.to > from);
            let middle = f64::midpoint(from, to);
            let best = active.iter().copied().reduce(|best, claim| {
                if claim.is_before(best, middle) {
                    claim
                } else {
                    best
                }
            });
            pieces.push(BoundaryPiece {
                from,
                to,
                who: best.map(|claim| claim.who),
                exact: best.is_some_and(|claim| claim.exact),
            });
        }
        join(&mut pieces);
        pieces
    }
}

/// Joins pieces that the same shape has, or none.
fn join(pieces: &mut Vec<BoundaryPiece>) {
    pieces.dedup_by(|next, here| {
        let goes_on = next.who == here.who;
        if goes_on {
            here.to = next.to;
            here.exact |= next.exact;
        }
        goes_on
    });
}

/// Gives pieces that no shape has and that are not longer than `short` to those before and behind, round the ring.
fn fill_gaps(pieces: &mut Vec<BoundaryPiece>, short: f64) {
    let count = pieces.len();
    if count < 2 {
        return;
    }
    let mut filled = Vec::with_capacity(count + 1);
    let cut = [pieces[0], pieces[count - 1]];
    let around_start = cut.iter().all(|piece| piece.who.is_none());
    for at in 0..count {
        let piece = pieces[at];
        let (before, behind) = (pieces[(at + count - 1) % count], pieces[(at + 1) % count]);
        let length = if around_start && (at == 0 || at == count - 1) {
            cut[0].length() + cut[1].length()
        } else {
            piece.length()
        };
        if piece.who.is_some() || length > short {
            filled.push(piece);
            continue;
        }
        // the gap around the first corner is cut there anyway
        let halfway = match (around_start, at) {
            (true, 0) => piece.from,
            (true, last) if last == count - 1 => piece.to,
            _ => f64::midpoint(piece.from, piece.to),
        };
        filled.push(BoundaryPiece {
            to: halfway,
            who: before.who,
            ..piece
        });
        filled.push(BoundaryPiece {
            from: halfway,
            who: behind.who,
            ..piece
        });
    }
    filled.retain(|piece| piece.length() > 0.0);
    join(&mut filled);
    *pieces = filled;
}
