//! Layers of shapes → a grid that suits them, and their edges by tile.

use std::ops::Range;

use rayon::prelude::*;

use super::edges::{Edge, merge};
use super::grid::{Grid, Sorted};
use super::lattice::{FARTHEST, Node};
use super::{ResidualError, Shapes};

/// About how many edges a tile is meant to have.
const EDGES_IN_TILE: f64 = 1500.0;

/// More tiles than this no row and no column of the grid has.
const MOST_TILES: i64 = 1024;

/// How many cells a side the ground is cut into to see how much of it is built up.
const CELLS: usize = 256;

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

/// What the layers are like.
struct Survey {
    min: Node,
    max: Node,
    edges: f64,
    length: f64,
    places: Vec<Node>,
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
    pub(super) fn grid(&self, side: Option<i64>) -> Result<Option<Grid>, ResidualError> {
        let surveys = self
            .chunks
            .par_iter()
            .map(|chunk| self.survey(chunk))
            .collect::<Result<Vec<_>, _>>()?;
        let Some(all) = surveys
            .into_iter()
            .filter(|survey| !survey.places.is_empty())
            .reduce(Survey::and)
        else {
            return Ok(None);
        };
        let side = side.unwrap_or_else(|| all.side());
        let extent = (all.max.x - all.min.x).max(all.max.y - all.min.y);
        let side = side.max(extent / MOST_TILES + 1);
        Ok(Some(Grid::over(all.min, all.max, side)))
    }

    fn survey(&self, chunk: &Chunk) -> Result<Survey, ResidualError> {
        let mut survey = Survey::none();
        for at in chunk.shapes.clone() {
            let shape = self.layers[chunk.layer].get(at);
            survey
                .places
                .extend(shape.coords().first().map(|&c| Node::of(c)));
            for ring in shape.rings() {
                let good = |number: f64| number.abs() <= FARTHEST;
                if !ring.iter().all(|c| good(c.x) && good(c.y)) || ring.first() != ring.last() {
                    return Err(ResidualError::Unchecked {
                        layer: chunk.layer,
                        shape: at,
                    });
                }
                for edge in ring.windows(2) {
                    survey.edges += 1.0;
                    survey.length += (edge[1].x - edge[0].x).abs() + (edge[1].y - edge[0].y).abs();
                }
                for node in ring.iter().map(|&c| Node::of(c)) {
                    survey.hold(node);
                }
            }
        }
        Ok(survey)
    }

    /// Says which edges are at home in which tile.
    pub(super) fn place(&self, grid: &Grid) -> Placed {
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
    fn place_chunk(&self, chunk: &Chunk, grid: &Grid) -> (Vec<(u32, Run)>, Vec<u32>) {
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
    pub(super) fn edges(&self, placed: &Placed, tile: usize, edges: &mut Vec<Edge>) -> Vec<Edge> {
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
                edges.extend(Edge::new(from, to, turns));
                from = to;
            }
        }
        merge(edges);
        // few are left of most tiles: the room for all is for the next tile
        edges.clone()
    }
}

impl Survey {
    fn none() -> Self {
        let (least, most) = (i64::MIN, i64::MAX);
        Self {
            min: Node { x: most, y: most },
            max: Node { x: least, y: least },
            edges: 0.0,
            length: 0.0,
            places: Vec::new(),
        }
    }

    fn hold(&mut self, node: Node) {
        self.min = Node {
            x: self.min.x.min(node.x),
            y: self.min.y.min(node.y),
        };
        self.max = Node {
            x: self.max.x.max(node.x),
            y: self.max.y.max(node.y),
        };
    }

    fn and(mut self, mut other: Self) -> Self {
        self.hold(other.min);
        self.hold(other.max);
        self.edges += other.edges;
        self.length += other.length;
        self.places.append(&mut other.places);
        self
    }

    /// The side of tiles, in steps: so many that each has about [`EDGES_IN_TILE`] where anything is built up, so few
    /// that few edges run through more than one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "the side may be off by a little"
    )]
    fn side(&self) -> i64 {
        let (low, high) = (self.min.coord(), self.max.coord());
        let cell = |at: f64, low: f64, high: f64| {
            ((at - low) / (high - low).max(f64::MIN_POSITIVE) * (CELLS as f64 - 1.0)) as i64
        };
        let mut cells: Vec<(i64, i64)> = self
            .places
            .iter()
            .map(|place| place.coord())
            .map(|c| (cell(c.x, low.x, high.x), cell(c.y, low.y, high.y)))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        let built_up = cells.len() as f64 / (CELLS * CELLS) as f64;
        let area = (high.x - low.x) * (high.y - low.y) * built_up;
        let edges = self.edges.max(1.0);
        let side = (area * EDGES_IN_TILE / edges).sqrt();
        let steps = side.max(4.0 * self.length / edges) / Node { x: 1, y: 1 }.coord().x;
        steps.ceil() as i64 + 1
    }
}
