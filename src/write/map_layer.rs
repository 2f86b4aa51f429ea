//! A table → a layer of a map: all of its rows or some, drawn as areas, as lines or as points.

use std::borrow::Cow;

use geo::Coord;

use super::Table;
use crate::geometry::{Bounds, Crs, encode_lines_wkb, encode_point_wkb, encode_wkb};

/// A layer of a file of several.
pub struct MapLayer<'t, 'a> {
    /// What it is called in the file.
    pub(super) name: Cow<'static, str>,
    /// Its name in Chinese.
    pub(super) title: Cow<'static, str>,
    /// Its columns.
    pub(super) table: &'t Table<'a>,
    /// The rows that it holds; without them all.
    rows: Option<Vec<usize>>,
    drawn: Drawn<'t, 'a>,
}

/// The lines of a row in the computing CRS.
pub type LinesOf<'t> = Box<dyn Fn(usize) -> Vec<Vec<Coord>> + Sync + 't>;

/// The point of a row in the computing CRS.
pub type PointOf<'t> = Box<dyn Fn(usize) -> Option<Coord> + Sync + 't>;

enum Drawn<'t, 'a> {
    Not,
    Areas(&'t super::TableGeometry<'a>),
    Lines(&'t Crs, LinesOf<'t>),
    Points(&'t Crs, PointOf<'t>),
}

/// How the rows of a layer are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DrawnAs {
    Areas,
    Lines,
    Points,
}

impl<'t, 'a> MapLayer<'t, 'a> {
    /// A table under its own name, with the shapes that it has.
    pub fn of(table: &'t Table<'a>) -> Self {
        Self {
            name: table.name.into(),
            title: table.title.into(),
            table,
            rows: None,
            drawn: table.geometry.as_ref().map_or(Drawn::Not, Drawn::Areas),
        }
    }

    /// A table whose rows are lines.
    pub fn lines(
        name: &'static str,
        title: &'static str,
        table: &'t Table<'a>,
        crs: &'t Crs,
        lines: LinesOf<'t>,
    ) -> Self {
        Self {
            name: name.into(),
            title: title.into(),
            drawn: Drawn::Lines(crs, lines),
            ..Self::of(table)
        }
    }

    /// A table whose rows are points; those without one are left out.
    pub fn points(
        name: &'static str,
        title: &'static str,
        table: &'t Table<'a>,
        crs: &'t Crs,
        point: PointOf<'t>,
    ) -> Self {
        let rows = (0..table.rows).filter(|row| point(*row).is_some());
        Self {
            name: name.into(),
            title: title.into(),
            rows: Some(rows.collect()),
            drawn: Drawn::Points(crs, point),
            ..Self::of(table)
        }
    }

    /// Those rows of a table that are wanted, under a name of their own.
    pub fn part(
        name: String,
        title: String,
        table: &'t Table<'a>,
        wanted: impl Fn(usize) -> bool,
    ) -> Self {
        Self {
            name: name.into(),
            title: title.into(),
            rows: Some((0..table.rows).filter(|row| wanted(*row)).collect()),
            ..Self::of(table)
        }
    }

    /// How many rows it holds.
    pub(super) fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.table.rows, Vec::len)
    }

    /// The row of the table that its row `at` is.
    pub(super) fn row(&self, at: usize) -> usize {
        self.rows.as_ref().map_or(at, |rows| rows[at])
    }

    /// The CRS of what is drawn, and how; nothing of a table without shapes.
    pub(super) fn drawn(&self) -> Option<(&'t Crs, DrawnAs)> {
        match &self.drawn {
            Drawn::Not => None,
            Drawn::Areas(shapes) => Some((shapes.crs, DrawnAs::Areas)),
            Drawn::Lines(crs, _) => Some((crs, DrawnAs::Lines)),
            Drawn::Points(crs, _) => Some((crs, DrawnAs::Points)),
        }
    }

    /// Appends what is drawn of a row of the table as well-known binary; nothing where it has none.
    pub(super) fn encode(&self, row: usize, out: &mut Vec<u8>) {
        match &self.drawn {
            Drawn::Not => {}
            Drawn::Areas(shapes) => {
                let shape = (shapes.plane)(row);
                if !shape.is_empty() {
                    encode_wkb(shape, false, out);
                }
            }
            Drawn::Lines(_, lines) => {
                let lines = lines(row);
                if !lines.is_empty() {
                    encode_lines_wkb(&lines, out);
                }
            }
            Drawn::Points(_, point) => {
                if let Some(at) = point(row) {
                    encode_point_wkb(at, out);
                }
            }
        }
    }

    /// The box of all areas that it draws; lines and points lie among areas of other layers.
    pub fn extent(&self) -> Option<Bounds> {
        let Drawn::Areas(shapes) = &self.drawn else {
            return None;
        };
        let boxes = (0..self.len()).map(|at| (shapes.plane)(self.row(at)).bounds());
        boxes
            .filter(|bounds| bounds.min.x <= bounds.max.x)
            .reduce(Bounds::union)
    }
}
