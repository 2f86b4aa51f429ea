//! A plot as it was given → the same however it was written down: rings turned and begun alike, bodies clipped and in order.

use std::cell::{Cell, RefCell};

use geo::{BooleanOps, Coord, LineString, Polygon};

use crate::geometry::ring::{cross, signed_area};

use super::access::mark;
use super::body::{Body, area, edges};
use super::line::NEAR;
use super::piece::{LotPiece, LotPieceKind, holds, length};
use super::task::served;
use super::{Hindrance, Plot, Wish};

/// How much is tried before a search is given up: about the number of corners and bodies looked at.
const BUDGET: i64 = 30_000_000;

/// The nearest that a line may come to a hole.
const HOLE_CLEARANCE: f64 = 1e-3;

/// The best that lines reached which were no division.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reached {
    /// Whether any line is free.
    pub free: bool,
    /// The smallest lot, at best, where something that counts was in each.
    pub smallest_lot: f64,
    /// The shortest access of a lot, at best, where things and areas were as they should be.
    pub access: f64,
}

/// A plot to be divided, seen from a corner of its box.
pub(super) struct CutGround<'a> {
    pub wish: &'a Wish,
    pub origin: Coord,
    pub bodies: Vec<Body>,
    pub whole: LotPiece,
    /// The direction of the longest side, of length one.
    pub side: Coord,
    /// All corners given, as they are seen from here and as they were.
    pub corners: Vec<(Coord, Coord)>,
    budget: Cell<i64>,
    /// What of it must be left for what comes later.
    reserve: Cell<i64>,
    given_up: Cell<bool>,
    reached: RefCell<Reached>,
}

impl<'a> CutGround<'a> {
    pub fn new(plot: &Plot, wish: &'a Wish) -> Result<Self, Hindrance> {
        let origin = plot
            .shell
            .iter()
            .fold(plot.shell.first().copied(), |low, at| {
                low.map(|low| Coord {
                    x: low.x.min(at.x),
                    y: low.y.min(at.y),
                })
            });
        let origin = origin.ok_or(Hindrance::NoPlot)?;
        let shell = tidy(&plot.shell, origin, true).ok_or(Hindrance::NoPlot)?;
        let mut holes: Vec<_> = plot
            .holes
            .iter()
            .filter_map(|ring| tidy(ring, origin, true))
            .collect();
        holes.sort_by(|a, b| by_coords(a, b));
        let area = area(&shell) - holes.iter().map(|hole| self::area(hole)).sum::<f64>();
        early(plot, wish, area)?;
        let longest = edges(&shell).max_by(|a, b| {
            let square = |(a, b): &(Coord, Coord)| length(*b - *a);
            square(a)
                .total_cmp(&square(b))
                .then(by_coords(&[b.0], &[a.0]))
        });
        let (a, b) = longest.ok_or(Hindrance::NoPlot)?;
        let access: Vec<[Coord; 2]> = plot
            .access
            .iter()
            .map(|ends| ends.map(|at| at - origin))
            .collect();
        let mut bodies = things(plot, origin, &shell, &holes, wish.clearance);
        if bodies.iter().filter(|body| body.counts).count() < wish.lots {
            let count = bodies.iter().filter(|body| body.counts).count();
            return Err(Hindrance::TooFewThings {
                count,
                lots: wish.lots,
            });
        }
        let givens = plot.holes.iter().chain([&plot.shell]).flatten();
        let corners = givens.map(|&at| (at - origin, at)).collect();
        for hole in holes {
            let access = ring_access(&hole, &access);
            let body = Body::new(None, false, HOLE_CLEARANCE, vec![hole]);
            bodies.extend(body.map(|body| Body { access, ..body }));
        }
        let (ring, kinds, open) = mark(&shell, &access);
        let whole = LotPiece::new(ring, kinds, open, (0..bodies.len()).collect(), &bodies);
        let ground = Self {
            wish,
            origin,
            bodies,
            whole,
            side: (b - a) / length(b - a),
            corners,
            budget: Cell::new(BUDGET),
            reserve: Cell::new(0),
            given_up: Cell::new(false),
            reached: RefCell::default(),
        };
        ground.check_access()?;
        Ok(ground)
    }

    fn check_access(&self) -> Result<(), Hindrance> {
        let least = self.wish.least_access;
        if least <= 0.0 {
            return Ok(());
        }
        let mut count = 0;
        self.whole
            .stretches(self.whole.start(), self.whole.start(), |run| {
                count += served(run, least);
            });
        count += self
            .bodies
            .iter()
            .map(|body| served(body.access, least))
            .sum::<usize>();
        if count < self.wish.lots {
            return Err(Hindrance::TooLittleAccess {
                count,
                lots: self.wish.lots,
            });
        }
        Ok(())
    }

    /// Takes work off the budget.
    pub fn spend(&self, work: usize) {
        self.budget
            .set(self.budget.get() - i64::try_from(work).unwrap_or(BUDGET));
    }

    /// Whether the budget is spent, so that the rest is left untried.
    pub fn is_spent(&self) -> bool {
        let is_spent = self.budget.get() < self.reserve.get();
        self.given_up.set(self.given_up.get() || is_spent);
        is_spent
    }

    /// Leaves something untried.
    pub fn give_up(&self) {
        self.given_up.set(true);
    }

    /// Whether anything was left untried.
    pub fn is_given_up(&self) -> bool {
        self.given_up.get()
    }

    /// Does something with half of the budget at most.
    pub fn by_halves<T>(&self, work: impl FnOnce() -> T) -> T {
        let reserve = self.reserve.get();
        self.reserve.set(i64::midpoint(self.budget.get(), reserve));
        let done = work();
        self.reserve.set(reserve);
        done
    }

    pub fn reach(&self, note: impl FnOnce(&mut Reached)) {
        note(&mut self.reached.borrow_mut());
    }

    pub fn reached(&self) -> Reached {
        *self.reached.borrow()
    }
}

/// What can be told before anything is drawn.
fn early(plot: &Plot, wish: &Wish, area: f64) -> Result<(), Hindrance> {
    let lots = wish.lots;
    if !(2..=super::MOST_LOTS).contains(&lots)
        || wish.areas.as_ref().is_some_and(|areas| areas.len() != lots)
    {
        return Err(Hindrance::NoSuchWish { lots });
    }
    let needed = super::quota::count(lots) * wish.least_area;
    if area < needed - 0.005 {
        return Err(Hindrance::TooSmall { area, needed });
    }
    if let Some(areas) = &wish.areas {
        let asked: f64 = areas.iter().sum();
        let leeway: f64 = areas.iter().map(|&area| super::quota::leeway(area)).sum();
        let smallest = areas.iter().copied().fold(f64::INFINITY, f64::min);
        if (asked - area).abs() > leeway
            || smallest < wish.least_area - super::quota::leeway(smallest)
        {
            return Err(Hindrance::AskedAreas {
                asked,
                area,
                smallest,
            });
        }
    }
    let count = plot.things.iter().filter(|thing| thing.counts).count();
    if count < lots {
        return Err(Hindrance::TooFewThings { count, lots });
    }
    Ok(())
}

/// A ring seen from `origin`, open, in the asked direction, from its first corner from the left; `None` without an area.
pub(super) fn tidy(ring: &[Coord], origin: Coord, is_left: bool) -> Option<Vec<Coord>> {
    let mut ring: Vec<Coord> = ring.iter().map(|&at| at - origin).collect();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let area = signed_area(&ring);
    if ring.len() < 3 || !area.is_finite() || area == 0.0 {
        return None;
    }
    if (area > 0.0) != is_left {
        ring.reverse();
    }
    let count = ring.len();
    let first = (0..count).min_by(|&a, &b| {
        let pair = |at: usize| [ring[at], ring[(at + 1) % count]];
        by_coords(&pair(a), &pair(b))
    })?;
    ring.rotate_left(first);
    Some(ring)
}

/// The order of two rows of coordinates.
pub(super) fn by_coords(a: &[Coord], b: &[Coord]) -> std::cmp::Ordering {
    let one = |(a, b): (&Coord, &Coord)| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y));
    let differs = a.iter().zip(b).map(one).find(|order| order.is_ne());
    differs.unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn ring_access(ring: &[Coord], access: &[[Coord; 2]]) -> f64 {
    let (ring, kinds, open) = mark(ring, access);
    debug_assert!(kinds.contains(&LotPieceKind::Corner));
    LotPiece::new(ring, kinds, open, Vec::new(), &[]).longest_access()
}

/// The things as far as they lie in the plot, in the order of their coordinates.
fn things(
    plot: &Plot,
    origin: Coord,
    shell: &[Coord],
    holes: &[Vec<Coord>],
    clearance: f64,
) -> Vec<Body> {
    let close = |ring: &[Coord]| LineString(ring.iter().chain(ring.first()).copied().collect());
    let whole = Polygon::new(close(shell), holes.iter().map(|hole| close(hole)).collect());
    let frame = frame(shell);
    let rings: Vec<(&[Coord], [Coord; 2])> = std::iter::once(shell)
        .chain(holes.iter().map(Vec::as_slice))
        .map(|ring| (ring, self::frame(ring)))
        .collect();
    let mut bodies: Vec<Body> = Vec::new();
    for (number, thing) in plot.things.iter().enumerate() {
        let mut own = thing
            .rings
            .iter()
            .filter_map(|ring| tidy(ring, origin, true));
        let Some(outer) = own.next() else { continue };
        let reach = self::frame(&outer);
        if !overlap(reach, frame) {
            continue;
        }
        let parts = if is_inside(&outer, reach, &rings) {
            vec![outer]
        } else {
            let thing = Polygon::new(close(&outer), own.map(|ring| close(&ring)).collect());
            let parts = thing.intersection(&whole);
            let outers = parts
                .iter()
                .filter_map(|part| tidy(&part.exterior().0, Coord::zero(), true));
            let mut outers: Vec<_> = outers.collect();
            outers.sort_by(|a, b| by_coords(a, b));
            outers
        };
        bodies.extend(Body::new(Some(number), thing.counts, clearance, parts));
    }
    bodies.sort_by(|a, b| {
        let parts = a.parts.iter().zip(&b.parts);
        let by_parts = parts
            .map(|(a, b)| by_coords(a, b))
            .find(|order| order.is_ne());
        by_parts
            .unwrap_or_else(|| a.parts.len().cmp(&b.parts.len()))
            .then(b.counts.cmp(&a.counts))
    });
    bodies
}

fn frame(ring: &[Coord]) -> [Coord; 2] {
    ring.iter().fold([ring[0]; 2], |[low, high], at| {
        let low = Coord {
            x: low.x.min(at.x),
            y: low.y.min(at.y),
        };
        [
            low,
            Coord {
                x: high.x.max(at.x),
                y: high.y.max(at.y),
            },
        ]
    })
}

fn overlap(a: [Coord; 2], b: [Coord; 2]) -> bool {
    a[0].x < b[1].x && b[0].x < a[1].x && a[0].y < b[1].y && b[0].y < a[1].y
}

/// Whether a thing surely lies in the plot: all corners do, and no border crosses one of its edges.
fn is_inside(thing: &[Coord], reach: [Coord; 2], rings: &[(&[Coord], [Coord; 2])]) -> bool {
    let (shell, _) = rings[0];
    thing.iter().all(|&at| holds(shell, at))
        && rings
            .iter()
            .filter(|(_, frame)| overlap(reach, *frame))
            .all(|(ring, _)| {
                let near = |(c, d): &(Coord, Coord)| {
                    let low = Coord {
                        x: c.x.min(d.x),
                        y: c.y.min(d.y),
                    };
                    let high = Coord {
                        x: c.x.max(d.x),
                        y: c.y.max(d.y),
                    };
                    low.x <= reach[1].x
                        && high.x >= reach[0].x
                        && low.y <= reach[1].y
                        && high.y >= reach[0].y
                };
                edges(ring)
                    .filter(near)
                    .all(|(c, d)| edges(thing).all(|(a, b)| !crosses((a, b), (c, d))))
            })
        && rings[1..]
            .iter()
            .all(|(hole, _)| !holds(hole, thing[0]) && !holds(thing, hole[0]))
}

/// Whether two segments cross, those that only touch not counted.
fn crosses((a, b): (Coord, Coord), (c, d): (Coord, Coord)) -> bool {
    let off = |a: Coord, b: Coord, c: Coord| cross(b - a, c - a) / length(b - a).max(NEAR);
    let parts =
        |one: f64, other: f64| (one > NEAR && other < -NEAR) || (one < -NEAR && other > NEAR);
    parts(off(a, b, c), off(a, b, d)) && parts(off(c, d, a), off(c, d, b))
}
