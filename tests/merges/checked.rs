//! M01 to M06 of the manual of merges, out of geometry: exact lengths, gaps and corners, and what `check` says of them.

use plotratio::features::merge::{BondKind, bonds_among, merge_facts, merged_land};
use plotratio::law::facts::Facts;
use plotratio::law::judge::{Case, Judgement, Verdict, judge};
use plotratio::run::Scan;
use serde_json::Value;

use super::{Drawn, positions, rectangle, scanned, table};
use crate::command_line::{plotratio, refused};

fn judged(scan: &Scan, facts: &Facts, choices: &[(String, String)]) -> Judgement {
    let case = Case {
        facts,
        pack: &scan.measured.options.policy,
        choices,
        as_of: scan.measured.options.as_of,
    };
    judge(&case, "merge", None).unwrap()
}

fn verdict(judgement: &Judgement, rule: &str) -> Verdict {
    let mut found = judgement.findings.iter().filter(|of| of.rule == rule);
    found.next().unwrap().verdict
}

/// The length and gap of each shared edge, as written.
fn edges(facts: &Facts) -> Vec<((usize, usize), String, String)> {
    let edges = facts.shared_edges.iter().flatten();
    edges
        .map(|edge| {
            (
                edge.between,
                edge.length_m.to_string(),
                edge.gap_m.to_string(),
            )
        })
        .collect()
}

fn two<'a>(
    b: &'a [(f64, f64)],
    columns: &'a [(&'a str, &'a str)],
    a: &'a [(f64, f64)],
) -> [Drawn<'a>; 2] {
    [
        Drawn {
            id: "A",
            corners: a,
            columns: &[],
        },
        Drawn {
            id: "B",
            corners: b,
            columns,
        },
    ]
}

#[test]
fn m01_a_shared_edge_of_52_3_m_and_the_shorter_term() {
    // B reaches from 20 to 72.3 along the side of A
    let (a, b) = (
        rectangle(0.0, 0.0, 100.0, 72.3),
        rectangle(100.0, 20.0, 200.0, 130.0),
    );
    let scan = scanned(&two(&b, &[("term_end", "2045-12-31")], &a), 0.05);
    let facts = merge_facts(scan.known(), &positions(&scan, &["B", "A"]));
    assert_eq!(edges(&facts), [((0, 1), "52.3".into(), "0".into())]);
    let found = judged(&scan, &facts, &[]);
    for rule in ["merge-same-right", "merge-adjacent", "merge-term"] {
        assert_eq!(verdict(&found, rule), Verdict::Pass, "{rule}");
    }
    assert!(!found.flags.iter().any(|flag| flag == "borderline"));
    let end = found
        .amounts()
        .find(|amount| amount.name == "unified_term_end");
    assert!(format!("{:?}", end.unwrap().value).contains("2045-12-31"));
    // nobody has said who buys
    assert_eq!(
        (verdict(&found, "transferee-class"), found.verdict),
        (Verdict::Unknown, Verdict::Unknown)
    );
    let land = merged_land(scan.known(), &positions(&scan, &["A", "B"])).unwrap();
    assert!((land.plane_m2 - 18_230.0).abs() < 1e-3 && land.union.parts == 1);
    assert!((land.perimeter_m - (344.6 + 420.0 - 2.0 * 52.3)).abs() < 1e-3);
}

#[test]
fn m02_and_m06_rights_that_differ_fail_and_unknown_ones_do_not() {
    let (a, b) = (
        rectangle(0.0, 0.0, 100.0, 50.0),
        rectangle(100.0, 0.0, 200.0, 50.0),
    );
    let said = |column, value| {
        let scan = scanned(&two(&b, &[(column, value)], &a), 0.05);
        let facts = merge_facts(scan.known(), &positions(&scan, &["A", "B"]));
        verdict(&judged(&scan, &facts, &[]), "merge-same-right")
    };
    assert_eq!(said("right_nature", "101、划拨"), Verdict::Fail);
    assert_eq!(said("right_nature", "集体土地"), Verdict::Fail);
    assert_eq!(said("right_type", "集体建设用地使用权"), Verdict::Fail);
    assert_eq!(said("right_nature", "出让"), Verdict::Pass);
    assert_eq!(said("right_nature", ""), Verdict::Unknown);
    assert_eq!(said("right_type", "gongye"), Verdict::Unknown);
    assert_eq!(said("land_use", "商业用地"), Verdict::Fail);
}

#[test]
fn m03_a_corner_is_no_shared_edge() {
    let a = rectangle(0.0, 0.0, 100.0, 50.0);
    // exactly, and 3 cm apart
    for (x, y) in [(100.0, 50.0), (100.02, 50.02)] {
        for tolerance in [0.05, 0.0] {
            let b = rectangle(x, y, 200.0, 100.0);
            let scan = scanned(&two(&b, &[], &a), tolerance);
            let facts = merge_facts(scan.known(), &positions(&scan, &["A", "B"]));
            assert_eq!(edges(&facts), [], "{x}, {tolerance}");
            assert_eq!(
                verdict(&judged(&scan, &facts, &[]), "merge-adjacent"),
                Verdict::Fail
            );
        }
    }
}

#[test]
fn m04_a_chain_is_one_piece() {
    let corners = [0.0, 50.0, 100.0].map(|x| rectangle(x, 0.0, x + 50.0, 40.0));
    let drawn: Vec<Drawn<'_>> = ["A", "B", "C"]
        .into_iter()
        .zip(&corners)
        .map(|(id, corners)| Drawn {
            id,
            corners,
            columns: &[],
        })
        .collect();
    let scan = scanned(&drawn, 0.05);
    let facts = merge_facts(scan.known(), &positions(&scan, &["A", "B", "C"]));
    assert_eq!(
        edges(&facts),
        [
            ((0, 1), "40".into(), "0".into()),
            ((1, 2), "40".into(), "0".into())
        ]
    );
    assert_eq!(
        verdict(&judged(&scan, &facts, &[]), "merge-adjacent"),
        Verdict::Pass
    );
    let ends = merge_facts(scan.known(), &positions(&scan, &["A", "C"]));
    assert_eq!(
        verdict(&judged(&scan, &ends, &[]), "merge-adjacent"),
        Verdict::Fail
    );
}

#[test]
fn m05_a_gap_of_digitising_is_closed_and_flagged_and_a_wider_one_is_a_gap() {
    let a = rectangle(0.0, 0.0, 100.0, 40.0);
    let off = [("snap".to_owned(), "off".to_owned())];
    for tolerance in [0.05, 0.0] {
        let at = |gap: f64| {
            let b = rectangle(100.0 + gap, 0.0, 200.0, 40.0);
            let scan = scanned(&two(&b, &[], &a), tolerance);
            let facts = merge_facts(scan.known(), &positions(&scan, &["A", "B"]));
            (scan, facts)
        };
        for gap in [0.03, 0.05] {
            let (scan, facts) = at(gap);
            assert_eq!(edges(&facts), [((0, 1), "40".into(), gap.to_string())]);
            let found = judged(&scan, &facts, &[]);
            assert_eq!(verdict(&found, "merge-adjacent"), Verdict::Pass);
            assert!(found.flags.iter().any(|flag| flag == "borderline"));
            assert_eq!(
                verdict(&judged(&scan, &facts, &off), "merge-adjacent"),
                Verdict::Unknown
            );
            let land = merged_land(scan.known(), &positions(&scan, &["A", "B"])).unwrap();
            assert!((land.closed_gap_m2 - 40.0 * gap).abs() < 1e-3, "{land:?}");
            assert!((land.closed_gap_m - gap).abs() < 1e-5);
        }
        let (scan, facts) = at(0.3);
        assert_eq!(edges(&facts), [((0, 1), "40".into(), "0.3".into())]);
        assert_eq!(
            verdict(&judged(&scan, &facts, &[]), "merge-adjacent"),
            Verdict::Fail
        );
    }
}

#[test]
fn ground_that_both_cover_makes_them_adjacent() {
    let a = rectangle(0.0, 0.0, 100.0, 40.0);
    // a strip of 2 cm, one of 2 m, and a corner of 2 by 3 m
    for (b, length) in [
        (rectangle(99.98, 0.0, 200.0, 40.0), "40"),
        (rectangle(98.0, 0.0, 200.0, 40.0), "42"),
        (rectangle(98.0, 37.0, 200.0, 80.0), "5"),
    ] {
        let scan = scanned(&two(&b, &[], &a), 0.05);
        let parcels = positions(&scan, &["A", "B"]);
        let facts = merge_facts(scan.known(), &parcels);
        let found: Vec<String> = edges(&facts).into_iter().map(|edge| edge.1).collect();
        assert_eq!(
            found,
            [length],
            "{b:?} {:?}",
            bonds_among(scan.known(), &parcels)
        );
        assert_eq!(
            verdict(&judged(&scan, &facts, &[]), "merge-adjacent"),
            Verdict::Pass
        );
    }
    let b = rectangle(98.0, 37.0, 200.0, 80.0);
    let scan = scanned(&two(&b, &[], &a), 0.05);
    let bonds = bonds_among(scan.known(), &positions(&scan, &["A", "B"]));
    assert_eq!((bonds.len(), bonds[0].kind), (1, BondKind::Overlap));
}

/// A city with three parcels side by side, B 3 cm beside A, and a case about them.
fn case(folder: &std::path::Path, text: &str) -> [String; 2] {
    let corners = [
        rectangle(0.0, 0.0, 100.0, 40.0),
        rectangle(100.03, 0.0, 150.0, 40.0),
        rectangle(150.0, 0.0, 200.0, 40.0),
    ];
    let drawn = [
        Drawn {
            id: "A",
            corners: &corners[0],
            columns: &[("term_end", "2045-12-31")],
        },
        Drawn {
            id: "B",
            corners: &corners[1],
            columns: &[],
        },
        Drawn {
            id: "C",
            corners: &corners[2],
            columns: &[("right_nature", "")],
        },
    ];
    std::fs::write(folder.join("parcels.csv"), table(&drawn)).unwrap();
    let (city, case) = (folder.join("city.toml"), folder.join("case.toml"));
    std::fs::write(&city, "parcels = \"parcels.csv\"\ncrs = \"EPSG:4549\"\nas_of = 2022-06-01\n[layer_crs]\nparcels = \"EPSG:4549\"\n").unwrap();
    std::fs::write(
        &case,
        format!("kind = \"merge\"\nas_of = 2022-06-01\n{text}"),
    )
    .unwrap();
    [case.display().to_string(), city.display().to_string()]
}

fn said(text: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let [case, city] = case(folder.path(), text);
    let output = plotratio()
        .args(["check", &case, "--city", &city, "--json", "--lang", "en"])
        .output()
        .unwrap();
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    serde_json::from_str(&line)
        .unwrap_or_else(|why| panic!("{why}: {line} {}", crate::command_line::stderr(&output)))
}

#[test]
fn check_takes_a_merge_from_the_city_by_its_parcels() {
    let buyer = "[transferee]\nevaluation_class = \"A\"\nmeets_requirements = true\n\
        [approval]\nplanning = true\nfire = true\nenvironment = true\n";
    let free = |id: &str| format!("[[parcel]]\nid = \"{id}\"\ntransfer_restricted = false\n");
    let (of_a, of_b, of_c) = (free("A"), free("B"), free("C"));
    let found = said(&format!("parcels = [\"A\", \"B\"]\n{of_a}{of_b}{buyer}"));
    assert_eq!(
        (&found["verdict"], &found["flags"][0]),
        (&"pass".into(), &"borderline".into())
    );
    assert_eq!(found["amounts"]["unified_term_end"], "2045-12-31");
    let notes = found["notes"].to_string();
    for wanted in [
        "6000.00 m² (9.0000 mu), in 1 part",
        "1.20 m² in closed gaps, 0.030 m at their widest",
    ] {
        assert!(notes.contains(wanted), "{wanted}: {notes}");
    }
    assert!(found.to_string().contains("parcel B loses"), "{found}");

    // C does not say what right it is; the case does, and corrects the term of A
    let found = said(&format!("parcels = [\"B\", \"C\"]\n{buyer}"));
    assert_eq!(found["verdict"], "unknown");
    let given = format!("{of_c}right_nature = \"102\"\nterm_end = 2040-01-01\n");
    let found = said(&format!("parcels = [\"C\", \"B\"]\n{given}{of_b}{buyer}"));
    assert_eq!(
        (&found["verdict"], &found["amounts"]["unified_term_end"]),
        (&"pass".into(), &"2040-01-01".into())
    );
    assert!(found["notes"].to_string().contains("parcel C: "), "{found}");

    let apart = said(&format!("parcels = [\"A\", \"C\"]\n{buyer}"));
    assert_eq!(apart["verdict"], "fail");
}

#[test]
fn check_refuses_parcels_that_the_city_does_not_have() {
    let folder = tempfile::tempdir().unwrap();
    let [unknown, city] = case(folder.path(), "parcels = [\"A\", \"Z\"]\n");
    assert!(refused(&["check", &unknown, "--city", &city]).contains("no parcel `Z`"));
    assert!(refused(&["check", &unknown]).contains("--city"));
}
