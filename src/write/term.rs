//! A policy and a day outside the term of it → what a reader must know before anything else, and what to do.

use jiff::civil::Date;

use super::Language;
use crate::law::pack::Pack;

/// The line that stands first where a day lies outside the term of a policy as a whole.
pub fn term_notice(pack: &Pack, as_of: Date, language: Language) -> Option<String> {
    let term = pack.in_force;
    if term.has(as_of) {
        return None;
    }
    let own = format!("`plotratio rules new MY.toml --extends {}`", pack.id);
    let (zh, en) = match (term.from, term.to) {
        (_, Some(to)) if to < as_of => (
            format!("{} 已于 {to} 期满", pack.id),
            format!("{} ended on {to}", pack.id),
        ),
        (Some(from), _) => (
            format!("{} 自 {from} 起施行", pack.id),
            format!("{} begins on {from}", pack.id),
        ),
        _ => return None,
    };
    Some(match language {
        Language::Zh => format!(
            "注意：政策 {zh}，判定日 {as_of} 不在有效期内，结论仅供参考。可用 {own} 写自己的政策包并以 --policy 指定，或以 --as-of 指定有效期内的日期。"
        ),
        Language::En => format!(
            "Note: the policy {en}, so that as of {as_of} everything below is for reference only. Write a pack of your own ({own}) and name it with --policy, or name a day within the term with --as-of."
        ),
    })
}
