//! Why parts cannot be made, measured or joined.

use std::path::{Path, PathBuf};

use crate::features::scattered::ThresholdError;
use crate::lake::LakeError;

/// Why parts cannot be made, measured or joined.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// A file cannot be used.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// A number of the policy cannot be meant.
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
    /// Of another lake.
    #[error("`{}` is of another lake, or of this one before it was ingested again; make the plan and run its parts again", .0.display())]
    OtherLake(PathBuf),
    /// A number that no part has.
    #[error("the plan has no part {part}; its parts are 0 to {last}", last = .parts.saturating_sub(1))]
    NoPart {
        /// The number asked for.
        part: u32,
        /// How many there are.
        parts: u32,
    },
    /// Not run with the same options.
    #[error("`{}` and `{}` were run with other options; run all parts of a city alike", .0.display(), .1.display())]
    OtherOptions(PathBuf, PathBuf),
    /// No part at all.
    #[error("`{}` holds no part; write parts into it with `plotratio scan LAKE --part PLAN.parquet:K -o OUT`", .0.display())]
    Nothing(PathBuf),
    /// A feature that two parts own.
    #[error("{layer}: row {row} is in two parts, `{}` and `{}`; keep the parts of one plan, each once", one.display(), other.display())]
    Twice {
        /// The layer.
        layer: &'static str,
        /// Its row in the input.
        row: u32,
        /// One part.
        one: PathBuf,
        /// The other.
        other: PathBuf,
    },
    /// Features that no part owns.
    #[error("{layer}: {count} rows are in no part, {rows} among them; {what}")]
    Missing {
        /// The layer.
        layer: &'static str,
        /// How many.
        count: usize,
        /// The first of them.
        rows: String,
        /// What to do.
        what: String,
    },
    /// Features that are still open.
    #[error(
        "{layer}: {count} rows are open, {rows} among them: their parts did not see all that they touch; make a plan of them with `plotratio partition --reopen OUT -o PLAN2.parquet` and run its parts into the same OUT"
    )]
    Open {
        /// The layer.
        layer: &'static str,
        /// How many.
        count: usize,
        /// The first of them.
        rows: String,
    },
    /// A row that the lake does not have.
    #[error("`{}`: {layer} has no row {row}; run the part again", part.display())]
    NoRow {
        /// The part.
        part: PathBuf,
        /// The layer.
        layer: &'static str,
        /// The row.
        row: u32,
    },
}

/// Some of many rows, for messages.
pub(super) fn listed(rows: &[u32]) -> String {
    let more = if rows.len() > 5 { ", …" } else { "" };
    let first: Vec<String> = rows.iter().take(5).map(ToString::to_string).collect();
    first.join(", ") + more
}

/// The name of a part, for messages.
pub(super) fn name_of(folder: &Path) -> PathBuf {
    folder
        .file_name()
        .map_or_else(|| folder.to_owned(), PathBuf::from)
}
