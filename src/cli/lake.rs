//! `plotratio ingest`, and what a scan takes of a lake.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use super::arguments::{LayerArguments, ScanArguments};
use super::city_file::{fill_in, options_text};
use super::inputs::inputs;
use super::lake_arguments::IngestArguments;
use super::progress::Bars;
use super::results::sources;
use super::scan::options;
use super::{say, use_threads};
use crate::lake::{Lake, OPTIONS};
use crate::model::LayerKind;
use crate::progress::Progress as _;
use crate::read::read_city;
use crate::write::{Language, SourceFacts};

/// Reads a city and writes it as a lake.
pub(super) fn ingest(
    arguments: &IngestArguments,
    language: Language,
) -> Result<(), Box<dyn Error>> {
    let mut of_scan = ScanArguments {
        layers: arguments.layers.clone(),
        group_by: arguments.group_by.clone(),
        ..ScanArguments::default()
    };
    if let Some(city) = &arguments.city {
        if Lake::is_in(city) {
            let shown = city.display();
            return Err(format!("`{shown}` is a lake already; name a CITY.toml").into());
        }
        fill_in(&mut of_scan, city)?;
    }
    // what no scan could be told is refused before anything is read
    options(&of_scan)?;
    use_threads(arguments.threads)?;
    let mut inputs = inputs(&of_scan.layers)?;
    inputs.group_by.clone_from(&of_scan.group_by);
    let text = options_text(&of_scan)?;
    let bars = Bars::new(arguments.quiet, language);
    let (sources, city) = rayon::join(|| sources(&inputs), || read_city(&inputs, &bars));
    let (sources, (city, remarks)) = (sources?, city?);
    bars.step("lake", None);
    let sources = sources
        .into_iter()
        .map(|(layer, facts)| Ok((layer.to_owned(), serde_json::to_value(facts)?)))
        .collect::<Result<BTreeMap<_, _>, serde_json::Error>>()?;
    let target = (arguments.out.as_path(), arguments.overwrite);
    let manifest = crate::lake::ingest((&city, &remarks), target, (&text, inputs.force), sources)?;
    drop(bars);
    if !arguments.quiet {
        for (layer, facts) in &manifest.layers {
            say(&format!("{:>12}  {layer}", facts.features));
        }
        let place = arguments.out.display();
        say(&language
            .of("数据湖：{}", "Lake: {}")
            .replace("{}", &place.to_string()));
    }
    Ok(())
}

/// Opens the lake that a scan names, and takes what its city file said beside the layers.
pub(super) fn opened(arguments: &mut ScanArguments, folder: &Path) -> Result<Lake, Box<dyn Error>> {
    let of_group = || arguments.group_by.is_some().then(|| "group-by".to_owned());
    let given = layer_option(&arguments.layers)?.or_else(of_group);
    if let Some(option) = given {
        return Err(format!(
            "`--{option}` cannot be given with a lake: layers are read and understood by `plotratio ingest`; ingest the city again"
        )
        .into());
    }
    let lake = Lake::open(folder)?;
    fill_in(arguments, &folder.join(OPTIONS))?;
    Ok(lake)
}

/// The first option about layers that is given.
fn layer_option(layers: &LayerArguments) -> Result<Option<String>, toml::ser::Error> {
    let first = layers.sources.0.keys().next();
    let mut given = toml::Table::try_from(layers)?.into_iter();
    let given = given.find(|(_, value)| {
        let nothing = [toml::Value::Boolean(false), toml::Value::Array(Vec::new())];
        !nothing.contains(value)
    });
    let name = first.map(|layer| layer.name().to_owned());
    Ok(name.or_else(|| Some(given?.0.replace('_', "-"))))
}

/// The sources of a lake, as they were read.
pub(super) fn sources_of(
    lake: &Lake,
) -> Result<BTreeMap<&'static str, SourceFacts>, serde_json::Error> {
    let all = LayerKind::ALL.into_iter();
    let named = all.filter_map(|layer| {
        let facts = lake.manifest.sources.get(layer.name())?;
        Some((layer.name(), facts))
    });
    named
        .map(|(name, facts)| Ok((name, serde_json::from_value(facts.clone())?)))
        .collect()
}
