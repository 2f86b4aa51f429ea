//! Rows of a layer of buildings → buildings.

use super::known::{Doubt, Known, Record};
use super::numbers::Numbers;
use crate::formats::written::{Counted, date_or_year};
use crate::formats::{Batch, Column};
use crate::model::held::{Doubts, FigureDoubt, Held};
use crate::model::{Building, BuildingUse, Completion, DefectKind, FloorAreaSource, LayerKind};
use crate::quantity::Area;

pub(super) struct BuildingColumns<'a> {
    id: Option<Column<'a>>,
    parcel_id: Option<Column<'a>>,
    storeys: [Option<Numbers<'a>>; 3],
    structure: Option<Column<'a>>,
    storey_height: Option<Numbers<'a>>,
    height: Option<Numbers<'a>>,
    surveyed: Floor<'a>,
    predicted: Floor<'a>,
    below: Floor<'a>,
    far: Floor<'a>,
    building_use: Option<Column<'a>>,
    completed: Option<(Column<'a>, String)>,
    status: Option<Column<'a>>,
}

/// A column of floor areas, and the size in m² of its unit.
type Floor<'a> = (Option<Numbers<'a>>, f64);

impl Record for Building {
    const KIND: LayerKind = LayerKind::Buildings;
    type Columns<'a> = BuildingColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> BuildingColumns<'a> {
        let column = |field| known.column(batch, field);
        let numbers = |field| Numbers::of(known, batch, field);
        let floor = |field| (numbers(field), known.floor_unit(field));
        BuildingColumns {
            id: column("id"),
            parcel_id: column("parcel_id"),
            storeys: ["storeys", "storeys_below", "storeys_total"].map(numbers),
            structure: column("structure"),
            storey_height: numbers("storey_height"),
            height: numbers("height"),
            surveyed: floor("floor_area"),
            predicted: floor("floor_area_predicted"),
            below: floor("floor_area_below"),
            far: floor("far_floor_area"),
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
        let area = |(column, unit): &Floor<'_>, doubts: &mut Vec<Doubt>| {
            let (area, own) = column.as_ref()?.area(row, doubts)?;
            Area::from_m2(area * own.unwrap_or(*unit))
        };
        let surveyed = area(&columns.surveyed, doubts);
        let predicted = area(&columns.predicted, doubts);
        let below = area(&columns.below, doubts);
        let far = area(&columns.far, doubts);
        let mut metres = |column: &Option<Numbers<'_>>| column.as_ref()?.metres(row, doubts);
        let (storey_height, height) = (metres(&columns.storey_height), metres(&columns.height));
        let [storeys, storeys_below, storeys_total] = columns.storeys(row, doubts);
        let surveyed = surveyed.map(|area| (area, FloorAreaSource::Surveyed));
        Self {
            row: number,
            id: text(columns.id).unwrap_or_default(),
            parcel_id: text(columns.parcel_id),
            storeys,
            storeys_below,
            storeys_total,
            storey_height,
            height,
            floor_area: surveyed
                .or_else(|| predicted.map(|area| (area, FloorAreaSource::Predicted))),
            floor_area_below: below,
            far_floor_area: far,
            building_use: columns
                .building_use
                .and_then(|column| column.text(row))
                .and_then(|text| BuildingUse::parse(&text)),
            completion: columns.completion(row, doubts),
        }
    }

    fn contradictions(&self, m2: f64) -> Vec<DefectKind> {
        let mut doubts = Doubts::default();
        let held = Held::of(self, m2, &mut doubts);
        let floor = self.floor_area.filter(|_| self.floor_area_below.is_none());
        if let Some((area, _)) = floor.filter(|_| self.storeys_below.unwrap_or(0.0) == 0.0) {
            if !held.believes(area.m2()) {
                doubts.add(FigureDoubt::FloorArea);
            } else if held.differs(area.m2()) {
                doubts.add(FigureDoubt::FloorAreaDiffers);
            }
        }
        let all = FigureDoubt::ALL.into_iter();
        all.filter(|doubt| doubts.has(*doubt))
            .map(FigureDoubt::kind)
            .collect()
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

impl BuildingColumns<'_> {
    /// Storeys above ground, below it, and in all. A building with 0 above and nothing said of those below is one of which
    /// nobody counted them: registers write 0 for what they do not know, and dBASE for what is blank.
    fn storeys(&self, row: usize, doubts: &mut Vec<Doubt>) -> [Option<f32>; 3] {
        let [above, below, total] = &self.storeys;
        let mut count = |column: &Option<Numbers<'_>>| {
            let column = column.as_ref();
            column.map_or_else(Counted::default, |column| column.storeys(row, doubts))
        };
        let (of_above, of_below, of_total) = (count(above), count(below), count(total));
        let above = of_above.above.or(of_above.plain).or(of_total.above);
        let below = (of_below.below.or(of_below.plain))
            .or(of_above.below)
            .or(of_total.below);
        let total = of_total.plain.filter(|total| *total > 0.0);
        let is_some = |count: Option<f64>| count.is_some_and(|count| count > 0.0);
        let unsaid = !is_some(above) && !is_some(below) && total.is_none();
        if unsaid && above.and(below).is_some() {
            doubts.push(Doubt {
                kind: DefectKind::NoStorey,
                detail: "0 storeys above ground and 0 below: it has no floor area".to_owned(),
            });
        } else if unsaid {
            return [self.labelled(row), None, None];
        }
        if let (None, Some(all), Some(below)) = (above, total, below)
            && all < below
        {
            doubts.push(Doubt {
                kind: DefectKind::Contradictory,
                detail: format!("{all} storeys in all, {below} of them below ground: how many stand above it is unknown"),
            });
        }
        let above = above.map(narrow);
        let labelled = || self.labelled(row).filter(|_| total.is_none());
        [
            above.or_else(labelled),
            below.map(narrow),
            total.map(narrow),
        ]
    }

    /// The storeys above ground that the label of a map says.
    fn labelled(&self, row: usize) -> Option<f32> {
        storeys_of_label(&self.structure?.text(row)?)
    }

    /// Whether it is completed; what is neither a date nor a word for that is a doubt.
    fn completion(&self, row: usize, doubts: &mut Vec<Doubt>) -> Completion {
        let state = self.status.and_then(|column| column.text(row));
        let given = self.completed.as_ref();
        let given = given.and_then(|(column, name)| Some((column.text(row)?, name)));
        let Some((text, name)) = given else {
            return Completion::of(None, state.as_deref());
        };
        if let Ok(date) = date_or_year(&text) {
            return Completion::of(date, state.as_deref());
        }
        match Completion::of_state(&text) {
            Some(said) if state.is_none() => return said,
            Some(_) => {}
            None => doubts.push(Doubt {
                kind: DefectKind::UnreadableDate,
                detail: format!(
                    "`{name}` says `{text}`: no date; whether the building is completed is unknown"
                ),
            }),
        }
        Completion::of(None, state.as_deref())
    }
}

/// Storeys have few digits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seven digits hold every count of storeys"
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
