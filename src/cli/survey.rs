//! `plotratio survey`: read the layers of the survey of inefficient land, check them, and hand them on.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use serde::Serialize;

use super::progress::Bars;
use super::results::table_of;
use super::say;
use super::survey_arguments::SurveyArguments;
use crate::features::dcdytb::{SurveyFamily, check_survey};
use crate::formats::Source;
use crate::model::survey::{SurveyLayer, SurveyTheme};
use crate::progress::Progress as _;
use crate::read::{SurveyRead, SurveyRequest, find_survey, read_survey};
use crate::write::{
    Language, Replacement, SurveyContainer, begin_survey, survey_checks_table, unit_table,
    write_csv, write_survey,
};

/// What was read, found and written.
#[derive(Debug, Serialize)]
struct Summary {
    out: String,
    /// Features by layer.
    layers: BTreeMap<&'static str, usize>,
    /// Findings by family.
    findings: BTreeMap<&'static str, usize>,
    /// Findings by check.
    checks: BTreeMap<&'static str, usize>,
    notes: Vec<String>,
}

/// Reads, checks, writes.
pub(super) fn run(arguments: &SurveyArguments, language: Language) -> Result<(), Box<dyn Error>> {
    let out = &arguments.out;
    let container = SurveyContainer::of(out).ok_or_else(|| {
        format!(
            "`{}` is neither a `.gpkg` nor a `.gdb`; name one of these",
            out.display()
        )
    })?;
    let checks = out.with_file_name("survey_checks.csv");
    let tables = [Some(checks.as_path()), arguments.table.as_deref()];
    let sources: Vec<Source> = arguments
        .sources
        .iter()
        .map(|text| Source::parse(text))
        .collect();
    for file in tables.into_iter().flatten().chain([out.as_path()]) {
        spare(&sources, file)?;
    }
    if let Some(table) = &arguments.table
        && (!is_csv(table) || table.file_name() == checks.file_name())
    {
        let text = format!(
            "`--table {}`: name a `.csv` that is not `survey_checks.csv`",
            table.display()
        );
        return Err(text.into());
    }
    let bars = Bars::new(arguments.json, language);
    let [units, zones] = read_all(&sources, arguments, &bars)?;
    // before the work, so that a file that must stay is told at once
    let file = begin_survey(out, arguments.overwrite)?;
    let begin = |path: &Path| Replacement::begin(path, arguments.overwrite, plain_file);
    let checks_file = begin(&checks)?;
    let table_file = arguments.table.as_deref().map(begin).transpose()?;
    bars.step("checks", None);
    let findings = check_survey(units.as_ref(), zones.as_ref());
    let mut notes = Vec::new();
    if let Some(table) = &table_file {
        let units = units
            .as_ref()
            .ok_or("`--table` is the table of the units; no source has `DCDYTB`")?;
        write_csv(table, &unit_table(&units.layer))?;
    }
    write_csv(&checks_file, &survey_checks_table(&findings))?;
    let mut layers: Vec<SurveyLayer> = Vec::new();
    for read in [units, zones].into_iter().flatten() {
        notes.extend(read.notes);
        layers.push(if arguments.numbers_as_text {
            read.layer.with_numbers_as_text()
        } else {
            read.layer
        });
    }
    bars.step("writing", None);
    let layers: Vec<&SurveyLayer> = layers.iter().collect();
    notes.extend(write_survey(&file, &layers, container)?);
    file.commit()?;
    checks_file.commit()?;
    table_file.map_or(Ok(()), Replacement::commit)?;
    let mut summary = Summary {
        out: out.display().to_string(),
        layers: layers
            .iter()
            .map(|layer| (layer.theme.name(), layer.len()))
            .collect(),
        findings: SurveyFamily::ALL.map(|family| (family.name(), 0)).into(),
        checks: BTreeMap::new(),
        notes,
    };
    for finding in &findings {
        *summary.findings.entry(finding.family.name()).or_default() += 1;
        *summary.checks.entry(finding.check).or_default() += 1;
    }
    drop(bars);
    if arguments.json {
        say(&serde_json::to_string(&summary)?);
    } else {
        say(&printed(&summary, language));
    }
    Ok(())
}

/// Reads units and zones, each from the one source that has them.
fn read_all(
    sources: &[Source],
    arguments: &SurveyArguments,
    bars: &Bars,
) -> Result<[Option<SurveyRead>; 2], Box<dyn Error>> {
    let crs = layer_crs(&arguments.layer_crs)?;
    let mut found: BTreeMap<SurveyTheme, Source> = BTreeMap::new();
    for source in sources {
        for (theme, layer) in find_survey(source)? {
            if let Some(other) = found.get(&theme) {
                let name = theme.name();
                return Err(format!(
                    "both `{other}` and `{layer}` are `{name}`; give one, or join them first"
                )
                .into());
            }
            found.insert(theme, layer);
        }
    }
    let mut read = [None, None];
    for (place, theme) in SurveyTheme::ALL.into_iter().enumerate() {
        let Some(source) = found.get(&theme) else {
            continue;
        };
        bars.step(theme.name(), None);
        let request = SurveyRequest {
            crs: crs.get(&theme).cloned(),
            encoding: arguments.encoding.clone(),
        };
        read[place] = Some(read_survey(theme, source, &request, &|rows| {
            bars.advance(rows);
        })?);
    }
    Ok(read)
}

fn layer_crs(given: &[String]) -> Result<BTreeMap<SurveyTheme, String>, String> {
    let pair = |text: &String| {
        let theme = |name: &str| {
            let mut themes = SurveyTheme::ALL.into_iter();
            themes.find(|theme| theme.name().eq_ignore_ascii_case(name.trim()))
        };
        text.split_once('=')
            .and_then(|(name, crs)| Some((theme(name)?, crs.trim().to_owned())))
            .ok_or_else(|| {
                format!("`--layer-crs {text}` is not of the form DCDYTB=EPSG:n or DCQTB=EPSG:n")
            })
    };
    given.iter().map(pair).collect()
}

/// Refuses a file that is an input, holds one or lies in one.
fn spare(sources: &[Source], file: &Path) -> Result<(), String> {
    let Ok(there) = file.canonicalize() else {
        return Ok(());
    };
    for source in sources {
        if let Source::File { path, .. } = source
            && let Ok(input) = path.canonicalize()
            && (input.starts_with(&there)
                || there.starts_with(&input) && input.extension().is_some())
        {
            return Err(format!(
                "`{}` is or holds the input `{}`, which it would replace; name another file",
                file.display(),
                path.display()
            ));
        }
    }
    Ok(())
}

fn is_csv(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

fn plain_file(path: &Path) -> Result<(), String> {
    let is_file = path.is_file();
    is_file
        .then_some(())
        .ok_or_else(|| "it is a folder".to_owned())
}

fn printed(summary: &Summary, language: Language) -> String {
    let counts = |counts: &BTreeMap<&'static str, usize>, what: &str| {
        let lines = counts
            .iter()
            .map(|(name, count)| (format!("{what}{name}"), count.to_string()));
        lines.collect::<Vec<_>>()
    };
    let mut lines = vec![(
        language.of("已写入", "written").to_owned(),
        summary.out.clone(),
    )];
    lines.extend(counts(&summary.layers, ""));
    lines.extend(counts(&summary.findings, language.of("问题 ", "findings ")));
    lines.extend(counts(&summary.checks, "  "));
    table_of(lines, &summary.notes, language)
}
