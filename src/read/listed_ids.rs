//! A cell that names several parcels → the number of each.

use compact_str::CompactString;

/// The ids of a list, however they are separated. Blanks, strokes and words for `and` separate numbers of parcels only: a
/// name may hold them.
pub(super) fn separate(text: &str) -> Vec<CompactString> {
    let between = |c: char| matches!(c, ';' | ',' | '、' | '|' | '；' | '，' | '｜' | '\n' | '\r');
    let items = text.split(between).map(str::trim);
    let mut ids = Vec::new();
    for item in items.filter(|item| is_id(item)) {
        let loosely =
            |c: char| c.is_whitespace() || matches!(c, '/' | '+' | '&' | '和' | '与' | '及');
        let pieces: Vec<&str> = item.split(loosely).filter(|one| !one.is_empty()).collect();
        if pieces.len() > 1 && pieces.iter().all(|one| is_number_of_parcel(one)) {
            ids.extend(pieces.into_iter().map(CompactString::from));
        } else {
            ids.push(item.into());
        }
    }
    ids
}

/// Whether a text is a number such as `331002000003GB00001` or `40146A00205049`.
fn is_number_of_parcel(text: &str) -> bool {
    text.len() >= 6
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text is an id at all: offices write `/`, `无` or `0` where there is none.
pub(super) fn is_id(text: &str) -> bool {
    let sign = |c: char| !c.is_alphanumeric() || c == '0';
    let nothing = ["无", "空", "none", "null", "nil", "n/a", "na", "nan"];
    !text.chars().all(sign) && !nothing.contains(&&*text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_are_listed_as_people_list_them() {
        for text in ["A;B", "A,B", "A、B", "A|B", "A；B；", " A ， B", "A\nB"] {
            assert_eq!(separate(text), ["A", "B"], "{text}");
        }
        assert_eq!(separate("330100GB00001"), ["330100GB00001"]);
        let numbers = ["331002000003GB00001", "331002000003GB00002"];
        for between in [" ", " / ", "和", "+", "\n"] {
            assert_eq!(separate(&numbers.join(between)), numbers);
        }
        assert_eq!(separate("地块 1；7/8 号"), ["地块 1", "7/8 号"]);
    }

    #[test]
    fn a_stroke_is_nobody() {
        for text in [" ; ", "/", "无", "——", "0", "N/A", "null;", "\\"] {
            assert!(separate(text).is_empty(), "{text}");
        }
    }
}
