//! All map layers of a run → one GeoPackage with styles, Chinese column names and what it rests on, and a QGIS project of it.

use std::fs;

use super::{quoted, write_layers};
use crate::write::qgis::{Style, Styled, project, qml};
use crate::write::{Column, Kind, Language, MapLayer, ResultFolder, Table, WriteError};

const NAME: &str = "city.gpkg";
const PROJECT: &str = "city.qgs";

const METADATA: [&str; 3] = [
    "CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, \
     md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, \
     mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')",
    "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, \
     row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), \
     md_file_id INTEGER NOT NULL, md_parent_id INTEGER, \
     CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), \
     CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))",
    "INSERT INTO gpkg_extensions VALUES \
     ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write'), \
     ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write')",
];

/// Writes `city.gpkg` with layers that are drawn, and `city.qgs` that shows them; `rests_on` is JSON of what the run rests
/// on. The names of the files.
///
/// # Errors
/// When the library refuses, or a file cannot be written.
pub fn write_city_package(
    folder: &ResultFolder,
    layers: &[MapLayer<'_, '_>],
    rests_on: &str,
    language: Language,
) -> Result<[String; 2], WriteError> {
    let (path, shown) = (folder.path(NAME), folder.shown(NAME));
    let mut styles = Vec::new();
    for layer in layers {
        if let Some((crs, drawn)) = layer.drawn() {
            styles.extend(
                Style::of(layer.table, drawn, language)
                    .into_iter()
                    .map(|style| Styled { layer, crs, style }),
            );
        }
    }
    let rows: Vec<StyleRow<'_>> = styles
        .iter()
        .map(|of| StyleRow {
            layer: &of.layer.name,
            name: of.style.name().to_owned(),
            qml: qml(of.layer.table, &of.style),
        })
        .collect();
    let listed = layer_styles(&rows);
    let listed = MapLayer::of(&listed);
    write_layers(&path, &shown, layers, Some(&listed), &metadata(rests_on))?;
    let text = project(NAME, &styles, &line(rests_on, language), language);
    fs::write(folder.path(PROJECT), text).map_err(|why| folder.io_error(PROJECT, why))?;
    Ok([NAME.to_owned(), PROJECT.to_owned()])
}

/// What stands below the map: policy, day, CRS.
fn line(rests_on: &str, language: Language) -> String {
    let facts: serde_json::Value = serde_json::from_str(rests_on).unwrap_or_default();
    let said = [
        ("政策", "policy", "/policy/id"),
        ("判定日", "as of", "/as_of"),
        ("坐标系", "CRS", "/crs/name"),
    ];
    let said = said.map(|(zh, en, place)| {
        let fact = facts.pointer(place).and_then(serde_json::Value::as_str);
        format!("{}: {}", language.of(zh, en), fact.unwrap_or("–"))
    });
    said.join("    ")
}

/// A style as QGIS keeps it.
struct StyleRow<'l> {
    layer: &'l str,
    name: String,
    qml: String,
}

/// The table in which QGIS keeps styles; the first style of a layer is its default.
fn layer_styles<'s>(styles: &'s [StyleRow<'s>]) -> Table<'s> {
    fn text<'a>(name: &'static str, cell: impl Fn(usize) -> &'a str + Sync + 'a) -> Column<'a> {
        Column::new(name, name, Kind::Text, cell)
    }
    let is_first = |row: usize| row == 0 || styles[row - 1].layer != styles[row].layer;
    Table {
        name: "layer_styles",
        title: "layer_styles",
        rows: styles.len(),
        columns: vec![
            text("f_table_catalog", |_| ""),
            text("f_table_schema", |_| ""),
            text("f_table_name", |row| styles[row].layer),
            text("f_geometry_column", |_| "geom"),
            text("styleName", |row| &styles[row].name),
            text("styleQML", |row| &styles[row].qml),
            text("styleSLD", |_| ""),
            Column::new("useAsDefault", "useAsDefault", Kind::Integer, move |row| {
                i64::from(is_first(row))
            }),
            text("description", |_| "plotratio"),
            text("owner", |_| ""),
            text("update_time", |_| "2000-01-01T00:00:00.000Z"),
        ],
        geometry: None,
    }
}

/// Records what the run rests on by the metadata extension of the standard (OGC 12-128, annex F.8).
fn metadata(rests_on: &str) -> Vec<String> {
    let uri = quoted("https://www.isotc211.org/2005/gmd");
    let mut statements = METADATA.map(str::to_owned).to_vec();
    statements.push(format!(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', {uri}, 'application/json', {})",
        quoted(rests_on)
    ));
    statements.push("INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, '2000-01-01T00:00:00.000Z', 1, NULL)".to_owned());
    statements
}
