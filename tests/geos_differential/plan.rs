//! `site::plan_of_parcels` end to end: the largest part of each parcel in a block, and overlaps, against GEOS overlays.

use compact_str::format_compact;
use geos::{Geom, Geometry};
use plotratio::model::{Layer, Parcel, PlanBlock};
use plotratio::parcels::{Indexed, plan_of_parcels};

use super::buildings::buildings;
use super::ground::layer;
use super::mosaic::parcels;
use super::random::each_seed;
use super::reference::{Parts, joined, origin};

#[test]
fn small_parcels_in_a_mosaic_of_blocks_agree_with_geos() {
    each_seed(400, |random| {
        let mosaic = parcels(random);
        let small = buildings(random, &mosaic);
        agree(&small, &mosaic);
    });
}

#[test]
fn large_parcels_under_blocks_that_overlap_agree_with_geos() {
    each_seed(400, |random| {
        let mosaic = parcels(random);
        let small = buildings(random, &mosaic);
        agree(&mosaic, &small);
    });
}

fn agree(plots: &[Parts], blocks: &[Parts]) {
    if plots.is_empty() || blocks.is_empty() {
        return;
    }
    let plots: Layer<Parcel> = layer(plots, |at| Parcel {
        id: format_compact!("P{at}"),
        ..Parcel::default()
    });
    let blocks: Layer<PlanBlock> = layer(blocks, |at| PlanBlock {
        id: format_compact!("B{at}"),
        ..PlanBlock::default()
    });
    let indexed = Indexed::of(&plots.shapes);
    let (found, _) = plan_of_parcels((&plots, &indexed), &blocks, 1.0, &|_| ());
    let origin = origin(plots.shapes.get(0));
    let theirs: Vec<Geometry> = blocks
        .shapes
        .iter()
        .map(|shape| joined(shape, origin))
        .collect();
    for (at, plot) in plots.shapes.iter().enumerate() {
        let plot = joined(plot, origin);
        let whole = plot.area().unwrap();
        let on_plot: Vec<Geometry> = theirs
            .iter()
            .map(|block| plot.intersection(block).unwrap())
            .collect();
        let shares: Vec<f64> = on_plot
            .iter()
            .map(|part| part.area().unwrap() / whole)
            .collect();
        let most = shares.iter().copied().fold(0.0, f64::max);
        let Some(found) = found[at] else {
            assert!(most * whole < 1.1e-6, "P{at} lies in a block by {most}");
            continue;
        };
        assert!(
            (found.share - most).abs() < 1e-6 && (shares[found.block as usize] - most).abs() < 1e-6,
            "P{at}: {found:?}, not {most}"
        );
        let over = |bound: f64| shares.iter().filter(|share| **share >= bound).count();
        let blocks = found.blocks as usize;
        assert!(
            over(0.010_01) <= blocks && blocks <= over(0.009_99),
            "P{at}: {found:?}"
        );
        let material: Vec<usize> = (0..shares.len()).filter(|&b| shares[b] > 0.01).collect();
        let pairs = material
            .iter()
            .flat_map(|&a| material.iter().map(move |&b| (a, b)))
            .filter(|(a, b)| a < b);
        let common = pairs
            .map(|(a, b)| {
                on_plot[a]
                    .intersection(&on_plot[b])
                    .unwrap()
                    .area()
                    .unwrap()
                    / whole
            })
            .fold(shares.iter().sum::<f64>() - 1.0, f64::max);
        assert!(
            (common - 0.01).abs() < 1e-5 || found.overlapping == (common > 0.01),
            "P{at}: {found:?}, {common}"
        );
    }
}
