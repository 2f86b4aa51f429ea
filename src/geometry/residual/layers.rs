//! Layers of shapes → a grid that suits them, and their edges by tile.

use std::ops::Range;

use rayon::prelude::*;

use super::edges::{LatticeEdge, merge};
use super::grid::{BucketGrid, Sorted};
use super::lattice::Node;
use super::survey::Survey;
use super::{ResidualError, Shapes};

/// How many shapes are looked at in one go.
const CHUNK: usize = 1024;

/// The cover first, then what is taken.
pub(super) struct Layers<'a> {
    layers: Vec<&'a Shapes>,
    chunks: Vec<Chunk>,
}

/// Some shapes of a layer that follow each other.
struct Chunk {
    layer: usize,
    shapes: Range<usize>,
    first_coord: usize,
}

/// Edges of a ring that follow each other, all at home in one tile.
#[derive(Clone, Copy)]
struct Run {
    layer: u32,
    first: u32,
    count: u32,
}

/// What is at home in each tile.
pub(super) struct Placed {
    runs: Sorted<Run>,
    shapes: Vec<u64>,
}

impl Placed {
    /// How many shapes begin in a tile.
    pub(super) fn shapes(&self, tile: usize) -> u64 {
        self.shapes[tile]
    }
}

impl<'a> Layers<'a> {
    pub(super) fn new(cover: &'a Shapes, taken: &[&'a Shapes]) -> Self {
        let layers: Vec<&Shapes> = [cover].iter().chain(taken).copied().collect();
        let mut chunks = Vec::new();
        for (layer, shapes) in layers.iter().enumerate() {
            let mut first_coord = 0;
            for start in (0..shapes.len()).step_by(CHUNK) {
                let chunk = start..shapes.len().min(start + CHUNK);
                let coords: usize = chunk.clone().map(|at| shapes.get(at).coords().len()).sum();
                chunks.push(Chunk {
                    layer,
                    shapes: chunk,
                    first_coord,
                });
                first_coord += coords;
            }
        }
        Self { layers, chunks }
    }

    /// A grid of tiles, of the given side in steps or of one that suits; none where there is no cover.
    pub(super) fn grid(&self, side: Option<i64>) -> Result<Option<BucketGrid>, ResidualError> {
        let surveys = self
            .chunks
            .par_iter()
            .map(|chunk| self.survey(chunk))
            .collect::<Result<Vec<_>, _>>()?;
        let Some(all) = surveys
            .into_iter()
            .filter(|survey| !survey.is_empty())
            .reduce(Survey::and)
        else {
            return Ok(None);
        };
        Ok(Some(all.grid(side)))
    }

    fn survey(&self, chunk: &Chunk) -> Result<Survey, ResidualError> {
        let mut survey = Survey::none();
        for at in chunk.shapes.clone() {
            let shape = self.layers[chunk.layer].get(at);
            if !survey.see(shape) {
                return Err(ResidualError::Unchecked {
                    layer: chunk.layer,
                    shape: at,
                });
            }
        }
        Ok(survey)
    }

    /// Says which edges are at home in which tile.
    pub(super) fn place(&self, grid: &BucketGrid) -> Placed {
        let (runs, firsts): (Vec<_>, Vec<_>) = self
            .chunks
            .par_iter()
            .map(|chunk| self.place_chunk(chunk, grid))
            .unzip();
        let mut shapes = vec![0; grid.len()];
        for tile in firsts.into_iter().flatten() {
            shapes[tile as usize] += 1;
        }
        Placed {
            runs: Sorted::new(grid.len(), &runs.concat()),
            shapes,
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a layer has fewer than 2^32 coordinates, a grid fewer than 2^21 tiles"
    )]
    fn place_chunk(&self, chunk: &Chunk, grid: &BucketGrid) -> (Vec<(u32, Run)>, Vec<u32>) {
        let (mut runs, mut firsts) = (Vec::<(u32, Run)>::new(), Vec::new());
        let tile = |node: Node| grid.cell(node).map_or(0, |tile| tile as u32);
        let mut first = chunk.first_coord;
        for at in chunk.shapes.clone() {
            let shape = self.layers[chunk.layer].get(at);
            firsts.extend(shape.coords().first().map(|&c| tile(Node::of(c))));
            for ring in shape.rings() {
                let mut last = None;
                let ends = ring.windows(2).map(|edge| (edge[0], edge[1]));
                for (place, (from, to)) in ends.enumerate() {
                    let home = tile(Node::of(from).min(Node::of(to)));
                    if last != Some(home) {
                        let run = Run {
                            layer: chunk.layer as u32,
                            first: (first + place) as u32,
                            count: 0,
                        };
                        runs.push((home, run));
                        last = Some(home);
                    }
                    if let Some((_, run)) = runs.last_mut() {
                        run.count += 1;
                    }
                }
                first += ring.len();
            }
        }
        (runs, firsts)
    }

    /// The edges at home in a tile, those that cancel taken out; `edges` is room to work in.
    pub(super) fn edges(
        &self,
        placed: &Placed,
        tile: usize,
        edges: &mut Vec<LatticeEdge>,
    ) -> Vec<LatticeEdge> {
        edges.clear();
        for run in placed.runs.of(tile) {
            let turns = if run.layer == 0 { [1, 0] } else { [0, 1] };
            let first = run.first as usize;
            let coords =
                &self.layers[run.layer as usize].coords()[first..=first + run.count as usize];
            let mut nodes = coords.iter().map(|&c| Node::of(c));
            let Some(mut from) = nodes.next() else {
                continue;
            };
            for to in nodes {
                edges.extend(LatticeEdge::new(from, to, turns));
                from = to;
            }
        }
        merge(edges);
        // few are left of most tiles: the room for all is for the next tile
        edges.clone()
    }
}
