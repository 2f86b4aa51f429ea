//! What the law leaves open, as the file of a pack declares it.

use toml::Spanned;

use super::file::{FileDefault, FileReading};
use super::quote::known_article;
use super::{Pack, Reading, Vocabulary};
use crate::text::Fault;

pub(super) fn reading_of(
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
    let default_at = file.default.span();
    let defaults = match file.default.into_inner() {
        FileDefault::One(choice) => vec![(None, choice)],
        FileDefault::ByDay(dated) => dated
            .into_iter()
            .map(|dated| (Some(dated.from), dated.choice))
            .collect(),
    };
    let by_default = defaults.iter().map(|(_, choice)| (choice, &default_at));
    let named = given.iter().chain(&file.notes).map(|choice| (choice, &at));
    if let Some((choice, at)) = by_default.chain(named).find(|(choice, _)| unknown(choice)) {
        return Err(Fault::new(
            at.clone(),
            format!(
                "the reading `{name}` has no choice `{choice}`; there are {}",
                choices.join(", ")
            ),
        ));
    }
    if defaults.is_empty() || !defaults.is_sorted_by_key(|(from, _)| *from) {
        return Err(Fault::new(
            default_at,
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
