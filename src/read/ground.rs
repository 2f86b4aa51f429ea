//! Rows of the survey boundary and of roads, water and green → the ground to search, and the ground to leave out.

use compact_str::CompactString;

use super::known::{Doubt, Known, Record};
use crate::formats::{Batch, Column};
use crate::law::LandUseSystem;
use crate::model::{LayerKind, Obstacle, ObstacleKind, SurveyBlock};

impl Record for SurveyBlock {
    const KIND: LayerKind = LayerKind::Boundary;
    const IDENTIFIED: bool = false;
    type Columns<'a> = Option<Column<'a>>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> Option<Column<'a>> {
        known.column(batch, "id")
    }

    fn read(id: &Option<Column<'_>>, row: usize, number: u32, _: &mut Vec<Doubt>) -> Self {
        Self {
            row: number,
            id: text(*id, row).unwrap_or_default(),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

pub(super) struct ObstacleColumns<'a> {
    id: Option<Column<'a>>,
    kind: Option<Column<'a>>,
    name: Option<Column<'a>>,
}

impl Record for Obstacle {
    const KIND: LayerKind = LayerKind::Obstacles;
    const IDENTIFIED: bool = false;
    const CODED: &'static str = "kind";
    type Columns<'a> = ObstacleColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> ObstacleColumns<'a> {
        ObstacleColumns {
            id: known.column(batch, "id"),
            kind: known.column(batch, "kind"),
            name: known.column(batch, "name"),
        }
    }

    fn read(columns: &ObstacleColumns<'_>, row: usize, number: u32, _: &mut Vec<Doubt>) -> Self {
        Self {
            row: number,
            id: text(columns.id, row).unwrap_or_default(),
            kind: None,
            kind_given: text(columns.kind, row),
            name: text(columns.name, row),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}

fn text(column: Option<Column<'_>>, row: usize) -> Option<CompactString> {
    column.and_then(|column| column.text(row)).map(Into::into)
}

/// Fills in the kind of every obstacle from the word or code it was given, by the system of the codes of its layer.
pub(super) fn settle_kinds(obstacles: &mut [Obstacle], system: Option<LandUseSystem>) {
    for obstacle in obstacles {
        let given = obstacle.kind_given.as_deref();
        obstacle.kind = given.map(|given| ObstacleKind::parse(given, system));
    }
}

/// What to say of `count` obstacles that enclose no area: lines are how roads are often kept.
pub(super) fn without_width(count: u64) -> Option<String> {
    (count > 0).then(|| {
        format!(
            "obstacles: {count} of them are lines or points and were left out: lines have no width; give roads and \
             water as the areas that they cover, as polygons"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::land_uses::code_system;
    use super::*;

    fn kinds(column: &str, given: &[&str]) -> Vec<Option<ObstacleKind>> {
        let mut obstacles: Vec<Obstacle> = given
            .iter()
            .map(|given| Obstacle {
                kind_given: (!given.is_empty()).then(|| (*given).into()),
                ..Obstacle::default()
            })
            .collect();
        let codes = given.iter().map(|given| std::borrow::Cow::Borrowed(*given));
        let system = code_system(LayerKind::Obstacles, column, codes);
        settle_kinds(&mut obstacles, system);
        obstacles.iter().map(|obstacle| obstacle.kind).collect()
    }

    #[test]
    fn the_same_code_is_a_river_or_no_obstacle_that_is_known() {
        use ObstacleKind::{Other, Rail, Road, Water};
        assert_eq!(
            kinds("DLBM", &["1101", "1003", ""]),
            [Some(Water), Some(Road), None]
        );
        assert_eq!(
            kinds("YDYHFLDM", &["1101", "1207"]),
            [Some(Other), Some(Road)]
        );
        assert_eq!(kinds("code", &["1101", "1207"]), [Some(Other); 2]);
        assert_eq!(kinds("code", &["1001", "1006"]), [Some(Rail), Some(Road)]);
    }
}
