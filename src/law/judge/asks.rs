//! A rule → everything it may look for: facts, lists, tables and numbers of the pack.

use crate::law::facts::{Fact, facts};
use crate::law::measures::asked_by;
use crate::law::pack::{Amount, Bound, MeasureName, Node, Rates, Rule};

/// What a rule may look for. What is missing to a finding of it is always among these.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// Facts of the case, in the order of a check file.
    pub facts: Vec<&'static Fact>,
    /// Lists of records whose mere being there counts, and `shared_edges`.
    pub lists: Vec<&'static str>,
    /// Tables of the pack.
    pub tables: Vec<&'static str>,
    /// Numbers of the pack.
    pub parameters: Vec<&'static str>,
}

/// Everything that a rule may look for, under any reading.
pub fn asks_of(rule: &Rule) -> Asks {
    let names = measures_of(rule);
    let mut asks = asks_of_measures(names.iter().copied());
    if let Some(vary) = &rule.vary {
        asks.add(asked_by(vary));
    }
    asks
}

/// Everything that measures of these names may look for.
pub(super) fn asks_of_measures<'a>(names: impl Iterator<Item = &'a str>) -> Asks {
    let mut asks = Asks::default();
    for name in names {
        asks.add(asked_by(name));
    }
    asks
}

impl Asks {
    fn add(&mut self, names: Vec<&'static str>) {
        let into = |list: &mut Vec<&'static str>, name| {
            if !list.contains(&name) {
                list.push(name);
            }
        };
        for name in names {
            if let Some(table) = name.strip_prefix("table ") {
                into(&mut self.tables, table);
            } else if let Some(parameter) = name.strip_prefix("parameter ") {
                into(&mut self.parameters, parameter);
            } else if !self.add_fact(name) {
                into(&mut self.lists, name);
            }
        }
    }

    /// Puts a fact in its place; `false` where the name is none of a fact.
    fn add_fact(&mut self, name: &str) -> bool {
        let place = |name: &str| facts().iter().position(|fact| fact.name == name);
        let Some(at) = place(name) else {
            return false;
        };
        if let Err(before) = self
            .facts
            .binary_search_by_key(&Some(at), |have| place(have.name))
        {
            self.facts.insert(before, &facts()[at]);
        }
        true
    }
}

/// The names of all measures and facts that a rule is made of, each once.
pub(super) fn measures_of(rule: &Rule) -> Vec<&str> {
    let mut names = Vec::new();
    for tree in rule.trees() {
        of_tree(tree, &mut names);
    }
    for amount in &rule.amounts {
        names.extend(
            amount
                .at_most
                .iter()
                .chain(&amount.paid)
                .map(|most| most.name.as_str()),
        );
        let after = amount.paths.iter().filter_map(|path| path.after.as_ref());
        names.extend(after.map(|after| after.of.name.as_str()));
        names.extend(amount.paths.iter().map(|path| path.of.name.as_str()));
        if by_class(amount) {
            names.push("evaluation_class");
        }
    }
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

fn of_tree<'a>(tree: &'a Node, names: &mut Vec<&'a str>) {
    for leaf in tree.leaves() {
        names.push(&leaf.measure.name);
        let bound: Option<&'a MeasureName> = match &leaf.bound {
            Bound::Measure(name, _) => Some(name),
            Bound::Later { after, .. } => Some(after),
            Bound::Fixed(_) | Bound::Words(_) => None,
        };
        names.extend(bound.map(|name| name.name.as_str()));
    }
}

/// Whether the class of an enterprise decides on a cap or a rate of it.
pub(super) fn by_class(amount: &Amount) -> bool {
    let rates = amount.paths.iter().filter_map(|path| match &path.rates {
        Some(Rates::Steps { rates, .. }) => Some(rates.iter().map(|(class, _)| class)),
        _ => None,
    });
    let caps = amount.cap.iter().map(|(class, _)| class);
    caps.chain(rates.flatten()).any(|class| class != "*")
}
