//! Parcels without a survey boundary → the convex hull of each cluster of them that hangs together, as a guess of it.

use geo::Coord;
use geo::algorithm::convex_hull::quick_hull;
use rayon::prelude::*;

use crate::geometry::Shapes;
use crate::parcels::Neighbours;

/// The hulls of the clusters of two parcels and more; parcels that touch, overlap or have a narrow gap hang together.
pub(super) fn guessed_boundary(parcels: &Shapes, neighbours: &Neighbours) -> Shapes {
    let clusters = clusters(parcels.len(), neighbours);
    let hulls: Vec<Vec<Coord>> = clusters
        .par_iter()
        .map(|cluster| {
            let shapes = cluster.iter().map(|at| parcels.get(*at as usize));
            let mut corners: Vec<Coord> =
                shapes.flat_map(|shape| shape.coords()).copied().collect();
            quick_hull(&mut corners).0
        })
        .collect();
    let mut all = Shapes::default();
    for hull in hulls.iter().filter(|hull| hull.len() > 3) {
        all.push_turned(hull, false);
    }
    all
}

/// Which parcels hang together, by their first.
fn clusters(count: usize, neighbours: &Neighbours) -> Vec<Vec<u32>> {
    let mut parent: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    for pair in &neighbours.pairs {
        let (a, b) = (root(&mut parent, pair.a), root(&mut parent, pair.b));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut clusters: Vec<Vec<u32>> = vec![Vec::new(); count];
    for at in 0..u32::try_from(count).unwrap_or(u32::MAX) {
        let first = root(&mut parent, at);
        clusters[first as usize].push(at);
    }
    clusters.retain(|cluster| cluster.len() > 1);
    clusters
}

/// The first of the cluster of a parcel; the way there is halved for the next.
fn root(parent: &mut [u32], mut at: u32) -> u32 {
    while parent[at as usize] != at {
        parent[at as usize] = parent[parent[at as usize] as usize];
        at = parent[at as usize];
    }
    at
}

#[cfg(test)]
mod tests {
    use geo::wkt;

    use super::*;
    use crate::geometry::{Contact, ContactKind, plane_area};
    use crate::parcels::Pair;

    #[test]
    fn two_parcels_that_touch_have_one_hull_and_one_alone_has_none() {
        let mut parcels = Shapes::default();
        for square in [
            wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)))),
            wkt!(MULTIPOLYGON(((50. 0.,60. 0.,60. 10.,50. 10.,50. 0.)))),
            wkt!(MULTIPOLYGON(((10. 0.,20. 0.,20. 20.,10. 20.,10. 0.)))),
        ] {
            parcels.push_geo(&square);
        }
        let contact = Contact {
            kind: ContactKind::Edge,
            shared: 10.0,
            overlap: 0.0,
            gap: 0.0,
        };
        let neighbours = Neighbours {
            pairs: vec![Pair {
                a: 2,
                b: 0,
                contact,
            }],
            count: vec![1, 0, 1],
        };
        let hulls = guessed_boundary(&parcels, &neighbours);
        // both squares, 100 and 200, and the triangle over the small one, 50
        let areas: Vec<f64> = hulls.iter().map(plane_area).collect();
        assert_eq!(areas, [350.0]);
    }
}
