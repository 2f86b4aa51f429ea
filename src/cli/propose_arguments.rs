//! The command line of `propose` as the user types it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::arguments::ScanArguments;

#[derive(Clone, Debug, Args)]
pub(super) struct ProposeArguments {
    /// What to propose.
    #[arg(value_enum)]
    pub(super) kind: ProposalArgument,
    #[command(flatten)]
    pub(super) scan: ScanArguments,
    /// The parcels to propose for, by id; a split is of each, a merge of all of them.
    #[arg(
        long,
        value_name = "ID",
        num_args = 1..,
        conflicts_with = "all",
        help_heading = "Proposing"
    )]
    pub(super) parcel: Vec<String>,
    /// Propose for every industrial parcel of the city.
    #[arg(long, help_heading = "Proposing")]
    pub(super) all: bool,
    /// How many proposals: ways to split a parcel, or merges in all [default: 3 ways, 1000 merges].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), help_heading = "Proposing")]
    pub(super) most: Option<u32>,
    #[command(flatten)]
    pub(super) split: SplitArguments,
    #[command(flatten)]
    pub(super) merge: MergeArguments,
}

/// What splits are wished for.
#[derive(Clone, Debug, Args)]
pub(super) struct SplitArguments {
    /// How many lots [default: 2].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=6), help_heading = "Splits")]
    pub(super) lots: Option<u8>,
    /// The least area of a lot in 亩 [default: the bound of the policy].
    #[arg(long, value_name = "MU", help_heading = "Splits")]
    pub(super) min_mu: Option<String>,
    /// The areas of the lots in 亩, by commas, as `12,10,15`; the number of lots follows from them. They are taken in
    /// proportion where they come to the parcel's area within 1 %.
    #[arg(long, value_name = "MU,MU…", help_heading = "Splits")]
    pub(super) areas: Option<String>,
    /// How near to a wall a lot line may run, in metres; a choice of this program, not of any law.
    #[arg(
        long,
        value_name = "METRES",
        default_value_t = 1.0,
        help_heading = "Splits"
    )]
    pub(super) wall_distance: f64,
    /// How much boundary open to the outside every lot must have in one stretch, in metres; a choice of this program.
    #[arg(
        long,
        value_name = "METRES",
        default_value_t = 4.0,
        help_heading = "Splits"
    )]
    pub(super) access: f64,
    /// How many bends a lot line may have.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=2), help_heading = "Splits")]
    pub(super) bends: u8,
}

/// What merges are wished for.
#[derive(Clone, Debug, Args)]
pub(super) struct MergeArguments {
    /// Which parcels may go together [default: those of one holder, or any with those named by `--parcel`].
    #[arg(long, value_enum, help_heading = "Merges")]
    pub(super) group: Option<GroupArgument>,
    /// The most parcels of a group, with `--group any`.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=5), help_heading = "Merges")]
    pub(super) group_size: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProposalArgument {
    /// Ways to divide a parcel into lots (分割).
    Split,
    /// Neighbouring parcels that could be one (合并).
    Merge,
    /// What a zero-land upgrade of a site would take, solved backwards (零增地技改反算).
    Upgrade,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GroupArgument {
    /// Neighbours of one and the same holder (同一权利人).
    Holder,
    /// Any neighbours that fit the rules.
    Any,
}

impl ProposeArguments {
    /// The city file, where it was typed behind the ids of parcels and taken for one of them.
    pub(super) fn settle(mut self) -> Self {
        let is_city = |id: &String| {
            let path = Path::new(id);
            path.extension().is_some_and(|of| of == "toml") && path.is_file()
        };
        if self.scan.city.is_none()
            && self.parcel.len() > 1
            && self.parcel.last().is_some_and(is_city)
        {
            self.scan.city = self.parcel.pop().map(PathBuf::from);
        }
        self
    }
}
