//! The lots of a split (分割) → how many, how small, whether each stands for itself.

use super::measure::{COUNT, LAND, Measure, TRUTH, new};
use super::subject::{Found, Lack, Measured, Side, Subject, Why, all, both, figure, fits, truth};
use crate::law::facts::Record;
use crate::quantity::{Exact, Figure, Unit};

pub(super) const MEASURES: &[Measure] = &[
    new(
        "lot_count",
        "分割宗数",
        "lots",
        COUNT,
        &["lot_count"],
        count,
    )
    .asking(&[&["lot", "lot.area_m2", "site.area_m2"]]),
    new(
        "smallest_lot_area",
        "最小一宗面积",
        "the smallest lot",
        LAND,
        &[],
        smallest,
    )
    .asking(&[&["lot", "lot.area_m2", "site.area_m2"]]),
    new(
        "lot_remainder",
        "各宗面积之和与原宗地之差",
        "lots together less the site",
        LAND,
        &[],
        remainder,
    )
    .asking(&[&["lot", "lot.area_m2", "site.area_m2"]]),
    new(
        "lots_completed",
        "各宗均已竣工投产",
        "every lot is completed",
        TRUTH,
        &["completed_lots"],
        completed,
    )
    .asking(&[&[
        "lot",
        "lot.sold",
        "lot.buildings",
        "lot.completed",
        "lot.area_m2",
        "site.area_m2",
    ]]),
    new(
        "lots_with_buildings",
        "各宗均有建筑",
        "every lot has a building",
        TRUTH,
        &[],
        built,
    )
    .asking(&[&["lot", "lot.buildings", "lot.area_m2", "site.area_m2"]]),
    new(
        "lot_supporting_only",
        "有一宗仅含配套设施",
        "a lot holds offices and services only",
        TRUTH,
        &[],
        supporting_only,
    )
    .asking(&[&["lot", "lot.supporting_only", "lot.area_m2", "site.area_m2"]]),
];

fn lots<'a>(s: &Subject<'a>) -> Result<&'a [Record], Lack> {
    let lots = s.list("lot");
    if lots.is_empty() {
        Err(Lack::of("lot"))
    } else {
        Ok(lots)
    }
}

/// What the lots leave of the site, in m²: nothing where they are the site but for rounding.
fn left_over(s: &Subject<'_>) -> Result<Exact, Lack> {
    let (site, sum) = both(s.number("site.area_m2"), s.sum(lots(s)?, "lot.area_m2"))?;
    let left = fits(site.minus(sum))?;
    if left < Exact::int(-1) {
        return Err(s.contradiction("lot.area_m2", "site.area_m2"));
    }
    if left <= Exact::ONE {
        return Ok(Exact::ZERO);
    }
    s.note(
        format!("各宗之和比原宗地少 {left} m²，按剩余一宗计"),
        format!("the lots leave {left} m² of the site: taken as one lot more"),
    );
    Ok(left)
}

/// That nobody says a thing of the lot that the others leave over, where there is one: every lot must be as the rules ask, and
/// it is one of them.
fn of_the_rest(s: &Subject<'_>, key: &str) -> Result<(), Lack> {
    match left_over(s) {
        Ok(rest) if rest > Exact::ZERO => {
            let at = s.list("lot").len();
            Err(Lack::of(&format!("lot.{at}.{key}")))
        }
        Err(lack) if lack.why == Why::Contradiction => Err(lack),
        _ => Ok(()),
    }
}

/// How many lots there will be, the remainder among them, or how many are split off; one more where it is unknown whether
/// anything remains.
pub(super) fn count(s: &Subject<'_>) -> Measured {
    let lots = lots(s)?.len();
    let (rest, open) = match left_over(s) {
        Ok(rest) => (usize::from(rest > Exact::ZERO), None),
        Err(lack) if lack.why == Why::NotGiven => (0, Some((Side::Above, lack))),
        Err(lack) => return Err(lack),
    };
    let lots = lots + rest;
    Ok(Found {
        figure: Figure::count(if s.choice("lot_count") == "split_off" {
            lots - 1
        } else {
            lots
        }),
        open,
    })
}

/// The smallest lot, in m², the remainder among them; one whose area is unknown may be smaller. Where no lot's area is
/// known it is at most the site over their number, which is two at least.
pub(super) fn smallest(s: &Subject<'_>) -> Measured {
    let lots = match lots(s) {
        Ok(lots) => lots,
        Err(lack) => return at_most_a_share(s, 2, lack),
    };
    let areas = lots.iter().map(|lot| s.of(lot, "lot.area_m2"));
    let least = areas.flatten().min();
    let (rest, lacking) = match left_over(s) {
        Ok(rest) => (Some(rest).filter(|rest| *rest > Exact::ZERO), None),
        Err(lack) if lack.why == Why::NotGiven => (None, Some(lack)),
        Err(lack) => return Err(lack),
    };
    match (least.into_iter().chain(rest).min(), lacking) {
        (None, lack) => {
            let lack = lack.unwrap_or_else(|| Lack::of("lot"));
            at_most_a_share(s, lots.len().max(2), lack)
        }
        (Some(least), lacking) => Ok(Found {
            figure: Figure::Number(least, Unit::Land),
            open: lacking.map(|lack| (Side::Below, lack)),
        }),
    }
}

/// An even share of the site: the smallest of so many lots is at most that.
fn at_most_a_share(s: &Subject<'_>, lots: usize, lack: Lack) -> Measured {
    let Ok(site) = s.number("site.area_m2") else {
        return Err(lack);
    };
    let lots = i64::try_from(lots).unwrap_or(i64::MAX);
    Ok(Found {
        figure: Figure::land(fits(site.over(Exact::int(lots)))?),
        open: Some((Side::Below, lack)),
    })
}

/// Whether the lots together are the site: their sum less the site, in m² of land, without its sign.
pub(super) fn remainder(s: &Subject<'_>) -> Measured {
    let sum = s.sum(lots(s)?, "lot.area_m2")?;
    figure(
        fits(sum.minus(s.number("site.area_m2")?))?.abs(),
        Unit::Land,
    )
}

/// Whether every lot, or every lot to be sold, is completed and in production; a lot without a building is not.
pub(super) fn completed(s: &Subject<'_>) -> Measured {
    let done = |lot| {
        if s.of(lot, "lot.buildings") == Ok(Exact::ZERO) {
            return Ok(false);
        }
        s.truth_of(lot, "lot.completed")
    };
    let only_sold = s.choice("completed_lots") == "sold";
    let each = lots(s)?.iter().filter_map(|lot| {
        if !only_sold {
            return Some(done(lot));
        }
        // a lot of which nobody says whether it is to be sold counts, unless it is completed anyway
        match (s.truth_of(lot, "lot.sold"), done(lot)) {
            (Ok(false), _) => None,
            (Ok(true), done) => Some(done),
            (Err(_), Ok(true)) => Some(Ok(true)),
            (Err(lack), _) => Some(Err(lack)),
        }
    });
    let rest = of_the_rest(s, "completed").map(|()| true);
    truth(all(each.chain([rest]))?)
}

/// Whether every lot has a building of its own.
pub(super) fn built(s: &Subject<'_>) -> Measured {
    let buildings = |lot| s.of(lot, "lot.buildings").map(|count| count > Exact::ZERO);
    let rest = of_the_rest(s, "buildings").map(|()| true);
    truth(all(lots(s)?.iter().map(buildings).chain([rest]))?)
}

/// Whether any lot holds offices and services only.
pub(super) fn supporting_only(s: &Subject<'_>) -> Measured {
    let more = |lot| s.truth_of(lot, "lot.supporting_only").map(|only| !only);
    let rest = of_the_rest(s, "supporting_only").map(|()| true);
    truth(!all(lots(s)?.iter().map(more).chain([rest]))?)
}
