//! What a rule can ask for → key, what it holds, what it is called, who knows it.

use serde::Serialize;

use crate::law::facts::FactKind;
use crate::law::judge::Asks;
use crate::write::Language;

/// A fact or a list of records that a rule can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactShown {
    /// Its key in a check file: `site.area_m2`.
    pub key: &'static str,
    /// What it holds: `m²`, `yes or no`, or the words that it can be.
    pub kind: String,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// Who knows it, in Chinese.
    pub from_zh: Option<&'static str>,
    /// Who knows it, in English.
    pub from_en: Option<&'static str>,
}

/// Everything that a rule can ask of a case.
pub(super) fn facts_shown(asks: &Asks) -> Vec<FactShown> {
    let lists = asks.lists.iter().map(|list| {
        let (zh, en) = list_names(list);
        FactShown {
            key: list,
            kind: list_kind(list),
            zh,
            en,
            from_zh: None,
            from_en: None,
        }
    });
    let facts = asks.facts.iter().map(|fact| {
        let (zh, en) = fact.from.names();
        FactShown {
            key: fact.name,
            kind: kind(fact.kind),
            zh: fact.zh,
            en: fact.en,
            from_zh: Some(zh),
            from_en: Some(en),
        }
    });
    lists.chain(facts).collect()
}

/// A line of a fact.
pub(super) fn line(fact: &FactShown, lang: Language) -> [String; 4] {
    let from = match lang {
        Language::Zh => fact.from_zh,
        Language::En => fact.from_en,
    };
    [
        fact.key.to_owned(),
        match lang {
            Language::Zh => fact.kind.clone(),
            Language::En => in_english(&fact.kind),
        },
        lang.of(fact.zh, fact.en).to_owned(),
        from.unwrap_or_default().to_owned(),
    ]
}

/// What a fact holds, in English.
fn in_english(kind: &str) -> String {
    let mut text = kind.to_owned();
    for (zh, en) in [
        ("万元", "wan yuan"),
        ("元", "yuan"),
        ("亩", "mu"),
        ("工业用地", "industrial"),
        ("权利类型", "type of right"),
        ("权利性质", "nature of right"),
    ] {
        text = text.replace(zh, en);
    }
    text
}

fn list_names(list: &str) -> (&'static str, &'static str) {
    match list {
        "scattered" => ("零星地块", "scattered pieces"),
        "lot" => ("分割后的各宗", "the lots of the split"),
        "parcel" => ("合并的宗地", "the parcels of the merge"),
        "building" => ("自然幢", "buildings"),
        _ => ("宗地间共用界线", "boundaries that parcels share"),
    }
}

fn list_kind(list: &str) -> String {
    match list {
        "shared_edges" => "[[i, j, m]]".to_owned(),
        list => format!("[[{list}]]"),
    }
}

fn kind(kind: FactKind) -> String {
    let fixed = match kind {
        FactKind::Land => "m² (land)",
        FactKind::Mu => "亩",
        FactKind::Floor => "m²",
        FactKind::Share => "0–1 or \"30 %\"",
        FactKind::PlotRatio => "ratio",
        FactKind::Metres => "m",
        FactKind::Count => "count",
        FactKind::Wan => "万元",
        FactKind::WanPerMu => "万元/亩",
        FactKind::YuanPerM2 => "元/m²",
        FactKind::Truth => "true/false",
        FactKind::Day => "date",
        FactKind::DayOrNo => "date or false",
        FactKind::Word(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            return words.join("/");
        }
        FactKind::Use => "land use (工业用地)",
        FactKind::RightType => "权利类型",
        FactKind::RightNature => "权利性质",
        FactKind::Text => "text",
        FactKind::Texts => "[texts]",
        FactKind::WanPerMuByYear => "{ year = 万元/亩 }",
        FactKind::FloorByStorey => "{ storey = m² }",
    };
    fixed.to_owned()
}
