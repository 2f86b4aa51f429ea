//! What is built and what the plan limits → building density (建筑密度), height, green ratio (绿地率), parking.

use super::floors::{PLAIN, plain};
use super::measure::{COUNT, METRES, Measure, SHARE, new};
use super::ratios::{LAND_AFTER, land_after};
use super::subject::{
    LEAST_FOOTPRINT, Lack, Measured, Side, Subject, at_least, both, figure, fits,
};
use crate::quantity::{Exact, Unit};

const FOOTPRINT: &[&str] = &[
    "upgrade.footprint_after_m2",
    "site.footprint_m2",
    "building.footprint_m2",
];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "density",
        "建筑密度",
        "building density",
        SHARE,
        &[],
        density,
    )
    .asking(&[FOOTPRINT, LAND_AFTER]),
    new("height", "建筑高度", "height", METRES, &[], height)
        .asking(&[&["upgrade.height_after_m", "site.height_m"]]),
    new(
        "green_ratio",
        "绿地率",
        "green ratio",
        SHARE,
        &[],
        green_ratio,
    )
    .asking(&[&["upgrade.green_ratio_after", "site.green_ratio"]]),
    new(
        "site_coefficient",
        "建筑系数",
        "site coefficient",
        SHARE,
        &[],
        site_coefficient,
    )
    .asking(&[
        FOOTPRINT,
        LAND_AFTER,
        &["site.structures_m2", "site.yards_m2"],
    ]),
    new(
        "parking_needed",
        "应配机动车停车泊位",
        "parking spaces needed",
        COUNT,
        &[],
        parking_needed,
    )
    .asking(&[
        PLAIN,
        &["site.supporting_floor_area_m2", "table parking_rates"],
    ]),
];

/// Ground covered by buildings in the end, in m².
fn footprint(s: &Subject<'_>) -> Result<Exact, Lack> {
    if s.is_upgrade() {
        return s.number("upgrade.footprint_after_m2");
    }
    let given = s.number("site.footprint_m2");
    let buildings = s.list("building");
    if given.is_ok() || buildings.is_empty() {
        given
    } else {
        s.sum(buildings, "building.footprint_m2")
    }
}

/// The fact that the ground covered is had from.
fn footprint_name(s: &Subject<'_>) -> &'static str {
    if s.is_upgrade() {
        "upgrade.footprint_after_m2"
    } else if s.facts.one.figure("site.footprint_m2").is_none() && !s.list("building").is_empty() {
        "building.footprint_m2"
    } else {
        "site.footprint_m2"
    }
}

/// Building density: ground covered over land, in the end.
pub(super) fn density(s: &Subject<'_>) -> Measured {
    let footprint = footprint(s);
    if let (Err(lack), Some(least), Ok(land)) =
        (&footprint, s.least(LEAST_FOOTPRINT), land_after(s))
    {
        let share = s.share_of((least, "site.footprint_m2"), (land, "site.area_m2"))?;
        return Ok(at_least(share, Unit::Share, lack.clone()));
    }
    let (footprint, land) = both(footprint, land_after(s))?;
    let share = s.share_of((footprint, footprint_name(s)), (land, "site.area_m2"))?;
    figure(share, Unit::Share)
}

/// The height of the highest building in the end, in metres.
pub(super) fn height(s: &Subject<'_>) -> Measured {
    let name = if s.is_upgrade() {
        "upgrade.height_after_m"
    } else {
        "site.height_m"
    };
    figure(s.number(name)?, Unit::Metres)
}

/// Green ratio in the end.
pub(super) fn green_ratio(s: &Subject<'_>) -> Measured {
    let name = if s.is_upgrade() {
        "upgrade.green_ratio_after"
    } else {
        "site.green_ratio"
    };
    figure(s.number(name)?, Unit::Share)
}

/// 建筑系数: ground under buildings, structures and storage yards over the site; at least the building density.
pub(super) fn site_coefficient(s: &Subject<'_>) -> Measured {
    let (buildings, land) = both(footprint(s), land_after(s))?;
    let more = [s.number("site.structures_m2"), s.number("site.yards_m2")];
    let known = more
        .iter()
        .flatten()
        .try_fold(buildings, |sum, part| sum.plus(*part));
    let lacking = more.into_iter().filter_map(Result::err);
    let lacking = lacking.reduce(|a, b| {
        both::<(), ()>(Err(a), Err(b))
            .err()
            .unwrap_or(Lack::of("site.yards_m2"))
    });
    let covered = (fits(known)?, footprint_name(s));
    let mut found = figure(s.share_of(covered, (land, "site.area_m2"))?, Unit::Share)?;
    found.open = lacking.map(|lack| (Side::Above, lack));
    Ok(found)
}

/// Parking spaces that the table of rates asks for, rounded up: `rate × floor / 100` for production and for services.
///
/// DB33/1021-2013 is not printed in the policy: the table comes from the user.
pub(super) fn parking_needed(s: &Subject<'_>) -> Measured {
    let table = s
        .pack
        .tables
        .get("parking_rates")
        .ok_or_else(|| Lack::of("table parking_rates"))?;
    let row = |key: &str| table.rows.get(key).copied();
    let floor = plain(s)?.after;
    let spaces = match (row("production"), row("supporting")) {
        (Some(production), Some(supporting)) => {
            let services = s.number("site.supporting_floor_area_m2")?;
            let rest = fits(floor.minus(services))?;
            if rest < Exact::ZERO {
                let name = "site.supporting_floor_area_m2";
                return Err(s.contradiction(name, "site.floor_area_m2"));
            }
            production
                .times(rest)
                .zip(supporting.times(services))
                .and_then(|(a, b)| a.plus(b))
        }
        _ => row("all")
            .ok_or_else(|| Lack::of("table parking_rates, row `all`"))?
            .times(floor),
    };
    let needed = spaces
        .and_then(|spaces| spaces.over(Exact::int(100)))
        .and_then(|spaces| spaces.ceil_to(0));
    figure(fits(needed)?, Unit::Count)
}
