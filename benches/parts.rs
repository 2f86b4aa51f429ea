//! `parts [PARCELS]`: the geometry of an invented city → nanoseconds on one thread for each item of the parts that cost the most.

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use plotratio::formats::describe_crs;
use plotratio::geometry::{
    BoxIndex, EdgeIndex, Reach, Scratch, Shapes, admit, common_area, contact, ellipsoid_area,
    transform,
};
use plotratio::synth::{Order, build_order};

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()?;
    let parcels = std::env::args().find_map(|argument| argument.parse().ok());
    let city = build_order(Order {
        parcels: parcels.unwrap_or(20_000),
        seed: 2021,
        dirty: 0.0,
        ..Order::default()
    });
    let (plane, degrees) = (describe_crs("EPSG:4549")?, describe_crs("EPSG:4490")?);
    let mut layers = city.tables(&plane).into_iter().filter_map(|table| {
        let geometry = table.geometry?;
        let mut shapes = Shapes::default();
        (0..table.rows).for_each(|row| shapes.push((geometry.plane)(row)));
        Some(shapes)
    });
    let (Some(parcels), Some(buildings)) = (layers.next(), layers.next()) else {
        return Err("a city has parcels and buildings".into());
    };
    drop(layers);

    for (name, shapes) in [("parcels", &parcels), ("buildings", &buildings)] {
        report(&format!("gate, {name}"), shapes.len(), || {
            let mut out = Shapes::default();
            for shape in shapes.iter() {
                black_box(admit(shape, Some(false), &mut out));
            }
            out.coords().len()
        });
    }

    let edges: Vec<EdgeIndex> = parcels.iter().map(EdgeIndex::of).collect();
    let index = BoxIndex::new(edges.iter().map(EdgeIndex::bounds));
    let reach = Reach {
        tolerance: 0.05,
        gap: 0.5,
    };
    let near: Vec<(usize, usize)> = (0..parcels.len())
        .flat_map(|a| {
            let found = index.meeting(edges[a].bounds().grown(0.5));
            found.map(move |b| (a, b as usize)).filter(|(a, b)| a < b)
        })
        .collect();
    report("contact, near pairs", near.len(), || {
        let mut scratch = Scratch::default();
        let met = near.iter().filter(|&&(a, b)| {
            let side = |at: usize| (parcels.get(at), &edges[at]);
            contact(side(a), side(b), reach, &mut scratch).is_some()
        });
        met.count()
    });

    let over: Vec<(usize, usize)> = (0..buildings.len())
        .flat_map(|building| {
            let found = index.meeting(buildings.get(building).bounds());
            found.map(move |parcel| (building, parcel as usize))
        })
        .collect();
    report("common area, near pairs", over.len(), || {
        let areas = over
            .iter()
            .map(|&(building, parcel)| common_area(buildings.get(building), parcels.get(parcel)));
        areas.sum::<f64>()
    });

    let mut there = parcels.clone();
    let points = there.coords().len();
    report("transform, points", points, || {
        there = parcels.clone();
        transform(there.coords_mut(), &plane, &degrees)
    });
    report("ellipsoid area, points", points, || {
        there.iter().map(ellipsoid_area).sum::<f64>()
    });
    Ok(())
}

/// Prints the median time for each item.
fn report<T>(name: &str, items: usize, mut work: impl FnMut() -> T) {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            black_box(work());
            began.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "items are few")]
    let each = times[RUNS / 2] * 1e9 / items as f64;
    println!("{name:<26} {items:>9} items {each:>9.1} ns each");
}
