//! Mosaics of rectangles cut at random, compared by whole metres.

use std::collections::BTreeMap;

use geo::Coord;
use plotratio::features::lineage::{Origins, Today, origins};
use plotratio::geometry::Shapes;
use plotratio::model::{Account, FormerParcel, Layer, Parcel};
use plotratio::parcels::{Indexed, Relation, canonical_order};

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A row of rectangles, 20 m deep: where each begins and ends, in metres.
type Stretch = (u32, u32);

/// Cuts 0 to 400 m into stretches of 8 to 60 m, most of them at lines of the other layer; some are left out.
fn stretches(dice: &mut Dice, lines: &[u32]) -> Vec<Stretch> {
    let mut cuts = vec![0];
    while cuts[cuts.len() - 1] < 400 {
        let last = cuts[cuts.len() - 1];
        let step = 8 + u32::try_from(dice.below(53)).unwrap();
        let near = lines
            .iter()
            .filter(|at| **at >= last + 8 && **at <= last + 60);
        let near: Vec<u32> = near.copied().collect();
        let next = if near.is_empty() || dice.below(5) == 0 {
            last + step
        } else {
            near[usize::try_from(dice.below(near.len() as u64)).unwrap()]
        };
        cuts.push(if next > 392 { 400 } else { next });
    }
    let all = cuts.windows(2).map(|pair| (pair[0], pair[1]));
    all.filter(|_| dice.below(25) > 0).collect()
}

fn rectangles<T>(stretches: &[(u32, Stretch)], record: impl Fn(u32, String) -> T) -> Layer<T> {
    let mut shapes = Shapes::default();
    for &(row, (west, east)) in stretches {
        let (west, east) = (f64::from(west), f64::from(east));
        let (south, north) = (f64::from(row * 20), f64::from(row * 20 + 20));
        let ring = [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ];
        shapes.push_ring(&ring.map(|(x, y)| Coord { x, y }));
        shapes.end_part();
        shapes.end_shape();
    }
    let rows = (0..).zip(stretches);
    Layer {
        rows: rows
            .map(|(at, (row, (west, _)))| record(at, format!("{row} {west}")))
            .collect(),
        shapes,
        account: Account::default(),
        unclear: rustc_hash::FxHashSet::default(),
        left_out: Vec::new(),
    }
}

fn compared(before: &[(u32, Stretch)], today: &[(u32, Stretch)]) -> (Origins, Vec<String>) {
    let parcels = rectangles(today, |row, id| Parcel {
        row,
        id: id.as_str().into(),
        ..Parcel::default()
    });
    // numbers of today are not those of before
    let before = rectangles(before, |row, id| FormerParcel {
        row,
        id: format!("was {id}").as_str().into(),
        other_key: None,
        area_registered: None,
    });
    let (indexed, order) = (Indexed::of(&parcels.shapes), canonical_order(&parcels));
    let seen = Today {
        parcels: &parcels,
        indexed: &indexed,
        order: &order,
    };
    let (origins, defects, _) = origins(&seen, &before, (0.05, 1.0), &|_| ());
    assert!(defects.is_empty(), "{defects:?}");
    let words = order.parcels.iter().map(|&at| {
        let parents = origins.parents(at).iter();
        let parents = parents.map(|one| {
            let former = &before.rows[one.former as usize].id;
            format!("{former} {:.6}", one.share)
        });
        format!(
            "{}: {} {}",
            parcels.rows[at as usize].id,
            origins.relations[at as usize].unwrap().name(),
            parents.collect::<Vec<_>>().join(" ")
        )
    });
    let words = words.collect();
    (origins, words)
}

/// The same by whole metres: of each stretch of today, how it came to be.
fn by_ruler(before: &[(u32, Stretch)], today: &[(u32, Stretch)]) -> Vec<Relation> {
    let common = |a: &(u32, Stretch), b: &(u32, Stretch)| {
        let (west, east) = (a.1.0.max(b.1.0), a.1.1.min(b.1.1));
        if a.0 == b.0 {
            east.saturating_sub(west)
        } else {
            0
        }
    };
    let long = |one: &(u32, Stretch)| one.1.1 - one.1.0;
    let relation = |own: &(u32, Stretch)| {
        let parents: Vec<_> = before.iter().filter(|one| common(own, one) > 0).collect();
        match parents.as_slice() {
            [] => Relation::New,
            [only] => {
                let children: Vec<_> = today.iter().filter(|one| common(one, only) > 0).collect();
                let mostly = |one: &(u32, Stretch)| 2 * common(one, only) > long(one);
                let within = children.iter().filter(|one| mostly(one)).count();
                if own.1 == only.1 {
                    Relation::Renumbered
                } else if children.len() > 1 && within > 1 && mostly(own) {
                    Relation::Split
                } else {
                    Relation::Reshaped
                }
            }
            several if several.iter().all(|one| 2 * common(own, one) > long(one)) => {
                Relation::Merged
            }
            _ => Relation::Reshaped,
        }
    };
    today.iter().map(relation).collect()
}

#[test]
fn mosaics_cut_at_random_are_compared_as_a_ruler_does_in_any_order() {
    use Relation::{Merged, New, Renumbered, Reshaped, Split};
    let mut seen: BTreeMap<Relation, u32> = BTreeMap::new();
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let (mut before, mut today) = (Vec::new(), Vec::new());
        for row in 0..6 {
            let old = stretches(&mut dice, &[]);
            let lines: Vec<u32> = old.iter().map(|one| one.1).collect();
            today.extend(
                stretches(&mut dice, &lines)
                    .into_iter()
                    .map(|one| (row, one)),
            );
            before.extend(old.into_iter().map(|one| (row, one)));
        }
        let (origins, words) = compared(&before, &today);
        let expected = by_ruler(&before, &today);
        for (at, relation) in expected.iter().enumerate() {
            assert_eq!(
                origins.relations[at],
                Some(*relation),
                "seed {seed}, {:?}",
                today[at]
            );
            *seen.entry(*relation).or_default() += 1;
        }
        before.reverse();
        let turn = today.len() / 3;
        today.rotate_left(turn);
        assert_eq!(compared(&before, &today).1, words, "seed {seed}");
    }
    for relation in [Renumbered, Split, Merged, Reshaped, New] {
        assert!(seen[&relation] > 20, "{seen:?}");
    }
}
