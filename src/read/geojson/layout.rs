//! A GeoJSON file → where its features are, and what is written around them.

use std::ops::Range;

use serde_json::Value;

use super::cursor::{Cursor, Fault};
use super::features::RECORD;

/// Where the features of a file are.
pub(super) struct Layout {
    /// Where the first feature may begin.
    pub(super) start: usize,
    /// Whether they are items of the array of a FeatureCollection, else they stand one behind the other.
    pub(super) items: bool,
    /// The `crs` member of GeoJSON 2008 (RFC 7946 has none).
    pub(super) crs: Option<Value>,
    /// The name that ogr2ogr gives a collection.
    pub(super) name: Option<String>,
}

/// A task is about this many bytes.
const CHUNK: usize = 8 << 20;
/// So far around a line break is looked for the end and the beginning of a feature.
const NEAR: usize = 256;

impl Layout {
    /// Looks at what is written before the first feature.
    ///
    /// # Errors
    /// Where it is no JSON object.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Fault> {
        let start = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let mut cursor = Cursor::new(bytes, start);
        while cursor.take(RECORD) {}
        let mut layout = Self {
            start,
            items: false,
            crs: None,
            name: None,
        };
        if cursor.at_end() {
            return cursor
                .fault("there is nothing in it; expected a FeatureCollection or features");
        }
        cursor.expect(b'{', "`{`: a FeatureCollection, a feature or a geometry")?;
        while cursor.peek() != b'}' {
            let key = cursor.string()?;
            cursor.expect(b':', "`:`")?;
            if key == "features" {
                cursor.expect(b'[', "`[`, the array of features")?;
                layout.start = cursor.at;
                layout.items = true;
                return Ok(layout);
            }
            layout.member(&mut cursor, &key)?;
            if !cursor.take(b',') {
                break;
            }
        }
        // No collection, so what was seen belongs to the first feature.
        Ok(Self {
            crs: None,
            name: None,
            ..layout
        })
    }

    /// Reads what is written behind the features.
    ///
    /// # Errors
    /// Where it is no JSON.
    pub(super) fn tail(&mut self, bytes: &[u8], end: usize) -> Result<(), Fault> {
        let mut cursor = Cursor::new(bytes, end);
        cursor.expect(b']', "`]`, the end of the array of features")?;
        while cursor.take(b',') {
            let key = cursor.string()?;
            cursor.expect(b':', "`:`")?;
            if key == "features" {
                return cursor.fault("a second array of features");
            }
            self.member(&mut cursor, &key)?;
        }
        cursor.expect(b'}', "`,` or `}`")?;
        if cursor.at_end() {
            return Ok(());
        }
        cursor.fault("something stands behind the FeatureCollection")
    }

    fn member(&mut self, cursor: &mut Cursor, key: &str) -> Result<(), Fault> {
        cursor.peek();
        let text = cursor.skip()?;
        match key {
            "crs" => match serde_json::from_str(text) {
                Ok(crs) => self.crs = Some(crs),
                Err(_) => return cursor.fault("expected a CRS object before this"),
            },
            "name" => self.name = serde_json::from_str(text).ok(),
            _ => {}
        }
        Ok(())
    }

    /// Guesses stretches of whole features by their line breaks. They are right if each can be parsed.
    /// `None` where nothing can be guessed.
    pub(super) fn guess(&self, bytes: &[u8]) -> Option<Vec<Range<usize>>> {
        let end = if self.items {
            let rest = bytes.trim_ascii_end().strip_suffix(b"}")?;
            rest.trim_ascii_end().strip_suffix(b"]")?.len()
        } else {
            bytes.len()
        };
        let mark = if self.items { b',' } else { b'}' };
        let mut cuts = vec![self.start];
        let mut at = self.start.saturating_add(CHUNK);
        while at < end {
            let line = at + bytes[at..end].iter().position(|&byte| byte == b'\n')?;
            let begins = bytes[line..end.min(line + NEAR)].trim_ascii_start();
            at = line + 1;
            if bytes[line.saturating_sub(NEAR)..line]
                .trim_ascii_end()
                .ends_with(&[mark])
                && begins
                    .first()
                    .is_some_and(|&byte| byte == b'{' || byte == RECORD)
            {
                cuts.push(at);
                at = at.saturating_add(CHUNK);
            }
        }
        cuts.push(end.max(self.start));
        Some(ranges(&cuts))
    }

    /// Finds stretches of whole features by following brackets and texts, and the end of the array they are in.
    pub(super) fn follow(&self, bytes: &[u8]) -> (Vec<Range<usize>>, Option<usize>) {
        let (mut depth, mut cuts, mut at) = (0_usize, vec![self.start], self.start);
        let mut last = self.start;
        let mut end = None;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    at += 1;
                    while bytes.get(at).is_some_and(|&byte| byte != b'"') {
                        at += 1 + usize::from(bytes[at] == b'\\');
                    }
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => {
                    end = Some(at);
                    break;
                }
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            at += 1;
            let cut = if self.items { b',' } else { b'}' };
            if depth == 0 && byte == cut && at - last >= CHUNK {
                cuts.push(at);
                last = at;
            }
        }
        let until = if self.items { end } else { None };
        cuts.push(until.unwrap_or(bytes.len()));
        (ranges(&cuts), until)
    }
}

fn ranges(cuts: &[usize]) -> Vec<Range<usize>> {
    cuts.array_windows().map(|&[from, to]| from..to).collect()
}

/// The definition in a `crs` member: `EPSG:4549` for `urn:ogc:def:crs:EPSG::4549`; `None` where it names none.
pub(super) fn definition(crs: &Value) -> Option<String> {
    let about = &crs["properties"];
    if let Some(code) = about["code"].as_u64() {
        return Some(format!("EPSG:{code}"));
    }
    let name = about["name"].as_str()?;
    let parts: Vec<&str> = if let Some(urn) = name.strip_prefix("urn:ogc:def:crs:") {
        urn.split(':').collect()
    } else if let Some((_, path)) = name.split_once("opengis.net/def/crs/") {
        path.split('/').collect()
    } else {
        Vec::new()
    };
    match parts[..] {
        [register, _, code] => Some(format!("{register}:{code}")),
        _ => Some(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_crs_member_is_understood_in_all_its_spellings() {
        for (name, expected) in [
            ("urn:ogc:def:crs:EPSG::4549", "EPSG:4549"),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
            ("http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"),
            ("EPSG:4528", "EPSG:4528"),
        ] {
            let crs = serde_json::json!({"type": "name", "properties": {"name": name}});
            assert_eq!(definition(&crs).as_deref(), Some(expected));
        }
        assert_eq!(definition(&Value::Null), None);
    }

    #[test]
    fn brackets_and_commas_in_texts_are_not_followed() {
        let json = br#"{"features":[{"a":"]},\"["},{}],"x":1}"#;
        let layout = Layout::of(json).unwrap();
        let (spans, end) = layout.follow(json);
        assert_eq!((spans[0].clone(), end), (13..30, Some(30)));
    }
}
