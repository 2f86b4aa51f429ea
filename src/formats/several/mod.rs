//! Files of one kind, as a folder or a pattern names them → one layer, file after file.

mod named;

use std::path::{Path, PathBuf};

use arrow_array::new_null_array;

pub(super) use named::{files_below, named_by};

use super::choose::by_role;
use super::{Batch, Field, Layer, LayerSchema, OpenOptions, Source, SourceError};
use super::{describe_crs, open};

/// More files than this are one mistake rather than one layer.
const MOST_FILES: usize = 20_000;

/// Opens the one of some files that is meant: the one named behind the colon, the only one, the one that its role is known
/// by, or all of them as one layer where they are alike.
///
/// # Errors
/// When there is none, when several might be meant, or when it cannot be opened.
pub(super) fn choose(
    source: &Source,
    found: &[PathBuf],
    options: &OpenOptions,
) -> Result<Box<dyn Layer>, SourceError> {
    let stem = |path: &PathBuf| {
        let stem = path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    };
    let stems: Vec<String> = found.iter().map(stem).collect();
    let names = || {
        let names: Vec<String> = stems.iter().map(|stem| format!("`{stem}`")).collect();
        names.join(", ")
    };
    if let Some(layer) = source.layer() {
        let same = found.iter().zip(&stems).find(|(path, stem)| {
            *stem == layer || path.file_name().is_some_and(|name| name == layer)
        });
        return match (same, found) {
            (Some((path, _)), _) => open(&of_file(path), options),
            (None, [path]) => open(
                &Source::File {
                    path: path.clone(),
                    layer: Some(layer.to_owned()),
                },
                options,
            ),
            _ => Err(SourceError::NoLayer {
                name: without_layer(source),
                layer: layer.to_owned(),
                there: names(),
            }),
        };
    }
    match found {
        [] => Err(SourceError::unreadable(
            source,
            "it holds no layer that can be read (Shapefile, GeoPackage, file geodatabase, GeoJSON, KML, GML, DXF, \
             GeoParquet, 勘测定界 text, CSV, XLSX)",
        )),
        [path] => open(&of_file(path), options),
        _ => {
            if let Some(at) = by_role(options.role, &stems) {
                return open(&of_file(&found[at]), options);
            }
            alike(source, found, options).unwrap_or_else(|| {
                Err(SourceError::WhichLayer {
                    name: without_layer(source),
                    first: stems[0].clone(),
                    there: names(),
                })
            })
        }
    }
}

/// The source as the user wrote it, without the layer.
pub(super) fn without_layer(source: &Source) -> String {
    let path = super::file::path_of(source);
    path.map_or_else(|_| source.to_string(), |path| path.display().to_string())
}

/// The files as one layer where all have the same fields and the same extension; nothing where they are different layers.
pub(super) fn alike(
    source: &Source,
    files: &[PathBuf],
    options: &OpenOptions,
) -> Option<Result<Box<dyn Layer>, SourceError>> {
    let extension = |path: &PathBuf| path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    if files
        .windows(2)
        .any(|pair| extension(&pair[0]) != extension(&pair[1]))
    {
        return None;
    }
    let names = |path: &PathBuf| {
        let layer = open(&of_file(path), options).ok()?;
        let schema = layer.schema();
        let mut names: Vec<String> = schema.fields.iter().map(|f| f.name.clone()).collect();
        names.sort();
        Some((names, schema.has_geometry))
    };
    let first = names(files.first()?)?;
    files[1..]
        .iter()
        .all(|path| names(path).as_ref() == Some(&first))
        .then(|| open_all(source, files, options))
}

fn of_file(path: &Path) -> Source {
    Source::File {
        path: path.to_owned(),
        layer: None,
    }
}

/// Opens all files as one layer: its fields are those of any of them, its rows those of the first, then of the second…
///
/// # Errors
/// When a file cannot be opened, or some lie in another CRS or have no geometry.
pub(super) fn open_all(
    source: &Source,
    files: &[PathBuf],
    options: &OpenOptions,
) -> Result<Box<dyn Layer>, SourceError> {
    let [first, ..] = files else {
        return Err(SourceError::NotFound(source.to_string()));
    };
    if files.len() > MOST_FILES {
        let why = format!("it holds {} files, more than {MOST_FILES}", files.len());
        return Err(SourceError::unreadable(source, why));
    }
    let name = super::file::path_of(source)?;
    let name = name.file_stem().unwrap_or_default().to_string_lossy();
    let mut all = Several {
        schema: LayerSchema {
            name: name.into_owned(),
            feature_count: Some(0),
            notes: vec![format!("{} files read as one layer", files.len())],
            ..LayerSchema::default()
        },
        source: source.clone(),
        parts: Vec::new(),
        options: options.clone(),
    };
    for (number, path) in files.iter().enumerate() {
        let layer = open(&of_file(path), options)?;
        let (schema, known) = (layer.schema(), &mut all.schema);
        if number == 0 {
            known.has_geometry = schema.has_geometry;
            known.crs.clone_from(&schema.crs);
        } else if schema.has_geometry != known.has_geometry
            || !same_crs(schema.crs.as_deref(), known.crs.as_deref())
        {
            let file = |path: &Path| {
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            };
            let why = format!(
                "`{}` and `{}` are not of one CRS, or only one has geometry; they cannot be read as one layer: name one of them",
                file(first),
                file(path)
            );
            return Err(SourceError::unreadable(source, why));
        }
        all.add(path, schema);
    }
    Ok(Box::new(all))
}

fn same_crs(one: Option<&str>, other: Option<&str>) -> bool {
    let label = |crs: Option<&str>| crs.map(|crs| describe_crs(crs).map(|crs| crs.definition));
    one == other || label(one) == label(other)
}

/// A file of the layer, and which of its fields each field of the layer is.
struct FileLayer {
    path: PathBuf,
    places: Vec<Option<usize>>,
}

struct Several {
    schema: LayerSchema,
    source: Source,
    parts: Vec<FileLayer>,
    options: OpenOptions,
}

impl Several {
    fn add(&mut self, path: &Path, more: &LayerSchema) {
        let all = &mut self.schema;
        for field in &more.fields {
            if all.fields.iter().all(|known| known.name != field.name) {
                all.fields.push(field.clone());
            }
        }
        let place = |field: &Field| more.fields.iter().position(|own| own.name == field.name);
        self.parts.push(FileLayer {
            path: path.to_owned(),
            places: all.fields.iter().map(place).collect(),
        });
        let count = all.feature_count.zip(more.feature_count);
        all.feature_count = count.map(|(all, more)| all + more);
        for name in &more.left_out {
            if !all.left_out.contains(name) {
                all.left_out.push(name.clone());
            }
        }
        self.hear(&more.notes);
    }

    /// What several files say is said once.
    fn hear(&mut self, notes: &[String]) {
        for note in notes {
            if self.schema.notes.len() < 50 && !self.schema.notes.contains(note) {
                self.schema.notes.push(note.clone());
            }
        }
    }
}

impl Layer for Several {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let (mut batches, mut rows) = (Vec::new(), 0);
        for part in 0..self.parts.len() {
            let FileLayer { path, places } = &self.parts[part];
            let places: Vec<Option<usize>> = columns
                .iter()
                .map(|&column| places.get(column).copied().flatten())
                .collect();
            let mut layer = open(&of_file(path), &self.options)?;
            let there: Vec<usize> = places.iter().copied().flatten().collect();
            if there.iter().any(|&at| at >= layer.schema().fields.len()) {
                return Err(SourceError::unreadable(
                    &self.source,
                    "it changed while it was read",
                ));
            }
            let read = layer.read(&there, progress)?;
            let notes = layer.schema().notes.clone();
            drop(layer);
            self.hear(&notes);
            for mut batch in read {
                let mut own = std::mem::take(&mut batch.columns).into_iter();
                let column = |(place, &column): (&Option<usize>, &usize)| {
                    let own = place.and_then(|_| own.next());
                    own.unwrap_or_else(|| {
                        new_null_array(&self.schema.fields[column].kind, batch.rows)
                    })
                };
                batch.columns = places.iter().zip(columns).map(column).collect();
                batch.first_row = rows;
                rows += batch.rows as u64;
                batches.push(batch);
            }
        }
        Ok(batches)
    }
}
