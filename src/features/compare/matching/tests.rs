//! Two runs of squares and rectangles, as a reader matches them by head.

use std::fmt::Write as _;

use geo::Coord;
use rustc_hash::FxHashSet;

use super::{Matching, match_runs};
use crate::features::compare::Kinship;
use crate::geometry::{Crs, CrsKind, Shapes};
use crate::model::{Run, RunFacts, RunParcel};

/// Id, west, south, east, north; no ground where west is east.
type Box<'a> = (&'a str, f64, f64, f64, f64);

fn run(boxes: &[Box<'_>]) -> Run {
    let mut shapes = Shapes::default();
    for &(_, west, south, east, north) in boxes {
        if west < east {
            let corners = [
                (west, south),
                (east, south),
                (east, north),
                (west, north),
                (west, south),
            ];
            shapes.push_ring(&corners.map(|(x, y)| Coord { x, y }));
            shapes.end_part();
        }
        shapes.end_shape();
    }
    let crs = Crs {
        definition: "EPSG:4549".into(),
        name: String::new(),
        code: None,
        kind: CrsKind::Plane { metres: 1.0 },
        wkt: String::new(),
        projjson: String::new(),
        area_of_use: None,
    };
    let parcel = |one: &Box<'_>| RunParcel {
        id: one.0.into(),
        ..RunParcel::default()
    };
    Run {
        facts: RunFacts {
            folder: String::new(),
            version: String::new(),
            as_of: jiff::civil::date(2022, 6, 1),
            policy: String::new(),
            choices: std::collections::BTreeMap::default(),
            sources: std::collections::BTreeMap::default(),
        },
        parcels: boxes.iter().map(parcel).collect(),
        shapes: Some((shapes, crs)),
        taxed: FxHashSet::default(),
        register: None,
        notes: Vec::new(),
    }
}

fn matched(before: &[Box<'_>], today: &[Box<'_>]) -> String {
    let (before, today) = (run(before), run(today));
    let found: Matching = match_runs(&before, &today, 0.05, &|_| ());
    let name = |kinship: Option<Kinship>| kinship.map_or("?", Kinship::name);
    let mut text = String::new();
    for (parcel, one) in today.parcels.iter().zip(&found.later) {
        write!(text, "{} {}", parcel.id, name(one.kinship)).unwrap();
        for ancestor in &one.ancestors {
            let id = &before.parcels[ancestor.at as usize].id;
            match ancestor.share {
                Some(share) => write!(text, " {id} {share:.2}").unwrap(),
                None => write!(text, " {id}").unwrap(),
            }
        }
        text.push('\n');
    }
    for (parcel, kinship) in before.parcels.iter().zip(&found.earlier) {
        writeln!(text, "was {} {}", parcel.id, name(*kinship)).unwrap();
    }
    text
}

#[test]
fn a_boundary_that_moved_reshapes_both_sides() {
    let text = matched(
        &[
            ("A", 0.0, 0.0, 100.0, 100.0),
            ("B", 100.0, 0.0, 200.0, 100.0),
        ],
        &[("A", 0.0, 0.0, 80.0, 100.0), ("B", 80.0, 0.0, 200.0, 100.0)],
    );
    assert_eq!(
        text,
        "A reshaped A 1.00\nB reshaped B 0.83\nwas A reshaped\nwas B reshaped\n"
    );
}

#[test]
fn ground_that_was_divided_anew_is_split_and_merged() {
    // two parcels beside each other become two above each other
    let text = matched(
        &[
            ("A", 0.0, 0.0, 100.0, 200.0),
            ("B", 100.0, 0.0, 200.0, 200.0),
        ],
        &[
            ("C", 0.0, 0.0, 200.0, 100.0),
            ("D", 0.0, 100.0, 200.0, 200.0),
        ],
    );
    assert_eq!(
        text,
        "C split_and_merged A 0.50 B 0.50\nD split_and_merged A 0.50 B 0.50\nwas A split_and_merged\nwas B \
         split_and_merged\n"
    );
}

#[test]
fn ids_that_were_exchanged_do_not_hide_what_lies_where() {
    let text = matched(
        &[
            ("A", 0.0, 0.0, 100.0, 100.0),
            ("B", 100.0, 0.0, 200.0, 100.0),
        ],
        &[
            ("A", 100.0, 0.0, 200.0, 100.0),
            ("B", 0.0, 0.0, 100.0, 100.0),
        ],
    );
    assert_eq!(
        text,
        "A renumbered B 1.00\nB renumbered A 1.00\nwas A renumbered\nwas B renumbered\n"
    );
}

#[test]
fn parcels_that_overlap_in_both_runs_are_the_same() {
    let boxes = [
        ("A", 0.0, 0.0, 110.0, 100.0),
        ("B", 100.0, 0.0, 200.0, 100.0),
    ];
    assert_eq!(
        matched(&boxes, &boxes),
        "A same A 1.00\nB same B 1.00\nwas A same\nwas B same\n"
    );
}

#[test]
fn a_parcel_whose_ground_went_to_several_is_not_lost() {
    // the middle one goes to its neighbours, a half to each; the last is a road's now
    let text = matched(
        &[
            ("A", 0.0, 0.0, 100.0, 100.0),
            ("B", 100.0, 0.0, 120.0, 100.0),
            ("C", 120.0, 0.0, 220.0, 100.0),
            ("D", 500.0, 0.0, 600.0, 100.0),
        ],
        &[
            ("A", 0.0, 0.0, 110.0, 100.0),
            ("C", 110.0, 0.0, 220.0, 100.0),
        ],
    );
    assert_eq!(
        text,
        "A reshaped A 0.91\nC reshaped C 0.91\nwas A reshaped\nwas B split_and_merged\nwas C reshaped\nwas D gone\n"
    );
}

#[test]
fn a_parcel_without_ground_is_known_by_its_id_and_not_called_new_or_gone() {
    let text = matched(
        &[
            ("A", 0.0, 0.0, 0.0, 0.0),
            ("B", 0.0, 0.0, 100.0, 100.0),
            ("C", 300.0, 0.0, 400.0, 100.0),
        ],
        &[
            ("A", 200.0, 0.0, 300.0, 100.0),
            ("B", 0.0, 0.0, 0.0, 0.0),
            ("C", 300.0, 0.0, 400.0, 100.0),
        ],
    );
    assert_eq!(
        text,
        "A ? A\nB ? B\nC same C 1.00\nwas A ?\nwas B ?\nwas C same\n"
    );
}
