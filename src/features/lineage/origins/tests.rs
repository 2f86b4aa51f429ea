//! Two layers of squares and rectangles, as a reader compares them by head.

use std::fmt::Write as _;

use geo::Coord;

use super::{Origins, SameId, Today, origins};
use crate::geometry::Shapes;
use crate::model::{Account, FormerParcel, Layer, Parcel};
use crate::parcels::{Indexed, Relation, canonical_order};

/// Id, west, south, east, north.
type Box<'a> = (&'a str, f64, f64, f64, f64);

fn layer<T>(boxes: &[Box<'_>], record: impl Fn(u32, &str) -> T) -> Layer<T> {
    let mut shapes = Shapes::default();
    for &(_, west, south, east, north) in boxes {
        let corners = [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ];
        shapes.push_ring(&corners.map(|(x, y)| Coord { x, y }));
        shapes.end_part();
        shapes.end_shape();
    }
    Layer {
        rows: (0..)
            .zip(boxes)
            .map(|(row, one)| record(row, one.0))
            .collect(),
        shapes,
        account: Account::default(),
        unclear: rustc_hash::FxHashSet::default(),
        left_out: Vec::new(),
    }
}

fn compare(before: &[Box<'_>], today: &[Box<'_>]) -> (Origins, Vec<String>, String) {
    let parcels = layer(today, |row, id| Parcel {
        row,
        id: id.into(),
        ..Parcel::default()
    });
    let before = layer(before, |row, id| FormerParcel {
        row,
        id: id.into(),
        other_key: None,
        area_registered: None,
    });
    let (indexed, order) = (Indexed::of(&parcels.shapes), canonical_order(&parcels));
    let seen = Today {
        parcels: &parcels,
        indexed: &indexed,
        order: &order,
    };
    let (origins, defects, _) = origins(&seen, &before, (0.05, 1.0), &|_| ());
    let mut text = String::new();
    for &at in &order.parcels {
        let relation = origins.relations[at as usize].map_or("?", Relation::name);
        write!(text, "{} {relation}", parcels.rows[at as usize].name()).unwrap();
        for parent in origins.parents(at) {
            let former = &before.rows[parent.former as usize];
            write!(text, " {} {:.2}", former.name(), parent.share).unwrap();
        }
        let same = origins.same_ids[at as usize].filter(|same| *same != SameId::SameShape);
        if let Some(same) = same {
            write!(text, " ({})", same.name()).unwrap();
        }
        text.push('\n');
    }
    for at in &origins.gone {
        writeln!(text, "{} gone", before.rows[*at as usize].name()).unwrap();
    }
    let defects = defects
        .iter()
        .map(|defect| format!("{} {}", defect.feature, defect.kind.name()));
    (origins, defects.collect(), text)
}

/// What becomes of each, and the defects.
fn told(before: &[Box<'_>], today: &[Box<'_>]) -> (String, Vec<String>) {
    let (_, defects, text) = compare(before, today);
    (text, defects)
}

#[track_caller]
fn assert_told(before: &[Box<'_>], today: &[Box<'_>], lines: &[&str]) {
    let (text, defects) = told(before, today);
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    assert_eq!(defects, [""; 0]);
}

const A: Box<'_> = ("A", 0.0, 0.0, 100.0, 100.0);
const B: Box<'_> = ("B", 100.0, 0.0, 200.0, 100.0);
const C: Box<'_> = ("C", 200.0, 0.0, 300.0, 100.0);

#[test]
fn a_layer_against_itself_is_the_same() {
    let all = [A, B, C];
    assert_told(
        &all,
        &all,
        &["A same A 1.00", "B same B 1.00", "C same C 1.00"],
    );
}

#[test]
fn one_that_became_two_is_a_split_of_each() {
    let west = ("A1", 0.0, 0.0, 40.0, 100.0);
    let east = ("A2", 40.0, 0.0, 100.0, 100.0);
    assert_told(
        &[A, B],
        &[west, east, B],
        &["A1 split A 1.00", "A2 split A 1.00", "B same B 1.00"],
    );
    // the rest that kept its number is a product of the split too
    let rest = ("A", 40.0, 0.0, 100.0, 100.0);
    assert_told(
        &[A],
        &[west, rest],
        &["A split A 1.00 (other_shape)", "A1 split A 1.00"],
    );
}

#[test]
fn three_that_became_one_are_a_merge() {
    let all = ("M", 0.0, 0.0, 300.0, 100.0);
    assert_told(&[A, B, C], &[all], &["M merged A 0.33 B 0.33 C 0.33"]);
}

#[test]
fn another_number_on_the_same_ground_is_renumbered() {
    assert_told(
        &[A, B],
        &[("X", 0.0, 0.0, 100.0, 100.0), B],
        &["B same B 1.00", "X renumbered A 1.00"],
    );
}

#[test]
fn numbers_that_were_exchanged_are_said() {
    let a = ("B", 0.0, 0.0, 100.0, 100.0);
    let b = ("A", 100.0, 0.0, 200.0, 100.0);
    let (text, defects) = told(&[A, B], &[a, b]);
    assert_eq!(
        text,
        "A renumbered B 1.00 (elsewhere)\nB renumbered A 1.00 (elsewhere)\n"
    );
    assert_eq!(defects, ["B id_on_other_ground", "A id_on_other_ground"]);
}

#[test]
fn three_centimetres_of_noise_make_no_parents() {
    // a row of houses of 10 m, a lane of 1 m, and the same 3 cm to the north-east
    let before = [
        ("h1", 0.0, 0.0, 10.0, 10.0),
        ("h2", 10.0, 0.0, 20.0, 10.0),
        ("lane", 0.0, 10.0, 20.0, 11.0),
        ("field", 0.0, 11.0, 20.0, 400.0),
    ];
    let moved = before.map(|(id, west, south, east, north)| {
        (id, west + 0.03, south + 0.03, east + 0.03, north + 0.03)
    });
    let (text, defects) = told(&before, &moved);
    for line in [
        "h1 same h1",
        "h2 same h2",
        "lane same lane",
        "field same field",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert_eq!(text.lines().count(), 4);
    assert_eq!(defects, [""; 0]);
}

#[test]
fn a_metre_taken_from_a_neighbour_reshapes_both() {
    let a = ("A", 0.0, 0.0, 102.0, 100.0);
    let b = ("B", 102.0, 0.0, 200.0, 100.0);
    assert_told(
        &[A, B],
        &[a, b],
        &[
            "A reshaped A 0.98 B 0.02 (other_shape)",
            "B reshaped B 1.00 (other_shape)",
        ],
    );
}

#[test]
fn ground_that_nobody_had_is_new_and_a_part_of_it_reshapes() {
    let wider = ("A", 0.0, 0.0, 100.0, 150.0);
    let new = ("N", 0.0, 150.0, 100.0, 200.0);
    assert_told(
        &[A],
        &[wider, new],
        &["A reshaped A 0.67 (other_shape)", "N new"],
    );
}

#[test]
fn an_earlier_parcel_under_no_parcel_of_today_is_gone() {
    assert_told(&[A, B, C], &[B], &["B same B 1.00", "A gone", "C gone"]);
}

#[test]
fn parcels_smaller_than_a_metre_are_compared_too() {
    let kiosk = ("k", 0.0, 0.0, 0.8, 0.8);
    assert_told(&[kiosk], &[kiosk], &["k same k 1.00"]);
    let (west, east) = (("w", 0.0, 0.0, 0.4, 0.8), ("e", 0.4, 0.0, 0.8, 0.8));
    assert_told(
        &[kiosk],
        &[west, east],
        &["e split k 1.00", "w split k 1.00"],
    );
}

#[test]
fn ground_that_is_counted_twice_is_no_split_and_no_merge() {
    let twin = ("A2", 0.0, 0.0, 100.0, 100.0);
    let (text, defects) = told(&[A], &[A, twin]);
    assert!(
        text.contains("A reshaped") && text.contains("A2 reshaped"),
        "{text}"
    );
    assert_eq!(defects, ["A unclear_origin", "A2 unclear_origin"]);
    let (text, defects) = told(&[A, twin], &[A]);
    assert!(text.contains("A reshaped A 1.00 A2 1.00"), "{text}");
    assert_eq!(defects, ["A unclear_origin"]);
}

#[test]
fn parcels_without_a_number_are_told_by_their_rows() {
    let nameless = ("", 0.0, 0.0, 100.0, 100.0);
    assert_told(&[nameless], &[nameless], &["row 0 same row 0 1.00"]);
}

#[test]
fn a_slice_given_away_is_no_split_of_the_rest() {
    // A gave its eastern tenth to B: neither is a product of a split or a merge
    let a = ("A", 0.0, 0.0, 90.0, 100.0);
    let b = ("B", 90.0, 0.0, 200.0, 100.0);
    let (text, _) = told(&[A, B], &[a, b]);
    assert!(
        text.contains("A reshaped") && text.contains("B reshaped"),
        "{text}"
    );
}

#[test]
fn the_order_on_disk_changes_nothing() {
    let mut before = vec![A, B, C];
    let mut today = vec![
        ("M", 0.0, 0.0, 200.0, 100.0),
        ("C1", 200.0, 0.0, 250.0, 100.0),
        ("C2", 250.0, 0.0, 300.0, 100.0),
    ];
    let expected = told(&before, &today);
    assert_eq!(
        expected.0,
        "C1 split C 1.00\nC2 split C 1.00\nM merged A 0.50 B 0.50\n"
    );
    for turn in 0..3 {
        before.rotate_left(turn);
        today.reverse();
        assert_eq!(told(&before, &today), expected);
    }
}
