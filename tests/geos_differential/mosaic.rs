//! A seed → the cells of a block: a planar mesh of shared corners, cut, merged and pierced, at a real place.

use std::collections::{BTreeMap, BTreeSet};

use geo::Coord;

use super::random::{Random, rounded};
use super::reference::{Parts, Ring, closed};

/// Corners, and cells as rings of corners: the shell to the left, holes to the right, none repeated at the end.
#[derive(Clone)]
pub struct Mesh {
    pub corners: Vec<Coord>,
    pub cells: Vec<Vec<Vec<usize>>>,
}

/// Places where parcels lie: a plain easting, one with a zone in front, and the corner of a drawing.
const PLACES: [(f64, f64); 3] = [
    (636_943.0, 3_165_737.0),
    (40_636_943.0, 3_165_737.0),
    (0.0, 0.0),
];

/// A mesh turned and put at one of the places, corners to the millimetre.
pub fn mesh(random: &mut Random) -> Mesh {
    let mut mesh = match random.below(3) {
        0 => grid(random, false),
        1 => grid(random, true),
        _ => subdivision(random),
    };
    let angle = random.between(0.0, 6.3);
    place(random, &mut mesh, angle);
    for _ in 0..random.below(4) {
        pierce(random, &mut mesh);
    }
    for _ in 0..random.below(6) {
        merge(random, &mut mesh);
    }
    mesh
}

pub fn place(random: &mut Random, mesh: &mut Mesh, angle: f64) {
    let (x, y) = PLACES[random.below(3)];
    let (sin, cos) = angle.sin_cos();
    for c in &mut mesh.corners {
        *c = rounded(Coord {
            x: x + c.x * cos - c.y * sin,
            y: y + c.x * sin + c.y * cos,
        });
    }
}

/// Quadrangles around moved lattice points, or six-cornered cells as of Voronoi, three of which meet at a corner.
fn grid(random: &mut Random, hexagons: bool) -> Mesh {
    let (columns, rows) = (2 + random.below(4), 2 + random.below(4));
    let across = if hexagons {
        2 * columns + 2
    } else {
        columns + 1
    };
    let (width, height) = (random.between(8.0, 40.0), random.between(12.0, 40.0));
    let step = if hexagons { width / 2.0 } else { width };
    let mut corners = Vec::new();
    for row in 0..=rows {
        for column in 0..across {
            let lift = if hexagons && (row + column) % 2 == 0 {
                height * 0.15
            } else {
                0.0
            };
            corners.push(Coord {
                x: (column as f64 + random.between(-0.2, 0.2)) * step,
                y: row as f64 * height + lift + random.between(-0.1, 0.1) * height,
            });
        }
    }
    let at = |row: usize, column: usize| row * across + column;
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let shell = if hexagons {
                let left = 2 * column + (row + 1) % 2;
                vec![
                    at(row, left),
                    at(row, left + 1),
                    at(row, left + 2),
                    at(row + 1, left + 2),
                    at(row + 1, left + 1),
                    at(row + 1, left),
                ]
            } else {
                vec![
                    at(row, column),
                    at(row, column + 1),
                    at(row + 1, column + 1),
                    at(row + 1, column),
                ]
            };
            cells.push(vec![shell]);
        }
    }
    Mesh { corners, cells }
}

/// A block cut in two again and again; each cut begins and ends at a new corner, which both sides of the edge get.
fn subdivision(random: &mut Random) -> Mesh {
    let (width, height) = (random.between(60.0, 300.0), random.between(60.0, 200.0));
    let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    let mut mesh = Mesh {
        corners: corners.map(Coord::from).into(),
        cells: vec![vec![vec![0, 1, 2, 3]]],
    };
    for _ in 0..4 + random.below(24) {
        let cell = random.below(mesh.cells.len());
        cut(random, &mut mesh, cell);
    }
    mesh
}

fn cut(random: &mut Random, mesh: &mut Mesh, cell: usize) {
    let shell = mesh.cells[cell][0].clone();
    let count = shell.len();
    let side = |at: usize| (shell[at % count], shell[(at + 1) % count]);
    let long = |(a, b): (usize, usize)| {
        (mesh.corners[b] - mesh.corners[a])
            .x
            .hypot((mesh.corners[b] - mesh.corners[a]).y)
    };
    let longest = (0..count)
        .max_by(|&a, &b| long(side(a)).total_cmp(&long(side(b))))
        .unwrap();
    let (first, other) = (side(longest), side(longest + count / 2));
    if long(first) < 12.0 || long(other) < 9.0 {
        return;
    }
    let mut corner = |(a, b): (usize, usize)| {
        let (a, b) = (mesh.corners[a], mesh.corners[b]);
        a + (b - a) * random.between(0.4, 0.6)
    };
    let (one, two) = (corner(first), corner(other));
    // a cut that leaves a side at a sharp angle makes corners that no survey has
    let (along, across) = (mesh.corners[first.1] - mesh.corners[first.0], two - one);
    let (back, ()) = (mesh.corners[other.1] - mesh.corners[other.0], ());
    let steep =
        |a: Coord, b: Coord| (a.x * b.y - a.y * b.x).abs() > 0.6 * a.x.hypot(a.y) * b.x.hypot(b.y);
    if !steep(along, across) || !steep(back, across) {
        return;
    }
    let new = mesh.corners.len();
    mesh.corners.extend([one, two]);
    for ring in mesh.cells.iter_mut().flatten() {
        insert(ring, first, new);
        insert(ring, other, new + 1);
    }
    let mut shell = mesh.cells[cell][0].clone();
    let start = shell.iter().position(|&c| c == new).unwrap();
    shell.rotate_left(start);
    let end = shell.iter().position(|&c| c == new + 1).unwrap();
    let rest = shell[end..].iter().chain(&shell[..1]).copied().collect();
    shell.truncate(end + 1);
    mesh.cells[cell][0] = shell;
    mesh.cells.push(vec![rest]);
}

/// Puts a corner between two, whichever way the ring runs past them.
fn insert(ring: &mut Vec<usize>, (a, b): (usize, usize), new: usize) {
    let count = ring.len();
    let place =
        (0..count).find(|&at| [(a, b), (b, a)].contains(&(ring[at], ring[(at + 1) % count])));
    if let Some(at) = place {
        ring.insert(at + 1, new);
    }
}

/// Takes a smaller copy of a cell out of its middle, as a cell of its own.
fn pierce(random: &mut Random, mesh: &mut Mesh) {
    let cell = random.below(mesh.cells.len());
    let shell = mesh.cells[cell][0].clone();
    let ring: Ring = shell.iter().map(|&c| mesh.corners[c]).collect();
    if mesh.cells[cell].len() > 1 || signed(&ring) < 150.0 {
        return;
    }
    let middle = ring.iter().fold(Coord::zero(), |sum, &c| sum + c) / ring.len() as f64;
    let size = random.between(0.3, 0.6);
    let first = mesh.corners.len();
    mesh.corners
        .extend(ring.iter().map(|&c| rounded(middle + (c - middle) * size)));
    let inner: Vec<usize> = (first..first + ring.len()).collect();
    mesh.cells[cell].push(inner.iter().rev().copied().collect());
    mesh.cells.push(vec![inner]);
}

/// Joins two cells along all their common edges, where one shell comes of it and no corner is passed twice.
fn merge(random: &mut Random, mesh: &mut Mesh) {
    let (one, two) = (
        random.below(mesh.cells.len()),
        random.below(mesh.cells.len()),
    );
    let edges = |cell: usize| mesh.cells[cell].iter().flat_map(|ring| ring_edges(ring));
    let all: BTreeSet<(usize, usize)> = edges(one).chain(edges(two)).collect();
    let left: Vec<_> = all
        .iter()
        .copied()
        .filter(|&(a, b)| !all.contains(&(b, a)))
        .collect();
    let mut next: BTreeMap<usize, usize> = left.iter().copied().collect();
    if one == two || left.len() == all.len() || next.len() != left.len() {
        return;
    }
    let mut rings = Vec::new();
    while let Some((&start, _)) = next.first_key_value() {
        let mut ring = vec![start];
        while let Some(after) = next
            .remove(ring.last().unwrap())
            .filter(|after| *after != start)
        {
            ring.push(after);
        }
        rings.push(ring);
    }
    let area =
        |ring: &Vec<usize>| signed(&ring.iter().map(|&c| mesh.corners[c]).collect::<Vec<_>>());
    rings.sort_by(|a, b| area(b).total_cmp(&area(a)));
    if rings.iter().filter(|ring| area(ring) > 0.0).count() == 1 {
        mesh.cells[one.min(two)] = rings;
        mesh.cells.remove(one.max(two));
    }
}

pub fn ring_edges(ring: &[usize]) -> impl Iterator<Item = (usize, usize)> + '_ {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()]))
}

fn signed(ring: &[Coord]) -> f64 {
    let origin = ring[0];
    closed(ring)
        .windows(2)
        .map(|e| (e[0] - origin, e[1] - origin))
        .map(|(a, b)| a.x * b.y - a.y * b.x)
        .sum::<f64>()
        / 2.0
}

impl Mesh {
    pub fn rings(&self, cell: usize) -> Vec<Ring> {
        let ring =
            |ring: &Vec<usize>| closed(&ring.iter().map(|&c| self.corners[c]).collect::<Vec<_>>());
        self.cells[cell].iter().map(ring).collect()
    }

    /// The cell as others drew it: some corners on a straight line left out (a T-junction of which only the neighbour
    /// knows), each corner moved by less than `reach`.
    pub fn sloppy(&self, random: &mut Random, cell: usize, reach: f64) -> Vec<Ring> {
        let mut rings = Vec::new();
        for ring in &self.cells[cell] {
            let count = ring.len();
            let mut kept: Ring = Vec::new();
            for at in 0..count {
                let [a, b, c] =
                    [at + count - 1, at, at + 1].map(|at| self.corners[ring[at % count]]);
                let (along, to) = (c - a, b - a);
                let off = (along.x * to.y - along.y * to.x).abs() / along.x.hypot(along.y);
                if off < 0.002 && random.chance(0.5) {
                    continue;
                }
                let (angle, far) = (random.between(0.0, 6.3), random.between(0.0, reach));
                kept.push(
                    b + Coord {
                        x: angle.cos(),
                        y: angle.sin(),
                    } * far,
                );
            }
            rings.push(closed(&kept));
        }
        rings
    }
}

/// Parcels of a block: 55–70 % of its cells, some with T-junctions on one side only, some grown or shrunk by 1–80 mm,
/// some of several cells.
pub fn parcels(random: &mut Random) -> Vec<Parts> {
    let mesh = mesh(random);
    let occupied = random.between(0.55, 0.7);
    // cells are joined to one parcel only where they fit: parts that overlap are for the gate
    let (exact, slop) = (
        random.chance(0.4),
        [0.0, 0.001, 0.02, 0.08][random.below(4)],
    );
    let mut parcels: Vec<Parts> = Vec::new();
    for cell in 0..mesh.cells.len() {
        if !random.chance(occupied) {
            continue;
        }
        let sloppy = !exact && random.chance(0.5);
        let mut rings = if sloppy {
            mesh.sloppy(random, cell, slop)
        } else {
            mesh.rings(cell)
        };
        rings.iter_mut().flatten().for_each(|c| *c = rounded(*c));
        if exact && !parcels.is_empty() && random.chance(0.1) {
            parcels.last_mut().unwrap().push(rings);
        } else {
            parcels.push(vec![rings]);
        }
    }
    parcels
}
