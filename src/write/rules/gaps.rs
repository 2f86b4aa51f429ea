//! A gap of a pack → a sentence, and the same for programs.

use serde::Serialize;

use super::days;
use crate::law::judge::Gap;
use crate::law::pack::Period;
use crate::write::Language;

/// A gap as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapShown {
    /// `warning` or `info`.
    pub level: &'static str,
    /// What kind of gap.
    pub gap: &'static str,
    /// The rules it concerns.
    pub rules: Vec<String>,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}

impl GapShown {
    /// A gap as it is printed.
    pub(super) fn of(gap: &Gap) -> Self {
        let (name, zh, en) = sentence(gap);
        Self {
            level: if gap.is_warning() { "warning" } else { "info" },
            gap: name,
            rules: rules(gap),
            zh,
            en,
        }
    }
}

fn rules(gap: &Gap) -> Vec<String> {
    match gap {
        Gap::NoTable { rules, .. } | Gap::NoParameter { rules, .. } => rules.clone(),
        Gap::NeverGiven { rule, .. }
        | Gap::NeverThisWord { rule, .. }
        | Gap::NeverHolds { rule, .. }
        | Gap::AlwaysHolds { rule, .. }
        | Gap::NotQuoted { rule, .. }
        | Gap::AgainstQuote { rule, .. }
        | Gap::OverTheWhole { rule, .. }
        | Gap::Overlap { rule, .. }
        | Gap::Hole { rule, .. }
        | Gap::NoKind { rule }
        | Gap::OutOfForce { rule, .. } => vec![rule.clone()],
        Gap::UnusedReading { .. } | Gap::UnusedArticle { .. } => Vec::new(),
    }
}

fn sentence(gap: &Gap) -> (&'static str, String, String) {
    match gap {
        Gap::NoTable { table, rules } => (
            "no_table",
            format!("没有表 [table.{table}]，{} 可能无法判定", rules.join("、")),
            format!(
                "there is no [table.{table}]: {} can be unknown for want of it",
                rules.join(", ")
            ),
        ),
        Gap::NoParameter { parameter, rules } => (
            "no_parameter",
            format!(
                "[parameter] 中没有 {parameter}，{} 可能无法判定",
                rules.join("、")
            ),
            format!(
                "[parameter] has no `{parameter}`: {} can be unknown for want of it",
                rules.join(", ")
            ),
        ),
        Gap::NeverGiven {
            rule,
            kind,
            measure,
            missing,
        } => (
            "never_given",
            format!(
                "规则 {rule}：`{kind}` 类案件从不提供 {measure} 所需的 {}",
                missing.join("、")
            ),
            format!(
                "the rule `{rule}`: a case of the kind `{kind}` never gives what `{measure}` needs: {}",
                missing.join(", ")
            ),
        ),
        Gap::NeverThisWord {
            rule,
            measure,
            word,
        } => (
            "never_this_word",
            format!("规则 {rule}：{measure} 不可能是“{word}”"),
            format!("the rule `{rule}`: `{measure}` is never `{word}`"),
        ),
        Gap::NeverHolds { rule, measure } => (
            "never_holds",
            format!("规则 {rule}：{measure} 的两个限值互相矛盾，永远无法满足"),
            format!(
                "the rule `{rule}`: two bounds on `{measure}` contradict each other and never hold together"
            ),
        ),
        Gap::AlwaysHolds { rule, measure } => (
            "always_holds",
            format!("规则 {rule}：{measure} 的两个限值总有一个满足"),
            format!("the rule `{rule}`: one of two bounds on `{measure}` always holds"),
        ),
        Gap::NotQuoted { rule, measure } => (
            "not_quoted",
            format!("规则 {rule}：{measure} 的限值不见于引文，引文中是别的数字"),
            format!(
                "the rule `{rule}`: the bound of `{measure}` does not stand in the quote, which has other numbers"
            ),
        ),
        Gap::AgainstQuote { rule, measure } => (
            "against_quote",
            format!("规则 {rule}：引文中 {measure} 的限值是上限而规则写作下限，或者相反"),
            format!(
                "the rule `{rule}`: the quote makes a most of the bound of `{measure}` and the rule a least, or the other way about"
            ),
        ),
        Gap::OverTheWhole { rule, measure } => (
            "over_the_whole",
            format!("规则 {rule}：{measure} 的限值超过 100%"),
            format!("the rule `{rule}`: the bound of `{measure}` is more than 100 %"),
        ),
        Gap::Overlap { rule, days } | Gap::Hole { rule, days } | Gap::OutOfForce { rule, days } => {
            of_days(gap, rule, *days)
        }
        Gap::NoKind { rule } => (
            "no_kind",
            format!("规则 {rule} 没有 kinds，只有点名时才判定"),
            format!("the rule `{rule}` has no `kinds`: it is judged only where a case names it"),
        ),
        Gap::UnusedReading { reading } => (
            "unused_reading",
            format!("没有规则用到读法 {reading}"),
            format!("no rule depends on the reading `{reading}`"),
        ),
        Gap::UnusedArticle { article } => (
            "unused_article",
            format!("没有规则引用条款 {article}"),
            format!("no rule rests on the article {article}"),
        ),
    }
}

fn of_days(gap: &Gap, rule: &str, period: Period) -> (&'static str, String, String) {
    let (zh, en) = (days(period, Language::Zh), days(period, Language::En));
    match gap {
        Gap::Overlap { .. } => (
            "overlap",
            format!("规则 {rule} 有两个版本同时有效：{zh}"),
            format!("the rule `{rule}` has two versions on the days {en}"),
        ),
        Gap::Hole { .. } => (
            "hole",
            format!("规则 {rule} 在 {zh} 没有有效版本，按之前的版本判定并标 expired"),
            format!(
                "the rule `{rule}` has no version on the days {en}: the one before is judged by, as `expired`"
            ),
        ),
        _ => (
            "out_of_force",
            format!("规则 {rule} 在 {zh} 不在有效期内，判定时标 expired"),
            format!(
                "the rule `{rule}` is not in force on the days {en}, and flagged `expired` then"
            ),
        ),
    }
}
