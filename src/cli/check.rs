//! `plotratio check`: judge concrete cases, and say how it was found.

use std::error::Error;
use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;

use super::arguments::CheckArguments;
use super::check_city::{joined, measured};
use super::say;
use crate::law::judge::{Case, Verdict, judge};
use crate::law::measures::Catalogue;
use crate::law::pack::Pack;
use crate::read::CheckFile;
use crate::run::Scan;
use crate::write::judgement::{Heading, check_json, judgement_text, marks};
use crate::write::{Language, term_notice};

/// Judges every file that can be judged, and prints what is found; whether all of them passed.
///
/// A file that cannot be judged does not keep the others from it: it is named in the error at the end.
pub(super) fn run(arguments: &CheckArguments, language: Language) -> Result<bool, Box<dyn Error>> {
    let as_of = match &arguments.as_of {
        Some(text) => {
            let day = text.parse();
            Some(day.map_err(|_| format!("`--as-of {text}` is no date; write it as 2022-06-01"))?)
        }
        None => None,
    };
    let files: Vec<_> = arguments
        .files
        .iter()
        .map(|path| (path, CheckFile::read(path)))
        .collect();
    let read = files.iter().filter_map(|(_, file)| file.as_ref().ok());
    let ids: Vec<String> = read
        .flat_map(|file| file.parcel.iter().chain(&file.parcels))
        .cloned()
        .collect();
    let city = match &arguments.city {
        Some(path) if !ids.is_empty() => Some(measured(path, &ids)?),
        _ => None,
    };
    let (mut all_pass, mut wrong) = (true, Vec::new());
    let (mut notices, mut texts): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (path, file) in files {
        let judged = file
            .map_err(Into::into)
            .and_then(|file| one((path, &file), (as_of, language), city.as_ref(), arguments));
        match judged {
            Ok(judged) => {
                all_pass &= judged.verdict == Verdict::Pass;
                texts.push(judged.text);
                notices.extend(judged.notice.filter(|notice| !notices.contains(notice)));
            }
            Err(why) => wrong.push(why.to_string()),
        }
    }
    let gap = if arguments.json { "\n" } else { "\n\n" };
    notices.push(texts.join(gap));
    if !arguments.json {
        notices.push(format!("\n{}", marks(language)));
    }
    if !texts.is_empty() {
        say(&notices.join("\n"));
    }
    if wrong.is_empty() {
        Ok(all_pass)
    } else {
        Err(wrong.join("\n").into())
    }
}

/// A file that was judged, and what is printed of it.
struct JudgedFile {
    verdict: Verdict,
    text: String,
    /// What stands before everything else, once.
    notice: Option<String>,
}

/// Judges one file.
fn one(
    (path, file): (&Path, &CheckFile),
    (as_of, language): (Option<Date>, Language),
    city: Option<&Scan>,
    arguments: &CheckArguments,
) -> Result<JudgedFile, Box<dyn Error>> {
    let of_file = |why: &dyn std::fmt::Display| format!("`{}`: {why}", path.display());
    let policy = arguments
        .policy
        .as_deref()
        .or(file.policy.as_deref())
        .unwrap_or("taizhou-2021");
    let pack = Pack::load(policy, &Catalogue).map_err(|why| of_file(&why))?;
    let as_of = as_of.or(file.as_of).unwrap_or_else(|| Zoned::now().date());
    let choices = choices(&pack, file, &arguments.reading).map_err(|why| of_file(&why))?;
    let (facts, notes) =
        joined((path, file), city, (as_of, language)).map_err(|why| of_file(&why))?;
    let case = Case {
        facts: &facts,
        pack: &pack,
        choices: &choices,
        as_of,
    };
    let mut judged =
        judge(&case, &file.kind, file.rules.as_deref()).map_err(|why| of_file(&why))?;
    let notice = term_notice(&pack, as_of, language).filter(|_| !arguments.json);
    if notice.is_some() {
        // said once for all of them
        judged.forget_flag("expired");
    }
    let name = name_of(path);
    let text = if arguments.json {
        let json = check_json(
            &judged,
            (&name, &file.kind),
            (&pack, as_of),
            &notes,
            language,
        );
        serde_json::to_string(&json)?
    } else {
        let heading = Heading {
            file: &name,
            kind: &file.kind,
            pack: &pack,
            as_of,
            notes: &notes,
        };
        judgement_text(&judged, &heading, language)
    };
    Ok(JudgedFile {
        verdict: judged.verdict,
        text,
        notice,
    })
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
