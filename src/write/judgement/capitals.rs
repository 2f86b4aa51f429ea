//! Money → how it is written in words on a Chinese document (人民币大写).

use crate::quantity::Exact;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// 万元 in words, rounded half-up to a 分: 叁佰贰拾万元整. `None` where it is negative or too large to write.
pub(super) fn in_capitals(wan: Exact) -> Option<String> {
    let fen = wan.times(Exact::int(1_000_000))?.round_to(0)?.as_int()?;
    let fen = u64::try_from(fen).ok()?;
    let (yuan, jiao, fen) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    if yuan > 0 || (jiao == 0 && fen == 0) {
        text.push_str(&whole(yuan));
        text.push('元');
    }
    let digit = |digit: u64| DIGITS[usize::try_from(digit).unwrap_or(0)];
    match (jiao, fen) {
        (0, 0) => text.push('整'),
        (0, fen) => {
            if yuan > 0 {
                text.push('零');
            }
            text.extend([digit(fen), '分']);
        }
        (jiao, fen) => {
            text.extend([digit(jiao), '角']);
            if fen == 0 {
                text.push('整');
            } else {
                text.extend([digit(fen), '分']);
            }
        }
    }
    Some(format!("人民币{text}"))
}

/// A whole number, by groups of four digits; one 零 for every run of zeros between digits.
fn whole(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let digits: Vec<usize> = number
        .to_string()
        .bytes()
        .map(|byte| usize::from(byte - b'0'))
        .collect();
    let (mut text, mut zero, mut any) = (String::new(), false, false);
    for (at, digit) in digits.iter().enumerate() {
        let place = digits.len() - 1 - at;
        if *digit == 0 {
            zero = true;
        } else {
            if zero && !text.is_empty() {
                text.push('零');
            }
            text.push(DIGITS[*digit]);
            text.push_str(PLACES[place % 4]);
            (zero, any) = (false, true);
        }
        if place.is_multiple_of(4) {
            if any {
                text.push_str(GROUPS.get(place / 4).copied().unwrap_or(""));
            }
            any = false;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_on_a_cheque() {
        let said = |wan: &str| in_capitals(Exact::parse(wan).unwrap()).unwrap();
        for (wan, words) in [
            ("0", "人民币零元整"),
            ("320", "人民币叁佰贰拾万元整"),
            ("2000", "人民币贰仟万元整"),
            ("1010", "人民币壹仟零壹拾万元整"),
            ("50.001", "人民币伍拾万零壹拾元整"),
            ("49.999968", "人民币肆拾玖万玖仟玖佰玖拾玖元陆角捌分"),
            ("0.00015", "人民币壹元伍角整"),
            ("0.000005", "人民币伍分"),
            ("0.100105", "人民币壹仟零壹元零伍分"),
            ("12345.6", "人民币壹亿贰仟叁佰肆拾伍万陆仟元整"),
            ("100000", "人民币壹拾亿元整"),
            ("10000.0001", "人民币壹亿零壹元整"),
        ] {
            assert_eq!(said(wan), words, "{wan}");
        }
    }
}
