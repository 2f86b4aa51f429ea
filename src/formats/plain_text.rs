//! Bytes of plain text → the same in UTF-8, where it is in anything else.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::encoding::{Texts, decide};

/// The text of some bytes in UTF-8, and how it was read; no text where they are UTF-8 already. `asked` overrides what is
/// found.
pub fn decode(bytes: &[u8], asked: Option<&'static Encoding>) -> (Option<String>, Option<String>) {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let (encoding, note) = match (asked, marked) {
        (Some(asked), _) => (asked, None),
        (None, Some(marked)) if marked != UTF_8 => (
            marked,
            Some(format!(
                "text read as {}: it has that byte order mark",
                marked.name()
            )),
        ),
        _ if is_utf8 => (UTF_8, None),
        _ => {
            let lines: Vec<Vec<u8>> = bytes
                .split(|&byte| byte == b'\n')
                .filter(|line| !line.is_ascii())
                .take(20_000)
                .map(<[u8]>::to_vec)
                .collect();
            match decide(None, &lines) {
                (Texts::In(encoding), note) => (encoding, note),
                (Texts::Either, note) => return (Some(line_by_line(bytes)), note),
            }
        }
    };
    if encoding == UTF_8 && is_utf8 {
        return (None, note);
    }
    // UTF-16 needs its own decoder to see the mark; for the others a mark is no character either.
    let (text, _, _) = match encoding {
        e if e == UTF_16LE || e == UTF_16BE => e.decode(bytes),
        e => e.decode(bytes),
    };
    (Some(text.into_owned()), note)
}

/// Lines of two encodings.
fn line_by_line(bytes: &[u8]) -> String {
    let lines = bytes.split_inclusive(|&byte| byte == b'\n');
    lines.map(|line| Texts::Either.decode(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Option<String> {
        decode(bytes, None).0
    }

    #[test]
    fn what_excel_writes_is_read_whatever_it_is_in() {
        let table = "编号,用途\n1,工业用地\n2,仓储用地\n";
        let gbk = encoding_rs::GBK.encode(table).0;
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(table.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&gbk).as_deref(), Some(table));
        assert_eq!(read(&utf16).as_deref(), Some(table));
        assert_eq!(read(table.as_bytes()), None);
        let (first, second) = ("编号,用途\n1,工业用地\n", "2,仓储用地\n3,工业用地\n");
        let mixed = [first.as_bytes(), &encoding_rs::GBK.encode(second).0].concat();
        assert_eq!(read(&mixed), Some(format!("{first}{second}")));
    }
}
