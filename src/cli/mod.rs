//! Arguments → calls; the only place that prints, reads the clock or picks defaults.

mod arguments;
mod check;
mod check_city;
mod check_merge;
mod check_split;
mod choices;
mod city_file;
mod compare;
mod decisions;
mod dossier;
mod dossier_arguments;
mod examples;
mod failure;
mod file_values;
mod help;
mod help_zh;
mod inputs;
mod inspect;
mod lake;
mod lake_arguments;
mod language;
mod maps;
mod mistakes;
mod parcel_called;
mod parts;
mod problems;
mod progress;
mod propose;
mod propose_arguments;
mod propose_maps;
mod propose_merge;
mod propose_split;
mod result_arguments;
mod results;
mod rules;
mod rules_arguments;
mod sample;
mod scan;
mod scan_results;
mod serve;
mod sources;
mod survey;
mod survey_arguments;
mod synth;
mod usage;
mod write_city;

use std::error::Error;

pub use arguments::Arguments;
use arguments::Command;
pub use failure::why;
pub use help::arguments;

/// Does what the arguments ask for.
///
/// # Errors
/// Whatever kept it from being done; each error says what to do next.
pub fn run(arguments: Arguments) -> Result<Outcome, Box<dyn Error>> {
    let language = language::language(arguments.lang);
    let languages = language::Languages::of(arguments.lang);
    match arguments.command {
        Command::Check(arguments) => {
            return check::run(&arguments, language).map(|pass| {
                if pass {
                    Outcome::Done
                } else {
                    Outcome::NotPassed
                }
            });
        }
        Command::Scan(arguments) => scan::run(&arguments, languages),
        Command::Ingest(arguments) => lake::ingest(&arguments, language),
        Command::Partition(arguments) => parts::partition(&arguments, language),
        Command::Gather(arguments) => parts::gather(&arguments, languages),
        Command::Compare(arguments) => compare::run(&arguments, language),
        Command::Dossier(arguments) => dossier::run(&arguments, language),
        Command::Propose(arguments) => propose::run(&arguments, languages),
        Command::Inspect(arguments) => inspect::run(&arguments, language),
        Command::Rules(arguments) => rules::run(&arguments, language),
        Command::Serve(arguments) => serve::run(&arguments, language),
        Command::Survey(arguments) => survey::run(&arguments, language),
        Command::Synth(arguments) => synth::run(&arguments, language),
        Command::Try(arguments) => sample::run(&arguments, languages),
        Command::Completions { shell } => usage::completions(shell),
        Command::Man { out } => usage::manual(out.as_deref()),
    }
    .map(|()| Outcome::Done)
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done; what was judged passed.
    Done,
    /// It is judged, and a verdict is not `pass`.
    NotPassed,
}

/// Prints a line to standard output; a reader that has gone away is no error.
fn say(text: &str) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
}

/// Prints a line to standard error; a reader that has gone away is no error.
pub fn complain(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Sets the number of threads for all parallel work; 0 or none leaves it to the machine.
fn use_threads(threads: Option<usize>) -> Result<(), Box<dyn Error>> {
    if let Some(threads) = threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()?;
    }
    Ok(())
}
