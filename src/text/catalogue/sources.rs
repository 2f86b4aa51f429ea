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

/// Rooms that print both languages side by side, or in one language only for programs. What `#[error]` says in them counts.
const OTHERWISE: [&str; 14] = [
    "synth/",
    "law/measures/",
    "model/layers.rs",
    "cli/examples.rs",
    "cli/help",
    "write/language.rs",
    "write/judgement/",
    "write/results/",
    "write/rules/",
    "write/report/",
    "write/dossier/",
    "write/workbook/",
    "write/page/",
    "write/qgis/",
];

/// What stands before a text that nobody reads.
const UNREAD: [&str; 11] = [
    "reason = ",
    ".expect(",
    ".step(",
    ".contains(",
    ".starts_with(",
    "strip_prefix(",
    ".ends_with(",
    "split_once(",
    "find(",
    ".replace(",
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
        if before.ends_with("#[error(") {
            return words(&self.text) > 0;
        }
        words(&self.text) > 1
            && !OTHERWISE.iter().any(|room| path.starts_with(room))
            && !UNREAD.iter().any(|words| before.ends_with(words))
            && !self.is_of_english_readers()
            && !self.has_chinese_beside()
            && !self.is_looked_for()
            && !self.text.trim_start().starts_with(is_chinese)
            && !is_code(self.text.trim_start())
    }

    /// Whether it is one of a list in which, or by which, something is looked for.
    fn is_looked_for(&self) -> bool {
        let behind = self.behind.split(';').next().unwrap_or_default();
        let is_sought = |next: &str| {
            let next = next.trim_start();
            next.starts_with(".iter() .any(") || next.starts_with(".contains(")
        };
        let is_pattern = behind.starts_with(" | \"") || self.before.ends_with("\" | ");
        is_pattern
            || behind
                .split_once(']')
                .is_some_and(|(_, next)| is_sought(next))
    }

    /// Whether it stands in the arm that is for readers of English.
    fn is_of_english_readers(&self) -> bool {
        let arm = self.before.rsplit_once("Language::En => ");
        arm.is_some_and(|(_, since)| !since.contains(['}', ']', ';']))
    }

    /// Whether it is one of a pair with Chinese, which says it where it is read in Chinese.
    fn has_chinese_beside(&self) -> bool {
        let ahead = self.before.trim_end_matches("format!(").trim_end();
        let earlier = ahead.strip_suffix(',').unwrap_or_default();
        let earlier: Vec<char> = earlier.chars().rev().take(160).collect();
        let is_second = match earlier.first() {
            Some('"') => earlier[1..]
                .iter()
                .take_while(|c| **c != '"')
                .any(|c| is_chinese(*c)),
            Some(')') => earlier.iter().any(|c| is_chinese(*c)),
            _ => false,
        };
        let is_first = self
            .behind
            .strip_prefix(", ")
            .map(|next| next.trim_start_matches("zh: ").trim_start_matches('"'))
            .is_some_and(|next| next.starts_with(is_chinese));
        is_second || is_first
    }
}

/// Queries, mark-up, headers, commands and steps of a projection.
fn is_code(text: &str) -> bool {
    [
        "SELECT ",
        "CREATE ",
        "INSERT ",
        "typeof(",
        "<",
        "+proj",
        "+step",
        "# ",
        "default-src",
        ",\"",
        "attachment;",
        "translate(",
    ]
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
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
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
                behind: around(tail.chars().take(900)),
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
