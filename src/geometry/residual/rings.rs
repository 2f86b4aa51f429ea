//! Corners of land that is left over → its borders, each cut into rings that pass no node twice.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ResidualError;
use super::faces::Sector;
use super::grid::BucketGrid;
use super::lattice::{Node, product, side};

/// All corners, and the border each belongs to.
pub(super) struct Traced {
    pub(super) sectors: Vec<Sector>,
    /// The number of its border, for each corner.
    pub(super) border_of: Vec<u32>,
    pub(super) borders: Vec<Border>,
}

/// One of the closed lines around a region.
#[derive(Default)]
pub(super) struct Border {
    /// The outer ring of the region, where this is its outer border.
    pub(super) shell: Option<Ring>,
    /// Rings around what the region leaves out.
    pub(super) holes: Vec<Ring>,
}

/// Nodes that are all different and no three of which lie on a line, unless others touch the ring there; the first is
/// the lowest, then leftmost.
pub(super) type Ring = Vec<Node>;

/// Follows the corners of all tiles from one to the next.
pub(super) fn borders(grid: &BucketGrid, tiles: &[Vec<Sector>]) -> Result<Traced, ResidualError> {
    let mut starts = vec![0];
    for tile in tiles {
        starts.push(starts[starts.len() - 1] + tile.len());
    }
    let next = |sector: &Sector| {
        let tile = grid.cell(sector.to)?;
        let place = tiles[tile]
            .binary_search_by_key(&(sector.to, sector.at), |other| (other.at, other.from))
            .ok()?;
        u32::try_from(starts[tile] + place).ok()
    };
    let next = tiles
        .par_iter()
        .flatten_iter()
        .map(|sector| next(sector).ok_or_else(|| ResidualError::open(sector.at)))
        .collect::<Result<Vec<u32>, _>>()?;
    let sectors = tiles.concat();
    let mut border_of = vec![u32::MAX; sectors.len()];
    let mut borders = Vec::new();
    let mut line = Vec::new();
    for first in 0..sectors.len() {
        line.clear();
        let mut at = first;
        while border_of[at] == u32::MAX {
            border_of[at] = u32::try_from(borders.len()).unwrap_or(u32::MAX - 1);
            line.push(at);
            at = next[at] as usize;
        }
        if !line.is_empty() {
            borders.push(Border::new(&sectors, &line));
        }
    }
    Ok(Traced {
        sectors,
        border_of,
        borders,
    })
}

impl Border {
    fn new(sectors: &[Sector], line: &[usize]) -> Self {
        // the corners of all tiles are in order, so that those of one node follow each other
        let node = |at: Option<usize>| at.and_then(|at| sectors.get(at)).map(|sector| sector.at);
        let is_shared = |at: usize| {
            let here = node(Some(at));
            node(at.checked_sub(1)) == here || node(Some(at + 1)) == here
        };
        let (mut border, mut open) = (Self::default(), Vec::<(Node, bool)>::new());
        let mut passed = FxHashMap::default();
        for &at in line {
            let (here, touched) = (sectors[at].at, is_shared(at));
            if touched && let Some(start) = passed.insert(here, open.len()) {
                let ring = open.split_off(start);
                for (node, _) in ring
                    .iter()
                    .filter(|(node, touched)| *touched && *node != here)
                {
                    passed.remove(node);
                }
                passed.insert(here, start);
                border.add(&ring);
            }
            open.push((here, touched));
        }
        border.add(&open);
        border
    }

    fn add(&mut self, ring: &[(Node, bool)]) {
        let (tidied, doubled_area) = tidied(ring);
        if doubled_area > 0 {
            self.shell = Some(tidied);
        } else {
            self.holes.push(tidied);
        }
    }
}

/// The ring from its lowest, then leftmost node on, without the nodes that lie on a line with their neighbours where no
/// other border touches it, and twice its area, positive when counter-clockwise.
fn tidied(ring: &[(Node, bool)]) -> (Ring, i128) {
    let count = ring.len();
    let lowest = (0..count)
        .min_by_key(|&at| (ring[at].0.y, ring[at].0.x))
        .unwrap_or(0);
    let at = |place: usize| ring[(lowest + place) % count];
    let first = at(0).0;
    let mut doubled_area = 0;
    let mut kept: Ring = vec![first];
    for place in 1..count {
        let (node, touched) = at(place);
        let (before, after) = (kept[kept.len() - 1], at(place + 1).0);
        doubled_area += product(node.x - first.x, after.y - first.y)
            - product(node.y - first.y, after.x - first.x);
        if touched || side(before, node, after) != 0 {
            kept.push(node);
        }
    }
    (kept, doubled_area)
}
