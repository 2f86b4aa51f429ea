//! A union → the same without what the lattice and closed gaps leave: holes and spikes too thin to be drawn.

use geo::Coord;

use crate::geometry::gate::cut_spikes;
use crate::geometry::{Shapes, perimeter, plane_area};

/// Thinner than this nothing is land, in units of the CRS: a tenth of the millimetre that surveys keep.
const THIN: f64 = 1e-4;

/// Regions without thin holes and without thin spikes.
pub(super) fn cleaned(regions: &Shapes) -> Shapes {
    let mut clean = Shapes::default();
    for part in regions.iter().flat_map(|region| region.parts()) {
        let mut rings = part.rings();
        let shell = rings.next().map(without_spikes).unwrap_or_default();
        if shell.len() < 4 {
            continue;
        }
        clean.push_ring(&shell);
        for hole in rings.map(without_spikes) {
            if !is_thin(&hole) {
                clean.push_ring(&hole);
            }
        }
        clean.end_part();
        clean.end_shape();
    }
    clean
}

fn without_spikes(ring: &[Coord]) -> Vec<Coord> {
    let mut open = ring[..ring.len().saturating_sub(1)].to_vec();
    cut_spikes(&mut open, THIN, &mut |_| ());
    open.extend(open.first().copied());
    open
}

/// Whether a ring is no wider than that on the average.
fn is_thin(ring: &[Coord]) -> bool {
    if ring.len() < 4 {
        return true;
    }
    let mut shape = Shapes::default();
    shape.push_turned(ring, true);
    let shape = shape.get(0);
    2.0 * plane_area(shape) <= THIN * perimeter(shape)
}
