//! Parcels of a scan → the facts of their merge, as a check file would state them.

use super::bonds::{Bond, bonds_among};
use crate::features::Known;
use crate::law::facts::{Facts, Given, Record, SharedEdge, accept, fact};
use crate::quantity::{Area, Exact, Figure};

/// The facts of a merge of the parcels at some positions of their layer, in that order: what is recorded of each, and the
/// stretches of boundary that they share. A corner is no shared edge; ground that both cover is one, as long as the
/// boundary in common; a gap is one with its width, however wide, which the rules then judge.
pub fn merge_facts(known: Known<'_>, parcels: &[u32]) -> Facts {
    facts_of(known, parcels, &bonds_among(known, parcels))
}

/// The same with the bonds among the parcels.
pub(super) fn facts_of(known: Known<'_>, parcels: &[u32], bonds: &[Bond]) -> Facts {
    let mut facts = Facts::default();
    let records = parcels.iter().map(|at| parcel_record(known, *at)).collect();
    facts.lists.insert("parcel", records);
    facts.shared_edges = Some(shared_edges(parcels, bonds));
    facts
}

/// The facts of a parcel in a merge, as a record of a check file.
pub fn parcel_record(known: Known<'_>, at: u32) -> Record {
    let parcel = &known.measured.city.parcels.rows[at as usize];
    let mut record = Record::default();
    record.set("parcel.id", Figure::Word(parcel.name().into()));
    let area = known.measured.measures[at as usize].area.ok();
    if let Some(area) = area.and_then(Area::from_m2) {
        record.set("parcel.area_m2", Figure::land(area.into()));
    }
    if let Some(land_use) = parcel.land_use {
        record.set("parcel.land_use", Figure::Word(land_use.name().into()));
    }
    for (name, given) in [
        ("parcel.right_type", &parcel.right_type),
        ("parcel.right_nature", &parcel.right_nature),
    ] {
        if let (Some(fact), Some(given)) = (fact(name), given) {
            // what is neither a code nor a label says nothing of the right: it stays unknown
            let _ = accept(
                fact.name,
                fact.kind,
                &Given::Text(given.to_string()),
                &mut record,
            );
        }
    }
    if let Some(restricted) = known.measured.terms(at).transfer_restricted {
        record.set("parcel.transfer_restricted", Figure::Truth(restricted));
    }
    if let Some(end) = parcel.term_end {
        record.set("parcel.term_end", Figure::Day(end));
    }
    record
}

/// Bonds as shared edges of parcels, by their place in the list; to the millimetre.
fn shared_edges(parcels: &[u32], bonds: &[Bond]) -> Vec<SharedEdge> {
    let place = |at: u32| parcels.iter().position(|parcel| *parcel == at);
    let metres = |length: f64| Exact::from_f64((length * 1000.0).round() / 1000.0);
    let edge = |bond: &Bond| {
        let (a, b) = (place(bond.a)?, place(bond.b)?);
        Some(SharedEdge {
            between: (a.min(b), a.max(b)),
            length_m: metres(bond.length_m)?,
            gap_m: metres(bond.gap_m)?,
        })
    };
    let mut edges: Vec<SharedEdge> = bonds.iter().filter_map(edge).collect();
    edges.sort_by_key(|edge| edge.between);
    edges
}
