//! Parcels of a city → the facts of their merge; what the case states itself goes before.

use super::check_city::{of_city, position, replaced};
use crate::features::merge::{BondKind, bonds_among, merge_facts, merged_land};
use crate::law::facts::{Facts, Record};
use crate::quantity::{Area, Decimal, Figure};
use crate::read::CheckFile;
use crate::run::Scan;
use crate::write::Language;

/// The facts of a merge with those of its parcels, and what a reader must know of that.
pub(super) fn joined(
    file: &CheckFile,
    city: Option<&Scan>,
    language: Language,
) -> Result<(Facts, Vec<String>), String> {
    let city = of_city(city, &file.parcels[0])?;
    let mut parcels = Vec::with_capacity(file.parcels.len());
    for id in &file.parcels {
        let at = position(city, id)?;
        parcels.push(u32::try_from(at).map_err(|_| format!("too many parcels before `{id}`"))?);
    }
    let mut facts = merge_facts(city.known(), &parcels);
    let mut notes = area_notes(city, &parcels, language)?;
    notes.extend(overlap_notes(city, &parcels, language));
    let mut given = file.facts.clone();
    let records = facts.lists.get_mut("parcel").into_iter().flatten();
    for (record, id) in records.zip(&file.parcels) {
        let of_parcel = |given: &&Record| matches!(given.figure("parcel.id"), Some(Figure::Word(of)) if of == id.as_str());
        if let Some(given) = file
            .facts
            .list("parcel")
            .unwrap_or_default()
            .iter()
            .find(of_parcel)
        {
            let said = replaced(given, record, language).into_iter();
            notes.extend(
                said.map(|said| language.of("宗地 {}：", "parcel {}: ").replace("{}", id) + &said),
            );
            record.overlay(given);
        }
    }
    given.lists.remove("parcel");
    if given.shared_edges.is_some() {
        notes.push(
            language
                .of(
                    "共有界线以给定的为准",
                    "shared edges as given, in the place of those of the city",
                )
                .to_owned(),
        );
    }
    facts.overlay(&given);
    Ok((facts, notes))
}

/// What the areas are, before and after.
fn area_notes(city: &Scan, parcels: &[u32], language: Language) -> Result<Vec<String>, String> {
    let name = |at: &u32| city.measured.measures[*at as usize].basis.name();
    let mut bases: Vec<&str> = parcels.iter().map(name).collect();
    bases.sort_unstable();
    bases.dedup();
    let mut notes = vec![
        language
            .of("面积依据 {}", "area basis: {}")
            .replace("{}", &bases.join(", ")),
    ];
    let land = merged_land(city.known(), parcels).map_err(|why| why.to_string())?;
    let area = |m2: f64| Area::from_m2(m2).unwrap_or(Area::ZERO);
    let metres = |m: f64| Decimal::round(m, 3).map_or_else(String::new, |m| m.to_string());
    let whole = area(land.plane_m2);
    notes.push(
        language
            .of(
                "合并后平面面积 {0} m²（{1} 亩），共 {2} 块",
                "merged area on the plane: {0} m² ({1} mu), in {2} part(s)",
            )
            .replace("{0}", &whole.decimal().to_string())
            .replace("{1}", &whole.mu().to_string())
            .replace("{2}", &land.union.parts.to_string()),
    );
    if land.closed_gap_m > 0.0 {
        notes.push(
            language
                .of(
                    "其中合拢间隙 {0} m²，最宽 {1} m",
                    "of it {0} m² in closed gaps, {1} m at their widest",
                )
                .replace("{0}", &area(land.closed_gap_m2).decimal().to_string())
                .replace("{1}", &metres(land.closed_gap_m)),
        );
    }
    Ok(notes)
}

/// Which parcels cover the same ground, which the register must settle before a merge.
fn overlap_notes(city: &Scan, parcels: &[u32], language: Language) -> Vec<String> {
    let name = |at: u32| city.measured.city.parcels.rows[at as usize].name();
    let overlaps = bonds_among(city.known(), parcels)
        .into_iter()
        .filter(|bond| bond.kind == BondKind::Overlap);
    let said = overlaps.map(|bond| {
        let m2 = Decimal::round(bond.overlap_m2, 4).map_or_else(String::new, |m2| m2.to_string());
        language
            .of(
                "宗地 {0} 与 {1} 重叠 {2} m²，按相邻计，请核实界址",
                "parcels {0} and {1} both cover {2} m²; taken as adjacent, check their boundaries",
            )
            .replace("{0}", &name(bond.a))
            .replace("{1}", &name(bond.b))
            .replace("{2}", &m2)
    });
    said.collect()
}
