//! `plotratio try`: the city of the samples and a scan of it, from the program alone.

use std::error::Error;
use std::fs;

use super::arguments::{Arguments, Command, TryArguments};
use super::language::Languages;
use super::{scan, synth};

/// What a scan reads of that city.
const CITY: &str = include_str!("../../data-samples/city.toml");

/// Makes the city and scans it as anybody would.
pub(super) fn run(arguments: &TryArguments, languages: Languages) -> Result<(), Box<dyn Error>> {
    let at = |name: &str| arguments.folder.join(name);
    let (file, results) = (at("city.toml"), at("results"));
    let again: &[&str] = if arguments.overwrite {
        &["--overwrite"]
    } else {
        &[]
    };
    if file.exists() && !arguments.overwrite {
        return Err(format!(
            "`{}` is there already; take another folder, or `--overwrite`",
            file.display()
        )
        .into());
    }
    fs::create_dir_all(&arguments.folder)
        .map_err(|why| format!("`{}`: {why}", arguments.folder.display()))?;
    let city = at("city");
    let words = |words: &[&str], places: &[&std::path::Path]| {
        let words = words.iter().map(std::ffi::OsString::from);
        words
            .chain(places.iter().map(|place| place.as_os_str().to_owned()))
            .chain(again.iter().map(std::ffi::OsString::from))
            .collect::<Vec<_>>()
    };
    if let Command::Synth(arguments) =
        parsed(&words(&["plotratio", "synth", "--sample", "-o"], &[&city]))?
    {
        synth::run(&arguments, languages.printed)?;
    }
    fs::write(&file, CITY).map_err(|why| format!("`{}`: {why}", file.display()))?;
    let formats = "geojson,csv,gpkg,xlsx";
    if let Command::Scan(arguments) = parsed(&words(
        &["plotratio", "scan", "--format", formats, "-o"],
        &[&results, &file],
    ))? {
        scan::run(&arguments, languages)?;
    }
    Ok(())
}

/// What somebody asks for who types this.
fn parsed(words: &[std::ffi::OsString]) -> Result<Command, clap::Error> {
    use clap::Parser as _;
    Arguments::try_parse_from(words).map(|arguments| arguments.command)
}
