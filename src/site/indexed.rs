//! The shapes of a layer with what makes them quick to find and to compare.

use rayon::prelude::*;

use crate::geometry::{BoxIndex, EdgeIndex, Shapes, Side};

/// Shapes, the boxes around them and around the stretches of long boundaries.
pub struct Indexed<'a> {
    /// The shapes.
    pub shapes: &'a Shapes,
    edges: Vec<EdgeIndex>,
    /// Finds the shapes near a place.
    pub boxes: BoxIndex,
}

impl<'a> Indexed<'a> {
    /// Indexes the shapes of a layer.
    pub fn of(shapes: &'a Shapes) -> Self {
        let all = (0..shapes.len()).into_par_iter();
        let edges: Vec<EdgeIndex> = all.map(|at| EdgeIndex::of(shapes.get(at))).collect();
        let boxes = BoxIndex::new(edges.iter().map(EdgeIndex::bounds));
        Self {
            shapes,
            edges,
            boxes,
        }
    }

    /// A shape with the index of its edges.
    pub fn side(&self, at: usize) -> Side<'_> {
        (self.shapes.get(at), &self.edges[at])
    }
}
