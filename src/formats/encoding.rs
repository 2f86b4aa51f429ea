//! What a file declares and some of its bytes → the encoding of its text, and why.

use std::borrow::Cow;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// How the text of a layer is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// In this encoding throughout.
    In(&'static Encoding),
    /// Each value as UTF-8 where it is that, else as GB 18030: rows are of both, or nothing was declared and nothing could be
    /// sampled.
    Either,
}

impl Texts {
    /// The encoding of this name, or [`Self::Either`] by its own.
    pub fn by_name(label: &str) -> Option<Self> {
        if label.trim().eq_ignore_ascii_case(EITHER) {
            return Some(Self::Either);
        }
        by_label(label).map(Self::In)
    }

    /// Its name, by which it is found again.
    pub fn name(self) -> &'static str {
        match self {
            Self::In(encoding) => encoding.name(),
            Self::Either => EITHER,
        }
    }

    /// Whether a name fills the ten bytes that a dBASE table has for it, so that another character of its kind would have
    /// found no room.
    pub fn fill_a_name(self, name: &[u8]) -> bool {
        let next = match self {
            _ if name.is_ascii() => 1,
            Self::In(encoding) if encoding.is_single_byte() => 1,
            Self::In(encoding) if encoding != UTF_8 => 2,
            Self::In(_) | Self::Either => 3,
        };
        name.len() + next > 10
    }

    /// The encoding of one value: a row may be in another than most.
    fn of(self, bytes: &[u8]) -> &'static Encoding {
        match self {
            Self::In(encoding) if encoding == UTF_8 => {
                if !fits(UTF_8, bytes) && fits(GB18030, bytes) {
                    GB18030
                } else {
                    UTF_8
                }
            }
            Self::In(encoding) if encoding == GB18030 => {
                if is_chinese_utf8(bytes) {
                    UTF_8
                } else {
                    GB18030
                }
            }
            Self::In(encoding) => encoding,
            Self::Either if fits(UTF_8, bytes) => UTF_8,
            Self::Either => GB18030,
        }
    }

    /// The text of some bytes. A character that was cut off at the end is left out; other bad bytes are replaced.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        if bytes.is_ascii() {
            return String::from_utf8_lossy(bytes);
        }
        let encoding = self.of(bytes);
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text),
            Cow::Owned(mut text) => {
                let whole = text.trim_end_matches(char::REPLACEMENT_CHARACTER).len();
                text.truncate(whole);
                Cow::Owned(text)
            }
        }
    }
}

/// The name of [`Texts::Either`].
const EITHER: &str = "mixed";

/// Whether these bytes are UTF-8 to the end and make Chinese of it, which those of GBK do once in many thousand texts.
fn is_chinese_utf8(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut foreign = text.chars().filter(|c| !c.is_ascii());
    let is_common = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    foreign.all(is_common) && !bytes.is_ascii()
}

/// What a file says about its own text.
pub struct Declared {
    /// Where and how it says so, for the note: `.cpg` `GBK`.
    pub says: String,
    /// The encoding it names.
    pub encoding: &'static Encoding,
}

/// Decides by the sample, in favour of what is declared while the sample allows it.
pub fn decide(declared: Option<&Declared>, sample: &[Vec<u8>]) -> (Texts, Option<String>) {
    let foreign: Vec<&[u8]> = sample
        .iter()
        .map(Vec::as_slice)
        .filter(|bytes| !bytes.is_ascii())
        .collect();
    if foreign.is_empty() {
        return (
            declared.map_or(Texts::Either, |said| Texts::In(said.encoding)),
            None,
        );
    }
    let all = |encoding| foreign.iter().all(|bytes| fits(encoding, bytes));
    let utf8 = foreign
        .iter()
        .filter(|bytes| is_chinese_utf8(bytes))
        .count();
    let gbk = |bytes: &&&[u8]| !fits(UTF_8, bytes) && fits(GB18030, bytes);
    let gbk = foreign.iter().filter(gbk).count();
    let of_both = declared.is_none_or(|said| [UTF_8, GB18030].contains(&said.encoding));
    if of_both && utf8 > 0 && gbk > 0 && (utf8 + gbk) * 10 > foreign.len() * 9 {
        let note = format!(
            "of {} texts looked at {utf8} are UTF-8 and {gbk} GB 18030: each is read by itself",
            foreign.len()
        );
        return (Texts::Either, Some(note));
    }
    let (found, why) = if all(UTF_8) && (declared.is_none() || many_han(&foreign)) {
        (UTF_8, "its bytes are UTF-8 and nothing else")
    } else if let Some(said) = declared
        && (multibyte(said.encoding) && all(said.encoding))
    {
        (said.encoding, "its bytes agree")
    } else {
        guess(&foreign, declared)
    };
    let note = match declared {
        Some(said) if said.encoding == found && found == UTF_8 => None,
        Some(said) => Some(format!(
            "text read as {}: {}, {why}",
            found.name(),
            said.says
        )),
        None => Some(format!("text read as {}: {why}", found.name())),
    };
    (Texts::In(found), note)
}

fn guess(foreign: &[&[u8]], declared: Option<&Declared>) -> (&'static Encoding, &'static str) {
    let mostly = |encoding| {
        foreign.iter().filter(|bytes| fits(encoding, bytes)).count() * 10 > foreign.len() * 9
    };
    if let Some(said) = declared
        && multibyte(said.encoding)
        && mostly(said.encoding)
    {
        return (said.encoding, "nearly all its bytes agree");
    }
    if in_pairs(foreign) && mostly(GB18030) {
        return (GB18030, "its bytes look like Chinese in GB 18030");
    }
    if let Some(said) = declared
        && !multibyte(said.encoding)
    {
        return (said.encoding, "its bytes do not contradict");
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    for bytes in foreign {
        detector.feed(bytes, false);
        detector.feed(b"\n", false);
    }
    match detector.guess(None, chardetng::Utf8Detection::Deny) {
        likely if likely == encoding_rs::GBK => (GB18030, "its bytes look like it"),
        likely => (likely, "its bytes look like it"),
    }
}

/// Whether bytes above ASCII come in pairs, as they do in Chinese; in French or Spanish they stand alone among letters.
fn in_pairs(foreign: &[&[u8]]) -> bool {
    let (mut paired, mut alone) = (0, 0);
    for run in foreign.iter().flat_map(|bytes| bytes.split(u8::is_ascii)) {
        match run.len() {
            0 => {}
            1 => alone += 1,
            more => paired += more,
        }
    }
    paired > 2 * alone
}

/// Whether these bytes are text in this encoding, but for a last character that may be cut off.
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).map_or_else(|bad| bad.error_len().is_none(), |_| true);
    }
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    !bad || text
        .trim_end_matches(char::REPLACEMENT_CHARACTER)
        .chars()
        .all(|c| c != char::REPLACEMENT_CHARACTER)
}

/// Bytes of GBK hardly ever make Chinese characters when they are read as UTF-8; two of them are enough to tell.
fn many_han(foreign: &[&[u8]]) -> bool {
    let text = foreign
        .iter()
        .flat_map(|bytes| String::from_utf8_lossy(bytes).chars().collect::<Vec<_>>());
    let (mut han, mut other) = (0, 0);
    for c in text.filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER) {
        match c {
            '\u{2e80}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'.. => han += 1,
            _ => other += 1,
        }
    }
    han >= 2 && han >= other || other >= 8
}

/// Single-byte encodings accept any bytes, so that agreeing with one proves nothing.
fn multibyte(encoding: &'static Encoding) -> bool {
    !encoding.is_single_byte()
}

/// The name of a file in an archive: UTF-8 where it is that, else GB 18030, as Windows in China writes it.
pub fn decode_name(bytes: &[u8]) -> String {
    Texts::Either.decode(bytes).into_owned()
}

/// The encoding that a label names, as users, `.cpg` files and drawings write it.
pub fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label
        .trim()
        .trim_start_matches('\u{feff}')
        .to_ascii_uppercase();
    let plain = label
        .trim_start_matches("OEM")
        .trim_start_matches("ANSI")
        .trim_start_matches("CP")
        .trim_start_matches("WINDOWS")
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | ':'));
    Some(match plain {
        "936" | "54936" | "20936" | "GBK" | "GB2312" | "GB18030" | "EUC-CN" | "EUCCN"
        | "GB_2312-80" => GB18030,
        "65001" | "UTF8" | "UTF-8" => UTF_8,
        "950" | "BIG5" => BIG5,
        "932" | "SJIS" => SHIFT_JIS,
        "949" => EUC_KR,
        "1252" | "88591" | "8859-1" => WINDOWS_1252,
        "1250" => encoding_rs::WINDOWS_1250,
        "1251" => encoding_rs::WINDOWS_1251,
        _ => Encoding::for_label(label.as_bytes())
            .or_else(|| Encoding::for_label(plain.as_bytes()))?,
    })
}

/// The encoding that the language byte of a dBASE header names; 0 names none.
pub fn by_language(byte: u8) -> Option<&'static Encoding> {
    Some(match byte {
        0x4d | 0x7a => GB18030,
        0x4f | 0x78 => BIG5,
        0x13 | 0x7b => SHIFT_JIS,
        0x4e | 0x79 => EUC_KR,
        0x03 | 0x57..=0x59 => WINDOWS_1252,
        0xc8 => encoding_rs::WINDOWS_1250,
        0xc9 => encoding_rs::WINDOWS_1251,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbk(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn said(label: &str) -> Declared {
        Declared {
            says: format!("`.cpg` says {label}"),
            encoding: by_label(label).unwrap(),
        }
    }

    #[test]
    fn bytes_that_contradict_what_is_declared_win() {
        let (utf8, gb) = (b"\xe5\xae\x97\xe5\x9c\xb0".to_vec(), gbk("宗地"));
        let found = |declared: Option<&str>, bytes: &Vec<u8>| {
            decide(declared.map(said).as_ref(), std::slice::from_ref(bytes)).0
        };
        assert_eq!(found(None, &utf8), Texts::In(UTF_8));
        assert_eq!(found(Some("GBK"), &utf8), Texts::In(UTF_8));
        assert_eq!(found(Some("UTF-8"), &gb), Texts::In(GB18030));
        assert_eq!(found(Some("OEM 936"), &gb), Texts::In(GB18030));
        assert_eq!(found(None, &gbk("温岭市工业用地")), Texts::In(GB18030));
        assert_eq!(
            found(Some("ANSI 1252"), &gbk("温岭市泵业有限公司")),
            Texts::In(GB18030)
        );
        assert_eq!(
            found(
                Some("1252"),
                &b"Pe\xf1a y Ca\xf1ada de la Raz\xf3n".to_vec()
            ),
            Texts::In(WINDOWS_1252)
        );
    }

    #[test]
    fn rows_of_two_encodings_are_read_one_by_one() {
        let (utf8, gb) = ("甲泵业有限公司".as_bytes().to_vec(), gbk("乙阀门有限公司"));
        let (found, note) = decide(None, &[utf8.clone(), gb.clone()]);
        assert_eq!(found, Texts::Either);
        assert!(note.unwrap().contains("each is read by itself"));
        for texts in [Texts::Either, Texts::In(UTF_8), Texts::In(GB18030)] {
            assert_eq!(texts.decode(&utf8), "甲泵业有限公司");
            assert_eq!(texts.decode(&gb), "乙阀门有限公司");
        }
    }

    #[test]
    fn a_character_cut_in_half_is_left_out_and_the_rest_stays() {
        let mut cut = gbk("工业用地");
        cut.pop();
        assert_eq!(Texts::In(GB18030).decode(&cut), "工业用");
        assert_eq!(
            Texts::Either.decode("工业用地".as_bytes().split_last().unwrap().1),
            "工业用"
        );
        assert_eq!(decide(Some(&said("GBK")), &[cut]).0, Texts::In(GB18030));
    }

    #[test]
    fn an_unknown_label_names_no_encoding() {
        assert_eq!(by_label("klingon"), None);
        assert_eq!(by_label(" utf8\n"), Some(UTF_8));
        assert_eq!((by_language(0), by_language(0x4d)), (None, Some(GB18030)));
    }
}
