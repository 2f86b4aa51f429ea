//! A count of parcels and a seed → the whole city, block by block in parallel, numbered in the order of the blocks.

use rayon::prelude::*;

use super::block::{Block, build_block};
use super::dirt::{BUILDING_DIRT, Flaw, PARCEL_DIRT, Planted, soil};
use super::district::{Plot, district, plots};
use super::facts::Facts;
use super::layout::{Grid, cell};
use super::plan::PlanBlock;
use super::plane::Ring;
use super::rows::{BuildingRow, ParcelRow, ScatteredRow, SynthLayer, count};
use super::streets::{Obstacle, streets};

/// Blocks that are held beside the city while it is put together.
const BATCH: usize = 128;

/// A larger city would leave the projection zone it is drawn in.
pub const MOST_PARCELS: u32 = 20_000_000;

/// What city is to be built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// How many parcels, exactly; no more than [`MOST_PARCELS`].
    pub parcels: u32,
    /// Another seed, another city.
    pub seed: u64,
    /// Share of parcels, and of buildings, that get a flaw.
    pub dirty: f64,
    /// Share of parcels in industrial blocks; without it about one in a hundred.
    pub industrial: Option<f64>,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            parcels: 10_000,
            seed: 2021,
            dirty: 0.002,
            industrial: None,
        }
    }
}

/// An invented city.
pub struct City {
    pub(super) order: Order,
    pub(super) parcels: SynthLayer<ParcelRow>,
    pub(super) buildings: SynthLayer<BuildingRow>,
    pub(super) plan: SynthLayer<PlanBlock>,
    pub(super) boundary: SynthLayer<u32>,
    pub(super) obstacles: SynthLayer<Obstacle>,
    pub(super) scattered: Vec<ScatteredRow>,
    /// Building row and level: from 1 upwards, from -1 downwards.
    pub(super) storeys: Vec<(u32, i8)>,
    pub(super) parcel_dirt: Vec<Planted>,
    pub(super) building_dirt: Vec<Planted>,
    /// What is remarkable about buildings that are drawn soundly.
    pub(super) building_notes: Vec<Planted>,
    /// Rows of parcels with an enterprise.
    pub(super) enterprises: Vec<u32>,
    /// Rows of parcels with a grant contract.
    pub(super) contracts: Vec<u32>,
    /// Rows of parcels that came from a split or a merge.
    pub(super) lineage: Vec<u32>,
}

/// Builds a city of exactly `parcels` parcels with the usual share of flaws. The same seed gives the same city.
pub fn build(parcels: u32, seed: u64) -> City {
    build_order(Order {
        parcels,
        seed,
        ..Order::default()
    })
}

/// Builds the city that `order` asks for; one of [`MOST_PARCELS`] where it asks for more.
pub fn build_order(order: Order) -> City {
    let order = Order {
        parcels: order.parcels.min(MOST_PARCELS),
        ..order
    };
    let mut plots = plots(order.seed, order.parcels, order.industrial);
    let grid = Grid::new(order.seed, count(plots.len()));
    let mut city = City::new(order);
    let mut done = 0;
    while done < plots.len() {
        for batch in plots[done..].chunks(BATCH) {
            let blocks: Vec<Block> = batch
                .par_iter()
                .map(|&plot| build_block(&grid, order.seed, plot))
                .collect();
            for block in blocks {
                city.add(block);
            }
        }
        done = plots.len();
        // where a block could not be cut as often as asked, another block makes up for it
        let missing = order.parcels - count(city.parcels.rows.len());
        if missing > 0 {
            let block = count(plots.len());
            plots.push(Plot {
                block,
                district: district(order.seed, block).lived_in(),
                parcels: missing.min(300),
            });
        }
    }
    let blocks = count(plots.len());
    let streets: Vec<Vec<(Obstacle, Ring)>> = (0..blocks)
        .into_par_iter()
        .map(|block| streets(&grid, order.seed, cell(block), blocks))
        .collect();
    for (obstacle, ring) in streets.into_iter().flatten() {
        city.obstacles.push(&[ring], obstacle);
    }
    city.finish();
    city
}

impl City {
    fn new(order: Order) -> Self {
        Self {
            order,
            parcels: SynthLayer::default(),
            buildings: SynthLayer::default(),
            plan: SynthLayer::default(),
            boundary: SynthLayer::default(),
            obstacles: SynthLayer::default(),
            scattered: Vec::new(),
            storeys: Vec::new(),
            parcel_dirt: Vec::new(),
            building_dirt: Vec::new(),
            building_notes: Vec::new(),
            enterprises: Vec::new(),
            contracts: Vec::new(),
            lineage: Vec::new(),
        }
    }

    fn add(&mut self, block: Block) {
        let parcels = count(self.parcels.rows.len());
        let plans = count(self.plan.rows.len());
        self.parcels.append(block.parcels, |row| row.plan += plans);
        self.buildings.append(block.buildings, |row| {
            row.parcel = row.parcel.map(|parcel| parcel + parcels);
        });
        self.plan.append(block.plan, |_| ());
        self.boundary.append(block.boundary, |_| ());
        self.obstacles.append(block.obstacles, |_| ());
        self.scattered
            .extend(block.scattered.into_iter().map(|mut row| {
                row.parcel = row.parcel.map(|parcel| parcel + parcels);
                row
            }));
    }

    /// All that is known only of a whole city.
    fn finish(&mut self) {
        let facts = Facts::of(self.order.seed);
        for (row, building) in (0_u32..).zip(&self.buildings.rows) {
            let known = facts.building(row, building);
            let notes = [
                (building.building.crosses, Flaw::AcrossLine),
                (building.building.overlaps, Flaw::OverAnother),
                (building.parcel.is_none(), Flaw::OnNoParcel),
                (!known.above_known, Flaw::NoStoreys),
            ];
            let notes = notes.into_iter().filter(|note| note.0);
            self.building_notes.extend(notes.map(|(_, flaw)| Planted {
                row,
                flaw,
                other: None,
                metres: None,
            }));
            if known.storeys_listed {
                let levels = i8::try_from(building.building.above).unwrap_or(i8::MAX);
                let below = i8::try_from(building.building.below).unwrap_or(0);
                let all = (-below..=levels).filter(|&level| level != 0);
                self.storeys.extend(all.map(|level| (row, level)));
            }
        }
        for (row, parcel) in (0_u32..).zip(&self.parcels.rows) {
            let known = facts.parcel(row, parcel);
            if known.enterprise {
                self.enterprises.push(row);
            }
            if known.contract {
                self.contracts.push(row);
            }
            if known.lineage.is_some() {
                self.lineage.push(row);
            }
        }
        let Order { seed, dirty, .. } = self.order;
        self.parcel_dirt = soil(&mut self.parcels.shapes, PARCEL_DIRT, dirty, seed);
        self.building_dirt = soil(
            &mut self.buildings.shapes,
            BUILDING_DIRT,
            dirty,
            seed.wrapping_add(1),
        );
    }
}
