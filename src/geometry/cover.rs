//! The area where a rule over winding numbers holds, summed slab by slab: no topology is built, so none can go wrong.

use geo::Coord;

use super::ring::cross;

/// The edges of some rings, each ring belonging to one of two groups.
#[derive(Default)]
pub struct Cover {
    origin: Option<Coord>,
    edges: Vec<CoverEdge>,
}

/// An edge that runs upwards; `turn` is +1 where its ring ran upwards too, −1 where it ran downwards.
#[derive(Clone, Copy)]
struct CoverEdge {
    low: Coord,
    high: Coord,
    turn: i32,
    group: usize,
}

impl CoverEdge {
    fn x_at(&self, y: f64) -> f64 {
        self.low.x + (self.high.x - self.low.x) * ((y - self.low.y) / (self.high.y - self.low.y))
    }
}

impl Cover {
    /// Adds a closed ring to group 0 or 1. Coordinates are kept from the first point added, to spare digits.
    pub fn add(&mut self, ring: &[Coord], group: usize) {
        let Some(&first) = ring.first() else { return };
        let origin = *self.origin.get_or_insert(first);
        for edge in ring.windows(2) {
            let (a, b) = (edge[0] - origin, edge[1] - origin);
            if a.y < b.y {
                self.edges.push(CoverEdge {
                    low: a,
                    high: b,
                    turn: 1,
                    group,
                });
            } else if b.y < a.y {
                self.edges.push(CoverEdge {
                    low: b,
                    high: a,
                    turn: -1,
                    group,
                });
            }
        }
    }

    /// The area, in square units, of all points for whose winding numbers in the two groups `inside` holds.
    pub fn area(mut self, inside: impl Fn([i32; 2]) -> bool) -> f64 {
        self.edges.sort_by(|a, b| a.low.y.total_cmp(&b.low.y));
        let levels = self.levels();
        let (mut next, mut active, mut area) = (0, Vec::<CoverEdge>::new(), 0.0);
        let mut crossed = Vec::new();
        for slab in levels.windows(2) {
            let (bottom, top) = (slab[0], slab[1]);
            while let Some(edge) = self.edges.get(next).filter(|edge| edge.low.y <= bottom) {
                active.push(*edge);
                next += 1;
            }
            active.retain(|edge| edge.high.y > bottom);
            let middle = f64::midpoint(bottom, top);
            crossed.clear();
            crossed.extend(
                active
                    .iter()
                    .map(|edge| (edge.x_at(middle), edge.turn, edge.group)),
            );
            crossed.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut windings = [0; 2];
            let mut width = 0.0;
            for pair in crossed.windows(2) {
                windings[pair[0].2] -= pair[0].1;
                if inside(windings) {
                    width += pair[1].0 - pair[0].0;
                }
            }
            area += width * (top - bottom);
        }
        area
    }

    /// Every height at which an edge begins, ends or crosses another, ascending.
    fn levels(&self) -> Vec<f64> {
        let mut levels: Vec<f64> = self
            .edges
            .iter()
            .flat_map(|edge| [edge.low.y, edge.high.y])
            .collect();
        for (index, a) in self.edges.iter().enumerate() {
            for b in self.edges[index + 1..]
                .iter()
                .take_while(|b| b.low.y < a.high.y)
            {
                levels.extend(crossing(a, b));
            }
        }
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        levels
    }
}

/// The height at which two edges cross between their ends.
fn crossing(a: &CoverEdge, b: &CoverEdge) -> Option<f64> {
    let apart = a.low.x.max(a.high.x) < b.low.x.min(b.high.x)
        || b.low.x.max(b.high.x) < a.low.x.min(a.high.x);
    if apart {
        return None;
    }
    let (along_a, along_b, between) = (a.high - a.low, b.high - b.low, b.low - a.low);
    let parallel = cross(along_a, along_b);
    let share_a = cross(between, along_b) / parallel;
    let share_b = cross(between, along_a) / parallel;
    let within = |share: f64| share > 0.0 && share < 1.0;
    (parallel != 0.0 && within(share_a) && within(share_b)).then_some(a.low.y + along_a.y * share_a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points
            .iter()
            .chain(points.first())
            .map(|&(x, y)| Coord { x, y })
            .collect()
    }

    fn square(x: f64, y: f64, side: f64) -> Vec<Coord> {
        ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
    }

    #[test]
    fn a_bow_tie_covers_both_its_triangles() {
        let mut cover = Cover::default();
        cover.add(
            &ring(&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]),
            0,
        );
        assert!((cover.area(|[w, _]| w != 0) - 50.0).abs() < 1e-12);
    }

    #[test]
    fn what_overlaps_counts_once() {
        let mut cover = Cover::default();
        for x in [0.0, 5.0, 5.0] {
            cover.add(&square(x, 0.0, 10.0), 0);
        }
        assert!((cover.area(|[w, _]| w > 0) - 150.0).abs() < 1e-12);
    }

    #[test]
    fn two_groups_are_told_apart() {
        let mut cover = Cover::default();
        cover.add(&square(0.0, 0.0, 10.0), 0);
        cover.add(
            &ring(&[(8.0, 8.0), (12.0, 8.0), (12.0, 12.0), (8.0, 12.0)]),
            1,
        );
        cover.add(&ring(&[(1.0, 1.0), (3.0, 1.0), (1.0, 3.0)]), 1);
        assert!((cover.area(|[a, b]| a > 0 && b > 0) - 6.0).abs() < 1e-12);
    }
}
