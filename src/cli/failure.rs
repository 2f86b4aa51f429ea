//! An error and what caused it → what its reader is told.

use std::error::Error;

use crate::write::Language;

/// An error and what caused it, in one line, in the language of who reads it; a cause that the error already quotes is not said
/// twice.
pub fn why(error: &dyn Error, language: Language) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    language.message(&text).into_owned()
}
