//! A line over a parcel, or parcels taken together → lots or a merge, measured and judged as `check` does it of a city.

use std::collections::BTreeMap;

use geo::Coord;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::case::{Asked, answer, lists_of};
use super::shapes::{geometry, on_plane};
use super::state::State;
use crate::features::Surroundings;
use crate::features::merge::{merge_facts, merged_land};
use crate::features::split::{Split, cut_parcel, drawn_lots};
use crate::geometry::{Bounds, Reach, Shapes};
use crate::law::LandUse;
use crate::model::{
    Account, Building, BuildingUse, City, Completion, FloorAreaSource, LandStatus, Layer, LeftOut,
    Outline, Parcel, Remarks,
};
use crate::parcels::Assignment;
use crate::parcels::measures::AreaChoice;
use crate::parcels::{Options, Tasks};
use crate::progress::Unwatched;
use crate::quantity::{Area, Exact, Quantity};
use crate::read::RunLayer;
use crate::run::{Scan, scan_city};

/// A split that somebody draws.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DrawnSplit {
    /// The parcel.
    row: usize,
    /// Lines over it, each of points in degrees, longitude first.
    lines: Vec<Vec<[f64; 2]>>,
    /// Which lots are to be sold, by their order.
    #[serde(default)]
    sold: Vec<bool>,
    /// Facts that are known beside those of the run.
    #[serde(default)]
    facts: Map<String, Value>,
    /// The language of the answer.
    #[serde(default)]
    lang: Option<String>,
}

/// Parcels to be merged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Together {
    /// The parcels.
    rows: Vec<usize>,
    /// Facts that are known beside those of the run.
    #[serde(default)]
    facts: Map<String, Value>,
    /// The language of the answer.
    #[serde(default)]
    lang: Option<String>,
}

/// Points of all lines of a split.
const MOST_POINTS: usize = 2000;
/// Parcels of a merge.
const MOST_PARCELS: usize = 50;

/// The lots of a split, and what the rules say of it.
pub(super) fn split(state: &State, drawn: &DrawnSplit) -> Result<Value, Refusal> {
    let row = state.row(drawn.row)?;
    if drawn.lines.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
        return Err(Refusal::wrong(format!(
            "the lines have more than {MOST_POINTS} points"
        )));
    }
    let lines: Result<Vec<Vec<Coord>>, Refusal> = drawn
        .lines
        .iter()
        .map(|line| on_plane(state, line))
        .collect();
    let (scan, places) = around(state, &[row])?;
    let parcel = places[0];
    let cut = cut_parcel(scan.known(), parcel, &lines?).map_err(Refusal::wrong)?;
    let names: Vec<String> = (1..=cut.len()).map(|lot| lot.to_string()).collect();
    let lots = drawn_lots(scan.known(), parcel, &cut, &names).map_err(Refusal::wrong)?;
    let as_of = state.run.facts.as_of;
    let split = Split::of(
        scan.known(),
        &Surroundings::of(&scan.measured),
        parcel,
        &lots.shapes,
        as_of,
    );
    let facts = split.facts(scan.known());
    let mut lists = lists_of(&facts);
    for (lot, sold) in lists
        .entry("lot".to_owned())
        .or_default()
        .iter_mut()
        .zip(&drawn.sold)
    {
        lot.insert("sold".to_owned(), (*sold).into());
    }
    let mut more = drawn.facts.clone();
    if let Some(cut) = facts.one.figure("cut_buildings") {
        more.extend(
            super::case::to_json("cut_buildings", cut)
                .map(|count| ("cut_buildings".to_owned(), count)),
        );
    }
    let asked = Asked {
        kind: "split".to_owned(),
        row: Some(row),
        facts: more,
        lists,
        lang: drawn.lang.clone(),
        ..Asked::default()
    };
    let building = |at: &u32| {
        let layer = scan.measured.city.buildings.as_ref();
        layer.map_or_else(String::new, |layer| layer.rows[*at as usize].name())
    };
    let mut told = Vec::new();
    for (lot, shape) in split.lots.iter().zip(lots.shapes.iter()) {
        let area = lot.area.map(Exact::from).map(Exact::to_f64);
        let ratio = lot
            .far_floor_area
            .ok()
            .zip(area)
            .map(|(far, area)| far / area);
        told.push(json!({
            "area_m2": area,
            "area_mu": lot.area.map(|area| area.mu().to_f64()),
            "buildings": lot.buildings.as_ref().map(|all| all.iter().map(building).collect::<Vec<_>>()),
            "floor_area_m2": known(lot.floor_area),
            "far_floor_area_m2": known(lot.far_floor_area),
            "plot_ratio": ratio,
            "open_m": lot.open_m,
            "completed": lot.completed,
            "shape": geometry(state, shape)?,
        }));
    }
    let cut: Vec<Value> = split
        .buildings
        .iter()
        .filter(|part| part.is_cut())
        .map(|part| {
            let (m2, share) = part.cut_off();
            json!({ "building": building(&part.building), "m2": m2, "share": share })
        })
        .collect();
    Ok(json!({ "lots": told, "cut": cut, "judged": answer(&asked, state)? }))
}

/// A merge of parcels, and what the rules say of it.
pub(super) fn merge(state: &State, together: &Together) -> Result<Value, Refusal> {
    let mut rows = together.rows.clone();
    rows.sort_unstable();
    rows.dedup();
    if rows.len() < 2 || rows.len() > MOST_PARCELS {
        return Err(Refusal::wrong(format!(
            "a merge is of 2 to {MOST_PARCELS} parcels"
        )));
    }
    for row in &rows {
        state.row(*row)?;
    }
    let (scan, places) = around(state, &rows)?;
    let facts = merge_facts(scan.known(), &places);
    let mut lists = lists_of(&facts);
    for (record, row) in lists
        .entry("parcel".to_owned())
        .or_default()
        .iter_mut()
        .zip(&rows)
    {
        for (name, text) in state.known(*row)? {
            if let Some(key) = name.strip_prefix("parcel.") {
                let value: Value = match (&*text, text.parse::<f64>()) {
                    ("true", _) => true.into(),
                    ("false", _) => false.into(),
                    (_, Ok(number)) => number.into(),
                    _ => text.trim_matches('"').into(),
                };
                record.insert(key.to_owned(), value);
            }
        }
    }
    let shared = facts.shared_edges.iter().flatten();
    let shared: Vec<(usize, usize, f64, f64)> = shared
        .map(|edge| {
            let (a, b) = edge.between;
            (a, b, edge.length_m.to_f64(), edge.gap_m.to_f64())
        })
        .collect();
    let asked = Asked {
        kind: "merge".to_owned(),
        facts: together.facts.clone(),
        lists,
        shared_edges: Some(shared.clone()),
        lang: together.lang.clone(),
        ..Asked::default()
    };
    let land = merged_land(scan.known(), &places).map_err(Refusal::wrong)?;
    let area: Option<f64> = rows
        .iter()
        .map(|row| state.run.parcels.number(*row, "area_m2"))
        .sum();
    Ok(json!({
        "parcels": rows.iter().map(|row| super::list::one(state, *row)).collect::<Vec<_>>(),
        "shared": shared,
        "area_m2": area,
        "plane_m2": land.plane_m2,
        "parts": land.union.parts,
        "closed_gap_m2": land.closed_gap_m2,
        "judged": answer(&asked, state)?,
    }))
}

fn known(quantity: Quantity<f64>) -> Option<f64> {
    quantity.ok().map(|m2| (m2 * 100.0).round() / 100.0)
}

/// Some parcels with what lies beside them, measured as the run was; and their places among them.
fn around(state: &State, rows: &[usize]) -> Result<(Scan, Vec<u32>), Refusal> {
    let run = &state.run;
    let number = |name: &str, usual: f64| {
        let given = run.summary.get(name).and_then(Value::as_f64);
        given.unwrap_or(usual)
    };
    let reach = Reach {
        tolerance: number("tolerance_m", 0.05),
        gap: number("gap_m", 0.5),
    };
    let mut window = Bounds::EMPTY;
    for row in rows {
        window = window.union(run.parcels.shape(*row).bounds());
    }
    let metres = run.crs.metres().unwrap_or(1.0);
    let window = window.grown(2.0 * (reach.gap + reach.tolerance + 1.0) / metres);
    let near = |layer: &RunLayer| {
        let mut near: Vec<usize> = layer
            .index()
            .meeting(window)
            .map(|at| at as usize)
            .collect();
        near.sort_unstable();
        near
    };
    let beside = near(&run.parcels);
    let places = rows.iter().filter_map(|row| beside.binary_search(row).ok());
    let places: Vec<u32> = places.filter_map(|at| u32::try_from(at).ok()).collect();
    if places.len() != rows.len() {
        return Err(Refusal::wrong("a parcel has no shape that can be used"));
    }
    let parcels = layer(&run.parcels, &beside, parcel);
    let mut buildings = run
        .footprints
        .as_deref()
        .map(|of| layer(of, &near(of), building));
    if let Some(buildings) = &mut buildings {
        let lost = |row: &usize| {
            let count = run.parcels.number(*row, "buildings_left_out")?;
            (count > 0.0).then(|| lost_building(&run.parcels, *row))
        };
        buildings.left_out = beside.iter().filter_map(lost).collect();
    }
    let city = City {
        buildings,
        ..City::of(run.crs.clone(), parcels)
    };
    let assignment = run.summary.pointer("/readings/building_assignment");
    let options = Options {
        area: AreaChoice::Registered,
        reach,
        assignment: match assignment.and_then(Value::as_str) {
            Some("key") => Assignment::Key,
            Some("largest") => Assignment::Largest,
            _ => Assignment::Split,
        },
        policy: state.pack.clone(),
        readings: state.readings(&BTreeMap::new()),
        as_of: run.facts.as_of,
        tasks: Tasks::MEASURES,
    };
    let scan = scan_city((city, Remarks::default()), true, options, None, &Unwatched)
        .map_err(Refusal::failed)?;
    Ok((scan, places))
}

fn layer<T>(of: &RunLayer, rows: &[usize], record: impl Fn(&RunLayer, usize) -> T) -> Layer<T> {
    let mut shapes = Shapes::default();
    for row in rows {
        shapes.push(of.shape(*row));
    }
    Layer {
        rows: rows.iter().map(|row| record(of, *row)).collect(),
        shapes,
        account: Account::default(),
        unclear: rustc_hash::FxHashSet::default(),
        left_out: Vec::new(),
    }
}

/// A building of which the run knows only that it may stand on a parcel.
fn lost_building(parcels: &RunLayer, row: usize) -> LeftOut<Building> {
    LeftOut {
        record: Building {
            parcel_id: parcels.text(row, "parcel_id").map(Into::into),
            ..Building::default()
        },
        outline: Outline::default(),
    }
}

/// A parcel of the run; the area that it was measured by is that which the run took.
fn parcel(of: &RunLayer, row: usize) -> Parcel {
    let text = |name: &str| of.text(row, name);
    Parcel {
        row: u32::try_from(row).unwrap_or(u32::MAX),
        id: text("parcel_id").unwrap_or_default().into(),
        area_registered: of.number(row, "area_m2").and_then(Area::from_m2),
        land_use: text("land_use").and_then(|word| LandUse::of_word(&word)),
        status: text("status").and_then(|word| LandStatus::parse(&word)),
        ..Parcel::default()
    }
}

fn building(of: &RunLayer, row: usize) -> Building {
    let text = |name: &str| of.text(row, name);
    #[expect(clippy::cast_possible_truncation, reason = "storeys and metres")]
    let short = |name: &str| of.number(row, name).map(|number| number as f32);
    let area = |name: &str| of.number(row, name).and_then(Area::from_m2);
    Building {
        row: u32::try_from(row).unwrap_or(u32::MAX),
        id: text("building_id").unwrap_or_default().into(),
        storeys: short("storeys"),
        height: short("height_m"),
        floor_area: area("floor_area_m2").map(|area| (area, FloorAreaSource::Surveyed)),
        far_floor_area: area("far_floor_area_m2"),
        building_use: text("use").and_then(|word| BuildingUse::named(&word)),
        completion: match text("completed").as_deref() {
            Some("true" | "1") => Completion::Done,
            Some("false" | "0") => Completion::NotYet,
            _ => Completion::Unknown,
        },
        ..Building::default()
    }
}
