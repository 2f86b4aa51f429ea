//! How cells lie to each other: exactly, against the boundaries that GEOS intersects; within a tolerance, against the
//! mesh that the cells were drawn from.

use std::collections::BTreeSet;

use geo::Coord;
use geos::{Geom, Geometry};
use plotratio::geometry::{
    Contact, ContactKind, EdgeIndex, Reach, Scratch, ShapeRef, Shapes, contact,
};

use super::mosaic::{Mesh, mesh, ring_edges};
use super::random::{Random, each_seed};
use super::reference::{assert_area, closed, multipolygon, origin, push, shape};

fn meet(a: ShapeRef<'_>, b: ShapeRef<'_>, tolerance: f64) -> Option<Contact> {
    let (index_a, index_b) = (EdgeIndex::of(a), EdgeIndex::of(b));
    let reach = Reach {
        tolerance,
        gap: 0.0,
    };
    let found = contact((a, &index_a), (b, &index_b), reach, &mut Scratch::default());
    let back = contact((b, &index_b), (a, &index_a), reach, &mut Scratch::default());
    assert_eq!(
        found.map(|c| c.kind),
        back.map(|c| c.kind),
        "the other way round"
    );
    found
}

/// Kind, shared length and overlap as the reference data define them: boundaries share a line longer than 1e-6, touch,
/// or interiors meet.
fn exactly(a: &Geometry, b: &Geometry) -> (Option<ContactKind>, f64, f64) {
    let line = a
        .boundary()
        .unwrap()
        .intersection(&b.boundary().unwrap())
        .unwrap()
        .length()
        .unwrap();
    let overlap = a.intersection(b).unwrap().area().unwrap();
    let kind = if overlap > 1e-6 {
        Some(ContactKind::Overlap)
    } else if line > 1e-6 {
        Some(ContactKind::Edge)
    } else {
        a.intersects(b).unwrap().then_some(ContactKind::Point)
    };
    (kind, line, overlap)
}

fn assert_exact(a: ShapeRef<'_>, b: ShapeRef<'_>) {
    let origin = origin(a);
    let (theirs_a, theirs_b) = (multipolygon(a, origin), multipolygon(b, origin));
    let (kind, line, overlap) = exactly(&theirs_a, &theirs_b);
    let found = meet(a, b, 0.0);
    let say = || {
        format!(
            "{found:?}: {} {}",
            theirs_a.to_wkt().unwrap(),
            theirs_b.to_wkt().unwrap()
        )
    };
    assert_eq!(found.map(|c| c.kind), kind, "{}", say());
    if let Some(found) = found {
        assert_area(found.shared, line, "shared length");
        assert_area(found.overlap, overlap, "overlap");
        assert_eq!(found.gap, 0.0);
    }
}

#[test]
fn cells_that_share_their_corners_touch_as_geos_says() {
    each_seed(400, |random| {
        let mesh = mesh(random);
        let mut cells = Shapes::default();
        (0..mesh.cells.len()).for_each(|cell| push(&mut cells, &vec![mesh.rings(cell)]));
        for a in 0..cells.len() {
            (0..a).for_each(|b| assert_exact(cells.get(a), cells.get(b)));
        }
    });
}

/// A valid polygon of few corners on whole metres.
fn lattice_polygon(random: &mut Random, shift: Coord) -> Shapes {
    loop {
        let size = [4, 6, 10][random.below(3)];
        let ring: Vec<Coord> = (0..3 + random.below(4))
            .map(|_| random.lattice(size) + shift)
            .collect();
        let mut ring = closed(&ring);
        let area = plotratio::geometry::ring::signed_area(&ring);
        if area < 0.0 {
            ring.reverse();
        }
        let repeats = ring.windows(2).any(|edge| edge[0] == edge[1]);
        let found = shape(&vec![vec![ring]]);
        if area != 0.0 && !repeats && multipolygon(found.get(0), shift).is_valid().unwrap() {
            return found;
        }
    }
}

#[test]
fn polygons_on_a_lattice_touch_as_geos_says() {
    each_seed(20_000, |random| {
        let x = [0.0, 40_636_943.0][random.below(2)];
        let shift = Coord { x, y: 3_165_737.0 };
        let beside = Coord {
            x: shift.x + random.below(5) as f64,
            y: shift.y,
        };
        let (a, b) = (
            lattice_polygon(random, shift),
            lattice_polygon(random, beside),
        );
        assert_exact(a.get(0), b.get(0));
    });
}

/// The length and the number of the edges that two cells share in the mesh, and whether they share a corner at all.
fn common(mesh: &Mesh, a: usize, b: usize) -> (f64, usize, bool) {
    let edges = |cell: usize| mesh.cells[cell].iter().flat_map(|ring| ring_edges(ring));
    let of_b: BTreeSet<(usize, usize)> = edges(b).collect();
    let shared: Vec<(usize, usize)> = edges(a)
        .filter(|&(from, to)| of_b.contains(&(to, from)))
        .collect();
    let length = |&(from, to): &(usize, usize)| {
        let along = mesh.corners[to] - mesh.corners[from];
        along.x.hypot(along.y)
    };
    let corners: BTreeSet<usize> = edges(b).map(|(from, _)| from).collect();
    (
        shared.iter().map(length).sum(),
        shared.len(),
        edges(a).any(|(from, _)| corners.contains(&from)),
    )
}

#[test]
fn cells_drawn_two_centimetres_off_touch_as_the_mesh_says() {
    each_seed(1500, |random| {
        let mesh = mesh(random);
        let mut cells = Shapes::default();
        for cell in 0..mesh.cells.len() {
            let rings = mesh.sloppy(random, cell, 0.02);
            push(&mut cells, &vec![rings]);
        }
        for a in 0..cells.len() {
            for b in 0..a {
                let found = meet(cells.get(a), cells.get(b), 0.05);
                let (length, edges, touch) = common(&mesh, a, b);
                let kind = if edges > 0 {
                    Some(ContactKind::Edge)
                } else {
                    touch.then_some(ContactKind::Point)
                };
                let wkt = |at: usize| {
                    multipolygon(cells.get(at), origin(cells.get(0)))
                        .to_wkt()
                        .unwrap()
                };
                assert_eq!(
                    found.map(|c| c.kind),
                    kind,
                    "{found:?} {length}: {} {}",
                    wkt(a),
                    wkt(b)
                );
                if let Some(found) = found.filter(|_| edges > 0) {
                    // each end of an edge has moved by less than four centimetres against the other side
                    let slack = 0.08 * edges as f64;
                    assert!(
                        (found.shared - length).abs() <= slack,
                        "{} is not {length}: {} {}",
                        found.shared,
                        wkt(a),
                        wkt(b)
                    );
                }
            }
        }
    });
}
