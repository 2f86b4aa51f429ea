//! One small place in every guise that coordinates come in: it must be the same place, or be refused.

use std::fmt::Write as _;

use geo::Coord;
use plotratio::formats::{Source, describe_crs};
use plotratio::geometry::{ContactKind, Reach, transform};
use plotratio::law::pack::Pack;
use plotratio::model::LayerKind;
use plotratio::parcels::Assignment;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Unwatched;
use plotratio::quantity::Decimal;
use plotratio::read::{Inputs, Request};
use plotratio::run::{Scan, ScanError, scan};

/// Two parcels of 100 m × 60 m side by side near 121.40° E, 28.60° N, and a building across their line, three quarters of
/// it on the first; EPSG:4549.
const PARCELS: [[(f64, f64); 4]; 2] = [
    [
        (636_900.0, 3_165_700.0),
        (637_000.0, 3_165_700.0),
        (637_000.0, 3_165_760.0),
        (636_900.0, 3_165_760.0),
    ],
    [
        (637_000.0, 3_165_700.0),
        (637_100.0, 3_165_700.0),
        (637_100.0, 3_165_760.0),
        (637_000.0, 3_165_760.0),
    ],
];
const BUILDING: [(f64, f64); 4] = [
    (636_970.0, 3_165_710.0),
    (637_010.0, 3_165_710.0),
    (637_010.0, 3_165_730.0),
    (636_970.0, 3_165_730.0),
];

type Guise<'a> = &'a dyn Fn(Coord) -> Coord;

/// Scans the place with its coordinates in some guise, each layer declared to be in a CRS or not.
fn scan_as(
    parcels: (Guise<'_>, Option<&str>),
    buildings: (Guise<'_>, Option<&str>),
    computing: Option<&str>,
) -> Result<Scan, ScanError> {
    let folder = tempfile::tempdir().unwrap();
    let layer = |name: &str, shapes: &[[(f64, f64); 4]], guise: Guise<'_>| {
        let mut text = "id,storeys,WKT\n".to_owned();
        for (number, shape) in shapes.iter().enumerate() {
            let ring: Vec<String> = (0..=4)
                .map(|at| guise(Coord::from(shape[at % 4])))
                .map(|c| format!("{:.12} {:.12}", c.x, c.y))
                .collect();
            writeln!(text, "{number},2,\"POLYGON(({}))\"", ring.join(",")).unwrap();
        }
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let request = |path: std::path::PathBuf, crs: Option<&str>| Request {
        source: Source::File { path, layer: None },
        filter: None,
        crs: crs.map(str::to_owned),
        encoding: None,
    };
    let inputs = Inputs {
        crs: computing.map(str::to_owned),
        ..Inputs::of(request(
            layer("parcels.csv", &PARCELS, parcels.0),
            parcels.1,
        ))
        .with(
            LayerKind::Buildings,
            Some(request(
                layer("buildings.csv", &[BUILDING], buildings.0),
                buildings.1,
            )),
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
    scan(&inputs, options, &Unwatched)
}

/// The figures of the place as they are printed: area, footprint, floor area and plot ratio of each parcel, and the line
/// between them.
fn figures(scan: &Scan) -> Vec<String> {
    let printed = |number: f64, places| Decimal::round(number, places).unwrap().to_string();
    let mut figures = Vec::new();
    for (at, measures) in scan.measured.measures.iter().enumerate() {
        let on = measures.on_site.unwrap();
        figures.push(printed(measures.area.unwrap(), 2));
        figures.push(printed(scan.measured.areas.ellipsoid_m2[at], 2));
        figures.push(printed(on.footprint.unwrap(), 2));
        figures.push(printed(on.floor_area.unwrap(), 2));
        figures.push(printed(measures.ratio(|on| on.far_floor_area).unwrap(), 6));
    }
    let [pair] = scan.measured.neighbours.pairs[..] else {
        panic!("one pair")
    };
    assert_eq!(pair.contact.kind, ContactKind::Edge);
    figures.push(printed(pair.contact.shared, 3));
    figures
}

fn same(c: Coord) -> Coord {
    c
}

fn prefixed(c: Coord) -> Coord {
    Coord {
        x: c.x + 40e6,
        y: c.y,
    }
}

fn north_first(c: Coord) -> Coord {
    Coord { x: c.y, y: c.x }
}

fn prefixed_north_first(c: Coord) -> Coord {
    north_first(prefixed(c))
}

/// The place in another CRS.
fn taken_to(code: &str) -> impl Fn(Coord) -> Coord + use<> {
    let (from, to) = (
        describe_crs("EPSG:4549").unwrap(),
        describe_crs(code).unwrap(),
    );
    move |c| {
        let mut there = [c];
        transform(&mut there, &from, &to).unwrap();
        there[0]
    }
}

const BARE: Option<&str> = Some("EPSG:4549");
const ZONED: Option<&str> = Some("EPSG:4528");

#[test]
fn every_guise_of_a_zone_gives_the_same_figures() {
    // 137 km off the meridian a plane area is 1 + (137/6371)² = 1.000462 times that on the ellipsoid
    let expected = [
        "6000.00", "5997.22", "600.00", "1200.00", "0.200000", "6000.00", "5997.22", "200.00",
        "400.00", "0.066667", "60.000",
    ];
    let guises: [(Guise<'_>, Option<&str>); 7] = [
        (&same, BARE),
        (&prefixed, ZONED),
        (&prefixed, BARE),
        (&same, ZONED),
        (&north_first, BARE),
        (&prefixed_north_first, ZONED),
        (&prefixed_north_first, None),
    ];
    for (number, guise) in guises.into_iter().enumerate() {
        let scan = scan_as(guise, guise, None).unwrap();
        assert_eq!(
            figures(&scan),
            expected,
            "guise {number}: {:?}",
            scan.remarks.notes
        );
    }
}

#[test]
fn layers_in_different_crs_come_together() {
    let degrees = taken_to("EPSG:4490");
    let mercator = taken_to("EPSG:3857");
    let alone = figures(&scan_as((&same, BARE), (&same, BARE), None).unwrap());
    for buildings in [
        (&degrees as Guise<'_>, Some("EPSG:4490")),
        (&mercator, Some("EPSG:3857")),
        (&prefixed, ZONED),
    ] {
        assert_eq!(
            figures(&scan_as((&same, BARE), buildings, None).unwrap()),
            alone
        );
    }
}

#[test]
fn degrees_and_web_mercator_are_computed_in_the_zone_of_the_place() {
    let alone = figures(&scan_as((&same, BARE), (&same, BARE), None).unwrap());
    let (degrees, mercator) = (taken_to("EPSG:4490"), taken_to("EPSG:3857"));
    for (guise, crs) in [
        (&degrees as Guise<'_>, Some("EPSG:4490")),
        (&degrees, None),
        (&mercator, Some("EPSG:3857")),
    ] {
        let scan = scan_as((guise, crs), (guise, crs), None).unwrap();
        assert_eq!(scan.measured.city.crs.label(), "EPSG:4549");
        assert_eq!(figures(&scan), alone);
        assert!(
            scan.remarks
                .notes
                .join("\n")
                .contains("computing in EPSG:4549"),
            "{:?}",
            scan.remarks.notes
        );
    }
}

#[test]
fn web_mercator_is_computed_in_only_when_asked_and_said_to_be_wrong() {
    let mercator = taken_to("EPSG:3857");
    let scan = scan_as(
        (&mercator, Some("EPSG:3857")),
        (&mercator, Some("EPSG:3857")),
        Some("EPSG:3857"),
    )
    .unwrap();
    let notes = scan.remarks.notes.join("\n");
    // 1/cos²(28.6°) = 1.297, on a sphere
    assert!(
        notes.contains("not ground areas") && (notes.contains("+29.") || notes.contains("+30.")),
        "{notes}"
    );
}

#[test]
fn what_has_no_certain_place_is_refused_and_says_what_to_pass() {
    let error = |guise: (Guise<'_>, Option<&str>), computing| {
        scan_as(guise, guise, computing).err().unwrap().to_string()
    };
    assert!(error((&same, None), None).contains("--layer-crs parcels=EPSG:n"));
    let other_zone = |c: Coord| Coord {
        x: c.x + 41e6,
        y: c.y,
    };
    assert!(error((&other_zone, BARE), None).contains("zone 41"));
    assert!(error((&other_zone, ZONED), None).contains("begin with 40"));
    assert!(error((&same, Some("EPSG:4490")), None).contains("in degrees"));
    assert!(error((&same, BARE), Some("EPSG:4490")).contains("need a plane CRS"));
    // with a computing CRS, a layer that says nothing is taken to be in it
    assert_eq!(
        figures(&scan_as((&same, None), (&same, None), BARE).unwrap())[0],
        "6000.00"
    );
}

#[test]
fn a_place_far_outside_the_area_of_its_crs_is_doubted() {
    let notes = |crs| {
        let scan = scan_as((&same, Some(crs)), (&same, Some(crs)), None).unwrap();
        scan.remarks.notes.join("\n")
    };
    // UTM zone 30 is for Europe; these numbers lie in the Sahara there
    assert!(notes("EPSG:25830").contains("outside the area of use of EPSG:25830"));
    assert!(!notes("EPSG:4549").contains("area of use"));
}
