//! A dBASE file whose columns of days hold something else → which rows, and what they say: GDAL would give a day of zeros.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use gdal_sys::OGRFieldType;
use rustc_hash::FxHashMap;

use super::loose_types::{Strayed, Strays};
use super::raw::RawField;
use crate::formats::Source;
use crate::formats::dbf::dbf_of;

/// The columns of days of a layer that hold something else, where it is kept in a dBASE file.
///
/// # Errors
/// When the file cannot be read.
pub fn find(
    source: &Source,
    layer: &str,
    columns: &[usize],
    stored: &[(usize, RawField)],
) -> Result<Strayed, String> {
    let is_day = |column: &&usize| stored[**column].1.kind == OGRFieldType::OFTDate;
    let days: Vec<usize> = columns.iter().filter(is_day).copied().collect();
    let file = match source {
        Source::File { path, .. } if !days.is_empty() => dbf_of(path, Some(layer)),
        _ => None,
    };
    let Some(dbf) = file.filter(|_| matches!(source.extension().as_str(), "shp" | "dbf" | ""))
    else {
        return Ok(Strayed::new());
    };
    let names: Vec<&[u8]> = days
        .iter()
        .map(|column| stored[*column].1.name.to_bytes())
        .collect();
    let strays = stray_days(&dbf, &names).map_err(|why| why.to_string())?;
    let by_column = strays
        .into_iter()
        .map(|(place, strays)| (days[place], strays));
    Ok(by_column.collect())
}

/// The fields of days among those of these names, by their place in `names`, each with the rows that say no day of any
/// calendar. Blanks and zeros say that there is none, and are none of them.
///
/// # Errors
/// When the file cannot be read.
fn stray_days(dbf: &Path, names: &[&[u8]]) -> io::Result<Vec<(usize, Strays)>> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(dbf)?);
    let mut head = [0; 32];
    file.read_exact(&mut head)?;
    let rows_at = u64::from(u16::from_le_bytes([head[8], head[9]]));
    let width = usize::from(u16::from_le_bytes([head[10], head[11]]));
    let mut descriptors = vec![0; usize::try_from(rows_at.saturating_sub(32)).unwrap_or(0)];
    file.read_exact(&mut descriptors)?;
    let mut spans = Vec::new();
    let mut at = 1;
    let fields = descriptors.chunks_exact(32);
    for field in fields.take_while(|field| field[0] != 0x0d) {
        let name = field[..11].split(|&byte| byte == 0).next();
        let mut size = usize::from(field[16]);
        if field[11] == b'C' {
            size += usize::from(field[17]) << 8;
        }
        let place = names.iter().position(|wanted| Some(*wanted) == name);
        if let Some(place) = place.filter(|_| field[11] == b'D') {
            spans.push((place, at..at + size));
        }
        at += size;
    }
    let mut found: Vec<FxHashMap<i64, String>> = vec![FxHashMap::default(); names.len()];
    let (mut row, mut number) = (vec![0; width.max(1)], 0_i64);
    while !spans.is_empty() && file.read_exact(&mut row).is_ok() {
        for (place, span) in &spans {
            let said = row.get(span.clone()).unwrap_or_default().trim_ascii();
            if is_stray(said) {
                let text = String::from_utf8_lossy(said).into_owned();
                found[*place].insert(number, text);
            }
        }
        number += 1;
    }
    let numbered = found.into_iter().enumerate();
    let strayed = numbered.filter(|(_, strays)| !strays.is_empty());
    Ok(strayed
        .map(|(place, strays)| (place, Arc::new(strays)))
        .collect())
}

/// Whether what stands for a day is neither one nor nothing.
fn is_stray(said: &[u8]) -> bool {
    if said.iter().all(|byte| matches!(byte, b'0' | b' ' | 0)) {
        return false;
    }
    let number = |part: &[u8]| std::str::from_utf8(part).ok()?.parse::<i16>().ok();
    let day = || {
        let [year, month, day] = [said.get(..4)?, said.get(4..6)?, said.get(6..)?].map(number);
        let (month, day) = (i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
        jiff::civil::Date::new(year?, month, day).ok()
    };
    !(said.len() == 8 && said.iter().all(u8::is_ascii_digit) && day().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_from_nothing_and_from_what_is_no_day() {
        for said in [&b"20220601"[..], b"", b"00000000", b"0"] {
            assert!(!is_stray(said), "{said:?}");
        }
        for said in [&b"20221301"[..], b"20220230", b"2022-6-1", b"soon", b"2022"] {
            assert!(is_stray(said), "{said:?}");
        }
    }
}
