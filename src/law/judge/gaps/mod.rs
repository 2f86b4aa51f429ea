//! A policy pack → its gaps: what no case can meet, give or be judged by, though every line of it is valid.

mod bounds;
mod days;
mod given;
mod quoted;

use super::asks::asks_of;
use super::readings::readings_of;
use crate::law::pack::{Bound, Pack, Period, Rule};

pub use given::TABLES_OF_KINDS;

/// Something in a pack that does not do what its writer may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Rules look into a table that the pack does not have: they are unknown.
    NoTable {
        /// The table.
        table: &'static str,
        /// The rules.
        rules: Vec<String>,
    },
    /// Rules take a number that the pack does not have: they are unknown.
    NoParameter {
        /// The number.
        parameter: &'static str,
        /// The rules.
        rules: Vec<String>,
    },
    /// A measure of a rule needs facts of tables that cases of one of its kinds do not have.
    NeverGiven {
        /// The rule.
        rule: String,
        /// The kind.
        kind: String,
        /// The measure or fact.
        measure: String,
        /// The facts.
        missing: Vec<String>,
    },
    /// A fact is held against a word that it never is.
    NeverThisWord {
        /// The rule.
        rule: String,
        /// The measure or fact.
        measure: String,
        /// The word.
        word: String,
    },
    /// Two bounds of one measure can never hold together.
    NeverHolds {
        /// The rule.
        rule: String,
        /// The measure or fact.
        measure: String,
    },
    /// One of two bounds of one measure always holds.
    AlwaysHolds {
        /// The rule.
        rule: String,
        /// The measure or fact.
        measure: String,
    },
    /// The words of a rule have numbers of the unit of a bound, and not its own.
    NotQuoted {
        /// The rule.
        rule: String,
        /// The measure or fact.
        measure: String,
    },
    /// The words of a rule make a most of what a bound makes a least, or the other way about.
    AgainstQuote {
        /// The rule.
        rule: String,
        /// The measure or fact.
        measure: String,
    },
    /// A share that is part of a whole is held against more than the whole.
    OverTheWhole {
        /// The rule.
        rule: String,
        /// The measure or fact.
        measure: String,
    },
    /// Two versions of a rule share days.
    Overlap {
        /// The rule.
        rule: String,
        /// The days.
        days: Period,
    },
    /// Days between two versions of a rule on which there is none.
    Hole {
        /// The rule.
        rule: String,
        /// The days.
        days: Period,
    },
    /// A rule has no kind: it is judged only where a case names it.
    NoKind {
        /// The rule.
        rule: String,
    },
    /// A reading on which no rule depends.
    UnusedReading {
        /// The reading.
        reading: String,
    },
    /// Days of the pack before the first or after the last version of a rule.
    OutOfForce {
        /// The rule.
        rule: String,
        /// The days.
        days: Period,
    },
    /// An article on which no rule rests.
    UnusedArticle {
        /// The article.
        article: String,
    },
}

impl Gap {
    /// Whether it is likely to be a mistake, and not just worth knowing.
    pub const fn is_warning(&self) -> bool {
        !matches!(self, Self::OutOfForce { .. } | Self::UnusedArticle { .. })
    }
}

/// The gaps of a pack: first what is likely a mistake, then what is worth knowing.
pub fn gaps(pack: &Pack) -> Vec<Gap> {
    let mut gaps = absent(pack);
    for rule in &pack.rules {
        let id = || rule.id.clone();
        gaps.extend(given::never_given(rule, pack));
        gaps.extend(words(rule));
        gaps.extend(quoted::of_rule(rule));
        let (never, always) = bounds::pairs(rule);
        gaps.extend(never.into_iter().map(|measure| Gap::NeverHolds {
            rule: id(),
            measure,
        }));
        gaps.extend(always.into_iter().map(|measure| Gap::AlwaysHolds {
            rule: id(),
            measure,
        }));
        if rule.kinds.is_empty() && !rule.only_when_named {
            gaps.push(Gap::NoKind { rule: id() });
        }
    }
    for id in pack.rule_ids() {
        gaps.extend(days::of_rule(id, pack));
    }
    gaps.extend(unused(pack));
    gaps.sort_by_key(|gap| !gap.is_warning());
    gaps
}

/// Tables and numbers that rules look for and the pack does not have.
fn absent(pack: &Pack) -> Vec<Gap> {
    let mut tables: Vec<(&'static str, Vec<String>)> = Vec::new();
    let mut parameters = tables.clone();
    let note = |list: &mut Vec<(&'static str, Vec<String>)>, name, rule: &Rule| match list
        .iter_mut()
        .find(|(have, _)| *have == name)
    {
        Some((_, rules)) if rules.contains(&rule.id) => {}
        Some((_, rules)) => rules.push(rule.id.clone()),
        None => list.push((name, vec![rule.id.clone()])),
    };
    for rule in &pack.rules {
        let asks = asks_of(rule);
        for table in asks.tables {
            if !pack.tables.contains_key(table) {
                note(&mut tables, table, rule);
            }
        }
        for parameter in asks.parameters {
            if !pack.parameters.contains_key(parameter) {
                note(&mut parameters, parameter, rule);
            }
        }
    }
    let tables = tables
        .into_iter()
        .map(|(table, rules)| Gap::NoTable { table, rules });
    let parameters = parameters
        .into_iter()
        .map(|(parameter, rules)| Gap::NoParameter { parameter, rules });
    tables.chain(parameters).collect()
}

/// Words that the fact they are held against never is: nobody would meet them.
fn words(rule: &Rule) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for leaf in rule.trees().flat_map(|tree| tree.leaves()) {
        let Bound::Words(words) = &leaf.bound else {
            continue;
        };
        let never = words
            .iter()
            .filter(|word| !given::can_be(&leaf.measure.name, word));
        gaps.extend(never.map(|word| Gap::NeverThisWord {
            rule: rule.id.clone(),
            measure: leaf.measure.name.to_string(),
            word: word.to_string(),
        }));
    }
    gaps.dedup();
    gaps
}

/// Readings that no rule depends on, and articles that none rests on. What measures know by themselves is no reading of
/// the pack.
fn unused(pack: &Pack) -> Vec<Gap> {
    let used: Vec<&str> = pack.rules.iter().flat_map(readings_of).collect();
    let own = pack.readings.iter().filter(|reading| reading.is_declared());
    let readings = own
        .filter(|reading| !used.contains(&reading.name.as_str()))
        .map(|reading| Gap::UnusedReading {
            reading: reading.name.clone(),
        });
    let amends = |rule: &Rule, article: &String| rule.amended.iter().any(|(by, _)| by == article);
    let stands = |rule: &Rule, article: &String| {
        let edition = rule.edition.iter().flat_map(|edition| &edition.among);
        edition
            .into_iter()
            .any(|(_, words)| words.article == *article)
    };
    let rests = |article: &String| {
        pack.rules
            .iter()
            .any(|rule| rule.article == *article || amends(rule, article) || stands(rule, article))
    };
    let articles = pack
        .articles
        .keys()
        .filter(|article| !rests(article))
        .map(|article| Gap::UnusedArticle {
            article: article.clone(),
        });
    readings.chain(articles).collect()
}
