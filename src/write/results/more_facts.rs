//! What is known of a parcel beside what has a column of its own → one cell, as a check file states it.

use crate::features::merge::parcel_record;
use crate::law::facts::fact;
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
    let mut all = Vec::with_capacity(256);
    for (name, figure) in own.figures().chain(merged.figures()) {
        let has_column = FACT_COLUMNS.iter().any(|(fact, _)| *fact == name);
        // the least that a figure can be is no fact that a check file states
        if has_column || OF_MERGE.contains(&name) || fact(name).is_none() {
            continue;
        }
        let before = all.len();
        if before > 0 {
            all.push(b';');
        }
        all.extend_from_slice(name.as_bytes());
        all.push(b'=');
        let value = all.len();
        let known = push_stated(figure, &mut all);
        // that would be taken for the end of it
        if known.is_none() || all[value..].iter().any(|byte| b";\n\"".contains(byte)) {
            all.truncate(before);
        }
    }
    (!all.is_empty()).then(|| String::from_utf8_lossy(&all).into_owned())
}

/// Appends a figure as a check file states it; `None` where it has no number.
fn push_stated(figure: &Figure, out: &mut Vec<u8>) -> Option<()> {
    match figure {
        Figure::Truth(truth) => out.extend_from_slice(truth.to_string().as_bytes()),
        Figure::Word(word) => out.extend_from_slice(word.as_bytes()),
        Figure::Words(words) => out.extend_from_slice(words.join("、").as_bytes()),
        Figure::Day(day) => out.extend_from_slice(day.to_string().as_bytes()),
        Figure::Number(..) | Figure::LandShare { .. } => push_digits(figure.number()?, out),
    }
    Some(())
}

/// A number with all its digits: a limit that is not to be reached lies 10⁻¹² beside the number of the plan.
fn push_digits(number: Exact, out: &mut Vec<u8>) {
    let Some(decimal) = number.decimal(12) else {
        out.extend_from_slice(number.to_string().as_bytes());
        return;
    };
    decimal.write_to(out);
    while out.last() == Some(&b'0') {
        out.pop();
    }
    if out.last() == Some(&b'.') {
        out.pop();
    }
}
