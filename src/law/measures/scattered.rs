//! The scattered pieces of an application (零星边角地、夹心地) → their areas together, whether they conform and adjoin.

use super::measure::{COUNT, LAND, Measure, RATIO, SHARE, TRUTH, new};
use super::subject::{Found, Lack, Measured, Side, Subject, all, both, figure, fits, truth};
use crate::law::facts::Record;
use crate::quantity::{Exact, Figure, Unit};

const TOGETHER: &[&str] = &[
    "scattered",
    "scattered.area_m2",
    "site.earlier_scattered_m2",
];

pub(super) const MEASURES: &[Measure] = &[
    new(
        "scattered_conforms",
        "零星地块符合规划",
        "the pieces conform to the plan",
        TRUTH,
        &[],
        conform,
    )
    .asking(&[&["scattered", "scattered.conforms_to_plan"]]),
    new(
        "scattered_adjacent",
        "零星地块与原用地相邻",
        "the pieces border the site",
        TRUTH,
        &[],
        adjoin,
    )
    .asking(&[&["scattered", "scattered.shared_m", "scattered.adjacent"]]),
    new(
        "scattered_ratio",
        "零星地块累计面积占原用地面积",
        "scattered land over the site",
        SHARE,
        &["count_prior", "mode"],
        ratio,
    )
    .asking(&[TOGETHER, &["site.area_m2"]]),
    new(
        "scattered_area",
        "零星地块累计面积",
        "scattered land",
        LAND,
        &["count_prior"],
        area,
    )
    .asking(&[TOGETHER]),
    new(
        "scattered_pieces",
        "零星地块数",
        "scattered pieces",
        COUNT,
        &[],
        count,
    )
    .asking(&[&["scattered"]]),
    new(
        "largest_piece_area",
        "最大单块零星地块面积",
        "the largest piece",
        LAND,
        &[],
        largest,
    )
    .asking(&[&["scattered", "scattered.area_m2"]]),
    new(
        "piece_stands_alone",
        "有地块能单独出具规划条件",
        "a piece could be planned alone",
        TRUTH,
        &[],
        stands_alone,
    )
    .asking(&[&["scattered", "scattered.single_plan_possible"]]),
    new(
        "scattered_plot_ratio",
        "零星地块容积率",
        "plot ratio of the pieces",
        RATIO,
        &[],
        greatest_plot_ratio,
    )
    .asking(&[&["scattered", "scattered.plot_ratio"]]),
];

fn pieces<'a>(s: &Subject<'a>) -> &'a [Record] {
    s.list("scattered")
}

/// How many pieces there are.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a measure among those that can be unknown"
)]
pub(super) fn count(s: &Subject<'_>) -> Measured {
    Ok(Figure::count(pieces(s).len()).into())
}

/// The land of this application, in m².
pub(super) fn added_land(s: &Subject<'_>) -> Result<Exact, Lack> {
    s.sum(pieces(s), "scattered.area_m2")
}

/// 累计面积: the pieces of this application and, unless read otherwise, what the site was granted before.
pub(super) fn area(s: &Subject<'_>) -> Measured {
    let (together, open) = together(s)?;
    Ok(Found {
        figure: Figure::Number(together, Unit::Land),
        open,
    })
}

/// The land together, in m²; where nobody says what the site was granted before it may be more.
fn together(s: &Subject<'_>) -> Result<(Exact, Option<(Side, Lack)>), Lack> {
    let added = added_land(s)?;
    if s.choice("count_prior") == "false" {
        return Ok((added, None));
    }
    match s.number("site.earlier_scattered_m2") {
        Ok(earlier) => Ok((fits(added.plus(earlier))?, None)),
        Err(lack) => Ok((added, Some((Side::Above, lack)))),
    }
}

/// Their share of the site before any scattered land (原用地面积).
pub(super) fn ratio(s: &Subject<'_>) -> Measured {
    let ((part, open), whole) = both(together(s), s.number("site.area_m2"))?;
    if whole == Exact::ZERO {
        return Err(Lack::of("site.area_m2"));
    }
    Ok(Found {
        figure: Figure::LandShare { part, whole },
        open,
    })
}

/// Whether every piece conforms to the plan.
pub(super) fn conform(s: &Subject<'_>) -> Measured {
    truth(all(pieces(s).iter().map(|piece| {
        s.truth_of(piece, "scattered.conforms_to_plan")
    }))?)
}

/// Whether every piece shares a stretch of boundary with the site; a corner is none.
pub(super) fn adjoin(s: &Subject<'_>) -> Measured {
    truth(all(pieces(s).iter().map(|piece| {
        let told = s.truth_of(piece, "scattered.adjacent");
        match (s.of(piece, "scattered.shared_m"), told) {
            (Ok(length), Ok(told)) if told != (length > Exact::ZERO) => {
                let place = |name| s.lack_in(piece, name).missing.concat();
                Err(s.contradiction(&place("scattered.adjacent"), &place("scattered.shared_m")))
            }
            (Ok(length), _) => Ok(length > Exact::ZERO),
            (Err(_), told) => told,
        }
    }))?)
}

/// Whether conditions could be given for any piece by itself.
pub(super) fn stands_alone(s: &Subject<'_>) -> Measured {
    let alone = |piece| s.truth_of(piece, "scattered.single_plan_possible");
    truth(!all(pieces(s)
        .iter()
        .map(|piece| alone(piece).map(|alone| !alone)))?)
}

/// The largest piece, in m².
pub(super) fn largest(s: &Subject<'_>) -> Measured {
    figure(greatest(s, "scattered.area_m2")?, Unit::Land)
}

/// The greatest plot ratio of a piece.
pub(super) fn greatest_plot_ratio(s: &Subject<'_>) -> Measured {
    figure(greatest(s, "scattered.plot_ratio")?, Unit::PlotRatio)
}

fn greatest(s: &Subject<'_>, name: &'static str) -> Result<Exact, Lack> {
    pieces(s)
        .iter()
        .try_fold(Exact::ZERO, |most, piece| Ok(most.max(s.of(piece, name)?)))
}

/// The land of one application up to which a measure of its pieces stays at or below `bound`, in m²; `rounded` makes of
/// the limit on all land, in m², the most that passes for it. `None` for a measure that does not grow with the land, or
/// where it is unknown.
pub fn land_for(
    measure: &str,
    s: &Subject<'_>,
    bound: Exact,
    rounded: impl Fn(Exact) -> Option<Exact>,
) -> Option<Exact> {
    let limit = match measure {
        "scattered_area" => bound,
        "scattered_ratio" => bound.times(s.number("site.area_m2").ok()?)?,
        _ => return None,
    };
    let limit = rounded(limit)?;
    match s.choice("count_prior") {
        "false" => Some(limit),
        _ => limit.minus(s.or_usual("site.earlier_scattered_m2").ok()?),
    }
}
