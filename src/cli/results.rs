//! What every command that leaves results does with its sources, its folder and its tables.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use comfy_table::{CellAlignment, ContentArrangement, Table as Printed, presets};

use super::arguments::ScanArguments;
use super::choices::YesOrNo;
use super::language::Languages;
use super::problems::problems;
use super::progress::Bars;
use crate::formats::SourceError;
use crate::formats::{Source, fingerprint};
use crate::progress::Progress as _;
use crate::read::{Inputs, Request};
use crate::write::{
    FileRows, Format, Language, ResultFolder, SourceFacts, Summary, Table, WriteError, first_files,
    index_table, write_table,
};

/// Refuses a folder for results that an input lies in: `--overwrite` would replace the input too.
pub(super) fn spare_inputs(inputs: &Inputs, out: &Path) -> Result<(), String> {
    let Ok(folder) = out.canonicalize() else {
        return Ok(());
    };
    for request in inputs.requests.values() {
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

/// The folder for the results of a run.
pub(super) fn begin(
    arguments: &ScanArguments,
    languages: Languages,
) -> Result<ResultFolder, WriteError> {
    let folder = ResultFolder::begin(&arguments.to.out, arguments.to.overwrite)?;
    Ok(folder.with_csv_mark(match arguments.results.csv_bom {
        Some(wish) => wish == YesOrNo::Yes,
        None => languages.chinese,
    }))
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
pub(super) fn sources(inputs: &Inputs) -> Result<BTreeMap<&'static str, SourceFacts>, SourceError> {
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
    (inputs.requests.iter())
        .map(|(layer, request)| Ok((layer.name(), facts(request)?)))
        .collect()
}

/// Writes tables into the folder, each in its formats; the files, with their rows.
pub(super) fn write_tables(
    tables: &[(Table<'_>, &[Format])],
    folder: &ResultFolder,
    bars: &Bars,
) -> Result<Vec<FileRows>, WriteError> {
    let mut files = Vec::new();
    for (table, formats) in tables {
        for format in formats.iter().filter(|format| format.suits(table)) {
            let file = format!("{}.{}", table.name, format.extension());
            bars.step(&file, None);
            write_table(folder, table, *format)?;
            files.push((file, Some(table.rows)));
        }
    }
    Ok(files)
}

/// The summary as a table for a person, and the problems of the input below it.
pub(super) fn printed(summary: &Summary, language: Language) -> String {
    let table = table_of(summary.lines(language), &summary.notes, language);
    match problems(&summary.defects, language) {
        none if none.is_empty() => table,
        problems => format!("{table}\n\n{problems}"),
    }
}

/// Writes `index.csv`, which says what each file is; the names of all files there will be, it and the summary among them.
pub(super) fn write_index(
    mut files: Vec<FileRows>,
    folder: &ResultFolder,
    language: Language,
) -> Result<Vec<String>, WriteError> {
    files.push(("index.csv".to_owned(), None));
    files.push(("summary.json".to_owned(), None));
    files.sort();
    write_table(folder, &index_table(&files, folder, language), Format::Csv)?;
    Ok(files.into_iter().map(|(file, _)| file).collect())
}

/// As wide as a terminal is at least.
const WIDTH: u16 = 80;

/// Names and values as a table, and the notes below it, no wider than a terminal.
pub(super) fn table_of(
    lines: Vec<(String, String)>,
    notes: &[String],
    language: Language,
) -> String {
    let mut table = narrow();
    for (name, value) in lines {
        table.add_row([name, value]);
    }
    if let Some(values) = table.column_mut(1) {
        values.set_cell_alignment(CellAlignment::Right);
    }
    let text = table.trim_fmt();
    if notes.is_empty() {
        return text;
    }
    let mut below = narrow();
    for note in notes {
        below.add_row([
            Cow::Borrowed(language.of("提示：", "note:")),
            language.message(note),
        ]);
    }
    format!("{text}\n\n{}", below.trim_fmt())
}

/// A table without lines, no wider than a terminal.
pub(super) fn narrow() -> Printed {
    let mut table = Printed::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table
}

/// Where the results are, and which of them to open first.
pub(super) fn where_to_look(out: &Path, files: &[String], language: Language) -> String {
    let head = match language {
        Language::Zh => format!("结果：{}\n请先打开：", out.display()),
        Language::En => format!("Results: {}\nOpen first:", out.display()),
    };
    let mut table = narrow();
    for (file, what) in first_files(files, language) {
        table.add_row([format!("  {file}"), what.to_owned()]);
    }
    format!("{head}\n{}", table.trim_fmt())
}
