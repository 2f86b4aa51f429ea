//! `--lang` and the locale → the language of what is printed.

use clap::ValueEnum;

use super::arguments::Arguments;
use crate::write::Language;

/// A language as the user names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LanguageArgument {
    /// 中文.
    Zh,
    /// English.
    En,
}

/// The languages of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Languages {
    /// Of what is printed.
    pub(super) printed: Language,
    /// Of lists that are handed in: Chinese, unless another is asked for.
    pub(super) of_lists: Language,
    /// Whether the reader is Chinese, by `--lang` or by the locale: such a reader opens CSV in a program that knows UTF-8 by a
    /// mark alone.
    pub(super) chinese: bool,
}

impl Languages {
    /// Those that follow from what was asked for.
    pub(super) fn of(given: Option<LanguageArgument>) -> Self {
        let printed = language(given);
        Self {
            printed,
            of_lists: match given {
                Some(LanguageArgument::En) => Language::En,
                Some(LanguageArgument::Zh) | None => Language::Zh,
            },
            chinese: printed == Language::Zh,
        }
    }
}

impl Arguments {
    /// The language of what is printed.
    pub fn language(&self) -> Language {
        language(self.lang)
    }
}

/// The language asked for, else that of the locale.
pub(super) fn language(given: Option<LanguageArgument>) -> Language {
    match given {
        Some(LanguageArgument::Zh) => Language::Zh,
        Some(LanguageArgument::En) => Language::En,
        None => of_locale(|name| std::env::var(name).ok()),
    }
}

/// Chinese where the first of POSIX's variables for messages that says anything names a Chinese locale, else English.
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Language::Zh,
        _ => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_says_anything_decides() {
        let of = |given: &[(&str, &str)]| {
            of_locale(|name| {
                let mut given = given.iter();
                given
                    .find(|(have, _)| *have == name)
                    .map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(
            of(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]),
            Language::En
        );
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "zh_CN.GBK")]), Language::Zh);
        assert_eq!(of(&[]), Language::En);
    }
}
