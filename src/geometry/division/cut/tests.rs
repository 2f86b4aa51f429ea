use super::*;
use crate::geometry::ring::signed_area;

fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
    points.iter().map(|&(x, y)| Coord { x, y }).collect()
}

/// A square from its lower left to its upper right corner.
fn square(low: f64, high: f64) -> Vec<Coord> {
    ring(&[(low, low), (high, low), (high, high), (low, high)])
}

/// The areas of the parts that lines cut a square of 100 m into.
fn parts(lines: &[&[(f64, f64)]]) -> Result<Vec<f64>, CutError> {
    let lines: Vec<_> = lines.iter().map(|line| ring(line)).collect();
    let shell = square(0.0, 100.0);
    let parts = cut(&shell, &[], &lines, 0.1)?;
    let area = |part: &Polygon| signed_area(&part.exterior().0);
    Ok(parts.iter().map(|part| area(part).round()).collect())
}

#[test]
fn lines_cut_what_earlier_lines_left() {
    // down the middle, then the right half across
    let across = parts(&[
        &[(50.0, 0.0), (50.0, 100.0)],
        &[(50.0, 40.0), (100.0, 40.0)],
    ]);
    assert_eq!(across.unwrap(), [5000.0, 2000.0, 3000.0]);
    // and both halves
    let both = parts(&[&[(50.0, 0.0), (50.0, 100.0)], &[(0.0, 40.0), (100.0, 40.0)]]);
    assert_eq!(both.unwrap(), [2000.0, 3000.0, 2000.0, 3000.0]);
    // with a bend
    let bent = parts(&[&[(0.0, 60.0), (40.0, 60.0), (40.0, 100.0)]]);
    assert_eq!(bent.unwrap(), [8400.0, 1600.0]);
    // from corner to corner
    let diagonal = parts(&[&[(0.0, 0.0), (100.0, 100.0)]]);
    assert_eq!(diagonal.unwrap(), [5000.0, 5000.0]);
}

#[test]
fn ends_may_overshoot_or_fall_short_a_little() {
    let first: &[(f64, f64)] = &[(50.0, -3.0), (50.0, 99.95)];
    assert_eq!(parts(&[first]).unwrap(), [5000.0, 5000.0]);
    for end in [49.95, 50.05] {
        let second: &[(f64, f64)] = &[(end, 40.0), (100.0, 40.0)];
        assert_eq!(parts(&[first, second]).unwrap(), [5000.0, 2000.0, 3000.0]);
    }
    let short = parts(&[&[(50.0, 0.0), (50.0, 99.5)]]).unwrap_err();
    let end = CutError::Ends {
        line: 0,
        x: 50.0,
        y: 99.5,
        distance: 0.5,
    };
    assert_eq!(short, end);
}

#[test]
fn a_line_that_cuts_nothing_is_told() {
    let beside = parts(&[&[(0.0, 0.0), (0.0, 100.0)]]);
    assert_eq!(beside, Err(CutError::Nothing { line: 0 }));
    let outside = parts(&[
        &[(50.0, 0.0), (50.0, 100.0)],
        &[(200.0, 0.0), (200.0, 100.0)],
    ]);
    assert_eq!(outside, Err(CutError::Nothing { line: 1 }));
    let looped = parts(&[&[
        (0.0, 50.0),
        (80.0, 50.0),
        (80.0, 80.0),
        (40.0, 80.0),
        (40.0, 0.0),
    ]]);
    assert_eq!(looped, Err(CutError::Loop { line: 0 }));
    let shell = square(0.0, 100.0);
    let hole = square(40.0, 60.0);
    let through = cut(&shell, &[hole], &[ring(&[(50.0, 0.0), (50.0, 100.0)])], 0.1);
    assert_eq!(through, Err(CutError::Hole { line: 0 }));
}

#[test]
fn lines_that_end_opposite_each_other_share_that_corner() {
    // a slanted line; two more end on it from both sides at much the same place
    let lines = [
        ring(&[(30.0, 0.0), (70.0, 100.0)]),
        ring(&[(0.0, 37.0), (100.0, 37.0)]),
    ];
    let parts = cut(&square(0.0, 100.0), &[], &lines, 0.1).unwrap();
    assert_eq!(parts.len(), 4);
    let corners: Vec<Coord> = parts
        .iter()
        .flat_map(|part| part.exterior().0[1..].to_vec())
        .collect();
    let middle = corners
        .iter()
        .filter(|at| at.y == 37.0 && at.x > 1.0 && at.x < 99.0);
    let middle: Vec<_> = middle.collect();
    assert!(
        middle.len() == 4 && middle.iter().all(|at| *at == middle[0]),
        "{middle:?}"
    );
}
