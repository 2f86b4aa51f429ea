//! Any city, spoilt in any of many ways: it gives the figures that it gave, or marks each that differs.

use std::collections::{BTreeMap, BTreeSet};

use super::invented::{City, write};
use super::spoilings::{OF_ROWS, OfColumns};
use crate::attributes::{Results, Row, scan};
use crate::properties::Dice;

/// Cities of one run; they lie 1.5 km apart, so that none is beside another.
const CITIES: u32 = 68;
/// Runs in which each city is spoilt in a way of its own.
const RUNS: u64 = 8;
/// The figures of a parcel.
const FIGURES: [&str; 7] = [
    "area_m2",
    "footprint_m2",
    "floor_area_m2",
    "far_floor_area_m2",
    "plot_ratio",
    "plot_ratio_plain",
    "building_density",
];
/// A figure that is so many times another is off by more than a person would pass over.
const GROSS: f64 = 5.0;

/// What a run says: the rows of each parcel by its key, and the defects.
struct Run {
    parcels: BTreeMap<String, Vec<Row>>,
    /// Of each building by the row of its parcel, in their order: where its floor area comes from.
    sources: BTreeMap<String, Vec<String>>,
    defects: BTreeSet<[String; 3]>,
    severity: BTreeMap<String, String>,
}

fn run(cities: &[City]) -> Run {
    let home = tempfile::tempdir().unwrap();
    write(cities, home.path());
    let layers = [
        "--parcels",
        "parcels.csv",
        "--buildings",
        "buildings.csv",
        "--storeys",
        "storeys.csv",
    ];
    let results: Results = scan(
        home.path(),
        &[
            &layers[..],
            &[
                "--crs",
                "EPSG:4549",
                "--format",
                "csv",
                "--only",
                "measures",
            ],
        ]
        .concat(),
    );
    let mut parcels: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in results.rows("parcels.csv") {
        parcels
            .entry(plain(&row["parcel_id"]))
            .or_default()
            .push(row);
    }
    let mut sources: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in results.rows("buildings.csv") {
        let of = sources.entry(plain(&row["parcel_id"])).or_default();
        of.push(row["floor_area_source"].clone());
    }
    let defects = results.rows("defects.csv").into_iter();
    let defects = defects.map(|row| {
        [
            plain(&row["feature"]),
            row["kind"].clone(),
            plain(&row["detail"]),
        ]
    });
    let summary = results.summary();
    let counts = summary["defects"].as_array().unwrap().iter();
    let text = |of: &serde_json::Value| of.as_str().unwrap().to_owned();
    Run {
        parcels,
        sources,
        defects: defects.collect(),
        severity: counts
            .map(|of| (text(&of["kind"]), text(&of["severity"])))
            .collect(),
    }
}

/// A key however it is written.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap(),
        c => c,
    };
    let text: String = text.chars().map(half).collect();
    text.trim().to_uppercase()
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Same,
    Marked,
}

/// The fate of every figure of a city, or the first that differs without a word.
fn fates(right: &Run, spoilt: &Run, prefix: &str) -> Result<Vec<Fate>, String> {
    let mut fates = Vec::new();
    let new: Vec<&[String; 3]> = spoilt.defects.difference(&right.defects).collect();
    for (id, before) in right
        .parcels
        .range(prefix.to_owned()..)
        .take_while(|(id, _)| id.starts_with(prefix))
    {
        let named: Vec<&&[String; 3]> = new
            .iter()
            .filter(|[feature, _, detail]| {
                feature.contains(id.as_str()) || detail.contains(id.as_str())
            })
            .collect();
        let Some(now) = spoilt.parcels.get(id) else {
            if named.is_empty() {
                return Err(format!("{id} is gone"));
            }
            fates.extend([Fate::Marked; FIGURES.len()]);
            continue;
        };
        for row in now {
            let differs = |name: &str| row[name] != before[0][name];
            let grave = differs("area_basis")
                || differs("figures_refused")
                || differs("buildings_left_out")
                || differs("far_basis");
            // a floor area from another source says so
            let [before_of, now_of] = [right, spoilt].map(|run| run.sources.get(id));
            let is_as_many = before_of.map(Vec::len) == now_of.map(Vec::len);
            let grave = grave || is_as_many && before_of != now_of;
            // where a building stands is a matter of both layers
            let is_grave = |[_, kind, _]: &[String; 3]| {
                kind == "across_line" || spoilt.severity.get(kind).is_none_or(|of| of != "slight")
            };
            let grave = grave || named.iter().any(|of| is_grave(of));
            for name in FIGURES {
                let [was, is] = [&before[0], row].map(|row| row[name].parse::<f64>().ok());
                let fate = match (was, is) {
                    (Some(was), Some(is)) if (was - is).abs() <= (was.abs() * 2e-6).max(0.011) => {
                        Fate::Same
                    }
                    (None, None) => Fate::Same,
                    (_, None) => Fate::Marked,
                    (Some(was), Some(is))
                        if grave || !named.is_empty() && is < was * GROSS && was < is * GROSS =>
                    {
                        Fate::Marked
                    }
                    (None, Some(_)) if grave => Fate::Marked,
                    _ => {
                        return Err(format!(
                            "{id} {name}: {was:?} became {is:?} without a word; {named:?}"
                        ));
                    }
                };
                fates.push(fate);
            }
        }
    }
    Ok(fates)
}

/// Counts of spoilt cities and of their figures, and those that say nothing.
#[derive(Default)]
struct Tally {
    cities: BTreeMap<String, [u32; 3]>,
    silent: Vec<String>,
}

impl Tally {
    fn add(&mut self, how: &str, found: Result<Vec<Fate>, String>) {
        match found {
            Ok(fates) => {
                let marked = fates.iter().filter(|fate| **fate == Fate::Marked).count();
                let of = self.cities.entry(how.to_owned()).or_default();
                of[0] += 1;
                of[1] += u32::try_from(fates.len() - marked).unwrap();
                of[2] += u32::try_from(marked).unwrap();
            }
            Err(why) => self.silent.push(format!("{how}: {why}")),
        }
    }
}

#[test]
fn a_spoilt_city_gives_the_figures_that_it_gave_or_marks_each_that_differs() {
    let mut dice = Dice::new(14);
    let cities: Vec<City> = (0..CITIES)
        .map(|number| City::of(number, &mut dice))
        .collect();
    let right = run(&cities);
    assert!(
        right
            .defects
            .iter()
            .all(|[_, kind, _]| kind == "area_difference"),
        "{:?}",
        right.defects
    );
    let mut tally = Tally::default();
    for _ in 0..RUNS {
        let mut ways = Vec::new();
        let spoilt: Vec<City> = cities
            .iter()
            .map(|city| {
                let mut city = city.clone();
                let first = OF_ROWS[ways.len() % OF_ROWS.len()];
                first.spoil(&mut city, &mut dice);
                // two ways at once, at times
                let second = dice.percent(30).then(|| *dice.one_of(OF_ROWS));
                if let Some(second) = second.filter(|second| *second != first) {
                    second.spoil(&mut city, &mut dice);
                }
                ways.push((first, second));
                city
            })
            .collect();
        let found = run(&spoilt);
        for (city, (first, second)) in cities.iter().zip(&ways) {
            let fates = fates(&right, &found, &city.prefix);
            let fates = fates.map_err(|why| format!("and {second:?}: {why}"));
            tally.add(&format!("{first:?}"), fates);
        }
    }
    for way in OfColumns::ALL {
        let mut spoilt = cities.clone();
        for city in &mut spoilt {
            way.spoil(city);
        }
        let found = run(&spoilt);
        for city in &cities {
            tally.add(&format!("all {way:?}"), fates(&right, &found, &city.prefix));
        }
    }
    let sum = |at: usize| tally.cities.values().map(|of| of[at]).sum::<u32>();
    eprintln!(
        "{} spoilt cities in {} ways: {} figures as they were, {} marked; {} cities silent",
        sum(0),
        tally.cities.len(),
        sum(1),
        sum(2),
        tally.silent.len()
    );
    assert!(
        tally.silent.is_empty(),
        "{}\n{:#?}",
        tally.silent.join("\n"),
        tally.cities
    );
    // a spoiling that spoils nothing shows nothing
    for way in [
        "RegisteredSlips",
        "FloorAreaSlips",
        "HeightSlips",
        "BuildingCollapsed",
    ] {
        let [_, same, marked] = tally.cities[way];
        assert!(same > 0 && marked > 0, "{way}: {:?}", tally.cities);
    }
}
