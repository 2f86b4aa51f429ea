//! An id or a file → the pack, on top of the one it extends.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::assemble::assemble;
use super::error::PackError;
use super::file::FilePack;
use super::{Pack, Vocabulary};
use crate::text::Fault;
use crate::text::{read_toml, toml_fault};

/// The packs that come with the program.
const KNOWN: [(&str, &str); 5] = [
    ("taizhou-2021", include_str!("taizhou-2021.toml")),
    ("zhejiang-2025", include_str!("zhejiang-2025.toml")),
    ("guangdong-2009", include_str!("guangdong-2009.toml")),
    ("nanning", include_str!("nanning.toml")),
    ("national", include_str!("national.toml")),
];

/// How many packs may extend each other.
const LONGEST_CHAIN: usize = 8;

impl Pack {
    /// The pack of that id, or in that file.
    ///
    /// # Errors
    /// When there is none, or something in it is wrong: then with line and caret.
    pub fn load(id_or_file: &str, words: &dyn Vocabulary) -> Result<Self, PackError> {
        load(id_or_file, None, words, 0)
    }

    /// The ids of the packs that come with the program.
    pub fn known() -> impl Iterator<Item = &'static str> {
        KNOWN.iter().map(|(id, _)| *id)
    }

    /// A pack from its text; `path` is its name in messages.
    ///
    /// # Errors
    /// When something in it is wrong.
    pub fn parse(text: &str, path: &str, words: &dyn Vocabulary) -> Result<Self, PackError> {
        parse(text, path, None, words, 0)
    }
}

fn load(
    name: &str,
    beside: Option<&Path>,
    words: &dyn Vocabulary,
    depth: usize,
) -> Result<Pack, PackError> {
    if let Some((id, text)) = KNOWN.iter().find(|(id, _)| *id == name) {
        return parse(text, id, None, words, depth);
    }
    let path = beside.map_or_else(|| PathBuf::from(name), |folder| folder.join(name));
    let shown = path.display().to_string();
    if !path.is_file() {
        return Err(PackError::Unknown {
            name: name.to_owned(),
            known: Pack::known().collect::<Vec<_>>().join(", "),
        });
    }
    let unreadable = |why| PackError::Unreadable {
        path: shown.clone(),
        why,
    };
    let text = read_toml(&path).map_err(unreadable)?;
    parse(&text, &shown, path.parent(), words, depth)
}

fn parse(
    text: &str,
    path: &str,
    folder: Option<&Path>,
    words: &dyn Vocabulary,
    depth: usize,
) -> Result<Pack, PackError> {
    let invalid = |why: String| PackError::Invalid {
        path: path.to_owned(),
        why,
    };
    let file: FilePack = toml::from_str(text).map_err(|why| invalid(toml_fault(&why, text)))?;
    let base = match &file.extends {
        None => None,
        Some(extends) if depth >= LONGEST_CHAIN => {
            let fault = Fault::new(
                extends.span(),
                "packs extend each other more than 8 deep, or in a circle",
            );
            return Err(invalid(fault.shown_in(text)));
        }
        Some(extends) => {
            let base = load(extends.get_ref(), folder, words, depth + 1);
            Some(base.map_err(|why| match why {
                PackError::Unknown { .. } | PackError::Unreadable { .. } => {
                    invalid(Fault::new(extends.span(), why.to_string()).shown_in(text))
                }
                of_base @ PackError::Invalid { .. } => of_base,
            })?)
        }
    };
    let mut hash = Sha256::new();
    hash.update(base.as_ref().map_or("", |base| base.sha256.as_str()));
    hash.update(text.as_bytes());
    let sha256 = format!("{:x}", hash.finalize());
    assemble(file, base, words, sha256).map_err(|fault| invalid(fault.shown_in(text)))
}
