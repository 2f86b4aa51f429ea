//! What people call things by that is not their id → what they mean: holders, companies, addresses, slips of the pen.

use std::collections::BTreeSet;

use strsim::levenshtein;

/// A part of a name says nothing below this many characters.
const LEAST_PART: usize = 2;

/// No name is longer.
const LONGEST: usize = 100;

/// The positions of those that have `text` among their words; where none has, of those of which it is a part of a word.
/// `words` gives positions with a word each, as often as they have words. Blanks, case and width of characters do not count.
pub fn called<S: AsRef<str>>(text: &str, words: impl Iterator<Item = (u32, S)>) -> BTreeSet<u32> {
    let wanted = plain(text);
    let (mut exact, mut part) = (BTreeSet::new(), BTreeSet::new());
    let is_long = wanted.chars().count() >= LEAST_PART;
    for (position, word) in words {
        let word = plain(word.as_ref());
        if word == wanted && !wanted.is_empty() {
            exact.insert(position);
        } else if is_long && word.contains(&wanted) {
            part.insert(position);
        }
    }
    if exact.is_empty() { part } else { exact }
}

/// The known name that `name` is most likely a slip of: with the least letters to insert, remove or change (Levenshtein), and
/// those at most a third of its own.
pub fn nearest<S: AsRef<str>>(name: &str, known: impl Iterator<Item = S>) -> Option<S> {
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let most = (length / 3).max(1);
    known
        .filter(|other| other.as_ref().chars().count().abs_diff(length) <= most)
        .map(|other| (levenshtein(name, other.as_ref()), other))
        .filter(|(edits, _)| *edits <= most)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, other)| other)
}

/// The same as a message says it: `` (is `id` meant?)``, or nothing.
pub fn meant<S: AsRef<str>>(name: &str, known: impl Iterator<Item = S>) -> String {
    nearest(name, known).map_or_else(String::new, |like| {
        format!(" (is `{}` meant?)", like.as_ref())
    })
}

/// Without blanks, in lower case, with characters of half width.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let kept = text.chars().filter(|c| !c.is_whitespace()).map(half);
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [(u32, &str); 4] = [
        (0, "台州甲机械有限公司"),
        (1, "台州甲机械有限公司（二期）"),
        (2, "椒江区海门街道 1 号"),
        (2, "乙电器厂"),
    ];

    fn found(text: &str) -> Vec<u32> {
        called(text, WORDS.into_iter()).into_iter().collect()
    }

    #[test]
    fn a_whole_name_goes_before_a_part_of_one() {
        assert_eq!(found("台州甲机械有限公司"), [0]);
        assert_eq!(found("甲机械"), [0, 1]);
        assert_eq!(
            found("台州甲机械有限公司(二期)"),
            [1],
            "brackets of any width"
        );
        assert_eq!(found("海门街道1号"), [2]);
        assert!(found("厂").is_empty(), "one character says nothing");
        assert!(found("").is_empty());
    }

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let known = ["scattered_ratio", "scattered_area", "plot_ratio"];
        let near = |name| nearest(name, known.into_iter());
        assert_eq!(near("scatered_ratio"), Some("scattered_ratio"));
        assert_eq!(near("plotratio"), Some("plot_ratio"));
        assert_eq!(near("zebra"), None);
        let ids = ["331002000001GB00003", "331002000001GB00030"];
        assert_eq!(nearest("331002000001GB0003", ids.into_iter()), Some(ids[0]));
    }
}
