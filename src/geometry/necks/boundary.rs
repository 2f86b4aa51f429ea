//! One polygon → its corners by number, each place once, and what is near a place.

use std::iter::successors;

use geo::Coord;
use rustc_hash::FxHashMap;

use crate::geometry::ring::{dot, side};
use crate::geometry::{Bounds, BoxIndex, PartRef};

/// Where a ring passes a node: the corner before it, its own, the one behind it.
#[derive(Clone, Copy)]
pub(super) struct Corner {
    pub(super) node: u32,
    pub(super) before: u32,
    pub(super) behind: u32,
    /// Another corner at the same node, where rings touch.
    same: Option<u32>,
}

/// The rings of a polygon, inside to their left. Corner `n` and the one behind it bound edge `n`.
pub(super) struct Boundary {
    /// Where each node is; no two are at the same place.
    pub(super) nodes: Vec<Coord>,
    pub(super) corners: Vec<Corner>,
    /// A corner at each node.
    first: Vec<u32>,
    edges: BoxIndex,
}

impl Boundary {
    /// Rings that touch each other within an edge get a corner there.
    pub(super) fn of(part: PartRef<'_>) -> Self {
        let mut rings: Vec<Vec<Coord>> = part.rings().map(open).collect();
        if rings.len() > 1 {
            add_touches(&mut rings);
        }
        let mut boundary = Self {
            nodes: Vec::new(),
            corners: Vec::new(),
            first: Vec::new(),
            edges: BoxIndex::new(std::iter::empty()),
        };
        let mut known = FxHashMap::default();
        for ring in rings {
            boundary.add(&ring, &mut known);
        }
        let boxes = (0..boundary.corners.len()).map(|edge| Bounds::of(&boundary.ends(edge)));
        boundary.edges = BoxIndex::new(boxes);
        boundary
    }

    fn add(&mut self, ring: &[Coord], known: &mut FxHashMap<[u64; 2], u32>) {
        let (start, count) = (self.corners.len(), ring.len());
        for (at, &place) in ring.iter().enumerate() {
            let corner = number(start + at);
            let fresh = number(self.nodes.len());
            let node = *known.entry(key(place)).or_insert(fresh);
            let mut same = None;
            if node == fresh {
                self.nodes.push(place);
                self.first.push(corner);
            } else {
                same = Some(self.first[node as usize]);
                self.first[node as usize] = corner;
            }
            self.corners.push(Corner {
                node,
                before: number(start + (at + count - 1) % count),
                behind: number(start + (at + 1) % count),
                same,
            });
        }
    }

    /// Where a corner is.
    pub(super) fn at(&self, corner: u32) -> Coord {
        self.nodes[self.corners[corner as usize].node as usize]
    }

    /// Both ends of an edge.
    pub(super) fn ends(&self, edge: usize) -> [Coord; 2] {
        let corner = self.corners[edge];
        [self.nodes[corner.node as usize], self.at(corner.behind)]
    }

    /// All corners at a node.
    pub(super) fn corners_at(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let first = Some(self.first[node as usize]);
        successors(first, |&corner| self.corners[corner as usize].same)
    }

    /// The edges whose boxes meet a window.
    pub(super) fn near(&self, window: Bounds) -> impl Iterator<Item = u32> + '_ {
        self.edges.meeting(window)
    }

    /// Whether the inside has more than a half turn at a corner.
    pub(super) fn is_reflex(&self, corner: u32) -> bool {
        let Corner { before, behind, .. } = self.corners[corner as usize];
        side(self.at(before), self.at(corner), self.at(behind)) < 0.0
    }

    /// Whether the way from a node towards `to` begins inside.
    pub(super) fn opens(&self, node: u32, to: Coord) -> bool {
        self.corners_at(node).all(|corner| {
            let Corner { before, behind, .. } = self.corners[corner as usize];
            is_between([self.at(before), self.at(corner), self.at(behind)], to)
        })
    }

    /// Whether two nodes are neighbours on a ring.
    pub(super) fn are_neighbours(&self, a: u32, b: u32) -> bool {
        self.corners_at(a).any(|corner| {
            let Corner { before, behind, .. } = self.corners[corner as usize];
            [before, behind]
                .map(|other| self.corners[other as usize].node)
                .contains(&b)
        })
    }
}

/// Whether the way from the middle of three corners towards `to` begins to the left of them.
pub(super) fn is_between([before, at, behind]: [Coord; 3], to: Coord) -> bool {
    let (left, also) = (side(before, at, to) > 0.0, side(at, behind, to) > 0.0);
    if side(before, at, behind) > 0.0 {
        left && also
    } else {
        left || also
    }
}

/// A ring without its last point, which is its first.
fn open(ring: &[Coord]) -> Vec<Coord> {
    ring[..ring.len().saturating_sub(1)].to_vec()
}

/// The bits of a place; adding zero makes one of the two zeros.
pub(super) fn key(place: Coord) -> [u64; 2] {
    [(place.x + 0.0).to_bits(), (place.y + 0.0).to_bits()]
}

/// A count as the number of a corner, node or arc.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 coordinates in one layer")
}

/// Adds to each edge the corners of other rings that lie exactly on it.
fn add_touches(rings: &mut [Vec<Coord>]) {
    let ends: Vec<(usize, usize, [Coord; 2])> = rings
        .iter()
        .enumerate()
        .flat_map(|(ring, places)| {
            let edge = move |at: usize| [places[at], places[(at + 1) % places.len()]];
            (0..places.len()).map(move |at| (ring, at, edge(at)))
        })
        .collect();
    let index = BoxIndex::new(ends.iter().map(|(.., edge)| Bounds::of(edge)));
    let mut found: Vec<(usize, usize, f64, Coord)> = Vec::new();
    for (ring, _, [place, _]) in &ends {
        for edge in index.meeting(Bounds::of(&[*place])) {
            let (other, at, [a, b]) = ends[edge as usize];
            if other != *ring && *place != a && *place != b && side(a, b, *place) == 0.0 {
                found.push((other, at, dot(*place - a, b - a), *place));
            }
        }
    }
    // from the last on, so that the places of those before stay
    found.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(b.2.total_cmp(&a.2)));
    found.dedup_by(|a, b| (a.0, a.1, a.3) == (b.0, b.1, b.3));
    for (ring, at, _, place) in found {
        rings[ring].insert(at + 1, place);
    }
}
