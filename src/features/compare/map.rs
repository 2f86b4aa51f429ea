//! The rows of a comparison → their shapes, for a map of what changed.

use super::Comparison;
use crate::geometry::{Crs, Shapes, TransformError, transform};

/// What changed, as a map layer: rows with the shape of the later run, or of the earlier for what is gone.
#[derive(Clone, Debug)]
pub struct ChangeMap {
    /// The rows that have a shape, by their positions.
    pub rows: Vec<usize>,
    /// Their shapes in the CRS of both runs.
    pub plane: Shapes,
    /// The same in degrees.
    pub degrees: Shapes,
    /// The CRS of `plane`.
    pub crs: Crs,
}

impl ChangeMap {
    /// Takes the shapes of all rows; `None` where a run has no shapes.
    ///
    /// # Errors
    /// When PROJ knows no way from the CRS of the runs to `degrees`.
    pub fn of(of: &Comparison<'_>, degrees: &Crs) -> Result<Option<Self>, TransformError> {
        let [Some((before, _)), Some((today, crs))] = of.runs.map(|run| run.shapes.as_ref()) else {
            return Ok(None);
        };
        let (mut rows, mut plane) = (Vec::new(), Shapes::default());
        for (at, row) in of.rows.iter().enumerate() {
            let shape = match (row.later, row.earlier) {
                (Some(later), _) => today.get(later as usize),
                (None, Some(earlier)) => before.get(earlier as usize),
                (None, None) => continue,
            };
            if !shape.is_empty() {
                rows.push(at);
                plane.push(shape);
            }
        }
        let mut there = plane.clone();
        transform(there.coords_mut(), crs, degrees)?;
        Ok(Some(Self {
            rows,
            plane,
            degrees: there,
            crs: crs.clone(),
        }))
    }
}
