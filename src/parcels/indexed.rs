//! The shapes of a layer with what makes them quick to find and to compare.

use std::sync::Arc;

use rayon::prelude::*;

use crate::geometry::{BoxIndex, EdgeIndex, Shapes, Side};

/// The boxes around the shapes of a layer and around the stretches of their long boundaries, kept apart from the shapes.
#[derive(Clone)]
pub struct Index {
    edges: Arc<[EdgeIndex]>,
    boxes: Arc<BoxIndex>,
}

impl Index {
    /// Indexes the shapes of a layer.
    pub fn of(shapes: &Shapes) -> Self {
        let all = (0..shapes.len()).into_par_iter();
        let edges: Vec<EdgeIndex> = all.map(|at| EdgeIndex::of(shapes.get(at))).collect();
        let boxes = BoxIndex::new(edges.iter().map(EdgeIndex::bounds));
        Self {
            edges: edges.into(),
            boxes: Arc::new(boxes),
        }
    }

    /// The index with the shapes that it was made of.
    pub fn on<'a>(&self, shapes: &'a Shapes) -> Indexed<'a> {
        Indexed {
            shapes,
            edges: Arc::clone(&self.edges),
            boxes: Arc::clone(&self.boxes),
        }
    }
}

/// Shapes with their index.
pub struct Indexed<'a> {
    /// The shapes.
    pub shapes: &'a Shapes,
    edges: Arc<[EdgeIndex]>,
    /// Finds the shapes near a place.
    pub boxes: Arc<BoxIndex>,
}

impl<'a> Indexed<'a> {
    /// Indexes the shapes of a layer.
    pub fn of(shapes: &'a Shapes) -> Self {
        Index::of(shapes).on(shapes)
    }

    /// A shape with the index of its edges.
    pub fn side(&self, at: usize) -> Side<'_> {
        (self.shapes.get(at), &self.edges[at])
    }
}
