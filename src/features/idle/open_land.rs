//! Clues of open land → its rectangles as shapes of a map.

use super::Clue;
use crate::features::Known;
use crate::geometry::{Shapes, TransformError};
use crate::parcels::areas;

/// The clues of open land that have a rectangle, with its shape.
#[derive(Debug)]
pub struct OpenLand {
    /// The clues.
    pub clues: Vec<Clue>,
    /// The rectangle of each in the computing CRS.
    pub plane: Shapes,
    /// The rectangle of each in degrees, longitude first.
    pub degrees: Shapes,
}

impl OpenLand {
    /// Takes the rectangles to degrees.
    ///
    /// # Errors
    /// When PROJ knows no way there.
    pub fn of(known: Known<'_>, clues: &[Clue]) -> Result<Self, TransformError> {
        let rectangle = |clue: &Clue| clue.open.and_then(|open| open.rectangle);
        let clues: Vec<Clue> = clues
            .iter()
            .filter(|clue| rectangle(clue).is_some())
            .cloned()
            .collect();
        let mut plane = Shapes::default();
        for rectangle in clues.iter().filter_map(rectangle) {
            let [a, b, c, d] = rectangle.corners;
            plane.push_ring(&[a, b, c, d, a]);
            plane.end_part();
            plane.end_shape();
        }
        let degrees = areas(&plane, &known.measured.city.crs, &known.measured.degrees)?.degrees;
        Ok(Self {
            clues,
            plane,
            degrees,
        })
    }
}
