//! Investment, class and new floor of an enterprise → what subsidies are taken of.

use super::measure::{FLOOR, Measure, SHARE, WAN, WORD, new};
use super::subject::{Found, Lack, Measured, Side, Subject, both, figure, fits, over};
use crate::quantity::{Exact, Figure, Unit};

const GUARD: &[&str] = &["investment.total_wan", "investment.key_project"];
const THRESHOLDS: &[&str] = &[
    "parameter class_a_investment_wan",
    "parameter class_not_d_investment_wan",
];
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
    .asking(&[BY_STOREY, &["parameter vertical_lowest_storey"]]),
    new(
        "evaluation_class",
        "亩均评价（适用类别）",
        "evaluation class as it counts",
        WORD,
        &["class"],
        evaluation_class,
    )
    .asking(&[&["enterprise.evaluation_class"], GUARD, THRESHOLDS]),
    new(
        "transferee_class",
        "受让方亩均评价（适用类别）",
        "the buyer's class as it counts",
        WORD,
        &["class"],
        transferee_class,
    )
    .asking(&[
        &[
            "transferee.evaluation_class",
            "transferee.project_total_wan",
            "transferee.key_project",
        ],
        THRESHOLDS,
    ]),
    new(
        "class_guard",
        "重点项目对亩均评价的影响",
        "what a key project does to the class",
        WORD,
        &[],
        class_guard,
    )
    .asking(&[GUARD, THRESHOLDS]),
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

/// 亩均评价 as it counts: a key project under construction lifts it (二（八）), unless read as it was given.
pub(super) fn evaluation_class(s: &Subject<'_>) -> Measured {
    lifted(s, "enterprise.evaluation_class", &OWN_PROJECT)
}

/// The same of the buyer, whose own project it takes: what the seller has invested in the land lifts nobody else.
pub(super) fn transferee_class(s: &Subject<'_>) -> Measured {
    lifted(s, "transferee.evaluation_class", &BUYERS_PROJECT)
}

fn lifted(s: &Subject<'_>, name: &'static str, project: &Project) -> Measured {
    let given = s.word(name);
    let guard = if s.choice("class") == "original" {
        None
    } else {
        guard_of(s, project)
    };
    let class = match (guard, given) {
        (Some("A"), _) => "A",
        // not D: of the classes below B none opens a door that another keeps shut
        (Some("not_D"), Ok("D")) => "C",
        (_, given) => given?,
    };
    Ok(Figure::Word(class.into()).into())
}

/// What a key project does to the class of its investor: A, not D, or nothing.
pub(super) fn class_guard(s: &Subject<'_>) -> Measured {
    let least = s.parameter("class_not_d_investment_wan");
    let (total, key) = (
        s.number("investment.total_wan"),
        s.truth("investment.key_project"),
    );
    let small = matches!((&total, &least), (Ok(total), Ok(least)) if total < least);
    if !small && key != Ok(false) {
        both(key, total)?;
    }
    Ok(Figure::Word(guard_of(s, &OWN_PROJECT).unwrap_or("none").into()).into())
}

/// The facts of a project: its total investment, whether it is a key one.
struct Project {
    total_wan: &'static str,
    is_key: &'static str,
}

/// The project that a case is about.
const OWN_PROJECT: Project = Project {
    total_wan: "investment.total_wan",
    is_key: "investment.key_project",
};

/// A project of the buyer.
const BUYERS_PROJECT: Project = Project {
    total_wan: "transferee.project_total_wan",
    is_key: "transferee.key_project",
};

fn guard_of(s: &Subject<'_>, project: &Project) -> Option<&'static str> {
    let total = s
        .number(project.total_wan)
        .ok()
        .filter(|_| s.truth(project.is_key) == Ok(true))?;
    let reaches = |name| s.parameter(name).is_ok_and(|least| total >= least);
    if reaches("class_a_investment_wan") {
        return Some("A");
    }
    reaches("class_not_d_investment_wan").then_some("not_D")
}

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
    if s.choice("vertical_storeys") != "building" {
        return Ok(storeys.to_vec());
    }
    let height = s
        .number("upgrade.building_storeys")?
        .as_int()
        .ok_or_else(|| Lack::of("upgrade.building_storeys"))?;
    let all = storeys
        .iter()
        .try_fold(Exact::ZERO, |sum, (_, floor)| sum.plus(*floor));
    Ok(vec![(height, fits(all)?)])
}
