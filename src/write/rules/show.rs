//! One rule of a pack → all there is to it: its article, conditions, amounts, readings, facts.

mod amount;
mod text;

use jiff::civil::Date;
use serde::Serialize;

use self::amount::AmountShown;
use super::facts::{FactShown, facts_shown};
use super::tree::Tree;
use crate::law::judge::{asks_of, readings_of};
use crate::law::pack::{Pack, Rule};
use crate::write::Language;

/// A rule in full.
#[derive(Serialize)]
pub struct RuleShown<'a> {
    policy: &'a str,
    rule: &'a str,
    zh: &'a str,
    en: &'a str,
    article: ArticleShown<'a>,
    quote: &'a str,
    editions: Vec<EditionShown<'a>>,
    soft: bool,
    kinds: &'a [String],
    from: Option<String>,
    to: Option<String>,
    in_force: bool,
    /// The first days of its other versions, where it has any.
    other_versions: Vec<String>,
    classifies: bool,
    nature: &'static str,
    when: Option<Tree<'a>>,
    test: Option<Tree<'a>>,
    suspect: Option<Tree<'a>>,
    flags: Vec<FlagShown<'a>>,
    amounts: Vec<AmountShown<'a>>,
    readings: Vec<ReadingShown<'a>>,
    facts: Vec<FactShown>,
    tables: Vec<&'static str>,
    parameters: Vec<&'static str>,
    vary: Option<&'a str>,
    without: Option<&'a str>,
    #[serde(skip)]
    of: (&'a Rule, &'a Pack),
}

#[derive(Serialize)]
struct ArticleShown<'a> {
    number: &'a str,
    document: Option<&'a str>,
    title: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct FlagShown<'a> {
    text: &'a str,
    when: Option<Tree<'a>>,
}

/// Another article that the rule stands in, by how the law is read.
#[derive(Serialize)]
struct EditionShown<'a> {
    reading: String,
    article: &'a str,
    quote: &'a str,
}

impl<'a> EditionShown<'a> {
    fn of(edition: &'a crate::law::pack::Edition) -> impl Iterator<Item = Self> + 'a {
        edition.among.iter().map(|(choice, words)| Self {
            reading: format!("{}={choice}", edition.reading),
            article: &words.article,
            quote: &words.quote,
        })
    }
}

#[derive(Serialize)]
struct ReadingShown<'a> {
    name: &'a str,
    article: Option<&'a str>,
    zh: &'a str,
    en: &'a str,
    default: &'a str,
    choices: Vec<ChoiceShown<'a>>,
}

#[derive(Serialize)]
struct ChoiceShown<'a> {
    choice: &'a str,
    meaning: Option<&'a str>,
    /// Whether it is shown only, and no verdict said to depend on it.
    note_only: bool,
}

impl<'a> RuleShown<'a> {
    /// The version of a rule by which a case of that day is judged; `None` when the pack has no such rule.
    pub fn of(pack: &'a Pack, id: &str, as_of: Date) -> Option<Self> {
        let rule = pack.rule(id, as_of)?;
        let period = pack.period(rule);
        let article = pack.articles.get(&rule.article);
        let asks = asks_of(rule);
        let others = pack
            .rules
            .iter()
            .filter(|other| other.id == rule.id && *other != rule);
        let others = others.map(|other| super::days(pack.period(other), Language::En));
        let flag = |flag: &'a crate::law::pack::Flag| FlagShown {
            text: &flag.text,
            when: flag.when.as_ref().map(Tree),
        };
        Some(Self {
            policy: &pack.id,
            rule: &rule.id,
            zh: &rule.zh,
            en: &rule.en,
            article: ArticleShown {
                number: &rule.article,
                document: article.and_then(|article| article.document.as_deref()),
                title: article.map_or("", |article| &article.title),
                text: article.map_or("", |article| article.text.trim()),
            },
            quote: &rule.quote,
            editions: rule.edition.iter().flat_map(EditionShown::of).collect(),
            soft: rule.soft,
            kinds: &rule.kinds,
            from: period.from.map(|day| day.to_string()),
            to: period.to.map(|day| day.to_string()),
            in_force: period.has(as_of),
            other_versions: others.collect(),
            classifies: rule.classifies,
            nature: rule.nature.name(),
            when: rule.when.as_ref().map(Tree),
            test: rule.test.as_ref().map(Tree),
            suspect: rule.suspect.as_ref().map(Tree),
            flags: rule.flags.iter().map(flag).collect(),
            amounts: rule.amounts.iter().map(AmountShown::of).collect(),
            readings: readings(rule, pack, as_of),
            facts: facts_shown(&asks),
            tables: asks.tables,
            parameters: asks.parameters,
            vary: rule.vary.as_deref(),
            without: rule.without.as_deref(),
            of: (rule, pack),
        })
    }
}

fn readings<'a>(rule: &'a Rule, pack: &'a Pack, as_of: Date) -> Vec<ReadingShown<'a>> {
    let known = readings_of(rule)
        .into_iter()
        .filter_map(|name| pack.reading(name));
    let shown = known.map(|reading| ReadingShown {
        name: &reading.name,
        article: reading.article.as_deref(),
        zh: &reading.zh,
        en: &reading.en,
        default: reading.default_on(as_of),
        choices: reading
            .choices
            .iter()
            .map(|choice| ChoiceShown {
                choice,
                meaning: reading.meanings.get(choice).map(String::as_str),
                note_only: reading.notes.contains(choice),
            })
            .collect(),
    });
    shown.collect()
}
