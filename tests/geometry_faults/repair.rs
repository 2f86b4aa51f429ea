//! What is mended keeps its corners, and no strip is too long and narrow for it.

use super::{Scanned, fault};

#[test]
fn a_mended_road_has_every_edge_of_the_valid_one() {
    let edges = |name: &str| {
        let scanned = Scanned::of(&fault(name), &["--tolerance", "0"]);
        let mut pairs: Vec<String> = scanned
            .rows("adjacency.csv")
            .iter()
            .map(|row| {
                format!(
                    "{} {} {} {}",
                    row["parcel_a"], row["parcel_b"], row["kind"], row["shared_m"]
                )
            })
            .collect();
        pairs.sort();
        pairs
    };
    let right = edges("repaired-corners/t3_good.gpkg");
    assert_eq!(right.len(), 94);
    assert_eq!(edges("repaired-corners/t3_bad.gpkg"), right);
}

#[test]
fn a_long_narrow_road_is_mended() {
    let scanned = |name: &str| Scanned::of(&fault(name), &[]);
    let (bad, good) = (
        scanned("long-narrow/t0_bad.gpkg"),
        scanned("long-narrow/t0_good.gpkg"),
    );
    let figures = |scanned: &Scanned| {
        let (ids, areas) = (
            scanned.parcels("parcel_id"),
            scanned.parcels("area_plane_m2"),
        );
        let counts = scanned.parcels("neighbour_count");
        let all = ids.into_iter().zip(areas).zip(counts);
        all.map(|((id, area), count)| format!("{id} {area} {count}"))
            .collect::<Vec<_>>()
    };
    let (mended, mut right) = (figures(&bad), figures(&good));
    // the loop of the road that touches itself is two hundred square metres of its own
    let road = right
        .iter_mut()
        .find(|row| row.starts_with("ROAD"))
        .unwrap();
    *road = road.replace("240099.98", "240299.98");
    assert_eq!(mended, right);
    let kinds: Vec<String> = bad.defects().into_iter().map(|(_, kind)| kind).collect();
    assert!(!kinds.contains(&"beyond_repair".to_owned()), "{kinds:?}");
    assert!(kinds.contains(&"self_intersection".to_owned()), "{kinds:?}");
}
