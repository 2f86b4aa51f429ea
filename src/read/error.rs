//! Why a city could not be read.

use crate::formats::SourceError;

/// Why a source could not be read as a layer of a city. Every text names the source and says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The source itself cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A city without parcels.
    #[error("no parcels are given; name their layer")]
    NoParcels,
    /// A `--map` that cannot be followed.
    #[error("`{mapping}` cannot be mapped: {why}")]
    Mapping {
        /// The mapping as the user wrote it.
        mapping: String,
        /// What is wrong with it.
        why: String,
    },
    /// A `--group-by` that no column goes by.
    #[error("`--group-by {column}`: `{name}` has no such column; it has {there}")]
    GroupBy {
        /// The source of the parcels as the user wrote it.
        name: String,
        /// The column asked for.
        column: String,
        /// The columns it has.
        there: String,
    },
    /// A layer whose place on Earth is not known, or not certain enough.
    #[error("`{name}`: {why}")]
    Place {
        /// The source as the user wrote it.
        name: String,
        /// What is not known, and what to pass.
        why: String,
    },
    /// A layer without what its kind must have.
    #[error("`{name}` cannot serve as `{layer}`: {why}")]
    Unsuitable {
        /// The source as the user wrote it.
        name: String,
        /// The kind of layer it was given for.
        layer: &'static str,
        /// What it lacks, and what to do.
        why: String,
    },
}
