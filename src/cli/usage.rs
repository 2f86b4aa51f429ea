//! The command line itself → completions for a shell, manual pages.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use super::arguments::Arguments;

/// Prints the script by which `shell` completes the command line.
pub(super) fn completions(shell: Shell) -> Result<(), Box<dyn Error>> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "plotratio", &mut script);
    Ok(io::stdout().lock().write_all(&script)?)
}

/// Prints the manual page of the program, or writes it and one for each command into a folder.
pub(super) fn manual(folder: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let mut command = Arguments::command();
    command.build();
    let Some(folder) = folder else {
        return Ok(io::stdout().lock().write_all(&page(command)?)?);
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
