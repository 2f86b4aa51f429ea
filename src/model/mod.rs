//! The typed records of a city.

mod about;
mod building;
mod building_use;
mod city;
mod completion;
mod contract;
mod decisions;
mod defect;
mod defect_count;
mod defect_kind;
mod enterprise;
mod former_parcel;
mod given_lot;
mod given_piece;
pub mod held;
mod key;
mod key_index;
mod left_out;
mod lineage;
mod obstacle;
mod obstacle_kind;
mod parcel;
mod part;
mod plan;
mod remarks;
mod run;
pub mod survey;
mod survey_block;

pub use about::{About, Papers};
pub use building::{Building, FloorAreaSource, Storey, Storeys};
pub use building_use::BuildingUse;
pub use city::{Account, City, Layer, LayerKind};
pub use completion::Completion;
pub use contract::{ContractTable, GrantContract};
pub use decisions::{
    AreaUnit, DecimalMark, Decisions, LandUseCodes, LayerDecisions, MoneyUnit, ShareScale,
};
pub use defect::{Action, Defect, feature_name};
pub use defect_count::{DefectCount, count_defects};
pub use defect_kind::{DefectKind, Severity};
pub use enterprise::{Enterprise, EnterpriseTable, Yearly};
pub use former_parcel::FormerParcel;
pub use given_lot::GivenLot;
pub use given_piece::GivenPiece;
pub use key::{building_of_unit, is_below_ground, key, parcel_key};
pub use key_index::{KeyIndex, Meant};
pub use left_out::{LeftOut, Outline};
pub use lineage::{LineageRow, LineageTable, RecordedChange};
pub use obstacle::Obstacle;
pub use obstacle_kind::ObstacleKind;
pub use parcel::{LandStatus, Parcel, ParcelTerms, other_key, parcel_part};
pub use plan::{Limit, PlanBlock, PlanLimits};
pub use remarks::Remarks;
pub use run::{Listed, Run, RunFacts, RunParcel, SpellRow};
pub use survey_block::SurveyBlock;
