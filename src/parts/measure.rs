//! A part of a lake → what is found of the features that it owns.

use rustc_hash::FxHashSet;

use super::rows::{
    BlockRow, BuildingRow, OpenRow, PairRow, ParcelRow, RegionRow, ShareRow, TogetherRow, cells,
};
use super::seen::Seen;
use super::{Part, PartError};
use crate::features::scattered::thresholds;
use crate::features::scattered::{cut_regions, regions};
use crate::geometry::{Bounds, Boxes, Shapes};
use crate::lake::Lake;
use crate::model::{Account, City, Defect, Layer};
use crate::parcels::Options;
use crate::parcels::{
    Indexed, Order, Overlay, canonical_order, neighbours, overlay, plan_of_parcels,
};
use crate::progress::Progress;

/// What is found of the features that a part owns.
pub struct PartFound {
    pub(super) parcels: Vec<ParcelRow>,
    pub(super) buildings: Vec<BuildingRow>,
    pub(super) shares: Vec<ShareRow>,
    pub(super) together: Vec<TogetherRow>,
    pub(super) pairs: Vec<PairRow>,
    pub(super) blocks: Vec<BlockRow>,
    /// `None` where they could not be told.
    pub(super) regions: Option<Layer<RegionRow>>,
    pub(super) defects: Vec<Defect>,
    pub(super) open: Vec<OpenRow>,
}

impl PartFound {
    /// How many features it owns and saw all of: parcels, buildings, survey blocks; and how many it leaves open.
    pub fn counts(&self) -> ([usize; 3], usize) {
        let owned = [self.parcels.len(), self.buildings.len(), self.blocks.len()];
        (owned, self.open.len())
    }
}

/// Measures a part of a lake.
///
/// # Errors
/// When the part is of another lake, or the lake cannot be read.
pub fn measure(
    lake: &Lake,
    part: &Part,
    options: &Options,
    progress: &dyn Progress,
) -> Result<PartFound, PartError> {
    if part.lake != lake.manifest.id {
        return Err(PartError::OtherLake(part.folder().into()));
    }
    let thresholds = thresholds(options)?;
    progress.step("reading the part", None);
    let mut city = lake.window(part.see())?;
    let reach = city.units(options.reach.tolerance.max(options.reach.gap));
    let seen = Seen::of(&city, part, reach);
    let order = canonical_order(&city.parcels);
    let indexed = Indexed::of(&city.parcels.shapes);
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let laid = city.buildings.as_ref().map(|buildings| {
        progress.step("buildings on parcels", Some(buildings.rows.len() as u64));
        let layers = (&city.parcels, &indexed, buildings);
        let advance = |items| progress.advance(items);
        overlay(layers, &order, metres, options.assignment, &advance)
    });
    let pairs = pairs((&city, &indexed, &order), &seen, options, progress);
    let mut found = PartFound {
        parcels: Vec::new(),
        buildings: Vec::new(),
        shares: Vec::new(),
        together: Vec::new(),
        pairs,
        blocks: seen.blocks.clone(),
        regions: None,
        defects: Vec::new(),
        open: seen.open.clone(),
    };
    found.parcels = (seen.parcels.iter())
        .map(|at| ParcelRow {
            row: city.parcels.rows[*at as usize].row,
            id: city.parcels.rows[*at as usize].id.clone(),
            ..ParcelRow::default()
        })
        .collect();
    if let Some(laid) = &laid {
        found.take_ground(&city, &seen, laid);
    }
    drop(indexed);
    found.take_plan(&city, &seen, progress);
    if options.tasks.seek_land(city.scattered.is_some()) && city.boundary.is_some() {
        let width = city.units(thresholds.sliver_width_m);
        found.regions = left(&mut city, &seen, width, progress);
    }
    Ok(found)
}

/// The pairs of parcels the first of which is owned.
fn pairs(
    (city, indexed, order): (&City, &Indexed<'_>, &Order),
    seen: &Seen,
    options: &Options,
    progress: &dyn Progress,
) -> Vec<PairRow> {
    progress.step("neighbours", Some(city.parcels.rows.len() as u64));
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let advance = |items| progress.advance(items);
    let all = neighbours(indexed, order, options.reach, metres, &advance);
    let own: FxHashSet<u32> = seen.parcels.iter().copied().collect();
    let row = |at: u32| city.parcels.rows[at as usize].row;
    let own = all.pairs.iter().filter(|pair| own.contains(&pair.a));
    let pairs = own.map(|pair| PairRow {
        row: row(pair.a),
        other_row: row(pair.b),
        kind: pair.contact.kind,
        shared_m: pair.contact.shared,
        overlap_m2: pair.contact.overlap,
        gap_m: pair.contact.gap,
    });
    pairs.collect()
}

impl PartFound {
    /// Takes the buildings on the parcels.
    fn take_ground(&mut self, city: &City, seen: &Seen, laid: &Overlay) {
        let Some(buildings) = &city.buildings else {
            return;
        };
        let row = |at: u32| buildings.rows[at as usize].row;
        let parcel_row = |at: u32| city.parcels.rows[at as usize].row;
        for (parcel, at) in self.parcels.iter_mut().zip(&seen.parcels) {
            let footprint = laid.footprint_m2[*at as usize];
            (parcel.footprint_m2, parcel.footprint_missing) = cells(footprint);
        }
        let on: FxHashSet<u32> = seen.parcels.iter().copied().collect();
        let together = laid.overlaps.iter().filter(|of| on.contains(&of.parcel));
        self.together = together
            .map(|of| TogetherRow {
                row: parcel_row(of.parcel),
                building_row: row(of.buildings.0),
                other_row: row(of.buildings.1),
                common_m2: of.common_m2,
            })
            .collect();
        self.buildings = (seen.buildings.iter())
            .map(|at| BuildingRow {
                row: row(*at),
                id: buildings.rows[*at as usize].id.clone(),
            })
            .collect();
        let own: FxHashSet<u32> = seen.buildings.iter().copied().collect();
        let shares = laid.shares.iter().filter(|of| own.contains(&of.building));
        self.shares = shares
            .map(|share| {
                let (part_m2, part_missing) = cells(share.part_m2);
                ShareRow {
                    row: row(share.building),
                    parcel_row: parcel_row(share.parcel),
                    part_m2,
                    part_missing,
                    assigned: share.assigned,
                    given_away: false,
                }
            })
            .collect();
        let away = laid.given_away.iter().filter(|of| own.contains(&of.1));
        self.shares.extend(away.map(|(parcel, building)| ShareRow {
            row: row(*building),
            parcel_row: parcel_row(*parcel),
            part_m2: None,
            part_missing: None,
            assigned: crate::parcels::Assigned::Space,
            given_away: true,
        }));
        // a reading finds them in no order of its own
        self.shares
            .sort_by_key(|share| (share.row, share.parcel_row, share.given_away));
    }

    /// Takes the plan blocks of the parcels.
    fn take_plan(&mut self, city: &City, seen: &Seen, progress: &dyn Progress) {
        let Some(plan) = &city.plan else { return };
        progress.step("plan blocks", Some(seen.parcels.len() as u64));
        let own = city.parcels.part(&seen.parcels);
        let indexed = Indexed::of(&own.shapes);
        let metres = city.crs.metres().unwrap_or(f64::NAN);
        let advance = |items| progress.advance(items);
        let (planned, defects) = plan_of_parcels((&own, &indexed), plan, metres, &advance);
        self.defects = defects;
        for (parcel, plan_of) in self.parcels.iter_mut().zip(planned) {
            if let Some(of) = plan_of {
                parcel.plan_row = Some(plan.rows[of.block as usize].row);
                parcel.plan_share = Some(of.share);
                parcel.plan_blocks = Some(of.blocks);
                parcel.plan_overlapping = Some(of.overlapping);
            }
        }
    }
}

/// What is left over in the survey blocks that the part tells of; of the city no more is kept than what lies there.
fn left(
    city: &mut City,
    seen: &Seen,
    width: f64,
    progress: &dyn Progress,
) -> Option<Layer<RegionRow>> {
    fn keep<T: Clone>(layer: &mut Layer<T>, places: &[Bounds]) {
        let near = Boxes::of(&layer.shapes).meeting(places);
        *layer = layer.part(&near);
    }
    let blocks = city.boundary.as_ref()?.part(&seen.cover);
    let places: Vec<Bounds> = blocks.shapes.iter().map(|shape| shape.bounds()).collect();
    keep(&mut city.parcels, &places);
    city.obstacles
        .iter_mut()
        .for_each(|layer| keep(layer, &places));
    city.scattered
        .iter_mut()
        .for_each(|layer| keep(layer, &places));
    progress.step("land left over", Some(blocks.rows.len() as u64));
    let advance = |items| progress.advance(items);
    let regions = regions(city, &blocks.shapes, &advance).ok()?;
    let first_row = |shape: Bounds| {
        // a region lies in the blocks of one group
        let near = (0..).zip(&places).find(|(_, place)| place.meets(&shape));
        let row = near.map(|(at, _): (usize, _)| blocks.rows[at].row);
        let of = |block: &&BlockRow| Some(block.row) == row;
        (seen.blocks.iter().find(of)).map_or(0, |block| block.first_row)
    };
    let mut layer = Layer {
        rows: Vec::new(),
        shapes: Shapes::default(),
        account: Account::default(),
        unclear: FxHashSet::default(),
        left_out: Vec::new(),
    };
    let pieces = cut_regions(&regions, width);
    for ((region, shape), pieces) in (0..).zip(regions.iter()).zip(&pieces) {
        let whole = RegionRow {
            row: first_row(shape.bounds()),
            region,
            piece: None,
        };
        layer.rows.push(whole.clone());
        layer.shapes.push(shape);
        for (number, piece) in (0..).zip(pieces.iter()) {
            layer.rows.push(RegionRow {
                piece: Some(number),
                ..whole.clone()
            });
            layer.shapes.push(piece);
        }
    }
    Some(layer)
}
