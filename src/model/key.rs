//! Identifiers as people and programs write them → the keys by which layers and tables are joined.

use compact_str::CompactString;

/// How long 宗地代码, 自然幢号 and 不动产单元号 are (TD/T 1066-2021 不动产登记数据库标准).
const PARCEL: usize = 19;
const BUILDING: usize = 24;
const UNIT: usize = 28;

/// One form for all ways to write an identifier: half-width capitals without blanks around them, without the tail that a
/// column of numbers leaves (`1001.0`) and without the mark that makes a spreadsheet take it for text (`'1001`). Blanks
/// inside are left out of the numbers of the cadastre only: a name may hold them.
pub fn key(id: &str) -> CompactString {
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    if id.bytes().all(plain) {
        return id.into();
    }
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let is_shown = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}');
    let written: CompactString = id
        .chars()
        .filter(is_shown)
        .map(|c| half(c).to_ascii_uppercase())
        .collect();
    let text = written.trim().trim_start_matches('\'').trim_start();
    let text = without_tail(text);
    if text.contains([' ', '-']) {
        let joined: CompactString = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if is_of_cadastre(&joined) {
            return joined;
        }
    }
    text.into()
}

/// The key of a parcel: of a 28-character 不动产单元号 or a 24-character 自然幢号 the 19 characters of its 宗地代码.
pub fn parcel_key(id: &str) -> CompactString {
    let key = key(id);
    if key.len() > PARCEL && is_of_cadastre(&key) {
        key[..PARCEL].into()
    } else {
        key
    }
}

/// The key of the building that a unit in it belongs to: the 24 characters of its 自然幢号; `None` for what is no unit of a
/// building.
pub fn building_of_unit(key: &str) -> Option<&str> {
    let is_unit = key.len() == UNIT && is_of_cadastre(key) && key.as_bytes()[PARCEL] == b'F';
    is_unit.then(|| &key[..BUILDING])
}

/// Whether a key is the number of a parcel below ground (宗地特征码 X 地下).
pub fn is_below_ground(key: &str) -> bool {
    is_of_cadastre(key) && key.as_bytes()[13] == b'X'
}

/// `1001.0` is 1001, as a column of numbers writes it.
fn without_tail(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, tail))
            if !whole.is_empty()
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && tail.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// Whether a text is a number of the cadastre: six digits of the county, three and three of the district, two letters of
/// the kind, five digits; behind them what stands on the land and its number.
fn is_of_cadastre(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| bytes[from..to].iter().all(u8::is_ascii_digit);
    matches!(bytes.len(), PARCEL | BUILDING | UNIT)
        && digits(0, 12)
        && bytes[12..14].iter().all(u8::is_ascii_uppercase)
        && digits(14, PARCEL)
        && (bytes.len() == PARCEL
            || bytes[PARCEL].is_ascii_uppercase() && digits(PARCEL + 1, bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_key_however_it_is_written() {
        for id in [
            "1001",
            "1001.0",
            " 1001 ",
            "１００１",
            "'1001",
            "1001.00",
            "\u{feff}1001",
            "1001.",
        ] {
            assert_eq!(key(id), "1001", "{id}");
        }
        assert_eq!(key("331002001001gb00001f0001"), "331002001001GB00001F0001");
        assert_eq!(key("331002 001001 GB00001"), "331002001001GB00001");
        assert_eq!(key("331002001001-GB00001"), "331002001001GB00001");
        assert_eq!(key("地块 1"), "地块 1");
        assert_eq!(key("A-1"), "A-1");
        assert_eq!(key("10.5"), "10.5");
        assert_eq!(key("1.0.0"), "1.0.0");
    }

    #[test]
    fn a_unit_number_leads_to_its_parcel_and_to_its_building() {
        for id in [
            "331081107218GB01022W00000000",
            "331081107218GB01022F0001",
            "331081107218gb01022",
        ] {
            assert_eq!(parcel_key(id), "331081107218GB01022");
        }
        assert_eq!(parcel_key("40146A00205049"), "40146A00205049");
        assert_eq!(parcel_key("507f1f77bcf86cd799439011").len(), 24);
        assert_eq!(
            building_of_unit("331081107218GB01022F00010003"),
            Some("331081107218GB01022F0001")
        );
        assert_eq!(building_of_unit("331081107218GB01022W00000000"), None);
        assert!(is_below_ground("331081107218GX01022"));
        assert!(!is_below_ground("331081107218GB01022"));
    }
}
