//! `plotratio partition`, `gather`, and a scan of one part or of all parts one after another.

use std::error::Error;
use std::path::{Path, PathBuf};

use super::arguments::ScanArguments;
use super::city_file::{fill_in, options_text};
use super::lake_arguments::{GatherArguments, PartitionArguments};
use super::language::Languages;
use super::progress::Bars;
use super::scan::{Whence, finish, options};
use super::{say, use_threads};
use crate::lake::{Lake, OPTIONS};
use crate::model::{City, Remarks};
use crate::parcels::Options;
use crate::parcels::Overlays;
use crate::parts::{
    Part, PartError, folders, measure, options_of, read_plan, reopen, write_part, write_plan,
};
use crate::progress::Progress;
use crate::write::Language;

/// Makes a plan.
pub(super) fn partition(
    arguments: &PartitionArguments,
    language: Language,
) -> Result<(), Box<dyn Error>> {
    let parts = match (&arguments.lake, arguments.parcels) {
        (Some(folder), Some(parcels)) if arguments.reopen.is_empty() => {
            let lake = Lake::open(folder)?;
            let mut of_scan = ScanArguments::default();
            fill_in(&mut of_scan, &folder.join(OPTIONS))?;
            planned(&lake, parcels, &options(&of_scan)?)?
        }
        (lake, _) => {
            let mut all = Vec::new();
            for out in &arguments.reopen {
                all.extend(folders(out)?);
            }
            let (_, place) = options_of(&all)?;
            let lake = Lake::open(lake.as_ref().unwrap_or(&place))?;
            reopen(&lake, &all)?
        }
    };
    write_plan(&arguments.out, &parts)?;
    if !arguments.quiet {
        say(&said(&parts, &arguments.out, language));
    }
    Ok(())
}

fn planned(lake: &Lake, parcels: u32, options: &Options) -> Result<Vec<Part>, PartError> {
    let reach = options.reach.tolerance.max(options.reach.gap);
    let metres = lake.crs().metres().unwrap_or(f64::NAN);
    crate::parts::partition(lake, parcels as usize, reach / metres)
}

fn said(parts: &[Part], plan: &Path, language: Language) -> String {
    let plan = plan.display();
    let Some(last) = parts.len().checked_sub(1) else {
        return language
            .of(
                "无未决内容：可用 `plotratio gather` 汇总",
                "nothing is open: `plotratio gather` joins the parts",
            )
            .to_owned();
    };
    let most = parts.iter().map(|part| part.parcels).max().unwrap_or(0);
    language
        .of(
            "{0} 个分块，每块至多 {1} 宗地；逐块运行 `plotratio scan LAKE --part {2}:K -o OUT`，K 为 0 至 {3}",
            "{0} parts of at most {1} parcels; run each with `plotratio scan LAKE --part {2}:K -o OUT`, K from 0 to {3}",
        )
        .replace("{0}", &parts.len().to_string())
        .replace("{1}", &most.to_string())
        .replace("{2}", &plan.to_string())
        .replace("{3}", &last.to_string())
}

/// Scans one part of a lake.
pub(super) fn one(
    lake: &Lake,
    part: &str,
    arguments: &ScanArguments,
    language: Language,
) -> Result<(), Box<dyn Error>> {
    let wrong = || format!("`--part {part}` is not of the form PLAN.parquet:K");
    let (plan, number) = part.rsplit_once(':').ok_or_else(wrong)?;
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let options = options(arguments)?;
    let text = options_text(arguments)?;
    let plan = read_plan(Path::new(plan))?;
    let parts = u32::try_from(plan.len()).unwrap_or(u32::MAX);
    let no_part = PartError::NoPart {
        part: number,
        parts,
    };
    let mine = plan.iter().find(|part| part.part == number);
    let mine = mine.ok_or(no_part)?;
    let bars = Bars::new(arguments.to.quiet, language);
    let found = measure(lake, mine, &options, &bars)?;
    let folder = write_part(&arguments.to.out, (lake, mine), &found, &text)?;
    drop(bars);
    let ([parcels, buildings, blocks], open) = found.counts();
    if arguments.to.json {
        let json = serde_json::json!({
            "part": number, "pass": mine.pass, "folder": folder, "parcels": parcels, "buildings": buildings,
            "blocks": blocks, "open": open,
        });
        say(&json.to_string());
    } else if !arguments.to.quiet {
        say(&language
            .of(
                "分块 {0}：宗地 {1}，建筑 {2}，调查区 {3}；未决 {4}",
                "part {0}: {1} parcels, {2} buildings, {3} survey blocks; {4} left open",
            )
            .replace("{0}", &number.to_string())
            .replace("{1}", &parcels.to_string())
            .replace("{2}", &buildings.to_string())
            .replace("{3}", &blocks.to_string())
            .replace("{4}", &open.to_string()));
    }
    Ok(())
}

/// Joins parts.
pub(super) fn gather(
    arguments: &GatherArguments,
    languages: Languages,
) -> Result<(), Box<dyn Error>> {
    let parts = folders(&arguments.parts)?;
    let (options, place) = options_of(&parts)?;
    let lake = Lake::open(arguments.lake.as_ref().unwrap_or(&place))?;
    let mut of_scan = ScanArguments {
        to: arguments.to.clone(),
        results: arguments.results.clone(),
        ..ScanArguments::default()
    };
    fill_in(&mut of_scan, &options)?;
    use_threads(of_scan.results.threads)?;
    finish(&of_scan, languages, Whence::Parts(lake, parts))
}

/// Scans all parts of a lake one after another, each on its own, and joins them.
pub(super) fn all(
    (lake, read): (&Lake, impl FnOnce() -> Result<(City, Remarks), PartError>),
    size: u32,
    (options, out): (&Options, &Path),
    progress: &dyn Progress,
) -> Result<((City, Remarks), Overlays), PartError> {
    let io = crate::lake::LakeError::io(out);
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let folder = tempfile::Builder::new()
        .prefix(".plotratio-parts-")
        .tempdir_in(parent)
        .map_err(io)?;
    let mut plan = planned(lake, size, options)?;
    let mut done: Vec<PathBuf> = Vec::new();
    while !plan.is_empty() {
        for part in &plan {
            let found = measure(lake, part, options, progress)?;
            done.push(write_part(folder.path(), (lake, part), &found, "")?);
        }
        plan = reopen(lake, &done)?;
    }
    done.sort_unstable();
    let read = read()?;
    let overlays = crate::parts::gather(lake, &read.0, &done)?;
    Ok((read, overlays))
}
