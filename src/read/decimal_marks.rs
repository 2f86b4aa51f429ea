//! The rows of a layer → what stands before the decimals of each of its columns of numbers.

use arrow_schema::DataType;
use rayon::prelude::*;

use super::rows::Rows;
use crate::formats::DecimalMark;
use crate::formats::written::Evidence;
use crate::formats::{Column, Field, Source};

/// The fields of layers that hold numbers.
const NUMBERS: [&str; 22] = [
    "plot_ratio_min",
    "plot_ratio_max",
    "plot_ratio",
    "density_min",
    "density_max",
    "density",
    "green_ratio_min",
    "green_ratio_max",
    "green_ratio",
    "height_min",
    "height_max",
    "area_registered",
    "storeys",
    "storeys_below",
    "storeys_total",
    "storey_height",
    "height",
    "floor_area",
    "floor_area_predicted",
    "far_floor_area",
    "floor_area_below",
    "footprint",
];

/// What stands before the decimals of each known column of numbers in text, from all its rows, `--where` or not.
pub(super) fn decimal_marks(
    known: &[(&'static str, String)],
    (columns, fields): (&[usize], &[Field]),
    rows: &[Rows],
    source: &Source,
) -> Vec<Option<DecimalMark>> {
    let of = |at: usize| {
        let of_rows = |rows: &Rows| {
            let column = rows.batch.columns.get(at)?;
            if !matches!(column.data_type(), DataType::Utf8 | DataType::LargeUtf8) {
                return None;
            }
            let mut evidence = Evidence::default();
            let texts = (0..rows.batch.rows).filter_map(|row| Column(column).text(row));
            texts.for_each(|text| evidence.see(&text));
            Some(evidence)
        };
        let each = rows.par_iter().filter_map(of_rows);
        each.reduce_with(Evidence::and)
    };
    let seen: Vec<Option<Evidence>> = known
        .iter()
        .enumerate()
        .map(|(at, (field, _))| {
            if NUMBERS.contains(field) {
                of(at)
            } else {
                None
            }
        })
        .collect();
    let all = seen.iter().flatten();
    let all = all.fold(Evidence::default(), |all, one| all.and(*one));
    let is_json = matches!(
        source.extension().as_str(),
        "geojson" | "json" | "geojsonl" | "geojsons" | "ndjson" | "jsonl"
    );
    let mark = |(at, seen): (usize, Option<Evidence>)| {
        let is_text = columns.get(at).and_then(|column| fields.get(*column));
        let is_text = is_text.is_some_and(|field| field.kind == DataType::Utf8);
        Some(if is_json || !is_text {
            seen?.mark_of_typed()
        } else {
            seen?.mark_among(all)
        })
    };
    seen.into_iter().enumerate().map(mark).collect()
}
