//! The command line itself → completions for a shell, manual pages.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use clap::{Arg, Command, CommandFactory as _};
use clap_complete::Shell;
use serde_json::{Value, json};

use super::arguments::Arguments;
use super::examples::examples;

/// Prints the script by which `shell` completes the command line.
pub(super) fn completions(shell: Shell) -> Result<(), Box<dyn Error>> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plotratio", &mut script);
    Ok(printed(&script)?)
}

/// Prints the manual page of the program, or writes it and one for each command into a folder.
pub(super) fn manual(folder: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let mut command = Arguments::command();
    command.build();
    let Some(folder) = folder else {
        return Ok(printed(&page(command)?)?);
    };
    fs::create_dir_all(folder).map_err(|why| format!("`{}`: {why}", folder.display()))?;
    for command in with_commands(command) {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let file = folder.join(format!("{name}.1"));
        fs::write(&file, page(command.clone())?)
            .map_err(|why| format!("`{}`: {why}", file.display()))?;
    }
    Ok(())
}

/// Prints bytes; a reader that has gone away is no error.
fn printed(bytes: &[u8]) -> io::Result<()> {
    match io::stdout().lock().write_all(bytes) {
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// A command, its arguments and the commands within it, for programs that start this one (`--json-usage`).
pub(super) fn json_usage(command: &Command) -> Value {
    of_command(command, "")
}

fn of_command(command: &Command, path: &str) -> Value {
    let within = command
        .get_subcommands()
        .filter(|one| one.get_name() != "help");
    let within = within.map(|one| {
        let path = format!("{path} {}", one.get_name());
        of_command(one, path.trim())
    });
    json!({
        "name": command.get_name(),
        "about": command.get_about().map(ToString::to_string),
        "arguments": command.get_arguments().map(of_argument).collect::<Vec<_>>(),
        "examples": examples(path),
        "commands": within.collect::<Vec<_>>(),
    })
}

fn of_argument(arg: &Arg) -> Value {
    let texts = |texts: &[clap::builder::OsStr]| -> Vec<String> {
        texts
            .iter()
            .map(|text| text.to_string_lossy().into_owned())
            .collect()
    };
    let values = arg.get_possible_values();
    json!({
        "id": arg.get_id().as_str(),
        "long": arg.get_long(),
        "short": arg.get_short(),
        "heading": arg.get_help_heading(),
        "help": arg.get_long_help().or(arg.get_help()).map(ToString::to_string),
        "takes_value": arg.get_action().takes_values(),
        "required": arg.is_required_set(),
        "repeats": matches!(arg.get_action(), clap::ArgAction::Append),
        "values": values.iter().map(clap::builder::PossibleValue::get_name).collect::<Vec<_>>(),
        "default": texts(arg.get_default_values()),
    })
}

/// A command and those within it, but for `help`.
fn with_commands(command: Command) -> Vec<Command> {
    let within: Vec<Command> = command.get_subcommands().cloned().collect();
    let within = within.into_iter().filter(|one| one.get_name() != "help");
    let within = within.flat_map(with_commands);
    let mut all: Vec<Command> = within.collect();
    all.insert(0, command);
    all
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}
