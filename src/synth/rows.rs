//! What is kept of each parcel, building and scattered piece: shapes, and a few bytes from which the rest is drawn.

use geo::Coord;

use super::building::Building;
use super::parcels::Lie;
use crate::geometry::Shapes;

/// What a parcel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Estate {
    /// A factory.
    Factory,
    /// A warehouse.
    Depot,
    /// Granted industrial land that nothing stands on.
    Idle,
    /// 宅基地.
    Homestead,
    /// 住宅用地.
    Flats,
    /// 商服用地.
    Shops,
    /// 储备地, not granted.
    Reserve,
    /// A recorded scattered piece.
    Scattered,
}

/// A parcel.
#[derive(Clone, Copy, Debug)]
pub(super) struct ParcelRow {
    /// Its block.
    pub block: u32,
    /// Its number in the block, from 1.
    pub serial: u16,
    /// What it is.
    pub estate: Estate,
    /// Plane area of the polygon as drawn, before any dirt, in 0.01 m².
    pub area_cents: u32,
    /// The plan block on which it lies, a row of the plan.
    pub plan: u32,
}

/// A building.
#[derive(Clone, Copy, Debug)]
pub(super) struct BuildingRow {
    /// Row of its parcel; `None` for a building on no parcel.
    pub parcel: Option<u32>,
    /// Its block.
    pub block: u32,
    /// Its number on the parcel, from 1; in the block for a building on no parcel.
    pub number: u16,
    /// Footprint as drawn, before any dirt, in 0.01 m².
    pub footprint_cents: u32,
    /// What stands there.
    pub building: Building,
}

/// A scattered piece that was planted.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScatteredRow {
    /// Its block.
    pub block: u32,
    /// Row of its parcel, where it is recorded.
    pub parcel: Option<u32>,
    /// How it lies.
    pub lie: Lie,
    /// Its area in m².
    pub area: f64,
    /// Its width in m.
    pub width: f64,
    /// The mean of its corners.
    pub at: Coord,
    /// Whether the plan foresees building on it.
    pub conforms: bool,
}

/// A map layer in the making.
#[derive(Clone, Debug)]
pub(super) struct SynthLayer<T> {
    /// The shape of each row.
    pub shapes: Shapes,
    /// What is known of each row.
    pub rows: Vec<T>,
}

impl<T> Default for SynthLayer<T> {
    fn default() -> Self {
        Self {
            shapes: Shapes::default(),
            rows: Vec::new(),
        }
    }
}

impl<T> SynthLayer<T> {
    /// Adds a row whose polygon has these open rings.
    pub(super) fn push(&mut self, rings: &[Vec<Coord>], row: T) {
        for ring in rings {
            for &c in ring {
                self.shapes.push_coord(c);
            }
            self.shapes.push_coord(ring[0]);
            self.shapes.end_ring();
        }
        self.shapes.end_part();
        self.shapes.end_shape();
        self.rows.push(row);
    }

    /// Adds all rows of `other`, each changed by `change`.
    pub(super) fn append(&mut self, other: Self, change: impl Fn(&mut T)) {
        self.shapes.append(&other.shapes);
        self.rows.extend(other.rows.into_iter().map(|mut row| {
            change(&mut row);
            row
        }));
    }
}

/// Square metres as a whole number of 0.01 m².
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a block has less than 42 km²"
)]
pub(super) fn cents(m2: f64) -> u32 {
    (m2 * 100.0 + 0.5).floor() as u32
}

/// A count of rows as it is kept.
pub(super) fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
