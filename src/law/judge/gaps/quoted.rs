//! The bounds of a rule and its words → bounds that do not stand in them, stand on the other side, or exceed a whole.

use super::Gap;
use crate::law::pack::{Bound, Leaf, Quoted, Rule, quoted_bound};
use crate::quantity::{Exact, Figure, Unit};

/// Bounds of what a rule tests that its words do not have as they are.
pub(super) fn of_rule(rule: &Rule) -> Vec<Gap> {
    let trees = rule.test.iter().chain(&rule.suspect);
    let mut gaps: Vec<Gap> = Vec::new();
    for leaf in trees.flat_map(|tree| tree.leaves()) {
        let Bound::Fixed(bound) = &leaf.bound else {
            continue;
        };
        let (id, measure) = (rule.id.clone(), leaf.measure.name.to_string());
        let gap = match stands(rule, leaf, bound) {
            _ if is_over_the_whole(leaf, bound) => Gap::OverTheWhole { rule: id, measure },
            Quoted::OtherNumber => Gap::NotQuoted { rule: id, measure },
            Quoted::OtherSide => Gap::AgainstQuote { rule: id, measure },
            Quoted::AsSaid | Quoted::Unsaid => continue,
        };
        if !gaps.contains(&gap) {
            gaps.push(gap);
        }
    }
    gaps
}

/// The best that any words of a rule say of a bound: its own, those of another edition, those that changed it.
fn stands(rule: &Rule, leaf: &Leaf, bound: &Figure) -> Quoted {
    let editions = rule.edition.iter().flat_map(|edition| &edition.among);
    let quotes = std::iter::once(&rule.quote)
        .chain(editions.map(|(_, words)| &words.quote))
        .chain(rule.amended.iter().map(|(_, quote)| quote));
    let said = quotes.map(|quote| quoted_bound(quote, leaf.relation, bound));
    let rank = |said: &Quoted| match said {
        Quoted::AsSaid => 0,
        Quoted::OtherSide => 1,
        Quoted::OtherNumber => 2,
        Quoted::Unsaid => 3,
    };
    said.min_by_key(rank).unwrap_or(Quoted::Unsaid)
}

/// A gain can be more than the whole; no other share can.
fn is_over_the_whole(leaf: &Leaf, bound: &Figure) -> bool {
    matches!(bound, Figure::Number(share, Unit::Share) if *share > Exact::ONE)
        && !leaf.measure.name.contains("gain")
        && !leaf.measure.name.contains("growth")
}
