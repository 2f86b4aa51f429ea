//! The command line of `rules` as the user types it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(super) struct RulesArguments {
    #[command(subcommand)]
    pub(super) command: Option<RulesCommand>,
    /// The policy: a known id or a pack's TOML file.
    #[arg(
        long,
        value_name = "ID|FILE",
        default_value = "taizhou-2021",
        global = true
    )]
    pub(super) policy: String,
    /// The day whose versions of the rules are meant [default: today].
    #[arg(long, value_name = "DATE", global = true)]
    pub(super) as_of: Option<String>,
    /// Print JSON.
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// The rules of the policy, each with its article, kinds and days.
    List,
    /// A rule in full: article, conditions, amounts, readings, and every fact it can ask for.
    Show {
        /// The rule, as `scattered-land`.
        rule: String,
    },
    /// Write a commented pack of your own to start from; a file that is there is left alone.
    New {
        /// The TOML file to write.
        #[arg(value_name = "MY.toml")]
        file: PathBuf,
        /// The pack to build upon: a known id or a file.
        #[arg(long, value_name = "ID|FILE", default_value = "taizhou-2021")]
        extends: String,
    },
    /// Check a pack: what it holds and its gaps, or where its mistake is.
    Check {
        /// A pack's TOML file, or a known id.
        #[arg(value_name = "PACK.toml")]
        pack: String,
    },
}
