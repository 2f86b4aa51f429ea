//! Lots or cut lines that a check file names, and the parcel of its city → the facts of the split, and what is noted of it.

use std::path::Path;

use jiff::civil::Date;

use super::city_file::beside;
use crate::features::Surroundings;
use crate::features::split::{BuildingParts, DrawnLots, Lot, Split, cut_parcel, drawn_lots};
use crate::formats::{Filter, Source};
use crate::geometry::Shapes;
use crate::law::facts::{Facts, Record};
use crate::model::Action;
use crate::quantity::Figure;
use crate::read::{CheckFile, Drawing, ReadError, Request, read_cut_lines, read_lots};
use crate::run::Scan;
use crate::write::Language;

/// The facts of a split, as a file draws it, of the parcel at a position of its layer.
pub(super) fn split_facts(
    (path, file): (&Path, &CheckFile),
    (scan, parcel): (&Scan, u32),
    (as_of, language): (Date, Language),
) -> Result<(Facts, Vec<String>), String> {
    let plan = SplitPlan::read(path, &file.drawing, scan, parcel)?;
    let lots = drawn_lots(scan.known(), parcel, &plan.shapes, &plan.names)
        .map_err(|why| why.to_string())?;
    let split = Split::of(
        scan.known(),
        &Surroundings::of(&scan.measured),
        parcel,
        &lots.shapes,
        as_of,
    );
    let mut facts = split.facts(scan.known());
    let records = facts.lists.entry("lot").or_default();
    for (record, sold) in records.iter_mut().zip(plan.sold) {
        if let Some(sold) = sold {
            record.set("lot.sold", Figure::Truth(sold));
        }
    }
    overlay(records, file.facts.list("lot").unwrap_or_default())?;
    let mut notes = plan.notes;
    notes.push(fit(&lots, scan, language));
    notes.extend(
        split
            .lots
            .iter()
            .zip(1..)
            .map(|(lot, number)| lot_note(lot, number, scan, language)),
    );
    let cut = split.buildings.iter().filter(|building| building.is_cut());
    notes.extend(cut.map(|building| cut_note(building, scan, language)));
    Ok((facts, notes))
}

/// A split as somebody drew it.
struct SplitPlan {
    shapes: Shapes,
    names: Vec<String>,
    sold: Vec<Option<bool>>,
    notes: Vec<String>,
}

impl SplitPlan {
    fn read(path: &Path, drawing: &Drawing, scan: &Scan, parcel: u32) -> Result<Self, String> {
        let filter = |text: &String| {
            Filter::parse(text).map_err(|why| format!("`layer_where = \"{text}\"`: {why}"))
        };
        let request = |source: &str| -> Result<Request, String> {
            Ok(Request {
                source: Source::parse(&beside(path, source)),
                filter: drawing.filter.as_ref().map(filter).transpose()?,
                crs: drawing.crs.clone(),
                encoding: None,
            })
        };
        let crs = &scan.measured.city.crs;
        if let Some(lots) = &drawing.lots {
            let (layer, defects, mut notes) =
                read_lots(&request(lots)?, crs).map_err(|why| said(&why))?;
            if let Some(bad) = defects
                .iter()
                .find(|defect| defect.action == Action::Quarantined)
            {
                return Err(format!(
                    "lots `{lots}`: `{}` cannot be used: {}",
                    bad.feature, bad.detail
                ));
            }
            notes.extend(
                defects
                    .iter()
                    .map(|defect| format!("lots: `{}`: {}", defect.feature, defect.detail)),
            );
            return Ok(Self {
                names: layer
                    .rows
                    .iter()
                    .map(crate::model::GivenLot::name)
                    .collect(),
                sold: layer.rows.iter().map(|lot| lot.sold).collect(),
                shapes: layer.shapes,
                notes,
            });
        }
        let lines = drawing.cut_lines.as_deref().unwrap_or_default();
        let (lines, notes) = read_cut_lines(&request(lines)?, drawing.filter.as_deref(), crs)
            .map_err(|why| said(&why))?;
        let shapes = cut_parcel(scan.known(), parcel, &lines).map_err(|why| why.to_string())?;
        Ok(Self {
            names: (1..=shapes.len()).map(|lot| lot.to_string()).collect(),
            sold: Vec::new(),
            shapes,
            notes,
        })
    }
}

/// A reading error in the terms of a check file, which has no options for layers.
fn said(why: &ReadError) -> String {
    let why = why.to_string();
    ["lots", "cut_lines"].iter().fold(why, |why, layer| {
        why.replace(&format!("--layer-crs {layer}="), "layer_crs = ")
    })
}

/// What the file states of lots, by their order, goes before what was measured.
fn overlay(lots: &mut [Record], given: &[Record]) -> Result<(), String> {
    if given.len() > lots.len() {
        return Err(format!(
            "it has {} [[lot]], but there are only {} lots; each [[lot]] adds to the lot at its place",
            given.len(),
            lots.len()
        ));
    }
    for (lot, given) in lots.iter_mut().zip(given) {
        for name in given.names() {
            if let Some(figure) = given.figure(name) {
                lot.set(name, figure.clone());
            }
        }
    }
    Ok(())
}

/// How well the lots cover the parcel.
fn fit(lots: &DrawnLots, scan: &Scan, language: Language) -> String {
    let text = language.of(
        "各宗覆盖原宗地：缝隙 {0} m²、重叠 {1} m²、超出 {2} m²（宽度不超过容差两倍 {3} m 的按数字化误差计）{4}",
        "the lots cover the parcel but for {0} m² in none, {1} m² in two and {2} m² outside, none wider than {3} m (twice the tolerance){4}",
    );
    let rest = language.of(
        "；不在任何一宗内的 {} 块各计为一宗，列在最后",
        "; pieces in no lot: {}, one lot more each, listed last",
    );
    let rest = if lots.remainders > 0 {
        rest.replace("{}", &lots.remainders.to_string())
    } else {
        String::new()
    };
    text.replace("{0}", &format!("{:.2}", lots.uncovered_m2))
        .replace("{1}", &format!("{:.2}", lots.overlap_m2))
        .replace("{2}", &format!("{:.2}", lots.outside_m2))
        .replace(
            "{3}",
            &(2.0 * scan.measured.options.reach.tolerance).to_string(),
        )
        .replace("{4}", &rest)
}

/// What a lot comes to.
fn lot_note(lot: &Lot, number: usize, scan: &Scan, language: Language) -> String {
    let unknown = || language.of("未知", "unknown").to_owned();
    let area = lot.area.map_or_else(unknown, |area| {
        format!("{} m²（{} 亩）", area.decimal(), area.mu())
    });
    let buildings = lot.buildings.as_ref().map_or_else(unknown, |at| {
        at.iter()
            .map(|at| building_name(scan, *at))
            .collect::<Vec<_>>()
            .join("、")
    });
    language
        .of("第{0}宗：{1}，自然幢：{2}", "lot {0}: {1}, buildings: {2}")
        .replace("{0}", &number.to_string())
        .replace("{1}", &area)
        .replace(
            "{2}",
            if buildings.is_empty() {
                language.of("无", "none")
            } else {
                &buildings
            },
        )
}

fn building_name(scan: &Scan, at: u32) -> String {
    scan.measured
        .city
        .buildings
        .as_ref()
        .map_or(String::new(), |layer| layer.rows[at as usize].name())
}

/// Which building is cut, and how.
fn cut_note(cut: &BuildingParts, scan: &Scan, language: Language) -> String {
    let name = scan
        .measured
        .city
        .buildings
        .as_ref()
        .map_or(String::new(), |layer| {
            layer.rows[cut.building as usize].name()
        });
    let (m2, share) = cut.cut_off();
    let lots: Vec<String> = (1..)
        .zip(&cut.in_lots_m2)
        .filter(|(_, m2)| **m2 > 0.0)
        .map(|(lot, m2)| format!("{lot}: {m2:.2} m²"))
        .collect();
    language
        .of(
            "分割线切割自然幢 {0}：{1}%（{2} m²）不在其主要所在的一宗（{3}）",
            "a lot line cuts the building {0}: {1} % ({2} m²) lies outside the lot that has most of it ({3})",
        )
        .replace("{0}", &name)
        .replace("{1}", &format!("{:.1}", share * 100.0))
        .replace("{2}", &format!("{m2:.2}"))
        .replace("{3}", &lots.join(", "))
}
