//! Land and floor of a site → plot ratio (容积率), its gain, the share of new floor.

use super::floors::{COUNTED, Floors, PLAIN, counted, plain};
use super::measure::{FLOOR, Measure, RATIO, SHARE, new};
use super::scattered::added_land;
use super::subject::{
    LEAST_FAR, LEAST_FLOOR, Lack, Measured, Subject, Why, at_least, both, figure, fits, over,
};
use crate::quantity::{Exact, Unit};

/// What the land of a site afterwards is had from.
pub(super) const LAND_AFTER: &[&str] = &["site.area_m2", "scattered.area_m2"];
const PRODUCTION: &[&str] = &[
    "site.production_floor_area_m2",
    "upgrade.production_built_m2",
    "upgrade.production_demolished_m2",
];
const THRESHOLD: &[&str] = &["parameter vertical_threshold"];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "plot_ratio_gain",
        "容积率提高",
        "gain of the plot ratio",
        SHARE,
        &["far_site", "far_baseline", "far_gain", "far_area"],
        plot_ratio_gain,
    )
    .asking(&[
        LAND_AFTER,
        PLAIN,
        COUNTED,
        &["site.certified_floor_area_m2", "site.contract_plot_ratio"],
    ]),
    new(
        "new_floor_share",
        "技改建筑面积占技改后总建筑面积",
        "new floor over all floor afterwards",
        SHARE,
        &["share_new"],
        new_floor_share,
    )
    .asking(&[PLAIN]),
    new(
        "plot_ratio",
        "容积率",
        "plot ratio",
        RATIO,
        &["far_area"],
        plot_ratio,
    )
    .asking(&[LAND_AFTER, PLAIN, COUNTED]),
    new(
        "plot_ratio_plain",
        "容积率（层高不加倍）",
        "plot ratio, every storey once",
        RATIO,
        &[],
        plot_ratio_plain,
    )
    .asking(&[LAND_AFTER, PLAIN]),
    new(
        "production_plot_ratio_gain",
        "生产厂房容积率提高",
        "gain of the production plot ratio",
        SHARE,
        &["vertical_floor"],
        production_gain,
    )
    .asking(&[LAND_AFTER, PLAIN, PRODUCTION]),
    new(
        "vertical_excess_by_ratio",
        "容积率提高超出部分面积",
        "floor beyond the threshold of the plot ratio",
        FLOOR,
        &["vertical_floor"],
        excess_by_ratio,
    )
    .asking(&[LAND_AFTER, PLAIN, PRODUCTION, THRESHOLD]),
    new(
        "vertical_excess_by_share",
        "技改面积占比超出部分面积",
        "floor beyond the threshold of the share",
        FLOOR,
        &["share_new"],
        excess_by_share,
    )
    .asking(&[PLAIN, THRESHOLD]),
];

/// The plot ratio in the end: counted floor over the site with its scattered land.
pub(super) fn plot_ratio(s: &Subject<'_>) -> Measured {
    let least = match s.choice("far_area") {
        "plain" => LEAST_FLOOR,
        _ => LEAST_FAR,
    };
    ratio_of(s, counted(s), least)
}

/// The plot ratio in the end with every storey counted once.
pub(super) fn plot_ratio_plain(s: &Subject<'_>) -> Measured {
    ratio_of(s, plain(s), LEAST_FLOOR)
}

fn ratio_of(s: &Subject<'_>, floors: Result<Floors, Lack>, least: &'static str) -> Measured {
    if let (Err(lack), Some(floor), Ok(land)) = (&floors, s.least(least), land_after(s)) {
        let ratio = over(floor, land)?;
        return Ok(at_least(ratio, Unit::PlotRatio, lack.clone()));
    }
    let (floors, land) = both(floors, land_after(s))?;
    figure(over(floors.after, land)?, Unit::PlotRatio)
}

/// S1: the site with the scattered land of this application.
pub(super) fn land_after(s: &Subject<'_>) -> Result<Exact, Lack> {
    let (site, added) = both(s.number("site.area_m2"), added_land(s))?;
    fits(site.plus(added))
}

/// The land that a plot ratio afterwards is taken to: with or without the scattered land.
fn gain_land(s: &Subject<'_>) -> Result<Exact, Lack> {
    if s.choice("far_site") == "original" {
        s.number("site.area_m2")
    } else {
        land_after(s)
    }
}

/// 容积率提高: how much greater the plot ratio is in the end, as a share of what it was or as a difference.
pub(super) fn plot_ratio_gain(s: &Subject<'_>) -> Measured {
    let (floors, land) = both(counted(s), gain_land(s))?;
    let before = plot_ratio_before(s, floors)?;
    gain(s, floors, before, land)
}

/// The plot ratio that a gain is measured from.
fn plot_ratio_before(s: &Subject<'_>, floors: Floors) -> Result<Exact, Lack> {
    let site = || s.number("site.area_m2");
    match s.choice("far_baseline") {
        "certified" => over(s.number("site.certified_floor_area_m2")?, site()?),
        "contract" => s.number("site.contract_plot_ratio"),
        _ => over(floors.before, site()?),
    }
}

fn gain(s: &Subject<'_>, floors: Floors, before: Exact, land: Exact) -> Measured {
    if floors.before == Exact::ZERO || before == Exact::ZERO {
        return Err(Lack::because(Why::BareSite));
    }
    let after = over(floors.after, land)?;
    let more = fits(after.minus(before))?;
    if s.choice("far_gain") == "absolute" {
        return figure(more, Unit::Share);
    }
    figure(fits(more.over(before))?, Unit::Share)
}

/// 技改建筑面积占技改后总建筑面积: what is built over all floor in the end; never counted twice.
pub(super) fn new_floor_share(s: &Subject<'_>) -> Measured {
    let floors = plain(s)?;
    if floors.before == Exact::ZERO {
        return Err(Lack::because(Why::BareSite));
    }
    figure(over(new_floor(s, floors)?, floors.after)?, Unit::Share)
}

/// 技改建筑面积: all that is built, or what is more of it than is torn down.
fn new_floor(s: &Subject<'_>, floors: Floors) -> Result<Exact, Lack> {
    match s.choice("share_new") {
        "net" => fits(floors.built.minus(floors.demolished)),
        _ => Ok(floors.built),
    }
}

/// 生产厂房 before and after, in plain floor area; all floor where read so. Of what is not built or torn down at all no part
/// is.
fn production(s: &Subject<'_>) -> Result<Floors, Lack> {
    let whole = plain(s);
    if s.choice("vertical_floor") == "all" {
        return whole;
    }
    let part = |name, whole: &dyn Fn(Floors) -> Exact| {
        let given = s.number(name);
        given.or_else(|lack| {
            let whole = plain(s).map(whole).ok();
            whole.filter(|whole| *whole == Exact::ZERO).ok_or(lack)
        })
    };
    let moved = both(
        part("upgrade.production_demolished_m2", &|floors| {
            floors.demolished
        }),
        part("upgrade.production_built_m2", &|floors| floors.built),
    );
    let before = part("site.production_floor_area_m2", &|floors| floors.before);
    let (whole, (before, (demolished, built))) = both(whole, both(before, moved))?;
    // where buildings are listed the whole is had from them, and not from the fact that the part is held against
    if before > whole.before {
        return Err(s.contradiction("site.production_floor_area_m2", "site.floor_area_m2"));
    }
    let names = [
        "site.production_floor_area_m2",
        "upgrade.production_demolished_m2",
    ];
    Floors::of(s, (before, demolished, built), names)
}

/// 生产厂房容积率提高, as a share of what it was.
pub(super) fn production_gain(s: &Subject<'_>) -> Measured {
    let (floors, (site, land)) =
        both(production(s), both(s.number("site.area_m2"), land_after(s)))?;
    if floors.before == Exact::ZERO {
        return Err(Lack::because(Why::BareSite));
    }
    let before = over(floors.before, site)?;
    let after = over(floors.after, land)?;
    figure(
        fits(after.over(before).and_then(|times| times.minus(Exact::ONE)))?,
        Unit::Share,
    )
}

/// Production floor beyond what a plot ratio greater by the threshold would have, in m².
pub(super) fn excess_by_ratio(s: &Subject<'_>) -> Measured {
    let (floors, (site, land)) =
        both(production(s), both(s.number("site.area_m2"), land_after(s)))?;
    let times = fits(s.parameter("vertical_threshold")?.plus(Exact::ONE))?;
    let allowed = fits(
        floors
            .before
            .over(site)
            .and_then(|ratio| ratio.times(land))
            .and_then(|floor| floor.times(times)),
    )?;
    figure(
        fits(floors.after.minus(allowed))?.max(Exact::ZERO),
        Unit::Floor,
    )
}

/// New floor beyond the threshold's share of all floor, in m².
pub(super) fn excess_by_share(s: &Subject<'_>) -> Measured {
    let floors = plain(s)?;
    let allowed = fits(s.parameter("vertical_threshold")?.times(floors.after))?;
    figure(
        fits(new_floor(s, floors)?.minus(allowed))?.max(Exact::ZERO),
        Unit::Floor,
    )
}

/// The floor area to be built from which on a measure of an upgrade reaches `bound`, in m²; `None` for a measure that does
/// not grow with it, or where it is unknown. New floor counts once.
pub fn floor_for(measure: &str, s: &Subject<'_>, bound: Exact) -> Option<Exact> {
    match measure {
        "plot_ratio_gain" => {
            let (floors, land) = (counted(s).ok()?, gain_land(s).ok()?);
            let before = plot_ratio_before(s, floors).ok()?;
            let after = if s.choice("far_gain") == "absolute" {
                before.plus(bound)?
            } else {
                before.times(bound.plus(Exact::ONE)?)?
            };
            after
                .times(land)?
                .minus(floors.before.minus(floors.demolished)?)
        }
        "plot_ratio" => {
            let (floors, land) = (counted(s).ok()?, land_after(s).ok()?);
            bound
                .times(land)?
                .minus(floors.before.minus(floors.demolished)?)
        }
        "new_floor_share" => {
            let floors = plain(s).ok()?;
            let left = floors.before.minus(floors.demolished)?;
            let torn_down = if s.choice("share_new") == "net" {
                floors.demolished
            } else {
                Exact::ZERO
            };
            bound
                .times(left)?
                .plus(torn_down)?
                .over(Exact::ONE.minus(bound)?)
        }
        _ => None,
    }
}
