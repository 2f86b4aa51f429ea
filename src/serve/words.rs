//! What the page calls things: uses, verdicts and states in both languages, with their colours.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::law::facts::{FactKind, facts};
use crate::law::pack::Pack;
use crate::write::{Language, Shown};

/// The classes of a theme.
pub(super) fn classes(shown: Shown) -> Value {
    let looks = shown.looks().iter();
    looks
        .map(|(word, [red, green, blue], hatch)| {
            json!({
                "word": word,
                "zh": shown.called(word, Language::Zh),
                "en": shown.called(word, Language::En),
                "colour": format!("#{red:02x}{green:02x}{blue:02x}"),
                "hatch": hatch,
            })
        })
        .collect()
}

/// The rules of a policy, by name.
pub(super) fn rules(pack: &Pack, as_of: Date) -> Value {
    let in_force = pack.rules.iter().filter(|rule| {
        pack.rule(&rule.id, as_of)
            .is_some_and(|found| std::ptr::eq(found, *rule))
    });
    in_force
        .map(|rule| {
            json!({
                "id": rule.id, "article": rule.article, "zh": rule.zh, "en": rule.en,
                "quote": rule.quote,
            })
        })
        .collect()
}

/// Every fact of a check file: what it is called, and what it holds.
pub(super) fn fact_names() -> Value {
    let all = facts().iter().map(|fact| {
        let (kind, words) = kind_of(fact.kind);
        let told = json!({ "zh": fact.zh, "en": fact.en, "kind": kind, "words": words, "usual": fact.usual });
        (fact.name.to_owned(), told)
    });
    all.collect::<serde_json::Map<String, Value>>().into()
}

/// How a fact is asked for, and the words that it can be.
fn kind_of(kind: FactKind) -> (&'static str, Vec<Value>) {
    match kind {
        FactKind::Land | FactKind::Floor => ("m2", Vec::new()),
        FactKind::Mu => ("mu", Vec::new()),
        FactKind::Share => ("share", Vec::new()),
        FactKind::PlotRatio => ("ratio", Vec::new()),
        FactKind::Metres => ("m", Vec::new()),
        FactKind::Count => ("count", Vec::new()),
        FactKind::Wan | FactKind::WanPerMu | FactKind::YuanPerM2 => ("money", Vec::new()),
        FactKind::Truth => ("truth", Vec::new()),
        FactKind::Day | FactKind::DayOrNo => ("day", Vec::new()),
        FactKind::Word(words) => (
            "word",
            words
                .iter()
                .map(|(word, also)| {
                    let zh = also.iter().find(|other| !other.is_ascii());
                    json!({ "word": word, "zh": zh.unwrap_or(word) })
                })
                .collect(),
        ),
        FactKind::Use => (
            "use",
            crate::law::LandUse::ALL
                .iter()
                .map(|of| json!({ "word": of.name(), "zh": of.zh() }))
                .collect(),
        ),
        FactKind::RightType
        | FactKind::RightNature
        | FactKind::Text
        | FactKind::Texts
        | FactKind::WanPerMuByYear
        | FactKind::FloorByStorey => ("text", Vec::new()),
    }
}
