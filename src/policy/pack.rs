//! The file of a policy: who issued it, when it is in force, how it counts.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use super::Counting;

/// A policy pack. Unknown keys are refused: a typo must not parse as a rule that passes everybody.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// What it is called on the command line: `taizhou-2021`.
    pub id: String,
    /// Its title.
    pub name: String,
    /// The first day on which it is in force.
    pub effective_from: Date,
    /// The last day on which it is in force; open when left out.
    pub effective_to: Option<Date>,
    /// How floor area counts for the plot ratio.
    pub counting: Counting,
}

/// Why a pack cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Neither a known id nor a file.
    #[error("no policy `{0}`; known: taizhou-2021, or give the path of a pack's TOML file")]
    Unknown(String),
    /// The file cannot be read.
    #[error("the policy pack `{path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// The file is no pack.
    #[error("the policy pack `{path}` is not valid: {why}")]
    Invalid {
        /// The file.
        path: String,
        /// Where and what, by line.
        why: String,
    },
}

const TAIZHOU_2021: &str = include_str!("packs/taizhou-2021.toml");

impl Pack {
    /// The pack of that id, or in that file.
    ///
    /// # Errors
    /// When there is none, or it does not parse.
    pub fn load(id_or_file: &str) -> Result<Self, PackError> {
        if id_or_file == "taizhou-2021" {
            return Self::parse(TAIZHOU_2021, id_or_file);
        }
        if !Path::new(id_or_file).exists() {
            return Err(PackError::Unknown(id_or_file.to_owned()));
        }
        let text = std::fs::read_to_string(id_or_file).map_err(|why| PackError::Unreadable {
            path: id_or_file.to_owned(),
            why,
        })?;
        Self::parse(&text, id_or_file)
    }

    fn parse(text: &str, path: &str) -> Result<Self, PackError> {
        toml::from_str(text).map_err(|why| PackError::Invalid {
            path: path.to_owned(),
            why: why.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_pack_counts_as_the_nation_does() {
        let pack = Pack::load("taizhou-2021").unwrap();
        assert_eq!(pack.counting, Counting::national());
        assert_eq!(pack.effective_to, Some(jiff::civil::date(2023, 12, 31)));
    }

    #[test]
    fn a_typo_in_a_pack_is_refused_where_it_stands() {
        let error = Pack::parse(&TAIZHOU_2021.replace("above_m", "abov_m"), "mine.toml")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("`mine.toml` is not valid") && error.contains("abov_m"),
            "{error}"
        );
    }

    #[test]
    fn an_unknown_policy_says_which_are_known() {
        assert!(
            Pack::load("atlantis")
                .unwrap_err()
                .to_string()
                .contains("taizhou-2021")
        );
    }
}
