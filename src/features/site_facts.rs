//! A parcel of a city with what stands on it and its plan block → its facts, as a check file would state them.

use crate::features::lineage::Product;
use crate::law::facts::{Facts, Record};
use crate::law::judge::beside_a_limit;
use crate::law::measures::{LEAST_FAR, LEAST_FLOOR, LEAST_FOOTPRINT};
use crate::model::{City, Limit, PlanLimits};
use crate::parcels::measures::ParcelMeasures;
use crate::parcels::{PlanOfParcel, Terms};
use crate::quantity::{Area, Exact, Figure, Quantity, Unit};

/// The least share of a parcel that a plan block must hold for its limits to be those of the parcel.
const MAJORITY: f64 = 0.5;

/// The facts of a parcel that the layers of a city can give.
const OF_A_CITY: [&str; 23] = [
    "site.area_m2",
    "site.floor_area_m2",
    "site.far_floor_area_m2",
    "site.footprint_m2",
    "site.supporting_floor_area_m2",
    "site.land_use",
    "site.plan_use",
    "site.contract_plot_ratio",
    "site.industry",
    "site.in_park",
    "site.standard_land",
    "site.transfer_restricted",
    "site.includes_scattered_land",
    "site.earlier_scattered_m2",
    "site.product_of_split",
    "site.product_of_merge",
    "plan.plot_ratio_min",
    "plan.plot_ratio_max",
    "plan.density_min",
    "plan.density_max",
    "plan.green_ratio_min",
    "plan.green_ratio_max",
    "plan.height_max_m",
];

/// Whether a fact of that name can be known of a parcel from the layers of a city, in this run or in one that is given more
/// of them.
pub fn is_given_by_a_city(name: &str) -> bool {
    OF_A_CITY.contains(&name)
}

/// What was joined to a parcel.
#[derive(Clone, Copy, Debug, Default)]
pub struct Joined<'a> {
    /// The plan block in which most of it lies.
    pub plan: Option<PlanOfParcel>,
    /// The scattered land granted to it before, where a candidate that the office knows of says so.
    pub granted: Option<Area>,
    /// What it is the product of.
    pub product: Product,
    /// 行业代码 that all enterprises on it share.
    pub industry: Option<&'a str>,
    /// What its contracts agree in.
    pub terms: Terms,
}

/// The facts of the parcel at a position of its layer; areas rounded once to 0.01 m².
pub fn facts_of_parcel(
    city: &City,
    measures: &[ParcelMeasures],
    joined: Joined<'_>,
    at: usize,
) -> Facts {
    let mut facts = Facts::default();
    let one = &mut facts.one;
    let (parcel, of_parcel) = (&city.parcels.rows[at], &measures[at]);
    let mut area = |name, m2: Quantity<f64>, unit| {
        if let Some(m2) = m2.ok().and_then(Area::from_m2) {
            one.set(name, Figure::Number(m2.into(), unit));
        }
    };
    area("site.area_m2", of_parcel.area, Unit::Land);
    if let Ok(on_site) = &of_parcel.on_site {
        area("site.floor_area_m2", on_site.floor_area, Unit::Floor);
        area(
            "site.far_floor_area_m2",
            on_site.far_floor_area,
            Unit::Floor,
        );
        // a footprint larger than its land proves one of the two wrong
        let footprint = of_parcel.density().and(on_site.footprint);
        area("site.footprint_m2", footprint, Unit::Floor);
        area(
            "site.supporting_floor_area_m2",
            on_site.supporting_floor_area,
            Unit::Floor,
        );
    }
    // figures that are unknown have a least one: rules that it decides are decided
    if let Ok(on_site) = &of_parcel.on_site {
        let mut least = |name, figure: Quantity<f64>, m2: f64| {
            if figure.is_err() && m2 > 0.0 {
                area(name, Ok(m2), Unit::Floor);
            }
        };
        least(LEAST_FLOOR, on_site.floor_area, on_site.floor_area_at_least);
        least(LEAST_FAR, on_site.far_floor_area, on_site.far_at_least);
        least(
            LEAST_FOOTPRINT,
            on_site.footprint,
            on_site.footprint_at_least,
        );
    }
    if let Some(land_use) = parcel.land_use {
        one.set("site.land_use", Figure::Word(land_use.name().into()));
    }
    let terms = parcel.terms.as_deref();
    if let Some(ratio) = terms.and_then(|terms| terms.contract_plot_ratio) {
        one.set(
            "site.contract_plot_ratio",
            Figure::Number(ratio.into(), Unit::PlotRatio),
        );
    }
    let own = terms.and_then(|terms| terms.industry.as_deref());
    if let Some(industry) = own.or(joined.industry) {
        one.set("site.industry", Figure::Word(industry.into()));
    }
    if terms.is_some_and(|terms| terms.park.is_some()) {
        one.set("site.in_park", Figure::Truth(true));
    }
    earlier_grants(one, joined.granted);
    let (product, agreed) = (joined.product, joined.terms);
    for (name, truth) in [
        ("site.product_of_split", product.of_split),
        ("site.product_of_merge", product.of_merge),
        ("site.standard_land", agreed.standard_land),
        ("site.transfer_restricted", agreed.transfer_restricted),
    ] {
        if let Some(truth) = truth {
            one.set(name, Figure::Truth(truth));
        }
    }
    let block = joined
        .plan
        .filter(|plan| plan.share >= MAJORITY && !plan.overlapping);
    let block = block.and_then(|plan| city.plan.as_ref()?.rows.get(plan.block as usize));
    if let Some(land_use) = block.and_then(|block| block.land_use) {
        one.set("site.plan_use", Figure::Word(land_use.name().into()));
    }
    let (own, of_block) = (
        parcel.limits(),
        block.map(|block| block.limits).unwrap_or_default(),
    );
    for (name, limit, is_max, unit) in LIMITS {
        if let Some(bound) = limit(&own).or_else(|| limit(&of_block)) {
            one.set(name, Figure::Number(exact(bound, is_max), unit));
        }
    }
    facts
}

/// Scattered land that a parcel was granted. That no candidate names it does not say that it was granted none.
fn earlier_grants(one: &mut Record, granted: Option<Area>) {
    let Some(granted) = granted else { return };
    one.set("site.includes_scattered_land", Figure::Truth(true));
    if granted.cents() > 0 {
        one.set(
            "site.earlier_scattered_m2",
            Figure::Number(granted.into(), Unit::Land),
        );
    }
}

type LimitOf = fn(&PlanLimits) -> Option<Limit>;

/// What a plan limits: the fact, where it stands, whether it is a maximum.
const LIMITS: [(&str, LimitOf, bool, Unit); 7] = [
    (
        "plan.plot_ratio_min",
        |limits| limits.plot_ratio_min,
        false,
        Unit::PlotRatio,
    ),
    (
        "plan.plot_ratio_max",
        |limits| limits.plot_ratio_max,
        true,
        Unit::PlotRatio,
    ),
    (
        "plan.density_min",
        |limits| limits.density_min,
        false,
        Unit::Share,
    ),
    (
        "plan.density_max",
        |limits| limits.density_max,
        true,
        Unit::Share,
    ),
    (
        "plan.green_ratio_min",
        |limits| limits.green_ratio_min,
        false,
        Unit::Share,
    ),
    (
        "plan.green_ratio_max",
        |limits| limits.green_ratio_max,
        true,
        Unit::Share,
    ),
    (
        "plan.height_max_m",
        |limits| limits.height_max,
        true,
        Unit::Metres,
    ),
];

/// A limit as a bound that includes its number.
fn exact(limit: Limit, is_max: bool) -> Exact {
    let value = Exact::from(limit.value);
    let beside = beside_a_limit().filter(|_| limit.strict);
    let moved = beside.and_then(|beside| {
        if is_max {
            value.minus(beside)
        } else {
            value.plus(beside)
        }
    });
    moved.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Decimal;

    #[test]
    fn a_limit_that_is_not_to_be_reached_is_not_met_by_its_own_number() {
        let limit = |strict| Limit {
            value: Decimal::new(25, 1),
            strict,
        };
        let number = Exact::parse("2.5").unwrap();
        assert!(number <= exact(limit(false), true) && number > exact(limit(true), true));
        assert!(number >= exact(limit(false), false) && number < exact(limit(true), false));
        assert!(Exact::parse("2.499999").unwrap() < exact(limit(true), true));
    }
}
