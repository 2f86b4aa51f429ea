//! `manifest.json` of a lake: what its Parquet files do not say.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::LakeError;
use crate::geometry::Crs;
use crate::model::{About, Account, City, Remarks};

/// What the readers of this version understand.
const FORMAT: u32 = 1;

/// The name of the file.
const FILE: &str = "manifest.json";

/// What is known of a lake beside its layers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this form.
    pub(super) format: u32,
    /// The version of the program that made it; another may understand the input otherwise.
    pub program: String,
    /// A sum over all that was read and decided: parts of results of another lake do not fit.
    pub id: String,
    /// The CRS of every shape.
    pub(super) crs: Crs,
    /// The layers and tables, by name.
    pub layers: BTreeMap<String, LayerFacts>,
    /// Columns of the parcels that lists hand on.
    pub(super) about: Vec<About>,
    /// The column by which results are summed up.
    pub(super) group_by: Option<String>,
    /// Whether the parcels are all land of those who hold them.
    pub(super) complete: bool,
    /// Whether layers that seem to lie elsewhere are used as they are.
    pub force: bool,
    /// What a reader must know of the input.
    pub(super) notes: Vec<String>,
    /// The sources as they were read, by layer: name and files.
    pub sources: BTreeMap<String, SourceOf>,
}

/// A source as it was read, as `summary.json` tells it.
pub type SourceOf = Value;

/// What is known of a layer beside its features.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct LayerFacts {
    /// How many features or rows were taken.
    pub features: u64,
    /// Where those of the input went.
    pub(super) account: Account,
    /// What was set aside for its shape; of tables what no row says.
    pub(super) left_out: Value,
}

impl Manifest {
    /// A new one of a city.
    pub(super) fn of((city, remarks): (&City, &Remarks), force: bool) -> Self {
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            id: String::new(),
            crs: city.crs.clone(),
            layers: BTreeMap::new(),
            about: city.about.clone(),
            group_by: city.group_by.clone(),
            complete: city.complete,
            force,
            notes: remarks.notes.clone(),
            sources: BTreeMap::new(),
        }
    }

    /// Whether a folder is a lake.
    pub(super) fn is_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Reads that of a folder.
    pub(super) fn read(folder: &Path) -> Result<Self, LakeError> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(LakeError::NoLake(folder.to_owned()));
        }
        let text = std::fs::read_to_string(&path).map_err(LakeError::io(&path))?;
        let manifest: Self =
            serde_json::from_str(&text).map_err(|why| LakeError::broken(&path, why))?;
        let own = env!("CARGO_PKG_VERSION");
        if manifest.format != FORMAT || manifest.program != own {
            let why = format!(
                "it was made by version {} of the program and this is {own}; ingest the city again",
                manifest.program
            );
            return Err(LakeError::broken(&path, why));
        }
        Ok(manifest)
    }

    /// Writes it into a folder.
    pub(super) fn write(&self, folder: &Path) -> Result<(), LakeError> {
        let path = folder.join(FILE);
        let text =
            serde_json::to_string_pretty(self).map_err(|why| LakeError::broken(&path, why))?;
        std::fs::write(&path, text + "\n").map_err(LakeError::io(&path))
    }
}
