//! What was found of a part → its folder, which takes its place once it is whole.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::rows::RegionRow;
use super::{Part, PartError, PartFound};
use crate::geometry::Shapes;
use crate::lake::{Lake, LakeError, Staged, write_defects, write_rows, write_shapes};
use crate::model::{Account, City, Layer};

/// The options of the run, as `CITY.toml` has them.
pub const OPTIONS: &str = "city.toml";

/// The file that says what a part is.
pub(super) const FACTS: &str = "part.json";

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFacts {
    /// The lake, by its sum.
    pub lake: String,
    /// Where the lake was.
    pub lake_path: PathBuf,
    /// The pass of its plan.
    pub pass: u32,
    /// Its number there.
    pub part: u32,
    /// How many parts the plan has.
    pub parts: u32,
    /// Whether what is left over in survey blocks was told.
    pub regions: bool,
}

/// Writes what was found of a part below `out`; a part that is there already is replaced, so that a task may be done twice.
/// `options` are those of the run. The folder of the part is given back.
///
/// # Errors
/// When a file cannot be written.
pub fn write_part(
    out: &Path,
    (lake, part): (&Lake, &Part),
    found: &PartFound,
    options: &str,
) -> Result<PathBuf, PartError> {
    let target = out.join(part.folder());
    let staged = Staged::begin(&target, FACTS, true)?;
    let path = |name: &str| staged.path().join(format!("{name}.parquet"));
    let source = |layer: &str| {
        let source = lake.manifest.sources.get(layer);
        let name = source.and_then(|source| source["name"].as_str());
        name.unwrap_or_default().to_owned()
    };
    let (parcels, buildings, boundary) =
        (source("parcels"), source("buildings"), source("boundary"));
    write_rows(&path("parcels"), &found.parcels, &parcels)?;
    write_rows(&path("buildings"), &found.buildings, &buildings)?;
    write_rows(&path("shares"), &found.shares, &buildings)?;
    write_rows(&path("together"), &found.together, &parcels)?;
    write_rows(&path("pairs"), &found.pairs, &parcels)?;
    write_rows(&path("blocks"), &found.blocks, &boundary)?;
    write_defects(&path("defects"), &found.defects, &parcels)?;
    write_rows(&path("open"), &found.open, "")?;
    let none = Layer::<RegionRow> {
        rows: Vec::new(),
        shapes: Shapes::default(),
        account: Account::default(),
        unclear: rustc_hash::FxHashSet::default(),
        left_out: Vec::new(),
    };
    let crs = lake.crs();
    write_shapes(
        &path("regions"),
        found.regions.as_ref().unwrap_or(&none),
        crs,
    )?;
    let lake_path = std::fs::canonicalize(&lake.folder);
    let facts = PartFacts {
        lake: lake.manifest.id.clone(),
        lake_path: lake_path.map_err(LakeError::io(&lake.folder))?,
        pass: part.pass,
        part: part.part,
        parts: part.parts,
        regions: found.regions.is_some(),
    };
    write_text(staged.path(), OPTIONS, options)?;
    let text = serde_json::to_string_pretty(&facts);
    let text = text.map_err(|why| LakeError::broken(&target, why))?;
    write_text(staged.path(), FACTS, &(text + "\n"))?;
    staged.commit()?;
    Ok(target)
}

fn write_text(folder: &Path, name: &str, text: &str) -> Result<(), LakeError> {
    let path = folder.join(name);
    std::fs::write(&path, text).map_err(LakeError::io(&path))
}

impl PartFacts {
    /// Those of the folder of a part.
    pub(super) fn read(folder: &Path) -> Result<Self, LakeError> {
        let path = folder.join(FACTS);
        let text = std::fs::read_to_string(&path).map_err(LakeError::io(&path))?;
        serde_json::from_str(&text).map_err(|why| LakeError::broken(&path, why))
    }
}

/// The layers whose features parts own, with the rows of each in the input.
pub(super) fn owned_rows(city: &City) -> [(&'static str, Vec<u32>); 3] {
    let buildings = city.buildings.iter().flat_map(|layer| &layer.rows);
    let blocks = city.boundary.iter().flat_map(|layer| &layer.rows);
    [
        (
            "parcels",
            city.parcels.rows.iter().map(|parcel| parcel.row).collect(),
        ),
        (
            "buildings",
            buildings.map(|building| building.row).collect(),
        ),
        ("boundary", blocks.map(|block| block.row).collect()),
    ]
}
