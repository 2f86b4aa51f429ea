//! A county's year → its shares of industrial land and of money set aside, and the least price of industrial land.

use super::measure::{Measure, SHARE, YUAN, new};
use super::subject::{Lack, Measured, Subject, both, figure, over};
use crate::quantity::Unit;

pub(super) const MEASURES: &[Measure] = &[
    new(
        "industrial_land_share",
        "工业用地占出让总量",
        "industrial land over all land granted",
        SHARE,
        &[],
        industrial_land_share,
    )
    .asking(&[&["county.granted_industrial_mu", "county.granted_mu"]]),
    new(
        "fund_share",
        "专项经费占土地出让收入",
        "money set aside over the revenue from land",
        SHARE,
        &[],
        fund_share,
    )
    .asking(&[&["county.fund_wan", "county.land_revenue_wan"]]),
    new(
        "land_price_minimum",
        "工业用地最低价标准",
        "least price of industrial land",
        YUAN,
        &[],
        land_price_minimum,
    )
    .asking(&[&["county.land_class", "table land_price_minimum"]]),
];

/// Industrial land over all land granted in the year.
pub(super) fn industrial_land_share(s: &Subject<'_>) -> Measured {
    let (industrial, all) = both(
        s.number("county.granted_industrial_mu"),
        s.number("county.granted_mu"),
    )?;
    figure(over(industrial, all)?, Unit::Share)
}

/// Money set aside over the revenue from land.
pub(super) fn fund_share(s: &Subject<'_>) -> Measured {
    let (fund, revenue) = both(
        s.number("county.fund_wan"),
        s.number("county.land_revenue_wan"),
    )?;
    figure(over(fund, revenue)?, Unit::Share)
}

/// 工业用地出让最低价标准 of the land class, in 元/m².
pub(super) fn land_price_minimum(s: &Subject<'_>) -> Measured {
    let class = s.word("county.land_class")?;
    let table = s
        .pack
        .tables
        .get("land_price_minimum")
        .ok_or_else(|| Lack::of("table land_price_minimum"))?;
    let price = table.rows.get(class).copied();
    figure(
        price.ok_or_else(|| Lack::of(&format!("table land_price_minimum, row `{class}`")))?,
        Unit::YuanPerM2,
    )
}
