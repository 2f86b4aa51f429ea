//! Parents that lead back to their own children: a table that says so cannot be right throughout.

use super::family::Family;

/// A parcel that has not been met.
const UNMET: u32 = u32::MAX;

/// The groups of parcels that all came from each other, as the table says; a parcel that kept its own id is none. Groups
/// by their first member, members rising (Tarjan's strongly connected components, without recursion).
pub(super) fn circles(family: &Family<'_>) -> Vec<Vec<u32>> {
    let mut search = CircleSearch {
        met: vec![UNMET; family.len()],
        low: vec![UNMET; family.len()],
        on_path: vec![false; family.len()],
        path: Vec::new(),
        count: 0,
        circles: Vec::new(),
    };
    for (at, _) in family.members() {
        if search.met[at as usize] == UNMET {
            search.from(family, at);
        }
    }
    search.circles.sort_unstable();
    search.circles
}

struct CircleSearch {
    met: Vec<u32>,
    low: Vec<u32>,
    on_path: Vec<bool>,
    path: Vec<u32>,
    count: u32,
    circles: Vec<Vec<u32>>,
}

impl CircleSearch {
    fn from(&mut self, family: &Family<'_>, start: u32) {
        // a parcel, and how many of its parents have been seen to
        let mut open = vec![(start, 0)];
        self.meet(start);
        while let Some((at, seen)) = open.last_mut() {
            let at = *at;
            if let Some(&parent) = family.member(at).parents.get(*seen) {
                *seen += 1;
                if self.met[parent as usize] == UNMET {
                    self.meet(parent);
                    open.push((parent, 0));
                } else if self.on_path[parent as usize] {
                    self.lower(at, self.met[parent as usize]);
                }
                continue;
            }
            open.pop();
            let low = self.low[at as usize];
            if let Some((below, _)) = open.last() {
                self.lower(*below, low);
            }
            if low == self.met[at as usize] {
                self.close(at);
            }
        }
    }

    fn meet(&mut self, at: u32) {
        self.met[at as usize] = self.count;
        self.low[at as usize] = self.count;
        self.count += 1;
        self.path.push(at);
        self.on_path[at as usize] = true;
    }

    fn lower(&mut self, at: u32, to: u32) {
        let low = &mut self.low[at as usize];
        *low = (*low).min(to);
    }

    /// Takes off the path all that came from each other with `first`.
    fn close(&mut self, first: u32) {
        let mut circle = Vec::new();
        while let Some(at) = self.path.pop() {
            self.on_path[at as usize] = false;
            circle.push(at);
            if at == first {
                break;
            }
        }
        if circle.len() > 1 {
            circle.sort_unstable();
            self.circles.push(circle);
        }
    }
}
