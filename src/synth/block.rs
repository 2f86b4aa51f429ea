//! One block → its parcels, buildings, plan, obstacles and scattered pieces, numbered from 0.

use geo::Coord;

use super::buildings::{Building, Built, Class, Settlement, building, settle};
use super::district::{District, Plot};
use super::footprint::{Plan, Slot};
use super::layout::{Grid, cell};
use super::parcels::{Lie, Piece, Role, divide};
use super::plan::{PlanBlock, plan};
use super::plane::{area, holds, middle};
use super::rng::Rng;
use super::streets::Obstacle;
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
pub(super) struct Layer<T> {
    /// The shape of each row.
    pub shapes: Shapes,
    /// What is known of each row.
    pub rows: Vec<T>,
}

impl<T> Default for Layer<T> {
    fn default() -> Self {
        Self {
            shapes: Shapes::default(),
            rows: Vec::new(),
        }
    }
}

impl<T> Layer<T> {
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
}

/// A block with all that is on it.
#[derive(Default)]
pub(super) struct Block {
    pub parcels: Layer<ParcelRow>,
    pub buildings: Layer<BuildingRow>,
    pub plan: Layer<PlanBlock>,
    pub boundary: Layer<u32>,
    pub obstacles: Layer<Obstacle>,
    pub scattered: Vec<ScatteredRow>,
}

/// Builds one block, without the streets around it.
pub(super) fn build_block(grid: &Grid, seed: u64, plot: Plot) -> Block {
    let at = cell(plot.block);
    let outline = grid.outline(at.0, at.1);
    let mut rng = Rng::of(seed, 21, plot.block.into(), 0);
    let pieces = divide(&outline, plot.district, plot.parcels, &mut rng);
    let mut block = Block::default();
    block.boundary.push(&[outline.ring()], plot.block);
    let unplanned = plan(&outline, plot, &pieces, &mut block.plan, &mut rng);
    for (index, piece) in pieces.iter().enumerate() {
        block.add(piece, plot, unplanned.contains(&index), &mut rng);
    }
    block
}

impl Block {
    fn add(&mut self, piece: &Piece, plot: Plot, unplanned: bool, rng: &mut Rng) {
        let size = area(&piece.ring);
        let (parcel, lie, width) = match piece.role {
            Role::Site => {
                let estate = estate(plot.district, rng);
                let parcel = self.parcel(piece, plot, estate);
                if let Some(settlement) = settlement(estate) {
                    for (number, built) in (1..).zip(settle(&piece.ring, settlement, rng)) {
                        self.building(Some(parcel), plot, number, built);
                    }
                }
                return;
            }
            Role::Green => {
                return self
                    .obstacles
                    .push(std::slice::from_ref(&piece.ring), Obstacle::Green);
            }
            Role::Lane => {
                self.obstacles
                    .push(std::slice::from_ref(&piece.ring), Obstacle::Lane);
                return self.stray(piece, plot, rng);
            }
            Role::Recorded(lie, width) => (
                Some(self.parcel(piece, plot, Estate::Scattered)),
                lie,
                width,
            ),
            Role::Residual(lie, width) => (None, lie, width),
        };
        self.scattered.push(ScatteredRow {
            block: plot.block,
            parcel,
            lie,
            area: size,
            width,
            at: middle(&piece.ring),
            conforms: !unplanned,
        });
        if parcel.is_none() {
            self.stray(piece, plot, rng);
        }
    }

    fn parcel(&mut self, piece: &Piece, plot: Plot, estate: Estate) -> u32 {
        let row = count(self.parcels.rows.len());
        let row_data = ParcelRow {
            block: plot.block,
            serial: u16::try_from(row + 1).unwrap_or(u16::MAX),
            estate,
            area_cents: cents(area(&piece.ring)),
            plan: self.planned(middle(&piece.ring)),
        };
        self.parcels
            .push(std::slice::from_ref(&piece.ring), row_data);
        row
    }

    /// The row of the plan block that holds `at`.
    fn planned(&self, at: Coord) -> u32 {
        let holds = |row: &usize| holds(self.plan.shapes.get(*row).coords(), at);
        count((0..self.plan.rows.len()).find(holds).unwrap_or(0))
    }

    fn building(&mut self, parcel: Option<u32>, plot: Plot, number: u16, (rings, building): Built) {
        let footprint_cents = cents(rings.iter().map(|ring| area(ring)).sum());
        let row = BuildingRow {
            parcel,
            block: plot.block,
            number,
            footprint_cents,
            building,
        };
        self.buildings.push(&rings, row);
    }

    /// Now and then a shed on land that is no parcel.
    fn stray(&mut self, piece: &Piece, plot: Plot, rng: &mut Rng) {
        if rng.chance(0.03)
            && let Some(core) = Slot::core(&piece.ring, 0.3)
        {
            let core = core.lengthwise();
            let own = core.part(0.0, 0.0, core.wide.min(9.0), core.deep);
            let number =
                u16::try_from(self.obstacles.rows.len() + self.scattered.len()).unwrap_or(u16::MAX);
            let built = (
                own.building(Plan::Block, rng),
                building(Class::Shed, 2015, rng),
            );
            self.building(None, plot, number, built);
        }
    }
}

fn estate(district: District, rng: &mut Rng) -> Estate {
    match district {
        District::Industry => rng.weighted(&[
            (0.8, Estate::Factory),
            (0.1, Estate::Depot),
            (0.1, Estate::Idle),
        ]),
        District::Village => rng.weighted(&[(0.995, Estate::Homestead), (0.005, Estate::Reserve)]),
        District::Estate => rng.weighted(&[(0.85, Estate::Flats), (0.15, Estate::Shops)]),
        District::Commerce => rng.weighted(&[(0.92, Estate::Shops), (0.08, Estate::Reserve)]),
        District::Reserve | District::Park => Estate::Reserve,
    }
}

fn settlement(estate: Estate) -> Option<Settlement> {
    match estate {
        Estate::Factory => Some(Settlement::Factory),
        Estate::Depot => Some(Settlement::Depot),
        Estate::Homestead => Some(Settlement::Homestead),
        Estate::Flats => Some(Settlement::Flats),
        Estate::Shops => Some(Settlement::Shops),
        Estate::Idle | Estate::Reserve | Estate::Scattered => None,
    }
}

/// Square metres as a whole number of 0.01 m².
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a block has less than 42 km²"
)]
fn cents(m2: f64) -> u32 {
    (m2 * 100.0 + 0.5).floor() as u32
}

/// A count of rows as it is kept.
pub(super) fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
