//! Holders that were planted on neighbours of an invented city are found, each as one merge.

use std::collections::BTreeSet;

use plotratio::features::merge::{MergeWish, propose_merges};
use plotratio::geometry::ContactKind;
use plotratio::law::LandUse;
use plotratio::model::LandStatus;
use plotratio::progress::Unwatched;
use plotratio::read::Inputs;
use plotratio::run::{Scan, scan};

use super::{options, request};
use crate::command_line::run;

/// Neighbours that could be merged, no two pairs of them with a parcel in common or side by side.
fn pairs(scan: &Scan) -> Vec<[u32; 2]> {
    let row = |at: u32| &scan.measured.city.parcels.rows[at as usize];
    let is_land = |at: u32| {
        row(at).land_use == Some(LandUse::Industrial)
            && row(at).status != Some(LandStatus::Unallotted)
            && row(at)
                .term_end
                .is_some_and(|end| end > scan.measured.options.as_of)
            && row(at).right_type.is_some()
            && row(at).right_nature.is_some()
    };
    let edges = scan.measured.neighbours.pairs.iter();
    let edges = edges.filter(|pair| pair.contact.kind == ContactKind::Edge);
    let (mut taken, mut found) = (BTreeSet::new(), Vec::new());
    for pair in edges {
        let (one, other) = (row(pair.a), row(pair.b));
        let alike = one.right_type == other.right_type && one.right_nature == other.right_nature;
        if is_land(pair.a)
            && is_land(pair.b)
            && alike
            && !taken.contains(&pair.a)
            && !taken.contains(&pair.b)
        {
            taken.extend([pair.a, pair.b]);
            found.push([pair.a, pair.b]);
        }
    }
    found
}

#[test]
fn planted_holders_are_found_and_nobody_else() {
    let home = tempfile::tempdir().unwrap();
    let city = home.path().join("city");
    run(&[
        "synth",
        "-n",
        "6000",
        "--seed",
        "7",
        "-o",
        city.to_str().unwrap(),
    ]);
    let mut inputs = Inputs::of(request(&city.join("parcels.gpkg")));
    let requests = inputs.requests.values_mut();
    requests.for_each(|request| request.crs = None);
    let mut scan = scan(&inputs, options(0.05), &Unwatched).unwrap();
    let planted = pairs(&scan);
    assert!(planted.len() > 10, "{}", planted.len());
    for parcel in &mut scan.measured.city.parcels.rows {
        parcel.owner = None;
    }
    for (number, pair) in planted.iter().enumerate() {
        for at in pair {
            let owner = format!("台州第{number}公司");
            scan.measured.city.parcels.rows[*at as usize].owner = Some(owner.into());
        }
    }
    let merges = propose_merges(scan.known(), &MergeWish::default(), &Unwatched).unwrap();
    // which of the two comes first is the order of parcels
    let found = merges.proposals.iter();
    let found: BTreeSet<BTreeSet<u32>> = found
        .map(|of| of.parcels.iter().copied().collect())
        .collect();
    let expected = planted.into_iter().map(BTreeSet::from).collect();
    assert_eq!(found, expected);
    for of in &merges.proposals {
        assert_eq!(of.land.union.parts, 1, "{}", of.id());
        assert!(of.shared_m > 0.0 && of.flags.iter().all(|flag| *flag != "rights_unknown"));
    }
}
