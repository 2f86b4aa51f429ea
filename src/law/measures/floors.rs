//! Buildings, what is torn down and what is built → floor area before and after (建筑面积, 计容建筑面积).

use super::measure::{FLOOR, Measure, new};
use super::subject::{LEAST_FLOOR, Lack, Measured, Subject, Why, at_least, both, figure, fits};
use crate::law::facts::Record;
use crate::quantity::{Exact, Unit};

/// What plain floor areas are had from.
pub(super) const PLAIN: &[&str] = &[
    "site.floor_area_m2",
    "building.footprint_m2",
    "building.storeys",
    "upgrade.built_m2",
    "upgrade.demolished_m2",
];
/// What counted floor areas are had from beside them.
pub(super) const COUNTED: &[&str] = &[
    "site.far_floor_area_m2",
    "building.storey_height_m",
    "upgrade.far_built_m2",
    "upgrade.far_demolished_m2",
];
const CONTRACT: &[&str] = &["site.contract_plot_ratio", "site.area_m2"];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "floor_area",
        "建筑面积",
        "floor area",
        FLOOR,
        &[],
        floor_area,
    )
    .asking(&[PLAIN]),
    new(
        "over_limit_area",
        "超出部分建筑面积",
        "floor area over the limit",
        FLOOR,
        &["over_limit"],
        over_limit_area,
    )
    .asking(&[PLAIN, CONTRACT, &["site.certified_floor_area_m2"]]),
    new(
        "exempt_area",
        "不再增收费用的建筑面积",
        "floor area exempt from further fees",
        FLOOR,
        &[],
        exempt_area,
    )
    .asking(&[PLAIN, CONTRACT]),
];

/// Floor areas of a site in m², before and after.
#[derive(Clone, Copy)]
pub(super) struct Floors {
    /// What stands there.
    pub before: Exact,
    /// What is torn down of it.
    pub demolished: Exact,
    /// What is built.
    pub built: Exact,
    /// What stands there in the end.
    pub after: Exact,
}

impl Floors {
    /// Of what stands there, is torn down and is built; `names` are the facts of the first two.
    pub(super) fn of(
        s: &Subject<'_>,
        (before, demolished, built): (Exact, Exact, Exact),
        names: [&str; 2],
    ) -> Result<Self, Lack> {
        if demolished > before {
            return Err(s.contradiction(names[1], names[0]));
        }
        let after = fits(before.minus(demolished).and_then(|left| left.plus(built)))?;
        Ok(Self {
            before,
            demolished,
            built,
            after,
        })
    }
}

/// Plain floor areas: every storey once.
pub(super) fn plain(s: &Subject<'_>) -> Result<Floors, Lack> {
    let before = given_or_built(s, "site.floor_area_m2", false);
    let names = ["site.floor_area_m2", "upgrade.demolished_m2"];
    if !s.is_upgrade() {
        return Floors::of(s, (before?, Exact::ZERO, Exact::ZERO), names);
    }
    let moved = both(
        s.number("upgrade.demolished_m2"),
        s.number("upgrade.built_m2"),
    );
    let (before, (demolished, built)) = both(before, moved)?;
    Floors::of(s, (before, demolished, built), names)
}

/// Floor areas as the plot ratio counts them; plain ones throughout where any of them is missing, and the finding says so.
pub(super) fn counted(s: &Subject<'_>) -> Result<Floors, Lack> {
    if s.choice("far_area") == "plain" {
        return plain(s);
    }
    let counted = all_counted(s);
    counted.or_else(|lack| {
        // what contradicts itself is not replaced by something else
        if lack.why == Why::Contradiction {
            return Err(lack);
        }
        let plain = plain(s)?;
        let (zh, en) = match lack.missing.first() {
            Some(name) => (
                format!("未提供计容面积（{name}），前后均按建筑面积计"),
                format!("{name} is not given: plain floor area is used throughout"),
            ),
            None => return Err(lack),
        };
        s.note(zh, en);
        Ok(plain)
    })
}

fn all_counted(s: &Subject<'_>) -> Result<Floors, Lack> {
    let before = given_or_built(s, "site.far_floor_area_m2", true)?;
    let names = ["site.far_floor_area_m2", "upgrade.far_demolished_m2"];
    if !s.is_upgrade() {
        return Floors::of(s, (before, Exact::ZERO, Exact::ZERO), names);
    }
    let built = s.number("upgrade.far_built_m2")?;
    let demolished = s.number("upgrade.far_demolished_m2")?;
    Floors::of(s, (before, demolished, built), names)
}

/// The floor area of the buildings that are listed, else the one that is given: both areas follow from the buildings.
fn given_or_built(s: &Subject<'_>, name: &'static str, counted: bool) -> Result<Exact, Lack> {
    let given = s.number(name);
    let buildings = s.list("building");
    if buildings.is_empty() {
        return given;
    }
    let listed = listed(s, buildings, counted);
    if let (Ok(given), Ok(listed)) = (&given, &listed)
        && given != listed
    {
        s.note(
            format!("逐幢计算得 {listed} m²，与给定的 {name} = {given} m² 不一致，按逐幢计算"),
            format!("the buildings come to {listed} m², not to the {name} of {given} m² that is given: the buildings are taken"),
        );
    }
    listed.or(given)
}

/// The floor area of listed buildings: footprint times storeys, high storeys as often as the policy counts them.
pub(super) fn listed(s: &Subject<'_>, buildings: &[Record], counted: bool) -> Result<Exact, Lack> {
    buildings.iter().try_fold(Exact::ZERO, |sum, building| {
        let (footprint, storeys) = both(
            s.of(building, "building.footprint_m2"),
            s.of(building, "building.storeys"),
        )?;
        let factor = if counted {
            let height = s.of(building, "building.storey_height_m")?;
            s.pack.counting.factor_of(height)
        } else {
            Exact::ONE
        };
        let floor = footprint
            .times(storeys)
            .and_then(|floor| floor.times(factor));
        fits(floor.and_then(|floor| sum.plus(floor)))
    })
}

/// Plain floor area in the end.
pub(super) fn floor_area(s: &Subject<'_>) -> Measured {
    match (plain(s), s.least(LEAST_FLOOR)) {
        (Err(lack), Some(floor)) => Ok(at_least(floor, Unit::Floor, lack)),
        (floors, _) => figure(floors?.after, Unit::Floor),
    }
}

/// 超面积 of 二（一）: what stands there in the end beyond the certificate, else beyond the contract, else beyond before.
pub(super) fn over_limit_area(s: &Subject<'_>) -> Measured {
    let certified = || s.number("site.certified_floor_area_m2").ok();
    let allowed = match s.choice("over_limit") {
        "contract" => contract_floor(s)?.or_else(certified),
        _ => match certified() {
            Some(certified) => Some(certified),
            None => contract_floor(s)?,
        },
    };
    beyond(s, allowed)
}

/// What stands there in the end beyond the contract, else beyond before: the floor that is exempt by 二（六）.
pub(super) fn exempt_area(s: &Subject<'_>) -> Measured {
    let allowed = contract_floor(s)?;
    beyond(s, allowed)
}

fn contract_floor(s: &Subject<'_>) -> Result<Option<Exact>, Lack> {
    match s.number("site.contract_plot_ratio") {
        Ok(ratio) => fits(ratio.times(s.number("site.area_m2")?)).map(Some),
        Err(_) => Ok(None),
    }
}

fn beyond(s: &Subject<'_>, allowed: Option<Exact>) -> Measured {
    let floors = plain(s)?;
    let allowed = allowed.unwrap_or_else(|| {
        let zh = "未提供合同约定容积率，按增加建筑面积计".to_owned();
        s.note(
            zh,
            "no contract plot ratio given: the floor area added is taken".to_owned(),
        );
        floors.before
    });
    figure(
        fits(floors.after.minus(allowed))?.max(Exact::ZERO),
        Unit::Floor,
    )
}
