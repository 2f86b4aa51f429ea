//! Many multipolygons in four flat vectors: one allocation for a city instead of three for each feature.

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::Bounds;

/// A column of multipolygons. Rings are closed (first point repeated last); the first ring of a part is its shell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shapes {
    coords: Vec<Coord>,
    ring_ends: Vec<u32>,
    part_ends: Vec<u32>,
    shape_ends: Vec<u32>,
}

impl Shapes {
    /// How many shapes there are, empty ones included.
    pub fn len(&self) -> usize {
        self.shape_ends.len()
    }

    /// Whether there is no shape at all.
    pub fn is_empty(&self) -> bool {
        self.shape_ends.is_empty()
    }

    /// The coordinates of all shapes in order, for a bulk transformation.
    pub fn coords(&self) -> &[Coord] {
        &self.coords
    }

    /// The same, to be changed in place.
    pub fn coords_mut(&mut self) -> &mut [Coord] {
        &mut self.coords
    }

    /// The shape of row `index`.
    pub fn get(&self, index: usize) -> ShapeRef<'_> {
        ShapeRef {
            shapes: self,
            first: start(&self.shape_ends, index),
            last: self.shape_ends[index] as usize,
        }
    }

    /// All shapes in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = ShapeRef<'_>> + ExactSizeIterator {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Adds a point to the ring that is being built.
    pub fn push_coord(&mut self, coord: Coord) {
        self.coords.push(coord);
    }

    /// Ends the ring that is being built.
    pub fn end_ring(&mut self) {
        self.ring_ends.push(narrow(self.coords.len()));
    }

    /// Ends the part (one shell and its holes) that is being built.
    pub fn end_part(&mut self) {
        self.part_ends.push(narrow(self.ring_ends.len()));
    }

    /// Ends the shape that is being built; with no part since the last end it is an empty shape.
    pub fn end_shape(&mut self) {
        self.shape_ends.push(narrow(self.part_ends.len()));
    }

    /// Takes off the last shape, which must be an empty one.
    pub(crate) fn pop_empty(&mut self) {
        debug_assert!(
            self.iter()
                .next_back()
                .is_some_and(|shape| shape.is_empty())
        );
        self.shape_ends.pop();
    }

    /// Takes off the last shape with all that is in it.
    pub(crate) fn pop_shape(&mut self) {
        self.shape_ends.pop();
        self.abandon_shape();
    }

    /// Forgets all that was added since the last [`Shapes::end_shape`].
    pub fn abandon_shape(&mut self) {
        self.part_ends
            .truncate(self.shape_ends.last().map_or(0, |&end| end as usize));
        self.ring_ends
            .truncate(self.part_ends.last().map_or(0, |&end| end as usize));
        self.coords
            .truncate(self.ring_ends.last().map_or(0, |&end| end as usize));
    }

    /// Forgets the points from `count` on, all of which belong to the ring that is being built.
    pub(crate) fn drop_coords_from(&mut self, count: usize) {
        self.coords.truncate(count);
    }

    /// Adds a whole ring to the part that is being built.
    pub fn push_ring(&mut self, ring: &[Coord]) {
        self.coords.extend_from_slice(ring);
        self.end_ring();
    }

    /// Adds a shape of one ring, turned round when `reversed`.
    pub(crate) fn push_turned(&mut self, ring: &[Coord], reversed: bool) {
        if reversed {
            self.coords.extend(ring.iter().rev());
        } else {
            self.coords.extend_from_slice(ring);
        }
        self.end_ring();
        self.end_part();
        self.end_shape();
    }

    /// Adds a copy of `shape`.
    pub fn push(&mut self, shape: ShapeRef<'_>) {
        for part in shape.parts() {
            for ring in part.rings() {
                self.push_ring(ring);
            }
            self.end_part();
        }
        self.end_shape();
    }

    /// Adds a shape built by `geo`.
    pub fn push_geo(&mut self, shape: &MultiPolygon) {
        for polygon in shape {
            self.push_ring(&polygon.exterior().0);
            for hole in polygon.interiors() {
                self.push_ring(&hole.0);
            }
            self.end_part();
        }
        self.end_shape();
    }

    /// Adds all shapes of `other` behind these.
    pub fn append(&mut self, other: &Self) {
        let shift = |ends: &mut Vec<u32>, more: &[u32], by: usize| {
            ends.extend(more.iter().map(|&end| narrow(by + end as usize)));
        };
        shift(
            &mut self.shape_ends,
            &other.shape_ends,
            self.part_ends.len(),
        );
        shift(&mut self.part_ends, &other.part_ends, self.ring_ends.len());
        shift(&mut self.ring_ends, &other.ring_ends, self.coords.len());
        self.coords.extend_from_slice(&other.coords);
    }
}

/// One multipolygon of a [`Shapes`].
#[derive(Clone, Copy, Debug)]
pub struct ShapeRef<'a> {
    shapes: &'a Shapes,
    first: usize,
    last: usize,
}

impl<'a> ShapeRef<'a> {
    /// Whether it has no part.
    pub fn is_empty(&self) -> bool {
        self.first == self.last
    }

    /// Its polygons, in order.
    pub fn parts(&self) -> impl ExactSizeIterator<Item = PartRef<'a>> + use<'a> {
        let shapes = self.shapes;
        (self.first..self.last).map(move |part| PartRef {
            shapes,
            first: start(&shapes.part_ends, part),
            last: shapes.part_ends[part] as usize,
        })
    }

    /// All its rings, shells and holes alike.
    pub fn rings(&self) -> impl Iterator<Item = &'a [Coord]> + use<'a> {
        self.parts().flat_map(|part| part.rings())
    }

    /// All its coordinates, ring after ring.
    pub fn coords(&self) -> &'a [Coord] {
        let ring = |part: usize| start(&self.shapes.part_ends, part);
        let coord = |ring: usize| start(&self.shapes.ring_ends, ring);
        &self.shapes.coords[coord(ring(self.first))..coord(ring(self.last))]
    }

    /// The box around it.
    pub fn bounds(&self) -> Bounds {
        Bounds::of(self.coords())
    }

    /// As a type of `geo`.
    pub fn to_geo(&self) -> MultiPolygon {
        MultiPolygon(self.parts().map(|part| part.to_geo()).collect())
    }
}

/// One polygon: a shell and its holes.
#[derive(Clone, Copy, Debug)]
pub struct PartRef<'a> {
    shapes: &'a Shapes,
    first: usize,
    last: usize,
}

impl<'a> PartRef<'a> {
    /// The shell, then the holes.
    pub fn rings(&self) -> impl ExactSizeIterator<Item = &'a [Coord]> + use<'a> {
        let shapes = self.shapes;
        (self.first..self.last).map(move |ring| {
            &shapes.coords[start(&shapes.ring_ends, ring)..shapes.ring_ends[ring] as usize]
        })
    }

    /// As a type of `geo`.
    pub fn to_geo(&self) -> Polygon {
        let mut rings = self.rings().map(|ring| LineString(ring.to_vec()));
        let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Polygon::new(shell, rings.collect())
    }
}

/// Where item `index` of a level begins, given where each item ends.
fn start(ends: &[u32], index: usize) -> usize {
    if index == 0 {
        0
    } else {
        ends[index - 1] as usize
    }
}

/// Counts are kept in 32 bits: 4 billion coordinates, 64 GiB of them, before this is too small.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 coordinates in one layer")
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn shapes_come_back_as_they_went_in() {
        let square = MultiPolygon(vec![
            polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 0.0), (x: 2.0, y: 2.0), (x: 0.0, y: 2.0)],
        ]);
        let frame = MultiPolygon(vec![polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 1.0, y: 2.0), (x: 2.0, y: 2.0)]],
        )]);
        let mut shapes = Shapes::default();
        shapes.push_geo(&square);
        shapes.end_shape();
        let mut more = Shapes::default();
        more.push_geo(&frame);
        shapes.append(&more);
        assert_eq!(shapes.len(), 3);
        assert_eq!(shapes.get(0).to_geo(), square);
        assert!(shapes.get(1).is_empty() && shapes.get(1).coords().is_empty());
        assert_eq!(shapes.get(2).to_geo(), frame);
        assert_eq!(shapes.get(2).bounds().max, Coord { x: 9.0, y: 9.0 });
    }

    #[test]
    fn an_abandoned_shape_leaves_nothing() {
        let mut shapes = Shapes::default();
        shapes.push_coord(Coord { x: 1.0, y: 1.0 });
        shapes.end_ring();
        shapes.abandon_shape();
        assert_eq!(shapes, Shapes::default());
    }
}
