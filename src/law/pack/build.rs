//! The conditions of a pack's file → trees over known measures, with every mistake at its own place.

use std::ops::Range;

use toml::Spanned;

use super::bound::bound;
use super::file::FileNode;
use super::vocabulary::{Sort, Vocabulary};
use super::{Bound, Leaf, Node, Reading, Relation};
use crate::text::Fault;

/// What a condition may refer to.
pub(super) struct KnownNames<'a> {
    pub words: &'a dyn Vocabulary,
    pub readings: &'a [Reading],
}

/// How deep conditions may be joined: no law is deeper, and a hostile file must not exhaust the stack.
const DEEPEST: usize = 16;

/// A condition, or several joined.
pub(super) fn node(file: &Spanned<FileNode>, known: &KnownNames<'_>) -> Result<Node, Fault> {
    node_at(file, known, 0)
}

fn node_at(file: &Spanned<FileNode>, known: &KnownNames<'_>, depth: usize) -> Result<Node, Fault> {
    let (at, of) = (file.span(), file.get_ref());
    if depth > DEEPEST {
        return Err(Fault::new(at, "conditions are joined more than 16 deep"));
    }
    let kinds = [
        of.all.is_some(),
        of.any.is_some(),
        of.given.is_some(),
        of.condition.is_some(),
        of.choose.is_some(),
        of.measure.is_some(),
    ];
    if kinds.into_iter().filter(|given| *given).count() != 1 {
        let what =
            "a condition has exactly one of `all`, `any`, `given`, `if`, `choose`, `measure`";
        return Err(Fault::new(at, what));
    }
    let stray = (of.condition.is_none() && (of.then.is_some() || of.otherwise.is_some()))
        || (of.choose.is_none() && of.among.is_some())
        || (of.measure.is_none() && (relations(of).next().is_some() || of.soft));
    if stray {
        return Err(Fault::new(
            at,
            "`then` and `else` go with `if`, `among` with `choose`, a bound with `measure`",
        ));
    }
    let many = |nodes: &[Spanned<FileNode>]| {
        if nodes.is_empty() {
            return Err(Fault::new(
                at.clone(),
                "an empty list of conditions would hold for everybody",
            ));
        }
        nodes
            .iter()
            .map(|node| node_at(node, known, depth + 1))
            .collect::<Result<Vec<_>, _>>()
    };
    let one = |node: &Option<Box<Spanned<FileNode>>>, name: &str| match node {
        Some(node) => node_at(node, known, depth + 1).map(Box::new),
        None => Err(Fault::new(at.clone(), format!("`if` needs `{name}`"))),
    };
    Ok(
        match (&of.all, &of.any, &of.given, &of.choose, &of.measure) {
            (Some(nodes), ..) => Node::All(many(nodes)?),
            (_, Some(nodes), ..) => Node::Any(many(nodes)?),
            (_, _, Some(nodes), ..) => Node::Given(many(nodes)?),
            (_, _, _, Some(reading), _) => choose(reading, of, known, depth)?,
            (_, _, _, _, Some(measure)) => {
                Node::Leaf(leaf(measure, relations(of), &at, of.soft, known)?)
            }
            _ => Node::If {
                condition: one(&of.condition, "if")?,
                then: one(&of.then, "then")?,
                otherwise: one(&of.otherwise, "else")?,
            },
        },
    )
}

fn choose(
    reading: &Spanned<String>,
    of: &FileNode,
    known: &KnownNames<'_>,
    depth: usize,
) -> Result<Node, Fault> {
    let name = reading.get_ref();
    let choices = reading_choices(reading, known)?;
    let mut among = Vec::new();
    for (choice, node) in of.among.iter().flatten() {
        if !choices.contains(choice.get_ref()) {
            return Err(Fault::new(
                choice.span(),
                format!(
                    "the reading `{name}` has no choice `{}`; there are {}",
                    choice.get_ref(),
                    choices.join(", ")
                ),
            ));
        }
        among.push((choice.get_ref().clone(), node_at(node, known, depth + 1)?));
    }
    match choices
        .iter()
        .find(|choice| among.iter().all(|(have, _)| have != *choice))
    {
        Some(missing) => Err(Fault::new(
            reading.span(),
            format!("`among` says nothing for the choice `{missing}` of `{name}`"),
        )),
        None => Ok(Node::Choose {
            reading: name.clone(),
            among,
        }),
    }
}

/// The choices of a reading that the pack declares.
pub(super) fn reading_choices<'a>(
    reading: &Spanned<String>,
    known: &KnownNames<'a>,
) -> Result<&'a [String], Fault> {
    let name = reading.get_ref();
    let found = known.readings.iter().find(|have| have.name == *name);
    found.map(|found| found.choices.as_slice()).ok_or_else(|| {
        Fault::new(
            reading.span(),
            format!("no reading is called `{name}`; declare it as [reading.{name}]"),
        )
    })
}

/// A bound as it stands in the file.
pub(super) enum FileBound<'a> {
    Text(&'a Spanned<String>),
    Words(&'a Spanned<Vec<String>>),
    Truth(&'a Spanned<bool>),
}

/// The relations that a condition gives, of which there must be one.
fn relations(of: &FileNode) -> impl Iterator<Item = (Relation, FileBound<'_>)> {
    given_relations(
        [&of.at_least, &of.at_most, &of.more_than, &of.less_than],
        of.one_of.as_ref(),
        of.is.as_ref(),
    )
}

pub(super) fn given_relations<'a>(
    texts: [&'a Option<Spanned<String>>; 4],
    one_of: Option<&'a Spanned<Vec<String>>>,
    is: Option<&'a Spanned<bool>>,
) -> impl Iterator<Item = (Relation, FileBound<'a>)> {
    let relations = [
        Relation::AtLeast,
        Relation::AtMost,
        Relation::MoreThan,
        Relation::LessThan,
    ];
    let texts = relations
        .into_iter()
        .zip(texts)
        .filter_map(|(relation, text)| text.as_ref().map(|text| (relation, FileBound::Text(text))));
    let words = one_of.map(|words| (Relation::OneOf, FileBound::Words(words)));
    texts
        .chain(words)
        .chain(is.map(|is| (Relation::Is, FileBound::Truth(is))))
}

/// One measure against one bound.
pub(super) fn leaf<'a>(
    measure: &Spanned<String>,
    mut relations: impl Iterator<Item = (Relation, FileBound<'a>)>,
    at: &Range<usize>,
    soft: bool,
    known: &KnownNames<'_>,
) -> Result<Leaf, Fault> {
    let (name, kind) = known
        .words
        .named(measure.get_ref())
        .map_err(|what| Fault::new(measure.span(), what))?;
    let (Some((relation, given)), None) = (relations.next(), relations.next()) else {
        let what = "a measure has exactly one of `at_least`, `at_most`, `more_than`, `less_than`, `one_of`, `is`";
        return Err(Fault::new(at.clone(), what));
    };
    let bound = match given {
        FileBound::Text(text) => {
            let takes = match kind {
                Sort::Number(_) | Sort::Day => None,
                Sort::Truth => Some("is yes or no; it takes `is`"),
                Sort::Word => Some("is a word; it takes `one_of`"),
                Sort::Series => Some("is a series; only amounts can be taken of it"),
            };
            if let Some(takes) = takes {
                let what = format!("`{}` {takes}", name.name);
                return Err(Fault::new(text.span(), what));
            }
            bound(text.get_ref(), kind, known.words)
                .map_err(|what| Fault::new(text.span(), what))?
        }
        FileBound::Words(words) if kind == Sort::Word && !words.get_ref().is_empty() => {
            Bound::Words(words.get_ref().iter().map(Into::into).collect())
        }
        FileBound::Words(words) if kind == Sort::Word => {
            let what = "no word is one of none; `one_of` needs at least one";
            return Err(Fault::new(words.span(), what));
        }
        FileBound::Words(words) => {
            return Err(Fault::new(
                words.span(),
                format!("`{}` is no word, and `one_of` is for words", name.name),
            ));
        }
        FileBound::Truth(is) if kind == Sort::Truth => {
            Bound::Fixed(crate::quantity::Figure::Truth(*is.get_ref()))
        }
        FileBound::Truth(is) => {
            return Err(Fault::new(
                is.span(),
                format!("`{}` is no yes or no", name.name),
            ));
        }
    };
    Ok(Leaf {
        measure: name,
        relation,
        bound,
        soft,
    })
}
