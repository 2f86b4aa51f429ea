//! A question about some parcels measures what lies around them, and answers as the whole city does.

use std::path::Path;

use plotratio::model::LayerKind;
use plotratio::parcels::Tasks;
use plotratio::progress::Unwatched;
use plotratio::read::Inputs;
use plotratio::run::{Scan, scan, scan_around};

use crate::command_line::{city, rows};
use crate::scattered::{options, request};

/// The layers and tables of an invented city.
fn inputs(folder: &Path) -> Inputs {
    let layer = |name: &str| Some(request(&folder.join(name)));
    Inputs::of(request(&folder.join("parcels.gpkg")))
        .with(LayerKind::Buildings, layer("buildings.gpkg"))
        .with(LayerKind::Storeys, layer("storeys.csv"))
        .with(LayerKind::Plan, layer("plan.gpkg"))
        .with(LayerKind::Boundary, layer("boundary.gpkg"))
        .with(LayerKind::Obstacles, layer("obstacles.gpkg"))
        .with(LayerKind::Contracts, layer("contracts.csv"))
        .with(LayerKind::Enterprises, layer("enterprises.csv"))
        .with(LayerKind::Lineage, layer("lineage.csv"))
}

/// All that is known of each row of an id.
fn facts(scan: &Scan, id: &str) -> Vec<String> {
    let rows = scan.measured.city.parcels.rows.iter().enumerate();
    let of_id = rows.filter(|(_, parcel)| parcel.id == id);
    of_id
        .map(|(at, parcel)| {
            let (facts, measures) = (scan.facts_of(at), &scan.measured.measures[at]);
            format!("{} {facts:?} {measures:?}", parcel.row)
        })
        .collect()
}

#[test]
fn the_facts_of_a_parcel_need_no_more_than_what_lies_around_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("city");
    city(
        &folder,
        &["-n", "1200", "--dirty", "0.08", "--industrial", "0.4"],
    );
    let inputs = inputs(&folder);
    let options = || {
        let mut options = options(0.05);
        options.tasks = Tasks::FACTS;
        options
    };
    let whole = scan(&inputs, options(), &Unwatched).unwrap();
    let ids: Vec<String> = (whole.measured.city.parcels.rows.iter().step_by(130))
        .map(|parcel| parcel.id.to_string())
        .filter(|id| !id.is_empty())
        .collect();
    assert!(ids.len() > 8);
    let planted = rows(&folder.join("truth_planted.csv"));
    let planted = planted.iter().map(|row| row["id"].clone());
    let planted: Vec<String> = planted.filter(|id| !facts(&whole, id).is_empty()).collect();
    assert!(planted.len() > 50);
    let single = ids.iter().map(std::slice::from_ref);
    for asked in single.chain(planted.chunks(25)).chain([&ids[..]]) {
        let around = scan_around(&inputs, options(), asked, &Unwatched).unwrap();
        assert!(around.measured.city.parcels.rows.len() < 900, "{asked:?}");
        for id in asked {
            assert_eq!(facts(&around, id), facts(&whole, id), "{id} of {asked:?}");
        }
    }
}
