//! What all pages share: the frame of an HTML document, numbers and words as people read them, maps to scale.

mod chart;
mod readings;
mod sheet;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

pub(super) use chart::{Bars, Columns, Slice, hatchings, legend};
pub(super) use readings::{choice_called, reading_called};
pub(super) use sheet::{Sheet, label};
pub(super) use words::Words;

use super::Language;
use crate::quantity::Decimal;

const STYLE: &str = include_str!("page.css");

/// A whole document that loads nothing: its style is in it, and its policy forbids anything else.
pub(super) fn document(title: &str, language: Language, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(language.of("zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("plotratio ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}

/// A number with so many decimals and commas between thousands.
pub(super) fn number(value: f64, places: u8) -> String {
    let Some(decimal) = Decimal::round(value, places) else {
        return "–".to_owned();
    };
    let text = decimal.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", &*text),
    };
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// A row of a table of names and values; none where there is no value.
pub(super) fn pair(name: &str, value: Option<impl AsRef<str>>) -> Markup {
    html! {
        @if let Some(value) = value {
            tr { th scope="row" { (name) } td { (value.as_ref()) } }
        }
    }
}

/// Where the figures come from: sources with their sums, policy, choices, program.
pub(super) fn provenance(summary: &Value, language: Language) -> Markup {
    let text = |place: &str| summary.pointer(place).and_then(Value::as_str);
    let shown = |place: &str| {
        summary.pointer(place).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    };
    let empty = serde_json::Map::new();
    let sources = summary.get("sources").and_then(Value::as_object);
    let l = |zh, en| language.of(zh, en);
    let policy = text("/policy/id").map(|id| {
        let name = text("/policy/name").unwrap_or_default();
        format!("{name} ({id})")
    });
    let words = Words(language);
    html! {
        table.pairs {
            (pair(l("政策", "policy"), policy))
            (pair(l("政策文本 SHA-256", "text of the policy, SHA-256"), text("/policy/sha256")))
            (pair(l("判定日", "as of"), text("/as_of")))
            (pair(l("面积口径", "area basis"), text("/area").map(|basis| words.basis(basis))))
            (pair(l("计算坐标系", "computing CRS"), text("/crs/code").map(|code| format!("{code} {}", text("/crs/name").unwrap_or_default()))))
            (pair(l("邻接容差（米）", "tolerance (m)"), shown("/tolerance_m")))
            (pair(l("程序", "program"), text("/program/version").map(|version| format!("plotratio {version}"))))
        }
        table {
            thead { tr { th { (l("图层", "layer")) } th { (l("来源文件", "file")) } th.n { (l("字节", "bytes")) } th { "SHA-256" } } }
            tbody {
                @for (layer, facts) in sources.unwrap_or(&empty) {
                    @for file in facts.get("files").and_then(Value::as_array).into_iter().flatten() {
                        tr {
                            td { (words.layer(layer)) }
                            td { (file.get("name").or(facts.get("name")).and_then(Value::as_str).unwrap_or_default()) }
                            td.n { (file.get("bytes").map(ToString::to_string).unwrap_or_default()) }
                            td.sum { (file.get("sha256").and_then(Value::as_str).unwrap_or_default()) }
                        }
                    }
                    @if facts.get("files").and_then(Value::as_array).is_none_or(Vec::is_empty) {
                        tr { td { (words.layer(layer)) } td colspan="3" { (facts.get("name").and_then(Value::as_str).unwrap_or_default()) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(number(-999.5, 1), "-999.5");
        assert_eq!(number(1000.0, 0), "1,000");
        assert_eq!(number(f64::NAN, 2), "–");
    }

    #[test]
    fn what_a_document_is_called_cannot_break_out_of_it() {
        let page = document("</title><script>", Language::En, &html! { p { "a<b" } });
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"));
        assert!(page.contains("<p>a&lt;b</p>") && !page.contains("<script"));
    }
}
