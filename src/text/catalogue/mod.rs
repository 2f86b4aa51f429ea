//! A message of the program in English → the same in Chinese, by the template that it was made of.

#[cfg(test)]
mod sources;
mod template;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use template::Template;

/// The templates by the rooms that say them: a line of English, and below it, behind four blanks, the Chinese. `{name}` is a
/// hole, `{name:word}` one that holds a single word.
const TEXTS: &[&str] = &[
    include_str!("check_files.txt"),
    include_str!("cli.txt"),
    include_str!("elsewhere.txt"),
    include_str!("features.txt"),
    include_str!("geometry.txt"),
    include_str!("joins.txt"),
    include_str!("lake.txt"),
    include_str!("packs.txt"),
    include_str!("parcels.txt"),
    include_str!("read.txt"),
    include_str!("read_files.txt"),
    include_str!("read_gdal.txt"),
    include_str!("read_runs.txt"),
    include_str!("read_tables.txt"),
    include_str!("read_without_gdal.txt"),
    include_str!("serve.txt"),
    include_str!("survey.txt"),
    include_str!("words.txt"),
    include_str!("write.txt"),
];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(TEXTS));

/// A note or an error in Chinese, its names, numbers and options as they are. What no template made stays English.
pub fn in_chinese(message: &str) -> Cow<'_, str> {
    match CATALOGUE.translated(message, DEEPEST) {
        Some(text) => Cow::Owned(text),
        None => Cow::Borrowed(message),
    }
}

/// Messages hold messages, but not deeper than this.
const DEEPEST: usize = 10;

/// Of so many `: ` in a message, one may end what was put before it.
const MOST_JOINTS: usize = 8;

/// All templates, found by their first fixed words.
struct Catalogue {
    templates: Vec<Template>,
    by_lead: FxHashMap<&'static str, Vec<usize>>,
    longest_lead: usize,
}

impl Catalogue {
    fn of(texts: &[&'static str]) -> Self {
        let templates: Vec<Template> = (texts.iter())
            .flat_map(|text| entries(text))
            .filter_map(|(english, chinese)| Template::new(english, chinese))
            .collect();
        let mut by_lead: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
        for (at, template) in templates.iter().enumerate() {
            by_lead.entry(template.lead()).or_default().push(at);
        }
        let longest_lead = by_lead.keys().map(|lead| lead.len()).max().unwrap_or(0);
        Self {
            templates,
            by_lead,
            longest_lead,
        }
    }

    /// The templates that a message may be made of, and what stands in their holes.
    fn that_fit<'c, 'm>(
        &'c self,
        message: &'m str,
    ) -> impl Iterator<Item = (&'c Template, Vec<&'m str>)> {
        (0..=self.longest_lead.min(message.len()))
            .filter_map(move |end| self.by_lead.get(message.get(..end)?))
            .flatten()
            .map(move |at| &self.templates[*at])
            .filter_map(move |template| Some((template, template.holes(message)?)))
    }

    /// The one of them with the most fixed characters; what is put before a message is never a part of it.
    fn find<'m>(&self, message: &'m str) -> Option<(&Template, Vec<&'m str>)> {
        self.that_fit(message).max_by_key(|(template, held)| {
            (template.is_head(), template.weight(), Reverse(held.len()))
        })
    }

    /// The same without what is put before other messages: of a message that says itself what it is about.
    fn find_whole<'m>(&self, message: &'m str) -> Option<(&Template, Vec<&'m str>)> {
        self.that_fit(message)
            .filter(|(template, _)| !template.is_head())
            .max_by_key(|(template, held)| (template.weight(), Reverse(held.len())))
    }

    fn translated(&self, message: &str, deepest: usize) -> Option<String> {
        let deeper = deepest.checked_sub(1)?;
        if message.is_empty() {
            return None;
        }
        let lines = || self.each(message, ("\n", "\n"), deeper, true);
        // a hole reaches over lines only where the first line is no message of its own
        let first = message.split('\n').next().unwrap_or_default();
        if first.len() < message.len() && self.find(first).is_some() {
            return lines();
        }
        if let Some((template, held)) = self.find(message) {
            let rest = held.first().copied().unwrap_or_default();
            if !template.is_head() || !has_words(rest) {
                return Some(template.filled(&held, |text| self.translated(text, deeper)));
            }
            let said = self.translated(rest, deeper);
            return Some(match self.find_whole(message) {
                Some((whole, held)) if said.is_none() => {
                    whole.filled(&held, |text| self.translated(text, deeper))
                }
                _ => template.filled(&held, |_| said.clone()),
            });
        }
        if first.len() < message.len() {
            return lines();
        }
        self.behind_what_is_put_before(message, deeper)
            .or_else(|| self.each(message, ("; ", "；"), deeper, false))
            .or_else(|| self.each(message, (", ", "，"), deeper, false))
            .or_else(|| names_by_choice(message))
    }

    /// A message behind another one, or behind the name of what it is about.
    fn behind_what_is_put_before(&self, message: &str, deeper: usize) -> Option<String> {
        let joints = message.match_indices(": ").take(MOST_JOINTS);
        for (at, joint) in joints {
            let (before, behind) = (&message[..at], &message[at + joint.len()..]);
            let head = match self.find(before) {
                Some((template, held)) => {
                    Some(template.filled(&held, |text| self.translated(text, deeper)))
                }
                None if has_words(before) => continue,
                None => None,
            };
            let tail = self.translated(behind, deeper);
            return (head.is_some() || tail.is_some()).then(|| {
                let head = head.as_deref().unwrap_or(before);
                format!("{head}：{}", tail.as_deref().unwrap_or(behind))
            });
        }
        None
    }

    /// Messages side by side; unless `some` do, all must have a template where they have words.
    fn each(
        &self,
        message: &str,
        (joint, chinese): (&str, &str),
        deeper: usize,
        some: bool,
    ) -> Option<String> {
        if !message.contains(joint) {
            return None;
        }
        let mut is_said = false;
        let mut said = Vec::new();
        for part in message.split(joint) {
            match self.translated(part, deeper) {
                Some(text) => {
                    is_said = true;
                    said.push(Cow::Owned(text));
                }
                None if some || !has_words(part) => said.push(Cow::Borrowed(part)),
                None => return None,
            }
        }
        is_said.then(|| said.join(chinese))
    }
}

/// Names in backticks of which one is to be chosen.
fn names_by_choice(message: &str) -> Option<String> {
    let names: Vec<&str> = message.split(" or ").collect();
    let are_names = names.len() > 1 && names.iter().all(|name| !has_words(name));
    are_names.then(|| names.join(" 或 "))
}

/// Whether a text has words of English outside backticks.
fn has_words(text: &str) -> bool {
    let outside = text.split('`').step_by(2);
    outside
        .flat_map(|part| part.split(|c: char| !c.is_ascii_alphabetic()))
        .any(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The English and the Chinese of every entry.
fn entries(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut english = None;
    text.lines().filter_map(move |line| {
        if let Some(chinese) = line.strip_prefix("    ") {
            return Some((english.take()?, chinese));
        }
        english = Some(line);
        None
    })
}
