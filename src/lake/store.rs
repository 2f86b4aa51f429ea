//! A city → a lake, and back: all of it, or what comes into a window.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::manifest::LayerFacts;
use super::{LakeError, Manifest, SourceOf, Staged, defects, layer, tables};
use crate::geometry::{Bounds, Crs};
use crate::model::{
    Account, City, ContractTable, Decisions, EnterpriseTable, Layer, LayerKind, LineageTable,
    Remarks,
};

/// The name of the file of decisions.
pub const DECISIONS: &str = "decisions.toml";

/// The name of the file of options.
pub const OPTIONS: &str = "city.toml";

const DEFECTS: &str = "defects.parquet";

/// Where a layer lies.
fn file(folder: &Path, layer: LayerKind) -> PathBuf {
    folder.join(format!("{}.parquet", layer.name()))
}

/// Writes a city as a lake at `target`; `options` are those of its `CITY.toml` that are not about layers, `sources` as
/// `summary.json` tells them.
///
/// # Errors
/// When the folder holds something and may not be replaced, or a file cannot be written.
pub fn ingest(
    (city, remarks): (&City, &Remarks),
    (target, overwrite): (&Path, bool),
    (options, force): (&str, bool),
    sources: BTreeMap<String, SourceOf>,
) -> Result<Manifest, LakeError> {
    let staged = Staged::begin(target, "manifest.json", overwrite)?;
    let mut writing = Writing {
        folder: staged.path(),
        city,
        manifest: Manifest::of((city, remarks), force),
    };
    writing.manifest.sources = sources;
    writing.layers()?;
    writing.tables()?;
    let name = |path: &Path| path.join(DEFECTS);
    defects::write_defects(&name(staged.path()), &remarks.defects, "")?;
    let mut manifest = writing.manifest;
    let path = staged.path().join(DECISIONS);
    let decisions =
        toml::to_string_pretty(&city.decisions).map_err(|why| LakeError::broken(&path, why))?;
    std::fs::write(&path, &decisions).map_err(LakeError::io(&path))?;
    let path = staged.path().join(OPTIONS);
    std::fs::write(&path, options).map_err(LakeError::io(&path))?;
    manifest.id = id(&manifest, &decisions)?;
    manifest.write(staged.path())?;
    staged.commit()?;
    Ok(manifest)
}

/// The sum over what was read and decided.
fn id(manifest: &Manifest, decisions: &str) -> Result<String, LakeError> {
    let text = serde_json::to_string(manifest)
        .map_err(|why| LakeError::broken(Path::new("manifest.json"), why))?;
    let sum = Sha256::new().chain_update(text).chain_update(decisions);
    let mut hex = format!("{:x}", sum.finalize());
    hex.truncate(32);
    Ok(hex)
}

/// A lake that is being written.
struct Writing<'a> {
    folder: &'a Path,
    city: &'a City,
    manifest: Manifest,
}

impl Writing<'_> {
    fn layers(&mut self) -> Result<(), LakeError> {
        let city = self.city;
        self.layer(LayerKind::Parcels, Some(&city.parcels))?;
        self.layer(LayerKind::Buildings, city.buildings.as_ref())?;
        self.layer(LayerKind::Plan, city.plan.as_ref())?;
        self.layer(LayerKind::Scattered, city.scattered.as_ref())?;
        self.layer(LayerKind::Boundary, city.boundary.as_ref())?;
        self.layer(LayerKind::Obstacles, city.obstacles.as_ref())?;
        self.layer(LayerKind::Before, city.before.as_ref())
    }

    fn tables(&mut self) -> Result<(), LakeError> {
        let city = self.city;
        let storeys = city.storeys.as_ref().map(tables::storey_rows);
        let of_table = |account: Account| (account, Value::Null);
        self.table(
            LayerKind::Storeys,
            storeys.as_deref(),
            of_table(Account::default()),
        )?;
        let lineage = city.lineage.as_ref();
        let of_lineage = lineage.map(|table| (table.account, json!(table.open)));
        self.table(
            LayerKind::Lineage,
            lineage.map(|table| table.rows.as_slice()),
            of_lineage.unwrap_or_default(),
        )?;
        let enterprises = city.enterprises.as_ref();
        self.table(
            LayerKind::Enterprises,
            enterprises.map(|table| table.rows.as_slice()),
            of_table(enterprises.map(|table| table.account).unwrap_or_default()),
        )?;
        let contracts = city.contracts.as_ref();
        self.table(
            LayerKind::Contracts,
            contracts.map(|table| table.rows.as_slice()),
            of_table(contracts.map(|table| table.account).unwrap_or_default()),
        )
    }

    /// The name of the source of a layer.
    fn source(&self, layer: LayerKind) -> String {
        let source = self.manifest.sources.get(layer.name());
        let name = source.and_then(|source| source["name"].as_str());
        name.unwrap_or_default().to_owned()
    }

    fn layer<T: Serialize + Sync + Default>(
        &mut self,
        kind: LayerKind,
        layer: Option<&Layer<T>>,
    ) -> Result<(), LakeError> {
        let Some(layer) = layer else { return Ok(()) };
        let path = file(self.folder, kind);
        let facts = layer::write(&path, layer, &self.source(kind), &self.city.crs)?;
        let layers = &mut self.manifest.layers;
        layers.insert(kind.name().to_owned(), facts);
        Ok(())
    }

    fn table<T: Serialize + Sync + Default>(
        &mut self,
        kind: LayerKind,
        rows: Option<&[T]>,
        (account, left_out): (Account, Value),
    ) -> Result<(), LakeError> {
        let Some(rows) = rows else { return Ok(()) };
        tables::write_rows(&file(self.folder, kind), rows, &self.source(kind))?;
        let facts = LayerFacts {
            features: rows.len() as u64,
            account,
            left_out,
        };
        let layers = &mut self.manifest.layers;
        layers.insert(kind.name().to_owned(), facts);
        Ok(())
    }
}

/// A lake that is read.
#[derive(Debug)]
pub struct Lake {
    /// Where it is.
    pub folder: PathBuf,
    /// What is known of it.
    pub manifest: Manifest,
}

impl Lake {
    /// Whether a folder is a lake.
    pub fn is_in(folder: &Path) -> bool {
        Manifest::is_in(folder)
    }

    /// Opens a folder.
    ///
    /// # Errors
    /// When it is no lake, or one of another version.
    pub fn open(folder: &Path) -> Result<Self, LakeError> {
        Ok(Self {
            folder: folder.to_owned(),
            manifest: Manifest::read(folder)?,
        })
    }

    /// The CRS of its shapes.
    pub const fn crs(&self) -> &Crs {
        &self.manifest.crs
    }

    /// The whole city, as it was read, and what was remarked of it then.
    ///
    /// # Errors
    /// When a file of it cannot be read.
    pub fn city(&self) -> Result<(City, Remarks), LakeError> {
        let mut city = self.ground(None)?;
        city.before = self.layer(LayerKind::Before, None)?;
        city.storeys = self.rows(LayerKind::Storeys)?.map(tables::storeys_of);
        city.enterprises = self
            .rows(LayerKind::Enterprises)?
            .map(|rows| EnterpriseTable {
                rows,
                account: self.facts(LayerKind::Enterprises).account,
            });
        city.contracts = self.rows(LayerKind::Contracts)?.map(|rows| ContractTable {
            rows,
            account: self.facts(LayerKind::Contracts).account,
        });
        city.lineage = match self.rows(LayerKind::Lineage)? {
            None => None,
            Some(rows) => {
                let facts = self.facts(LayerKind::Lineage);
                let open = serde_json::from_value(facts.left_out)
                    .map_err(|why| LakeError::broken(&self.folder, why))?;
                Some(LineageTable {
                    rows,
                    open,
                    account: facts.account,
                })
            }
        };
        let remarks = Remarks {
            defects: defects::read_defects(&self.folder.join(DEFECTS))?,
            notes: self.manifest.notes.clone(),
        };
        Ok((city, remarks))
    }

    /// The features that come into a window, of parcels and of all that is laid over them; no tables, no defects.
    ///
    /// # Errors
    /// When a file of it cannot be read.
    pub fn window(&self, window: Bounds) -> Result<City, LakeError> {
        self.ground(Some(window))
    }

    /// The boxes of all features of a layer, with their rows in the input; none where there is no such layer.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn boxes(&self, layer: LayerKind) -> Result<Vec<(u32, Bounds)>, LakeError> {
        if self.manifest.layers.contains_key(layer.name()) {
            layer::boxes(&file(&self.folder, layer))
        } else {
            Ok(Vec::new())
        }
    }

    fn ground(&self, window: Option<Bounds>) -> Result<City, LakeError> {
        let manifest = &self.manifest;
        let path = self.folder.join(DECISIONS);
        let text = std::fs::read_to_string(&path).map_err(LakeError::io(&path))?;
        let decisions: Decisions =
            toml::from_str(&text).map_err(|why| LakeError::broken(&path, why))?;
        let parcels = self.layer(LayerKind::Parcels, window)?;
        Ok(City {
            crs: manifest.crs.clone(),
            parcels: parcels.ok_or_else(|| LakeError::NoLake(self.folder.clone()))?,
            buildings: self.layer(LayerKind::Buildings, window)?,
            storeys: None,
            plan: self.layer(LayerKind::Plan, window)?,
            scattered: self.layer(LayerKind::Scattered, window)?,
            boundary: self.layer(LayerKind::Boundary, window)?,
            obstacles: self.layer(LayerKind::Obstacles, window)?,
            before: None,
            lineage: None,
            enterprises: None,
            contracts: None,
            group_by: manifest.group_by.clone(),
            complete: manifest.complete,
            about: manifest.about.clone(),
            decisions,
        })
    }

    fn facts(&self, layer: LayerKind) -> LayerFacts {
        let facts = self.manifest.layers.get(layer.name());
        facts.cloned().unwrap_or_default()
    }

    fn layer<T: DeserializeOwned + Send>(
        &self,
        kind: LayerKind,
        window: Option<Bounds>,
    ) -> Result<Option<Layer<T>>, LakeError> {
        let facts = self.manifest.layers.get(kind.name());
        let read = |facts| layer::read(&file(&self.folder, kind), facts, window);
        facts.map(read).transpose()
    }

    fn rows<T: DeserializeOwned + Send>(
        &self,
        kind: LayerKind,
    ) -> Result<Option<Vec<T>>, LakeError> {
        let is_there = self.manifest.layers.contains_key(kind.name());
        is_there
            .then(|| tables::read_rows(&file(&self.folder, kind)))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use geo::{Rect, coord};

    use super::*;
    use rustc_hash::FxHashSet;

    use crate::geometry::Shapes;
    use crate::model::{Account, Layer, Parcel, Remarks};

    #[test]
    fn a_layer_of_several_row_groups_is_read_back_whole_and_in_its_order() {
        let count = 3 * u32::try_from(crate::lake::file::ROWS).unwrap();
        let (mut rows, mut shapes) = (Vec::new(), Shapes::default());
        for at in 0..count {
            // scattered over the plane, so that a row group holds parcels from all over the file
            let spread = |step: u64| {
                let place = u64::from(at) * step % u64::from(count);
                f64::from(u32::try_from(place).unwrap())
            };
            let (x, y) = (spread(7919), spread(104_729));
            let square = Rect::new(
                coord! { x: x * 20.0, y: y * 20.0 },
                coord! { x: x * 20.0 + 10.0, y: y * 20.0 + 10.0 },
            );
            shapes.push_geo(&square.to_polygon().into());
            rows.push(Parcel {
                id: format!("P{at}").into(),
                row: at,
                ..Parcel::default()
            });
        }
        let parcels = Layer {
            rows,
            shapes,
            account: Account {
                read: count.into(),
                analysed: count.into(),
                ..Account::default()
            },
            unclear: FxHashSet::default(),
            left_out: Vec::new(),
        };
        let crs = crate::formats::describe_crs("EPSG:4549").unwrap();
        let city = City::of(crs, parcels);
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("lake");
        let remarks = Remarks::default();
        ingest(
            (&city, &remarks),
            (&place, false),
            ("", false),
            BTreeMap::new(),
        )
        .unwrap();
        let (read, _) = Lake::open(&place).unwrap().city().unwrap();
        assert_eq!(read.parcels.rows, city.parcels.rows);
        for (read, written) in read.parcels.shapes.iter().zip(city.parcels.shapes.iter()) {
            assert_eq!(read.coords(), written.coords());
        }
    }
}
