//! `plotratio compare`: what changed from one scan to a later one.

use std::error::Error;

use super::arguments::CompareArguments;
use super::progress::Bars;
use super::results::{spare_run, table_of, where_to_look, write_index, write_tables};
use super::{say, use_threads};
use crate::features::compare::{ChangeMap, compare};
use crate::formats::describe_crs;
use crate::progress::Progress as _;
use crate::read::read_run;
use crate::write::{
    CompareSummary, Format, Language, ResultFolder, Table, changed_table, changes_table,
    defects_table, register_of_comparison, sorted_defects, write_json,
};

/// Compares two folders of results.
pub(super) fn run(arguments: &CompareArguments, language: Language) -> Result<(), Box<dyn Error>> {
    use_threads(arguments.threads)?;
    let tolerance = arguments.tolerance;
    if !(0.0..=100.0).contains(&tolerance) {
        return Err(format!("`--tolerance {tolerance}` must lie between 0 and 100 metres").into());
    }
    let mut maps = Format::parse_tables(&arguments.format)?;
    let lists: &[Format] = if maps.contains(&Format::Xlsx) {
        &[Format::Csv, Format::Xlsx]
    } else {
        &[Format::Csv]
    };
    maps.retain(|format| !matches!(format, Format::Csv | Format::Xlsx));
    for folder in [&arguments.earlier, &arguments.later] {
        spare_run(folder, &arguments.to.out)?;
    }
    let folder = ResultFolder::begin(&arguments.to.out, arguments.to.overwrite)?;
    // as lists of a scan have it
    let folder = folder.with_csv_mark(language == Language::Zh);
    let bars = Bars::new(arguments.to.quiet, language);
    bars.step("later run", None);
    let later = read_run(&arguments.later, None)?;
    bars.step("earlier run", None);
    let crs = later.shapes.as_ref().map(|(_, crs)| crs);
    let earlier = read_run(&arguments.earlier, crs)?;
    bars.step("compare", Some(later.parcels.len() as u64));
    let mut of = compare(&earlier, &later, tolerance, &|parcels| {
        bars.advance(parcels);
    })?;
    for (name, run) in [("later", &later), ("earlier", &earlier)] {
        let notes = run.notes.iter().map(|note| format!("{name} run: {note}"));
        of.notes.extend(notes);
    }
    let map = ChangeMap::of(&of, &describe_crs("EPSG:4326")?)?;
    let defects = sorted_defects(&of.defects);
    let mut tables: Vec<(Table<'_>, &[Format])> = vec![
        (changes_table(&of), lists),
        (register_of_comparison(&of), lists),
        (defects_table(&defects), &[Format::Csv]),
    ];
    tables.extend(map.as_ref().map(|map| (changed_table(&of, map), &maps[..])));
    let files = write_tables(&tables, &folder, &bars)?;
    let files = write_index(files, &folder, language)?;
    let summary = CompareSummary::of(&of, tolerance, files);
    write_json(&folder, "summary.json", &summary)?;
    folder.commit()?;
    drop(bars);
    if arguments.to.json {
        say(&serde_json::to_string(&summary)?);
    } else if !arguments.to.quiet {
        let lines = summary.lines(language);
        say(&table_of(lines, summary.notes(), language));
        say(&where_to_look(&arguments.to.out, &summary.files, language));
    }
    Ok(())
}
