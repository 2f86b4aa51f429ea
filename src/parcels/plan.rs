//! Plan blocks and parcels → the plan block in which each parcel lies, and where blocks overlap on a parcel.

use rayon::prelude::*;

use super::part::{NO_PART, common};
use super::{Indexed, Order, plan_order};
use crate::geometry::{Cover, ShapeRef, plane_area};
use crate::model::{Action, Defect, DefectKind, Layer, LayerKind, Parcel, PlanBlock};

/// The plan block in which most of a parcel lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanOfParcel {
    /// The position of the block in its layer.
    pub block: u32,
    /// The share of the parcel's plane area that lies in it, from 0 to 1.
    pub share: f64,
    /// How many blocks hold at least 1 % of the parcel each.
    pub blocks: u32,
    /// Whether blocks overlap on more than 1 % of the parcel, so that the plan says two things of one ground.
    pub overlapping: bool,
}

/// What is more than this share of a parcel is no difference between two drawings of one line.
const MATERIAL: f64 = 0.01;

/// How many corners two blocks may have for their overlap to be cut out exactly; more take the upper estimate.
const FEW: usize = 4096;

/// Ground of a parcel that is in more than one block.
struct Overlap {
    parcel: u32,
    /// By their order.
    blocks: Vec<u32>,
    /// In square units.
    area: f64,
}

/// What is found of a stretch of the parcels.
#[derive(Default)]
struct BlockFound {
    plan: Vec<Option<PlanOfParcel>>,
    overlaps: Vec<Overlap>,
    /// Pairs of blocks with a parcel on both, which may overlap there.
    doubtful: Vec<([u32; 2], u32)>,
    /// Parcels whose part in a block could not be measured.
    unmeasured: Vec<u32>,
}

/// Finds for each parcel of the layer the plan block with its largest part (of equal ones the first by id), and what is
/// wrong with the plan there; `None` for a parcel in no block. `metres` in one unit of the CRS.
pub fn plan_of_parcels(
    (parcels, indexed): (&Layer<Parcel>, &Indexed<'_>),
    plan: &Layer<PlanBlock>,
    metres: f64,
    advance: &(dyn Fn(u64) + Sync),
) -> (Vec<Option<PlanOfParcel>>, Vec<Defect>) {
    let (blocks, order) = (Indexed::of(&plan.shapes), plan_order(plan));
    let count = u32::try_from(parcels.rows.len()).unwrap_or(u32::MAX);
    let chunk = 4096;
    let starts: Vec<u32> = (0..count).step_by(chunk).collect();
    let find = |start: u32| {
        let here = start..count.min(start.saturating_add(4096));
        advance(here.len() as u64);
        let mut found = BlockFound::default();
        here.for_each(|at| look(at, indexed, &blocks, &order, &mut found));
        found
    };
    let mut all = BlockFound::default();
    for found in starts.into_par_iter().map(find).collect::<Vec<_>>() {
        all.plan.extend(found.plan);
        all.overlaps.extend(found.overlaps);
        all.doubtful.extend(found.doubtful);
        all.unmeasured.extend(found.unmeasured);
    }
    let more = settle(all.doubtful, indexed, &blocks);
    all.overlaps.extend(more);
    for overlap in &all.overlaps {
        if let Some(plan) = &mut all.plan[overlap.parcel as usize] {
            plan.overlapping = true;
        }
    }
    let note = |parcel: u32, kind, detail| Defect {
        layer: LayerKind::Parcels,
        feature: parcels.rows[parcel as usize].name(),
        kind,
        action: Action::Noted,
        detail,
        at: indexed
            .shapes
            .get(parcel as usize)
            .coords()
            .first()
            .copied(),
    };
    let overlapping = all.overlaps.iter().map(|overlap| {
        let ids = overlap
            .blocks
            .iter()
            .map(|&block| plan.rows[block as usize].name());
        let detail = format!(
            "plan blocks {} overlap on it, by {:.2} m²; the one with its largest part is taken",
            ids.collect::<Vec<_>>().join(", "),
            overlap.area * metres * metres
        );
        note(overlap.parcel, DefectKind::OverlappingPlanBlocks, detail)
    });
    let unmeasured = all.unmeasured.iter().map(|&parcel| {
        let detail =
            "two ways of measuring its part in a plan block disagree; its block is unknown";
        note(parcel, DefectKind::UnmeasurablePart, detail.into())
    });
    let defects = overlapping.chain(unmeasured).collect();
    (all.plan, defects)
}

/// Finds the block of one parcel.
fn look(
    at: u32,
    parcels: &Indexed<'_>,
    blocks: &Indexed<'_>,
    order: &Order,
    found: &mut BlockFound,
) {
    let (shape, edges) = parcels.side(at as usize);
    let whole = plane_area(shape);
    let mut parts: Vec<(u32, f64)> = Vec::new();
    for block in blocks.boxes.meeting(edges.bounds()) {
        match common(parcels, at, blocks, block, whole) {
            None => {}
            Some(Ok(part)) => parts.push((block, part)),
            Some(Err(_)) => {
                found.unmeasured.push(at);
                found.plan.push(None);
                return;
            }
        }
    }
    // sums and choices must not depend on the order on disk
    parts.sort_unstable_by_key(|(block, _)| order.place[*block as usize]);
    let most = parts.iter().fold(0.0_f64, |most, part| most.max(part.1));
    let slack = NO_PART.max(whole * 1e-9);
    let best = parts.iter().find(|part| part.1 >= most - slack);
    let material: Vec<u32> = parts
        .iter()
        .filter(|part| part.1 >= MATERIAL * whole)
        .map(|part| part.0)
        .collect();
    found.plan.push(best.map(|&(block, part)| PlanOfParcel {
        block,
        share: (part / whole).min(1.0),
        blocks: u32::try_from(material.len()).unwrap_or(u32::MAX),
        overlapping: false,
    }));
    let twice = parts.iter().map(|part| part.1).sum::<f64>() - whole;
    if twice > MATERIAL * whole {
        found.overlaps.push(Overlap {
            parcel: at,
            blocks: material,
            area: twice,
        });
    } else {
        for (index, &a) in material.iter().enumerate() {
            let pairs = material[index + 1..].iter().map(|&b| ([a, b], at));
            found.doubtful.extend(pairs);
        }
    }
}

/// Measures where pairs of blocks that share a parcel overlap on it.
fn settle(
    mut doubtful: Vec<([u32; 2], u32)>,
    parcels: &Indexed<'_>,
    blocks: &Indexed<'_>,
) -> Vec<Overlap> {
    doubtful.par_sort_unstable();
    let pairs: Vec<_> = doubtful.chunk_by(|a, b| a.0 == b.0).collect();
    let overlaps = pairs.into_par_iter().flat_map_iter(|same| {
        let [a, b] = same[0].0;
        let whole = plane_area(blocks.shapes.get(a as usize));
        // what cannot be measured may be anything up to the whole
        let both = common(blocks, a, blocks, b, whole).map_or(0.0, |part| part.unwrap_or(whole));
        same.iter().filter_map(move |&(blocks_of, parcel)| {
            let material = MATERIAL * plane_area(parcels.shapes.get(parcel as usize));
            let area =
                (both > material).then(|| on_all([a, b], parcel, parcels, blocks).min(both))?;
            (area > material).then(|| Overlap {
                parcel,
                blocks: blocks_of.to_vec(),
                area,
            })
        })
    });
    overlaps.collect()
}

/// The ground of a parcel that lies in both blocks, in square units; an upper estimate where the blocks are huge.
fn on_all(pair: [u32; 2], parcel: u32, parcels: &Indexed<'_>, blocks: &Indexed<'_>) -> f64 {
    let parcel = parcels.shapes.get(parcel as usize);
    let pair = pair.map(|block| blocks.shapes.get(block as usize));
    if pair.iter().map(|block| block.coords().len()).sum::<usize>() > FEW {
        return plane_area(parcel);
    }
    let mut cover = Cover::default();
    for ring in pair.iter().flat_map(ShapeRef::rings) {
        cover.add(ring, 0);
    }
    parcel.rings().for_each(|ring| cover.add(ring, 1));
    cover.area(|[blocks, parcel]| blocks > 1 && parcel > 0)
}

#[cfg(test)]
mod tests {
    use compact_str::CompactString;
    use geo::Coord;

    use super::*;
    use crate::geometry::Shapes;
    use crate::model::Account;

    /// Axis-parallel rectangles: id, west, south, east, north.
    type Rectangles<'a> = &'a [(&'a str, f64, f64, f64, f64)];

    fn layer<T>(rectangles: Rectangles<'_>, record: impl Fn(&str) -> T) -> Layer<T> {
        let mut shapes = Shapes::default();
        for &(_, west, south, east, north) in rectangles {
            let corners = [
                (west, south),
                (east, south),
                (east, north),
                (west, north),
                (west, south),
            ];
            shapes.push_ring(&corners.map(|(x, y)| Coord { x, y }));
            shapes.end_part();
            shapes.end_shape();
        }
        Layer {
            rows: rectangles
                .iter()
                .map(|rectangle| record(rectangle.0))
                .collect(),
            shapes,
            account: Account::default(),
            unclear: rustc_hash::FxHashSet::default(),
            left_out: Vec::new(),
        }
    }

    /// Block, share of the parcel, blocks on it, whether they overlap there.
    type BlockFound = (String, f64, u32, bool);

    fn joined(
        parcels: Rectangles<'_>,
        plan: Rectangles<'_>,
    ) -> (Vec<Option<BlockFound>>, Vec<String>) {
        let parcels = layer(parcels, |id| Parcel {
            id: CompactString::from(id),
            ..Parcel::default()
        });
        let plan = layer(plan, |id| PlanBlock {
            id: CompactString::from(id),
            ..PlanBlock::default()
        });
        let indexed = Indexed::of(&parcels.shapes);
        let (found, defects) = plan_of_parcels((&parcels, &indexed), &plan, 1.0, &|_| ());
        let found = found.into_iter().map(|found| {
            found.map(|found| {
                let share = (found.share * 1e9).round() / 1e9;
                let id = plan.rows[found.block as usize].id.to_string();
                (id, share, found.blocks, found.overlapping)
            })
        });
        let defects = defects.iter().map(|defect| {
            format!(
                "{} {}: {}",
                defect.feature,
                defect.kind.name(),
                defect.detail
            )
        });
        (found.collect(), defects.collect())
    }
    fn of(id: &str, share: f64, blocks: u32, overlapping: bool) -> BlockFound {
        (id.to_owned(), share, blocks, overlapping)
    }

    #[test]
    fn a_parcel_takes_the_block_with_its_largest_part() {
        let plan: Rectangles<'_> = &[
            ("west", 0.0, 0.0, 100.0, 100.0),
            ("east", 100.0, 0.0, 200.0, 100.0),
        ];
        let (found, defects) = joined(
            &[
                ("inside", 10.0, 10.0, 20.0, 20.0),
                ("along the line", 100.0, 0.0, 110.0, 10.0),
                ("over it", 93.0, 0.0, 103.0, 10.0),
                ("by a hair over it", 90.05, 0.0, 100.05, 10.0),
                ("half outside", 190.0, 0.0, 210.0, 10.0),
                ("outside", 300.0, 0.0, 310.0, 10.0),
                ("beside", 200.0, 0.0, 210.0, 10.0),
                ("around", -100.0, -100.0, 300.0, 200.0),
            ],
            plan,
        );
        assert_eq!(
            found,
            [
                Some(of("west", 1.0, 1, false)),
                Some(of("east", 1.0, 1, false)),
                Some(of("west", 0.7, 2, false)),
                Some(of("west", 0.995, 1, false)),
                Some(of("east", 0.5, 1, false)),
                None,
                None,
                // 10 000 of 120 000 m² each: equal parts go to the first by id
                Some(of("east", 0.083_333_333, 2, false)),
            ]
        );
        assert!(defects.is_empty(), "{defects:?}");
    }

    #[test]
    fn blocks_that_overlap_on_a_parcel_are_said_to_and_only_there() {
        let plan: Rectangles<'_> = &[("A", 0.0, 0.0, 60.0, 100.0), ("B", 40.0, 0.0, 100.0, 100.0)];
        let (found, defects) = joined(
            &[
                ("on both", 30.0, 0.0, 70.0, 10.0),
                // most of it is off the plan, so that its parts do not come to more than its area
                ("off the plan too", 30.0, -30.0, 70.0, 10.0),
                ("on one", 0.0, 0.0, 40.0, 10.0),
            ],
            plan,
        );
        assert_eq!(
            found,
            [
                Some(of("A", 0.75, 2, true)),
                Some(of("A", 0.1875, 2, true)),
                Some(of("A", 1.0, 1, false)),
            ]
        );
        assert_eq!(
            defects,
            [
                "on both overlapping_plan_blocks: plan blocks A, B overlap on it, by 200.00 m²; the one with its largest part is taken",
                "off the plan too overlapping_plan_blocks: plan blocks A, B overlap on it, by 200.00 m²; the one with its largest part is taken",
            ]
        );
    }

    #[test]
    fn blocks_concern_a_parcel_only_as_far_as_they_overlap_on_it() {
        // they share x 40..60 above y 50 only
        let plan: Rectangles<'_> = &[
            ("A", 0.0, 50.0, 60.0, 100.0),
            ("B", 40.0, 0.0, 100.0, 100.0),
        ];
        let (found, defects) = joined(&[("P", 30.0, 40.0, 50.0, 51.0)], plan);
        // 220 m²: 20 in A, 110 in B, 10 of them in both
        assert_eq!(found, [Some(of("B", 0.5, 2, true))]);
        assert_eq!(defects.len(), 1);
        let (found, defects) = joined(&[("P", 20.0, 0.0, 41.0, 60.0)], plan);
        // 1260 m²: 210 in A, 60 in B, 10 in both are less than 1 %
        assert_eq!(found, [Some(of("A", 0.166_666_667, 2, false))]);
        assert!(defects.is_empty(), "{defects:?}");
    }

    #[test]
    fn the_order_of_the_blocks_on_disk_changes_nothing() {
        let a = ("A", 0.0, 0.0, 50.0, 100.0);
        let b = ("B", 50.0, 0.0, 100.0, 100.0);
        let parcels: Rectangles<'_> = &[("P", 40.0, 0.0, 60.0, 10.0)];
        assert_eq!(joined(parcels, &[a, b]), joined(parcels, &[b, a]));
        assert_eq!(joined(parcels, &[b, a]).0, [Some(of("A", 0.5, 2, false))]);
    }
}
