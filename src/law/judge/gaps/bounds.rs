//! The trees of a rule → measures whose bounds can never hold together, or of which one always holds.

use crate::law::pack::{Bound, Leaf, Node, Relation, Rule};
use crate::quantity::{Exact, Figure};

/// Measures with a pair of fixed bounds that contradict each other, and measures with a pair that leaves nothing out.
pub(super) fn pairs(rule: &Rule) -> (Vec<String>, Vec<String>) {
    let (mut never, mut always) = (Vec::new(), Vec::new());
    for tree in rule.trees() {
        walk(tree, &mut never, &mut always);
    }
    for list in [&mut never, &mut always] {
        list.sort();
        list.dedup();
    }
    (never, always)
}

fn walk(node: &Node, never: &mut Vec<String>, always: &mut Vec<String>) {
    match node {
        Node::All(nodes) | Node::Given(nodes) => {
            let mut leaves = Vec::new();
            joined(nodes, true, &mut leaves);
            each_pair(&leaves, never, contradict);
            for node in nodes {
                walk(node, never, always);
            }
        }
        Node::Any(nodes) => {
            let mut leaves = Vec::new();
            joined(nodes, false, &mut leaves);
            each_pair(&leaves, always, cover);
            for node in nodes {
                walk(node, never, always);
            }
        }
        Node::If {
            condition,
            then,
            otherwise,
        } => {
            for node in [condition, then, otherwise] {
                walk(node, never, always);
            }
        }
        Node::Choose { among, .. } => among.iter().for_each(|(_, node)| walk(node, never, always)),
        Node::Leaf(_) => {}
    }
}

/// The conditions that are joined in the same way, those of lists within the list too.
fn joined<'a>(nodes: &'a [Node], all: bool, leaves: &mut Vec<&'a Leaf>) {
    for node in nodes {
        match node {
            Node::Leaf(leaf) => leaves.push(leaf),
            Node::All(nodes) | Node::Given(nodes) if all => joined(nodes, all, leaves),
            Node::Any(nodes) if !all => joined(nodes, all, leaves),
            _ => {}
        }
    }
}

fn each_pair(leaves: &[&Leaf], found: &mut Vec<String>, is: fn(&GapSide, &GapSide) -> bool) {
    for (at, leaf) in leaves.iter().enumerate() {
        for other in &leaves[at + 1..] {
            let sides = side(leaf).zip(side(other));
            let pair = sides.and_then(|(a, b)| match (a.is_lower, b.is_lower) {
                (true, false) => Some((a, b)),
                (false, true) => Some((b, a)),
                _ => None,
            });
            if leaf.measure == other.measure
                && pair.is_some_and(|(lower, upper)| is(&lower, &upper))
            {
                found.push(leaf.measure.name.to_string());
            }
        }
    }
}

/// A fixed bound of numbers: everything on one side of it.
struct GapSide {
    is_lower: bool,
    at: Exact,
    /// Whether the bound itself is left out.
    strict: bool,
}

fn side(leaf: &Leaf) -> Option<GapSide> {
    let Bound::Fixed(Figure::Number(at, _)) = leaf.bound else {
        return None;
    };
    let (is_lower, strict) = match leaf.relation {
        Relation::AtLeast => (true, false),
        Relation::MoreThan => (true, true),
        Relation::AtMost => (false, false),
        Relation::LessThan => (false, true),
        Relation::OneOf | Relation::Is => return None,
    };
    Some(GapSide {
        is_lower,
        at,
        strict,
    })
}

fn contradict(lower: &GapSide, upper: &GapSide) -> bool {
    lower.at > upper.at || lower.at == upper.at && (lower.strict || upper.strict)
}

fn cover(lower: &GapSide, upper: &GapSide) -> bool {
    lower.at < upper.at || lower.at == upper.at && !(lower.strict && upper.strict)
}
