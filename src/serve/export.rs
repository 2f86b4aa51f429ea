//! Parcels that somebody chose → a file of them, as the run's own files are.

use std::borrow::Cow;

use serde::Deserialize;

use super::answer::Refusal;
use super::list::Query;
use super::state::State;
use crate::geometry::{Shapes, transform};
use crate::quantity::Decimal;
use crate::read::RunLayer;
use crate::write::{Column, Format, Kind, ResultFolder, Table, TableGeometry, Value, write_table};

/// What is to be exported.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// `csv`, `xlsx` or `geojson`.
    format: String,
    /// The rows; all that the query finds, where there are none.
    #[serde(default)]
    rows: Vec<usize>,
    /// What is looked for.
    #[serde(default)]
    query: Query,
}

/// A file: its name, what it is, its bytes.
pub(super) struct Export {
    pub(super) name: String,
    pub(super) media: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// Writes the file.
pub(super) fn export(state: &State, wish: &Wish) -> Result<Export, Refusal> {
    let (format, media) = match &*wish.format {
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        "xlsx" => (
            Format::Xlsx,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        "geojson" => (Format::GeoJson, "application/geo+json"),
        other => {
            return Err(Refusal::wrong(format!(
                "`{other}`: there are csv, xlsx, geojson"
            )));
        }
    };
    let rows = if wish.rows.is_empty() {
        let matched = state.matched(&wish.query);
        matched.rows.iter().map(|row| *row as usize).collect()
    } else {
        for row in &wish.rows {
            state.row(*row)?;
        }
        wish.rows.clone()
    };
    let layer = &*state.run.parcels;
    let (mut plane, mut degrees) = (Shapes::default(), Shapes::default());
    for row in &rows {
        plane.push(layer.shape(*row));
    }
    degrees.append(&plane);
    transform(degrees.coords_mut(), &state.run.crs, &state.degrees).map_err(Refusal::failed)?;
    let table = Table {
        name: "parcels",
        title: "宗地",
        rows: rows.len(),
        columns: layer
            .columns()
            .map(|name| column(layer, name, &rows))
            .collect(),
        geometry: Some(TableGeometry {
            crs: &state.run.crs,
            plane: Box::new(|row| plane.get(row)),
            degrees: Some(Box::new(|row| degrees.get(row))),
        }),
    };
    let home = tempfile::tempdir().map_err(Refusal::failed)?;
    let folder =
        ResultFolder::begin(&home.path().join("export"), false).map_err(Refusal::failed)?;
    // whoever exports a list opens it in a program that knows UTF-8 by a mark alone
    let folder = folder.with_csv_mark(true);
    write_table(&folder, &table, format).map_err(Refusal::failed)?;
    let file = format!("parcels.{}", format.extension());
    let bytes = std::fs::read(folder.path(&file)).map_err(Refusal::failed)?;
    Ok(Export {
        name: file,
        media,
        bytes,
    })
}

fn column<'a>(layer: &'a RunLayer, name: &'a str, rows: &'a [usize]) -> Column<'a> {
    let alias: Cow<'static, str> = Cow::Owned(name.to_owned());
    if !layer.is_number(name) {
        return Column::new(
            name.to_owned(),
            alias,
            Kind::Text,
            move |row: usize| -> Value<'a> {
                layer.text(rows[row], name).map_or(Value::Null, Value::Text)
            },
        );
    }
    let places = if name.ends_with("_m2") {
        2
    } else if name.ends_with("_mu") {
        4
    } else if name.ends_with("count")
        || name.ends_with("row")
        || name.ends_with("left_out")
        || name.ends_with("refused")
    {
        return Column::new(name.to_owned(), alias, Kind::Integer, move |row: usize| {
            layer.number(rows[row], name).map(|number| {
                #[expect(clippy::cast_possible_truncation, reason = "a count")]
                let whole = number as i64;
                whole
            })
        });
    } else {
        6
    };
    Column::new(
        name.to_owned(),
        alias,
        Kind::Decimal(places),
        move |row: usize| {
            layer
                .number(rows[row], name)
                .and_then(|number| Decimal::round(number, places))
        },
    )
}
