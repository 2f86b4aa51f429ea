//! A dBASE file and the `.cpg` beside it → what they declare of their text, and a sample of it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::encoding::{Declared, Texts, by_label, by_language, decide};

/// The sample is spread over the file in this many places.
const PLACES: u64 = 64;
/// At each place this many bytes are looked at, at most.
const LOOK: u64 = 1 << 16;

/// The dBASE file of a Shapefile, or of the layer named in a folder of them (the first one where none is named).
pub fn dbf_of(path: &Path, layer: Option<&str>) -> Option<PathBuf> {
    if !path.is_dir() {
        let stem =
            |extension: &str| Some(path.with_extension(extension)).filter(|dbf| dbf.exists());
        return stem("dbf").or_else(|| stem("DBF")).or_else(|| stem("Dbf"));
    }
    let mut tables: Vec<PathBuf> = std::fs::read_dir(path)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension.eq_ignore_ascii_case("dbf"))
        })
        .filter(|file| layer.is_none_or(|layer| file.file_stem().is_some_and(|stem| stem == layer)))
        .collect();
    tables.sort();
    tables.into_iter().next()
}

/// How the text of this dBASE file is to be read, with a note where that is worth knowing.
pub fn texts(dbf: &Path) -> (Texts, Option<String>) {
    let (language, sample) = sample(dbf).unwrap_or_default();
    let cpg = ["cpg", "CPG", "Cpg"]
        .iter()
        .find_map(|extension| fs::read(dbf.with_extension(extension)).ok())
        .map(|bytes| {
            String::from_utf8_lossy(&bytes)
                .trim()
                .chars()
                .take(40)
                .collect::<String>()
        });
    let unknown = cpg
        .as_deref()
        .filter(|label| by_label(label).is_none())
        .map(str::to_owned);
    let declared = cpg
        .and_then(|label| {
            Some(Declared {
                encoding: by_label(&label)?,
                says: format!("the `.cpg` says `{label}`"),
            })
        })
        .or_else(|| {
            Some(Declared {
                encoding: by_language(language)?,
                says: format!("the `.dbf` declares language {language:#04x}"),
            })
        });
    let (texts, note) = decide(declared.as_ref(), &sample);
    let note = match unknown {
        Some(label) => Some(format!(
            "the `.cpg` names no known encoding (`{label}`){}",
            note.map_or(String::new(), |note| format!("; {note}"))
        )),
        None => note,
    };
    (texts, note)
}

/// The language byte, and the names and text values of records all over the file, without their padding.
fn sample(dbf: &Path) -> io::Result<(u8, Vec<Vec<u8>>)> {
    let mut file = File::open(dbf)?;
    let length = file.metadata()?.len();
    let mut head = [0; 32];
    file.read_exact(&mut head)?;
    let rows_at = u64::from(u16::from_le_bytes([head[8], head[9]]));
    let width = u64::from(u16::from_le_bytes([head[10], head[11]]));
    let mut descriptors = vec![0; usize::try_from(rows_at.saturating_sub(32)).unwrap_or(0)];
    file.read_exact(&mut descriptors)?;
    let mut values = Vec::new();
    let mut spans = Vec::new();
    let mut at = 1;
    for field in descriptors
        .chunks_exact(32)
        .take_while(|field| field[0] != 0x0d)
    {
        let name = field[..11]
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or_default();
        values.push(name.to_vec());
        let (kind, mut size) = (field[11], usize::from(field[16]));
        if kind == b'C' {
            size += usize::from(field[17]) << 8;
            spans.push(at..at + size);
        }
        at += size;
    }
    let rows = length
        .saturating_sub(rows_at)
        .checked_div(width)
        .unwrap_or(0);
    let each = LOOK.checked_div(width).unwrap_or(0).max(1);
    let step = (rows / PLACES).max(each);
    let mut block = Vec::new();
    for first in (0..rows).step_by(usize::try_from(step).unwrap_or(usize::MAX).max(1)) {
        file.seek(SeekFrom::Start(rows_at + first * width))?;
        block.clear();
        file.by_ref()
            .take(each.min(rows - first) * width)
            .read_to_end(&mut block)?;
        for row in block.chunks_exact(usize::try_from(width).unwrap_or(1).max(1)) {
            for value in spans.iter().filter_map(|span| row.get(span.clone())) {
                if !value.is_ascii() {
                    values.push(
                        value
                            .trim_ascii()
                            .split(|&b| b == 0)
                            .next()
                            .unwrap_or_default()
                            .to_vec(),
                    );
                }
            }
        }
    }
    Ok((head[29], values))
}
