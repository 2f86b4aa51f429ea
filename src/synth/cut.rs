//! A ring and a line → the two rings on its sides, which share a bent line point by point.

use geo::Coord;

use super::dice::Dice;
use super::plane::{Ring, area, cross, crosses, direction, distance, left, moved, rounded};

/// A directed straight line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// A point of it.
    pub at: Coord,
    /// Its direction, of length 1.
    pub along: Coord,
}

/// How far a surveyed line strays from a straight one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bends {
    /// Metres between two bends.
    pub spacing: f64,
    /// How far a bend may lie off the line, in metres.
    pub depth: f64,
    /// Depth of a tab in the middle third that reaches into the right side, in metres; 0 for none.
    pub tab: f64,
    /// An end that is this near to a corner takes the corner, in metres.
    pub snap: f64,
}

impl Bends {
    /// No bends at all.
    pub(super) const NONE: Self = Self {
        spacing: f64::INFINITY,
        depth: 0.0,
        tab: 0.0,
        snap: 0.5,
    };
}

/// The parts of `ring` on the left and on the right of `line`; `None` where the cut would not give two sound rings.
///
/// The ends of the cut are new points of both parts but not of what lies beyond `ring`: T-junctions, off the
/// neighbour's line by the rounding to a millimetre, as in surveyed data.
pub(super) fn cut(
    ring: &[Coord],
    line: Line,
    bends: &Bends,
    dice: &mut Dice,
) -> Option<(Ring, Ring)> {
    let count = ring.len();
    let side: Vec<f64> = ring
        .iter()
        .map(|&c| cross(line.along, c - line.at))
        .collect();
    let (mut exit, mut entry) = (None, None);
    for index in 0..count {
        let next = (index + 1) % count;
        match (side[index] >= 0.0, side[next] >= 0.0) {
            (true, false) if exit.replace(index).is_some() => return None,
            (false, true) if entry.replace(index).is_some() => return None,
            _ => {}
        }
    }
    let (exit, entry) = (exit?, entry?);
    let meet = |index: usize| {
        let (a, b) = (index, (index + 1) % count);
        let share = side[a] / (side[a] - side[b]);
        let at = rounded(moved(ring[a], ring[b] - ring[a], share));
        [ring[a], ring[b]]
            .into_iter()
            .find(|&corner| distance(corner, at) < bends.snap)
            .unwrap_or(at)
    };
    let (from, to) = (meet(exit), meet(entry));
    if distance(from, to) < 1.0 {
        return None;
    }
    let path = bent(from, to, bends, dice);
    if strays(ring, &path, exit, entry) {
        return None;
    }
    let inner = &path[1..path.len() - 1];
    let mut on_left = arc(ring, entry, exit, to, from);
    on_left.extend_from_slice(inner);
    let mut on_right = arc(ring, exit, entry, from, to);
    on_right.extend(inner.iter().rev());
    let sound = |part: &Ring| part.len() > 2 && area(part) > 8.0;
    (sound(&on_left) && sound(&on_right)).then_some((on_left, on_right))
}

/// The points of a cut from `from` to `to`, both included.
fn bent(from: Coord, to: Coord, bends: &Bends, dice: &mut Dice) -> Vec<Coord> {
    let (along, length) = (direction(from, to), distance(from, to));
    let aside = left(along);
    let mut path = vec![from];
    if bends.tab > 0.0 && length > 6.0 * bends.tab {
        for (at, off) in [(0.36, 0.0), (0.365, 1.0), (0.63, 1.0), (0.635, 0.0)] {
            let foot = moved(from, along, at * length);
            path.push(rounded(moved(foot, aside, -off * bends.tab)));
        }
    } else {
        let count = (length / bends.spacing + dice.unit()).floor().min(12.0);
        let mut at = 0.0;
        while at < count {
            let share = (at + 0.5 + dice.around(0.25)) / count;
            let foot = moved(from, along, share * length);
            path.push(rounded(moved(foot, aside, dice.around(bends.depth))));
            at += 1.0;
        }
    }
    path.push(to);
    path
}

/// Whether the path leaves the ring between its ends.
fn strays(ring: &[Coord], path: &[Coord], exit: usize, entry: usize) -> bool {
    let last = path.len() - 2;
    path.windows(2).enumerate().any(|(step, leg)| {
        (0..ring.len()).any(|edge| {
            let (p, q) = (ring[edge], ring[(edge + 1) % ring.len()]);
            let joined = (step == 0 && edge == exit)
                || (step == last && edge == entry)
                || leg.contains(&p)
                || leg.contains(&q);
            !joined && crosses(leg[0], leg[1], p, q)
        })
    })
}

/// The ring's points behind edge `after` up to the start of edge `until`, between the cut's ends `first` and `last`.
fn arc(ring: &[Coord], after: usize, until: usize, first: Coord, last: Coord) -> Ring {
    let mut points = vec![first];
    let mut index = after;
    while index != until {
        index = (index + 1) % ring.len();
        if ring[index] != first && ring[index] != last {
            points.push(ring[index]);
        }
    }
    points.push(last);
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Ring {
        [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
            .map(Coord::from)
            .to_vec()
    }

    #[test]
    fn a_cut_keeps_the_area_and_shares_its_line() {
        let bends = Bends {
            spacing: 20.0,
            depth: 1.0,
            tab: 0.0,
            snap: 0.5,
        };
        let north = Line {
            at: (40.0, 0.0).into(),
            along: (0.0, 1.0).into(),
        };
        let (on_left, on_right) = cut(&square(), north, &bends, &mut Dice::new(1, 1)).unwrap();
        assert!((area(&on_left) - 4000.0).abs() < 100.0);
        assert!((area(&on_left) + area(&on_right) - 10_000.0).abs() < 1e-6);
        let shared = on_left.iter().filter(|c| on_right.contains(c)).count();
        assert!(shared >= 6, "{shared}");
    }

    #[test]
    fn a_line_beside_the_ring_cuts_nothing() {
        let beside = Line {
            at: (140.0, 0.0).into(),
            along: (0.0, 1.0).into(),
        };
        assert!(cut(&square(), beside, &Bends::NONE, &mut Dice::new(1, 1)).is_none());
    }

    #[test]
    fn a_tab_reaches_into_the_right_side() {
        let north = Line {
            at: (40.0, 0.0).into(),
            along: (0.0, 1.0).into(),
        };
        let bends = Bends {
            tab: 5.0,
            ..Bends::NONE
        };
        let (on_left, _) = cut(&square(), north, &bends, &mut Dice::new(1, 1)).unwrap();
        assert!(on_left.iter().any(|c| (c.x - 45.0).abs() < 1e-9));
        assert_eq!(on_left.len(), 8);
    }
}
