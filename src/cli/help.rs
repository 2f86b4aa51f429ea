//! The command line as it is declared → the help that a reader gets: in the reader's language, with examples, and without
//! what a command does not use.

use std::ffi::OsString;

use clap::builder::Resettable;
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use super::arguments::Arguments;
use super::examples::examples;
use super::help_zh::{ABOUT, HEADINGS, OPTIONS};
use super::language::{LanguageArgument, language};
use super::mistakes::{mistake_in_chinese, usage_in_chinese};
use super::usage::json_usage;
use crate::model::LAYERS;
use crate::write::Language;

/// Options that most runs do without; `-h` leaves them to `--help`.
const RARE: &[&str] = &[
    "access",
    "bends",
    "before",
    "complete",
    "csv_bom",
    "decisions",
    "encoding",
    "force",
    "gap",
    "group_by",
    "group_size",
    "inefficient",
    "layer_crs",
    "lineage",
    "open_mu",
    "part",
    "part_size",
    "reading",
    "register",
    "setback",
    "survey_layers",
    "threads",
    "tolerance",
    "transform",
    "vacant_share",
    "viewer",
    "wall_distance",
    "without_owners",
];

/// What `--format` takes where proposals are written: no page on a whole run.
pub(super) const FORMATS_OF_PROPOSALS: &str = "Formats of the map layers, by commas: geojson, csv, gpkg, fgb, parquet, kml, pmtiles; xlsx [default: geojson,csv]";

/// What the command that shows help says of itself.
const HELP_ABOUT: &str = "Print this message or the help of the given subcommand(s)";

/// What `propose` does not use, whatever is proposed.
const NOT_FOR_PROPOSALS: &[&str] = &["group_by", "only", "part", "part_size", "viewer"];

/// Takes the arguments that the program was started with; help and mistakes end it here.
pub fn arguments() -> Arguments {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words: Vec<&str> = given.iter().filter_map(|word| word.to_str()).collect();
    if words.contains(&"--json-usage") {
        super::say(&json_usage(&declared()).to_string());
        std::process::exit(0);
    }
    let mut command = shown(&words);
    let language = language(asked(&words));
    let matches = command
        .try_get_matches_from_mut(given)
        .unwrap_or_else(|mistake| end(&mistake, language));
    Arguments::from_arg_matches(&matches)
        .unwrap_or_else(|mistake| end(&mistake.format(&mut command), language))
}

/// Shows help, or what is wrong with the arguments, and ends the program.
fn end(mistake: &clap::Error, language: Language) -> ! {
    let text = (language == Language::Zh).then(|| mistake_in_chinese(mistake));
    if let Some(text) = text.flatten() {
        super::complain(&text);
        std::process::exit(mistake.exit_code());
    }
    mistake.exit()
}

/// The language that words of the command line ask for.
fn asked(words: &[&str]) -> Option<LanguageArgument> {
    words.windows(2).find_map(|pair| match pair {
        ["--lang", "zh"] | [_, "--lang=zh"] => Some(LanguageArgument::Zh),
        ["--lang", "en"] | [_, "--lang=en"] => Some(LanguageArgument::En),
        _ => None,
    })
}

/// Every command with its options, as declared.
pub(super) fn declared() -> Command {
    let mut command = Arguments::command();
    command.build();
    command
}

/// The commands with the help that goes with these words.
pub(super) fn shown(words: &[&str]) -> Command {
    let behind = words.iter().skip_while(|word| **word != "propose");
    let kind = behind
        .copied()
        .find(|word| ["split", "merge", "upgrade"].contains(word));
    let unused = |arg: &Arg| {
        let heading = arg.get_help_heading().unwrap_or_default();
        let of_other = matches!(
            (heading, kind),
            ("Surveying", _)
                | ("Splits", Some("merge" | "upgrade"))
                | ("Merges", Some("split" | "upgrade"))
        );
        of_other || NOT_FOR_PROPOSALS.contains(&arg.get_id().as_str())
    };
    let command = declared().mut_subcommand("propose", |command| {
        with_each(command, &|arg| {
            let hidden = unused(&arg);
            arg.hide(hidden)
        })
    });
    dressed(command, "", language(asked(words)))
}

/// A command with each of its arguments changed.
fn with_each(command: Command, change: &dyn Fn(Arg) -> Arg) -> Command {
    let ids: Vec<String> = command
        .get_arguments()
        .map(|arg| arg.get_id().to_string())
        .collect();
    ids.into_iter()
        .fold(command, |command, id| command.mut_arg(id, change))
}

/// A command and those within it, with examples, in a language.
fn dressed(command: Command, path: &str, language: Language) -> Command {
    let own = path.to_owned();
    let mut command = with_each(command, &|arg| {
        let rare = RARE.contains(&arg.get_id().as_str());
        let arg = arg.hide_short_help(rare);
        match language {
            Language::Zh => in_chinese(arg, &own),
            Language::En => arg,
        }
    });
    if let Some(examples) = examples(path) {
        let lines: Vec<String> = examples.iter().map(|line| format!("  {line}")).collect();
        let heading = language.of("示例", "Examples");
        command = command.after_help(format!("{heading}:\n{}", lines.join("\n")));
    }
    if language == Language::Zh {
        if let Some(text) = text_of(ABOUT, path) {
            command = command.about(text).long_about(text);
        }
        let usage = command.render_usage().to_string();
        let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
        command = command
            .override_usage(usage_in_chinese(usage))
            .subcommand_help_heading("命令")
            .help_template("{about-with-newline}\n用法: {usage}\n\n{all-args}{after-help}");
    }
    let within: Vec<String> = command
        .get_subcommands()
        .map(|one| one.get_name().to_owned())
        .collect();
    within.into_iter().fold(command, |command, name| {
        if name == "help" {
            let about = language.of("显示本程序或某个命令的帮助", HELP_ABOUT);
            return command.mut_subcommand(name, |one| one.about(about));
        }
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path} {name}")
        };
        command.mut_subcommand(name, |one| dressed(one, &path, language))
    })
}

/// What the option of a layer takes.
fn of_layer(name: &str) -> Option<&'static str> {
    let layer = LAYERS.iter().find(|layer| layer.role.name == name)?;
    Some(layer.takes_zh)
}

fn in_chinese(arg: Arg, path: &str) -> Arg {
    let id = arg.get_id().to_string();
    let heading = match arg.get_help_heading() {
        Some(heading) => text_of(HEADINGS, heading).unwrap_or("选项"),
        None if arg.is_positional() => "参数",
        None => "选项",
    };
    let arg = match arg.get_index() {
        Some(index) => arg.display_order(index),
        None => arg,
    };
    let arg = arg.help_heading(heading);
    let of_command = format!("{path}.{id}");
    let text = text_of(OPTIONS, &of_command).or_else(|| text_of(OPTIONS, &id));
    match text.or_else(|| of_layer(&id)) {
        // the words of values stand in the text
        Some(text) => arg
            .help(text)
            .long_help(Resettable::Reset)
            .hide_possible_values(true)
            .hide_default_value(true),
        None => arg,
    }
}

fn text_of(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let found = table.iter().find(|(key, _)| *key == name);
    found.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command with its path.
    fn commands(command: &Command, path: &str, all: &mut Vec<(String, Command)>) {
        all.push((path.to_owned(), command.clone()));
        for one in command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
        {
            let path = format!("{path} {}", one.get_name());
            commands(one, path.trim(), all);
        }
    }

    #[test]
    fn every_command_and_option_is_explained_in_chinese_and_nothing_else_is() {
        let mut all = Vec::new();
        commands(&declared(), "", &mut all);
        let mut used = std::collections::BTreeSet::new();
        for (path, command) in &all {
            assert!(text_of(ABOUT, path).is_some(), "`{path}`");
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                let of_command = format!("{path}.{id}");
                let key = if text_of(OPTIONS, &of_command).is_some() {
                    of_command
                } else {
                    id.to_owned()
                };
                let text = text_of(OPTIONS, &key).or_else(|| of_layer(id));
                assert!(text.is_some(), "`{path}` {id}");
                if let Some(heading) = arg.get_help_heading() {
                    assert!(text_of(HEADINGS, heading).is_some(), "{heading}");
                }
                used.insert(key);
            }
        }
        for (key, _) in OPTIONS {
            assert!(used.contains(*key), "`{key}` is no option");
        }
        for (path, _) in ABOUT {
            assert!(
                all.iter().any(|(one, _)| one == path),
                "`{path}` is no command"
            );
        }
    }

    #[test]
    fn every_example_can_be_parsed() {
        let mut all = Vec::new();
        commands(&declared(), "", &mut all);
        for (path, _) in &all {
            let given = examples(path).unwrap_or_else(|| panic!("`{path}` has no examples"));
            for line in given {
                let words = line.split(" | ").next().unwrap_or_default();
                let words: Vec<String> = words
                    .split_whitespace()
                    .map(|word| word.replace(['\'', '"'], ""))
                    .collect();
                if words[0] == "plotratio" && !line.contains('\'') && !line.contains(" > ") {
                    declared()
                        .try_get_matches_from(&words)
                        .unwrap_or_else(|why| panic!("{line}: {why}"));
                }
            }
        }
    }
}
