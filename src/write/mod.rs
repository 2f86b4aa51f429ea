//! Results → the files people open; nothing is computed here.

mod chunks;
mod csv;
mod degrees;
mod dossier;
mod error;
mod flatgeobuf;
mod folder;
mod foreign;
mod format;
#[cfg(feature = "gdal")]
mod geodatabase;
#[cfg(not(feature = "gdal"))]
#[path = "no_geodatabase.rs"]
mod geodatabase;
mod geojson;
mod geopackage;
mod geoparquet;
mod hilbert;
pub mod judgement;
mod kml;
mod language;
mod leftover;
mod looks;
mod map_layer;
mod page;
mod points;
mod prepared;
mod qgis;
mod replacement;
mod report;
mod results;
mod rules;
mod shapefile;
mod summary;
mod survey;
mod table;
mod term;
mod tiles;
mod typed;
mod workbook;
mod xlsx;

pub use dossier::{Dossier, DossierSummary, dossier_file};
pub use error::WriteError;
pub use folder::ResultFolder;
pub use format::{Format, write_table};
pub use geodatabase::write_geodatabase;
pub use geojson::{VIEWER_COPY, write_viewer_copy};
pub use geopackage::write_city_package;
pub use language::Language;
pub use looks::{Look, Shown};
pub use map_layer::MapLayer;
pub use replacement::Replacement;
pub use report::Report;
pub use results::{
    BoundaryPoint, CompareSummary, FACT_COLUMNS, FileRows, ProposalCounts, ProposalSummary,
    SourceFacts, Summary, Totals, adjacency_table, allocation_table, boundary_points,
    boundary_points_table, buildings_table, changed_table, changes_table, clues_table,
    defects_of_city, defects_table, enterprises_table, findings_table, findings_with_survey,
    first_files, footprints_table, idle_table, index_table, ladder_table, lineage_table,
    merge_proposals_table, merged_table, open_land_table, parcels_table, proposal_findings_table,
    register_of_city, register_of_comparison, scattered_table, sorted_defects,
    split_proposals_table, splits_table, survey_totals_table, targets_table, totals_table,
    unproposed_table, upgrade_findings_table, upgrade_list_table, upgrade_proposals_table,
    upgrades_table, verdict_called,
};
pub use rules::{PackShown, RuleRow, RuleShown, rule_rows, rule_table, starter_pack};
pub use shapefile::write_shapefile;
pub use summary::write_json;
pub use survey::{
    SurveyContainer, begin_survey, survey_checks_table, unit_table, write_csv, write_survey,
};
pub use table::{Column, Kind, Table, TableGeometry, Value};
pub use term::term_notice;
pub use tiles::{TileArchive, TileId, TileSource, TileValue, gzip, world};
pub use workbook::{Book, PROPOSE_BOOKS, Preface, SCAN_BOOKS, UPGRADE_BOOKS, write_workbooks};
