//! Rows of a layer of buildings and of a table of storeys → buildings and storeys.

use std::cmp::Ordering;

use super::dates::date_or_year;
use super::known::{Doubt, Known, Record};
use super::rows::Rows;
use super::{Batch, Column};
use crate::model::{
    Building, BuildingUse, Completion, DefectKind, FloorAreaSource, LayerKind, Storey, Storeys,
};
use crate::quantity::Area;

pub(super) struct BuildingColumns<'a> {
    id: Option<Column<'a>>,
    parcel_id: Option<Column<'a>>,
    storeys: [Option<Column<'a>>; 3],
    zero_may_be_null: bool,
    structure: Option<Column<'a>>,
    storey_height: Option<Column<'a>>,
    height: Option<Column<'a>>,
    surveyed: Option<Column<'a>>,
    predicted: Option<Column<'a>>,
    below: Option<Column<'a>>,
    far: Option<Column<'a>>,
    building_use: Option<Column<'a>>,
    completed: Option<(Column<'a>, String)>,
    status: Option<Column<'a>>,
}

impl Record for Building {
    const KIND: LayerKind = LayerKind::Buildings;
    type Columns<'a> = BuildingColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> BuildingColumns<'a> {
        let column = |field| known.column(batch, field);
        BuildingColumns {
            id: column("id"),
            parcel_id: column("parcel_id"),
            storeys: [
                column("storeys"),
                column("storeys_below"),
                column("storeys_total"),
            ],
            zero_may_be_null: known.zero_may_be_null,
            structure: column("structure"),
            storey_height: column("storey_height"),
            height: column("height"),
            surveyed: column("floor_area"),
            predicted: column("floor_area_predicted"),
            below: column("floor_area_below"),
            far: column("far_floor_area"),
            building_use: column("use"),
            completed: column("completed")
                .and_then(|column| Some((column, known.stored_name("completed")?.to_owned()))),
            status: column("status"),
        }
    }

    fn read(
        columns: &BuildingColumns<'_>,
        row: usize,
        number: u32,
        doubts: &mut Vec<Doubt>,
    ) -> Self {
        let text =
            |column: Option<Column<'_>>| column.and_then(|column| column.text(row)).map(Into::into);
        let area = |column: Option<Column<'_>>| positive(column, row).and_then(Area::from_m2);
        let label = || {
            columns
                .structure
                .and_then(|column| column.text(row))
                .and_then(|label| storeys_of_label(&label))
        };
        let [storeys, below, total] = columns.storeys.map(|column| count(column, row));
        let unsaid = columns.zero_may_be_null
            && [storeys, below, total]
                .iter()
                .all(|count| count.unwrap_or(0.0) == 0.0);
        let [storeys, storeys_below, storeys_total] = if unsaid {
            [None; 3]
        } else {
            [storeys, below, total]
        };
        let surveyed = area(columns.surveyed).map(|area| (area, FloorAreaSource::Surveyed));
        Self {
            row: number,
            id: text(columns.id).unwrap_or_default(),
            parcel_id: text(columns.parcel_id),
            storeys: if storeys.or(storeys_total).is_none() {
                label()
            } else {
                storeys
            },
            storeys_below,
            storeys_total: storeys_total.filter(|total| *total > 0.0),
            storey_height: metres(columns.storey_height, row),
            height: metres(columns.height, row),
            floor_area: surveyed
                .or_else(|| area(columns.predicted).map(|area| (area, FloorAreaSource::Predicted))),
            floor_area_below: area(columns.below),
            far_floor_area: area(columns.far),
            building_use: columns
                .building_use
                .and_then(|column| column.text(row))
                .and_then(|text| BuildingUse::parse(&text)),
            completion: columns.completion(row, doubts),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

impl BuildingColumns<'_> {
    /// Whether it is completed; what is neither a date nor a word for that is a doubt.
    fn completion(&self, row: usize, doubts: &mut Vec<Doubt>) -> Completion {
        let state = self.status.and_then(|column| column.text(row));
        let given = self.completed.as_ref();
        let given = given.and_then(|(column, name)| Some((column.text(row)?, name)));
        let Some((text, name)) = given else {
            return Completion::of(None, state.as_deref());
        };
        match (date_or_year(&text), Completion::of_state(&text)) {
            (Ok(date), _) => Completion::of(date, state.as_deref()),
            (Err(()), Some(said)) if state.is_none() => said,
            (Err(()), Some(_)) => Completion::of(None, state.as_deref()),
            (Err(()), None) => {
                doubts.push(Doubt {
                    kind: DefectKind::UnreadableDate,
                    detail: format!("`{name}` says `{text}`: no date; whether the building is completed is unknown"),
                });
                Completion::of(None, state.as_deref())
            }
        }
    }
}

/// Reads a table of storeys; rows without a building are left out and counted.
pub(super) fn read_storeys(known: &Known, rows: &[Rows]) -> (Storeys, u64) {
    let (mut storeys, mut orphans) = (Storeys::default(), 0);
    for rows in rows {
        let batch = &rows.batch;
        let column = |field| known.column(batch, field);
        let [building, level, area, height] =
            ["building_id", "level", "floor_area", "storey_height"].map(column);
        for row in rows.iter() {
            let Some(id) = building.and_then(|column| column.text(row)) else {
                orphans += 1;
                continue;
            };
            storeys.entry(id.into()).or_default().push(Storey {
                level: level.and_then(|column| column.number(row)).map(narrow),
                floor_area: positive(area, row).and_then(Area::from_m2),
                storey_height: metres(height, row),
            });
        }
    }
    // sums must not depend on the order of the rows
    #[expect(clippy::iter_over_hash_type, reason = "each is sorted by itself")]
    for of_building in storeys.values_mut() {
        of_building.sort_by(lower);
    }
    (storeys, orphans)
}

fn lower(a: &Storey, b: &Storey) -> Ordering {
    let level = |storey: &Storey| storey.level.unwrap_or(f32::NAN);
    let height = |storey: &Storey| storey.storey_height.unwrap_or(f32::NAN);
    (level(a).total_cmp(&level(b)))
        .then_with(|| a.floor_area.cmp(&b.floor_area))
        .then_with(|| height(a).total_cmp(&height(b)))
}

fn positive(column: Option<Column<'_>>, row: usize) -> Option<f64> {
    column?.number(row).filter(|number| *number > 0.0)
}

/// A height of zero or less is no height.
fn metres(column: Option<Column<'_>>, row: usize) -> Option<f32> {
    positive(column, row)
        .filter(|metres| *metres < 10_000.0)
        .map(narrow)
}

/// A count of storeys; -9999 and the like stand for none.
fn count(column: Option<Column<'_>>, row: usize) -> Option<f32> {
    column?
        .number(row)
        .filter(|count| (0.0..1000.0).contains(count))
        .map(narrow)
}

/// Storeys and metres have few digits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seven digits hold every storey and every centimetre"
)]
fn narrow(number: f64) -> f32 {
    number as f32
}

/// The storeys of a label of a large-scale map such as `砼3` (concrete, three storeys).
fn storeys_of_label(label: &str) -> Option<f32> {
    const STRUCTURES: [char; 8] = ['砼', '混', '砖', '钢', '木', '石', '土', '框'];
    label.split(';').find_map(|label| {
        let rest = label.trim().strip_prefix(STRUCTURES)?;
        rest.parse::<u8>()
            .ok()
            .filter(|count| *count > 0)
            .map(f32::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_of_a_map_says_the_storeys() {
        assert_eq!(
            ["砼3", "混", "建", "3", "砖x", "仓库;钢1"].map(storeys_of_label),
            [Some(3.0), None, None, None, None, Some(1.0)]
        );
    }
}
