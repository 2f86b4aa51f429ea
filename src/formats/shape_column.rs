//! The WKB of row after row → shapes, and the flaws of those that have none.

use super::curves;
use crate::formats::GeometryFlaw;
use crate::geometry::{Decoded, Shapes, decode_text, decode_wkb, push_nested, roles_in_doubt};

/// The shapes of a batch that is being read.
#[derive(Default)]
pub struct ShapeColumn {
    shapes: Shapes,
    flaws: Vec<(u32, GeometryFlaw)>,
    sagitta: f64,
    close_lines: bool,
    nest: bool,
}

impl ShapeColumn {
    /// An empty column; `sagitta` is how far a chord may be off its arc, in units of the coordinates.
    pub fn new(sagitta: f64, close_lines: bool) -> Self {
        Self {
            sagitta,
            close_lines,
            ..Self::default()
        }
    }

    /// Rings of a shape lie in it in any order: where their directions leave it in doubt which are shells, their places
    /// decide.
    pub fn nesting(self, nest: bool) -> Self {
        Self { nest, ..self }
    }

    /// Adds the geometry of a row.
    pub fn push(&mut self, wkb: &[u8]) {
        let decoded = if curves::may_curve(wkb) {
            match curves::straighten(wkb, self.sagitta) {
                Ok(straight) => decode_wkb(&straight, &mut self.shapes, self.close_lines),
                Err(why) => {
                    self.shapes.end_shape();
                    Decoded::Broken(why)
                }
            }
        } else {
            decode_wkb(wkb, &mut self.shapes, self.close_lines)
        };
        self.settle(decoded);
    }

    /// Adds the geometry of a row that is written as text.
    pub fn push_text(&mut self, text: &str) {
        let decoded = decode_text(text, &mut self.shapes);
        self.settle(decoded);
    }

    fn settle(&mut self, decoded: Decoded) {
        match decoded {
            Decoded::Polygon if self.nest => self.nest_last(),
            Decoded::Polygon => {}
            Decoded::Empty => self.flaw(GeometryFlaw::Empty),
            Decoded::NotPolygonal(name) => self.flaw(GeometryFlaw::NotPolygonal(name)),
            Decoded::Broken(why) => self.flaw(GeometryFlaw::Undecodable(why.to_owned())),
            Decoded::Curved => self.flaw(GeometryFlaw::Undecodable(
                "a kind of curve that is not known".to_owned(),
            )),
        }
    }

    fn nest_last(&mut self) {
        let last = self.shapes.get(self.shapes.len() - 1);
        if roles_in_doubt(last) {
            let mut nested = Shapes::default();
            push_nested(last.rings(), &mut nested);
            nested.end_shape();
            self.shapes.pop_shape();
            self.shapes.append(&nested);
        }
    }

    /// Adds a row without geometry: none was stored, or `failure` is what happened when it was read.
    pub fn push_none(&mut self, failure: Option<String>) {
        self.shapes.end_shape();
        self.flaw(failure.map_or(GeometryFlaw::Null, GeometryFlaw::Undecodable));
    }

    /// Notes the flaw of the last row.
    fn flaw(&mut self, flaw: GeometryFlaw) {
        let row = u32::try_from(self.shapes.len() - 1).unwrap_or(u32::MAX);
        self.flaws.push((row, flaw));
    }

    /// The shapes and flaws; the next rows begin a new batch.
    pub fn finish(&mut self) -> (Shapes, Vec<(u32, GeometryFlaw)>) {
        (
            std::mem::take(&mut self.shapes),
            std::mem::take(&mut self.flaws),
        )
    }
}

/// What is looked at while a drawing is read.
#[cfg(feature = "gdal")]
impl ShapeColumn {
    /// Whether the last row has a flaw, which makes it a row without a polygon.
    pub fn last_is_flawed(&self) -> bool {
        self.flaws
            .last()
            .is_some_and(|(row, _)| *row as usize + 1 == self.shapes.len())
    }

    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }
}
