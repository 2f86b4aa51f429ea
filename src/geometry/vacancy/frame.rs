//! One direction and the edges of a piece of ground → boxes in that direction that no edge enters.

use geo::Coord;

use super::ground::Ground;
use crate::geometry::Bounds;
use crate::geometry::ring::{cross, dot};

/// An edge that reaches no farther into a box than this, in metres, touches it.
pub(super) const TOUCH: f64 = 1e-6;

/// A slanted piece is not split nearer to its end, as a share of its length.
const FROM_END: f64 = 0.3;

/// How often a box is cut at most before it is given up.
const CUTS: usize = 48;

/// The ground as seen along one direction.
pub(super) struct Frame {
    direction: Coord,
    /// The edges: those of the parcel, then those of the footprints.
    pub(super) edges: Vec<[Coord; 2]>,
    of_parcel: usize,
    /// The boxes around the edges; from their number on, boxes that lie in footprints, the blocks.
    boxes: Vec<Bounds>,
    /// What a box must not meet: the numbers of edges and, from the number of edges on, of blocks. Edges of a footprint
    /// that is a block are left out.
    pub(super) hindrances: Vec<u32>,
}

/// What of an edge or a block lies in a box.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) low: Coord,
    pub(super) high: Coord,
    /// The ends of an edge that is neither level nor upright.
    slanted: Option<[Coord; 2]>,
}

impl Frame {
    pub(super) fn of(ground: &Ground, direction: Coord) -> Self {
        let mut frame = Self {
            direction,
            edges: Vec::new(),
            of_parcel: 0,
            boxes: Vec::new(),
            hindrances: Vec::new(),
        };
        let parcel = ground.parcel.iter().flat_map(|shape| shape.rings());
        parcel.for_each(|ring| frame.add(ring));
        frame.of_parcel = frame.edges.len();
        frame
            .hindrances
            .extend((0_u32..).zip(&frame.edges).map(|(number, _)| number));
        let mut blocks = Vec::new();
        for footprint in ground.footprints.iter() {
            let first = frame.edges.len();
            footprint.rings().for_each(|ring| frame.add(ring));
            blocks.extend(frame.block(first));
        }
        let numbers = (0_u32..).skip(frame.edges.len()).zip(&blocks);
        frame.hindrances.extend(numbers.map(|(number, _)| number));
        frame.boxes.extend(blocks);
        frame
    }

    /// A box in the footprint whose edges are those from `first` on. They hinder in any case, unless it is such a box.
    fn block(&mut self, first: usize) -> Option<Bounds> {
        let edges = &self.edges[first..];
        let around = Bounds::of(edges.as_flattened());
        let numbers: Vec<u32> = (0_u32..)
            .skip(first)
            .zip(edges)
            .map(|(edge, _)| edge)
            .collect();
        let covers = |block: &Bounds| turns(edges, block.centre()) != 0;
        let block = self.cut(around, &numbers, 0.0, covers);
        if !block.is_some_and(|block| block == around) {
            self.hindrances.extend(numbers);
        }
        block
    }

    fn add(&mut self, ring: &[Coord]) {
        for edge in ring.windows(2) {
            let seen = [self.seen(edge[0]), self.seen(edge[1])];
            self.edges.push(seen);
            self.boxes.push(Bounds::of(&seen));
        }
    }

    fn seen(&self, c: Coord) -> Coord {
        Coord {
            x: dot(c, self.direction),
            y: cross(self.direction, c),
        }
    }

    /// A point of the frame as it lies on the ground.
    pub(super) fn placed(&self, c: Coord) -> Coord {
        let Coord { x, y } = self.direction;
        Coord {
            x: c.x * x - c.y * y,
            y: c.x * y + c.y * x,
        }
    }

    /// The box around the parcel.
    pub(super) fn bounds(&self) -> Bounds {
        Bounds::of(self.edges[..self.of_parcel].as_flattened())
    }

    /// What of an edge or a block lies in the box, and not only at its sides.
    pub(super) fn within(&self, number: u32, window: &Bounds) -> Option<Piece> {
        self.clipped(number, &window.grown(-TOUCH))
    }

    /// What of an edge or a block lies in the box.
    pub(super) fn clipped(&self, number: u32, window: &Bounds) -> Option<Piece> {
        let around = self.boxes[number as usize];
        let low = Coord {
            x: around.min.x.max(window.min.x),
            y: around.min.y.max(window.min.y),
        };
        let high = Coord {
            x: around.max.x.min(window.max.x),
            y: around.max.y.min(window.max.y),
        };
        if low.x > high.x || low.y > high.y {
            return None;
        }
        let size = around.max - around.min;
        let edge = self.edges.get(number as usize);
        let Some(&edge) = edge.filter(|_| size.x > TOUCH && size.y > TOUCH) else {
            return Some(Piece {
                low,
                high,
                slanted: None,
            });
        };
        let ends = clipped(edge, window)?;
        let Bounds { min, max } = Bounds::of(&ends);
        let is_slanted = max.x - min.x > TOUCH && max.y - min.y > TOUCH;
        Some(Piece {
            low: min,
            high: max,
            slanted: is_slanted.then_some(ends),
        })
    }

    /// Whether a box that no edge enters is open ground: of the parcel, and no footprint is there.
    fn is_free(&self, window: &Bounds) -> bool {
        let (parcel, footprints) = self.edges.split_at(self.of_parcel);
        let point = window.centre();
        turns(parcel, point) != 0 && turns(footprints, point) == 0
    }

    /// A large open box in `window`, which nothing but `hindrances` enters; `None` when it would not be greater than
    /// `least`.
    pub(super) fn cut_free(
        &self,
        window: Bounds,
        hindrances: &[u32],
        least: f64,
    ) -> Option<Bounds> {
        self.cut(window, hindrances, least, |window| self.is_free(window))
    }

    /// Cuts a window, each time beside what reaches nearest to its middle, and so that the most is left.
    fn cut(
        &self,
        mut window: Bounds,
        hindrances: &[u32],
        least: f64,
        is_right: impl Fn(&Bounds) -> bool,
    ) -> Option<Bounds> {
        let mut near = hindrances.to_vec();
        for _ in 0..CUTS {
            if area(&window) <= least {
                return None;
            }
            let mut nearest: Option<(Piece, f64)> = None;
            near.retain(|&number| {
                let Some(piece) = self.within(number, &window) else {
                    return false;
                };
                let off = piece.off(&window);
                if nearest.is_none_or(|(_, least)| off < least) {
                    nearest = Some((piece, off));
                }
                true
            });
            let Some((piece, _)) = nearest else {
                return is_right(&window).then_some(window);
            };
            let cuts = piece.cuts(&window).into_iter().flatten();
            window = cuts.max_by(|a, b| area(a).total_cmp(&area(b)))?;
        }
        None
    }

    /// The box with one side after another moved outwards, in the given order, until an edge or the window holds it.
    pub(super) fn spread(
        &self,
        mut of: Bounds,
        order: [Side; 4],
        window: &Bounds,
        edges: &[u32],
    ) -> Bounds {
        for side in order {
            let mut reach = of;
            *side.of(&mut reach) = *side.of(&mut { *window });
            for &edge in edges {
                if let Some(piece) = self.within(edge, &reach) {
                    *side.of(&mut reach) = side.hold(&of, &reach, piece);
                }
            }
            of = reach;
        }
        of
    }
}

/// A side of a box.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Left,
    Right,
    Bottom,
    Top,
}

impl Side {
    /// Where it is.
    pub(super) fn of(self, of: &mut Bounds) -> &mut f64 {
        match self {
            Self::Left => &mut of.min.x,
            Self::Right => &mut of.max.x,
            Self::Bottom => &mut of.min.y,
            Self::Top => &mut of.max.y,
        }
    }

    /// How far it can be moved out from `of` towards `reach` past no part of a piece.
    fn hold(self, of: &Bounds, reach: &Bounds, piece: Piece) -> f64 {
        match self {
            Self::Left => piece.high.x.clamp(reach.min.x, of.min.x),
            Self::Right => piece.low.x.clamp(of.max.x, reach.max.x),
            Self::Bottom => piece.high.y.clamp(reach.min.y, of.min.y),
            Self::Top => piece.low.y.clamp(of.max.y, reach.max.y),
        }
    }

    /// Inwards: the sign of its move.
    pub(super) fn inwards(self) -> f64 {
        match self {
            Self::Left | Self::Bottom => 1.0,
            Self::Right | Self::Top => -1.0,
        }
    }
}

pub(super) fn area(of: &Bounds) -> f64 {
    (of.max.x - of.min.x).max(0.0) * (of.max.y - of.min.y).max(0.0)
}

/// What of a segment lies in a box.
fn clipped([a, b]: [Coord; 2], window: &Bounds) -> Option<[Coord; 2]> {
    let along = b - a;
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let sides = [
        (along.x, window.min.x - a.x, window.max.x - a.x),
        (along.y, window.min.y - a.y, window.max.y - a.y),
    ];
    for (along, low, high) in sides {
        if low > high || (along == 0.0 && (low > 0.0 || high < 0.0)) {
            return None;
        }
        if along != 0.0 {
            let (enter, leave) = (low / along, high / along);
            from = from.max(enter.min(leave));
            to = to.min(enter.max(leave));
        }
    }
    (from <= to).then(|| [a + along * from, a + along * to])
}

/// How often rings wind round a point that is near none of their edges.
fn turns(edges: &[[Coord; 2]], point: Coord) -> i32 {
    let level = edges
        .iter()
        .filter(|[a, b]| (a.y <= point.y) != (b.y <= point.y));
    let turns = level.map(|&[a, b]| {
        let is_left = cross(b - a, point - a) > 0.0;
        i32::from(a.y < b.y && is_left) - i32::from(a.y > b.y && !is_left)
    });
    turns.sum()
}

impl Piece {
    /// How far it is from the middle of the window, for its width and height: the square.
    pub(super) fn off(&self, window: &Bounds) -> f64 {
        self.nearest(window, 0.0).1
    }

    /// Two corners: a box in the window that does not meet the piece lies left or below of the first, or right or above of
    /// the second. A slanted piece is reduced to one of its points, near the middle of the window but not near its own end,
    /// which would take little from the window.
    pub(super) fn split(&self, window: &Bounds) -> (Coord, Coord) {
        if self.slanted.is_some() {
            let (place, _) = self.nearest(window, FROM_END);
            (place, place)
        } else {
            (self.low, self.high)
        }
    }

    /// Its point nearest to the middle of the window, for its width and height, and the square of how far. Of a slanted
    /// piece the given share is passed over at both ends.
    fn nearest(&self, window: &Bounds, from_end: f64) -> (Coord, f64) {
        let (centre, size) = (window.centre(), window.max - window.min);
        let (x, y) = (1.0 / size.x, 1.0 / size.y);
        let scaled = |c: Coord| Coord {
            x: (c.x - centre.x) * x,
            y: (c.y - centre.y) * y,
        };
        let place = if let Some([a, b]) = self.slanted {
            let (from, along) = (scaled(a), scaled(b) - scaled(a));
            let share = -dot(from, along) / dot(along, along);
            a + (b - a) * share.clamp(from_end, 1.0 - from_end)
        } else {
            Coord {
                x: centre.x.clamp(self.low.x, self.high.x),
                y: centre.y.clamp(self.low.y, self.high.y),
            }
        };
        let off = scaled(place);
        (place, dot(off, off))
    }

    /// The largest boxes in a window beside the piece: left, right, below and above of it, and with a corner on it. Every
    /// box in the window that does not meet the piece is no greater than one of them.
    pub(super) fn cuts(&self, window: &Bounds) -> [Option<Bounds>; 6] {
        let with = |side: Side, at: f64| {
            let mut cut = *window;
            *side.of(&mut cut) = at;
            Some(cut)
        };
        let corner = |is_left: bool| {
            let [a, b] = self.slanted?;
            let along = b - a;
            let is_low = is_left != (along.x * along.y > 0.0);
            let (x, wide) = if is_left {
                (a.x - window.min.x, along.x)
            } else {
                (window.max.x - a.x, -along.x)
            };
            let (y, tall) = if is_low {
                (a.y - window.min.y, along.y)
            } else {
                (window.max.y - a.y, -along.y)
            };
            // width and height of the box change linearly along the piece: where their product is largest
            let share = -(x * tall + y * wide) / (2.0 * wide * tall);
            let at = a + along * share.clamp(0.0, 1.0);
            let mut cut = *window;
            *if is_left { Side::Right } else { Side::Left }.of(&mut cut) = at.x;
            *if is_low { Side::Top } else { Side::Bottom }.of(&mut cut) = at.y;
            Some(cut)
        };
        [
            with(Side::Right, self.low.x),
            with(Side::Left, self.high.x),
            with(Side::Top, self.low.y),
            with(Side::Bottom, self.high.y),
            corner(true),
            corner(false),
        ]
    }
}
