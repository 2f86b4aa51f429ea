//! Plot ratio (容积率), building density (建筑密度), neighbours and land policy for every parcel of a city.
//!
//! | module | in → out |
//! |---|---|
//! | [`quantity`] | numbers with units, exact |
//! | [`text`] | what people write → what is meant, and where it is wrong; what the program says → the same in Chinese |
//! | [`progress`] | how far a long job is |
//! | [`law`] | policies and facts → findings |
//! | [`geometry`] | plane geometry: CRS, area, repair, index, shared boundary, width, what is left over |
//! | [`formats`] | files, folders, archives, databases → layers of rows with shapes and values |
//! | [`model`] | the typed records of a city |
//! | [`read`] | layers, recognised, placed, validated → city and defects |
//! | [`lake`] | a city as it was understood once ↔ a folder of Parquet files |
//! | [`parcels`] | a city → what is measured of its parcels and joined to them |
//! | [`features`] | a measured city → scattered land, upgrades, splits, merges, lineage, idle land, what changed |
//! | [`run`] | the main job, from the first arrow to the last |
//! | [`parts`] | a lake cut into parts that are measured alone, and joined again |
//! | [`write`] | results → the files people open |
//! | [`serve`] | a finished run → a map of it on this machine, with “and if …?” |
//! | [`synth`] | a seed → an invented city |
//! | [`cli`] | arguments → calls |
//!
//! A case is judged by its numbers alone, without any map:
//!
//! ```
//! use plotratio::law::judge::{Case, Verdict, judge};
//! use plotratio::law::measures::Catalogue;
//! use plotratio::law::pack::Pack;
//! use plotratio::read::CheckFile;
//!
//! let file = CheckFile::parse(
//!     "kind = 'upgrade'
//!      rules = ['upgrade-veto']
//!      [upgrade]
//!      industry_status = 'restricted'
//!      relocation_planned = false",
//! )?;
//! let pack = Pack::load("taizhou-2021", &Catalogue)?;
//! let case = Case {
//!     facts: &file.facts,
//!     pack: &pack,
//!     choices: &file.readings,
//!     as_of: jiff::civil::date(2022, 6, 1),
//! };
//! let judgement = judge(&case, &file.kind, file.rules.as_deref())?;
//! assert_eq!(judgement.verdict, Verdict::Fail);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod cli;
pub mod features;
pub mod formats;
pub mod geometry;
pub mod lake;
pub mod law;
pub mod model;
pub mod parcels;
pub mod parts;
pub mod progress;
pub mod quantity;
pub mod read;
pub mod run;
pub mod serve;
pub mod synth;
pub mod text;
pub mod write;
