//! One block → its parcels, buildings, plan, obstacles and scattered pieces, numbered from 0.

use geo::Coord;

use super::building::{Built, Class, building};
use super::dice::Dice;
use super::district::{District, Plot};
use super::footprint::{Plan, Slot};
use super::layout::{Grid, cell};
use super::parcels::{Piece, Role, divide};
use super::plan::{PlanBlock, plan};
use super::plane::{area, holds, middle};
use super::rows::{BuildingRow, Estate, ParcelRow, ScatteredRow, SynthLayer, cents, count};
use super::settle::{Settlement, settle};
use super::streets::Obstacle;

/// A block with all that is on it.
#[derive(Default)]
pub(super) struct Block {
    pub parcels: SynthLayer<ParcelRow>,
    pub buildings: SynthLayer<BuildingRow>,
    pub plan: SynthLayer<PlanBlock>,
    pub boundary: SynthLayer<u32>,
    pub obstacles: SynthLayer<Obstacle>,
    pub scattered: Vec<ScatteredRow>,
}

/// Builds one block, without the streets around it.
pub(super) fn build_block(grid: &Grid, seed: u64, plot: Plot) -> Block {
    let at = cell(plot.block);
    let outline = grid.outline(at.0, at.1);
    let mut dice = Dice::of(seed, 21, plot.block.into(), 0);
    let pieces = divide(&outline, plot.district, plot.parcels, &mut dice);
    let mut block = Block::default();
    block.boundary.push(&[outline.ring()], plot.block);
    let unplanned = plan(&outline, plot, &pieces, &mut block.plan, &mut dice);
    for (index, piece) in pieces.iter().enumerate() {
        block.add(piece, plot, unplanned.contains(&index), &mut dice);
    }
    block
}

impl Block {
    fn add(&mut self, piece: &Piece, plot: Plot, unplanned: bool, dice: &mut Dice) {
        let size = area(&piece.ring);
        let (parcel, lie, width) = match piece.role {
            Role::Site => {
                let estate = estate(plot.district, dice);
                let parcel = self.parcel(piece, plot, estate);
                if let Some(settlement) = settlement(estate) {
                    for (number, built) in (1..).zip(settle(&piece.ring, settlement, dice)) {
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
                return self.stray(piece, plot, dice);
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
            self.stray(piece, plot, dice);
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
    fn stray(&mut self, piece: &Piece, plot: Plot, dice: &mut Dice) {
        if dice.chance(0.06)
            && let Some(core) = Slot::core(&piece.ring, 0.3)
        {
            let core = core.lengthwise();
            let own = core.part(0.0, 0.0, core.wide.min(9.0), core.deep);
            let number =
                u16::try_from(self.obstacles.rows.len() + self.scattered.len()).unwrap_or(u16::MAX);
            let built = (
                own.building(Plan::Block, dice),
                building(Class::Shed, 2015, dice),
            );
            self.building(None, plot, number, built);
        }
    }
}

fn estate(district: District, dice: &mut Dice) -> Estate {
    match district {
        District::Industry => dice.weighted(&[
            (0.8, Estate::Factory),
            (0.1, Estate::Depot),
            (0.1, Estate::Idle),
        ]),
        District::Village => dice.weighted(&[(0.995, Estate::Homestead), (0.005, Estate::Reserve)]),
        District::Estate => dice.weighted(&[(0.85, Estate::Flats), (0.15, Estate::Shops)]),
        District::Commerce => dice.weighted(&[(0.92, Estate::Shops), (0.08, Estate::Reserve)]),
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
