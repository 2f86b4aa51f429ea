//! What lies around the parcels of a city → where a boundary is open to the outside, so that one can get in (出入口).

use geo::Coord;

use crate::geometry::{EdgeIndex, ShapeRef, Side, walk};
use crate::law::LandUse;
use crate::model::{Layer, Obstacle, ObstacleKind};
use crate::parcels::Indexed;
use crate::parcels::Measured;

/// The parcels and obstacles of a city, ready to be looked up.
pub struct Surroundings<'a> {
    measured: &'a Measured,
    parcels: Indexed<'a>,
    obstacles: Option<(&'a Layer<Obstacle>, Indexed<'a>)>,
    /// Boundaries nearer than this are one, in units of the CRS.
    tolerance: f64,
}

impl<'a> Surroundings<'a> {
    /// Those of a city.
    pub fn of(measured: &'a Measured) -> Self {
        let metres = measured.city.crs.metres().unwrap_or(f64::NAN);
        Self {
            parcels: measured.indexed(),
            obstacles: measured
                .city
                .obstacles
                .as_ref()
                .map(|layer| (layer, Indexed::of(&layer.shapes))),
            tolerance: measured.options.reach.tolerance / metres,
            measured,
        }
    }

    /// The stretches of the boundary of `shape`, a part of parcel `own`, that border neither another parcel nor one of
    /// `beside` nor water, a ditch or a railway, edge by edge. A parcel that is a road (交通运输用地) closes nothing.
    pub fn open_stretches(
        &self,
        shape: ShapeRef<'_>,
        own: u32,
        beside: &[ShapeRef<'_>],
    ) -> Vec<[Coord; 2]> {
        let near = shape.bounds().grown(self.tolerance);
        let mut parcels: Vec<u32> = self.parcels.boxes.meeting(near).collect();
        parcels.sort_unstable();
        let closing = parcels
            .into_iter()
            .filter(|at| *at != own && !self.is_road(*at));
        let indexed: Vec<(ShapeRef<'_>, EdgeIndex)> = beside
            .iter()
            .map(|shape| (*shape, EdgeIndex::of(*shape)))
            .collect();
        let mut around: Vec<(u32, Side<'_>)> = closing
            .map(|at| (at, self.parcels.side(at as usize)))
            .collect();
        around.extend(indexed.iter().map(|(shape, edges)| (own, (*shape, edges))));
        if let Some((layer, obstacles)) = &self.obstacles {
            let mut closing: Vec<u32> = obstacles.boxes.meeting(near).collect();
            closing.sort_unstable();
            closing.retain(|at| closes(layer.rows[*at as usize].kind));
            around.extend(
                closing
                    .into_iter()
                    .map(|at| (u32::MAX, obstacles.side(at as usize))),
            );
        }
        let edges = EdgeIndex::of(shape);
        let walk = walk((shape, &edges), &around, self.tolerance);
        let rings: Vec<&[Coord]> = shape.rings().collect();
        let open = walk
            .stretches
            .iter()
            .filter(|stretch| stretch.label.is_none());
        open.flat_map(|stretch| along(rings[stretch.ring], stretch.from, stretch.to))
            .collect()
    }

    fn is_road(&self, parcel: u32) -> bool {
        self.measured.city.parcels.rows[parcel as usize].land_use == Some(LandUse::Transport)
    }
}

/// Whether nobody gets in across an obstacle.
const fn closes(kind: Option<ObstacleKind>) -> bool {
    matches!(
        kind,
        Some(ObstacleKind::Rail | ObstacleKind::Water | ObstacleKind::Ditch)
    )
}

/// The edges of a ring, and parts of edges, between two lengths along it.
fn along(ring: &[Coord], from: f64, to: f64) -> Vec<[Coord; 2]> {
    let (mut edges, mut behind) = (Vec::new(), 0.0);
    for edge in ring.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        let length = (b - a).x.hypot((b - a).y);
        let (start, end) = ((from - behind).max(0.0), (to - behind).min(length));
        if end > start {
            let at = |way: f64| a + (b - a) * (way / length);
            edges.push([
                if start == 0.0 { a } else { at(start) },
                if end == length { b } else { at(end) },
            ]);
        }
        behind += length;
    }
    edges
}

/// The length of some edges together, in their units.
pub fn length(edges: &[[Coord; 2]]) -> f64 {
    edges
        .iter()
        .map(|[a, b]| (b.x - a.x).hypot(b.y - a.y))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_round_a_corner_is_two_edges() {
        let c = |x: f64, y: f64| Coord { x, y };
        let ring = [
            c(0.0, 0.0),
            c(10.0, 0.0),
            c(10.0, 10.0),
            c(0.0, 10.0),
            c(0.0, 0.0),
        ];
        assert_eq!(
            along(&ring, 8.0, 13.0),
            [[c(8.0, 0.0), c(10.0, 0.0)], [c(10.0, 0.0), c(10.0, 3.0)]]
        );
        assert_eq!(along(&ring, 10.0, 20.0), [[c(10.0, 0.0), c(10.0, 10.0)]]);
        assert_eq!(length(&along(&ring, 0.0, 40.0)), 40.0);
    }
}
