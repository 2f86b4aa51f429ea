//! An amount → what it is called, its value in its unit and in words, and its working step by step, as text and JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::capitals::in_capitals;
use super::condition::measure_text;
use super::figures::{figure_text, short_number};
use super::json::of_figure;
use crate::law::judge::{AmountFound, Step};
use crate::law::pack::Amount;
use crate::quantity::{Exact, Figure, Unit};
use crate::write::Language;

/// An amount of a finding for programs.
#[derive(Debug, Serialize)]
pub(super) struct AmountJson<'a> {
    name: &'a str,
    called: &'a str,
    value: Value,
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_words: Option<String>,
    working: Vec<Value>,
}

impl<'a> AmountJson<'a> {
    /// An amount of a finding; `amount` is what the pack says of it.
    pub(super) fn of(
        found: &'a AmountFound,
        amount: Option<&'a Amount>,
        language: Language,
    ) -> Self {
        let value = found.value.as_ref();
        let unit = value
            .and_then(Figure::unit)
            .or(amount.map(|amount| amount.unit));
        let unit = unit.map(Unit::sign).filter(|sign| !sign.is_empty());
        let step = |step: &Step| step_json(step, language);
        Self {
            name: &found.name,
            called: called(found, amount, language),
            value: of_figure(value),
            unit,
            in_words: value.and_then(money).and_then(in_capitals),
            working: found.working.iter().map(step).collect(),
        }
    }
}

/// What an amount is called.
fn called<'a>(found: &'a AmountFound, amount: Option<&'a Amount>, language: Language) -> &'a str {
    amount.map_or(&found.name, |amount| language.of(&amount.zh, &amount.en))
}

/// An amount in one line, with its money in words.
pub(super) fn amount_text(
    found: &AmountFound,
    amount: Option<&Amount>,
    language: Language,
) -> String {
    let called = called(found, amount, language);
    let name = if called == found.name {
        called.to_owned()
    } else {
        language
            .of("{0}（{1}）", "{0} ({1})")
            .replace("{0}", called)
            .replace("{1}", &found.name)
    };
    let value = found.value.as_ref().map_or_else(
        || language.of("未知", "unknown").to_owned(),
        |value| figure_text(value, language),
    );
    let words = found.value.as_ref().and_then(money).and_then(in_capitals);
    let words = words.filter(|_| language == Language::Zh);
    let words = words.map_or(String::new(), |words| format!("（{words}）"));
    format!("{name} = {value}{words}")
}

/// The working of an amount, a line for each step; nothing where the amount is one measure as it is.
pub(super) fn working_text(found: &AmountFound, language: Language) -> Vec<String> {
    if let [Step::Of { .. }] = found.working.as_slice() {
        return Vec::new();
    }
    let step = |step: &Step| step_text(step, language);
    found.working.iter().map(step).collect()
}

/// 万元, where that is what a figure counts.
fn money(figure: &Figure) -> Option<Exact> {
    match figure {
        Figure::Number(wan, Unit::Wan) => Some(*wan),
        _ => None,
    }
}

/// The unit of a sum before it is divided.
const fn sum_unit(step: &Step, language: Language) -> &'static str {
    match step {
        Step::Sum { gives, .. } => match gives.unit() {
            Some(Unit::Wan) => yuan(language),
            Some(Unit::WanPerMu) => language.unit(Unit::YuanPerM2),
            _ => "",
        },
        _ => "",
    }
}

const fn yuan(language: Language) -> &'static str {
    language.of("元", "yuan")
}

/// A rate as the law prints it: a part of money in percent, money for each m² of floor.
fn rate_text(rate: Exact, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Wan | Unit::WanPerMu | Unit::YuanPerM2 | Unit::Share => rate
            .times(Exact::int(100))
            .map_or_else(|| short_number(rate), |percent| format!("{percent}%")),
        Unit::Floor | Unit::Land => format!("{rate} {}", language.unit(Unit::YuanPerM2)),
        _ => short_number(rate),
    }
}

/// What a part of a measure of this unit comes to at a rate.
const fn part_unit(unit: Unit, language: Language) -> &'static str {
    match unit {
        Unit::Floor | Unit::Land => yuan(language),
        other => language.unit(other),
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each step")]
fn step_text(step: &Step, language: Language) -> String {
    let measure = |name: &str| measure_text(name, language);
    match step {
        Step::NothingDue => language
            .of("不符合条件，金额为零", "not met: nothing is due")
            .to_owned(),
        Step::Of {
            measure: name,
            value,
        } => language
            .of("计算基数：{0} {1}", "taken of: {0} {1}")
            .replace("{0}", &measure(name))
            .replace("{1}", &figure_text(value, language)),
        Step::Class { class } => language
            .of("亩均评价：{} 类", "evaluation class: {}")
            .replace("{}", class),
        Step::Bracket {
            from,
            to,
            rate,
            unit,
            gives,
        } => {
            let (sign, rate) = (language.unit(*unit), rate_text(*rate, *unit, language));
            let part = if *from == Exact::ZERO {
                format!("{to} {sign} × {rate}")
            } else {
                format!("{from}–{to} {sign}: ({to} − {from}) × {rate}")
            };
            format!("{part} = {gives} {}", part_unit(*unit, language))
        }
        Step::Storey {
            storey,
            floor,
            rate,
            gives,
        } => {
            let storey = language
                .of("第 {} 层", "storey {}")
                .replace("{}", &storey.to_string());
            format!(
                "{storey}: {floor} m² × {rate} {} = {gives} {}",
                language.unit(Unit::YuanPerM2),
                yuan(language)
            )
        }
        Step::Rate { zh, en } => language
            .of("标准：{}", "rate: {}")
            .replace("{}", language.of(zh, en)),
        Step::Sum {
            total,
            divided_by,
            gives,
        } => {
            let gives = figure_text(gives, language);
            let sum = language.of("合计", "in all");
            if *divided_by == Exact::ONE {
                format!("{sum} {gives}")
            } else {
                format!(
                    "{sum} {total} {} ÷ {divided_by} = {gives}",
                    sum_unit(step, language)
                )
            }
        }
        Step::Way {
            measure: name,
            gives,
            taken,
        } => {
            let text = if *taken {
                language.of("按{0}：{1}，采用", "by {0}: {1}, taken")
            } else {
                language.of("按{0}：{1}，不采用", "by {0}: {1}, not taken")
            };
            text.replace("{0}", &measure(name))
                .replace("{1}", &figure_text(gives, language))
        }
        Step::Paid {
            measure: name,
            cap,
            paid,
        } => language
            .of("最高额 {0} 已含{1} {2}", "the cap of {0} covers {1} of {2}")
            .replace("{0}", &figure_text(cap, language))
            .replace("{1}", &measure(name))
            .replace("{2}", &figure_text(paid, language)),
        Step::Cap {
            measure: name,
            at,
            binds,
        } => {
            let cap = name.as_deref().map_or_else(
                || language.of("最高额", "the cap of the rule").to_owned(),
                measure,
            );
            let text = match (at, binds) {
                (None, _) => language.of(
                    "不超过{0}：未提供，未封顶，金额为上限",
                    "at most {0}: not given, so that the amount is the most it can be",
                ),
                (Some(_), true) => {
                    language.of("不超过{0} {1}：已达封顶，按此计", "at most {0} {1}: binds")
                }
                (Some(_), false) => {
                    language.of("不超过{0} {1}：未触及", "at most {0} {1}: does not bind")
                }
            };
            let at = at
                .as_ref()
                .map_or(String::new(), |at| figure_text(at, language));
            text.replace("{0}", &cap).replace("{1}", &at)
        }
    }
}

fn step_json(step: &Step, language: Language) -> Value {
    let number = |number: &Exact| Value::from(number.to_f64());
    let unit_of = |figure: &Figure| figure.unit().map(Unit::sign);
    let mut entry = match step {
        Step::NothingDue => json!({ "step": "nothing_due" }),
        Step::Of { measure, value } => {
            json!({ "step": "of", "measure": measure.as_str(), "value": of_figure(Some(value)), "unit": unit_of(value) })
        }
        Step::Class { class } => json!({ "step": "class", "class": class.as_str() }),
        Step::Bracket {
            from,
            to,
            rate,
            unit,
            gives,
        } => json!({
            "step": "bracket", "from": number(from), "to": number(to), "rate": number(rate),
            "gives": number(gives), "unit": part_unit(*unit, Language::Zh),
        }),
        Step::Storey {
            storey,
            floor,
            rate,
            gives,
        } => json!({
            "step": "storey", "storey": storey, "floor_m2": number(floor), "rate": number(rate),
            "gives": number(gives), "unit": "元",
        }),
        Step::Rate { .. } => json!({ "step": "rate" }),
        Step::Sum {
            total,
            divided_by,
            gives,
        } => json!({
            "step": "sum", "total": number(total), "divided_by": number(divided_by),
            "gives": of_figure(Some(gives)), "unit": unit_of(gives),
        }),
        Step::Way {
            measure,
            gives,
            taken,
        } => json!({
            "step": "way", "measure": measure.as_str(), "gives": of_figure(Some(gives)),
            "unit": unit_of(gives), "taken": taken,
        }),
        Step::Paid { measure, cap, paid } => json!({
            "step": "paid", "measure": measure.as_str(), "cap": of_figure(Some(cap)),
            "paid": of_figure(Some(paid)), "unit": unit_of(cap),
        }),
        Step::Cap { measure, at, binds } => json!({
            "step": "cap", "measure": measure.as_deref(), "at": of_figure(at.as_ref()),
            "unit": at.as_ref().and_then(unit_of), "binds": binds,
        }),
    };
    entry["text"] = step_text(step, language).into();
    entry
}
