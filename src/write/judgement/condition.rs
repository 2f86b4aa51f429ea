//! A condition in words that are true of it: a limit that is met as a comparison, one that is not as a limit missed.

use super::explain::plain_name;
use super::figures::{figure_text, fraction_text, mu_text, number_text, printed, text_to};
use super::words::called;
use crate::law::facts::{FactKind, fact};
use crate::law::judge::{Condition, Role};
use crate::law::measures::{Side, Why, measure_named};
use crate::law::pack::{Relation, Rule};
use crate::quantity::{Exact, Figure, Unit};
use crate::write::Language;

/// What a measure or fact is called; a fact of one of a list says which (`lot.0.completed` is of the first), one of a year its year.
pub fn measure_text(name: &str, language: Language) -> String {
    let of = |name: &str| {
        let named = measure_named(name).map(|measure| (measure.zh, measure.en));
        let named = named.or_else(|| fact(name).map(|fact| (fact.zh, fact.en)));
        named.map(|(zh, en)| language.of(zh, en).to_owned())
    };
    if let Some(called) = of(name) {
        return called;
    }
    let number = name.split('.').find_map(|part| part.parse::<u64>().ok());
    let Some((number, called)) = number.zip(of(&plain_name(name))) else {
        return name.to_owned();
    };
    match language {
        Language::Zh if (1900..2200).contains(&number) => format!("{called}（{number} 年）"),
        Language::Zh => format!("{called}（第 {} 项）", number + 1),
        Language::En if (1900..2200).contains(&number) => format!("{called} ({number})"),
        Language::En => format!("{called} (no. {})", number + 1),
    }
}

/// A condition in one line, without its mark; `rule` is the one that sets it.
pub fn condition_text(condition: &Condition, rule: Option<&Rule>, language: Language) -> String {
    let (value, bound) = figures(condition, language);
    let unknown = || language.of("未知", "unknown").to_owned();
    let value = value.map_or_else(unknown, |value| match condition.open {
        Some(Side::Above) => format!("{}{value}", language.of("至少 ", "at least ")),
        Some(Side::Below) => format!("{}{value}", language.of("至多 ", "at most ")),
        Some(Side::Or(word)) => {
            let other = called(&Figure::Word(word.into()), &condition.measure, language);
            let other = figure_text(&other, language);
            format!("{value}{}{other}", language.of("或", " or "))
        }
        None => value,
    });
    let amount = rule.and_then(|rule| rule.amount(&condition.measure));
    let name = amount.map(|amount| language.of(&amount.zh, &amount.en).to_owned());
    let mut text = format!(
        "{}{}{value}{}",
        name.unwrap_or_else(|| measure_text(&condition.measure, language)),
        language.of("：", ": "),
        relation_text(condition, &bound.unwrap_or_else(unknown), language)
    );
    text.extend(margin_text(condition, language));
    if condition.borderline {
        text.push_str(language.of("（临界）", " (borderline)"));
    }
    if let Some(why) = condition.why {
        text.push_str(language.of("，", ", "));
        text.push_str(why_text(why, language));
    }
    text
}

/// The value and the bound, with as many digits as it takes to see how they stand to each other.
fn figures(condition: &Condition, language: Language) -> (Option<String>, Option<String>) {
    let name = &condition.measure;
    let plain_text = |figure: &Figure| match (figure, fact(name).map(|fact| fact.kind)) {
        // what the law counts in 亩 alone
        (Figure::Number(m2, Unit::Land), Some(FactKind::Mu)) => mu_text(*m2, language),
        _ => figure_text(&called(figure, name, language), language),
    };
    let plain = |figure: &Option<Figure>| figure.as_ref().map(plain_text);
    // a limit of 三分之一 is no number of percent
    let limit = |figure: &Figure| fraction_text(figure).unwrap_or_else(|| plain_text(figure));
    let (Some(value), Some(stated), Some(holds)) =
        (&condition.value, &condition.bound, condition.holds())
    else {
        return (plain(&condition.value), condition.bound.as_ref().map(limit));
    };
    let rounded = condition.rounded_bound();
    let bound = rounded.as_ref().unwrap_or(stated);
    let telling = printed(value).zip(printed(bound));
    let places = telling.and_then(|((value, least), (bound, _))| {
        let places = condition
            .relation
            .telling_places(value, bound, holds, least)?;
        Some(places).filter(|places| *places > least)
    });
    let text = |figure: &Figure| match places {
        Some(places) => text_to(figure, places, language),
        None => plain_text(figure),
    };
    let mut bound_text = match places {
        Some(_) => text(bound),
        None => limit(bound),
    };
    if rounded.is_some() {
        let note = language
            .of("（限值 {}，按取整比较）", " (the limit of {}, as rounded)")
            .replace("{}", &figure_text(stated, language));
        bound_text.push_str(&note);
    }
    (Some(text(value)), Some(bound_text))
}

/// How the value stands to the bound, behind the value.
fn relation_text(condition: &Condition, bound: &str, language: Language) -> String {
    let relation = condition.relation;
    let binds = condition.role == Role::Binds;
    let words = match (condition.holds(), relation) {
        (Some(true), Relation::Is) => return String::new(),
        (Some(true), Relation::OneOf) => ("，属于：{}", ", one of {}"),
        (Some(true), _) => return format!(" {} {bound}", relation.sign()),
        (None, Relation::Is | Relation::OneOf) if !binds => return String::new(),
        (_, Relation::Is) if binds => ("，须为{}", ", must be {}"),
        (_, Relation::Is) => return String::new(),
        (_, Relation::OneOf) if binds => ("，须为其一：{}", ", must be one of {}"),
        (_, Relation::OneOf) => ("，不属于：{}", ", none of {}"),
        (None, _) if condition.bound.is_none() => ("，限值未知", ", its limit is unknown"),
        (None, _) => {
            let words = if binds {
                ("，须 {0} {1}", ", must be {0} {1}")
            } else {
                ("，是否 {0} {1} 未知", ", not known whether {0} {1}")
            };
            let text = language.of(words.0, words.1);
            return text.replace("{0}", relation.sign()).replace("{1}", bound);
        }
        (Some(false), _) => missed(condition),
    };
    language.of(words.0, words.1).replace("{}", bound)
}

/// A limit that is not met, said as one.
const fn missed(condition: &Condition) -> (&'static str, &'static str) {
    let day = matches!(condition.value, Some(Figure::Day(_)));
    let binds = matches!(condition.role, Role::Binds);
    match (condition.relation, day, binds) {
        (Relation::AtLeast, true, _) => ("，早于 {}", ", before {}"),
        (Relation::AtMost, true, _) => ("，晚于 {}", ", later than {}"),
        (Relation::MoreThan, true, _) => ("，不晚于 {}", ", not later than {}"),
        (_, true, _) => ("，不早于 {}", ", not before {}"),
        (Relation::AtLeast, false, true) => ("，低于下限 {}", ", below the minimum {}"),
        (Relation::AtMost, false, true) => ("，高于上限 {}", ", above the maximum {}"),
        (Relation::AtLeast, false, false) => ("，低于 {}", ", below {}"),
        (Relation::AtMost, false, false) => ("，高于 {}", ", above {}"),
        (Relation::MoreThan, false, _) => ("，未超过 {}", ", not more than {}"),
        (_, false, _) => ("，不少于 {}", ", not less than {}"),
    }
}

/// By how much a number misses its bound, or keeps clear of it.
fn margin_text(condition: &Condition, language: Language) -> Option<String> {
    let (margin, unit) = match condition.margin_m2 {
        Some(m2) => (m2, Unit::Land),
        None => (
            condition.margin?,
            condition.value.as_ref().and_then(Figure::unit)?,
        ),
    };
    let holds = condition.holds();
    // a limit rounded outward is met by less than the number itself would be
    if margin == Exact::ZERO || (holds == Some(true) && margin < Exact::ZERO) {
        return None;
    }
    let size = number_text(margin.abs(), unit, language);
    let words = match (condition.role, holds) {
        (_, None) => return None,
        (Role::Tells, _) => ("（相差 {}）", " ({} away)"),
        (Role::Binds, Some(false)) => ("，差 {}", ", off by {}"),
        (Role::Binds, Some(true)) => ("，余 {}", ", {} to spare"),
    };
    Some(language.of(words.0, words.1).replace("{}", &size))
}

const fn why_text(why: Why, language: Language) -> &'static str {
    match why {
        Why::NotGiven => language.of("未提供", "not given"),
        Why::BareSite => language.of(
            "现状无建筑，不属于技改，无法比较",
            "the site bears no building: nothing to upgrade or to compare with",
        ),
        Why::Contradiction => language.of(
            "给定的事实互相矛盾，请核对",
            "facts that are given contradict each other: check them",
        ),
        Why::NoWhole => language.of(
            "给定的整体为 0，无从计算占比",
            "what the share would be taken of is given as 0",
        ),
        Why::TooLarge => language.of(
            "数值过大，无法精确计算",
            "a number is too large to be computed exactly",
        ),
    }
}
