//! Offices and services of an industrial project (行政办公及生活服务设施) → their shares of land and of floor.

use super::floors::{listed, plain};
use super::ratios::land_after;
use super::subject::{Lack, Measured, Subject, both, figure, fits, over};
use crate::model::facts::Record;
use crate::quantity::{Exact, Figure, Unit};

/// The share of land, as measured or, where read so, apportioned by floor area.
pub(super) fn land_share(s: &Subject<'_>) -> Measured {
    if s.choice("supporting_land") == "apportioned" {
        return floor_share(s);
    }
    let land = s.number("site.supporting_land_m2").or_else(|lack| {
        let buildings = marked(s).ok_or(lack)?;
        s.sum(&buildings?, "building.footprint_m2")
    });
    let (part, whole) = both(land, land_after(s))?;
    figure(over(part, whole, "site.area_m2")?, Unit::Share)
}

/// The share of plain floor area.
pub(super) fn floor_share(s: &Subject<'_>) -> Measured {
    let floor = s.number("site.supporting_floor_area_m2").or_else(|lack| {
        let buildings = marked(s).ok_or(lack)?;
        listed(s, &buildings?, false)
    });
    let (part, floors) = both(floor, plain(s))?;
    figure(
        over(part, fits(Some(floors.after))?, "site.floor_area_m2")?,
        Unit::Share,
    )
}

/// The listed buildings that hold offices and services; `None` when no buildings are listed.
fn marked(s: &Subject<'_>) -> Option<Result<Vec<Record>, Lack>> {
    let buildings = s.list("building");
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

/// 亩均 land of an enterprise: what it uses, else its site; in m².
pub(super) fn land_used(s: &Subject<'_>) -> Measured {
    let used: Result<Exact, Lack> = s
        .number("enterprise.land_mu")
        .or_else(|lack| s.number("site.area_m2").map_err(|_| lack));
    figure(used?, Unit::Land)
}
