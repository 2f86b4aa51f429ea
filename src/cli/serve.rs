//! `plotratio serve`: a map of a finished run on this machine.

use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;

use super::say;
use crate::serve::{ServeOptions, serve};
use crate::write::Language;

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    /// The folder of a finished run of `scan`, with a map of its parcels (parquet and fgb open fastest).
    #[arg(value_name = "DIR")]
    run: PathBuf,
    /// The port to serve at [default: a free one].
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Print the address, and open no browser.
    #[arg(long)]
    no_open: bool,
    /// A base map to lie beneath: a PMTiles file. Nothing is ever fetched from elsewhere.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// The pack that the run was judged by, where it is one of your own.
    #[arg(long, value_name = "ID|FILE")]
    policy: Option<String>,
}

/// Serves a run until Ctrl-C.
pub(super) fn run(arguments: &ServeArguments, language: Language) -> Result<(), Box<dyn Error>> {
    let options = ServeOptions {
        run: arguments.run.clone(),
        port: arguments.port,
        base: arguments.base.clone(),
        policy: arguments.policy.clone(),
        language,
    };
    serve(&options, |address| {
        let text = language.of(
            "地图：{}\n仅本机可访问；按 Ctrl-C 结束。",
            "Map: {}\nFor this machine alone; Ctrl-C ends it.",
        );
        say(&text.replace("{}", address));
        if !arguments.no_open {
            open(address, language);
        }
    })?;
    Ok(())
}

/// Opens an address in the browser of the user; where there is none, it has been printed.
fn open(address: &str, language: Language) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    let started = command
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if started.is_err() {
        say(language.of(
            "未能打开浏览器，请自行打开上面的地址。",
            "No browser could be opened; open the address above yourself.",
        ));
    }
}
