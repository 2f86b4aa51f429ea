//! Parcels joined by links → the connected land of one holder, group by group.

use std::collections::BTreeSet;

use super::candidates::{Candidate, Right};
use super::graph::Graph;

/// The groups of two parcels at least that links join, each in order. Where the rights in one are known to differ, which
/// they can where an unknown right lies between, it is taken apart: those of each right that is wholly known together.
pub(super) fn connected(graph: &Graph, candidates: &[Option<Candidate>]) -> Vec<Vec<u32>> {
    let mut groups = Vec::new();
    let mut done = vec![false; candidates.len()];
    for place in (0..).take(candidates.len()) {
        if done[place as usize] || graph.beside(place).is_empty() {
            continue;
        }
        let group = graph.joined_to(place, |_| true);
        for member in &group {
            done[*member as usize] = true;
        }
        let right = |place: &u32| candidates[*place as usize].as_ref().map(|of| &of.right);
        if are_alike(&group, right) {
            groups.push(group);
            continue;
        }
        let rights: BTreeSet<&Right> = group
            .iter()
            .filter_map(right)
            .filter(|right| right.is_known())
            .collect();
        for of in rights {
            let alike = |place: u32| right(&place) == Some(of);
            let mut left: BTreeSet<u32> = group.iter().copied().filter(|at| alike(*at)).collect();
            while let Some(first) = left.first().copied() {
                let part = graph.joined_to(first, alike);
                for member in &part {
                    left.remove(member);
                }
                if part.len() > 1 {
                    groups.push(part);
                }
            }
        }
    }
    groups.sort_unstable();
    groups
}

/// Whether no two rights in a group are known to differ.
pub(super) fn are_alike<'a>(group: &[u32], right: impl Fn(&u32) -> Option<&'a Right>) -> bool {
    let mut all = Right::default();
    for of in group.iter().filter_map(right) {
        if all.differs(of) {
            return false;
        }
        all.kind = all.kind.or_else(|| of.kind.clone());
        all.nature = all.nature.or_else(|| of.nature.clone());
    }
    true
}
