//! The bytes of an `.xlsx` → whether it may be opened at all, and the merged regions of its sheets.

use std::io::{Cursor, Read};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use zip::ZipArchive;

use super::grid::Region;

/// The text of a workbook may be as large as this beside being this many times as large as its file.
const ROOM: (u64, u64) = (64 << 20, 100);

/// The end of a sheet behind its cells, where merged regions are named, is kept up to this size.
const MOST_TAIL: usize = 64 << 20;

/// Which part each sheet is.
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

/// What stands around the cells of a workbook.
#[derive(Default)]
pub(super) struct Package {
    /// `workbook.xml` and its relations.
    workbook: (String, String),
    /// What stands behind the cells of each sheet, by the path of the sheet.
    tails: FxHashMap<String, String>,
}

impl Package {
    /// Unpacks all its texts once and keeps nearly nothing of them: what they say of their own size may not be true.
    ///
    /// # Errors
    /// When it is no workbook, or unpacks to far more than it should.
    pub(super) fn check(bytes: &[u8]) -> Result<Self, String> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| why.to_string())?;
        let room = ROOM.0 + ROOM.1 * bytes.len() as u64;
        let mut parts = Vec::new();
        let mut said = 0_u64;
        for at in 0..archive.len() {
            let file = archive.by_index_raw(at).map_err(|why| why.to_string())?;
            let name = file.name().map_err(|why| why.to_string())?.into_owned();
            if is_text(&name) {
                said = said.saturating_add(file.size());
                parts.push((at, name, file.size()));
            }
        }
        let large = || {
            format!(
                "it unpacks to more than {} MB, far more than a table of its size should; open it and save it anew",
                room >> 20
            )
        };
        if said > room {
            return Err(large());
        }
        let looked_at = parts.into_par_iter().map(|(at, name, size)| {
            let mut archive = archive.clone();
            let file = archive.by_index(at).map_err(|why| why.to_string())?;
            let kept = Keep::of(&name);
            // one byte more than it says it has would be a lie
            let text = kept
                .read(file.take(size + 1), size)
                .map_err(|why| match why {
                    Some(why) => format!("`{name}` in it is broken: {why}"),
                    None => large(),
                })?;
            Ok((name, text))
        });
        let mut package = Self::default();
        for part in looked_at.collect::<Vec<Result<(String, String), String>>>() {
            let (name, text) = part?;
            match Keep::of(&name) {
                Keep::All if name == RELATIONS => package.workbook.1 = text,
                Keep::All => package.workbook.0 = text,
                Keep::Tail => drop(package.tails.insert(name, text)),
                Keep::Nothing => {}
            }
        }
        Ok(package)
    }

    /// The merged regions of the sheet of that name; `None` where it cannot be told which part it is.
    pub(super) fn merged(&self, sheet: &str) -> Option<Vec<Region>> {
        let (workbook, relations) = &self.workbook;
        let mut sheets = tags(workbook, "sheet");
        let id = sheets.find_map(|tag| {
            let name = attribute(tag, "name")?;
            (plain(name) == sheet).then(|| attribute(tag, ":id"))?
        })?;
        let target = tags(relations, "Relationship")
            .find_map(|tag| (attribute(tag, "Id")? == id).then(|| attribute(tag, "Target"))?)?;
        let path = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("xl/{target}"),
        };
        let tail = self.tails.get(&path)?;
        let regions = tags(tail, "mergeCell").filter_map(|tag| region(attribute(tag, "ref")?));
        Some(regions.collect())
    }
}

/// Whether a part is text, by its name.
fn is_text(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    end.eq_ignore_ascii_case("xml") || end.eq_ignore_ascii_case("rels")
}

/// What of a part is kept.
enum Keep {
    All,
    Tail,
    Nothing,
}

impl Keep {
    fn of(name: &str) -> Self {
        match name {
            "xl/workbook.xml" | RELATIONS => Self::All,
            _ if name.starts_with("xl/worksheets/") && is_text(name) => Self::Tail,
            _ => Self::Nothing,
        }
    }

    /// Unpacks a part; `Err(None)` where it is larger than it says.
    fn read(&self, mut part: impl Read, size: u64) -> Result<String, Option<String>> {
        let mut chunk = vec![0; 64 << 10];
        let mut kept = Vec::new();
        let mut all = 0_u64;
        // the last bytes of the chunk before, in case the mark lies across two
        let mut before: Vec<u8> = Vec::new();
        let mut behind = matches!(self, Self::All);
        loop {
            let read = part.read(&mut chunk).map_err(|why| Some(why.to_string()))?;
            let new = chunk.get(..read).unwrap_or_default();
            if new.is_empty() {
                break;
            }
            all += new.len() as u64;
            if all > size {
                return Err(None);
            }
            if matches!(self, Self::Nothing) {
                continue;
            }
            if behind {
                kept.extend_from_slice(new);
            } else {
                before.extend_from_slice(new);
                match end_of_cells(&before) {
                    Some(at) => {
                        behind = true;
                        kept.extend_from_slice(&before[at..]);
                    }
                    None => drop(before.drain(..before.len().saturating_sub(MARK))),
                }
            }
            if kept.len() > MOST_TAIL {
                return Err(None);
            }
        }
        Ok(String::from_utf8_lossy(&kept).into_owned())
    }
}

/// What closes the cells of a sheet, whatever the prefix of its names.
const END: &[u8] = b"sheetData>";

/// How many bytes the closing tag has at most, with its prefix.
const MARK: usize = 64;

fn end_of_cells(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    // the capital letter is rare in a sheet
    while let Some(at) = bytes.get(from..)?.iter().position(|&byte| byte == b'D') {
        let begin = (from + at).checked_sub(5);
        let end = from + at + 5;
        if let Some(begin) = begin
            && bytes.get(begin..end) == Some(END)
            && closes(bytes.get(..begin)?)
        {
            return Some(end);
        }
        from += at + 1;
    }
    None
}

/// Whether bytes end with the beginning of a closing tag, with a prefix or not.
fn closes(bytes: &[u8]) -> bool {
    let tag = bytes.iter().rposition(|&byte| byte == b'<');
    tag.is_some_and(|at| {
        let prefix = &bytes[at + 1..];
        prefix == b"/" || prefix.first() == Some(&b'/') && prefix.last() == Some(&b':')
    })
}

/// The tags of that name without their prefix, each from its name to its end.
fn tags<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.split('<').skip(1).filter_map(move |tag| {
        let tag = tag.split('>').next()?;
        let (found, rest) = tag.split_once(|c: char| c.is_ascii_whitespace())?;
        let bare = found.rsplit(':').next()?;
        (bare == name).then_some(rest)
    })
}

/// The value of the attribute whose name ends so.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (key, behind) = rest.split_once('=')?;
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, more) = behind[1..].split_once(quote)?;
        let key = key.trim();
        if key == name || (name.starts_with(':') && key.ends_with(name)) {
            return Some(value);
        }
        rest = more;
    }
}

/// The text of an attribute.
fn plain(value: &str) -> String {
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// `B3:D4` as a region.
fn region(text: &str) -> Option<Region> {
    let (from, to) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(from)?, place(to)?);
    (top <= bottom && left <= right).then_some(Region {
        top,
        left,
        bottom,
        right,
    })
}

fn place(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, row) = text.split_at(letters);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let place = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.checked_mul(26)?.checked_add(place)
    })?;
    Some((
        row.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_read_as_it_is_written() {
        let expected = Region {
            top: 2,
            left: 1,
            bottom: 3,
            right: 28,
        };
        assert_eq!(region("B3:AC4"), Some(expected));
        assert_eq!(region("$B$3:$AC$4"), Some(expected));
        for text in ["B3", "C4:B3", "B0:C1", "3:4", "", "ZZZZZZZZZ1:B2", "é1:B2"] {
            assert_eq!(region(text), None, "{text}");
        }
    }

    #[test]
    fn the_end_of_the_cells_is_found_whatever_the_prefix() {
        assert_eq!(end_of_cells(b"<c r=\"D4\"/></sheetData><m"), Some(23));
        assert_eq!(end_of_cells(b"</x:sheetData>"), Some(14));
        assert_eq!(end_of_cells(b"<sheetData><x:sheetData>"), None);
        assert_eq!(end_of_cells(b"D"), None);
    }

    #[test]
    fn attributes_are_found_by_their_whole_name() {
        let tag = "name=\"a &amp; b\" sheetId='1' r:id=\"rId3\"/";
        assert_eq!(attribute(tag, "name").map(plain).as_deref(), Some("a & b"));
        assert_eq!(attribute(tag, ":id"), Some("rId3"));
        assert_eq!(attribute(tag, "id"), None);
        assert_eq!(attribute("broken=\"", "broken"), None);
    }
}
