//! Real parcels and buildings against answers that were computed independently, with GEOS and by momepy.

use std::collections::BTreeMap;
use std::path::PathBuf;

use plotratio::formats::Source;
use plotratio::geometry::{ContactKind, Reach};
use plotratio::law::pack::Pack;
use plotratio::model::{LayerKind, Parcel};
use plotratio::parcels::Assignment;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Mappings, Request};
use plotratio::run::{Scan, scan};

const FEET: f64 = 0.304_800_609_601_219_24;

fn data() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("PLOTRATIO_DATA").map_or_else(beside, PathBuf::from)
}

/// What a test asks of a scan; sources are `FILE` or `FILE:LAYER` below the data folder.
struct Asked<'a> {
    parcels: &'a str,
    buildings: Option<&'a str>,
    map: &'a [(LayerKind, &'a str, &'a str)],
    crs: Option<&'a str>,
    assignment: Assignment,
}

impl Asked<'_> {
    /// Scans with exact contacts and plane areas, as the answers were computed.
    fn scan(&self) -> Scan {
        let request = |source: &str| Request {
            source: Source::parse(&data().join(source).to_string_lossy()),
            filter: None,
            crs: None,
            encoding: None,
        };
        let map = self
            .map
            .iter()
            .map(|&(layer, field, column)| ((layer, field.into()), column.into()));
        let inputs = Inputs {
            mappings: map.collect::<Mappings>(),
            crs: self.crs.map(str::to_owned),
            ..Inputs::of(request(self.parcels))
                .with(LayerKind::Buildings, self.buildings.map(request))
        };
        let options = Options {
            area: AreaChoice::Plane,
            reach: Reach {
                tolerance: 0.0,
                gap: 0.5,
            },
            assignment: self.assignment,
            policy: Pack::load("taizhou-2021", &plotratio::law::measures::Catalogue).unwrap(),
            readings: Vec::new(),
            as_of: jiff::civil::date(2022, 6, 1),
            tasks: Tasks::ALL,
        };
        scan(&inputs, options, &Unwatched).unwrap()
    }
}

/// The rows of a CSV file without quotes, each by the names of its header.
fn answers(file: &str) -> Vec<BTreeMap<String, String>> {
    let path = data().join(file);
    let text =
        std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| {
        names
            .iter()
            .map(ToString::to_string)
            .zip(line.split(',').map(str::to_owned))
            .collect()
    };
    lines.map(row).collect()
}

fn number(row: &BTreeMap<String, String>, name: &str) -> f64 {
    row[name]
        .parse()
        .unwrap_or_else(|_| panic!("{name}: {}", row[name]))
}

/// The parcels of a scan by id.
fn by_id(scan: &Scan) -> BTreeMap<&str, usize> {
    scan.measured
        .city
        .parcels
        .rows
        .iter()
        .enumerate()
        .map(|(at, parcel)| (parcel.id.as_str(), at))
        .collect()
}

fn assert_measures(scan: &Scan, file: &str, density: &str, far: &str) {
    let places = by_id(scan);
    let rows = answers(file);
    assert_eq!(rows.len(), places.len());
    for row in rows {
        let at = places[row["pid"].as_str()];
        let on_site = scan.measured.measures[at].on_site.unwrap();
        let near = |measured: f64, name: &str, slack: f64| {
            let expected = number(&row, name);
            assert!(
                (measured - expected).abs() <= slack,
                "{} {name}: {measured}, not {expected}",
                row["pid"]
            );
        };
        near(scan.measured.areas.plane_m2[at], "area", 1e-6);
        near(on_site.footprint.unwrap(), "footprint_area", 1e-5);
        near(on_site.floor_area.unwrap(), "floor_area", 1e-5);
        near(
            scan.measured.measures[at].ratio(|on| on.footprint).unwrap(),
            density,
            1e-6,
        );
        near(
            scan.measured.measures[at]
                .ratio(|on| on.floor_area)
                .unwrap(),
            far,
            1e-6,
        );
        assert_eq!(f64::from(on_site.buildings), number(&row, "n_buildings"));
    }
}

/// The pairs of a scan by what names their parcels.
fn pairs<'a>(
    scan: &'a Scan,
    name: impl Fn(&'a Parcel) -> String,
) -> BTreeMap<(String, String), (ContactKind, f64)> {
    let rows = &scan.measured.city.parcels.rows;
    let named = scan.measured.neighbours.pairs.iter().map(|pair| {
        let (a, b) = (name(&rows[pair.a as usize]), name(&rows[pair.b as usize]));
        (
            if a < b { (a, b) } else { (b, a) },
            (pair.contact.kind, pair.contact.shared),
        )
    });
    named.collect()
}

/// All pairs that share an edge, no other one, and their lengths to the millimetre; how many they are.
fn assert_edges(
    found: &BTreeMap<(String, String), (ContactKind, f64)>,
    file: &str,
    metres: f64,
    spikes: &[(&str, &str)],
) -> usize {
    let rows = answers(file);
    let expected = rows.iter().filter(|row| row["kind"] == "edge").map(|row| {
        let (a, b) = (row["a"].clone(), row["b"].clone());
        (
            if a < b { (a, b) } else { (b, a) },
            number(row, "shared_len") * metres,
        )
    });
    let expected: BTreeMap<(String, String), f64> = expected.collect();
    for (pair, length) in &expected {
        let (kind, shared) = found
            .get(pair)
            .unwrap_or_else(|| panic!("{pair:?} not found"));
        assert_eq!(*kind, ContactKind::Edge, "{pair:?}");
        let on_a_spike = spikes.contains(&(pair.0.as_str(), pair.1.as_str()));
        assert!(
            on_a_spike || (shared - length).abs() < 1e-3,
            "{pair:?}: {shared}, not {length}"
        );
    }
    let edges = found
        .iter()
        .filter(|(_, (kind, _))| *kind == ContactKind::Edge);
    edges
        .filter(|(pair, _)| !expected.contains_key(*pair))
        .count()
        + expected.len()
}

const MELQUE: Asked<'_> = Asked {
    parcels: "es-melque/parcels.gpkg",
    buildings: Some("es-melque/building_parts.gpkg"),
    map: &[
        (LayerKind::Parcels, "id", "pid"),
        (LayerKind::Buildings, "id", "localId"),
    ],
    crs: None,
    assignment: Assignment::Split,
};

#[test]
fn melque_is_measured_as_geos_measures_it() {
    let scan = MELQUE.scan();
    assert_measures(&scan, "es-melque/parcels_ref.csv", "density", "far");
    let found = pairs(&scan, |parcel| parcel.id.to_string());
    assert_eq!(
        assert_edges(&found, "es-melque/adjacency.csv", 1.0, &[]),
        3508
    );
    let count = |wanted| found.values().filter(|(kind, _)| *kind == wanted).count();
    assert_eq!(
        (count(ContactKind::Point), count(ContactKind::Overlap)),
        (171, 103)
    );
}

#[test]
fn every_narrow_gap_of_melque_is_found() {
    let scan = MELQUE.scan();
    let gaps = scan
        .measured
        .neighbours
        .pairs
        .iter()
        .filter(|pair| pair.contact.kind == ContactKind::Gap);
    let rows = &scan.measured.city.parcels.rows;
    let mut found: Vec<(&str, &str, f64)> = gaps
        .map(|pair| {
            (
                rows[pair.a as usize].id.as_str(),
                rows[pair.b as usize].id.as_str(),
                pair.contact.gap,
            )
        })
        .collect();
    found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut expected: Vec<(String, String, f64)> = answers("es-melque/near_gaps_0.5m.csv")
        .iter()
        .map(|row| {
            (
                row["a"].clone().min(row["b"].clone()),
                row["a"].clone().max(row["b"].clone()),
                number(row, "gap"),
            )
        })
        .collect();
    expected.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(
            (found.0, found.1),
            (expected.0.as_str(), expected.1.as_str())
        );
        assert!(
            (found.2 - expected.2).abs() < 1e-5,
            "{expected:?}: {}",
            found.2
        );
    }
}

#[cfg(feature = "gdal")]
#[test]
fn melque_as_published_in_gml_is_the_same_place() {
    let published = Asked {
        parcels: "es-melque/parcels_inspire.gml",
        map: &[(LayerKind::Buildings, "id", "localId")],
        ..MELQUE
    };
    let (gml, package) = (published.scan(), MELQUE.scan());
    let pairs = |scan: &Scan| pairs(scan, |parcel| parcel.id.to_string()).len();
    assert_eq!(
        (gml.measured.measures.len(), pairs(&gml)),
        (package.measured.measures.len(), pairs(&package))
    );
    let (gml_places, package_places) = (by_id(&gml), by_id(&package));
    for (id, at) in gml_places {
        assert_eq!(
            gml.measured.measures[at], package.measured.measures[package_places[id]],
            "{id}"
        );
    }
}

#[test]
fn cambridge_in_feet_has_the_neighbours_that_geos_finds() {
    let asked = Asked {
        parcels: "us-cambridge-2013/parcels_fy2013_2249.gpkg",
        buildings: None,
        map: &[(LayerKind::Parcels, "id", "ML")],
        crs: None,
        assignment: Assignment::Split,
    };
    let scan = asked.scan();
    let found = pairs(&scan, |parcel| parcel.row.to_string());
    // Two of the answers count the line of a spike, on which no parcel borders, as a shared boundary; and one pair
    // that overlaps by a millionth of a square metre is no edge there.
    let spikes = [("2585", "4434"), ("5546", "5584")];
    assert_eq!(
        assert_edges(
            &found,
            "us-cambridge-2013/adjacency_fy2013.csv",
            FEET,
            &spikes
        ),
        23_276 + 1
    );
    let by_row: BTreeMap<u32, usize> = scan
        .measured
        .city
        .parcels
        .rows
        .iter()
        .enumerate()
        .map(|(at, parcel)| (parcel.row, at))
        .collect();
    for row in answers("us-cambridge-2013/parcels_fy2013_ref.csv")
        .iter()
        .filter(|row| row["invalid_input"] == "False")
    {
        let at = by_row[&row["fid"].parse().unwrap()];
        let (measured, expected) = (
            scan.measured.areas.plane_m2[at],
            number(row, "area") * FEET * FEET,
        );
        assert!(
            (measured - expected).abs() < 1e-6 * expected,
            "{}: {measured}, not {expected}",
            row["fid"]
        );
    }
}

fn bubenec<'a>(assignment: Assignment) -> Asked<'a> {
    Asked {
        parcels: "cz-bubenec/bubenec_floors.gpkg:tessellation",
        buildings: Some("cz-bubenec/bubenec_floors.gpkg:buildings"),
        map: &[
            (LayerKind::Parcels, "id", "uID"),
            (LayerKind::Buildings, "id", "uID"),
        ],
        crs: Some("EPSG:3857"),
        assignment,
    }
}

#[test]
fn bubenec_in_the_crs_of_its_file_is_measured_as_momepy_published_it() {
    let scan = bubenec(Assignment::Split).scan();
    assert_measures(
        &scan,
        "cz-bubenec/tessellation_far_ref.csv",
        "density",
        "far",
    );
    let notes = scan.remarks.notes.join("\n");
    assert!(
        notes.contains("Web Mercator") && notes.contains("not ground areas"),
        "{notes}"
    );
    // momepy gives a building whole to its own cell
    let scan = bubenec(Assignment::Largest).scan();
    let places = by_id(&scan);
    for row in answers("cz-bubenec/tessellation_far_ref.csv") {
        let measures = &scan.measured.measures[places[row["pid"].as_str()]];
        let far = measures.ratio(|on| on.floor_area).unwrap();
        assert!(
            (far - number(&row, "momepy_far")).abs() < 1e-6,
            "{}",
            row["pid"]
        );
        let density = measures.ratio(|on| on.footprint).unwrap();
        assert!(
            (density - number(&row, "momepy_car")).abs() < 1e-6,
            "{}",
            row["pid"]
        );
    }
}

#[test]
fn bubenec_is_not_computed_in_web_mercator_unless_that_is_asked_for() {
    let scan = Asked {
        crs: None,
        ..bubenec(Assignment::Split)
    }
    .scan();
    assert_eq!(scan.measured.city.crs.label(), "EPSG:32633");
    let sums = |areas: &[f64]| areas.iter().sum::<f64>();
    let (plane, ellipsoid) = (
        sums(&scan.measured.areas.plane_m2),
        sums(&scan.measured.areas.ellipsoid_m2),
    );
    assert!(
        (plane / ellipsoid - 1.0).abs() < 1e-3,
        "{plane} {ellipsoid}"
    );
}
