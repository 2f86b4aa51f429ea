//! Investment and new floor of an enterprise → what subsidies are taken of.

use super::measure::{FLOOR, Measure, SHARE, WAN, new};
use super::subject::{Found, Lack, Measured, Side, Subject, both, figure, fits, over};
use crate::quantity::{Exact, Figure, Unit};

/// What new floor by storey is had from.
pub(super) const BY_STOREY: &[&str] = &["upgrade.new_floor_by_storey", "upgrade.building_storeys"];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "new_upper_floor",
        "上层新增生产厂房建筑面积",
        "new production floor on upper storeys",
        FLOOR,
        &["vertical_storeys"],
        new_upper_floor,
    )
    .asking(&[
        BY_STOREY,
        &["upgrade.built_m2", "parameter vertical_lowest_storey"],
    ]),
    new(
        "leased_project_investment",
        "技改项目实际投资额",
        "investment of the project that leases plant",
        WAN,
        &["leased_investment"],
        leased_project_investment,
    )
    .asking(&[&[
        "investment.equipment_wan",
        "investment.invested_wan",
        "investment.total_wan",
    ]]),
    new(
        "invested_share",
        "已投资占开发投资总额",
        "investment made over the total",
        SHARE,
        &[],
        invested_share,
    )
    .asking(&[&["investment.invested_wan", "investment.total_wan"]]),
];

/// 实际投资额 of a project that leases plant: in its equipment, or in all of it, which is no more than its total.
pub(super) fn leased_project_investment(s: &Subject<'_>) -> Measured {
    if s.choice("leased_investment") != "total" {
        return figure(s.number("investment.equipment_wan")?, Unit::Wan);
    }
    match s.number("investment.invested_wan") {
        Ok(spent) => figure(spent, Unit::Wan),
        Err(lack) => Ok(Found {
            figure: Figure::Number(s.number("investment.total_wan")?, Unit::Wan),
            open: Some((Side::Below, lack)),
        }),
    }
}

/// 已投资 over 开发投资总额.
pub(super) fn invested_share(s: &Subject<'_>) -> Measured {
    let (spent, total) = both(
        s.number("investment.invested_wan"),
        s.number("investment.total_wan"),
    )?;
    figure(over(spent, total)?, Unit::Share)
}

/// New production floor on the storeys that the vertical-industry subsidy speaks of, in m².
pub(super) fn new_upper_floor(s: &Subject<'_>) -> Measured {
    let lowest = s.parameter("vertical_lowest_storey")?;
    let upper = |(storey, _): &&(i64, Exact)| Exact::int(*storey) >= lowest;
    let storeys = new_floor_by_storey(s)?;
    let sum = storeys
        .iter()
        .filter(upper)
        .try_fold(Exact::ZERO, |sum, (_, floor)| sum.plus(*floor));
    figure(fits(sum)?, Unit::Floor)
}

/// New production floor by the storey it lies on or, where read so, all of it by the storeys of its building.
pub(super) fn new_floor_by_storey(s: &Subject<'_>) -> Result<Vec<(i64, Exact)>, Lack> {
    s.ask("upgrade.new_floor_by_storey");
    let storeys = s
        .facts
        .one
        .series("upgrade.new_floor_by_storey")
        .ok_or_else(|| Lack::of("upgrade.new_floor_by_storey"))?;
    let all = storeys
        .iter()
        .try_fold(Exact::ZERO, |sum, (_, floor)| sum.plus(*floor));
    let all = fits(all)?;
    // of all that is built some may lie elsewhere, and no more than it on storeys
    s.ask("upgrade.built_m2");
    let built = s
        .facts
        .one
        .figure("upgrade.built_m2")
        .and_then(Figure::number);
    if built.is_some_and(|built| all.round_to(2).is_some_and(|all| all > built)) {
        return Err(s.contradiction("upgrade.new_floor_by_storey", "upgrade.built_m2"));
    }
    if s.choice("vertical_storeys") != "building" {
        return Ok(storeys.to_vec());
    }
    let height = s
        .number("upgrade.building_storeys")?
        .as_int()
        .ok_or_else(|| Lack::of("upgrade.building_storeys"))?;
    Ok(vec![(height, all)])
}
