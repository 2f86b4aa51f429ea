//! Another bound for a measure of a rule that a pack takes over.

use super::build::{KnownNames, given_relations, leaf};
use super::file::FileAmendment;
use super::quote::{known_article, quoted};
use super::{Leaf, Pack, Vocabulary};
use crate::text::Fault;

/// Puts another bound in the place of the one that a rule has for a measure.
pub(super) fn amend(
    pack: &mut Pack,
    file: &FileAmendment,
    words: &dyn Vocabulary,
) -> Result<(), Fault> {
    quoted(&file.quote, known_article(&file.article, pack)?)?;
    let texts = [
        &file.at_least,
        &file.at_most,
        &file.more_than,
        &file.less_than,
    ];
    let relations = given_relations(texts, file.one_of.as_ref(), file.is.as_ref());
    let readings = pack.readings.clone();
    let known = KnownNames {
        words,
        readings: &readings,
    };
    let new = leaf(&file.measure, relations, &file.rule.span(), false, &known)?;
    let id = file.rule.get_ref();
    let mut rules = pack
        .rules
        .iter_mut()
        .filter(|rule| rule.id == *id)
        .peekable();
    if rules.peek().is_none() {
        return Err(Fault::new(
            file.rule.span(),
            format!("there is no rule `{id}` to amend"),
        ));
    }
    let mut changed = 0;
    for rule in rules {
        rule.amended
            .push((file.article.get_ref().clone(), file.quote.get_ref().clone()));
        for tree in rule
            .test
            .iter_mut()
            .chain(&mut rule.when)
            .chain(&mut rule.suspect)
        {
            tree.change_leaves(&mut |leaf| {
                if leaf.measure == new.measure {
                    *leaf = Leaf {
                        soft: leaf.soft,
                        ..new.clone()
                    };
                    changed += 1;
                }
            });
        }
    }
    if changed == 0 {
        let what = format!("the rule `{id}` has no condition on `{}`", new.measure.name);
        return Err(Fault::new(file.measure.span(), what));
    }
    Ok(())
}
