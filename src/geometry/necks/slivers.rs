//! A cut graph → its faces, slivers side by side as one where that is a sliver, too.

use super::faces::{Face, Faces};
use super::graph::Graph;

/// Slivers that together have more corners than this stay apart: a network of gaps all over a city is not one thing, and
/// takes long to look through for a wide place.
const MOST: usize = 2000;

/// The faces of a graph, without the chords that only part sliver from sliver. `None` where numerics failed.
pub(super) fn joined(graph: &mut Graph, width: f64) -> Option<Vec<Face>> {
    let walks = graph.walks()?;
    let cut = Faces::of(graph, &walks)?;
    let narrow: Vec<bool> = (0..cut.len())
        .map(|face| cut.is_narrower(face, width))
        .collect();
    let mut groups = Groups::of(cut.len());
    let mut size: Vec<usize> = (0..cut.len()).map(|face| cut.size(face)).collect();
    let mut between = Vec::new();
    for chord in (0..graph.in_use.len()).filter(|&chord| graph.in_use[chord]) {
        let [one, other] = cut.beside(graph, &walks, chord);
        if narrow[one] && narrow[other] {
            groups.join(one, other);
            between.push((chord, one));
        }
    }
    for face in 0..cut.len() {
        let root = groups.root(face);
        if root != face {
            size[root] += size[face];
        }
    }
    between.retain(|&(_, face)| size[groups.root(face)] <= MOST);
    if between.is_empty() {
        return Some(cut.sorted());
    }
    for &(chord, _) in &between {
        graph.in_use[chord] = false;
    }
    let walks_without = graph.walks()?;
    let whole = Faces::of(graph, &walks_without)?;
    // where several slivers meet there may be room for what none of them holds
    let mut group = vec![None; whole.len()];
    let mut wide = vec![false; cut.len()];
    for arc in 0..walks.of.len() {
        if let (Some(face), Some(piece)) =
            (whole.left_of(&walks_without, arc), cut.left_of(&walks, arc))
        {
            group[face] = Some(groups.root(piece));
        }
    }
    for (face, group) in group.into_iter().enumerate() {
        let group = group?;
        let is_joined = groups.count[group] > 1 && size[group] <= MOST;
        wide[group] |= is_joined && !whole.is_narrower(face, width);
    }
    let mut restored = false;
    for (chord, piece) in between {
        let wide = wide[groups.root(piece)];
        graph.in_use[chord] = wide;
        restored |= wide;
    }
    if restored {
        return Some(Faces::of(graph, &graph.walks()?)?.sorted());
    }
    Some(whole.sorted())
}

/// Which of some things belong together.
struct Groups {
    parent: Vec<usize>,
    /// How many there are in the group of a root.
    count: Vec<usize>,
}

impl Groups {
    fn of(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
            count: vec![1; count],
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.parent[other] = one;
            self.count[one] += self.count[other];
        }
    }
}
