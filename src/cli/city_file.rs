//! `CITY.toml`: the options of a scan in a file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::arguments::{LayerArguments, ScanArguments};
use super::choices::{AreaArgument, ViewerArgument, YesOrNo};
use crate::read::Source;
use crate::text::{read_toml, toml_fault};

/// The keys of `CITY.toml`. Paths are relative to the folder of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CityFile {
    parcels: Option<String>,
    buildings: Option<String>,
    storeys: Option<String>,
    plan: Option<String>,
    scattered: Option<String>,
    boundary: Option<String>,
    obstacles: Option<String>,
    lineage: Option<String>,
    enterprises: Option<String>,
    contracts: Option<String>,
    before: Option<String>,
    #[serde(default)]
    map: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default, rename = "where")]
    filter: BTreeMap<String, String>,
    #[serde(default)]
    layer_crs: BTreeMap<String, String>,
    #[serde(default)]
    transform: Transforms,
    #[serde(default)]
    encoding: BTreeMap<String, String>,
    crs: Option<String>,
    decisions: Option<std::path::PathBuf>,
    #[serde(default)]
    force: bool,
    #[serde(default)]
    complete: bool,
    area: Option<AreaArgument>,
    tolerance: Option<f64>,
    gap: Option<f64>,
    policy: Option<String>,
    as_of: Option<toml::value::Datetime>,
    #[serde(default)]
    reading: BTreeMap<String, String>,
    vacant_share: Option<Number>,
    setback: Option<f64>,
    open_mu: Option<Number>,
    inefficient: Option<String>,
    survey_layers: Option<String>,
    register: Option<std::path::PathBuf>,
    group_by: Option<String>,
    format: Option<OneOrMany>,
    only: Option<OneOrMany>,
    viewer: Option<ViewerArgument>,
    threads: Option<usize>,
    #[serde(default)]
    without_owners: bool,
    csv_bom: Option<bool>,
}

/// Parameters for all layers on another datum, or layer by layer.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Transforms {
    All(Transform),
    Each(BTreeMap<String, Transform>),
}

impl Default for Transforms {
    fn default() -> Self {
        Self::Each(BTreeMap::new())
    }
}

impl Transforms {
    fn texts(&self, city: &Path) -> Vec<String> {
        match self {
            Self::All(given) => vec![given.text(city)],
            Self::Each(layers) => layers
                .iter()
                .map(|(layer, given)| format!("{layer}={}", given.text(city)))
                .collect(),
        }
    }
}

/// `"none"`, a grid file, `"DX,DY,DZ,RX,RY,RZ,DS"`, or the seven numbers as a list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Transform {
    Text(String),
    Numbers(Vec<f64>),
}

impl Transform {
    /// As on the command line; a grid lies beside the city file.
    fn text(&self, city: &Path) -> String {
        match self {
            Self::Numbers(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                numbers.join(",")
            }
            Self::Text(text) => {
                let beside = city.parent().unwrap_or_else(|| Path::new("")).join(text);
                if beside.is_file() {
                    beside.to_string_lossy().into_owned()
                } else {
                    text.clone()
                }
            }
        }
    }
}

/// `0.05` or `"5 %"`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Number {
    Plain(f64),
    Text(String),
}

impl Number {
    fn text(self) -> String {
        match self {
            Self::Plain(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

/// `"geojson,csv"` or `["geojson", "csv"]`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// Why a city file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CityFileError {
    /// It cannot be read.
    #[error("`{path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// It is a folder.
    #[error("`{0}` is a folder; name a CITY.toml (a lake is for `plotratio scan` and `partition`)")]
    Folder(String),
    /// It is no city file.
    #[error("`{path}` is not a valid city file:\n{why}")]
    Invalid {
        /// The file.
        path: String,
        /// Where and what.
        why: String,
    },
}

/// Fills in from the file what the command line leaves open.
pub(super) fn fill_in(arguments: &mut ScanArguments, path: &Path) -> Result<(), CityFileError> {
    let name = || path.display().to_string();
    if path.is_dir() {
        return Err(CityFileError::Folder(name()));
    }
    let text = read_toml(path).map_err(|why| CityFileError::Unreadable { path: name(), why })?;
    let file: CityFile = toml::from_str(&text).map_err(|why| CityFileError::Invalid {
        path: name(),
        why: toml_fault(&why, &text),
    })?;
    fill_in_layers(&mut arguments.layers, &file, path);
    arguments.area = arguments.area.or(file.area);
    arguments.tolerance = arguments.tolerance.or(file.tolerance);
    arguments.gap = arguments.gap.or(file.gap);
    arguments.setback = arguments.setback.or(file.setback);
    let (share, mu) = (
        file.vacant_share.map(Number::text),
        file.open_mu.map(Number::text),
    );
    or(&mut arguments.vacant_share, share.as_deref());
    or(&mut arguments.open_mu, mu.as_deref());
    or(&mut arguments.survey_layers, file.survey_layers.as_deref());
    or(&mut arguments.inefficient, file.inefficient.as_deref());
    let register = file.register.map(|register| {
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        folder.join(register)
    });
    arguments.register = arguments.register.take().or(register);
    arguments.without_owners |= file.without_owners;
    arguments.csv_bom = arguments.csv_bom.or(file.csv_bom.map(Into::into));
    arguments.threads = arguments.threads.or(file.threads);
    or(&mut arguments.group_by, file.group_by.as_deref());
    or(&mut arguments.policy, file.policy.as_deref());
    or(
        &mut arguments.as_of,
        file.as_of.map(|day| day.to_string()).as_deref(),
    );
    let list = |given: Option<OneOrMany>| {
        given.map(|given| match given {
            OneOrMany::One(list) => list,
            OneOrMany::Many(list) => list.join(","),
        })
    };
    or(&mut arguments.format, list(file.format).as_deref());
    or(&mut arguments.only, list(file.only).as_deref());
    arguments.viewer = arguments.viewer.or(file.viewer);
    let given = file
        .reading
        .into_iter()
        .map(|(name, choice)| format!("{name}={choice}"));
    arguments.reading.splice(0..0, given);
    Ok(())
}

/// What comes later wins, so the file's own entries go before those of the command line.
fn fill_in_layers(layers: &mut LayerArguments, file: &CityFile, path: &Path) {
    let beside = |source: &Option<String>| source.as_deref().map(|source| beside(path, source));
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let decisions = file.decisions.as_ref().map(|file| folder.join(file));
    layers.decisions = layers.decisions.take().or(decisions);
    or(&mut layers.parcels, beside(&file.parcels).as_deref());
    or(&mut layers.buildings, beside(&file.buildings).as_deref());
    or(&mut layers.storeys, beside(&file.storeys).as_deref());
    or(&mut layers.plan, beside(&file.plan).as_deref());
    or(&mut layers.scattered, beside(&file.scattered).as_deref());
    or(&mut layers.boundary, beside(&file.boundary).as_deref());
    or(&mut layers.obstacles, beside(&file.obstacles).as_deref());
    or(&mut layers.lineage, beside(&file.lineage).as_deref());
    or(
        &mut layers.enterprises,
        beside(&file.enterprises).as_deref(),
    );
    or(&mut layers.contracts, beside(&file.contracts).as_deref());
    or(&mut layers.before, beside(&file.before).as_deref());
    or(&mut layers.crs, file.crs.as_deref());
    layers.force |= file.force;
    layers.complete |= file.complete;
    let maps = file.map.iter().flat_map(|(layer, fields)| {
        fields
            .iter()
            .map(move |(field, column)| format!("{layer}.{field}={column}"))
    });
    layers.map.splice(0..0, maps);
    let pairs = |entries: &BTreeMap<String, String>| {
        entries
            .iter()
            .map(|(layer, value)| format!("{layer}={value}"))
            .collect::<Vec<_>>()
    };
    layers.filter.splice(0..0, pairs(&file.filter));
    layers.layer_crs.splice(0..0, pairs(&file.layer_crs));
    layers.transform.splice(0..0, file.transform.texts(path));
    layers.encoding.splice(0..0, pairs(&file.encoding));
}

/// The options of a scan that are not about layers, as a city file has them; files by where they lie.
pub(super) fn options_text(arguments: &ScanArguments) -> Result<String, toml::ser::Error> {
    fn word<T: clap::ValueEnum>(choice: &T) -> String {
        let name = choice.to_possible_value();
        name.map_or_else(String::new, |value| value.get_name().to_owned())
    }
    let file = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let policy = arguments.policy.as_ref().map(|policy| {
        let path = Path::new(policy);
        let is_file = path.is_file();
        let absolute = || file(path).to_string_lossy().into_owned();
        if is_file { absolute() } else { policy.clone() }
    });
    let register = arguments.register.as_deref().map(file);
    let texts = [
        ("area", arguments.area.as_ref().map(word)),
        ("policy", policy),
        ("vacant_share", arguments.vacant_share.clone()),
        ("open_mu", arguments.open_mu.clone()),
        ("inefficient", arguments.inefficient.clone()),
        ("survey_layers", arguments.survey_layers.clone()),
        (
            "register",
            register.map(|path| path.to_string_lossy().into_owned()),
        ),
        ("format", arguments.format.clone()),
        ("only", arguments.only.clone()),
        ("viewer", arguments.viewer.as_ref().map(word)),
    ];
    let numbers = [
        ("tolerance", arguments.tolerance),
        ("gap", arguments.gap),
        ("setback", arguments.setback),
    ];
    let mut table = toml::Table::new();
    for (name, text) in texts {
        table.extend(text.map(|text| (name.to_owned(), toml::Value::String(text))));
    }
    for (name, number) in numbers {
        table.extend(number.map(|number| (name.to_owned(), toml::Value::Float(number))));
    }
    let as_of = arguments.as_of.as_ref().map(|day| match day.parse() {
        Ok(day) => toml::Value::Datetime(day),
        Err(_) => toml::Value::String(day.clone()),
    });
    table.extend(as_of.map(|day| ("as_of".to_owned(), day)));
    if arguments.without_owners {
        table.insert("without_owners".to_owned(), toml::Value::Boolean(true));
    }
    let mark = arguments.csv_bom.map(|wish| wish == YesOrNo::Yes);
    table.extend(mark.map(|mark| ("csv_bom".to_owned(), toml::Value::Boolean(mark))));
    let readings = arguments.reading.iter().filter_map(|reading| {
        let (name, choice) = reading.split_once('=')?;
        Some((name.to_owned(), toml::Value::String(choice.to_owned())))
    });
    let readings: toml::Table = readings.collect();
    if !readings.is_empty() {
        table.insert("reading".to_owned(), toml::Value::Table(readings));
    }
    toml::to_string(&table)
}

fn or(argument: &mut Option<String>, file: Option<&str>) {
    if argument.is_none() {
        *argument = file.map(str::to_owned);
    }
}

/// A source named in a city file or a check file, seen from where the program runs.
pub(super) fn beside(city: &Path, source: &str) -> String {
    match Source::parse(source) {
        Source::Database { .. } => source.to_owned(),
        Source::File { .. } => {
            let folder = city.parent().unwrap_or_else(|| Path::new(""));
            folder.join(source).to_string_lossy().into_owned()
        }
    }
}
