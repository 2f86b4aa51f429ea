//! Tables of a few rows, as a reader follows them by head.

use super::answer::Answer;
use super::circles::circles;
use super::family::Family;
use super::inherit::inherited;
use crate::model::{LineageRow, LineageTable, RecordedChange};
use crate::parcels::Relation;

/// Child, parents by `;`, words for the kind.
type Row<'a> = (&'a str, &'a str, &'a str);

fn table(rows: &[Row<'_>]) -> LineageTable {
    let row = |(child, parents, kind): &Row<'_>| LineageRow {
        parcel_id: (*child).into(),
        parents: parents
            .split(';')
            .filter(|id| !id.is_empty())
            .map(Into::into)
            .collect(),
        change: RecordedChange::parse(kind),
        ..LineageRow::default()
    };
    LineageTable {
        rows: rows.iter().map(row).collect(),
        ..LineageTable::default()
    }
}

const fn word(answer: Answer) -> char {
    match answer {
        Answer::No => '-',
        Answer::Unknown => '?',
        Answer::Yes => '+',
    }
}

/// What the parcels `there` are the product of: split and merge, each `+`, `-` or `?`.
fn products(rows: &[Row<'_>], there: &str) -> String {
    linked(rows, &[], there)
}

/// The same, with pairs of child and parent that shapes show.
fn linked(rows: &[Row<'_>], links: &[(&str, &str)], there: &str) -> String {
    answered(&table(rows), links, there)
}

fn answered(table: &LineageTable, links: &[(&str, &str)], there: &str) -> String {
    let family = Family::of(table, links, there.split(' '));
    let answers = inherited(&family, &circles(&family));
    let of = |id: &str| {
        let place = family.place(id)?;
        let answers = answers[place as usize];
        Some(format!(
            "{id}{}{}",
            word(answers.split),
            word(answers.merge)
        ))
    };
    let words: Vec<_> = there
        .split(' ')
        .map(|id| of(id).unwrap_or_else(|| format!("{id}--")))
        .collect();
    words.join(" ")
}

#[test]
fn a_recorded_kind_is_taken() {
    let table = [("B", "A", "split"), ("E", "C;D", "合并"), ("G", "", "分割")];
    assert_eq!(products(&table, "B E G H"), "B+- E-+ G+- H--");
}

#[test]
fn numbers_tell_where_no_kind_is_recorded() {
    let split = [("B", "A", ""), ("C", "A", "")];
    assert_eq!(products(&split, "B C"), "B+- C+-");
    let merge = [("C", "A;B", "")];
    assert_eq!(products(&merge, "C"), "C-+");
    // several rows for one child are one list of parents
    let merge = [("C", "A", ""), ("C", "B", "")];
    assert_eq!(products(&merge, "C"), "C-+");
    let renumbered = [("B", "A", "")];
    assert_eq!(products(&renumbered, "B"), "B--");
    // two of two: land may have gone any way
    let both = [("C", "A;B", ""), ("D", "A;B", "")];
    assert_eq!(products(&both, "C D"), "C?? D??");
    // a part of A went to C, the rest is B: B is of a split, C of both or neither
    let part = [("B", "A", ""), ("C", "A;D", "")];
    assert_eq!(products(&part, "B C"), "B+- C??");
}

#[test]
fn a_parcel_that_kept_its_number_is_told_by_its_own_row() {
    let split = [("A", "A", ""), ("B", "A", "")];
    assert_eq!(products(&split, "A B"), "A+- B+-");
    let merge = [("A", "A;B", "")];
    assert_eq!(products(&merge, "A"), "A-+");
    // A is still there: either B is a part of it, or the number was given anew
    let untold = [("B", "A", "")];
    assert_eq!(products(&untold, "A B"), "A?? B??");
    let untold = [("B", "A", "split")];
    assert_eq!(products(&untold, "A B"), "A?? B+?");
}

#[test]
fn a_chain_is_followed_through_parcels_that_are_gone() {
    // A was split into B and C; B was renumbered D, then E; C went into F with X
    let table = [
        ("B", "A", "split"),
        ("C", "A", "split"),
        ("D", "B", ""),
        ("E", "D", "更名"),
        ("F", "C;X", "merge"),
    ];
    assert_eq!(products(&table, "E F"), "E+- F++");
    // what a parcel became after it gave others off says nothing certain of those
    let table = [("B", "A", "renumbered"), ("A", "A;C", "merge")];
    assert_eq!(products(&table, "A B"), "A?+ B??");
}

#[test]
fn words_that_are_not_known_leave_it_open_but_where_numbers_tell() {
    assert_eq!(products(&[("B", "A", "变更")], "B"), "B??");
    assert_eq!(products(&[("B", "", "变更")], "B"), "B??");
    let split = [("B", "A", "变更"), ("C", "A", "变更")];
    assert_eq!(products(&split, "B C"), "B+? C+?");
    assert_eq!(products(&[("B", "", "更名")], "B"), "B--");
}

#[test]
fn a_row_that_does_not_say_what_came_of_a_parcel_leaves_its_other_heirs_open() {
    let mut told = table(&[("B", "A", "")]);
    assert_eq!(answered(&told, &[], "B"), "B--");
    told.open = vec!["A".into()];
    assert_eq!(answered(&told, &[], "B"), "B??");
    assert_eq!(answered(&told, &[], "A C"), "A?? C--");
}

#[test]
fn a_circle_is_found_and_hands_on_nothing_certain() {
    let table = [
        ("A", "B", ""),
        ("B", "C", ""),
        ("C", "A", ""),
        ("D", "C", ""),
    ];
    let told = self::table(&table);
    let family = Family::of(&told, &[], std::iter::once("D"));
    let names: Vec<Vec<&str>> = circles(&family)
        .iter()
        .map(|circle| circle.iter().map(|at| family.name(*at)).collect())
        .collect();
    assert_eq!(names, [["A", "B", "C"]]);
    // A went to both B's line and D: of a split by numbers, though through a circle
    assert_eq!(products(&table, "D"), "D+?");
    let table = [("A", "B", ""), ("B", "A", "")];
    assert_eq!(products(&table, "B"), "B??");
    // a parcel between two circles is on none
    let table = [
        ("A", "B", ""),
        ("B", "A", ""),
        ("C", "A", ""),
        ("D", "C;E", ""),
        ("E", "D", ""),
    ];
    let told = self::table(&table);
    let family = Family::of(&told, &[], std::iter::empty());
    assert_eq!(circles(&family).len(), 2);
}

#[test]
fn a_long_chain_needs_no_deep_stack() {
    let ids: Vec<String> = (0..200_000).map(|at| format!("P{at:06}")).collect();
    let row = |pair: &[String]| LineageRow {
        parcel_id: pair[1].as_str().into(),
        parents: vec![pair[0].as_str().into()],
        ..LineageRow::default()
    };
    let mut rows: Vec<LineageRow> = ids.windows(2).map(row).collect();
    rows[0].change = RecordedChange::Split;
    let last = ids[ids.len() - 1].as_str();
    let table = LineageTable {
        rows,
        ..LineageTable::default()
    };
    let family = Family::of(&table, &[], std::iter::once(last));
    let circles = circles(&family);
    assert!(circles.is_empty());
    let place = family.place(last).unwrap();
    let answers = inherited(&family, &circles)[place as usize];
    assert_eq!(answers.split, Answer::Yes);
}

#[test]
fn shapes_link_a_parcel_to_what_the_table_knows_under_its_old_number() {
    let table = [("B", "A", "split"), ("C", "A", "split")];
    assert_eq!(linked(&table, &[("N", "B")], "N C"), "N+- C+-");
    // B is still there, elsewhere: its number was given anew, or its row speaks of that
    assert_eq!(linked(&table, &[("N", "B")], "N B"), "N?- B+-");
    // two exchanged numbers, of which the table knows nothing
    assert_eq!(linked(&[], &[("N", "M"), ("M", "N")], "N M"), "N-- M--");
}

#[test]
fn the_table_alone_tells_how_a_parcel_came_to_be() {
    use Relation::{Merged, Renumbered, Reshaped, Same, Split};
    let table = [
        ("B", "A", ""),
        ("C", "C", ""),
        ("D", "E", "split"),
        ("F", "G;H", ""),
        ("I", "J;K", ""),
        ("L", "J;K", ""),
        ("M", "", "分割合并"),
        ("N", "", "更名"),
        ("O", "P", "?"),
    ];
    let told = self::table(&table);
    let family = Family::of(&told, &[], std::iter::empty());
    let of = |id: &str| family.place(id).and_then(|at| family.relation(at));
    for (id, relation) in [
        ("A", None),
        ("B", Some(Renumbered)),
        ("C", Some(Same)),
        ("D", Some(Split)),
        ("F", Some(Merged)),
        ("I", Some(Reshaped)),
        ("L", Some(Reshaped)),
        ("M", Some(Reshaped)),
        ("N", None),
        ("O", None),
    ] {
        assert_eq!(of(id), relation, "{id}");
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut table = vec![
        ("B", "A", "split"),
        ("C", "A", ""),
        ("D", "B;X", ""),
        ("D", "Y", "merge"),
        ("E", "D", "更名"),
        ("F", "G", ""),
        ("G", "F", ""),
        ("H", "G;C", ""),
    ];
    let there = "C E H F";
    let expected = products(&table, there);
    for turn in 0..table.len() {
        table.rotate_left(turn);
        assert_eq!(products(&table, there), expected);
        table.reverse();
        assert_eq!(products(&table, there), expected);
    }
}
