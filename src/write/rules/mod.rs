//! A policy pack → what people read of it: the list of its rules, one rule in full, what it holds and lacks.

mod condition;
mod facts;
mod gaps;
mod list;
mod pack;
mod show;
mod starter;
mod tree;

pub use list::{RuleRow, rule_rows, rule_table};
pub use pack::PackShown;
pub use show::RuleShown;
pub use starter::starter_pack;

use crate::write::Language;

/// Days as people read them: `2021-12-26 – 2023-12-31`.
fn days(period: crate::law::pack::Period, lang: Language) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    match (day(period.from), day(period.to)) {
        (None, None) => lang.of("未限期", "open").to_owned(),
        (from, to) => format!("{} – {}", from.unwrap_or_default(), to.unwrap_or_default())
            .trim()
            .to_owned(),
    }
}
