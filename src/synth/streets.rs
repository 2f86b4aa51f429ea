//! The grid of a city → roads and water between its blocks, which tile all that the blocks leave.

use super::dice::Dice;
use super::layout::{Course, Grid, Outline, order};
use super::plane::Ring;

/// What no building land can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// 道路.
    Road,
    /// 村道, inside a block.
    Lane,
    /// 水域.
    Water,
    /// 绿地.
    Green,
}

/// The stretches of road and water for which the block of cell `(i, j)` answers, in a city of `blocks` blocks.
pub(super) fn streets(
    grid: &Grid,
    seed: u64,
    own: (u32, u32),
    blocks: u32,
) -> Vec<(Obstacle, Ring)> {
    let (i, j) = own;
    let built = |(i, j)| order(i, j) < blocks;
    let kind = |axis, line| match Grid::course(axis, line) {
        Course::Road => Obstacle::Road,
        Course::Water => Obstacle::Water,
    };
    let here = grid.outline(i, j);
    let mut found = Vec::new();
    let beyond = [
        ((i, j - 1), 1, j),
        ((i + 1, j), 0, i + 1),
        ((i, j + 1), 1, j + 1),
        ((i - 1, j), 0, i),
    ];
    for (side, &(there, axis, line)) in beyond.iter().enumerate() {
        if side == 0 || side == 3 || !built(there) {
            let far = grid.outline(there.0, there.1);
            let banks = [&here.sides[side], &far.sides[(side + 2) % 4]];
            let ring = banks
                .iter()
                .flat_map(|bank| bank.iter().rev().copied())
                .collect();
            found.push((kind(axis, line), ring));
        }
    }
    for (i, j) in [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)] {
        let around = [(i, j - 1), (i, j), (i - 1, j), (i - 1, j - 1)];
        let first = around.into_iter().min_by_key(|&(i, j)| order(i, j));
        if first == Some(own) {
            let wet = kind(0, i) == Obstacle::Water || kind(1, j) == Obstacle::Water;
            let bridge = Dice::of(seed, 7, i.into(), j.into()).chance(0.6);
            let obstacle = if wet && !bridge {
                Obstacle::Water
            } else {
                Obstacle::Road
            };
            found.push((obstacle, crossing(&around.map(|(i, j)| grid.outline(i, j)))));
        }
    }
    found
}

/// The place between the corners of the blocks around a node: first the one ahead on the right, then to the left.
fn crossing(around: &[Outline; 4]) -> Ring {
    let corners = around.iter().zip([3, 0, 1, 2]);
    corners
        .flat_map(|(block, corner)| [block.side(corner).0, block.side(corner + 3).1])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::layout::cell;
    use super::*;
    use geo::{Area, Coord, LineString, MultiPolygon, Polygon};

    #[test]
    fn streets_and_blocks_do_not_overlap() {
        let grid = Grid::new(3, 12);
        let polygon = |ring: &[Coord]| Polygon::new(LineString(ring.to_vec()), vec![]);
        let mut all: Vec<Polygon> = Vec::new();
        for at in (0..12).map(cell) {
            all.push(polygon(&grid.outline(at.0, at.1).ring()));
            all.extend(
                streets(&grid, 3, at, 12)
                    .iter()
                    .map(|(_, ring)| polygon(ring)),
            );
        }
        let sum: f64 = all.iter().map(Area::unsigned_area).sum();
        let joined: MultiPolygon = geo::unary_union(&all);
        assert!(
            (joined.unsigned_area() - sum).abs() < 1.0,
            "{sum} {}",
            joined.unsigned_area()
        );
    }
}
