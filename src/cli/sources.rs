//! The sources of the layers, by their options: one for each entry of [`LAYERS`].

use std::collections::BTreeMap;

use clap::error::Error;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use crate::model::{LAYERS, LayerEntry, LayerKind};

/// The source of each layer that is given.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources(pub(super) BTreeMap<LayerKind, String>);

/// The layers that have an option.
pub(super) fn options() -> impl Iterator<Item = &'static LayerEntry> {
    LAYERS
        .iter()
        .filter(|layer| LayerKind::ALL.contains(&layer.kind))
}

impl Args for Sources {
    fn augment_args(command: Command) -> Command {
        options().fold(command, |command, layer| {
            command.arg(
                Arg::new(layer.role.name)
                    .long(layer.role.name)
                    .value_name("SRC")
                    .help_heading("Layers")
                    .help(layer.takes),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Sources {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut sources = Self::default();
        sources.update_from_arg_matches(matches)?;
        Ok(sources)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        let given = options().filter_map(|layer| {
            let source = matches.get_one::<String>(layer.role.name)?;
            Some((layer.kind, source.clone()))
        });
        self.0.extend(given);
        Ok(())
    }
}
