//! Small land left over, with round numbers.

use super::*;

#[test]
fn a_square_minus_a_square() {
    let square = |x: f64, y: f64, side: f64| {
        vec![
            Coord { x, y },
            Coord { x: x + side, y },
            Coord {
                x: x + side,
                y: y + side,
            },
            Coord { x, y: y + side },
            Coord { x, y },
        ]
    };
    let mut cover = Shapes::default();
    cover.push_turned(&square(0.0, 0.0, 10.0), false);
    let mut taken = Shapes::default();
    taken.push_turned(&square(2.0, 2.0, 3.0), false);
    let left = residual(&cover, &[&taken], &|_| ()).unwrap();
    assert_eq!(left.len(), 1);
    eprintln!("{:?}", left.get(0).to_geo());
}
