use super::mosaic::mesh;
use super::random::Random;
use super::reference::*;
use super::widths::*;
use plotratio::geometry::*;
use std::hint::black_box;
use std::time::Instant;
#[test]
fn timing_of_widths() {
    let mut random = Random::new(7);
    for (name, kind, count) in [
        ("star", 0, 5),
        ("star", 0, 10),
        ("star", 0, 20),
        ("star", 0, 50),
        ("sliver", 1, 3),
        ("sliver", 1, 5),
        ("sliver", 1, 10),
        ("sliver", 1, 25),
        ("mesh", 2, 0),
        ("star", 0, 1000),
        ("star", 0, 20000),
        ("sliver", 1, 10000),
    ] {
        let mut shapes = Shapes::default();
        for _ in 0..(if count >= 1000 { 2 } else { 300 }) {
            let m = match kind {
                0 => star(&mut random, count),
                1 => sliver(&mut random, count),
                _ => mesh(&mut random),
            };
            for cell in 0..m.cells.len() {
                push(&mut shapes, &vec![m.rings(cell)]);
            }
        }
        let t = Instant::now();
        for s in shapes.iter() {
            black_box(inscribed_circle(s, 0.001));
        }
        let a = t.elapsed().as_secs_f64() * 1e6 / shapes.len() as f64;
        let t = Instant::now();
        for s in shapes.iter() {
            black_box(inscribed_circle(s, 0.01));
        }
        let a2 = t.elapsed().as_secs_f64() * 1e6 / shapes.len() as f64;
        let t = Instant::now();
        for s in shapes.iter() {
            black_box(is_narrower(s, 0.5));
        }
        let b = t.elapsed().as_secs_f64() * 1e6 / shapes.len() as f64;
        let t = Instant::now();
        for s in shapes.iter() {
            black_box(is_narrower(s, 2.0));
        }
        let b2 = t.elapsed().as_secs_f64() * 1e6 / shapes.len() as f64;
        let t = Instant::now();
        for s in shapes.iter() {
            use geo::TriangulateEarcut;
            black_box(s.to_geo().0[0].earcut_triangles_raw());
        }
        let c = t.elapsed().as_secs_f64() * 1e6 / shapes.len() as f64;
        println!(
            "{name} {count}: circle 1mm {a:.1} 1cm {a2:.1} narrower .5 {b:.2} 2 {b2:.2} earcut {c:.1} us ({})",
            shapes.len()
        );
    }
}
