//! `stages PARCELS BUILDINGS [BOUNDARY [OBSTACLES [PLAN]]]`: a scan → the CPU time and memory of each of its stages.

#![allow(missing_docs, clippy::print_stdout)]

mod account;

use std::error::Error;
use std::path::Path;
use std::sync::Mutex;

use account::Meter;
use plotratio::features::idle::{SurveyOptions, clues, survey};
use plotratio::formats::{Source, fingerprint};
use plotratio::geometry::Reach;
use plotratio::law::pack::Pack;
use plotratio::model::LayerKind;
use plotratio::parcels::Assignment;
use plotratio::parcels::measures::AreaChoice;
use plotratio::parcels::{Options, Tasks};
use plotratio::progress::Progress;
use plotratio::quantity::Exact;
use plotratio::read::{Inputs, Request};
use plotratio::run::scan;
use plotratio::write::{
    Format, ResultFolder, adjacency_table, allocation_table, buildings_table, clues_table,
    defects_table, findings_table, parcels_table, scattered_table, sorted_defects, upgrades_table,
    write_table,
};

/// The stage under way and its meter; a new one prints what the last one cost.
struct Stages(Mutex<(String, Meter)>);

impl Stages {
    fn next(&self, name: &str) {
        let mut under_way = self.0.lock().expect("no stage panics");
        let cost = under_way.1.read();
        println!(
            "{:<22} {:7.2} {:7.2} {:8.0} {:8.0}",
            under_way.0, cost.wall, cost.cpu, cost.peak, cost.held
        );
        *under_way = (name.to_owned(), Meter::start());
    }
}

impl Progress for Stages {
    fn step(&self, what: &str, _: Option<u64>) {
        self.next(what);
    }

    fn advance(&self, _: u64) {}
}

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let [parcels, buildings, more @ ..] = &paths[..] else {
        // `cargo bench` without arguments has no city to show
        return Ok(());
    };
    let request = |path: &String| Request {
        source: Source::parse(path),
        filter: None,
        crs: None,
        encoding: None,
    };
    let inputs = Inputs::of(request(parcels))
        .with(LayerKind::Buildings, Some(request(buildings)))
        .with(LayerKind::Plan, more.get(2).map(request))
        .with(LayerKind::Boundary, more.first().map(request))
        .with(LayerKind::Obstacles, more.get(1).map(request));
    let options = Options {
        area: AreaChoice::Registered,
        reach: Reach {
            tolerance: 0.05,
            gap: 0.5,
        },
        assignment: Assignment::Split,
        policy: Pack::load("taizhou-2021", &plotratio::law::measures::Catalogue)?,
        readings: Vec::new(),
        as_of: "2022-06-01".parse()?,
        tasks: Tasks::ALL,
    };
    println!("stage                   wall s   CPU s  peak MB  held MB");
    let stages = Stages(Mutex::new(("fingerprint".into(), Meter::start())));
    fingerprint(&request(parcels).source)?;
    fingerprint(&request(buildings).source)?;
    let scan = scan(&inputs, options, &stages)?;
    stages.next("survey");
    let options = SurveyOptions {
        vacant_share: Exact::parse("0.05").ok_or("no number")?,
        setback_m: 10.0,
        open_m2: Exact::MU_M2.times(Exact::int(5)).ok_or("no area")?,
        criteria: Vec::new(),
    };
    let survey = survey(scan.known(), options, &|_| {});
    stages.next("open land and clues");
    let clues = clues(scan.known(), &survey, &|_| {});
    let out = std::env::temp_dir().join(format!("stages-{}", std::process::id()));
    let folder = ResultFolder::begin(Path::new(&out), false)?;
    stages.next("sort defects");
    let defects = sorted_defects(&scan.remarks.defects);
    for table in [
        parcels_table(&scan),
        buildings_table(&scan),
        adjacency_table(&scan),
        defects_table(&defects),
        scattered_table(&scan),
        upgrades_table(&scan),
        allocation_table(&scan),
        findings_table(&scan),
        clues_table(&scan, &clues),
    ] {
        stages.next(&format!("write {}.csv", table.name));
        write_table(&folder, &table, Format::Csv)?;
    }
    stages.next("write parcels.geojson");
    write_table(&folder, &parcels_table(&scan), Format::GeoJson)?;
    stages.next("drop");
    drop(folder);
    Ok(())
}
