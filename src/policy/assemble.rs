//! The file of a pack, and the pack it extends → one pack, checked through.

use std::collections::BTreeMap;

use toml::Spanned;

use super::build::{Known, given_relations, leaf, node};
use super::build_amount::{amount, plain};
use super::error::Fault;
use super::file::{FileAmendment, FileArticle, FileDefault, FilePack, FileReading, FileRule};
use super::{Article, Counting, Flag, Leaf, Node, Pack, Period, Reading, Rule, Table, Vocabulary};

/// The kinds of case that a rule can be judged for, in the order of the manual.
pub const KINDS: [&str; 9] = [
    "upgrade",
    "split",
    "merge",
    "transfer",
    "investment",
    "parcel",
    "enterprise",
    "grant",
    "county",
];

pub(super) fn assemble(
    file: FilePack,
    base: Option<Pack>,
    words: &dyn Vocabulary,
    sha256: String,
) -> Result<Pack, Fault> {
    let in_force = Period {
        from: Some(file.effective_from),
        to: file.effective_to,
    };
    let mut pack = base.unwrap_or_else(|| empty(words));
    let national = pack.counting.clone();
    let (id, name, counting) = (file.id, file.name, file.counting.unwrap_or(national));
    pack = Pack {
        id,
        name,
        in_force,
        counting,
        sha256,
        ..pack
    };
    for (number, article) in file.article {
        pack.articles.insert(number, article_of(article, in_force));
    }
    for (name, reading) in file.reading {
        let reading = reading_of(&name, reading, &pack, words)?;
        pack.readings.retain(|have| have.name != name);
        pack.readings.push(reading);
    }
    for (name, value) in file.parameter {
        if !words.parameters().contains(&name.get_ref().as_str()) {
            return Err(Fault::new(
                name.span(),
                format!(
                    "no measure takes a parameter; there are {}",
                    words.parameters().join(", ")
                ),
            ));
        }
        pack.parameters.insert(name.into_inner(), plain(&value)?);
    }
    for (name, table) in file.table {
        if !words.tables().contains(&name.get_ref().as_str()) {
            return Err(Fault::new(
                name.span(),
                format!(
                    "no measure looks into this table; there are {}",
                    words.tables().join(", ")
                ),
            ));
        }
        let row = |(key, value): (String, Spanned<String>)| Ok((key, plain(&value)?));
        let rows = table
            .rows
            .into_iter()
            .map(row)
            .collect::<Result<_, Fault>>()?;
        pack.tables.insert(
            name.into_inner(),
            Table {
                title: table.title,
                rows,
            },
        );
    }
    for id in file.drop {
        if !pack.rules.iter().any(|rule| rule.id == *id.get_ref()) {
            return Err(Fault::new(
                id.span(),
                format!("there is no rule `{}` to drop", id.get_ref()),
            ));
        }
        pack.rules.retain(|rule| rule.id != *id.get_ref());
    }
    for amendment in &file.amend {
        amend(&mut pack, amendment, words)?;
    }
    let mut own: Vec<(Rule, std::ops::Range<usize>)> = Vec::new();
    for rule in file.rule {
        let at = rule.id.span();
        let rule = rule_of(rule, &pack, words)?;
        if own
            .iter()
            .any(|(have, _)| have.id == rule.id && have.in_force.meets(&rule.in_force))
        {
            return Err(Fault::new(
                at,
                format!("the rule `{}` is there twice for the same days", rule.id),
            ));
        }
        own.push((rule, at));
    }
    pack.rules
        .retain(|rule| own.iter().all(|(new, _)| new.id != rule.id));
    pack.rules.extend(own.into_iter().map(|(rule, _)| rule));
    Ok(pack)
}

/// A pack that says nothing, with the readings that measures know by themselves.
fn empty(words: &dyn Vocabulary) -> Pack {
    let own = |(name, choices): &(&str, &[&str])| Reading {
        name: (*name).to_owned(),
        article: None,
        zh: String::new(),
        en: String::new(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        meanings: BTreeMap::new(),
        notes: Vec::new(),
        defaults: choices
            .first()
            .map(|first| (None, (*first).to_owned()))
            .into_iter()
            .collect(),
    };
    Pack {
        id: String::new(),
        name: String::new(),
        in_force: Period::default(),
        counting: Counting::default(),
        articles: BTreeMap::new(),
        readings: words.readings().iter().map(own).collect(),
        rules: Vec::new(),
        tables: BTreeMap::new(),
        parameters: BTreeMap::new(),
        sha256: String::new(),
    }
}

fn article_of(file: FileArticle, pack: Period) -> Article {
    let own = Period {
        from: file.from,
        to: file.to,
    };
    let in_force = if file.document.is_some() {
        own
    } else {
        Period {
            from: own.from.or(pack.from),
            to: own.to.or(pack.to),
        }
    };
    Article {
        document: file.document,
        title: file.title,
        text: file.text,
        in_force,
    }
}

fn reading_of(
    name: &str,
    file: Spanned<FileReading>,
    pack: &Pack,
    words: &dyn Vocabulary,
) -> Result<Reading, Fault> {
    let at = file.span();
    let file = file.into_inner();
    if let Some(article) = &file.article {
        known_article(article, pack)?;
    }
    let have = pack.reading(name);
    let fixed = words
        .readings()
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, choices)| *choices);
    let given: Vec<String> = file.choices.keys().cloned().collect();
    let choices = match (fixed, have) {
        (Some(fixed), _) => fixed.iter().map(|choice| (*choice).to_owned()).collect(),
        (None, Some(have)) if given.is_empty() => have.choices.clone(),
        _ => given.clone(),
    };
    let unknown = |choice: &str| !choices.iter().any(|have| have == choice);
    let defaults = match file.default {
        FileDefault::One(choice) => vec![(None, choice)],
        FileDefault::ByDay(dated) => dated
            .into_iter()
            .map(|dated| (Some(dated.from), dated.choice))
            .collect(),
    };
    let named = defaults
        .iter()
        .map(|(_, choice)| choice)
        .chain(&given)
        .chain(&file.notes);
    if let Some(choice) = named.into_iter().find(|choice| unknown(choice)) {
        return Err(Fault::new(
            at,
            format!(
                "the reading `{name}` has no choice `{choice}`; there are {}",
                choices.join(", ")
            ),
        ));
    }
    if defaults.is_empty() || !defaults.is_sorted_by_key(|(from, _)| *from) {
        return Err(Fault::new(
            at,
            format!("the defaults of `{name}` must be there, by rising days"),
        ));
    }
    let text = |new: Option<String>, old: fn(&Reading) -> &String| {
        new.or_else(|| have.map(old).cloned()).unwrap_or_default()
    };
    Ok(Reading {
        name: name.to_owned(),
        article: file
            .article
            .map(Spanned::into_inner)
            .or_else(|| have.and_then(|have| have.article.clone())),
        zh: text(file.zh, |have| &have.zh),
        en: text(file.en, |have| &have.en),
        meanings: if given.is_empty() {
            have.map(|have| have.meanings.clone()).unwrap_or_default()
        } else {
            file.choices
        },
        choices,
        notes: file.notes,
        defaults,
    })
}

fn known_article<'a>(article: &Spanned<String>, pack: &'a Pack) -> Result<&'a Article, Fault> {
    pack.articles.get(article.get_ref()).ok_or_else(|| {
        let what = format!(
            "there is no [article.\"{}\"]; a rule needs the words it rests on",
            article.get_ref()
        );
        Fault::new(article.span(), what)
    })
}

/// Refuses words that the article does not have: a bound must be quoted, never paraphrased.
fn quoted(quote: &Spanned<String>, article: &Article) -> Result<String, Fault> {
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let parts = quote
        .get_ref()
        .split('…')
        .map(bare)
        .filter(|part| !part.is_empty());
    let text = bare(&article.text);
    let mut any = false;
    for part in parts {
        any = true;
        if !text.contains(&part) {
            return Err(Fault::new(
                quote.span(),
                "these words do not stand in the article; quote it as it is",
            ));
        }
    }
    if any {
        Ok(quote.get_ref().clone())
    } else {
        Err(Fault::new(quote.span(), "the quote is empty"))
    }
}

fn rule_of(file: FileRule, pack: &Pack, words: &dyn Vocabulary) -> Result<Rule, Fault> {
    let known = Known {
        words,
        readings: &pack.readings,
    };
    let quote = quoted(&file.quote, known_article(&file.article, pack)?)?;
    if let Some(suspect) = file.suspect.as_ref().filter(|_| !file.classifies) {
        return Err(Fault::new(
            suspect.span(),
            "only a rule that `classifies` can suspect",
        ));
    }
    if file.test.is_none() && file.amount.is_empty() {
        return Err(Fault::new(
            file.id.span(),
            "a rule needs a `test` or an `amount`",
        ));
    }
    for kind in &file.kinds {
        if !KINDS.contains(&kind.get_ref().as_str()) {
            return Err(Fault::new(
                kind.span(),
                format!("there are the kinds {}", KINDS.join(", ")),
            ));
        }
    }
    if let Some(vary) = &file.vary {
        words
            .named(vary.get_ref())
            .map_err(|what| Fault::new(vary.span(), what))?;
    }
    let always = file.flags.into_iter().map(|text| Flag { text, when: None });
    let mut flags: Vec<Flag> = always.collect();
    for flag in file.flag {
        flags.push(Flag {
            text: flag.text,
            when: Some(node(&flag.when, &known)?),
        });
    }
    Ok(Rule {
        id: file.id.into_inner(),
        article: file.article.into_inner(),
        quote,
        zh: file.zh,
        en: file.en,
        kinds: file.kinds.into_iter().map(Spanned::into_inner).collect(),
        in_force: Period {
            from: file.from,
            to: file.to,
        },
        classifies: file.classifies,
        when: file
            .when
            .as_ref()
            .map(|when| node(when, &known))
            .transpose()?,
        test: file
            .test
            .as_ref()
            .map(|test| node(test, &known))
            .transpose()?,
        suspect: file
            .suspect
            .as_ref()
            .map(|suspect| node(suspect, &known))
            .transpose()?,
        flags,
        amounts: file
            .amount
            .iter()
            .map(|file| amount(file, &known))
            .collect::<Result<_, _>>()?,
        vary: file.vary.map(Spanned::into_inner),
        without: file.without.map(Spanned::into_inner),
    })
}

/// Puts another bound in the place of the one that a rule has for a measure.
fn amend(pack: &mut Pack, file: &FileAmendment, words: &dyn Vocabulary) -> Result<(), Fault> {
    quoted(&file.quote, known_article(&file.article, pack)?)?;
    let texts = [
        &file.at_least,
        &file.at_most,
        &file.more_than,
        &file.less_than,
    ];
    let relations = given_relations(texts, file.one_of.as_ref(), file.is.as_ref());
    let readings = pack.readings.clone();
    let known = Known {
        words,
        readings: &readings,
    };
    let new = leaf(
        &file.measure,
        relations,
        &file.rule.span(),
        false,
        false,
        &known,
    )?;
    let id = file.rule.get_ref();
    let mut rules = pack
        .rules
        .iter_mut()
        .filter(|rule| rule.id == *id)
        .peekable();
    if rules.peek().is_none() {
        return Err(Fault::new(
            file.rule.span(),
            format!("there is no rule `{id}` to amend"),
        ));
    }
    let mut changed = 0;
    for rule in rules {
        rule.article.clone_from(file.article.get_ref());
        rule.quote.clone_from(file.quote.get_ref());
        for tree in rule
            .test
            .iter_mut()
            .chain(&mut rule.when)
            .chain(&mut rule.suspect)
        {
            replace(tree, &new, &mut changed);
        }
    }
    if changed == 0 {
        let what = format!("the rule `{id}` has no condition on `{}`", new.measure.name);
        return Err(Fault::new(file.measure.span(), what));
    }
    Ok(())
}

fn replace(tree: &mut Node, new: &Leaf, changed: &mut usize) {
    match tree {
        Node::All(nodes) | Node::Any(nodes) | Node::Given(nodes) => {
            nodes
                .iter_mut()
                .for_each(|node| replace(node, new, changed));
        }
        Node::If {
            condition,
            then,
            otherwise,
        } => {
            [condition, then, otherwise]
                .into_iter()
                .for_each(|node| replace(node, new, changed));
        }
        Node::Choose { among, .. } => among
            .iter_mut()
            .for_each(|(_, node)| replace(node, new, changed)),
        Node::Leaf(leaf) if leaf.measure == new.measure => {
            *leaf = Leaf {
                soft: leaf.soft,
                optional: leaf.optional,
                ..new.clone()
            };
            *changed += 1;
        }
        Node::Leaf(_) => {}
    }
}
