//! A seed → the lines of the city: a skewed grid of roads and canals, and the block between any four of them.

use geo::Coord;

use super::dice::Dice;
use super::plane::{Ring, cross, direction, distance, left, moved, rounded};

/// South-eastern corner of the city, EPSG:4549: Jiaojiang 椒江. It grows to the north and the west, within the zone.
const CORNER: Coord = Coord {
    x: 636_000.0,
    y: 3_165_000.0,
};
/// Direction of the first family of lines: a rational turn, so that nothing depends on a sine.
const FIRST: Coord = Coord {
    x: -11.0 / 61.0,
    y: 60.0 / 61.0,
};
/// Nodes between two points of the wide waves of the grid.
const WAVE: u32 = 6;

/// What runs along a line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// A road.
    Road,
    /// A canal or river.
    Water,
}

/// The grid of a city.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    seed: u64,
    places: [Vec<f64>; 2],
}

/// A block: the points of its four sides, counter-clockwise, the first side on the line `j`.
/// The short legs between two sides are its cut-off corners.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    /// Lines `j`, `i + 1`, `j + 1`, `i`.
    pub sides: [Vec<Coord>; 4],
}

impl Outline {
    /// All its points.
    pub(super) fn ring(&self) -> Ring {
        self.sides.concat()
    }

    /// The ends of a side.
    pub(super) fn side(&self, index: usize) -> (Coord, Coord) {
        let side = &self.sides[index % 4];
        (side[0], side[side.len() - 1])
    }
}

impl Grid {
    /// A grid with room for `blocks` blocks and a row of cells around them.
    pub(super) fn new(seed: u64, blocks: u32) -> Self {
        let extent = blocks.isqrt() + 8;
        let places = [0_u32, 1].map(|axis| {
            let mut at = 0.0;
            (0..=extent)
                .map(|line| {
                    if line > 0 {
                        let room = (Self::half(seed, axis, line)
                            + Self::half(seed, axis, line - 1))
                        .max(20.0);
                        at += Dice::of(seed, 1, axis.into(), line.into()).within(300.0, 400.0)
                            + room
                            - 20.0;
                    }
                    at
                })
                .collect()
        });
        Self { seed, places }
    }

    /// What runs along a line.
    pub(super) fn course(axis: u32, line: u32) -> Course {
        if axis == 0 && line % 17 == 2 || axis == 1 && line % 29 == 21 {
            Course::Water
        } else {
            Course::Road
        }
    }

    /// Half the width of a line, in metres.
    fn half(seed: u64, axis: u32, line: u32) -> f64 {
        let mut dice = Dice::of(seed, 2, axis.into(), line.into());
        if Self::course(axis, line) == Course::Water {
            dice.within(20.0, 40.0)
        } else if line.is_multiple_of(4) {
            dice.within(16.0, 20.0)
        } else {
            dice.within(6.0, 14.0)
        }
    }

    /// Where lines `i` and `j` cross.
    #[expect(
        clippy::many_single_char_names,
        reason = "grid and share along either axis"
    )]
    fn node(&self, i: u32, j: u32) -> Coord {
        let mut own = Dice::of(self.seed, 3, i.into(), j.into());
        let mut at = [self.places[0][i as usize], self.places[1][j as usize]];
        let share = |line: u32| f64::from(line % WAVE) / f64::from(WAVE);
        let (s, t) = (share(i), share(j));
        for (axis, place) in (0_u32..).zip(&mut at) {
            let wave = |i: u32, j: u32| {
                Dice::of(self.seed, 4 + u64::from(axis), i.into(), j.into()).around(70.0)
            };
            let (a, b) = (i / WAVE, j / WAVE);
            let low = wave(a, b) * (1.0 - s) + wave(a + 1, b) * s;
            let high = wave(a, b + 1) * (1.0 - s) + wave(a + 1, b + 1) * s;
            *place += low * (1.0 - t) + high * t + own.around(9.0);
        }
        moved(moved(CORNER, FIRST, at[0]), left(FIRST), at[1])
    }

    /// The block of cell `(i, j)`.
    #[expect(
        clippy::many_single_char_names,
        reason = "points and directions of two edges"
    )]
    pub(super) fn outline(&self, i: u32, j: u32) -> Outline {
        let nodes = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)].map(|(i, j)| self.node(i, j));
        let lines = [(1, j), (0, i + 1), (1, j + 1), (0, i)];
        let edges: [(Coord, Coord); 4] = std::array::from_fn(|k| {
            let along = direction(nodes[k], nodes[(k + 1) % 4]);
            let (axis, line) = lines[k];
            (
                moved(nodes[k], left(along), Self::half(self.seed, axis, line)),
                along,
            )
        });
        let corners: [Coord; 4] = std::array::from_fn(|k| {
            let ((p, a), (q, b)) = (edges[(k + 3) % 4], edges[k]);
            moved(p, a, cross(q - p, b) / cross(a, b))
        });
        let mut dice = Dice::of(self.seed, 6, i.into(), j.into());
        let cut_off: [f64; 4] = std::array::from_fn(|_| dice.within(3.0, 9.0));
        Outline {
            sides: std::array::from_fn(|k| {
                let (next, along) = ((k + 1) % 4, edges[k].1);
                let from = moved(corners[k], along, cut_off[k]);
                let to = moved(corners[next], along, -cut_off[next]);
                kerb(from, to, &mut dice)
            }),
        }
    }
}

/// A side of a block: nearly straight, with a surveyed point every hundred metres.
fn kerb(from: Coord, to: Coord, dice: &mut Dice) -> Vec<Coord> {
    let (along, length) = (direction(from, to), distance(from, to));
    let mut points = vec![rounded(from)];
    let mut at = dice.within(50.0, 120.0);
    while at < length - 40.0 {
        let foot = moved(from, along, at);
        points.push(rounded(moved(foot, left(along), dice.around(0.4))));
        at += dice.within(60.0, 140.0);
    }
    points.push(rounded(to));
    points
}

/// The cell that the block `order` of the city takes: the city grows by shells, so that a smaller one is its corner.
/// The first row and column of cells lie outside, so that every block has streets on all sides.
pub(super) fn cell(order: u32) -> (u32, u32) {
    let shell = order.isqrt();
    let rest = order - shell * shell;
    if rest <= shell {
        (1 + shell, 1 + rest)
    } else {
        (1 + 2 * shell - rest, 1 + shell)
    }
}

/// Which block of the city cell `(i, j)` is; beyond all blocks where it lies outside.
pub(super) fn order(i: u32, j: u32) -> u32 {
    if i == 0 || j == 0 {
        return u32::MAX;
    }
    let (i, j) = (i - 1, j - 1);
    let shell = i.max(j);
    if i == shell {
        shell * shell + j
    } else {
        shell * shell + 2 * shell - i
    }
}

#[cfg(test)]
mod tests {
    use super::super::plane::area;
    use super::*;

    #[test]
    fn cells_and_their_order_are_each_other_reversed() {
        assert_eq!(
            [0, 1, 2, 3, 4].map(cell),
            [(1, 1), (2, 1), (2, 2), (1, 2), (3, 1)]
        );
        for block in 0..5000 {
            let (i, j) = cell(block);
            assert_eq!(order(i, j), block);
        }
    }

    #[test]
    fn blocks_are_counter_clockwise_and_of_a_town_s_size() {
        let grid = Grid::new(1, 1600);
        for (i, j) in (0..1600).map(cell) {
            let size = area(&grid.outline(i, j).ring());
            assert!(
                (55_000.0..200_000.0).contains(&size),
                "block {i} {j} has {size} m²"
            );
        }
    }
}
