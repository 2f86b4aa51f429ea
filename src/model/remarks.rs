//! What a step found wrong, and what a reader must know of its results.

use super::Defect;

/// Defects and notes, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// What is wrong with features.
    pub defects: Vec<Defect>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

impl Remarks {
    /// Those of one more step, behind these.
    pub fn append(&mut self, mut more: Self) {
        self.defects.append(&mut more.defects);
        self.notes.append(&mut more.notes);
    }
}
