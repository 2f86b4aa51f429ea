//! What is known of a parcel beside what has a column of its own → one cell, as a check file states it.

use crate::features::merge::parcel_record;
use crate::law::facts::{Record, fact};
use crate::quantity::{Exact, Figure};
use crate::run::Scan;

/// Facts of a parcel with the columns of `parcels.*` that hold them. A footprint counts where the density is known too.
pub const FACT_COLUMNS: [(&str, &str); 5] = [
    ("site.area_m2", "area_m2"),
    ("site.floor_area_m2", "floor_area_m2"),
    ("site.far_floor_area_m2", "far_floor_area_m2"),
    ("site.footprint_m2", "footprint_m2"),
    ("site.land_use", "land_use"),
];

/// Facts of a parcel in a merge that its columns hold.
const OF_MERGE: [&str; 3] = ["parcel.id", "parcel.area_m2", "parcel.land_use"];

/// `site.plan_use=industrial;plan.plot_ratio_max=2`; `None` where nothing more is known.
pub(super) fn more_facts(scan: &Scan, at: u32) -> Option<String> {
    let own = scan.facts_of(at as usize).one;
    let merged = parcel_record(scan.known(), at);
    let of = |record: &Record| {
        let named = record.names().filter(|name| {
            let has_column = FACT_COLUMNS.iter().any(|(fact, _)| fact == name);
            // the least that a figure can be is no fact that a check file states
            fact(name).is_some() && !has_column && !OF_MERGE.contains(name)
        });
        let stated =
            named.filter_map(|name| Some(format!("{name}={}", stated(record.figure(name)?)?)));
        stated.collect::<Vec<_>>()
    };
    let all = [of(&own), of(&merged)].concat();
    (!all.is_empty()).then(|| all.join(";"))
}

/// A figure as a check file states it; `None` where that would be taken for the end of it.
fn stated(figure: &Figure) -> Option<String> {
    let text = match figure {
        Figure::Truth(truth) => truth.to_string(),
        Figure::Word(word) => word.to_string(),
        Figure::Words(words) => words.join("、"),
        Figure::Day(day) => day.to_string(),
        Figure::Number(..) | Figure::LandShare { .. } => digits(figure.number()?),
    };
    (!text.contains([';', '\n', '"'])).then_some(text)
}

/// A number with all its digits: a limit that is not to be reached lies 10⁻¹² beside the number of the plan.
fn digits(number: Exact) -> String {
    match number.decimal(12) {
        Some(decimal) => {
            let text = decimal.to_string();
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        None => number.to_string(),
    }
}
