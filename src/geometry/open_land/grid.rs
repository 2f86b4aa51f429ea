//! A parcel → cells along its walls; rings → which cells lie in them, and which they cross.

use geo::Coord;

use super::grown::grow;
use super::{MOST_CELLS, Rectangle};
use crate::geometry::ring::{cross, distance, dot, signed_area};
use crate::geometry::{Bounds, InscribedCircle, ShapeRef};

/// What reaches less far into a cell than this share of its width does not cross it: walls lie on the lines between cells.
const TOUCH: f64 = 1e-6;

/// Coordinates beyond this are no place in a plane CRS.
const FARTHEST: f64 = 1e9;

/// Directions of walls are told apart by degrees.
const DEGREES: usize = 90;

/// How a cell lies to an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RasterCell {
    #[default]
    Outside,
    /// Wholly inside.
    Inside,
    /// A line of it runs through.
    Crossed,
}

/// Cells over a parcel, row by row.
pub(super) struct Raster {
    /// Where the first cell's first corner is.
    origin: Coord,
    /// The direction of the rows, of length 1.
    along: Coord,
    /// The sides of a cell.
    pub(super) size: Coord,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Raster {
    /// Cells along the walls of a parcel; `None` where it is no place or has no extent.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no more than the most cells"
    )]
    pub(super) fn along(parcel: ShapeRef<'_>, cell: f64) -> Option<Self> {
        let coords = parcel.coords();
        let is_place = |c: &Coord| c.x.abs() < FARTHEST && c.y.abs() < FARTHEST;
        if coords.is_empty() || !coords.iter().all(is_place) {
            return None;
        }
        let along = direction(parcel)?;
        let first = coords[0];
        let seen = coords.iter().map(|&c| turned(c - first, along));
        let Bounds { min, max } = seen.fold(Bounds::EMPTY, Bounds::including);
        let extent = max - min;
        if extent.x <= 0.0 || extent.y <= 0.0 {
            return None;
        }
        let cell = cell.max((extent.x * extent.y / MOST_CELLS).sqrt());
        let count = |length: f64| (length / cell - TOUCH).ceil().clamp(1.0, MOST_CELLS);
        let (columns, rows) = (count(extent.x), count(extent.y));
        Some(Self {
            origin: first + turned_back(min, along),
            along,
            size: Coord {
                x: extent.x / columns,
                y: extent.y / rows,
            },
            columns: columns as usize,
            rows: rows as usize,
        })
    }

    pub(super) fn cell_area(&self) -> f64 {
        self.size.x * self.size.y
    }

    /// How every cell lies to what is no farther than `reach` from any of the shapes.
    pub(super) fn cover(&self, shapes: &[ShapeRef<'_>], reach: f64) -> Vec<RasterCell> {
        let mut covered = vec![RasterCell::Outside; self.columns * self.rows];
        let mut turns = Vec::new();
        let (mut ring, mut around) = (Vec::new(), Vec::new());
        for part in shapes.iter().flat_map(ShapeRef::parts) {
            let mut extent = Bounds::EMPTY;
            for (number, corners) in part.rings().enumerate() {
                ring.clear();
                ring.extend(corners.iter().map(|&c| turned(c - self.origin, self.along)));
                ring.dedup();
                if (signed_area(&ring) < 0.0) == (number == 0) {
                    ring.reverse();
                }
                if reach > 0.0 {
                    grow(&ring, reach, &mut around);
                    std::mem::swap(&mut ring, &mut around);
                }
                for corner in &mut ring {
                    *corner = self.in_cells(*corner);
                }
                extent = extent.union(Bounds::of(&ring));
                for edge in ring.windows(2) {
                    self.cross([edge[0], edge[1]], &mut covered);
                    self.turn([edge[0], edge[1]], &mut turns);
                }
            }
            self.fill(extent, &mut turns, &mut covered);
        }
        covered
    }

    /// Marks the cells that an edge runs through, which is told in cells.
    fn cross(&self, [a, b]: [Coord; 2], covered: &mut [RasterCell]) {
        let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
        let at = |y: f64| low.x + (high.x - low.x) * ((y - low.y) / (high.y - low.y));
        let rows = between(low.y, high.y, self.rows);
        let mut from = if low.y < number(rows.start) {
            at(number(rows.start))
        } else {
            low.x
        };
        for row in rows {
            let top = number(row + 1);
            let to = if high.y > top { at(top) } else { high.x };
            let columns = between(from.min(to), from.max(to), self.columns);
            mark(&mut covered[row * self.columns..][columns]);
            from = to;
        }
    }

    /// Adds a turn to all cells of a row whose middle an edge passes on the left, by the first of them.
    fn turn(&self, [a, b]: [Coord; 2], turns: &mut Vec<Turn>) {
        let (low, high, up) = if a.y <= b.y {
            (a, b, true)
        } else {
            (b, a, false)
        };
        for row in first_from(low.y - 0.5, self.rows)..first_from(high.y - 0.5, self.rows) {
            let share = (number(row) + 0.5 - low.y) / (high.y - low.y);
            let x = low.x + (high.x - low.x) * share;
            let column = first_from(x - 0.5, self.columns);
            if column < self.columns {
                turns.push(Turn::at(row * self.columns + column, up));
            }
        }
    }

    /// Takes cells of an extent for inside that lines wind around and none crosses; the turns are used up.
    fn fill(&self, extent: Bounds, turns: &mut Vec<Turn>, covered: &mut [RasterCell]) {
        turns.sort_unstable();
        // where an edge passes a row is told with an error that may take it over the next middle
        let end = first_from(extent.max.x + 1.5, self.columns);
        let (mut winding, mut row) = (0, 0);
        for (number, turn) in turns.iter().enumerate() {
            winding += turn.turns();
            let place = turn.place();
            while row + self.columns <= place {
                row += self.columns;
            }
            let next = turns.get(number + 1).map(|next| next.place());
            let next = next.filter(|next| *next < row + self.columns);
            let cells = place..next.unwrap_or(usize::MAX).min(row + end);
            if winding != 0 && !cells.is_empty() {
                for cell in &mut covered[cells] {
                    *cell = if *cell == RasterCell::Outside {
                        RasterCell::Inside
                    } else {
                        *cell
                    };
                }
            }
            if next.is_none() {
                winding = 0;
            }
        }
        turns.clear();
    }

    fn in_cells(&self, c: Coord) -> Coord {
        Coord {
            x: c.x / self.size.x,
            y: c.y / self.size.y,
        }
    }

    fn place(&self, column: f64, row: f64) -> Coord {
        let corner = Coord {
            x: column * self.size.x,
            y: row * self.size.y,
        };
        self.origin + turned_back(corner, self.along)
    }

    /// The rectangle of cells, drawn in by what lines may reach into them.
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    pub(super) fn rectangle(&self, cells: &Cells) -> Rectangle {
        let [left, bottom, right, top] =
            [cells.left, cells.bottom, cells.right, cells.top].map(|line| line as f64);
        let inset = 2.0 * TOUCH;
        let (left, bottom, right, top) = (left + inset, bottom + inset, right - inset, top - inset);
        let sides = ((right - left) * self.size.x, (top - bottom) * self.size.y);
        Rectangle {
            corners: [(left, bottom), (right, bottom), (right, top), (left, top)]
                .map(|(column, row)| self.place(column, row)),
            width: sides.0.min(sides.1),
            length: sides.0.max(sides.1),
            area: sides.0 * sides.1,
        }
    }

    /// The circle about the middle of a cell that reaches to the nearest line, where no cell's middle is farther than
    /// `away` from the middle of one that is not open.
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    pub(super) fn circle<'a>(
        &self,
        (column, row): (usize, usize),
        away: f64,
        lines: impl Iterator<Item = &'a [Coord]>,
    ) -> InscribedCircle {
        let centre = self.place(column as f64 + 0.5, row as f64 + 0.5);
        let edges = lines.flat_map(|ring| ring.windows(2));
        let radius = edges
            .map(|edge| distance(centre, edge[0], edge[1]))
            .fold(f64::INFINITY, f64::min);
        // a point is half a diagonal from the middle of its cell, and so is what it meets in the other
        InscribedCircle {
            centre,
            radius,
            at_most: radius.max(away + self.size.x.hypot(self.size.y)),
        }
    }
}

/// Cells from one line of the grid to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
    pub(super) top: usize,
}

/// A line that passes a row of cells on the left of one of them and all behind it: twice the place of the cell, and whether
/// it goes up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Turn(u32);

impl Turn {
    #[expect(clippy::cast_possible_truncation, reason = "few cells")]
    fn at(place: usize, up: bool) -> Self {
        Self(2 * place as u32 + u32::from(up))
    }

    const fn place(self) -> usize {
        self.0 as usize / 2
    }

    /// How often the line winds round those cells.
    const fn turns(self) -> i32 {
        if self.0 % 2 == 1 { -1 } else { 1 }
    }
}

/// Lines cross few cells of a row, for which to call upon the filling of memory takes longer than to fill it.
fn mark(cells: &mut [RasterCell]) {
    match cells {
        [] => {}
        [one] => *one = RasterCell::Crossed,
        [one, other] => (*one, *other) = (RasterCell::Crossed, RasterCell::Crossed),
        more => more.fill(RasterCell::Crossed),
    }
}

/// The cells of a line of `count` into which it reaches from one place to another.
fn between(from: f64, to: f64, count: usize) -> std::ops::Range<usize> {
    whole_within(from + TOUCH, count)..first_from(to - TOUCH, count)
}

/// The first whole number at or after a place on a line of `count` cells.
fn first_from(place: f64, count: usize) -> usize {
    // not `ceil`, which is a call where the processor is not known to have it
    let whole = whole_within(place, count);
    whole + usize::from(whole < count && number(whole) < place)
}

/// The last whole number at or before a place, or the end of the line of `count` cells that is nearer.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "on a line of few cells"
)]
fn whole_within(place: f64, count: usize) -> usize {
    if place >= number(count) {
        count
    } else if place > 0.0 {
        // of all that a number can be turned to this is the quickest
        place as i32 as usize
    } else {
        0
    }
}

/// A count of cells, or a place among them, as a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "few cells"
)]
fn number(cells: usize) -> f64 {
    f64::from(cells as i32)
}

/// The direction of most of the walls of a shape, of length 1; `None` where it has none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a degree is below 90"
)]
fn direction(shape: ShapeRef<'_>) -> Option<Coord> {
    let mut walls = [(0.0, Coord::zero()); DEGREES];
    for edge in shape.rings().flat_map(|ring| ring.windows(2)) {
        let along = edge[1] - edge[0];
        let length = dot(along, along).sqrt();
        let along = upright(along);
        let degree = along.y.atan2(along.x).to_degrees();
        let of = &mut walls[(degree.max(0.0) as usize).min(DEGREES - 1)];
        if length > 0.0 {
            // the longest tells the direction of all that are alike
            of.0 += length;
            if length > dot(of.1, of.1).sqrt() {
                of.1 = along;
            }
        }
    }
    let most = walls.iter().enumerate().max_by(|a, b| {
        let first = b.0.cmp(&a.0);
        a.1.0.total_cmp(&b.1.0).then(first)
    });
    let along = most?.1.1;
    let length = dot(along, along).sqrt();
    (length > 0.0).then(|| along / length)
}

/// A vector turned by right angles until it is right, or right and up.
fn upright(along: Coord) -> Coord {
    let Coord { x, y } = along;
    if x > 0.0 && y >= 0.0 {
        along
    } else if x <= 0.0 && y > 0.0 {
        Coord { x: y, y: -x }
    } else if x < 0.0 {
        Coord { x: -x, y: -y }
    } else {
        Coord { x: -y, y: x }
    }
}

fn turned(c: Coord, along: Coord) -> Coord {
    Coord {
        x: dot(c, along),
        y: cross(along, c),
    }
}

fn turned_back(c: Coord, along: Coord) -> Coord {
    Coord {
        x: c.x * along.x - c.y * along.y,
        y: c.x * along.y + c.y * along.x,
    }
}
