//! The small city of `data-samples`: every feature that an invented city can have, at least once.

use super::city::Order;

/// What to build for `data-samples`.
pub const SAMPLE: Order = Order {
    parcels: 300,
    seed: 59,
    dirty: 0.06,
    industrial: None,
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::build_order;
    use super::*;

    #[test]
    fn the_sample_shows_every_feature() {
        let city = build_order(SAMPLE);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for piece in &city.scattered {
            let recorded = piece.parcel.is_some();
            seen.insert(format!("{:?} recorded {recorded}", piece.lie));
            seen.insert(format!("conforms {}", piece.conforms));
        }
        for &parcel in &city.contracts {
            seen.insert(format!("{:?}", city.contract(parcel as usize).progress));
        }
        for &parcel in &city.lineage {
            seen.insert(format!("{:?}", city.parcel_facts(parcel as usize).lineage));
        }
        let flaws = city.parcel_dirt.iter().chain(&city.building_dirt);
        for planted in flaws.chain(&city.building_notes) {
            seen.insert(format!("{:?}", planted.flaw));
        }
        for (row, building) in city.buildings.rows.iter().enumerate() {
            let building = building.building;
            seen.insert(format!("{:?}", building.class));
            seen.insert(format!("basement {}", building.below > 0));
            if building.first_cm.abs_diff(800) < 2 {
                seen.insert(format!("storey of {} cm", building.first_cm));
            }
            if city.buildings.shapes.get(row).rings().count() > 1 {
                seen.insert("courtyard".into());
            }
        }
        seen.extend(
            city.parcels
                .rows
                .iter()
                .map(|row| format!("parcel {:?}", row.estate)),
        );
        seen.extend(
            city.obstacles
                .rows
                .iter()
                .map(|kind| format!("obstacle {kind:?}")),
        );
        // 6 ways to lie, 2 of the plan, 5 of progress, 2 of lineage, 17 flaws and notes, 9 classes of buildings,
        // 2 of basements, 2 heights, a courtyard, 8 estates, 4 obstacles
        assert_eq!(seen.len(), 58, "{seen:#?}");
    }
}
