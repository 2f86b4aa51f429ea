//! A city as it was understood once ↔ a folder of Parquet files (a lake), of which any part can be read alone.
//!
//! | file | what it holds |
//! |---|---|
//! | `manifest.json` | CRS, counts, sources, notes, what was set aside |
//! | `decisions.toml` | what was guessed of each layer from all its rows |
//! | `city.toml` | the options of `CITY.toml` that are not about layers |
//! | `LAYER.parquet` | a layer: GeoParquet 1.1 with boxes, along a Hilbert curve, in the computing CRS; tables without shapes |
//! | `defects.parquet` | what was wrong with the input |
//!
//! Every row has its `source` and its `row` there, and its `place` among the rows that were analysed.

mod cell;
mod columns;
mod defects;
mod error;
mod file;
mod layer;
mod manifest;
mod staged;
mod store;
mod tables;

use columns::Columns;
use file::{Sheet, SheetWriter};

pub use defects::{read_defects, write_defects};
pub use error::LakeError;
pub use layer::{read_shapes, write_shapes};
pub use manifest::{Manifest, SourceOf};
pub use staged::Staged;
pub use store::{DECISIONS, Lake, OPTIONS, ingest};
pub use tables::{read_rows, write_rows};
