//! What a part owns and what it sees → the features of which it saw all that they touch, and those that it leaves open.

use super::partition::TOUCH;
use super::rows::{BlockRow, OpenRow};
use super::{Part, PartError};
use crate::geometry::{Bounds, Boxes};
use crate::lake::Lake;
use crate::model::{City, LayerKind};

/// The features that a part owns, by their positions in what it sees.
pub(super) struct Seen {
    /// The parcels of which all is seen.
    pub(super) parcels: Vec<u32>,
    /// The buildings of which all is seen.
    pub(super) buildings: Vec<u32>,
    /// The survey blocks of which all is seen.
    pub(super) blocks: Vec<BlockRow>,
    /// The positions of the blocks whose land left over is told by this part.
    pub(super) cover: Vec<u32>,
    /// What is left open.
    pub(super) open: Vec<OpenRow>,
}

impl Seen {
    /// Of what is in the window of a part; `reach` is how near a parcel counts as beside, in units of the CRS.
    pub(super) fn of(city: &City, part: &Part, reach: f64) -> Self {
        let mut seen = Self {
            parcels: Vec::new(),
            buildings: Vec::new(),
            blocks: Vec::new(),
            cover: Vec::new(),
            open: Vec::new(),
        };
        let see = part.see();
        let buildings = (city.buildings.as_ref()).map(|layer| Boxes::of(&layer.shapes));
        let parcels = Boxes::of(&city.parcels.shapes);
        for (at, parcel) in (0..).zip(&city.parcels.rows) {
            let bounds = parcels.at(at);
            if part.owns(LayerKind::Parcels, parcel.row, bounds) {
                let near = bounds.grown(reach + TOUCH);
                let on = buildings.iter().flat_map(|boxes| boxes.near(bounds));
                let need = on.fold(near, Bounds::union);
                seen.take(need, see, (LayerKind::Parcels, parcel.row), |seen| {
                    seen.parcels.push(at);
                });
            }
        }
        let rows = city.buildings.iter().flat_map(|layer| &layer.rows);
        for (at, building) in (0..).zip(rows) {
            let bounds = buildings
                .as_ref()
                .map_or(Bounds::EMPTY, |boxes| boxes.at(at));
            if part.owns(LayerKind::Buildings, building.row, bounds) {
                seen.take(bounds, see, (LayerKind::Buildings, building.row), |seen| {
                    seen.buildings.push(at);
                });
            }
        }
        seen.blocks(city, part);
        seen
    }

    fn take(
        &mut self,
        need: Bounds,
        see: Bounds,
        (layer, row): (LayerKind, u32),
        add: impl FnOnce(&mut Self),
    ) {
        if see.contains(&need) {
            add(self);
        } else {
            self.open.push(OpenRow {
                row,
                layer: layer.name().to_owned(),
                west: need.min.x,
                south: need.min.y,
                east: need.max.x,
                north: need.max.y,
            });
        }
    }

    fn blocks(&mut self, city: &City, part: &Part) {
        let Some(layer) = &city.boundary else { return };
        let boxes = Boxes::of(&layer.shapes);
        let count = u32::try_from(layer.rows.len()).unwrap_or(u32::MAX);
        let bounds: Vec<Bounds> = (0..count).map(|at| boxes.at(at)).collect();
        let groups = together(&bounds);
        let mut all = vec![(Bounds::EMPTY, u32::MAX, false); bounds.len()];
        for (at, group) in groups.iter().enumerate() {
            let (around, first, is_own) = &mut all[*group];
            *around = around.union(bounds[at]);
            let row = layer.rows[at].row;
            if row < *first {
                *first = row;
                *is_own = part.owns(LayerKind::Boundary, row, bounds[at]);
            }
        }
        for (at, group) in (0..).zip(groups) {
            let (around, first_row, is_own) = all[group];
            let (row, need) = (layer.rows[at as usize].row, around.grown(TOUCH));
            if part.owns(LayerKind::Boundary, row, bounds[at as usize]) {
                self.take(need, part.see(), (LayerKind::Boundary, row), |seen| {
                    seen.blocks.push(BlockRow { row, first_row });
                });
            }
            if is_own && part.see().contains(&need) {
                self.cover.push(at);
            }
        }
    }
}

/// The number of the group of each box: boxes that touch hang together.
pub(super) fn together(boxes: &[Bounds]) -> Vec<usize> {
    let index = Boxes::with(boxes.to_vec());
    let mut group: Vec<usize> = (0..boxes.len()).collect();
    let mut done = vec![false; boxes.len()];
    for start in 0..boxes.len() {
        let mut next = vec![start];
        while let Some(at) = next.pop() {
            if std::mem::replace(&mut done[at], true) {
                continue;
            }
            group[at] = start;
            let near = index.positions(boxes[at].grown(TOUCH));
            next.extend(near.filter(|other| !done[*other]));
        }
    }
    group
}

/// The boxes of everything that hangs together with some survey blocks, over the whole lake.
pub(super) fn whole_groups(lake: &Lake, rows: &[u32]) -> Result<Vec<(u32, Bounds)>, PartError> {
    let blocks = lake.boxes(LayerKind::Boundary)?;
    let boxes: Vec<Bounds> = blocks.iter().map(|(_, bounds)| *bounds).collect();
    let groups = together(&boxes);
    let mut around = vec![Bounds::EMPTY; boxes.len()];
    for (group, bounds) in groups.iter().zip(&boxes) {
        around[*group] = around[*group].union(*bounds);
    }
    let wanted = blocks.iter().zip(groups);
    let wanted = wanted.filter(|((row, _), _)| rows.contains(row));
    Ok(wanted
        .map(|((row, _), group)| (*row, around[group].grown(TOUCH)))
        .collect())
}
