//! `plotratio check`: judge concrete cases, and say how it was found.

use std::error::Error;
use std::path::Path;

use jiff::Zoned;

use super::arguments::CheckArguments;
use super::check_city::{joined, measured};
use super::say;
use crate::judge::{Case, Verdict, judge};
use crate::measure::case::Catalogue;
use crate::policy::Pack;
use crate::read::CheckFile;
use crate::write::judgement::{Heading, check_json, judgement_text};

/// Judges every file; whether all of them passed.
pub(super) fn run(arguments: &CheckArguments) -> Result<bool, Box<dyn Error>> {
    let today = Zoned::now().date();
    let language = arguments.lang.into();
    // nothing is printed before every file is known to be good
    let files = arguments
        .files
        .iter()
        .map(|path| Ok((path, CheckFile::read(path)?)));
    let files = files.collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let city = match &arguments.city {
        Some(path) if files.iter().any(|(_, file)| file.parcel.is_some()) => Some(measured(path)?),
        _ => None,
    };
    let mut all_pass = true;
    let mut printed = Vec::new();
    for (path, file) in &files {
        let policy = arguments
            .policy
            .as_deref()
            .or(file.policy.as_deref())
            .unwrap_or("taizhou-2021");
        let pack = Pack::load(policy, &Catalogue)?;
        let as_of = match &arguments.as_of {
            Some(text) => text
                .parse()
                .map_err(|_| format!("`--as-of {text}` is no date; write it as 2022-06-01"))?,
            None => file.as_of.unwrap_or(today),
        };
        let choices = choices(&pack, file, &arguments.reading)
            .map_err(|why| format!("`{}`: {why}", path.display()))?;
        let of_file = |why: String| format!("`{}`: {why}", path.display());
        let (facts, notes) = joined(file, city.as_ref(), language).map_err(of_file)?;
        let case = Case {
            facts: &facts,
            pack: &pack,
            choices: &choices,
            as_of,
        };
        let judged = judge(&case, &file.kind, file.rules.as_deref())
            .map_err(|why| format!("`{}`: {why}", path.display()))?;
        all_pass &= judged.verdict == Verdict::Pass;
        let name = name_of(path);
        printed.push(if arguments.json {
            serde_json::to_string(&check_json(
                &judged,
                (&name, &file.kind),
                (&pack, as_of.to_string()),
                &notes,
                language,
            ))?
        } else {
            let heading = Heading {
                file: &name,
                kind: &file.kind,
                pack: &pack,
                as_of: as_of.to_string(),
                notes: &notes,
            };
            judgement_text(&judged, &heading, language)
        });
    }
    say(&printed.join(if arguments.json { "\n" } else { "\n\n" }));
    Ok(all_pass)
}

/// The readings of the command line over those of the file, each known to the pack.
fn choices(
    pack: &Pack,
    file: &CheckFile,
    arguments: &[String],
) -> Result<Vec<(String, String)>, String> {
    let mut choices = file.readings.clone();
    for argument in arguments {
        let pair = argument
            .split_once('=')
            .ok_or_else(|| format!("`--reading {argument}` must be NAME=CHOICE"))?;
        choices.retain(|(name, _)| name != pair.0);
        choices.push((pair.0.to_owned(), pair.1.to_owned()));
    }
    for (name, choice) in &choices {
        check_choice(pack, name, choice)?;
    }
    Ok(choices)
}

/// Refuses a reading or a choice that a pack does not know.
pub(super) fn check_choice(pack: &Pack, name: &str, choice: &str) -> Result<(), String> {
    let known = || {
        pack.readings
            .iter()
            .map(|reading| reading.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let reading = pack
        .reading(name)
        .ok_or_else(|| format!("no reading is called `{name}`; there are {}", known()))?;
    if reading.choices.iter().any(|have| have == choice) {
        return Ok(());
    }
    Err(format!(
        "the reading `{name}` has no choice `{choice}`; there are {}",
        reading.choices.join(", ")
    ))
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
