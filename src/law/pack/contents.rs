//! A policy pack: who issued it, when it is in force, its articles, readings, rules and tables.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Counting, Period, Rule};
use crate::quantity::Exact;

/// A policy as it is judged by.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// What it is called on the command line: `taizhou-2021`.
    pub id: String,
    /// Its title.
    pub name: String,
    /// The days on which it is in force.
    pub in_force: Period,
    /// How floor area counts for the plot ratio.
    pub counting: Counting,
    /// Its articles by number, and those of the pack it extends.
    pub articles: BTreeMap<String, Article>,
    /// What the law leaves open, by name.
    pub readings: Vec<Reading>,
    /// Its rules, in order; those of the pack it extends come first.
    pub rules: Vec<Rule>,
    /// Tables by name: rows by key.
    pub tables: BTreeMap<String, Table>,
    /// Numbers that measures take from it.
    pub parameters: BTreeMap<String, Exact>,
    /// What its flags and choices are called in English.
    pub english: BTreeMap<String, String>,
    /// SHA-256 of its text and of the texts it extends.
    pub sha256: String,
}

/// An article of a policy or a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The document it stands in, where that is not the policy itself.
    pub document: Option<String>,
    /// Its heading.
    pub title: String,
    /// Its words.
    pub text: String,
    /// The days on which it is in force.
    pub in_force: Period,
}

/// What the law leaves open: a named choice with a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name: `far_site`.
    pub name: String,
    /// The article that leaves it open, where one does.
    pub article: Option<String>,
    /// What is left open, in Chinese.
    pub zh: String,
    /// What is left open, in English.
    pub en: String,
    /// What can be chosen.
    pub choices: Vec<String>,
    /// What each choice means.
    pub meanings: BTreeMap<String, String>,
    /// Choices that are shown but too far from the words to make a verdict depend on them.
    pub notes: Vec<String>,
    /// The choice of the pack, from each day on; the first holds before it too.
    pub defaults: Vec<(Option<Date>, String)>,
}

impl Reading {
    /// Whether a pack says what it is about; else it is one that measures know by themselves.
    pub fn is_declared(&self) -> bool {
        !self.zh.is_empty() || !self.meanings.is_empty()
    }

    /// The choice that the pack makes for a day.
    pub fn default_on(&self, day: Date) -> &str {
        let begun = |(from, _): &&(Option<Date>, String)| from.is_none_or(|from| from <= day);
        let chosen = self.defaults.iter().rfind(begun).or(self.defaults.first());
        chosen.map_or("", |(_, choice)| choice)
    }
}

/// A table of numbers by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it holds.
    pub title: String,
    /// Its rows.
    pub rows: BTreeMap<String, Exact>,
}

impl Table {
    /// The row whose key is the longest beginning of `key`: `3011` finds `301` before `30`.
    pub fn by_prefix(&self, key: &str) -> Option<Exact> {
        let mut ends = key.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        ends.find_map(|end| self.rows.get(&key[..end])).copied()
    }
}

impl Pack {
    /// The version of a rule that is in force on a day; else the one nearest before it, else the first.
    pub fn rule(&self, id: &str, day: Date) -> Option<&Rule> {
        let versions = || self.rules.iter().filter(|rule| rule.id == id);
        let begun = |rule: &&Rule| rule.in_force.from.is_none_or(|from| from <= day);
        versions()
            .find(|rule| self.period(rule).has(day))
            .or_else(|| {
                versions()
                    .filter(begun)
                    .max_by_key(|rule| rule.in_force.from)
            })
            .or_else(|| versions().next())
    }

    /// The days on which a rule is in force: its own, else its article's.
    pub fn period(&self, rule: &Rule) -> Period {
        if rule.in_force != Period::default() {
            return rule.in_force;
        }
        self.articles
            .get(&rule.article)
            .map_or(self.in_force, |article| article.in_force)
    }

    /// A flag or the meaning of a choice in English; as it is where nobody says.
    pub fn in_english<'a>(&'a self, text: &'a str) -> &'a str {
        self.english.get(text).map_or(text, String::as_str)
    }

    /// Every text of it that is shown as it stands: its flags and what its choices mean.
    pub fn own_texts(&self) -> impl Iterator<Item = &str> {
        let flags = self.rules.iter().flat_map(|rule| &rule.flags);
        let flags = flags.map(|flag| flag.text.as_str());
        let meanings = self.readings.iter().flat_map(|of| of.meanings.values());
        flags.chain(meanings.map(String::as_str))
    }

    /// The ids of its rules, each once, in order.
    pub fn rule_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for rule in &self.rules {
            if !ids.contains(&rule.id.as_str()) {
                ids.push(&rule.id);
            }
        }
        ids
    }

    /// The reading of that name.
    pub fn reading(&self, name: &str) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.name == name)
    }
}
