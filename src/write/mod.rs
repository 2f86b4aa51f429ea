//! Results → the files people open; nothing is computed here.

mod chunks;
mod csv;
mod error;
mod flatgeobuf;
mod folder;
mod foreign;
mod format;
mod geojson;
mod geopackage;
mod geoparquet;
mod hilbert;
mod leftover;
mod ogr;
mod results;
mod rules;
mod summary;
mod table;
mod typed;

pub use error::WriteError;
pub use folder::ResultFolder;
pub use format::{Format, write_table};
pub use ogr::{OgrFormat, write_ogr};
pub use results::{
    SourceFacts, Summary, Totals, adjacency_table, buildings_table, defects_table, parcels_table,
    sorted_defects,
};
pub use rules::{Lang, PackShown, RuleRow, RuleShown, rule_rows, rule_table};
pub use summary::write_json;
pub use table::{Column, Kind, Table, TableGeometry, Value};
