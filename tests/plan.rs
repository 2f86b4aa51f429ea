//! A layer of plan blocks as departments write it: what is read of its limits, what is refused, and said so.

use std::fmt::Write as _;
use std::path::Path;

use plotratio::formats::Source;
use plotratio::geometry::Reach;
use plotratio::law::LandUse;
use plotratio::law::pack::Pack;
use plotratio::model::{LayerKind, Limit, PlanLimits};
use plotratio::parcels::Assignment;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Unwatched;
use plotratio::quantity::Decimal;
use plotratio::read::{Inputs, Mappings, Request};
use plotratio::run::{Scan, scan};

/// A square of 100 m in EPSG:4549, the `at`-th of a row without gaps.
fn square(at: usize) -> String {
    let west = 636_000 + 100 * at;
    let east = west + 100;
    let (south, north) = (3_165_000, 3_165_100);
    format!(
        "\"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))\""
    )
}

/// A table of squares; the first row is the header.
fn table(folder: &Path, name: &str, rows: &[&str]) -> Request {
    let mut text = format!("{},WKT\n", rows[0]);
    for (at, row) in rows[1..].iter().enumerate() {
        writeln!(text, "{row},{}", square(at)).unwrap();
    }
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    Request {
        source: Source::File { path, layer: None },
        filter: None,
        crs: Some("EPSG:4549".into()),
        encoding: None,
    }
}

fn scanned(parcels: &[&str], plan: &[&str], map: &[(LayerKind, &str, &str)]) -> Scan {
    let folder = tempfile::tempdir().unwrap();
    let map = map
        .iter()
        .map(|&(layer, field, column)| ((layer, field.into()), column.into()));
    let inputs = Inputs {
        mappings: map.collect::<Mappings>(),
        ..Inputs::of(table(folder.path(), "parcels.csv", parcels)).with(
            LayerKind::Plan,
            (!plan.is_empty()).then(|| table(folder.path(), "plan.csv", plan)),
        )
    };
    let options = Options {
        area: AreaChoice::Plane,
        reach: Reach {
            tolerance: 0.05,
            gap: 0.5,
        },
        assignment: Assignment::Split,
        policy: Pack::load("taizhou-2021", &plotratio::law::measures::Catalogue).unwrap(),
        readings: Vec::new(),
        as_of: jiff::civil::date(2022, 6, 1),
        tasks: Tasks::ALL,
    };
    scan(&inputs, options, &Unwatched).unwrap()
}

fn limits(scan: &Scan) -> Vec<PlanLimits> {
    let plan = scan.measured.city.plan.as_ref().unwrap();
    plan.rows.iter().map(|block| block.limits).collect()
}

/// The defects of a layer: feature, kind.
fn defects(scan: &Scan, layer: LayerKind) -> Vec<(String, &'static str)> {
    let of_layer = scan
        .remarks
        .defects
        .iter()
        .filter(|defect| defect.layer == layer);
    of_layer
        .map(|defect| (defect.feature.clone(), defect.kind.name()))
        .collect()
}

fn has_note(scan: &Scan, words: &[&str]) -> bool {
    let notes = &scan.remarks.notes;
    notes
        .iter()
        .any(|note| words.iter().all(|word| note.contains(word)))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a limit is an option where it is compared"
)]
fn limit(units: i64, places: u8) -> Option<Limit> {
    Some(Limit {
        value: Decimal::new(units, places),
        strict: false,
    })
}

#[test]
fn single_columns_hold_maximums_but_for_green_land() {
    let scan = scanned(
        &["ZDDM", "P"],
        &["DKBH,YDXZ,RJL,JZMD,LDL,JZXG", "A,M2,2.50,40,20,≤40米"],
        &[],
    );
    let expected = PlanLimits {
        plot_ratio_max: limit(250, 2),
        density_max: limit(40, 2),
        green_ratio_min: limit(20, 2),
        height_max: limit(40, 0),
        ..PlanLimits::default()
    };
    assert_eq!(limits(&scan), [expected]);
    assert_eq!(
        scan.measured.city.plan.as_ref().unwrap().rows[0].land_use,
        Some(LandUse::Industrial)
    );
    assert!(has_note(
        &scan,
        &["plan: ", "`RJL`", "maximum", "plan.plot_ratio_min=RJL"]
    ));
    assert!(has_note(
        &scan,
        &["plan: ", "`LDL`", "minimum", "plan.green_ratio_max=LDL"]
    ));
    assert!(has_note(&scan, &["plan: ", "`JZMD`", "percentages"]));
    // it says itself what it is
    assert!(!has_note(&scan, &["`JZXG`"]));
    assert_eq!(defects(&scan, LayerKind::Plan), []);
}

#[test]
fn a_column_that_is_mapped_to_a_bound_holds_that_bound() {
    let scan = scanned(
        &["ZDDM", "P"],
        &["PLOT,RJL", "A,2.5"],
        &[
            (LayerKind::Plan, "id", "PLOT"),
            (LayerKind::Plan, "plot_ratio_min", "RJL"),
        ],
    );
    let expected = PlanLimits {
        plot_ratio_min: limit(25, 1),
        ..PlanLimits::default()
    };
    assert_eq!(limits(&scan), [expected]);
    assert_eq!(scan.measured.city.plan.as_ref().unwrap().rows[0].id, "A");
}

#[test]
fn the_text_of_a_limit_says_its_bounds_and_keeps_what_it_excludes() {
    let scan = scanned(
        &["ZDDM", "P"],
        &[
            "DKBH,RJL,LDL",
            "A,≥2.0,30%",
            "B,1.0＜FAR≤2.5,≤0.2",
            "C,1.0～2.0,/",
            "D,,30",
        ],
        &[],
    );
    let [a, b, c, d] = limits(&scan)[..] else {
        panic!("four blocks")
    };
    assert_eq!((a.plot_ratio_min, a.plot_ratio_max), (limit(20, 1), None));
    assert_eq!((a.green_ratio_min, a.green_ratio_max), (limit(30, 2), None));
    let above_one = Limit {
        value: Decimal::new(10, 1),
        strict: true,
    };
    assert_eq!(
        (b.plot_ratio_min, b.plot_ratio_max),
        (Some(above_one), limit(25, 1))
    );
    // whatever else the column has: no plan limits the green ratio to 0.2 %
    assert_eq!(b.green_ratio_max, limit(2, 1));
    assert_eq!(
        (c.plot_ratio_min, c.plot_ratio_max),
        (limit(10, 1), limit(20, 1))
    );
    assert!(c.green_ratio_min.is_none());
    assert_eq!(d.green_ratio_min, limit(30, 2));
    assert_eq!(defects(&scan, LayerKind::Plan), []);
}

#[test]
fn what_cannot_be_read_is_a_defect_and_no_limit() {
    let scan = scanned(
        &["ZDDM", "P"],
        &[
            "DKBH,rjlxx,rjlsx,rjl,jzmdsx",
            "A,,见图则,,50",
            "B,3.0,2.0,,30",
            "C,,≥2.0,,120",
            "D,1.0,2.0,2.5,0",
            "E,,250,,",
        ],
        &[],
    );
    let found = limits(&scan);
    let expected = PlanLimits {
        density_max: limit(50, 2),
        ..PlanLimits::default()
    };
    assert_eq!(found[0], expected, "what is readable beside it stays");
    assert_eq!(
        (found[1].plot_ratio_min, found[1].plot_ratio_max),
        (None, None)
    );
    let expected = PlanLimits {
        plot_ratio_min: limit(10, 1),
        plot_ratio_max: limit(20, 1),
        ..PlanLimits::default()
    };
    assert_eq!(
        found[3], expected,
        "a column that says its bound goes first"
    );
    for nothing in [found[2], found[4]] {
        assert_eq!(nothing, PlanLimits::default());
    }
    let expected = [
        ("A", "unreadable_limit"),
        ("B", "limits_cross"),
        ("C", "unreadable_limit"),
        ("C", "unreadable_limit"),
        ("D", "limits_disagree"),
        ("E", "unreadable_limit"),
    ];
    assert_eq!(
        defects(&scan, LayerKind::Plan),
        expected.map(|(id, kind)| (id.to_owned(), kind))
    );
    assert!(has_note(
        &scan,
        &["0 in `jzmdsx`, 1 times", "no limit on record"]
    ));
}

#[test]
fn parcels_say_who_holds_them_how_and_how_long() {
    let scan = scanned(
        &[
            "ZDDM,QLRMC,QLLX,QLXZ,SYQJSSJ,QXMC,XZMC,RJL,HYDM,plot_ratio_max,约定容积率",
            "P1,某公司,3,102,2070-12-31,椒江区,葭沚街道,2.0,29,≤2.5,1.8",
            "P2,,,,50年,,,1.0,,,≥1.2",
            "P3,,,,长期,,,,,,",
        ],
        &[],
        &[],
    );
    let [first, second, third] = &scan.measured.city.parcels.rows[..] else {
        panic!("three parcels")
    };
    let texts = [
        &first.owner,
        &first.right_type,
        &first.right_nature,
        &first.district,
        &first.town,
    ];
    assert_eq!(
        texts.map(|text| text.as_deref().unwrap()),
        ["某公司", "3", "102", "椒江区", "葭沚街道"]
    );
    assert_eq!(first.term_end, Some(jiff::civil::date(2070, 12, 31)));
    let terms = first.terms.as_ref().unwrap();
    assert_eq!(terms.industry.as_deref(), Some("29"));
    assert_eq!(terms.contract_plot_ratio, Some(Decimal::new(18, 1)));
    assert_eq!(first.limits().plot_ratio_max, limit(25, 1));
    // a minimum is no plot ratio that was agreed, and 50 years are no day
    assert!(second.terms.is_none() && second.term_end.is_none() && third.terms.is_none());
    assert_eq!(
        defects(&scan, LayerKind::Parcels),
        [
            ("P2".to_owned(), "unreadable_date"),
            ("P2".to_owned(), "unreadable_limit")
        ]
    );
    assert!(has_note(&scan, &["parcels: `RJL` not read"]));
    assert!(scan.measured.plan.is_none());
}
