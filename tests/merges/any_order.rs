//! Merges over blocks drawn by lot: no rule is broken and no land is lost, whatever the order on disk and the threads.

use plotratio::features::merge::{Grouping, MergeProposal, MergeWish, Merges};
use plotratio::law::LandUse;
use plotratio::law::judge::Verdict;
use plotratio::run::Scan;
use plotratio::write::{Format, ResultFolder, merge_proposals_table, merged_table, write_table};

use super::proposed::{any, proposed};
use super::{Drawn, rectangle, scanned};
use crate::geos_differential::random::Random;

/// Id, corners and columns of a lot.
type Lot = (String, [(f64, f64); 4], Vec<(&'static str, &'static str)>);

/// A block of lots with holders, rights and terms drawn by lot; the order on disk is shuffled.
fn block(random: &mut Random, shuffle: u64) -> Scan {
    let (columns, rows) = (3 + random.below(5), 2 + random.below(5));
    let mut owned: Vec<Lot> = Vec::new();
    let mut x = 0.0;
    for column in 0..columns {
        let width = random.between(20.0, 80.0).round();
        let mut y = 0.0;
        for row in 0..rows {
            let height = random.between(20.0, 80.0).round();
            let gap = [0.0, 0.0, 0.03, 0.3][random.below(4)];
            let corners = rectangle(x, y, x + width, y + height);
            y += height + gap;
            let pick = |random: &mut Random, of: &[&'static str]| of[random.below(of.len())];
            let columns = vec![
                (
                    "owner",
                    pick(random, &["甲", "甲", "甲", "乙", "乙", "", "/"]),
                ),
                (
                    "right_type",
                    pick(
                        random,
                        &[
                            "4",
                            "4",
                            "4",
                            "国有建设用地使用权",
                            "国有建设用地使用权",
                            "8",
                            "",
                        ],
                    ),
                ),
                (
                    "right_nature",
                    pick(random, &["102", "102", "出让", "出让", "出让", "101", ""]),
                ),
                (
                    "land_use",
                    pick(
                        random,
                        &[
                            "工业用地",
                            "工业用地",
                            "工业用地",
                            "工业用地",
                            "工业用地",
                            "工业用地",
                            "商业用地",
                            "",
                        ],
                    ),
                ),
                (
                    "term_end",
                    pick(
                        random,
                        &[
                            "2050-06-30",
                            "2050-06-30",
                            "2045-12-31",
                            "2045-12-31",
                            "2045-12-31",
                            "2021-01-01",
                            "",
                        ],
                    ),
                ),
                (
                    "status",
                    pick(
                        random,
                        &["built", "built", "built", "空闲", "granted", "未供应", ""],
                    ),
                ),
            ];
            owned.push((format!("P{column}{row}"), corners, columns));
        }
        x += width + [0.0, 0.0, 0.04, 2.0][random.below(4)];
    }
    let mut order = Random::new(shuffle);
    for at in (1..owned.len()).rev() {
        owned.swap(at, order.below(at + 1));
    }
    let drawn: Vec<Drawn<'_>> = owned
        .iter()
        .map(|(id, corners, columns)| Drawn {
            id,
            corners,
            columns,
        })
        .collect();
    scanned(&drawn, 0.05)
}

/// Both tables as text and as maps.
fn written(scan: &Scan, merges: &Merges) -> Vec<Vec<u8>> {
    let home = tempfile::tempdir().unwrap();
    let folder = ResultFolder::begin(&home.path().join("out"), false).unwrap();
    let tables = [
        merged_table(scan, merges),
        merge_proposals_table(scan, merges),
    ];
    for table in &tables {
        write_table(&folder, table, Format::Csv).unwrap();
        write_table(&folder, table, Format::GeoJson).unwrap();
    }
    let files = [
        "merged.csv",
        "merged.geojson",
        "proposals.csv",
        "proposals.geojson",
    ];
    files
        .map(|name| std::fs::read(folder.path(name)).unwrap())
        .to_vec()
}

#[test]
fn no_group_breaks_a_rule_and_no_land_is_lost_whatever_the_order() {
    let mut seen = 0;
    for seed in 0..16 {
        let scan = block(&mut Random::new(seed), 1);
        let again = block(&mut Random::new(seed), 2);
        for wish in [MergeWish::default(), any()] {
            let merges = proposed(&scan, &wish);
            let written_once = written(&scan, &merges);
            assert_eq!(
                written_once,
                written(&again, &proposed(&again, &wish)),
                "seed {seed}"
            );
            let one_thread = rayon::ThreadPoolBuilder::new()
                .num_threads(1)
                .build()
                .unwrap();
            let alone = one_thread.install(|| proposed(&scan, &wish));
            assert_eq!(written_once, written(&scan, &alone), "seed {seed}");
            seen += merges.proposals.len();
            let scores: Vec<f64> = merges.proposals.iter().map(|of| of.score.total()).collect();
            assert!(
                scores.is_sorted_by(|one, next| one + 1e-6 >= *next),
                "seed {seed}"
            );
            for of in &merges.proposals {
                check(&scan, of, wish.grouping);
            }
        }
    }
    assert!(seen > 150, "{seen}");
}

fn check(scan: &Scan, of: &MergeProposal, grouping: Grouping) {
    let rows = || {
        of.parcels
            .iter()
            .map(|at| &scan.measured.city.parcels.rows[*at as usize])
    };
    assert_ne!(of.judgement.verdict, Verdict::Fail);
    assert!(of.parcels.len() > 1 && rows().all(|row| row.land_use == Some(LandUse::Industrial)));
    let natures: std::collections::BTreeSet<_> = rows()
        .filter_map(|row| row.right_nature.as_deref())
        .map(|nature| if nature == "102" { "出让" } else { nature })
        .collect();
    assert!(natures.len() <= 1, "{natures:?}");
    let adjacent = of
        .judgement
        .findings
        .iter()
        .find(|found| found.rule == "merge-adjacent");
    assert_eq!(adjacent.unwrap().verdict, Verdict::Pass);
    if grouping == Grouping::Holder {
        let first = rows().next().unwrap().owner.clone();
        assert!(first.is_some() && rows().all(|row| row.owner == first));
    }
    let sum: f64 = of
        .parcels
        .iter()
        .map(|at| scan.measured.areas.plane_m2[*at as usize])
        .sum();
    let adds_up = sum - of.land.overlap_m2 + of.land.closed_gap_m2;
    assert!((of.land.plane_m2 - adds_up).abs() < 1e-6 && of.land.union.parts == 1);
    assert!(of.land.overlap_m2.abs() < 1e-2 && of.land.closed_gap_m <= 0.05);
    // the boundary that goes is what the parcels share
    let gone = of.together.perimeter_m - of.land.perimeter_m;
    assert!(
        (gone - 2.0 * of.shared_m).abs() < 1.0,
        "{gone} {}",
        of.shared_m
    );
    assert!((0.0..=1.0).contains(&of.score.total()));
}
