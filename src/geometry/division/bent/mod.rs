//! A piece → lines with bends that divide it as it should be.

use geo::Coord;

use crate::geometry::ring::{cross, dot};

use super::body::apart;
use super::direction::{Fan, along_edges, angle_between, directions};
use super::legs::{Band, Legs, SHORTEST};
use super::line::{Line, NEAR};
use super::piece::{Place, length};
use super::quota::Sharing;
use super::task::{Cut, CutScratch, Task};

/// The sine of the least angle by which a line bends, and the cosine of the sharpest corner it makes.
const BEND: f64 = 0.17;
const SHARPEST: f64 = 0.87;

/// With so many legs no more directions are looked in, for each is tried with each: where one line is sought, or several.
const MOST_LEGS: [usize; 2] = [1500, 800];

/// Legs of a line in the bands that they may be shifted in, its ends on two edges of the ring.
struct Course<'a> {
    bands: &'a [Band],
    from: usize,
    to: usize,
}

/// A line: both ends and its bends.
type Drawn = (Place, Vec<Coord>, Place);

/// Adds cuts with one bend, and with two where those are wished for and no other was found: along the main directions first,
/// in others where there is no cut along these.
pub(super) fn find(task: &Task<'_>, out: &mut Vec<Cut>) {
    let bodies = &task.ground.bodies;
    let before = out.len();
    let mut room = CutScratch::default();
    let mut legs = gather(task, &along_edges(task.piece, bodies, 4));
    once(task, &legs, &mut room, out);
    if out.len() == before {
        let mut all = along_edges(task.piece, bodies, 12);
        all.extend(directions(task.piece, bodies, &task.points, Fan::Coarse));
        legs = gather(task, &all);
        once(task, &legs, &mut room, out);
    }
    if out.len() == before && task.ground.wish.most_bends > 1 {
        legs = gather(task, &along_edges(task.piece, bodies, 2));
        twice(task, &legs, &mut room, out);
    }
}

fn gather(task: &Task<'_>, directions: &[Coord]) -> Legs {
    let mut legs = Legs::default();
    let most = MOST_LEGS[usize::from(task.ground.wish.lots > 2)];
    for &along in directions {
        legs.find(task, along, most);
    }
    legs
}

/// Where two segments cross, strictly inside both.
fn meeting((a, b): (Coord, Coord), (c, d): (Coord, Coord)) -> Option<Coord> {
    let (one, other) = (b - a, d - c);
    let turn = cross(one, other);
    let at = cross(c - a, other) / turn;
    let there = cross(c - a, one) / turn;
    (at > 0.0 && at < 1.0 && there > 0.0 && there < 1.0).then(|| a + one * at)
}

/// Whether a line may bend like this: neither almost straight nor back on itself.
fn may_bend(before: Coord, bend: Coord, after: Coord) -> bool {
    let (back, on) = (before - bend, after - bend);
    let both = length(back) * length(on);
    length(back) > SHORTEST
        && length(on) > SHORTEST
        && cross(back, on).abs() > BEND * both
        && dot(back, on) < SHARPEST * both
}

/// Adds cuts of two legs.
fn once(task: &Task<'_>, found: &Legs, room: &mut CutScratch, out: &mut Vec<Cut>) {
    let legs = &found.from_border;
    for (index, one) in legs.iter().enumerate() {
        task.ground.spend(index / 4);
        if task.ground.is_spent() {
            return;
        }
        for other in &legs[..index] {
            if cross(one.band.along, other.band.along).abs() < BEND {
                continue;
            }
            let Some(bend) = meeting((one.start.at, one.end), (other.start.at, other.end)) else {
                continue;
            };
            if may_bend(one.start.at, bend, other.start.at) {
                let bands = [one.band, other.band];
                let course = Course {
                    bands: &bands,
                    from: one.start.edge,
                    to: other.start.edge,
                };
                course.weigh(task, (one.start, vec![bend], other.start), room, out);
            }
        }
    }
}

/// Adds cuts of two legs and a middle.
fn twice(task: &Task<'_>, found: &Legs, room: &mut CutScratch, out: &mut Vec<Cut>) {
    for middle in &found.middles {
        let crossing = found.from_border.iter().filter_map(|leg| {
            let is_turned = cross(leg.band.along, middle.band.along).abs() > BEND;
            let at = is_turned.then(|| meeting((leg.start.at, leg.end), middle.ends))??;
            Some((leg, at))
        });
        let crossing: Vec<_> = crossing.collect();
        task.ground.spend(found.from_border.len());
        for (index, (one, bend)) in crossing.iter().enumerate() {
            for (other, next) in &crossing[..index] {
                if task.ground.is_spent() {
                    return;
                }
                task.ground.spend(1);
                if may_bend(one.start.at, *bend, *next)
                    && may_bend(*bend, *next, other.start.at)
                    && meeting((one.start.at, *bend), (*next, other.start.at)).is_none()
                {
                    let bands = [one.band, middle.band, other.band];
                    let course = Course {
                        bands: &bands,
                        from: one.start.edge,
                        to: other.start.edge,
                    };
                    course.weigh(
                        task,
                        (one.start, vec![*bend, *next], other.start),
                        room,
                        out,
                    );
                }
            }
        }
    }
}

impl Course<'_> {
    /// Adds the cuts along a free line, and along this shifted so that areas come as near to the best as they can.
    fn weigh(&self, task: &Task<'_>, drawn: Drawn, room: &mut CutScratch, out: &mut Vec<Cut>) {
        let (from, bends, to) = &drawn;
        let whole = task.piece.left_of(from, bends, to).area;
        if task.has_no_holes() && !self.may_reach(task, whole, &drawn) {
            return;
        }
        let Some(left) = task.sides((from, bends, to), room) else {
            return;
        };
        task.ground.reach(|reached| reached.free = true);
        if !task.may_part(&left) {
            return;
        }
        let counting = task.counting_left(&left);
        let holes = task.holes_left(&left);
        let area = |drawn: &Drawn| {
            let (from, bends, to) = drawn;
            task.piece.left_of(from, bends, to).area - holes
        };
        let here = whole - holes;
        let mut wanted: Vec<f64> = Vec::new();
        for sharing in &task.sharings {
            let is_new = !wanted
                .iter()
                .any(|&other| (other - sharing.best).abs() < 0.01);
            let is_off = (here - sharing.best).abs() > 0.01;
            if is_new && is_off && task.fits(sharing, counting) {
                wanted.push(sharing.best);
            }
        }
        for best in wanted {
            if let Some(shifted) = self.shifted(task, best, here, &area) {
                take(task, shifted, &left, room, out);
            }
        }
        take(task, drawn, &left, room, out);
    }

    /// Whether a shift of the legs may bring the area to where it should be: it sweeps hardly more than the legs times their bands.
    fn may_reach(&self, task: &Task<'_>, area: f64, (from, bends, to): &Drawn) -> bool {
        let mut at = from.at;
        let mut swept = 0.0;
        for (band, &next) in self.bands.iter().zip(bends.iter().chain([&to.at])) {
            swept += (length(next - at) + band.high - band.low) * (band.high - band.low);
            at = next;
        }
        let near = |sharing: &Sharing| area > sharing.least - swept && area < sharing.most + swept;
        task.sharings.iter().any(near)
    }

    /// The line with its legs at these shares of their bands, where it still runs the same way.
    fn drawn(&self, task: &Task<'_>, shares: [f64; 3]) -> Option<Drawn> {
        let line = |leg: usize| {
            let band = &self.bands[leg];
            Line {
                along: band.along,
                offset: band.low + (band.high - band.low) * shares[leg],
            }
        };
        let last = self.bands.len() - 1;
        let from = place(task, self.from, &line(0))?;
        let to = place(task, self.to, &line(last))?;
        let mut bends = Vec::with_capacity(last);
        for leg in 0..last {
            let (a, b) = (line(leg), line(leg + 1));
            let turn = cross(a.along, b.along);
            bends.push((b.along * a.offset - a.along * b.offset) / turn);
        }
        Some((from, bends, to))
    }

    /// The line shifted within its bands so that this area is left of it, or as near to it as can be, where it is free.
    fn shifted(
        &self,
        task: &Task<'_>,
        best: f64,
        here: f64,
        area: &impl Fn(&Drawn) -> f64,
    ) -> Option<Drawn> {
        let legs = self.bands.len();
        let alone = |leg: usize, share: f64| {
            let mut shares = [0.5; 3];
            shares[leg] = share;
            self.drawn(task, shares).map_or(here, |drawn| area(&drawn))
        };
        let mut ends = [0.5; 3];
        for (leg, end) in ends.iter_mut().enumerate().take(legs) {
            let grows = alone(leg, 0.75) > alone(leg, 0.25);
            *end = if grows == (best > here) { 1.0 } else { 0.0 };
        }
        // all legs at once, then one by one
        (0..=legs).find_map(|which| {
            let at = |part: f64| {
                let share = |leg: usize| {
                    let moves = which == 0 || which == leg + 1;
                    0.5 + if moves { (ends[leg] - 0.5) * part } else { 0.0 }
                };
                self.drawn(task, [share(0), share(1), share(2)])
            };
            let drawn = nearest(best, here, &at, area)?;
            is_free(task, &drawn).then_some(drawn)
        })
    }
}

/// Adds the cut along a line that is free.
fn take(
    task: &Task<'_>,
    (from, bends, to): Drawn,
    left: &[bool],
    room: &mut CutScratch,
    out: &mut Vec<Cut>,
) {
    let before = out.len();
    task.weigh((from, &bends, to), left, 0.0, room, out);
    if out.len() > before && task.quotas.len() == 2 && is_worse(&out[before], &out[..before]) {
        out.truncate(before);
    }
    if out.len() > before {
        let mut gap = f64::INFINITY;
        let points = [&[from.at][..], &bends, &[to.at]].concat();
        for leg in points.windows(2) {
            for &body in &task.piece.bodies {
                let body = &task.ground.bodies[body];
                if body.thing.is_some() {
                    gap = gap.min(body.distance(leg[0], leg[1]));
                }
            }
        }
        for cut in &mut out[before..] {
            cut.score += super::score::of_gap(gap, task.ground.wish.clearance);
        }
    }
}

/// The line, of those at parts from 0 to 1 of a way along which the area changes steadily, whose area comes nearest.
fn nearest(
    best: f64,
    here: f64,
    at: &impl Fn(f64) -> Option<Drawn>,
    area: &impl Fn(&Drawn) -> f64,
) -> Option<Drawn> {
    let last = at(1.0)?;
    let (mut low, mut high) = ((0.0, here - best), (1.0, area(&last) - best));
    if (low.1 > 0.0) == (high.1 > 0.0) {
        return Some(last);
    }
    let mut drawn = None;
    for round in 0..60 {
        let part = if round % 3 == 2 {
            f64::midpoint(low.0, high.0)
        } else {
            low.0 + (high.0 - low.0) * (low.1 / (low.1 - high.1))
        };
        let here = at(part)?;
        let off = area(&here) - best;
        drawn = Some(here);
        if off.abs() < 1e-4 {
            break;
        }
        if (off > 0.0) == (low.1 > 0.0) {
            low = (part, off);
        } else {
            high = (part, off);
        }
    }
    drawn
}

/// Whether one of the last cuts with the same bodies on its sides and much the same direction is better, however far from
/// all things this one may be.
fn is_worse(cut: &Cut, others: &[Cut]) -> bool {
    let most = cut.score + super::score::of_gap(f64::INFINITY, 0.0);
    let is_like =
        |other: &&Cut| other.left == cut.left && angle_between(other.along(), cut.along()) < 10.0;
    let mut like = others.iter().rev().take(20).filter(is_like);
    like.any(|other| other.score > most)
}

/// Whether nothing is in the way of a line, neither a body nor the border.
fn is_free(task: &Task<'_>, (from, bends, to): &Drawn) -> bool {
    let (piece, bodies) = (task.piece, &task.ground.bodies);
    let points = [&[from.at][..], bends, &[to.at]].concat();
    task.ground.spend(2 * piece.ring.len());
    let meets_border = |a: Coord, b: Coord| {
        (0..piece.ring.len()).any(|edge| {
            let (c, d) = (piece.ring[edge], piece.end(edge));
            let begins_here = |place: &Place| {
                (place.at == a || place.at == b)
                    && (place.edge == edge || place.at == c || place.at == d)
            };
            !begins_here(from) && !begins_here(to) && apart((a, b), (c, d)) < NEAR
        })
    };
    points.windows(2).all(|leg| {
        let (a, b) = (leg[0], leg[1]);
        if length(b - a) < SHORTEST || meets_border(a, b) {
            return false;
        }
        let line = Line::through(a, b);
        let across = Coord {
            x: -line.along.y,
            y: line.along.x,
        };
        piece.bodies.iter().all(|&body| {
            let body = &bodies[body];
            let (low, high) = body.span(across);
            let is_beside = low >= line.offset - NEAR || high <= line.offset + NEAR;
            is_beside || !body.is_between(&line, line.seen(a).x, line.seen(b).x)
        })
    })
}

/// Where a line meets an edge, `None` where it does not.
fn place(task: &Task<'_>, edge: usize, line: &Line) -> Option<Place> {
    let (a, b) = (task.piece.ring[edge], task.piece.end(edge));
    let (off_a, off_b) = (line.seen(a).y, line.seen(b).y);
    let share = off_a / (off_a - off_b);
    let (edge, share, at) = if off_a.abs() < NEAR {
        (edge, 0.0, a)
    } else if off_b.abs() < NEAR {
        ((edge + 1) % task.piece.ring.len(), 0.0, b)
    } else {
        (edge, share, a + (b - a) * share)
    };
    (0.0..1.0)
        .contains(&share)
        .then_some(Place { edge, share, at })
}

#[cfg(test)]
mod tests;
