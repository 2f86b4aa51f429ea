//! A TOML file that somebody wrote → its text, and what is wrong with it in plain words.

use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use encoding_rs::GB18030;

use crate::text::Fault;

/// Larger than any file that a person writes.
const LARGEST: u64 = 16 << 20;

/// The text of a file: in UTF-8, as TOML is, or in GBK, in which many editors save Chinese.
///
/// # Errors
/// When it cannot be read, is larger than 16 MB, or is in neither encoding.
pub fn read_toml(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    let refused = |why: &str| Err(io::Error::new(ErrorKind::InvalidData, why));
    if bytes.len() as u64 > LARGEST {
        return refused("it is larger than 16 MB");
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(other) => {
            match GB18030.decode_without_bom_handling_and_without_replacement(other.as_bytes()) {
                Some(text) => text.into_owned(),
                None => {
                    return refused(
                        "it is neither in UTF-8, as TOML is, nor in GBK; save it again in UTF-8",
                    );
                }
            }
        }
    };
    match text.strip_prefix('\u{feff}') {
        Some(text) => Ok(text.to_owned()),
        None => Ok(text),
    }
}

/// What the TOML reader found wrong, with line and caret, and what to write instead where that is a path of
/// Windows, or a key in Chinese without quotes.
pub fn toml_fault(why: &toml::de::Error, text: &str) -> String {
    let Some(at) = why.span() else {
        return why.message().to_owned();
    };
    let line = text[..at.start.min(text.len())]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let line = text[line..].lines().next().unwrap_or_default();
    let shown = Fault::new(at, why.message()).shown_in(text);
    let is_path = why.message().contains("escape") && line.contains('\\');
    let bare = line.split('=').next().unwrap_or_default().trim();
    let is_bare = !bare.is_ascii() && !bare.contains(['"', '\'', '#', '[']);
    if is_bare && line.contains('=') {
        format!(
            "{shown}\na key in Chinese stands in quotes: {}",
            line.replacen(bare, &format!("\"{bare}\""), 1).trim()
        )
    } else if is_path {
        format!(
            "{shown}\na path with \\ stands in single quotes: {}",
            line.replace('"', "'")
        )
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_gbk_reads_like_one_in_utf_8_and_other_bytes_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("city.toml");
        let text = "parcels = \"宗地.shp\"\n";
        let (gbk, ..) = GB18030.encode(text);
        for bytes in [
            text.as_bytes(),
            &gbk,
            &["\u{feff}".as_bytes(), text.as_bytes()].concat(),
        ] {
            std::fs::write(&file, bytes).unwrap();
            assert_eq!(read_toml(&file).unwrap(), text);
        }
        std::fs::write(&file, b"parcels = \"\xff\xff\"").unwrap();
        assert!(
            read_toml(&file)
                .unwrap_err()
                .to_string()
                .contains("save it again in UTF-8")
        );
    }

    #[test]
    fn a_path_of_windows_is_told_its_quotes() {
        let text = "x = 1\nparcels = \"C:\\data\\zd.shp\"\n";
        let why = toml::from_str::<toml::Table>(text).unwrap_err();
        let shown = toml_fault(&why, text);
        assert!(shown.starts_with("line 2"), "{shown}");
        assert!(shown.ends_with(r"parcels = 'C:\data\zd.shp'"), "{shown}");
        let text = "[map.parcels]\n编号 = \"地块\"\n";
        let why = toml::from_str::<toml::Table>(text).unwrap_err();
        let shown = toml_fault(&why, text);
        assert!(
            shown.ends_with("stands in quotes: \"编号\" = \"地块\""),
            "{shown}"
        );
        let other = toml::from_str::<toml::Table>("x = ").unwrap_err();
        assert!(!toml_fault(&other, "x = ").contains("quotes"));
    }
}
