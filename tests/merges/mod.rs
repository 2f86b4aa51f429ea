//! Merges of parcels: their land, their facts and how they are judged, from maps with round numbers and from real ones.

mod any_order;
mod checked;
mod planted;
mod proposed;
mod zones;

use std::fmt::Write as _;
use std::path::Path;

use plotratio::formats::Source;
use plotratio::geometry::Reach;
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::parcels::Assignment;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Request};
use plotratio::run::{Scan, scan};

/// A parcel of a small city: its corners in metres from the origin of the city, and the columns that differ.
pub struct Drawn<'a> {
    pub id: &'a str,
    pub corners: &'a [(f64, f64)],
    pub columns: &'a [(&'a str, &'a str)],
}

const COLUMNS: [(&str, &str); 7] = [
    ("owner", "甲"),
    ("right_type", "4"),
    ("right_nature", "102"),
    ("land_use", "工业用地"),
    ("term_end", "2050-06-30"),
    ("status", "built"),
    ("area_registered", ""),
];

/// The parcels as a table in EPSG:4549.
pub fn table(parcels: &[Drawn<'_>]) -> String {
    let names = COLUMNS.map(|(name, _)| name).join(",");
    let mut text = format!("id,{names},WKT\n");
    for parcel in parcels {
        let cell = |(name, usual): &(&str, &'static str)| {
            let own = parcel.columns.iter().find(|(own, _)| own == name);
            own.map_or((*usual).to_owned(), |(_, value)| (*value).to_owned())
        };
        let corners = parcel.corners.iter().chain(parcel.corners.first());
        let ring: Vec<String> = corners
            .map(|(x, y)| format!("{:.4} {:.4}", 636_000.0 + x, 3_165_000.0 + y))
            .collect();
        let cells: Vec<String> = COLUMNS.iter().map(cell).collect();
        let (cells, ring) = (cells.join(","), ring.join(","));
        writeln!(text, "{},{cells},\"POLYGON(({ring}))\"", parcel.id).unwrap();
    }
    text
}

pub fn request(path: &Path) -> Request {
    Request {
        source: Source::File {
            path: path.to_owned(),
            layer: None,
        },
        filter: None,
        crs: Some("EPSG:4549".into()),
        encoding: None,
    }
}

pub fn options(tolerance: f64) -> Options {
    Options {
        area: AreaChoice::Registered,
        reach: Reach {
            tolerance,
            gap: 0.5,
        },
        assignment: Assignment::Split,
        policy: Pack::load("taizhou-2021", &Catalogue).unwrap(),
        readings: Vec::new(),
        as_of: "2022-06-01".parse().unwrap(),
        tasks: Tasks::ALL,
    }
}

/// A scan of some parcels.
pub fn scanned(parcels: &[Drawn<'_>], tolerance: f64) -> Scan {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("parcels.csv");
    std::fs::write(&path, table(parcels)).unwrap();
    scan(&Inputs::of(request(&path)), options(tolerance), &Unwatched).unwrap()
}

/// The positions of parcels by their ids.
pub fn positions(scan: &Scan, ids: &[&str]) -> Vec<u32> {
    let rows = &scan.measured.city.parcels.rows;
    let place = |id: &&str| rows.iter().position(|row| row.id == **id).unwrap();
    let at = |id: &&str| u32::try_from(place(id)).unwrap();
    ids.iter().map(at).collect()
}

/// The four corners of a rectangle.
pub fn rectangle(west: f64, south: f64, east: f64, north: f64) -> [(f64, f64); 4] {
    [(west, south), (east, south), (east, north), (west, north)]
}
