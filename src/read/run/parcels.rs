//! `parcels.*` of a folder of results → its parcels and their shapes.

use std::path::Path;

use compact_str::CompactString;

use super::index::file_of;
use super::number_in;
use super::table::{ResultTable, broken};
use crate::formats::describe_crs;
use crate::geometry::{Bounds, Crs, CrsKind, Shapes, admit, shell_direction, transform};
use crate::model::{About, RunParcel};
use crate::quantity::{Area, Decimal};
use crate::read::ReadError;
use crate::read::computing::computing_crs;
use crate::read::placing::{Claims, place, usual_extent};

/// Map formats that hold the parcels, those in the computing CRS first; then the table without shapes.
const EXTENSIONS: [&str; 5] = ["parquet", "fgb", "gpkg", "geojson", "csv"];

const NEEDED: [&str; 3] = ["parcel_id", "area_m2", "plot_ratio"];

const MORE: [&str; 12] = [
    "area_plane_m2",
    "verdict",
    "land_use",
    "status",
    "building_count",
    "parcel_row",
    "owner",
    "location",
    "unit_number",
    "district",
    "town",
    "contract_id",
];

/// Parcels, and a shape for each where there are any.
type Parcels = (Vec<RunParcel>, Option<(Shapes, Crs)>);

/// Reads the parcels of a run, in the order of [`super::read_run`]; shapes are taken to `crs`, else to the one that the run
/// computed in, whose code is `own`.
pub(super) fn read_parcels(
    folder: &Path,
    crs: Option<&Crs>,
    own: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Parcels, ReadError> {
    let file = file_of(folder, "parcels", &EXTENSIONS)?.ok_or_else(|| {
        let why = "it has no `parcels` as geojson, gpkg, fgb, parquet or csv; name a folder that `plotratio scan` wrote in one of these";
        broken(folder, why)
    })?;
    let mut table = ResultTable::read(&file, Some("UTF-8"), (&NEEDED, &MORE))?;
    let mut parcels = Vec::new();
    for batch in &table.batches {
        parcels.extend((0..batch.rows).map(|row| {
            let column = |name| table.column(batch, name);
            let word = |name| {
                let text = column(name).and_then(|column| column.text(row));
                text.map(CompactString::from)
            };
            let number = |name| column(name).and_then(|column| column.number(row));
            RunParcel {
                id: word("parcel_id").unwrap_or_default(),
                row: number_in(column("parcel_row"), row),
                area: number("area_m2").and_then(Area::from_m2),
                plane: number("area_plane_m2").and_then(Area::from_m2),
                plot_ratio: number("plot_ratio").and_then(|ratio| Decimal::round(ratio, 6)),
                verdict: word("verdict"),
                land_use: word("land_use"),
                status: word("status"),
                buildings: number_in(column("building_count"), row),
                listed: None,
                about: Some(About::ALL.map(|about| word(about.name())))
                    .filter(|said| said.iter().any(Option::is_some))
                    .map(Box::new),
            }
        }));
    }
    let placed = if table.has_shapes {
        Some(placed(&mut table, crs, own, notes)?)
    } else {
        None
    };
    let order = order(&parcels, placed.as_ref().map(|(shapes, _)| shapes));
    Ok(in_order(parcels, placed, &order))
}

/// The shapes of a table in one CRS, empty where there is none.
pub(super) fn placed(
    table: &mut ResultTable,
    crs: Option<&Crs>,
    own: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<(Shapes, Crs), ReadError> {
    let mut all = Shapes::default();
    for batch in &table.batches {
        match &batch.shapes {
            Some(shapes) => all.append(shapes),
            None => (0..batch.rows).for_each(|_| all.end_shape()),
        }
    }
    let source = &table.source;
    let claims = Claims {
        decided: None,
        north_first: None,
        declared: table.crs.as_deref(),
        given: None,
        computing: None,
    };
    let extent = usual_extent(std::iter::once(&all));
    let placing = place(source, "parcels", &claims, extent, notes)?;
    placing.apply(all.coords_mut());
    let own = own.and_then(|code| describe_crs(code).ok());
    let to = match (crs, placing.crs.kind, own) {
        (Some(crs), ..) => crs.clone(),
        (None, CrsKind::Degrees, Some(own)) if own.metres().is_some() => own,
        _ => computing_crs(source, None, &placing, extent, &mut Vec::new())?,
    };
    transform(all.coords_mut(), &placing.crs, &to).map_err(|why| ReadError::Place {
        name: source.to_string(),
        why: why.to_string(),
    })?;
    Ok((all, to))
}

/// Parcels by id, then by where they lie, then by row.
fn order(parcels: &[RunParcel], shapes: Option<&Shapes>) -> Vec<usize> {
    let corner = |at: usize| {
        let Bounds { min, max } = shapes.map_or(Bounds::of(&[]), |shapes| shapes.get(at).bounds());
        [min.x, min.y, max.x, max.y]
    };
    let mut order: Vec<usize> = (0..parcels.len()).collect();
    order.sort_by(|&a, &b| {
        let by_place = || {
            let mut pairs = corner(a).into_iter().zip(corner(b));
            let differ =
                pairs.find_map(|(a, b)| Some(a.total_cmp(&b)).filter(|order| order.is_ne()));
            differ.unwrap_or(std::cmp::Ordering::Equal)
        };
        let by_id = parcels[a].id.cmp(&parcels[b].id);
        by_id
            .then_with(by_place)
            .then_with(|| parcels[a].row.cmp(&parcels[b].row))
    });
    order
}

/// The parcels in order, their shapes let through the gate: what is refused is no shape.
fn in_order(
    mut parcels: Vec<RunParcel>,
    placed: Option<(Shapes, Crs)>,
    order: &[usize],
) -> Parcels {
    let shapes = placed.map(|(shapes, crs)| {
        let clockwise = shell_direction(std::iter::once(&shapes));
        let mut admitted = Shapes::default();
        for &at in order {
            let shape = shapes.get(at);
            if shape.is_empty() {
                admitted.end_shape();
            } else {
                // a refused shape is an empty one
                admit(shape, clockwise, &mut admitted);
            }
        }
        (admitted, crs)
    });
    let sorted = order
        .iter()
        .map(|&at| std::mem::take(&mut parcels[at]))
        .collect();
    (sorted, shapes)
}
