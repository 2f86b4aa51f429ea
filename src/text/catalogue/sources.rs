//! The sources of this program → the messages that they say, with file and line.

use std::fs;
use std::path::{Path, PathBuf};

/// A text between quotes, and what stands around it.
pub(super) struct Literal {
    /// The file and the line.
    pub(super) place: String,
    pub(super) text: String,
    /// The source before it and behind it, blanks as one.
    before: String,
    behind: String,
}

/// Rooms that know no language: whatever sentence they say is a message, or a part of one.
const WORDLESS: [&str; 12] = [
    "text/",
    "geometry/",
    "read/",
    "lake/",
    "parcels/",
    "features/",
    "run/",
    "parts/",
    "quantity/",
    "model/survey/",
    "law/judge/",
    "law/pack/",
];

/// What stands before a message in a room that also knows both languages.
const REFUSALS: [&str; 10] = [
    "Err(",
    "ok_or(",
    "ok_or_else(|| ",
    "ok_or_else(|| { ",
    "notes.push(",
    "Refusal::wrong(",
    "Refusal::missing(",
    "Refusal::failed(",
    "STATUS, ",
    "_ENTITY, ",
];

/// What stands before or behind a message in a room that knows no language.
const SAID: [&str; 10] = [
    "Err(",
    "ok_or(",
    "|| ",
    "=> ",
    "{ ",
    "detail: ",
    "why: ",
    "f, ",
    "push_str(",
    "broken(",
];
const OWNED: [&str; 3] = [".to_owned()", ".into()", ".to_string()"];

/// What stands before a text that nobody reads.
const UNREAD: [&str; 8] = [
    "reason = ",
    ".expect(",
    ".step(",
    ".contains(",
    ".starts_with(",
    "strip_prefix(",
    ".ends_with(",
    "concat!(",
];

/// All messages of the sources: what `#[error]` says, notes, and what is wrong.
pub(super) fn messages() -> Vec<Literal> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in files(&root) {
        let path = file
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let source = fs::read_to_string(&file).unwrap();
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap();
        found.extend(
            literals(&path, source)
                .into_iter()
                .filter(|one| one.is_message(&path)),
        );
    }
    found
}

fn files(root: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
                && !path.ends_with("catalogue/sources.rs")
                && !path.ends_with("written/properties.rs")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

impl Literal {
    fn is_message(&self, path: &str) -> bool {
        let before = self
            .before
            .trim_end_matches("format!(")
            .trim_end_matches('&');
        let is_format = self.before.ends_with("format!(");
        let stands_behind = |all: &[&str]| all.iter().any(|words| before.ends_with(words));
        if before.ends_with("#[error(") || before.ends_with("#[error( ") {
            return words(&self.text) > 0;
        }
        if words(&self.text) < 2
            || self.has_chinese_beside()
            || stands_behind(&UNREAD)
            || before.ends_with("Language::En => ")
            || is_code(&self.text)
        {
            return false;
        }
        if WORDLESS.iter().any(|room| path.starts_with(room)) {
            return is_format
                || stands_behind(&SAID)
                || OWNED.iter().any(|words| self.behind.starts_with(words));
        }
        stands_behind(&REFUSALS)
    }

    /// Whether it is one of a pair with Chinese, which says it where it is read in Chinese.
    fn has_chinese_beside(&self) -> bool {
        let quoted = |text: &str| text.contains(is_chinese);
        let ahead = self.before.trim_end_matches("format!(").trim_end();
        let of_pair = ahead
            .strip_suffix(',')
            .map(str::trim_end)
            .unwrap_or_default();
        let earlier = of_pair
            .trim_end_matches(".into()")
            .trim_end_matches(".to_owned()");
        let is_second = (earlier.ends_with('"') || earlier.ends_with(')'))
            && quoted(
                &earlier[earlier.len().saturating_sub(160)..]
                    .chars()
                    .collect::<String>(),
            );
        let is_first = self
            .behind
            .strip_prefix(", \"")
            .is_some_and(|next| next.starts_with(is_chinese));
        is_second || is_first
    }
}

/// Queries, mark-up and steps of a projection.
fn is_code(text: &str) -> bool {
    ["SELECT ", "typeof(", "<", "+proj", "+step"]
        .iter()
        .any(|start| text.starts_with(start))
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// How many words of English a text has outside backticks and holes.
fn words(text: &str) -> usize {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    for part in text.split('`').step_by(2) {
        for c in part.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ if depth == 0 => plain.push(c),
                _ => {}
            }
        }
        plain.push(' ');
    }
    plain
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':' | '.'))
        .filter(|word| !word.is_empty())
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '\''))
        .count()
}

/// The texts between quotes of a source, comments left out.
fn literals(path: &str, source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(length) = character(rest) {
            at += length;
        } else if let Some((text, length)) = quoted(rest) {
            let tail = &source[at + length..];
            found.push(Literal {
                place: format!("src/{path}:{}", source[..at].matches('\n').count() + 1),
                text,
                before: around(
                    source[..at]
                        .chars()
                        .rev()
                        .take(400)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev(),
                ),
                behind: around(tail.chars().take(60)),
            });
            at += length;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// The length of a character in quotes.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return Some(1 + 2 + inner.get(2..)?.find('\'')? + 1);
    }
    let (end, close) = chars.next()?;
    (close == '\'').then_some(1 + end + 1)
}

/// A text in quotes with what its escapes mean, and its length in the source.
fn quoted(rest: &str) -> Option<(String, usize)> {
    if let Some(raw) = rest.strip_prefix("r#\"") {
        let end = raw.find("\"#")?;
        return Some((raw[..end].to_owned(), 3 + end + 2));
    }
    if let Some(raw) = rest.strip_prefix("r\"") {
        let end = raw.find('"')?;
        return Some((raw[..end].to_owned(), 2 + end + 1));
    }
    let inner = rest.strip_prefix('"')?;
    let mut text = String::new();
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((text, 1 + at + 1)),
            '\\' => match chars.next()?.1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'u' => {
                    let code: String = chars
                        .by_ref()
                        .map(|(_, c)| c)
                        .skip(1)
                        .take_while(|c| *c != '}')
                        .collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                '\n' => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                other => text.push(other),
            },
            _ => text.push(c),
        }
    }
    None
}

/// A piece of source with every run of blanks as one.
fn around(chars: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    for c in chars {
        match c.is_whitespace() {
            true if text.ends_with(' ') => {}
            true => text.push(' '),
            false => text.push(c),
        }
    }
    // an argument may stand on a line of its own
    match text.strip_suffix("( ") {
        Some(start) => format!("{start}("),
        None => text,
    }
}
