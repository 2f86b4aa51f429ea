//! A rule and the facts that a source can give → whether the rule can be decided from that source at all.

use crate::law::measures::asked_by;
use crate::law::pack::{Bound, Leaf, Node, Rule};

/// Whether there can be a case of which only facts that are `given` are known, and on which the rule is met or not met. It
/// depends on the rule and the source, never on a case: where it is `false`, every case to which the rule applies is
/// unknown.
pub fn can_be_decided(rule: &Rule, given: &dyn Fn(&str) -> bool) -> bool {
    let applies = rule
        .when
        .as_ref()
        .is_none_or(|when| outcomes(when, given).holds);
    let test = rule.test.as_ref().map(|test| outcomes(test, given));
    applies && test.is_none_or(|test| test.holds || test.fails)
}

/// Which outcomes a condition can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Outcomes {
    holds: bool,
    fails: bool,
}

impl Outcomes {
    const fn either(self, other: Self) -> Self {
        Self {
            holds: self.holds || other.holds,
            fails: self.fails || other.fails,
        }
    }
}

const NEITHER: Outcomes = Outcomes {
    holds: false,
    fails: false,
};

fn outcomes(node: &Node, given: &dyn Fn(&str) -> bool) -> Outcomes {
    let of = |nodes: &[Node]| -> Vec<Outcomes> {
        nodes.iter().map(|node| outcomes(node, given)).collect()
    };
    match node {
        Node::All(nodes) | Node::Given(nodes) => {
            let of = of(nodes);
            Outcomes {
                holds: of.iter().all(|of| of.holds),
                fails: of.iter().any(|of| of.fails),
            }
        }
        Node::Any(nodes) => {
            let of = of(nodes);
            Outcomes {
                holds: of.iter().any(|of| of.holds),
                fails: of.iter().all(|of| of.fails),
            }
        }
        Node::If {
            then, otherwise, ..
        } => outcomes(then, given).either(outcomes(otherwise, given)),
        Node::Choose { among, .. } => among
            .iter()
            .map(|(_, node)| outcomes(node, given))
            .fold(NEITHER, Outcomes::either),
        Node::Leaf(leaf) => of_leaf(leaf, given),
    }
}

fn of_leaf(leaf: &Leaf, given: &dyn Fn(&str) -> bool) -> Outcomes {
    let known = |name: &str| {
        let asked = asked_by(name);
        asked.is_empty() || asked.into_iter().any(given)
    };
    let bound = match &leaf.bound {
        Bound::Measure(name, _) => known(&name.name),
        Bound::Later { after, .. } => known(&after.name),
        Bound::Fixed(_) | Bound::Words(_) => true,
    };
    let is_known = known(&leaf.measure.name) && bound;
    Outcomes {
        holds: is_known,
        fails: is_known,
    }
}
