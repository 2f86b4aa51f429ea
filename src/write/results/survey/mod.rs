//! A survey → its tables.

mod enterprises;
mod idle;

pub use enterprises::enterprises_table;
pub use idle::idle_table;

use crate::write::Value;

/// Texts joined by `;`, null for none.
fn text_of<'a>(texts: impl Iterator<Item = String>) -> Value<'a> {
    let joined = texts.collect::<Vec<_>>().join(";");
    Some(joined)
        .filter(|text| !text.is_empty())
        .map(|text| Value::Text(text.into()))
        .into()
}
