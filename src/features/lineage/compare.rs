//! What a table says that parcels came from, beside what their shapes show → where the two cannot both be right.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::family::Family;
use super::{Product, listed};
use crate::features::lineage::Origins;
use crate::model::{Action, City, Defect, DefectKind, FormerParcel, LayerKind};
use crate::parcels::Relation;

/// How many parcels are looked at to trace one back; no parcel has a longer history.
const MOST: usize = 64;

/// What the table says a parcel came from, in terms of the earlier parcels that were given.
struct Traced<'a> {
    /// Earlier parcels that were given.
    given: BTreeSet<&'a str>,
    /// Others, of which the table says nothing more.
    others: BTreeSet<&'a str>,
    /// Whether all that the table names directly was given.
    is_direct: bool,
}

/// One defect for each parcel of which the table and the shapes contradict each other; `told` is what the table makes of
/// each. Changes before the time of the earlier parcels contradict nothing.
pub(super) fn contradictions(
    city: &City,
    shapes: &Origins,
    family: &Family<'_>,
    told: &[Product],
) -> Vec<Defect> {
    let Some(before) = &city.before else {
        return Vec::new();
    };
    let formers: FxHashSet<&str> = before.rows.iter().map(FormerParcel::key).collect();
    let of_parcel = |(at, told): (usize, &Product)| {
        let position = u32::try_from(at).ok()?;
        let parcel = &city.parcels.rows[at];
        let relation = shapes.relations[at]?;
        let parents = shapes.parents(position).iter();
        let lies_on: BTreeSet<&str> = parents
            .map(|parent| before.rows[parent.former as usize].key())
            .collect();
        if parcel.id.is_empty() || lies_on.contains("") {
            return None;
        }
        let detail = against_product(relation, *told, &lies_on)
            .or_else(|| against_parents(parcel.key(), relation, &lies_on, family, &formers))?;
        Some(Defect {
            layer: LayerKind::Parcels,
            feature: parcel.name(),
            kind: DefectKind::LineageContradiction,
            action: Action::Noted,
            detail,
            at: city.parcels.shapes.get(at).coords().first().copied(),
        })
    };
    told.iter().enumerate().filter_map(of_parcel).collect()
}

/// The shapes show a split or a merge, and the table, which is taken as complete, knows of none.
fn against_product(relation: Relation, told: Product, lies_on: &BTreeSet<&str>) -> Option<String> {
    let (what, told) = match relation {
        Relation::Split => ("a split", told.of_split),
        Relation::Merged => ("a merge", told.of_merge),
        _ => return None,
    };
    (told == Some(false)).then(|| {
        format!(
            "the shapes show {what} of {}, of which the table says nothing; it is taken as one",
            listed(lies_on.iter().copied().collect::<Vec<_>>().into_iter())
        )
    })
}

/// The table says that the parcel came from others than those that it lies on, or by another change.
fn against_parents(
    id: &str,
    relation: Relation,
    lies_on: &BTreeSet<&str>,
    family: &Family<'_>,
    formers: &FxHashSet<&str>,
) -> Option<String> {
    // under this id it was there before: what the table says may have been earlier still
    if formers.contains(id) {
        return None;
    }
    let place = family.place(id)?;
    let Traced {
        given,
        others,
        is_direct,
    } = trace(place, family, formers)?;
    let list = |ids: Vec<&str>| listed(ids.into_iter());
    let on = || match lies_on.len() {
        0 => "no earlier parcel".to_owned(),
        _ => list(lies_on.iter().copied().collect()),
    };
    let elsewhere: Vec<&str> = given.difference(lies_on).copied().collect();
    let unnamed: Vec<&str> = lies_on.difference(&given).copied().collect();
    if !elsewhere.is_empty() {
        return Some(format!(
            "the table says that it came from {}, but it lies on {}",
            list(elsewhere),
            on()
        ));
    }
    if others.is_empty() && !given.is_empty() && !unnamed.is_empty() {
        return Some(format!(
            "it lies on {} too, of which the table says nothing",
            list(unnamed)
        ));
    }
    if given.is_empty() && !others.is_empty() && !lies_on.is_empty() {
        return Some(format!(
            "the table says that it came from {}, none of them an earlier parcel that was given, but it lies on {}",
            list(others.into_iter().collect()),
            on()
        ));
    }
    let recorded = family.relation(place).filter(|_| is_direct)?;
    let is_other = match recorded {
        Relation::Split => matches!(
            relation,
            Relation::Merged | Relation::Renumbered | Relation::Same
        ),
        Relation::Merged => matches!(
            relation,
            Relation::Split | Relation::Renumbered | Relation::Same
        ),
        _ => false,
    };
    is_other.then(|| {
        format!(
            "the table says that it is {} of {}, its shape that it is {}",
            recorded.name(),
            list(given.into_iter().collect()),
            relation.name()
        )
    })
}

/// Traces a parcel back to earlier parcels that were given; `None` where it has no parents in the table, or too many.
fn trace<'a>(place: u32, family: &Family<'a>, formers: &FxHashSet<&str>) -> Option<Traced<'a>> {
    let mut traced = Traced {
        given: BTreeSet::new(),
        others: BTreeSet::new(),
        is_direct: true,
    };
    let mut met: Vec<u32> = vec![place];
    let mut next = 0;
    while let Some(&at) = met.get(next) {
        next += 1;
        for &parent in &family.member(at).parents {
            let name = family.name(parent);
            if met.contains(&parent) {
                continue;
            }
            if formers.contains(name) {
                traced.given.insert(name);
                continue;
            }
            traced.is_direct = false;
            if family.member(parent).parents.is_empty() {
                traced.others.insert(name);
            } else if met.len() < MOST {
                met.push(parent);
            } else {
                return None;
            }
        }
    }
    let has_parents = !traced.given.is_empty() || !traced.others.is_empty();
    has_parents.then_some(traced)
}
