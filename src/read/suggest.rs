//! Columns that no dictionary knows → the fields that they may be, by what they hold: a suggestion, never a decision.

use std::collections::BTreeSet;

use serde::Serialize;

use super::land_uses::land_use;
use super::{ReadError, Recognised};
use crate::formats::Layer;
use crate::formats::{Batch, Column};
use crate::geometry::{ShapeRef, plane_area};
use crate::model::LayerKind;
use crate::quantity::median;

/// A column and the field that it may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// The name of the column.
    pub column: String,
    /// The field, as `--map` takes it.
    pub field: &'static str,
    /// What speaks for it: Chinese and English.
    pub why: [String; 2],
}

impl Suggestion {
    /// The option that makes the column the field.
    pub fn option(&self, kind: &str) -> String {
        let argument = format!("{kind}.{}={}", self.field, self.column);
        if argument.contains([' ', '(', ')', '\'', '&', ';', '*']) {
            format!("--map '{}'", argument.replace('\'', r"'\''"))
        } else {
            format!("--map {argument}")
        }
    }
}

/// So many rows show what a column holds.
const ROWS: usize = 20_000;
/// Of a hundred rows, so many must agree.
const MOST: usize = 80;

/// Endings of the names of those who hold land.
const HOLDERS: [&str; 12] = [
    "公司",
    "厂",
    "集团",
    "社",
    "局",
    "院",
    "所",
    "中心",
    "委员会",
    "政府",
    "学校",
    "经营部",
];

/// The columns of parcels and buildings that may be fields which were not found.
///
/// # Errors
/// When the layer cannot be read.
pub(super) fn suggest(
    kind: LayerKind,
    layer: &mut dyn Layer,
    recognised: &Recognised,
) -> Result<Vec<Suggestion>, ReadError> {
    let judges: &[(&'static str, Judge)] = match kind {
        LayerKind::Parcels => &[
            ("id", identity),
            ("area_registered", land_area),
            ("owner", holder),
            ("land_use", use_of_land),
        ],
        LayerKind::Buildings => &[
            ("parcel_id", parcel_code),
            ("id", identity),
            ("floor_area", floor_area),
            ("storeys", storeys),
        ],
        _ => &[],
    };
    let known: BTreeSet<usize> = recognised.slots().iter().map(|slot| slot.column).collect();
    let columns: Vec<usize> = (0..layer.schema().fields.len())
        .filter(|column| !known.contains(column))
        .collect();
    let judges: Vec<_> = judges
        .iter()
        .filter(|(field, _)| recognised.slot(field).is_none())
        .collect();
    if columns.is_empty() || judges.is_empty() || !layer.schema().has_geometry {
        return Ok(Vec::new());
    }
    let names: Vec<String> = columns
        .iter()
        .map(|column| layer.schema().fields[*column].name.clone())
        .collect();
    let batches = layer.read(&columns, &|_| {})?;
    let held: Vec<Held> = names
        .iter()
        .enumerate()
        .map(|(at, name)| Held::of(name, &batches, at))
        .collect();
    let mut taken = BTreeSet::new();
    let mut suggestions = Vec::new();
    for (field, judge) in judges {
        let best = held
            .iter()
            .filter(|column| !taken.contains(column.name))
            .find_map(|column| Some((column, judge(column)?)));
        if let Some((column, why)) = best {
            taken.insert(column.name);
            suggestions.push(Suggestion {
                column: column.name.to_owned(),
                field,
                why,
            });
        }
    }
    Ok(suggestions)
}

/// What speaks for a column as a field, if anything does.
type Judge = fn(&Held<'_>) -> Option<[String; 2]>;

/// What a column holds in its first rows.
struct Held<'n> {
    name: &'n str,
    rows: usize,
    texts: Vec<String>,
    /// The numbers, each with the area of the shape of its row in about m².
    numbers: Vec<(f64, f64)>,
}

impl<'n> Held<'n> {
    fn of(name: &'n str, batches: &[Batch], at: usize) -> Self {
        let mut held = Self {
            name,
            rows: 0,
            texts: Vec::new(),
            numbers: Vec::new(),
        };
        for batch in batches {
            let column = Column(&batch.columns[at]);
            for row in (0..batch.rows).take(ROWS - held.rows) {
                held.rows += 1;
                held.texts
                    .extend(column.text(row).map(std::borrow::Cow::into_owned));
                let shape = batch.shapes.as_ref().map(|shapes| shapes.get(row));
                let area = shape.map_or(0.0, rough_area);
                held.numbers
                    .extend(column.number(row).map(|number| (number, area)));
            }
        }
        held
    }

    /// Whether most rows hold what `is` says.
    fn mostly(&self, is: impl Fn(&str) -> bool) -> bool {
        let count = self.texts.iter().filter(|text| is(text)).count();
        self.rows > 0 && count * 100 >= self.rows * MOST
    }

    fn named(&self, words: &[&str]) -> bool {
        let name = self.name.to_lowercase();
        words.iter().any(|word| name.contains(word))
    }

    /// Numbers by the areas of their shapes, where both are more than 0.
    fn shares(&self) -> Vec<f64> {
        let both =
            |(number, area): &(f64, f64)| (*number > 0.0 && *area > 0.0).then(|| number / area);
        self.numbers.iter().filter_map(both).collect()
    }
}

/// The area of a shape; degrees are taken for so many metres as they have at its latitude.
fn rough_area(shape: ShapeRef<'_>) -> f64 {
    const DEGREE: f64 = 111_320.0;
    let bounds = shape.bounds();
    let degrees = bounds.max.x.abs() <= 180.0 && bounds.max.y.abs() <= 90.0;
    let area = plane_area(shape);
    if degrees {
        area * DEGREE * DEGREE * bounds.centre().y.to_radians().cos()
    } else {
        area
    }
}

/// Each row another value, and a name that says so.
fn identity(column: &Held<'_>) -> Option<[String; 2]> {
    let named = column.named(&[
        "号", "编码", "代码", "id", "code", "编号", "_no", "bh", "dm",
    ]);
    let distinct: BTreeSet<&String> = column.texts.iter().collect();
    let unique = column.rows > 0 && distinct.len() == column.rows;
    (named && unique).then(|| {
        let rows = column.rows;
        [
            format!("{rows} 行各不相同"),
            format!("{rows} rows, each another"),
        ]
    })
}

/// Codes of parcels (宗地代码) or of property units that come more than once.
fn parcel_code(column: &Held<'_>) -> Option<[String; 2]> {
    let is_code = |text: &str| {
        matches!(text.len(), 19 | 28) && text.bytes().take(12).all(|byte| byte.is_ascii_digit())
    };
    let distinct: BTreeSet<&String> = column.texts.iter().collect();
    let repeats = distinct.len() < column.texts.len();
    (column.mostly(|text| text.is_ascii() && is_code(text)) && repeats).then(|| {
        [
            "是宗地代码或不动产单元号".to_owned(),
            "codes of parcels".to_owned(),
        ]
    })
}

/// About as large as the shapes, in m², 亩 or hectares.
fn land_area(column: &Held<'_>) -> Option<[String; 2]> {
    let shares = column.shares();
    let units = [
        (1.0, "m²", "m²"),
        (2000.0 / 3.0, "亩", "亩 (mu)"),
        (10_000.0, "公顷", "ha"),
    ];
    if shares.len() * 100 < column.rows * MOST {
        return None;
    }
    let middle = median(shares.clone())?;
    let (_, zh, en) = units
        .into_iter()
        .find(|(unit, ..)| (0.9..1.1).contains(&(middle * unit)))?;
    let alike = shares
        .iter()
        .filter(|share| (0.8..1.25).contains(&(*share / middle)))
        .count();
    (alike * 100 >= shares.len() * MOST).then(|| {
        [
            format!("数值约等于图形面积（单位 {zh}）"),
            format!("about the areas of the shapes (in {en})"),
        ]
    })
}

fn holder(column: &Held<'_>) -> Option<[String; 2]> {
    let is_holder = |text: &str| HOLDERS.iter().any(|end| text.ends_with(end));
    column.mostly(is_holder).then(|| {
        [
            "多为单位名称".to_owned(),
            "mostly names of companies or offices".to_owned(),
        ]
    })
}

fn use_of_land(column: &Held<'_>) -> Option<[String; 2]> {
    let is_use = |text: &str| text.parse::<f64>().is_err() && land_use(None, text).is_some();
    column
        .mostly(is_use)
        .then(|| ["多为土地用途".to_owned(), "mostly uses of land".to_owned()])
}

/// Small whole numbers under a name of storeys.
fn storeys(column: &Held<'_>) -> Option<[String; 2]> {
    let named = column.named(&["层", "storey", "story", "floor", "level", "cs"]);
    let small = |(number, _): &&(f64, f64)| number.fract() == 0.0 && (1.0..=120.0).contains(number);
    let count = column.numbers.iter().filter(small).count();
    (named && column.rows > 0 && count * 100 >= column.rows * MOST).then(|| {
        [
            "1 至 120 的整数".to_owned(),
            "whole numbers from 1 to 120".to_owned(),
        ]
    })
}

/// From half the shape to a hundred times its area, growing with it.
fn floor_area(column: &Held<'_>) -> Option<[String; 2]> {
    let named = column.named(&["面", "area", "mj"]);
    let shares = column.shares();
    let likely = shares
        .iter()
        .filter(|share| (0.5..=100.0).contains(*share))
        .count();
    (named && column.rows > 0 && likely * 100 >= column.rows * MOST).then(|| {
        [
            "为基底面积的 0.5 至 100 倍".to_owned(),
            "0.5 to 100 times the area of the footprint".to_owned(),
        ]
    })
}
