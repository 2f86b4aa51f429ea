//! `CITY.toml`: the options of a scan in a file. Its keys are the options themselves, as `arguments.rs` has them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::{Args as _, Command};
use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::arguments::{LayerArguments, ScanArguments};
use super::result_arguments::{OutputArguments, ResultArguments};
use super::sources::{Sources, options};
use crate::formats::Source;
use crate::text::{Fault, meant, read_toml, toml_fault};

/// The options of a scan that are no keys: they say where results go, and of which part.
const NO_KEYS: [&str; 3] = ["out", "part", "part_size"];

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
    /// It is a layer.
    #[error(
        "`{path}` is a layer and no CITY.toml: give it as one, `--{option} {path}`, or write `{option} = '{path}'` into a CITY.toml"
    )]
    Layer {
        /// The file.
        path: String,
        /// The option of the layer that its name speaks of.
        option: &'static str,
    },
    /// It is no city file.
    #[error("`{path}` is not a valid city file:\n{why}")]
    Invalid {
        /// The file.
        path: String,
        /// Where and what.
        why: String,
    },
}

/// Fills in from the file what the command line leaves open. Of options that may be repeated the file's entries come first:
/// what comes later wins.
pub(super) fn fill_in(arguments: &mut ScanArguments, path: &Path) -> Result<(), CityFileError> {
    let name = || path.display().to_string();
    if is_layer(path) {
        return Err(CityFileError::Layer {
            path: name(),
            option: option_of(path),
        });
    }
    if path.is_dir() {
        return Err(CityFileError::Folder(name()));
    }
    let text = read_toml(path).map_err(|why| CityFileError::Unreadable { path: name(), why })?;
    let invalid = |why| CityFileError::Invalid { path: name(), why };
    let failed = |why: toml::de::Error| invalid(toml_fault(&why, &text));
    check_keys(&text).map_err(invalid)?;
    let mut layers: LayerArguments = toml::from_str(&text).map_err(failed)?;
    let results: ResultArguments = toml::from_str(&text).map_err(failed)?;
    let to: OutputArguments = toml::from_str(&text).map_err(failed)?;
    let mut rest: ScanArguments = toml::from_str(&text).map_err(failed)?;
    layers.sources = sources(&text);
    layers.seen_from(path);
    rest.register = rest.register.map(|file| path.with_file_name("").join(file));
    let mut sources = std::mem::take(&mut layers.sources);
    sources.0.append(&mut arguments.layers.sources.0);
    let layers = LayerArguments {
        sources,
        ..merged(&layers, &arguments.layers).map_err(invalid)?
    };
    let results = merged(&results, &arguments.results).map_err(invalid)?;
    let rest = merged(&rest, &*arguments).map_err(invalid)?;
    *arguments = ScanArguments {
        city: arguments.city.take(),
        to: OutputArguments {
            out: std::mem::take(&mut arguments.to.out),
            ..merged(&to, &arguments.to).map_err(invalid)?
        },
        parts: std::mem::take(&mut arguments.parts),
        layers,
        results,
        ..rest
    };
    Ok(())
}

/// Endings of files and folders of layers and tables.
const LAYER_ENDINGS: [&str; 22] = [
    "shp", "dbf", "gpkg", "gdb", "mdb", "geojson", "json", "fgb", "parquet", "gml", "kml", "kmz",
    "csv", "xlsx", "xls", "et", "ods", "dxf", "tab", "mif", "sqlite", "zip",
];

/// Whether a file ends as layers do, or names a layer in a file that does.
fn is_layer(path: &Path) -> bool {
    let source = Source::parse(&path.to_string_lossy());
    let ends_so = LAYER_ENDINGS.contains(&source.extension().as_str());
    ends_so && (path.exists() || source.layer().is_some())
}

/// The option of the layer that a file is called after; of parcels where it is called after none.
fn option_of(path: &Path) -> &'static str {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let called = |name: &&str| stem.to_lowercase().contains(&name.to_lowercase());
    // a long name says more than one that may be a part of any word
    let named = options().filter_map(|layer| {
        let long = layer.role.called.iter().filter(|name| name.len() > 3);
        let longest = long
            .filter(|name| called(name))
            .map(|name| name.len())
            .max()?;
        Some((longest, layer.role.name))
    });
    named.max().map_or("parcels", |(_, name)| name)
}

/// Says where a key stands that is none, and what is meant.
fn check_keys(text: &str) -> Result<(), String> {
    let table = DeTable::parse(text).map_err(|why| toml_fault(&why, text))?;
    let command = ScanArguments::augment_args(Command::new("scan"));
    let keys: Vec<String> = command
        .get_arguments()
        .filter_map(|option| Some(option.get_long()?.replace('-', "_")))
        .filter(|key| !NO_KEYS.contains(&key.as_str()))
        .collect();
    let is_known = |key: &str| keys.iter().any(|known| known == key);
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        let what = if !is_known(name) {
            let called =
                options().find(|layer| layer.zh == name || layer.role.called.contains(&name));
            let like = match called {
                Some(layer) => format!(" (is `{}` meant?)", layer.role.name),
                None => meant(name, keys.iter()),
            };
            format!(
                "there is no key `{name}`{like}; there are {}",
                keys.join(", ")
            )
        } else if options().any(|layer| layer.role.name == name)
            && value.get_ref().as_str().is_none()
        {
            format!("`{name}` must be a source in quotes, as `{name} = \"city.gpkg\"`")
        } else if let Some(right) = escaped_path(text, value) {
            format!("a path with \\ stands in single quotes: {name} = {right}")
        } else {
            continue;
        };
        return Err(Fault::new(key.span(), what).shown_in(text));
    }
    Ok(())
}

/// A path in double quotes of which `\t` or `\n` made a tab or a new line, in the quotes that leave it as it is.
fn escaped_path(text: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
    let path = value.get_ref().as_str()?;
    let written = text.get(value.span())?;
    let is_broken = path.contains(char::is_control) && written.contains('\\');
    let plain = written.trim_matches('"').replace("\\\\", "\\");
    is_broken.then(|| format!("'{plain}'"))
}

/// The layers of a file whose keys are known.
fn sources(text: &str) -> Sources {
    let table: Table = text.parse().unwrap_or_default();
    let given = options().filter_map(|layer| {
        let source = table.get(layer.role.name)?.as_str()?;
        Some((layer.kind, source.to_owned()))
    });
    Sources(given.collect())
}

/// The options of a file with those of a command line over them.
fn merged<T: Serialize + DeserializeOwned>(file: &T, line: &T) -> Result<T, String> {
    let table = |options: &T| Table::try_from(options).map_err(|why| why.to_string());
    let mut both = table(file)?;
    for (key, value) in table(line)? {
        match (both.get_mut(&key), value) {
            (Some(Value::Array(entries)), Value::Array(more)) => entries.extend(more),
            (Some(Value::Boolean(of_file)), Value::Boolean(wanted)) => *of_file |= wanted,
            (_, value) => {
                both.insert(key, value);
            }
        }
    }
    both.try_into()
        .map_err(|why: toml::de::Error| why.to_string())
}

/// The options of a scan that are not about layers, as a city file has them; files by where they lie.
pub(super) fn options_text(arguments: &ScanArguments) -> Result<String, toml::ser::Error> {
    let file = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let policy = arguments.policy.as_deref().map(|policy| {
        let path = Path::new(policy);
        let absolute = path.is_file().then(|| file(path));
        absolute.map_or(Cow::Borrowed(policy), |path| {
            path.to_string_lossy().into_owned().into()
        })
    });
    let mut options = Table::try_from(&ScanArguments {
        policy: policy.map(Cow::into_owned),
        register: arguments.register.as_deref().map(file),
        group_by: None,
        ..arguments.clone()
    })?;
    options.extend(Table::try_from(&ResultArguments {
        threads: None,
        ..arguments.results.clone()
    })?);
    toml::to_string(&options)
}

impl LayerArguments {
    /// What lies beside a file that names it, seen from where the program runs.
    fn seen_from(&mut self, city: &Path) {
        for source in self.sources.0.values_mut() {
            *source = beside(city, source);
        }
        let near = |file: &str| city.with_file_name("").join(file);
        self.decisions = (self.decisions.take()).map(|file| city.with_file_name("").join(file));
        for given in &mut self.transform {
            let (layer, grid) = match given.split_once('=') {
                Some((layer, grid)) => (format!("{layer}="), grid),
                None => (String::new(), given.as_str()),
            };
            let path: PathBuf = near(grid);
            if path.is_file() {
                *given = format!("{layer}{}", path.to_string_lossy());
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LayerKind;

    fn filled(text: &str, line: ScanArguments) -> Result<ScanArguments, String> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("CITY.toml");
        std::fs::write(&path, text).unwrap();
        let mut arguments = line;
        fill_in(&mut arguments, &path).map_err(|why| why.to_string())?;
        Ok(arguments)
    }

    #[test]
    fn the_command_line_wins_and_repeated_options_add_up() {
        let line = ScanArguments {
            tolerance: Some(0.1),
            reading: vec!["far_site=original".into()],
            to: OutputArguments {
                quiet: true,
                ..OutputArguments::default()
            },
            layers: LayerArguments {
                map: vec!["parcels.id=B".into()],
                ..LayerArguments::default()
            },
            ..ScanArguments::default()
        };
        let text = "parcels = 'p.gpkg'\noverwrite = true\njson = false\ntolerance = 0.5\ngap = 2\nas_of = 2022-06-01\nformat = ['csv', 'xlsx']\nvacant_share = 0.07\n\
                    complete = true\ncsv_bom = true\n[map.parcels]\nid = 'A'\n[reading]\nland_scope = 'cumulative'";
        let all = filled(text, line).unwrap();
        assert_eq!((all.tolerance, all.gap), (Some(0.1), Some(2.0)));
        assert_eq!(all.as_of.as_deref(), Some("2022-06-01"));
        assert_eq!(all.results.format.as_deref(), Some("csv,xlsx"));
        assert_eq!(all.vacant_share.as_deref(), Some("0.07"));
        assert_eq!(all.reading, ["land_scope=cumulative", "far_site=original"]);
        assert_eq!(all.layers.map, ["parcels.id=A", "parcels.id=B"]);
        assert!(all.layers.complete && all.to.quiet && all.to.overwrite && !all.to.json);
        assert!(all.results.csv_bom.is_some());
        let parcels = &all.layers.sources.0[&LayerKind::Parcels];
        assert!(Path::new(parcels).is_absolute() && parcels.ends_with("p.gpkg"));
    }

    #[test]
    fn what_is_no_key_is_shown_where_it_stands() {
        let why = filled("parcels = 'p'\ntolerence = 1", ScanArguments::default()).unwrap_err();
        assert!(why.contains("line 2, column 1"), "{why}");
        assert!(why.contains("(is `tolerance` meant?)"), "{why}");
        for key in NO_KEYS {
            let why = filled(&format!("{key} = 'x'"), ScanArguments::default()).unwrap_err();
            assert!(why.contains(&format!("no key `{key}`")), "{why}");
        }
        let why = filled("\"宗地\" = 'p.shp'", ScanArguments::default()).unwrap_err();
        assert!(why.contains("(is `parcels` meant?)"), "{why}");
        let windows = r#"parcels = "D:\temp\new.shp""#;
        let why = filled(windows, ScanArguments::default()).unwrap_err();
        assert!(
            why.contains(r"single quotes: parcels = 'D:\temp\new.shp'"),
            "{why}"
        );
        let why = filled("gap = 'wide'", ScanArguments::default()).unwrap_err();
        assert!(why.contains("line 1"), "{why}");
    }

    #[test]
    fn a_layer_in_the_place_of_a_city_file_is_told_its_option() {
        let home = tempfile::tempdir().unwrap();
        for (name, option) in [
            ("宗地.shp", "--parcels"),
            ("数据.gpkg", "--parcels"),
            ("自然幢.geojson", "--buildings"),
            ("enterprises 2021.xlsx", "--enterprises"),
            ("plan_blocks.fgb", "--plan"),
        ] {
            let path = home.path().join(name);
            std::fs::write(&path, b"\x00\xff\xfe").unwrap();
            let mut line = ScanArguments::default();
            let why = fill_in(&mut line, &path).unwrap_err().to_string();
            assert!(why.contains("is a layer"), "{why}");
            assert!(why.contains(&format!("`{option} ")), "{why}");
        }
        let folder = home.path().join("市.gdb");
        std::fs::create_dir(&folder).unwrap();
        let why = fill_in(&mut ScanArguments::default(), &folder).unwrap_err();
        assert!(matches!(why, CityFileError::Layer { .. }), "{why}");
    }

    #[test]
    fn every_option_that_is_a_key_is_read_from_a_file() {
        let command = ScanArguments::augment_args(Command::new("scan"));
        let longs = command.get_arguments().filter_map(|of| of.get_long());
        let keys: Vec<String> = longs.map(|long| long.replace('-', "_")).collect();
        let values = ["'plane'", "'amap'", "'x'", "1", "true", "{ parcels = 'x' }"];
        for key in keys.iter().filter(|key| !NO_KEYS.contains(&key.as_str())) {
            let said = values.iter().any(|value| {
                let filled = filled(&format!("{key} = {value}"), ScanArguments::default());
                filled.is_ok_and(|all| {
                    let mut table = Table::try_from(&all).unwrap();
                    table.extend(Table::try_from(&all.results).unwrap());
                    table.extend(Table::try_from(&all.layers).unwrap());
                    table.extend(Table::try_from(&all.to).unwrap());
                    let sources = all.layers.sources.0.into_iter();
                    table.extend(
                        sources.map(|(layer, of)| (layer.name().into(), Value::String(of))),
                    );
                    let said = table.get(key);
                    said.is_some_and(|value| {
                        *value != Value::Boolean(false) && *value != Value::Array(Vec::new())
                    })
                })
            });
            assert!(said, "{key}");
        }
    }
}
