//! The walk round a cell, against the contact of each pair and against the boundaries that GEOS intersects.

use std::collections::BTreeMap;

use geos::Geom;
use plotratio::geometry::{
    EdgeIndex, Reach, Scratch, Shapes, Side, Walk, contact, perimeter, walk,
};

use super::mosaic::mesh;
use super::random::each_seed;
use super::reference::{multipolygon, origin, push};

fn walk_round(cells: &Shapes, indexes: &[EdgeIndex], piece: usize, tolerance: f64) -> Walk {
    let side = |cell: usize| -> Side<'_> { (cells.get(cell), &indexes[cell]) };
    let others = (0..cells.len()).filter(|&other| other != piece);
    let around: Vec<(u32, Side<'_>)> = others.map(|other| (other as u32, side(other))).collect();
    let walk = walk(side(piece), &around, tolerance);
    let mut end: BTreeMap<usize, f64> = BTreeMap::new();
    for stretch in &walk.stretches {
        let end = end.entry(stretch.ring).or_default();
        assert_eq!(stretch.from, *end, "one begins where the last has ended");
        assert!(stretch.length() > 0.0);
        *end = stretch.to;
    }
    let length = perimeter(cells.get(piece));
    assert!((walk.length() - length).abs() < 1e-6);
    walk
}

#[test]
fn each_neighbour_has_the_length_that_contact_and_geos_say() {
    each_seed(200, |random| {
        let mesh = mesh(random);
        let mut cells = Shapes::default();
        (0..mesh.cells.len()).for_each(|cell| push(&mut cells, &vec![mesh.rings(cell)]));
        let indexes: Vec<EdgeIndex> = cells.iter().map(EdgeIndex::of).collect();
        let origin = origin(cells.get(0));
        for piece in 0..cells.len().min(8) {
            for tolerance in [0.0, 0.05] {
                let lengths = walk_round(&cells, &indexes, piece, tolerance).lengths();
                let ours = multipolygon(cells.get(piece), origin).boundary().unwrap();
                for other in (0..cells.len()).filter(|&other| other != piece) {
                    let found = lengths.get(&Some(other as u32)).copied().unwrap_or(0.0);
                    let reach = Reach {
                        tolerance,
                        gap: 0.0,
                    };
                    let pair = [piece, other].map(|cell| (cells.get(cell), &indexes[cell]));
                    let met = contact(pair[0], pair[1], reach, &mut Scratch::default());
                    let shared = met.map_or(0.0, |met| met.shared);
                    let theirs = multipolygon(cells.get(other), origin).boundary().unwrap();
                    let line = ours.intersection(&theirs).unwrap().length().unwrap();
                    // around corners a pair may share what is nearer to a third, and what is too short to be a boundary
                    let slack = if tolerance > 0.0 {
                        12.0 * tolerance
                    } else {
                        1e-5
                    };
                    assert!(found <= shared + slack, "{piece} {other} {found} {shared}");
                    assert!(found >= line - slack, "{piece} {other} {found} {line}");
                    if tolerance == 0.0 {
                        assert!(
                            (found - line).abs() <= slack,
                            "{piece} {other} {found} {line}"
                        );
                    }
                }
            }
        }
    });
}
