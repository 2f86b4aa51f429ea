//! Results → the files people open; nothing is computed here.

mod table;

pub use table::{Column, Kind, Table, TableGeometry, Value};
