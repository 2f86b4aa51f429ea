//! A Shapefile ring by ring, in the order and direction given: GDAL would set them right.

use std::path::Path;

pub type Ring = Vec<(f64, f64)>;

/// A square from `low` to `high` on both axes from a corner of its place, clockwise unless `turned`.
pub fn square(low: f64, high: f64, turned: bool) -> Ring {
    let mut ring = [
        (low, low),
        (low, high),
        (high, high),
        (high, low),
        (low, low),
    ];
    if turned {
        ring.reverse();
    }
    ring.iter()
        .map(|(x, y)| (637_000.0 + x, 3_165_700.0 + y))
        .collect()
}

/// Writes polygons, each a list of rings, without attributes.
pub fn write(path: &Path, shapes: &[Vec<Ring>]) {
    let big = |n: usize| i32::try_from(n).unwrap().to_be_bytes();
    let small = |n: usize| i32::try_from(n).unwrap().to_le_bytes();
    let header = |bytes: usize| {
        let mut out = Vec::new();
        out.extend(big(9994));
        out.extend([0; 20]);
        out.extend(big(usize::midpoint(100, bytes)));
        out.extend(small(1000));
        out.extend(small(5));
        for number in [
            637_000.0,
            3_165_700.0,
            638_000.0,
            3_166_700.0,
            0.0,
            0.0,
            0.0,
            0.0_f64,
        ] {
            out.extend(number.to_le_bytes());
        }
        out
    };
    let (mut body, mut index) = (Vec::new(), Vec::new());
    for (number, rings) in shapes.iter().enumerate() {
        let points: usize = rings.iter().map(Vec::len).sum();
        let mut record = Vec::new();
        record.extend(small(5));
        let all = || rings.iter().flatten();
        let low = all().fold((f64::MAX, f64::MAX), |low, p| {
            (low.0.min(p.0), low.1.min(p.1))
        });
        let high = all().fold((f64::MIN, f64::MIN), |high, p| {
            (high.0.max(p.0), high.1.max(p.1))
        });
        for number in [low.0, low.1, high.0, high.1] {
            record.extend(number.to_le_bytes());
        }
        record.extend(small(rings.len()));
        record.extend(small(points));
        let mut start = 0;
        for ring in rings {
            record.extend(small(start));
            start += ring.len();
        }
        for (x, y) in rings.iter().flatten() {
            record.extend(x.to_le_bytes());
            record.extend(y.to_le_bytes());
        }
        index.extend(big(usize::midpoint(100, body.len())));
        index.extend(big(record.len() / 2));
        body.extend(big(number + 1));
        body.extend(big(record.len() / 2));
        body.extend(record);
    }
    std::fs::write(path, [header(body.len()), body].concat()).unwrap();
    std::fs::write(
        path.with_extension("shx"),
        [header(index.len()), index].concat(),
    )
    .unwrap();
}
