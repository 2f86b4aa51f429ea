//! A parcel → what the panel beside the map says of it, the facts of a case on it, and its page.

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::list::one;
use super::shapes::geometry;
use super::state::State;
use crate::read::RunBook;
use crate::write::{Dossier, Language};

/// The parcel as the panel shows it.
pub(super) fn panel(state: &State, row: usize, language: Language) -> Result<Value, Refusal> {
    let row = state.row(row)?;
    let book = book(state, row)?;
    let dossier = Dossier::new(&book, Some(&state.pack), language);
    Ok(json!({
        "row": row,
        "id": state.id_of(row),
        "listed": one(state, row),
        "html": dossier.panel(0),
        "neighbours": neighbours(state, &book, row),
        "shape": geometry(state, state.run.parcels.shape(row))?,
    }))
}

/// Its page, as `dossier` writes it.
pub(super) fn page(state: &State, row: usize, language: Language) -> Result<String, Refusal> {
    let row = state.row(row)?;
    let book = book(state, row)?;
    Ok(Dossier::new(&book, Some(&state.pack), language).page(0))
}

/// What a case on it begins with: what is known, the pieces beside it, what an upgrade would take.
pub(super) fn facts(state: &State, row: usize) -> Result<Value, Refusal> {
    let row = state.row(row)?;
    let book = book(state, row)?;
    let upgrade = book.upgrades.of(0).next();
    let upgrade = upgrade.map(|row| {
        let cells = row.cells().filter(|(_, text)| !text.is_empty());
        cells
            .map(|(name, text)| (name.to_owned(), Value::from(text)))
            .collect::<Map<_, _>>()
    });
    Ok(json!({
        "row": row,
        "id": state.id_of(row),
        "facts": state.known(row)?,
        "pieces": pieces(state, row),
        "upgrade": upgrade,
    }))
}

fn book(state: &State, row: usize) -> Result<RunBook, Refusal> {
    state.run.book(vec![row]).map_err(Refusal::failed)
}

/// The rows of the parcels beside it, by id.
fn neighbours(state: &State, book: &RunBook, row: usize) -> Value {
    let own = state.id_of(row);
    let near = state.run.parcels.shape(row).bounds().grown(5.0);
    let around: Vec<(String, u32)> = state
        .run
        .parcels
        .index()
        .meeting(near)
        .map(|at| (state.id_of(at as usize), at))
        .collect();
    let mut found = Map::new();
    for row in book.adjacency.of(0) {
        let ids = [row.text("parcel_a"), row.text("parcel_b")];
        for id in ids.into_iter().flatten().filter(|id| *id != own) {
            if let Some((_, at)) = around.iter().find(|(have, _)| have == id) {
                found.insert(id.to_owned(), (*at).into());
            }
        }
    }
    found.into()
}

/// The pieces of scattered land that it could take, each as a record of a check file.
fn pieces(state: &State, row: usize) -> Vec<Value> {
    let Some(layer) = state.run.scattered.as_deref() else {
        return Vec::new();
    };
    let own = state.id_of(row);
    let near = state.run.parcels.shape(row).bounds().grown(25.0);
    let mut rows: Vec<u32> = layer.index().meeting(near).collect();
    rows.sort_unstable();
    let piece = |at: &u32| {
        let at = *at as usize;
        let sites = layer.text(at, "sites")?;
        let place = sites.split(';').position(|site| site == own)?;
        let of_list = |column: &str| {
            let list = layer.text(at, column)?;
            list.split(';').nth(place).map(str::to_owned)
        };
        let shared = of_list("shared_m").and_then(|metres| metres.parse::<f64>().ok());
        let truth = match layer.text(at, "conforms_to_plan").as_deref() {
            Some("true" | "1") => Some(true),
            Some("false" | "0") => Some(false),
            _ => None,
        };
        let mut record = Map::new();
        record.insert("id".into(), layer.text(at, "piece_id")?.into_owned().into());
        record.insert("area_m2".into(), layer.number(at, "area_m2").into());
        if let Some(truth) = truth {
            record.insert("conforms_to_plan".into(), truth.into());
        }
        match shared {
            Some(metres) if metres > 0.0 => record.insert("shared_m".into(), metres.into()),
            _ => record.insert("adjacent".into(), true.into()),
        };
        Some(json!({
            "record": record,
            "kind": layer.text(at, "kind"),
            "allocated_to": layer.text(at, "allocated_to"),
            "shape": geometry(state, layer.shape(at)).ok(),
        }))
    };
    rows.iter().filter_map(piece).collect()
}
