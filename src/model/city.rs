//! The layers of a city as they were read.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::layers::{LAYERS, LayerEntry};
use super::{
    About, Building, ContractTable, Decisions, EnterpriseTable, FormerParcel, GivenPiece, LeftOut,
    LineageTable, Obstacle, Parcel, PlanBlock, Storeys, SurveyBlock,
};
use crate::geometry::{Crs, Shapes};

/// A layer that an office can hand over, by its name on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayerKind {
    /// 宗地.
    Parcels,
    /// 自然幢.
    Buildings,
    /// 层.
    Storeys,
    /// 规划地块.
    Plan,
    /// 零星地块.
    Scattered,
    /// 调查区.
    Boundary,
    /// 道路、水面、绿地.
    Obstacles,
    /// 变更前的宗地.
    Before,
    /// 宗地变化情况.
    Lineage,
    /// 企业名录.
    Enterprises,
    /// 出让合同.
    Contracts,
    /// 分割后宗地: of one split, no layer of a city.
    Lots,
}

impl LayerKind {
    /// Every layer of a city.
    pub const ALL: [Self; 11] = [
        Self::Parcels,
        Self::Buildings,
        Self::Storeys,
        Self::Plan,
        Self::Scattered,
        Self::Boundary,
        Self::Obstacles,
        Self::Before,
        Self::Lineage,
        Self::Enterprises,
        Self::Contracts,
    ];

    /// What is known of it.
    pub const fn entry(self) -> &'static LayerEntry {
        &LAYERS[self as usize]
    }

    /// Its name on the command line and in results.
    pub const fn name(self) -> &'static str {
        self.entry().role.name
    }
}

/// Features of one kind: a record and a shape each, in the same order.
#[derive(Clone, Debug)]
pub struct Layer<T> {
    /// The records.
    pub rows: Vec<T>,
    /// The shape of each record, in the computing CRS.
    pub shapes: Shapes,
    /// What became of every feature of the input.
    pub account: Account,
    /// The positions of records whose id is missing or shared, so that only their row tells them apart.
    pub unclear: FxHashSet<u32>,
    /// Features that were set aside for their shape.
    pub left_out: Vec<LeftOut<T>>,
}

/// Where the features of a layer went: `read = filtered + analysed + repaired + quarantined`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Features in the source.
    pub read: u64,
    /// Left out by `--where`.
    pub filtered: u64,
    /// Analysed as they were.
    pub analysed: u64,
    /// Mended, then analysed.
    pub repaired: u64,
    /// Left out of every measure, with a row in `defects.csv`.
    pub quarantined: u64,
}

/// A city as it was read: its layers in one computing CRS. What was wrong with them is told beside it.
#[derive(Clone, Debug)]
pub struct City {
    /// The CRS of every shape.
    pub crs: Crs,
    /// The parcels.
    pub parcels: Layer<Parcel>,
    /// The buildings, where a layer of them was given.
    pub buildings: Option<Layer<Building>>,
    /// The storeys, where a table of them was given.
    pub storeys: Option<Storeys>,
    /// The plan blocks, where a layer of them was given.
    pub plan: Option<Layer<PlanBlock>>,
    /// The scattered pieces that the office knows of, where a layer of them was given.
    pub scattered: Option<Layer<GivenPiece>>,
    /// The ground on which land is looked for, where a layer of it was given.
    pub boundary: Option<Layer<SurveyBlock>>,
    /// Roads, water and green, where a layer of them was given.
    pub obstacles: Option<Layer<Obstacle>>,
    /// The parcels of an earlier time, where a layer of them was given.
    pub before: Option<Layer<FormerParcel>>,
    /// What became of parcels, where a table of it was given.
    pub lineage: Option<LineageTable>,
    /// The enterprises, where a table of them was given.
    pub enterprises: Option<EnterpriseTable>,
    /// The grant contracts, where a table of them was given.
    pub contracts: Option<ContractTable>,
    /// The column of the parcels by which results are summed up (`--group-by`), as the layer spells it.
    pub group_by: Option<String>,
    /// Whether the parcels are all land of those who hold them (`--complete`).
    pub complete: bool,
    /// What the layer of parcels and the contracts say of parcels that every list hands on.
    pub about: Vec<About>,
    /// What was decided of each layer from all its rows.
    pub decisions: Decisions,
}

impl City {
    /// A city of which nothing but its parcels is known.
    pub fn of(crs: Crs, parcels: Layer<Parcel>) -> Self {
        Self {
            crs,
            parcels,
            buildings: None,
            storeys: None,
            plan: None,
            scattered: None,
            boundary: None,
            obstacles: None,
            before: None,
            lineage: None,
            enterprises: None,
            contracts: None,
            group_by: None,
            complete: false,
            about: Vec::new(),
            decisions: Decisions::default(),
        }
    }

    /// Forgets who holds what (`--without-owners`): nothing that is written from here on can tell it.
    pub fn forget_owners(&mut self) {
        let left_out = self.parcels.left_out.iter_mut();
        let left_out = left_out.map(|parcel| &mut parcel.record);
        for parcel in self.parcels.rows.iter_mut().chain(left_out) {
            parcel.owner = None;
        }
        self.about.retain(|about| *about != About::Owner);
    }

    /// Where the features of each layer with shapes, and the rows of the tables, went.
    pub fn accounts(&self) -> impl Iterator<Item = (LayerKind, Account)> {
        fn of<T>(layer: Option<&Layer<T>>) -> Option<Account> {
            layer.map(|layer| layer.account)
        }
        let all = [
            (LayerKind::Parcels, Some(self.parcels.account)),
            (LayerKind::Buildings, of(self.buildings.as_ref())),
            (LayerKind::Plan, of(self.plan.as_ref())),
            (LayerKind::Scattered, of(self.scattered.as_ref())),
            (LayerKind::Boundary, of(self.boundary.as_ref())),
            (LayerKind::Obstacles, of(self.obstacles.as_ref())),
            (LayerKind::Before, of(self.before.as_ref())),
            (
                LayerKind::Lineage,
                self.lineage.as_ref().map(|table| table.account),
            ),
            (
                LayerKind::Enterprises,
                self.enterprises.as_ref().map(|table| table.account),
            ),
            (
                LayerKind::Contracts,
                self.contracts.as_ref().map(|table| table.account),
            ),
        ];
        all.into_iter()
            .filter_map(|(layer, account)| Some((layer, account?)))
    }
}
