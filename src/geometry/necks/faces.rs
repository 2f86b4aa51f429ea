//! Walks along arcs → polygons with their holes, slivers side by side joined again.

use std::cmp::Ordering;
use std::f64::consts::PI;

use geo::Coord;

use super::boundary::number;
use super::chords::{Chord, by_place};
use super::graph::{Graph, Walks};
use crate::geometry::ring::{side, signed_area, winding};
use crate::geometry::{Bounds, BoxIndex, PartRef, Shapes, is_narrower, perimeter, plane_area};

/// An area that differs by this share was not lost.
const SLACK: f64 = 1e-9;

/// A polygon: closed rings, the shell first.
pub(super) struct Face {
    rings: Vec<Vec<Coord>>,
}

impl Face {
    pub(super) fn of(part: PartRef<'_>) -> Self {
        Self {
            rings: part.rings().map(<[Coord]>::to_vec).collect(),
        }
    }

    /// Adds it as a shape.
    pub(super) fn push(&self, out: &mut Shapes) {
        self.rings.iter().for_each(|ring| out.push_ring(ring));
        out.end_part();
        out.end_shape();
    }

    fn area(&self) -> f64 {
        self.rings.iter().map(|ring| signed_area(ring)).sum()
    }

    /// Whether no circle of this diameter lies in it.
    fn is_narrower(&self, width: f64) -> bool {
        let mut alone = Shapes::default();
        self.push(&mut alone);
        let (shape, radius) = (alone.get(0), width / 2.0);
        // Bonnesen's bound, where the line at a distance from each hole is longer than the hole's by a circle at most:
        // quick, and most land is above it
        let holes = f64::from(number(self.rings.len() - 1));
        let most = radius * perimeter(shape) + PI * radius * radius * holes;
        plane_area(shape) <= most && is_narrower(shape, width)
    }
}

/// Whether the faces have the area of the part, to within the rounding of new ends.
pub(super) fn add_up(faces: &[Face], part: PartRef<'_>, chords: &[Chord]) -> bool {
    let whole = Face::of(part).area();
    let sum: f64 = faces.iter().map(Face::area).sum();
    let slack: f64 = chords.iter().map(|chord| chord.slack).sum();
    (sum - whole).abs() <= SLACK * whole + 2.0 * slack
}

/// The faces that the walks of a graph bound.
pub(super) struct Faces {
    all: Vec<Face>,
    /// The face that each walk belongs to.
    of: Vec<usize>,
}

impl Faces {
    /// `None` where numerics have failed.
    pub(super) fn of(graph: &Graph, walks: &Walks) -> Option<Self> {
        let (mut all, mut holes) = (Vec::new(), Vec::new());
        let mut of = Vec::with_capacity(walks.arcs.len());
        let mut places = vec![usize::MAX; graph.nodes.len()];
        for walk in &walks.arcs {
            let nodes = walk.iter().map(|&arc| graph.start(arc));
            let (mut shell, mut inner) = (None, Vec::new());
            for nodes in simple_rings(nodes, &mut places) {
                let (ring, turns_left) = canonical(graph.places(&nodes))?;
                if !turns_left {
                    inner.push(ring);
                } else if shell.replace(ring).is_some() {
                    return None;
                }
            }
            if let Some(shell) = shell {
                of.push(all.len());
                inner.insert(0, shell);
                all.push(Face { rings: inner });
            } else {
                holes.push((of.len(), inner));
                of.push(usize::MAX);
            }
        }
        let mut faces = Self { all, of };
        faces.place(holes)?;
        for face in &mut faces.all {
            face.rings[1..].sort_by(|a, b| by_places(a, b));
        }
        Some(faces)
    }

    /// Gives each walk around holes to the smallest shell around it.
    fn place(&mut self, holes: Vec<(usize, Vec<Vec<Coord>>)>) -> Option<()> {
        let shells: Vec<Vec<Coord>> = self.all.iter().map(|face| face.rings[0].clone()).collect();
        let areas: Vec<f64> = shells.iter().map(|shell| signed_area(shell)).collect();
        let boxes: Vec<Bounds> = shells.iter().map(|shell| Bounds::of(shell)).collect();
        let index = BoxIndex::new(boxes.iter().copied());
        for (walk, rings) in holes {
            let bounds = Bounds::of(&rings[0]);
            let mut around: Vec<usize> = index.meeting(bounds).map(|at| at as usize).collect();
            around.retain(|&at| boxes[at].contains(&bounds));
            around.sort_by(|&a, &b| areas[a].total_cmp(&areas[b]));
            let last = around.pop()?;
            // a corner may touch a shell; that it lies in one of them is certain
            let is_in = |&at: &usize| {
                let mut turns = rings[0].iter().map(|&place| winding(&shells[at], place));
                turns.find_map(|turns| turns).is_some_and(|turns| turns > 0)
            };
            let face = around.into_iter().find(is_in).unwrap_or(last);
            self.all[face].rings.extend(rings);
            self.of[walk] = face;
        }
        Some(())
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// How many corners the rings of a face have.
    pub(super) fn size(&self, face: usize) -> usize {
        self.all[face].rings.iter().map(Vec::len).sum()
    }

    pub(super) fn is_narrower(&self, face: usize, width: f64) -> bool {
        self.all[face].is_narrower(width)
    }

    /// The faces on both sides of a chord in use.
    pub(super) fn beside(&self, graph: &Graph, walks: &Walks, chord: usize) -> [usize; 2] {
        graph.sides(walks, chord).map(|walk| self.of[walk as usize])
    }

    /// The face to the left of an arc; `None` where that is not in use.
    pub(super) fn left_of(&self, walks: &Walks, arc: usize) -> Option<usize> {
        self.of.get(walks.of[arc] as usize).copied()
    }

    /// All faces, in the order of their coordinates.
    pub(super) fn sorted(mut self) -> Vec<Face> {
        self.all.sort_by(|a, b| by_places(&a.rings[0], &b.rings[0]));
        self.all
    }
}

/// A walk → the rings in it that pass no node twice. `places` is all unset, and left so.
fn simple_rings(walk: impl Iterator<Item = u32>, places: &mut [usize]) -> Vec<Vec<u32>> {
    let (mut open, mut rings): (Vec<u32>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
    for node in walk {
        let place = places[node as usize];
        if place == usize::MAX {
            places[node as usize] = open.len();
            open.push(node);
        } else {
            let ring = open[place..].to_vec();
            ring[1..]
                .iter()
                .for_each(|&node| places[node as usize] = usize::MAX);
            open.truncate(place + 1);
            rings.push(ring);
        }
    }
    for &node in &open {
        places[node as usize] = usize::MAX;
    }
    rings.push(open);
    rings
}

/// An open ring → closed, from its first place on, and whether it turns left; `None` where it encloses nothing.
fn canonical(mut ring: Vec<Coord>) -> Option<(Vec<Coord>, bool)> {
    let numbered = ring.iter().enumerate();
    let (first, _) = numbered.min_by(|a, b| by_place(*a.1, *b.1))?;
    ring.rotate_left(first);
    ring.push(ring[0]);
    let count = ring.len();
    if count < 4 {
        return None;
    }
    // the first place is a corner of the hull
    let turn = side(ring[count - 2], ring[0], ring[1]);
    (turn != 0.0).then_some((ring, turn > 0.0))
}

fn by_places(a: &[Coord], b: &[Coord]) -> Ordering {
    let pairs = a.iter().zip(b).map(|(a, b)| by_place(*a, *b));
    let first = pairs.into_iter().find(|order| order.is_ne());
    first.unwrap_or(a.len().cmp(&b.len()))
}
