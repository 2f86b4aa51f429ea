//! A map layer and a tile → the bytes of the tile: less detail the farther one stands, and nothing of note lost.

use geo::Coord;
use rustc_hash::FxHashMap;

use super::encode::{EXTENT, LayerBytes, TileValue};
use super::mercator::{TileId, world};
use super::ring::{BUFFER, clipped, on_grid};
use crate::geometry::{Bounds, BoxIndex, ShapeRef, Shapes, plane_area};

/// From this zoom on shapes keep their points.
const DETAILED: u8 = 15;
/// How far a line may move before that, in units: three eighths of a dot on a screen.
const TOLERANCE: f64 = 3.0;
/// Shapes smaller than this square on both sides, in units, are drawn as one with those beside them.
const TINY: f64 = 16.0;

/// A map layer from which tiles are cut.
pub struct TileSource {
    name: String,
    /// Its shapes on the square of [`world`].
    shapes: Shapes,
    index: BoxIndex,
    bounds: Bounds,
}

/// The properties of a row.
type Properties<'a> = dyn Fn(usize) -> Vec<(&'a str, TileValue<'a>)> + Sync + 'a;

impl TileSource {
    /// A layer of shapes in degrees, longitude first.
    pub fn new(name: &str, mut shapes: Shapes) -> Self {
        for at in shapes.coords_mut() {
            *at = world(*at);
        }
        let index = BoxIndex::new(shapes.iter().map(|shape| shape.bounds()));
        Self {
            name: name.to_owned(),
            bounds: Bounds::of(shapes.coords()),
            shapes,
            index,
        }
    }

    /// The box around all of it on the square of [`world`].
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// The box around a row on the square of [`world`].
    pub fn bounds_of(&self, row: usize) -> Bounds {
        self.shapes.get(row).bounds()
    }

    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    /// The bytes of a tile, with the number of its row as the id of each feature; empty where nothing lies in it. Shapes too
    /// small to be seen are joined, cell by cell, into a square as large as they are together, which has the properties of
    /// the largest of them.
    pub fn tile<'a>(&'a self, tile: TileId, properties: &Properties<'a>) -> Vec<u8> {
        let frame = Frame::of(tile);
        let mut rows: Vec<u32> = self.index.meeting(frame.window()).collect();
        rows.sort_unstable();
        let mut layer = LayerBytes::new(&self.name);
        let mut cells: FxHashMap<[u16; 2], TileCell> = FxHashMap::default();
        for row in rows {
            let shape = self.shapes.get(row as usize);
            let bounds = frame.bounds(shape.bounds());
            let (width, height) = (bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
            if width < TINY && height < TINY && tile.z < DETAILED {
                if let Some(cell) = cell_of(&bounds) {
                    let area = plane_area(shape) * frame.scale * frame.scale;
                    cells.entry(cell).or_default().take(row, area);
                }
                continue;
            }
            let rings = frame.rings(shape);
            if !rings.is_empty() {
                layer.push(u64::from(row), properties(row as usize), &rings);
            }
        }
        let mut cells: Vec<_> = cells.into_iter().collect();
        cells.sort_unstable_by_key(|(at, _)| *at);
        for (at, cell) in cells {
            let of = properties(cell.row as usize);
            layer.push(u64::from(cell.row), of, &[cell.square(at)]);
        }
        if layer.is_empty() {
            return Vec::new();
        }
        layer.into_tile()
    }
}

/// How the square of the world lies on a tile.
struct Frame {
    /// Units of the tile in a unit of the world.
    scale: f64,
    origin: Coord,
    tolerance: f64,
}

impl Frame {
    fn of(tile: TileId) -> Self {
        let scale = f64::from(1_u32 << tile.z) * f64::from(EXTENT);
        let unit = f64::from(EXTENT) / scale;
        Self {
            scale,
            origin: Coord {
                x: f64::from(tile.x) * unit,
                y: f64::from(tile.y) * unit,
            },
            tolerance: if tile.z < DETAILED { TOLERANCE } else { 0.0 },
        }
    }

    fn window(&self) -> Bounds {
        let side = f64::from(EXTENT) / self.scale;
        let whole = Bounds {
            min: self.origin,
            max: self.origin + Coord { x: side, y: side },
        };
        whole.grown(BUFFER / self.scale)
    }

    fn place(&self, at: Coord) -> Coord {
        (at - self.origin) * self.scale
    }

    fn bounds(&self, bounds: Bounds) -> Bounds {
        Bounds {
            min: self.place(bounds.min),
            max: self.place(bounds.max),
        }
    }

    /// What of a shape is to be drawn: shells, each with its holes behind it.
    fn rings(&self, shape: ShapeRef<'_>) -> Vec<Vec<[i32; 2]>> {
        let mut rings = Vec::new();
        for part in shape.parts() {
            for (number, ring) in part.rings().enumerate() {
                let placed = ring.iter().map(|at| self.place(*at)).collect();
                let cut = clipped(placed, f64::from(EXTENT));
                match on_grid(cut, self.tolerance, number == 0) {
                    Some(ring) => rings.push(ring),
                    None if number == 0 => break,
                    None => {}
                }
            }
        }
        rings
    }
}

/// The cell in which the middle of a small shape lies; `None` where that is in another tile.
fn cell_of(bounds: &Bounds) -> Option<[u16; 2]> {
    let cell = |low: f64, high: f64| {
        let middle = f64::midpoint(low, high);
        let inside = (0.0..f64::from(EXTENT)).contains(&middle);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "inside the tile"
        )]
        let cell = (middle / TINY) as u16;
        inside.then_some(cell)
    };
    Some([
        cell(bounds.min.x, bounds.max.x)?,
        cell(bounds.min.y, bounds.max.y)?,
    ])
}

/// Small shapes whose middle lies in the same cell of a tile.
#[derive(Default)]
struct TileCell {
    area: f64,
    largest: f64,
    row: u32,
}

impl TileCell {
    fn take(&mut self, row: u32, area: f64) {
        if self.area == 0.0 || area > self.largest {
            (self.largest, self.row) = (area, row);
        }
        self.area += area.max(1.0);
    }

    /// A square as large as all of them, at least half a dot and no more than the cell.
    fn square(&self, at: [u16; 2]) -> Vec<[i32; 2]> {
        let side = self.area.sqrt().clamp(4.0, TINY).round();
        let corner = |cell: u16| f64::from(cell).mul_add(TINY, (TINY - side) / 2.0).round();
        let (x, y) = (corner(at[0]), corner(at[1]));
        #[expect(clippy::cast_possible_truncation, reason = "inside the tile")]
        let point = |x: f64, y: f64| [x as i32, y as i32];
        vec![
            point(x, y),
            point(x + side, y),
            point(x + side, y + side),
            point(x, y + side),
        ]
    }
}
