//! An English template and its Chinese → which messages it made, and what they say in Chinese.

/// A message with holes, in both languages.
#[derive(Debug)]
pub(super) struct Template {
    /// The fixed words around the holes: one more than holes.
    fixed: Vec<&'static str>,
    holes: Vec<Hole>,
    chinese: Vec<Piece>,
}

/// What stands between fixed words.
#[derive(Clone, Copy, Debug)]
struct Hole {
    name: &'static str,
    /// Whether it holds one word: not nothing, and no blank.
    is_word: bool,
    /// Whether it stands in backticks: it is a name, and never translated.
    is_name: bool,
}

impl Hole {
    fn may_hold(self, text: &str) -> bool {
        let is_word = !text.is_empty() && !text.contains(char::is_whitespace);
        // between names there may be other names, but no words: those are of another message
        let mut between = text.split('`').skip(1).step_by(2);
        let is_name = !between.any(|text| text.contains(|c: char| c.is_ascii_alphabetic()));
        (!self.is_word || is_word) && (!self.is_name || is_name)
    }
}

#[derive(Debug)]
enum Piece {
    Fixed(&'static str),
    Hole(usize),
}

impl Template {
    /// `None` where the Chinese has a hole that the English has not, or lacks one.
    pub(super) fn new(english: &'static str, chinese: &'static str) -> Option<Self> {
        let (mut fixed, mut holes) = (Vec::new(), Vec::new());
        let mut rest = english;
        while let Some((before, name, behind)) = first_hole(rest) {
            let (name, is_word) = match name.split_once(':') {
                Some((name, kind)) => (name, kind == "word"),
                None => (name, false),
            };
            let is_name = before.ends_with('`') && behind.starts_with('`');
            fixed.push(before);
            holes.push(Hole {
                name,
                is_word,
                is_name,
            });
            rest = behind;
        }
        fixed.push(rest);
        let mut pieces = Vec::new();
        let mut rest = chinese;
        while let Some((before, name, behind)) = first_hole(rest) {
            pieces.push(Piece::Fixed(before));
            pieces.push(Piece::Hole(
                holes.iter().position(|hole| hole.name == name)?,
            ));
            rest = behind;
        }
        pieces.push(Piece::Fixed(rest));
        let is_said = |hole: &Hole| {
            pieces
                .iter()
                .any(|piece| matches!(piece, Piece::Hole(at) if holes[*at].name == hole.name))
        };
        holes.iter().all(is_said).then_some(Self {
            fixed,
            holes,
            chinese: pieces,
        })
    }

    /// The fixed words before the first hole.
    pub(super) fn lead(&self) -> &'static str {
        self.fixed[0]
    }

    /// Whether it is what is put before another message: `parcels: {rest}`.
    pub(super) fn is_head(&self) -> bool {
        matches!(self.fixed[..], [head, ""] if head.ends_with(": "))
    }

    /// How many characters are fixed.
    pub(super) fn weight(&self) -> usize {
        self.fixed.iter().map(|words| words.chars().count()).sum()
    }

    /// What stands in the holes, where the message may be made of this template.
    pub(super) fn holes<'m>(&self, message: &'m str) -> Option<Vec<&'m str>> {
        let mut rest = message.strip_prefix(self.fixed[0])?;
        let [_, between @ .., last] = self.fixed.as_slice() else {
            return rest.is_empty().then(Vec::new);
        };
        rest = rest.strip_suffix(*last)?;
        let mut held = Vec::with_capacity(self.holes.len());
        for words in between {
            let at = rest.find(words)?;
            held.push(&rest[..at]);
            rest = &rest[at + words.len()..];
        }
        held.push(rest);
        let mut pairs = self.holes.iter().zip(&held);
        pairs
            .all(|(hole, text)| hole.may_hold(text))
            .then_some(held)
    }

    /// The Chinese around what stood in the holes, each as `translated` says it unless it is a name.
    pub(super) fn filled<'m>(
        &self,
        held: &[&'m str],
        translated: impl Fn(&'m str) -> Option<String>,
    ) -> String {
        let mut text = String::new();
        for piece in &self.chinese {
            match piece {
                Piece::Fixed(words) => text.push_str(words),
                Piece::Hole(at) => {
                    let said = (!self.holes[*at].is_name)
                        .then(|| translated(held[*at]))
                        .flatten();
                    text.push_str(said.as_deref().unwrap_or(held[*at]));
                }
            }
        }
        text
    }

    /// The fixed words with `{}` for every hole: two templates that are alike in it cannot be told apart.
    #[cfg(test)]
    pub(super) fn shape(&self) -> String {
        self.fixed.join("{}")
    }
}

/// What is before the first hole of a template, its name, and what is behind it. Other braces are fixed words.
fn first_hole(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('{').find_map(|(at, _)| {
        let end = at + text[at..].find('}')?;
        let name = &text[at + 1..end];
        let is_hole = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'));
        is_hole.then(|| (&text[..at], name, &text[end + 1..]))
    })
}
