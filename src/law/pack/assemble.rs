//! The file of a pack, and the pack it extends → one pack, checked through.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::Spanned;

use super::amend::amend;
use super::build::{KnownNames, node, reading_choices};
use super::build_amount::amount;
use super::file::{FileArticle, FileEdition, FilePack, FileRule, own_id};
use super::quote::{known_article, quoted};
use super::reading::reading_of;
use super::units::of_name;
use super::{
    Amount, Article, Counting, Edition, Flag, Nature, Pack, Period, Reading, Rule, Sort, Table,
    Vocabulary, Words,
};
use crate::quantity::Unit;
use crate::text::Fault;

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

/// Takes the rules out that a pack built upon another does without.
fn dropped(pack: &mut Pack, ids: &[Spanned<String>]) -> Result<(), Fault> {
    for id in ids {
        let before = pack.rules.len();
        pack.rules.retain(|rule| rule.id != *id.get_ref());
        if pack.rules.len() == before {
            return Err(Fault::new(
                id.span(),
                format!("there is no rule `{}` to drop", id.get_ref()),
            ));
        }
    }
    Ok(())
}

pub(super) fn assemble(
    file: FilePack,
    base: Option<Pack>,
    words: &dyn Vocabulary,
    sha256: String,
) -> Result<Pack, Fault> {
    let in_force = period(Some(file.effective_from), file.effective_to)?;
    let mut pack = base.unwrap_or_else(|| empty(words));
    let national = pack.counting.clone();
    let counting = file.counting.map_or(Ok(national), counting)?;
    let (id, name) = (own_id(file.id, &pack.id)?, file.name);
    pack = Pack {
        id,
        name,
        in_force,
        counting,
        sha256,
        ..pack
    };
    // a pack that takes over another policy's articles puts them in force for its own term
    for article in pack
        .articles
        .values_mut()
        .filter(|article| article.document.is_none())
    {
        article.in_force = in_force;
    }
    for (number, article) in file.article {
        pack.articles.insert(number, article_of(article, in_force)?);
    }
    for (name, reading) in file.reading {
        let reading = reading_of(&name, reading, &pack, words)?;
        pack.readings.retain(|have| have.name != name);
        pack.readings.push(reading);
    }
    for (name, value) in file.parameter {
        let unit = named(name.get_ref(), words.parameters()).map_err(|known| {
            let what = format!(
                "nothing takes a parameter `{}`; there are {known}",
                name.get_ref()
            );
            Fault::new(name.span(), what)
        })?;
        let value = of_name(value.get_ref(), name.get_ref(), unit)
            .map_err(|what| Fault::new(value.span(), what))?;
        pack.parameters.insert(name.into_inner(), value);
    }
    for (name, table) in file.table {
        let unit = named(name.get_ref(), words.tables()).map_err(|known| {
            let what = format!(
                "no measure looks into a table `{}`; there are {known}",
                name.get_ref()
            );
            Fault::new(name.span(), what)
        })?;
        let row = |(key, value): (String, Spanned<String>)| {
            let number = of_name(value.get_ref(), name.get_ref(), unit);
            Ok((key, number.map_err(|what| Fault::new(value.span(), what))?))
        };
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
    dropped(&mut pack, &file.drop)?;
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
    for (text, english) in file.english {
        if !pack.own_texts().any(|own| own == text.get_ref()) {
            let what = "no flag and no choice of the pack says so; `[english]` puts their words into English";
            return Err(Fault::new(text.span(), what));
        }
        pack.english.insert(text.into_inner(), english);
    }
    Ok(pack)
}

/// The unit of what bears a name; the names that there are, where none does.
fn named(name: &str, known: &[(&str, Unit)]) -> Result<Unit, String> {
    let found = known.iter().find(|(have, _)| *have == name);
    found.map(|(_, unit)| *unit).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(have, _)| *have).collect();
        names.join(", ")
    })
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
        english: BTreeMap::new(),
        sha256: String::new(),
    }
}

/// High storeys as a pack counts them: heights and factors that are numbers above 0, by rising heights.
fn counting(file: Spanned<Counting>) -> Result<Counting, Fault> {
    let steps = &file.get_ref().high_storeys;
    let number = |number: f64| number.is_finite() && number > 0.0;
    let numbers = steps
        .iter()
        .all(|step| number(step.above_m) && number(step.factor));
    if numbers
        && steps
            .windows(2)
            .all(|pair| pair[0].above_m < pair[1].above_m)
    {
        return Ok(file.into_inner());
    }
    Err(Fault::new(
        file.span(),
        "heights and factors of high storeys are numbers above 0, by rising heights",
    ))
}

/// The days from one to another, which must not lie before it.
fn period(from: Option<Date>, to: Option<Spanned<Date>>) -> Result<Period, Fault> {
    match (from, &to) {
        (Some(from), Some(to)) if *to.get_ref() < from => Err(Fault::new(
            to.span(),
            format!("it ends before it begins on {from}"),
        )),
        _ => Ok(Period {
            from,
            to: to.map(Spanned::into_inner),
        }),
    }
}

fn article_of(file: FileArticle, pack: Period) -> Result<Article, Fault> {
    let own = period(file.from, file.to)?;
    let in_force = if file.document.is_some() {
        own
    } else {
        Period {
            from: own.from.or(pack.from),
            to: own.to.or(pack.to),
        }
    };
    Ok(Article {
        document: file.document,
        title: file.title,
        text: file.text,
        in_force,
    })
}

fn nature(word: &Spanned<String>) -> Result<Nature, Fault> {
    let natures = [Nature::Permits, Nature::Classifies, Nature::Pays];
    let named = natures
        .into_iter()
        .find(|nature| nature.name() == word.get_ref());
    named.ok_or_else(|| {
        let known = natures.map(Nature::name).join(", ");
        let what = format!(
            "`{}` is no nature of a rule; there are {known}",
            word.get_ref()
        );
        Fault::new(word.span(), what)
    })
}

fn edition_of(file: FileEdition, pack: &Pack, known: &KnownNames<'_>) -> Result<Edition, Fault> {
    let choices = reading_choices(&file.choose, known)?;
    let mut among = Vec::new();
    for (choice, words) in file.among {
        if !choices.contains(choice.get_ref()) {
            let what = format!("there are {}", choices.join(", "));
            return Err(Fault::new(choice.span(), what));
        }
        let quote = quoted(&words.quote, known_article(&words.article, pack)?)?;
        let article = words.article.into_inner();
        among.push((choice.into_inner(), Words { article, quote }));
    }
    Ok(Edition {
        reading: file.choose.into_inner(),
        among,
    })
}

/// Refuses a rule that nothing can be judged by.
fn judged_by(file: &FileRule, words: &dyn Vocabulary) -> Result<(), Fault> {
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
                format!(
                    "`{}` is no kind of case; there are {}",
                    kind.get_ref(),
                    KINDS.join(", ")
                ),
            ));
        }
    }
    if let Some(vary) = &file.vary {
        let (_, sort) = words
            .named(vary.get_ref())
            .map_err(|what| Fault::new(vary.span(), what))?;
        if !words.is_fact(vary.get_ref()) || !matches!(sort, Sort::Number(_)) {
            let what = format!(
                "`{}` cannot be varied; name a fact that is a number, as `upgrade.built_m2`",
                vary.get_ref()
            );
            return Err(Fault::new(vary.span(), what));
        }
    }
    if let Some(list) = &file.without
        && !words.lists().contains(&list.get_ref().as_str())
    {
        let what = format!(
            "there is no list `{}`; there are {}",
            list.get_ref(),
            words.lists().join(", ")
        );
        return Err(Fault::new(list.span(), what));
    }
    Ok(())
}

fn rule_of(file: FileRule, pack: &Pack, words: &dyn Vocabulary) -> Result<Rule, Fault> {
    let known = KnownNames {
        words,
        readings: &pack.readings,
    };
    let quote = quoted(&file.quote, known_article(&file.article, pack)?)?;
    judged_by(&file, words)?;
    let edition = file
        .edition
        .map(|edition| edition_of(edition, pack, &known));
    let always = file.flags.into_iter().map(|text| Flag {
        text,
        when: None,
        if_met: true,
    });
    let mut flags: Vec<Flag> = always.collect();
    for flag in file.flag {
        flags.push(Flag {
            text: flag.text,
            if_met: flag.if_met,
            when: Some(node(&flag.when, &known)?),
        });
    }
    let amounts: Vec<Amount> = file
        .amount
        .iter()
        .map(|file| amount(file, &known))
        .collect::<Result<_, _>>()?;
    let nature = match &file.nature {
        Some(word) => nature(word)?,
        None if file.classifies => Nature::Classifies,
        // what is due only where the rule is met is what the rule is about
        None if amounts.iter().any(|amount| amount.due) => Nature::Pays,
        None => Nature::Permits,
    };
    Ok(Rule {
        id: file.id.into_inner(),
        article: file.article.into_inner(),
        quote,
        edition: edition.transpose()?,
        soft: file.soft,
        amended: Vec::new(),
        zh: file.zh,
        en: file.en,
        only_when_named: file.only_when_named,
        kinds: file.kinds.into_iter().map(Spanned::into_inner).collect(),
        in_force: period(file.from, file.to)?,
        classifies: file.classifies,
        nature,
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
        amounts,
        vary: file.vary.map(Spanned::into_inner),
        without: file.without.map(Spanned::into_inner),
    })
}
