//! Offices and services of an industrial project (行政办公及生活服务设施) → their shares of land and of floor.

use super::floors::{PLAIN, listed, plain};
use super::measure::{LAND, Measure, SHARE, new};
use super::ratios::{LAND_AFTER, land_after};
use super::subject::{Lack, Measured, Subject, both, figure};
use crate::law::facts::Record;
use crate::quantity::{Exact, Figure, Unit};

const LAND_OF: &[&str] = &[
    "site.supporting_land_m2",
    "building.supporting",
    "building.footprint_m2",
];
const FLOOR_OF: &[&str] = &["site.supporting_floor_area_m2", "building.supporting"];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "supporting_land_share_measured",
        "行政办公及生活服务设施用地占比（实测）",
        "land of offices and services",
        SHARE,
        &["mode"],
        land_share,
    )
    .asking(&[LAND_AFTER, LAND_OF]),
    new(
        "supporting_land_share",
        "行政办公及生活服务设施用地占比",
        "land of offices and services, apportioned where unknown",
        SHARE,
        &["mode"],
        land_share_or_apportioned,
    )
    .asking(&[LAND_AFTER, LAND_OF, PLAIN, FLOOR_OF]),
    new(
        "supporting_floor_share",
        "行政办公及生活服务设施建筑面积占比",
        "floor of offices and services",
        SHARE,
        &[],
        floor_share,
    )
    .asking(&[PLAIN, FLOOR_OF]),
    new(
        "land_used",
        "实际用地面积",
        "land used",
        LAND,
        &[],
        land_used,
    )
    .asking(&[&["enterprise.land_mu"]]),
];

/// The share of land as measured.
pub(super) fn land_share(s: &Subject<'_>) -> Measured {
    let (part, whole) = both(land(s), land_after(s))?;
    s.share_of((part, "site.supporting_land_m2"), (whole, "site.area_m2"))?;
    Ok(Figure::LandShare { part, whole }.into())
}

fn land(s: &Subject<'_>) -> Result<Exact, Lack> {
    s.number("site.supporting_land_m2").or_else(|lack| {
        let buildings = marked(s).ok_or(lack)?;
        s.sum(&buildings?, "building.footprint_m2")
    })
}

/// The share of land or, where the land cannot be told apart, of floor area (控制指标: 按建筑面积比重分摊).
pub(super) fn land_share_or_apportioned(s: &Subject<'_>) -> Measured {
    let (measured, apportioned) = (land_share(s), floor_share(s));
    match (land(s), land_after(s), apportioned) {
        (Err(_), Ok(_), Ok(share)) => {
            s.note(
                "未提供配套设施用地面积，按建筑面积比重分摊".to_owned(),
                "no land of offices and services given: apportioned by floor area".to_owned(),
            );
            Ok(share)
        }
        _ => measured,
    }
}

/// The share of plain floor area.
pub(super) fn floor_share(s: &Subject<'_>) -> Measured {
    let floor = s.number("site.supporting_floor_area_m2").or_else(|lack| {
        let buildings = marked(s).ok_or(lack)?;
        listed(s, &buildings?, false)
    });
    let (part, floors) = both(floor, plain(s))?;
    let share = s.share_of(
        (part, "site.supporting_floor_area_m2"),
        (floors.after, "site.floor_area_m2"),
    )?;
    figure(share, Unit::Share)
}

/// The listed buildings that hold offices and services; `None` when no buildings are listed.
fn marked(s: &Subject<'_>) -> Option<Result<Vec<Record>, Lack>> {
    let buildings = s.list("building");
    if !buildings.is_empty() {
        s.ask("building.supporting");
    }
    let marked = buildings
        .iter()
        .map(|building| match building.figure("building.supporting") {
            Some(Figure::Truth(supporting)) => Ok((*supporting).then(|| building.clone())),
            _ => Err(Lack::of("building.supporting")),
        });
    (!buildings.is_empty()).then(|| {
        marked
            .collect::<Result<Vec<_>, _>>()
            .map(|some| some.into_iter().flatten().collect())
    })
}

/// 实际用地 of an enterprise in m²: what it uses. The parcel registered to it says neither what it rents nor what it lets.
pub(super) fn land_used(s: &Subject<'_>) -> Measured {
    figure(s.number("enterprise.land_mu")?, Unit::Land)
}
