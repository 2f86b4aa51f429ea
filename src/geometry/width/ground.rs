//! One polygon → its edges near the origin, and the triangles that cover it.

use geo::{Coord, LineString, Polygon, TriangulateEarcut};

use super::cell::{CellRow, longest_side};
use crate::geometry::ring::{cross, distance, winding};
use crate::geometry::{Bounds, PartRef};

/// How many edges share a box.
const BLOCK: usize = 16;

/// How many points along each side of the box are tried.
const SAMPLES: u32 = 16;

/// The triangles miss no more than this share of the area, or they are not used.
const MISSED: f64 = 1e-12;

/// A polygon moved to the origin.
pub(super) struct WidthGround {
    pub(super) origin: Coord,
    pub(super) edges: Vec<[Coord; 2]>,
    blocks: Vec<Bounds>,
    /// The rings, where the triangles reach beyond them.
    loose: Vec<Vec<Coord>>,
    /// Triangles, each with the farthest that a point of it can be from the boundary.
    pub(super) triangles: Vec<([Coord; 3], f64)>,
}

impl WidthGround {
    /// `area` is that of the part, and not zero.
    pub(super) fn of(part: PartRef<'_>, area: f64) -> Self {
        let origin = part.rings().flatten().next().copied().unwrap_or_default();
        let rings: Vec<Vec<Coord>> = part
            .rings()
            .map(|ring| ring.iter().map(|&c| c - origin).collect())
            .collect();
        let edges: Vec<[Coord; 2]> = rings
            .iter()
            .flat_map(|ring| ring.windows(2).map(|edge| [edge[0], edge[1]]))
            .collect();
        let blocks = edges
            .chunks(BLOCK)
            .map(|block| Bounds::of(block.as_flattened()))
            .collect();
        let mut ground = Self {
            origin,
            edges,
            blocks,
            loose: Vec::new(),
            triangles: Vec::new(),
        };
        match cut(&rings, area) {
            Some(triangles) => ground.triangles = triangles,
            None => ground.take_box(rings),
        }
        ground
    }

    /// Covers the polygon with the two halves of the box around it.
    fn take_box(&mut self, rings: Vec<Vec<Coord>>) {
        let Bounds { min, max } = Bounds::of(self.edges.as_flattened());
        let (left, right) = (Coord { x: min.x, y: max.y }, Coord { x: max.x, y: min.y });
        let halves = [[min, right, max], [max, left, min]];
        self.triangles = halves.map(|half| (half, f64::INFINITY)).to_vec();
        self.loose = rings;
    }

    /// Whether `point`, which lies in one of the triangles, lies in the polygon.
    pub(super) fn holds(&self, point: Coord) -> bool {
        let turns = |ring: &Vec<Coord>| winding(ring, point);
        self.loose.is_empty() || self.loose.iter().filter_map(turns).sum::<i32>() != 0
    }

    /// Some points of the polygon where its triangles reach beyond it: with a circle at hand the search need not follow
    /// the outside of the boundary to find the first.
    pub(super) fn samples(&self) -> impl Iterator<Item = Coord> + '_ {
        let whole = self.triangles.first().filter(|_| !self.loose.is_empty());
        let steps = || (0..SAMPLES).map(|step| (f64::from(step) + 0.5) / f64::from(SAMPLES));
        let shares = steps().flat_map(move |x| steps().map(move |y| (x, y)));
        let places = whole.map(|(half, _)| Bounds::of(half)).into_iter();
        let points = places.flat_map(move |Bounds { min, max }| {
            shares.clone().map(move |(x, y)| Coord {
                x: min.x + x * (max.x - min.x),
                y: min.y + y * (max.y - min.y),
            })
        });
        points.filter(|&point| self.holds(point))
    }

    /// How far `point` is from an edge.
    pub(super) fn off(&self, edge: u32, point: Coord) -> f64 {
        let [from, to] = self.edges[edge as usize];
        distance(point, from, to)
    }

    /// How far the corners of a triangle are from an edge.
    pub(super) fn row(&self, edge: u32, corners: [Coord; 3]) -> CellRow {
        let off = corners.map(|corner| self.off(edge, corner));
        CellRow { edge, off }
    }

    /// The numbers of the edges whose boxes meet `window`.
    pub(super) fn near(&self, window: Bounds) -> impl Iterator<Item = u32> + '_ {
        let blocks = (0_u32..).step_by(BLOCK).zip(self.edges.chunks(BLOCK));
        let met = blocks
            .zip(&self.blocks)
            .filter(move |(_, b)| b.meets(&window));
        met.flat_map(move |((first, edges), _)| {
            let near = (first..).zip(edges);
            near.filter(move |(_, edge)| Bounds::of(*edge).meets(&window))
                .map(|(number, _)| number)
        })
    }
}

/// The triangles of a polygon, cut from its corners; `None` when they do not cover it.
fn cut(rings: &[Vec<Coord>], area: f64) -> Option<Vec<([Coord; 3], f64)>> {
    if rings.iter().any(|ring| ring.len() < 4) {
        return None;
    }
    let mut lines = rings.iter().map(|ring| LineString(ring.clone()));
    let polygon = Polygon::new(lines.next()?, lines.collect());
    let cut = polygon.earcut_triangles_raw();
    // the number of the corner that follows in its ring
    let mut next = Vec::with_capacity(cut.vertices.len());
    for ring in rings {
        let first = next.len();
        next.extend(first + 1..first + ring.len() - 1);
        next.push(first);
    }
    let (mut triangles, mut covered) = (Vec::new(), 0.0);
    for numbers in cut.triangle_indices.chunks_exact(3) {
        let corner = |at: usize| cut.vertices[numbers[at]].into();
        let corners: [Coord; 3] = std::array::from_fn(corner);
        covered += cross(corners[1] - corners[0], corners[2] - corners[0]).abs() / 2.0;
        // every corner lies on the boundary, and no point of a triangle is farther from all of them than this
        let mut reach = longest_side(corners).1 / 3_f64.sqrt();
        for at in 0..3 {
            let (a, b) = ((at + 1) % 3, (at + 2) % 3);
            let edge = |a: usize, b: usize| next.get(numbers[a]) == Some(&numbers[b]);
            if edge(a, b) || edge(b, a) {
                reach = reach.min(distance(corners[at], corners[a], corners[b]));
            }
        }
        triangles.push((corners, reach));
    }
    ((covered - area).abs() <= MISSED * area).then_some(triangles)
}
