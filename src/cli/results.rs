//! What every command that leaves results does with its sources, its folder and its tables.

use std::collections::BTreeMap;
use std::path::Path;

use comfy_table::{CellAlignment, Table as Printed, presets};

use super::problems::problems;
use super::progress::Bars;
use crate::progress::Progress as _;
use crate::read::{Inputs, ReadError, Request, Source, fingerprint};
use crate::write::{
    Format, Language, ResultFolder, SourceFacts, Summary, Table, WriteError, write_table,
};

/// Refuses a folder for results that an input lies in: `--overwrite` would replace the input too.
pub(super) fn spare_inputs(inputs: &Inputs, out: &Path) -> Result<(), String> {
    let Ok(folder) = out.canonicalize() else {
        return Ok(());
    };
    for (_, request) in inputs.requests() {
        if let Source::File { path, .. } = &request.source
            && path
                .canonicalize()
                .is_ok_and(|path| path.starts_with(&folder))
        {
            return Err(format!(
                "`{}` holds the input `{}`, which results would replace; name another folder",
                out.display(),
                path.display()
            ));
        }
    }
    Ok(())
}

/// Refuses a folder for results that holds a run which is read: `--overwrite` would replace it.
pub(super) fn spare_run(run: &Path, out: &Path) -> Result<(), String> {
    let Some((run, folder)) = run.canonicalize().ok().zip(out.canonicalize().ok()) else {
        return Ok(());
    };
    if run.starts_with(&folder) {
        return Err(format!(
            "`{}` holds the run `{}`, which results would replace; name another folder",
            out.display(),
            run.display()
        ));
    }
    Ok(())
}

/// The facts of every source, by layer.
pub(super) fn sources(inputs: &Inputs) -> Result<BTreeMap<&'static str, SourceFacts>, ReadError> {
    let facts = |request: &Request| {
        let name = match &request.source {
            Source::File { path, .. } => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            Source::Database { .. } => request.source.to_string(),
        };
        let layer = request.source.layer().map(str::to_owned);
        Ok(SourceFacts {
            name,
            layer,
            files: fingerprint(&request.source)?,
        })
    };
    let requests = inputs.requests();
    requests
        .map(|(layer, request)| Ok((layer.name(), facts(request)?)))
        .collect()
}

/// Writes tables into the folder, each in its formats; the names of all files there will be, the summary among them.
pub(super) fn write_tables(
    tables: &[(Table<'_>, &[Format])],
    folder: &ResultFolder,
    bars: &Bars,
) -> Result<Vec<String>, WriteError> {
    let mut files = vec!["summary.json".to_owned()];
    for (table, formats) in tables {
        for format in formats.iter().filter(|format| format.suits(table)) {
            let file = format!("{}.{}", table.name, format.extension());
            bars.step(&file, None);
            write_table(folder, table, *format)?;
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// The summary as a table for a person, and the problems of the input below it.
pub(super) fn printed(summary: &Summary, language: Language) -> String {
    let table = table_of(summary.lines(), &summary.notes);
    match problems(&summary.defects, language) {
        none if none.is_empty() => table,
        problems => format!("{table}\n\n{problems}"),
    }
}

/// Names and values as a table, and the notes below it.
pub(super) fn table_of(lines: Vec<(String, String)>, notes: &[String]) -> String {
    let mut table = Printed::new();
    table.load_preset(presets::NOTHING);
    for (name, value) in lines {
        table.add_row([name, value]);
    }
    if let Some(values) = table.column_mut(1) {
        values.set_cell_alignment(CellAlignment::Right);
    }
    let notes: Vec<String> = notes.iter().map(|note| format!("note: {note}")).collect();
    let mut text = table.trim_fmt();
    if !notes.is_empty() {
        text = format!("{text}\n\n{}", notes.join("\n"));
    }
    text
}
