//! Rows as a reader yields them, and which of them are wanted.

use crate::formats::Batch;

/// Some rows of a layer, and which of them `--where` keeps.
pub(super) struct Rows {
    pub(super) batch: Batch,
    pub(super) kept: Option<Vec<bool>>,
}

impl Rows {
    /// The rows that are kept.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let kept = self.kept.as_deref();
        (0..self.batch.rows).filter(move |row| kept.is_none_or(|kept| kept[*row]))
    }
}
