//! A scan → the tables and the summary that are its results.

mod about;
mod adjacency;
mod boundary_points;
mod buildings;
mod comparison;
mod defects;
mod findings;
mod footprints;
mod groups;
mod index;
mod keys;
mod lineage;
mod merges;
mod more_facts;
mod outputs;
mod parcels;
mod preface;
mod printed;
mod proposal_summary;
mod scattered;
mod split_ways;
mod splits;
mod summary;
mod survey;
mod totals;
mod upgrade_list;
mod upgrade_proposals;
mod upgrades;

pub use adjacency::adjacency_table;
pub use boundary_points::{BoundaryPoint, boundary_points, boundary_points_table};
pub use buildings::buildings_table;
pub use comparison::{
    CompareSummary, changed_table, changes_table, register_of_city, register_of_comparison,
};
pub use defects::{defects_of_city, defects_table, sorted_defects};
pub use findings::{
    findings_table, findings_with_survey, proposal_findings_table, upgrade_findings_table,
};
pub use footprints::footprints_table;
pub use groups::totals_table;
pub(super) use index::is_output;
pub use index::{FileRows, first_files, index_table};
pub use lineage::lineage_table;
pub use merges::{merge_proposals_table, merged_table};
pub use more_facts::FACT_COLUMNS;
pub use parcels::parcels_table;
pub use printed::verdict_called;
pub(super) use proposal_summary::CONDITIONS;
pub use proposal_summary::{ProposalCounts, ProposalSummary};
pub use scattered::scattered_table;
pub use split_ways::{splits_table, unproposed_table};
pub use splits::split_proposals_table;
pub use summary::{SourceFacts, Summary};
pub use survey::{
    clues_table, enterprises_table, idle_table, ladder_table, open_land_table, survey_totals_table,
    targets_table,
};
pub use totals::Totals;
pub use upgrade_list::upgrade_list_table;
pub use upgrade_proposals::upgrade_proposals_table;
pub use upgrades::{allocation_table, upgrades_table};

use super::Value;
use crate::quantity::{Decimal, Quantity};

/// A quantity as a cell with so many decimals; unknown is null.
fn cell(quantity: Quantity<f64>, places: u8) -> Value<'static> {
    quantity
        .ok()
        .and_then(|number| Decimal::round(number, places))
        .into()
}

/// The 0-based row of a feature in its layer, where its id does not tell it apart.
fn row_if(unclear: bool, row: u32) -> Value<'static> {
    if unclear {
        Value::Integer(row.into())
    } else {
        Value::Null
    }
}
