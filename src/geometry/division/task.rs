//! A piece and the lots it is to become → what a line across it must leave on either side, and whether one does.

use geo::Coord;

use crate::geometry::ring::{cross, dot};

use super::Scores;
use super::ground::CutGround;
use super::piece::{Figure, LotPiece, Place, holds, length};
use super::quota::{Quota, Sharing, count, sharings};
use super::score;

/// The sine of the least angle between a line and the border where it ends: about two degrees.
const SPIKE: f64 = 0.03;

/// A piece, and how its lots may be shared out to the sides of a line.
pub(super) struct Task<'a> {
    pub ground: &'a CutGround<'a>,
    pub piece: &'a LotPiece,
    pub quotas: &'a [Quota],
    pub sharings: Vec<Sharing>,
    /// Places on the border that divide a stretch with access as lots need it.
    pub points: Vec<Coord>,
    /// The bodies with bays that the border leads into.
    pub entered: Vec<usize>,
    /// How many bodies of the piece count.
    pub counting: usize,
}

/// A line across a piece that leaves on either side what as many lots need at least.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub from: Place,
    pub bends: Vec<Coord>,
    pub to: Place,
    /// Which of the sharings.
    pub sharing: usize,
    /// For each body of the piece whether it is on the left.
    pub left: Vec<bool>,
    pub area: f64,
    pub score: f64,
}

impl Cut {
    pub fn line(&self) -> Vec<Coord> {
        let mut line = vec![self.from.at];
        line.extend_from_slice(&self.bends);
        line.push(self.to.at);
        line
    }

    /// The direction from end to end.
    pub fn along(&self) -> Coord {
        self.to.at - self.from.at
    }
}

/// Room to work in.
#[derive(Default)]
pub(super) struct CutScratch {
    ring: Vec<Coord>,
    line: Vec<Coord>,
}

impl<'a> Task<'a> {
    pub fn new(ground: &'a CutGround<'a>, piece: &'a LotPiece, quotas: &'a [Quota]) -> Self {
        let counts = |&&body: &&usize| ground.bodies[body].counts;
        let is_entered = |&body: &usize| ground.bodies[body].is_entered(&piece.ring);
        let entered = piece.bodies.iter().copied().filter(is_entered);
        Self {
            ground,
            piece,
            quotas,
            sharings: sharings(quotas, piece.area),
            points: points(piece, ground.wish.least_access, quotas.len()),
            entered: entered.collect(),
            counting: piece.bodies.iter().filter(counts).count(),
        }
    }

    /// On which side of a line each body is: `None` where the parts of one are on both.
    pub fn sides(
        &self,
        (from, bends, to): (&Place, &[Coord], &Place),
        room: &mut CutScratch,
    ) -> Option<Vec<bool>> {
        self.piece.ring_left_of(from, bends, to, &mut room.ring);
        self.ground.spend(room.ring.len() * self.piece.bodies.len());
        let side = |&body: &usize| {
            let insides = &self.ground.bodies[body].insides;
            let first = holds(&room.ring, insides[0]);
            let same = |&at: &Coord| holds(&room.ring, at) == first;
            insides[1..].iter().all(same).then_some(first)
        };
        self.piece.bodies.iter().map(side).collect()
    }

    /// Adds the cut along a free line once for each sharing that it fulfils. `gap` is its distance from the next body.
    pub fn weigh(
        &self,
        (from, bends, to): (Place, &[Coord], Place),
        left: &[bool],
        gap: f64,
        room: &mut CutScratch,
        out: &mut Vec<Cut>,
    ) {
        let (piece, ground) = (self.piece, self.ground);
        ground.spend(8);
        let mut counting = [0; 2];
        let mut holes = [(0.0, 0.0); 2];
        for (&body, &is_left) in piece.bodies.iter().zip(left) {
            let body = &ground.bodies[body];
            counting[usize::from(!is_left)] += usize::from(body.counts);
            if body.thing.is_none() {
                let hole = &mut holes[usize::from(!is_left)];
                hole.0 += body.hole_area();
                hole.1 += body.hole_perimeter();
            }
        }
        let whole = piece.left_of(&from, bends, &to);
        let line: f64 = room.along(&from, bends, &to);
        let area = whole.area - holes[0].0;
        let figures = [
            Figure {
                area,
                perimeter: whole.perimeter + holes[0].1,
            },
            Figure {
                area: piece.area - area,
                perimeter: piece.perimeter() - whole.perimeter + 2.0 * line + holes[1].1,
            },
        ];
        let mut access = None;
        for (number, sharing) in self.sharings.iter().enumerate() {
            let lots = [&sharing.left, &sharing.right];
            if counting[0] < lots[0].len() || counting[1] < lots[1].len() {
                continue;
            }
            self.reach(|reached| {
                let least = (0..2).map(|side| figures[side].area / count(lots[side].len()));
                reached.smallest_lot = reached
                    .smallest_lot
                    .max(least.fold(f64::INFINITY, f64::min));
            });
            if area < sharing.least - 1e-7 || area > sharing.most + 1e-7 {
                continue;
            }
            if self.is_spike(&from, bends.first().unwrap_or(&to.at))
                || self.is_spike(&to, bends.last().unwrap_or(&from.at))
            {
                return;
            }
            let access = *access.get_or_insert_with(|| self.access(from, to, left));
            if access[0] < lots[0].len() || access[1] < lots[1].len() {
                continue;
            }
            let lots = [
                (figures[0], sharing.left.as_slice()),
                (figures[1], sharing.right.as_slice()),
            ];
            let score = Scores::of([
                score::area(&lots),
                score::compactness(&lots),
                score::straightness([room.line.as_slice()].into_iter()),
                score::angle([room.line.as_slice()].into_iter(), ground.side),
                score::clearance(gap, ground.wish.clearance),
            ]);
            out.push(Cut {
                from,
                bends: bends.to_vec(),
                to,
                sharing: number,
                left: left.to_vec(),
                area,
                score: score.total,
            });
        }
    }

    /// Whether a line with these bodies on its left leaves something that counts for every lot.
    pub fn may_part(&self, left: &[bool]) -> bool {
        let counting = self.counting_left(left);
        let fits = |sharing: &Sharing| self.fits(sharing, counting);
        self.sharings.iter().any(fits)
    }

    /// Whether so many bodies that count on the left are enough, and the rest on the right.
    pub fn fits(&self, sharing: &Sharing, left: usize) -> bool {
        left >= sharing.left.len() && self.counting - left >= sharing.right.len()
    }

    /// How many bodies that count are on the left.
    pub fn counting_left(&self, left: &[bool]) -> usize {
        let bodies = self.piece.bodies.iter().zip(left);
        let counts =
            |&(&body, &is_left): &(&usize, &bool)| is_left && self.ground.bodies[body].counts;
        bodies.filter(counts).count()
    }

    /// Whether all of the ring is land.
    pub fn has_no_holes(&self) -> bool {
        let mut bodies = self.piece.bodies.iter();
        bodies.all(|&body| self.ground.bodies[body].thing.is_some())
    }

    /// The area of the holes on the left.
    pub fn holes_left(&self, left: &[bool]) -> f64 {
        let bodies = self
            .piece
            .bodies
            .iter()
            .zip(left)
            .filter(|(_, is_left)| **is_left);
        bodies
            .map(|(&body, _)| self.ground.bodies[body].hole_area())
            .sum()
    }

    /// Notes what the last line of a division reached.
    fn reach(&self, note: impl FnOnce(&mut super::ground::Reached)) {
        if self.quotas.len() == 2 {
            self.ground.reach(note);
        }
    }

    /// Whether a last line with this area on its left would leave a larger smallest lot than any before.
    pub fn is_better(&self, area: f64) -> bool {
        let least = area.min(self.piece.area - area);
        self.quotas.len() == 2 && least > self.ground.reached().smallest_lot + 0.01
    }

    /// Whether a line to `next` leaves the border so flatly that a lot would end in a spike.
    fn is_spike(&self, place: &Place, next: &Coord) -> bool {
        let piece = self.piece;
        let before = if place.share > 0.0 {
            place.edge
        } else {
            (place.edge + piece.ring.len() - 1) % piece.ring.len()
        };
        let along = *next - place.at;
        [piece.ring[before], piece.end(place.edge)]
            .into_iter()
            .any(|corner| {
                let border = corner - place.at;
                dot(along, border) > 0.0
                    && cross(along, border).abs() < SPIKE * length(along) * length(border)
            })
    }

    /// For how many lots there is access on the left and on the right of a line.
    fn access(&self, from: Place, to: Place, left: &[bool]) -> [usize; 2] {
        let least = self.ground.wish.least_access;
        if least <= 0.0 {
            return [usize::MAX; 2];
        }
        self.ground.spend(self.piece.ring.len());
        let mut lots = [0; 2];
        let mut longest = [0.0_f64; 2];
        let mut add = |side: usize, run: f64| {
            lots[side] += served(run, least);
            longest[side] = longest[side].max(run);
        };
        self.piece.stretches(to, from, |run| add(0, run));
        self.piece.stretches(from, to, |run| add(1, run));
        for (&body, &is_left) in self.piece.bodies.iter().zip(left) {
            add(usize::from(!is_left), self.ground.bodies[body].access);
        }
        let worse = longest[0].min(longest[1]);
        self.reach(|reached| reached.access = reached.access.max(worse));
        lots
    }
}

impl CutScratch {
    /// Keeps the line in one piece and tells its length.
    fn along(&mut self, from: &Place, bends: &[Coord], to: &Place) -> f64 {
        self.line.clear();
        self.line.push(from.at);
        self.line.extend_from_slice(bends);
        self.line.push(to.at);
        let legs = self.line.windows(2);
        legs.map(|leg| length(leg[1] - leg[0])).sum()
    }
}

/// How many lots an unbroken stretch of access can serve.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are not negative, and no plot has 2^32 lots"
)]
pub(super) fn served(run: f64, least: f64) -> usize {
    ((run + super::line::NEAR) / least).floor().min(1e6) as usize
}

/// The places on the border at whole multiples of the access that a lot needs from both ends of each stretch.
fn points(piece: &LotPiece, least: f64, lots: usize) -> Vec<Coord> {
    let mut points = Vec::new();
    if least <= 0.0 {
        return points;
    }
    let count = piece.ring.len();
    let first = piece.start().edge;
    let mut run: Vec<(Coord, Coord)> = Vec::new();
    for step in 0..=count {
        let edge = (first + step) % count;
        if step < count && piece.open[edge] {
            run.push((piece.ring[edge], piece.end(edge)));
            continue;
        }
        let mut back: Vec<(Coord, Coord)> = run.iter().rev().map(|&(a, b)| (b, a)).collect();
        for lot in 1..lots {
            points.extend(after(&run, least * self::count(lot)));
            points.extend(after(&back, least * self::count(lot)));
        }
        run.clear();
        back.clear();
    }
    points
}

/// The place after some metres of a way.
fn after(way: &[(Coord, Coord)], mut distance: f64) -> Option<Coord> {
    for &(a, b) in way {
        let long = length(b - a);
        if distance < long {
            return Some(a + (b - a) * (distance / long));
        }
        distance -= long;
    }
    None
}
