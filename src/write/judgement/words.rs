//! A word of a fact → what it is called in the language of the reader.

use compact_str::CompactString;

use crate::law::LandUse;
use crate::law::facts::{FactKind, fact};
use crate::law::measures::measure_named;
use crate::quantity::Figure;
use crate::write::Language;

/// A figure whose words are called as a reader calls them; `measure` is what it is of.
pub(super) fn called(figure: &Figure, measure: &str, language: Language) -> Figure {
    let zh = |word, measure| match language {
        Language::Zh => CompactString::from(zh(word, measure)),
        Language::En => named(word),
    };
    match figure {
        Figure::Word(word) => Figure::Word(zh(word, measure)),
        Figure::Words(words) => Figure::Words(words.iter().map(|word| zh(word, measure)).collect()),
        figure => figure.clone(),
    }
}

/// A value of a fact as it stands in a file, called as a reader calls it.
pub(in crate::write) fn stated_called(usual: &str, name: &str, language: Language) -> String {
    match usual {
        "true" => language.of("是", "yes").to_owned(),
        "false" => language.of("否", "no").to_owned(),
        word if language == Language::Zh => zh(word, name).to_owned(),
        word => word.to_owned(),
    }
}

/// A word in English text: one that has no English name stands between quotation marks.
fn named(word: &str) -> CompactString {
    if word.is_ascii() {
        return word.into();
    }
    format!("“{word}”").into()
}

fn zh<'a>(word: &'a str, measure: &str) -> &'a str {
    // measures of words are the classes of enterprises
    let of = if measure_named(measure).is_some() {
        "enterprise.evaluation_class"
    } else {
        measure
    };
    let called = match fact(of).map(|fact| fact.kind) {
        Some(FactKind::Use) => LandUse::of_word(word).map(LandUse::zh),
        Some(FactKind::Word(words)) => {
            let known = words.iter().find(|(name, _)| *name == word);
            known.and_then(|(_, others)| others.first().copied())
        }
        _ => None,
    };
    called.unwrap_or(word)
}
