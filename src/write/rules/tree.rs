//! A tree of conditions → indented lines, and the same tree for programs.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::condition::{bound, condition, names, share};
use crate::law::pack::{Bound, Leaf, Node, Pack};
use crate::quantity::{Exact, Figure};
use crate::write::Language;

/// A tree as lines, `depth` steps in.
pub(super) fn lines(node: &Node, pack: &Pack, lang: Language, depth: usize, out: &mut Vec<String>) {
    let mut line = |text: String| out.push(format!("{}{text}", "  ".repeat(depth)));
    match node {
        Node::Leaf(leaf) => line(condition(leaf, lang)),
        Node::All(nodes) => {
            line(lang.of("全部满足：", "all of:").to_owned());
            each(nodes, pack, lang, depth, out);
        }
        Node::Any(nodes) => {
            line(lang.of("满足其一：", "any of:").to_owned());
            each(nodes, pack, lang, depth, out);
        }
        Node::Given(nodes) => {
            line(
                lang.of(
                    "已给出的限值均须满足（均未给出则为未知）：",
                    "all of those whose limit is given (none given: unknown):",
                )
                .to_owned(),
            );
            each(nodes, pack, lang, depth, out);
        }
        Node::If {
            condition,
            then,
            otherwise,
        } => {
            let parts = [
                ("若：", "if:", condition),
                ("则：", "then:", then),
                ("否则：", "else:", otherwise),
            ];
            for (zh, en, node) in parts {
                out.push(format!("{}{}", "  ".repeat(depth), lang.of(zh, en)));
                lines(node, pack, lang, depth + 1, out);
            }
        }
        Node::Choose { reading, among } => {
            line(format!(
                "{} {reading}{}",
                lang.of("按读法", "by the reading"),
                lang.of("：", ":")
            ));
            let meanings = pack.reading(reading).map(|reading| &reading.meanings);
            for (choice, node) in among {
                let meaning = meanings.and_then(|meanings| meanings.get(choice));
                let meaning = meaning.map_or(String::new(), |meaning| {
                    format!(" – {}", lang.of_pack(pack, meaning))
                });
                out.push(format!("{}{choice}{meaning}", "  ".repeat(depth + 1)));
                lines(node, pack, lang, depth + 2, out);
            }
        }
    }
}

fn each(nodes: &[Node], pack: &Pack, lang: Language, depth: usize, out: &mut Vec<String>) {
    for node in nodes {
        lines(node, pack, lang, depth + 1, out);
    }
}

/// A tree for programs, keyed as in a pack's file.
pub(super) struct Tree<'a>(pub &'a Node);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        match self.0 {
            Node::All(nodes) => map.serialize_entry("all", &Trees(nodes))?,
            Node::Any(nodes) => map.serialize_entry("any", &Trees(nodes))?,
            Node::Given(nodes) => map.serialize_entry("given", &Trees(nodes))?,
            Node::If {
                condition,
                then,
                otherwise,
            } => {
                map.serialize_entry("if", &Tree(condition))?;
                map.serialize_entry("then", &Tree(then))?;
                map.serialize_entry("else", &Tree(otherwise))?;
            }
            Node::Choose { reading, among } => {
                map.serialize_entry("choose", reading)?;
                map.serialize_entry("among", &Among(among))?;
            }
            Node::Leaf(leaf) => entries(leaf, &mut map)?,
        }
        map.end()
    }
}

struct Trees<'a>(&'a [Node]);

impl Serialize for Trees<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(Tree))
    }
}

struct Among<'a>(&'a [(String, Node)]);

impl Serialize for Among<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(choice, node)| (choice, Tree(node))))
    }
}

/// A condition: its measure in both languages, its relation, its bound as a number or words, and as it is read.
fn entries<M: SerializeMap>(leaf: &Leaf, map: &mut M) -> Result<(), M::Error> {
    let (zh, en) = names(&leaf.measure.name);
    map.serialize_entry("measure", leaf.measure.name.as_str())?;
    map.serialize_entry("zh", zh)?;
    map.serialize_entry("en", en)?;
    map.serialize_entry("relation", leaf.relation.name())?;
    match &leaf.bound {
        Bound::Fixed(Figure::Number(number, _)) => {
            map.serialize_entry("bound", &number.to_f64())?;
        }
        Bound::Fixed(Figure::Truth(truth)) => map.serialize_entry("bound", truth)?,
        Bound::Words(words) => {
            let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
            map.serialize_entry("bound", &words)?;
        }
        Bound::Fixed(_) | Bound::Measure(..) | Bound::Later { .. } => {
            map.serialize_entry("bound", &source(&leaf.bound))?;
        }
    }
    map.serialize_entry("text", &bound(&leaf.bound, Language::Zh))?;
    map.serialize_entry("soft", &leaf.soft)
}

/// A bound as a pack's file writes it.
fn source(bound: &Bound) -> String {
    match bound {
        Bound::Measure(name, part) if *part == Exact::ONE => name.name.to_string(),
        Bound::Measure(name, part) => format!("{} of {}", share(*part), name.name),
        Bound::Later { after, months } => format!("{} + {months} months", after.name),
        fixed => self::bound(fixed, Language::Zh),
    }
}
