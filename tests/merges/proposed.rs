//! Merges that are proposed: whose land, which groups, in which order.

use plotratio::features::merge::{Grouping, MergeProposal, MergeWish, Merges, propose_merges};
use plotratio::law::judge::Verdict;
use plotratio::progress::Unwatched;
use plotratio::run::Scan;

use super::{Drawn, positions, rectangle, scanned};

pub fn proposed(scan: &Scan, wish: &MergeWish) -> Merges {
    propose_merges(scan.known(), wish, &Unwatched).unwrap()
}

pub fn any() -> MergeWish {
    MergeWish {
        grouping: Grouping::Any,
        ..MergeWish::default()
    }
}

/// The ids of the parcels of each proposal, in order of rank.
fn groups(scan: &Scan, merges: &Merges) -> Vec<String> {
    let name = |at: &u32| scan.measured.city.parcels.rows[*at as usize].id.to_string();
    let names = |of: &MergeProposal| of.parcels.iter().map(name).collect::<Vec<_>>().concat();
    merges.proposals.iter().map(names).collect()
}

type Columns<'a> = &'a [(&'a str, &'a str)];

/// A row of squares of 50 m, each touching the next.
fn street(columns: &[(&str, Columns<'_>)], tolerance: f64) -> Scan {
    let corners: Vec<[(f64, f64); 4]> = columns
        .iter()
        .scan(0.0, |west, _| {
            *west += 50.0;
            Some(rectangle(*west - 50.0, 0.0, *west, 50.0))
        })
        .collect();
    let drawn: Vec<Drawn<'_>> = columns
        .iter()
        .zip(&corners)
        .map(|((id, columns), corners)| Drawn {
            id,
            corners,
            columns,
        })
        .collect();
    scanned(&drawn, tolerance)
}

#[test]
fn the_connected_land_of_one_holder_is_one_proposal() {
    let scan = street(
        &[
            ("A", &[]),
            ("B", &[]),
            ("C", &[("term_end", "2045-06-30")]),
            ("D", &[("owner", "乙")]),
            ("E", &[]),
            ("F", &[("owner", "")]),
            ("G", &[("owner", "")]),
        ],
        0.05,
    );
    let merges = proposed(&scan, &MergeWish::default());
    // E is of the same holder, and not connected; nobody knows who holds F and G
    assert_eq!(groups(&scan, &merges), ["ABC"]);
    let found = &merges.proposals[0];
    assert_eq!((found.rank, found.id().as_str()), (1, "M00001"));
    assert_eq!(found.area.unwrap().cents(), 750_000);
    assert!((found.shared_m - 100.0).abs() < 1e-6);
    // the sides of 50 m to the south and north of each, and the west of A; the east of C borders D
    assert!(
        (found.frontage_m - 350.0).abs() < 1e-6 && (found.frontage_most_m - 150.0).abs() < 1e-6
    );
    assert_eq!(found.together.term_end.unwrap().to_string(), "2045-06-30");
    assert!((found.together.years_lost_most().unwrap() - 5.0).abs() < 0.01);
    // 2500 m² each are less than 10 亩, 7500 are more
    assert_eq!(found.score.standalone, Some(1.0));
    // who buys is not known, and neither is the plan
    assert_eq!(
        (found.judgement.verdict, found.score.room),
        (Verdict::Unknown, None)
    );
    assert!(found.flags.is_empty(), "{:?}", found.flags);
    assert!(
        merges
            .notes
            .iter()
            .any(|note| note.contains("2 parcels do not say who holds them"))
    );
}

#[test]
fn what_could_not_be_merged_is_not_proposed() {
    for columns in [
        [("right_nature", "划拨")],
        [("right_type", "集体建设用地使用权")],
        [("land_use", "商业用地")],
        [("land_use", "")],
        [("status", "未供应")],
        [("term_end", "2022-06-01")],
    ] {
        let scan = street(&[("A", &[]), ("B", &columns)], 0.05);
        for wish in [MergeWish::default(), any()] {
            let merges = proposed(&scan, &wish);
            assert_eq!(groups(&scan, &merges), Vec::<String>::new(), "{columns:?}");
        }
    }
    // granted and still empty is in somebody's hands; what is unknown is shown as unknown
    for (columns, flag) in [
        ([("status", "granted")], None),
        ([("status", "空闲")], None),
        ([("right_nature", "")], Some("rights_unknown")),
        ([("term_end", "")], Some("term_unknown")),
    ] {
        let scan = street(&[("A", &[]), ("B", &columns)], 0.05);
        let merges = proposed(&scan, &MergeWish::default());
        assert_eq!(groups(&scan, &merges), ["AB"], "{columns:?}");
        assert_eq!(merges.proposals[0].flags.first().copied(), flag);
    }
}

#[test]
fn an_unknown_right_between_two_that_differ_joins_neither() {
    let scan = street(
        &[
            ("A", &[]),
            ("B", &[]),
            ("C", &[("right_nature", "")]),
            ("D", &[("right_nature", "划拨")]),
            ("E", &[("right_nature", "划拨")]),
        ],
        0.05,
    );
    assert_eq!(
        groups(&scan, &proposed(&scan, &MergeWish::default())),
        ["AB", "DE"]
    );
    let mut small = groups(&scan, &proposed(&scan, &any()));
    small.sort();
    assert_eq!(small, ["AB", "ABC", "BC", "CD", "CDE", "DE"]);
}

#[test]
fn small_groups_hold_each_connected_set_once_the_best_first() {
    let scan = street(
        &[
            ("A", &[("owner", "乙")]),
            ("B", &[]),
            ("C", &[]),
            ("D", &[("owner", "")]),
        ],
        0.05,
    );
    let merges = proposed(&scan, &any());
    // three of 2500 m² reach 10 亩, two do not; ties by the ids
    assert_eq!(groups(&scan, &merges), ["ABC", "BCD", "AB", "BC", "CD"]);
    assert_eq!(merges.proposals[0].flags, ["holders_differ"]);
    assert_eq!(merges.proposals[1].flags, ["holder_unknown"]);
    let four = MergeWish {
        most_parcels: 4,
        ..any()
    };
    assert_eq!(groups(&scan, &proposed(&scan, &four)).len(), 6);
    let two = MergeWish {
        most: Some(2),
        ..any()
    };
    assert_eq!(groups(&scan, &proposed(&scan, &two)), ["ABC", "BCD"]);
}

#[test]
fn around_given_parcels_every_group_holds_them() {
    let scan = street(
        &[
            ("A", &[]),
            ("B", &[]),
            ("C", &[]),
            ("D", &[]),
            ("E", &[("status", "未供应")]),
        ],
        0.05,
    );
    let around = |grouping, ids: &[&str]| {
        let wish = MergeWish {
            grouping,
            parcels: positions(&scan, ids),
            ..MergeWish::default()
        };
        let merges = proposed(&scan, &wish);
        let mut found = groups(&scan, &merges);
        found.sort();
        (found, merges.notes)
    };
    assert_eq!(around(Grouping::Any, &["C"]).0, ["ABC", "BC", "BCD", "CD"]);
    assert_eq!(around(Grouping::Any, &["D", "B"]).0, ["BCD"]);
    assert_eq!(around(Grouping::Any, &["A", "B", "C", "D"]).0, ["ABCD"]);
    assert_eq!(around(Grouping::Any, &["A", "D"]).0, Vec::<String>::new());
    assert_eq!(around(Grouping::Holder, &["B"]).0, ["ABCD"]);
    let (found, notes) = around(Grouping::Holder, &["E"]);
    assert!(
        found.is_empty() && notes[0].contains("`E` has not been granted"),
        "{notes:?}"
    );
}

#[test]
fn gaps_are_flagged_and_two_records_of_one_land_are_not_merged() {
    let a = rectangle(0.0, 0.0, 50.0, 50.0);
    for (b, expected) in [
        (rectangle(50.04, 0.0, 100.0, 50.0), Some("gap_closed")),
        (rectangle(49.6, 0.0, 100.0, 50.0), Some("overlap")),
        (rectangle(50.3, 0.0, 100.0, 50.0), None),
        (rectangle(30.0, 0.0, 100.0, 50.0), None),
        (rectangle(50.0, 50.0, 100.0, 100.0), None),
    ] {
        for tolerance in [0.05, 0.0] {
            let drawn = [
                Drawn {
                    id: "A",
                    corners: &a,
                    columns: &[],
                },
                Drawn {
                    id: "B",
                    corners: &b,
                    columns: &[],
                },
            ];
            let scan = scanned(&drawn, tolerance);
            let merges = proposed(&scan, &MergeWish::default());
            let flags: Vec<_> = merges
                .proposals
                .iter()
                .map(|of| of.flags.first().copied())
                .collect();
            assert_eq!(
                flags,
                expected.map(Some).into_iter().collect::<Vec<_>>(),
                "{b:?}"
            );
        }
    }
}
