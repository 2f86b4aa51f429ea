//! What does not fit together once the layers are joined: buildings over lines or off every parcel.

use super::{Assigned, Ground, Repeats, WallStrip};
use crate::model::{Building, City, Defect, DefectKind, Layer, LayerKind, parcel_key};

/// A building counts as standing across a line when at least this share of it stands on either side (domain practice:
/// 5–95 %); less is what two surveys of one wall differ by.
const ACROSS: f64 = 0.05;

/// Everything that does not fit together. Nothing of it changes a measure.
pub fn join_defects(
    city: &City,
    ground: Option<(&Ground, &Repeats)>,
    walls: WallStrip,
) -> Vec<Defect> {
    let mut defects = Vec::new();
    if let (Some((ground, repeats)), Some(buildings)) = (ground, &city.buildings) {
        defects.extend(misplaced_buildings(
            city,
            buildings,
            (ground, repeats),
            walls,
        ));
        defects.extend(ground.twice.defects(buildings));
    }
    defects
}

fn misplaced_buildings(
    city: &City,
    buildings: &Layer<Building>,
    (ground, repeats): (&Ground, &Repeats),
    walls: WallStrip,
) -> Vec<Defect> {
    let mut by_building: Vec<(u32, u32)> = (0..)
        .zip(&ground.shares)
        .filter(|(_, share)| !repeats.identical.contains(&share.parcel))
        .map(|(at, share)| (share.building, at))
        .collect();
    by_building.sort_unstable();
    let mut rest = by_building.as_slice();
    let mut defects = Vec::new();
    for (at, building) in (0..).zip(&buildings.rows) {
        let count = rest.iter().take_while(|(owner, _)| *owner == at).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        let whole = ground.building_m2[at as usize];
        let shape = buildings.shapes.get(at as usize);
        let place = shape.coords().first().copied();
        let mut found = |kind, detail: String| {
            defects.push(Defect::noted(
                LayerKind::Buildings,
                building.name(),
                kind,
                detail,
                place,
            ));
        };
        let mut parts: Vec<(&str, f64, Assigned)> = own
            .iter()
            .map(|(_, share)| &ground.shares[*share as usize])
            .map(|share| {
                (
                    city.parcels.rows[share.parcel as usize].id.as_str(),
                    share.part_m2.unwrap_or(f64::NAN) / whole,
                    share.assigned,
                )
            })
            .collect();
        parts.sort_by(|a, b| a.0.cmp(b.0).then_with(|| b.1.total_cmp(&a.1)));
        if parts.iter().any(|part| part.1.is_nan()) {
            found(DefectKind::UnmeasurablePart, "two ways of measuring its part on a parcel disagree; what depends on it is unknown".into());
            continue;
        }
        let placed: f64 = parts.iter().map(|part| part.1).sum();
        if ground.twice.repeated.contains_key(&at) {
            continue;
        }
        if parts.is_empty() {
            found(
                DefectKind::NoParcel,
                format!("{whole:.2} m² stand on no parcel"),
            );
            continue;
        }
        if parts.iter().filter(|part| part.1 >= ACROSS).count() > 1 {
            let listed: Vec<String> = parts
                .iter()
                .map(|(id, share, _)| format!("{id} {:.2} %", share * 100.0))
                .collect();
            found(
                DefectKind::AcrossLine,
                format!("stands on {}; counted by its parts", listed.join(", ")),
            );
        }
        if placed < 1.0 - ACROSS {
            found(
                DefectKind::PartlyOffParcels,
                format!("{:.2} % of it stand on no parcel", (1.0 - placed) * 100.0),
            );
        }
        let over_m2 = (placed - 1.0) * whole;
        if placed > 1.0 + 1e-6 && over_m2 > walls.m2(shape.bounds()) {
            found(
                DefectKind::OnOverlappingParcels,
                format!(
                    "its parts come to {:.2} %: the parcels overlap there",
                    placed * 100.0
                ),
            );
        }
        let largest = parts.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let (Some(named), Some((stands_on, _, Assigned::Space))) = (&building.parcel_id, largest)
        {
            found(
                DefectKind::OtherParcelNamed,
                format!(
                    "its record names {}, but most of it stands on {stands_on}",
                    parcel_key(named)
                ),
            );
        }
    }
    defects
}
