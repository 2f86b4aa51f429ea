//! A survey → the layers that Zhejiang's survey of inefficient land hands in: units (`DCDYTB`) and zones (`DCQTB`).

use rustc_hash::FxHashSet;

use super::Survey;
use super::parcel::Surveyed;
use super::state::State;
use crate::features::Known;
use crate::features::dcdytb::{UnitFacts, ZoneFacts, units_of, zones_of};
use crate::features::scattered::Origin;
use crate::geometry::Shapes;
use crate::law::measures::last_full_year;
use crate::model::survey::SurveyLayer;
use crate::model::{Layer, PlanBlock, SurveyBlock};
use crate::parcels::{Indexed, PlanOfParcel, plan_of_parcels};
use crate::quantity::{Decimal, Figure, Quantity};

/// One unit for each surveyed parcel, and one zone for each block of the boundary that has a unit, where one was given. A
/// unit lies in the zone that holds most of it. 是否低效 (`SFDX`) is yes where the parcel is inefficient, no where it is built
/// and every limit was tested, and null in every other state; what is not known is null.
///
/// # Errors
/// When a layer and its shapes do not go together.
pub fn survey_units(known: Known<'_>, survey: &Survey) -> Result<Vec<SurveyLayer>, String> {
    let crs = known.measured.city.crs.clone();
    let zones = known
        .measured
        .city
        .boundary
        .as_ref()
        .map(|blocks| (blocks, zone_of_parcels(known, blocks)));
    let zone = |of: &Surveyed| {
        let (blocks, of_parcel) = zones.as_ref()?;
        let block = of_parcel[of.parcel as usize]?.block;
        Some(blocks.rows[block as usize].id.as_str()).filter(|id| !id.is_empty())
    };
    let plan_uses: Vec<Option<Figure>> = survey
        .parcels
        .iter()
        .map(|of| {
            known
                .facts_of(of.parcel as usize)
                .one
                .figure("site.plan_use")
                .cloned()
        })
        .collect();
    let pieces = known.pieces.found.pieces.iter();
    let recorded: FxHashSet<u32> = pieces
        .filter_map(|piece| match piece.origin {
            Origin::Recorded(parcel) => Some(parcel),
            _ => None,
        })
        .collect();
    let mut shapes = Shapes::default();
    let mut facts = Vec::with_capacity(survey.parcels.len());
    for (of, plan_use) in survey.parcels.iter().zip(&plan_uses) {
        shapes.push(known.measured.city.parcels.shapes.get(of.parcel as usize));
        let plan_use = match plan_use {
            Some(Figure::Word(word)) => Some(word.as_str()),
            _ => None,
        };
        facts.push(UnitFacts {
            zone: zone(of),
            plan_use,
            is_scattered: Some(recorded.contains(&of.parcel)),
            ..unit(known, survey, of)
        });
    }
    let units = units_of(facts, shapes, crs.clone())?;
    let mut layers = Vec::new();
    if let Some((blocks, of_parcel)) = &zones {
        let mut used: Vec<u32> = survey
            .parcels
            .iter()
            .filter_map(|of| Some(of_parcel[of.parcel as usize]?.block))
            .collect();
        used.sort_unstable();
        used.dedup();
        let mut shapes = Shapes::default();
        for block in &used {
            shapes.push(blocks.shapes.get(*block as usize));
        }
        let facts = used.iter().map(|block| ZoneFacts {
            id: &blocks.rows[*block as usize].id,
        });
        layers.push(zones_of(facts, &units, shapes, crs)?);
    }
    layers.insert(0, units);
    Ok(layers)
}

/// The block in which most of each parcel lies.
fn zone_of_parcels(known: Known<'_>, blocks: &Layer<SurveyBlock>) -> Vec<Option<PlanOfParcel>> {
    let as_block = |block: &SurveyBlock| PlanBlock {
        row: block.row,
        id: block.id.clone(),
        ..PlanBlock::default()
    };
    let layer = Layer {
        rows: blocks.rows.iter().map(as_block).collect(),
        shapes: blocks.shapes.clone(),
        account: blocks.account,
        unclear: blocks.unclear.clone(),
        left_out: Vec::new(),
    };
    let indexed = Indexed::of(&known.measured.city.parcels.shapes);
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    plan_of_parcels(
        (&known.measured.city.parcels, &indexed),
        &layer,
        metres,
        &|_| {},
    )
    .0
}

fn unit<'a>(known: Known<'a>, survey: &'a Survey, of: &Surveyed) -> UnitFacts<'a> {
    let at = of.parcel as usize;
    let parcel = &known.measured.city.parcels.rows[at];
    let measures = &known.measured.measures[at];
    let rounded = |ratio: Quantity<f64>| ratio.ok().and_then(|ratio| Decimal::round(ratio, 4));
    let tested = of.stage.state == State::Built && of.shortfalls.missing.is_empty();
    let tenant = match of.tenants.as_slice() {
        [one] => Some(&survey.tenants.all[*one as usize]),
        _ => None,
    };
    let last = last_full_year(known.measured.options.as_of);
    let tax = tenant.and_then(|tenant| {
        let mut over = tenant.tax_per_mu.iter().rev();
        over.find(|(year, _)| *year <= last)?.1.decimal(4)
    });
    UnitFacts {
        id: &parcel.id,
        parcel: &parcel.id,
        town: parcel.town.as_deref(),
        area: of.area,
        owner: parcel.owner.as_deref(),
        registered_use: parcel.land_use_given.as_deref(),
        right_type_code: parcel.right_type.as_deref(),
        registered_area: parcel.area_registered.filter(|_| !measures.area_refused),
        is_inefficient: match of.stage.state {
            State::Inefficient => Some(true),
            _ => tested.then_some(false),
        },
        industry: tenant.and_then(|tenant| tenant.industry.as_deref()),
        plot_ratio: rounded(measures.ratio(|on| on.far_floor_area)),
        building_density: rounded(measures.density()),
        tax_per_mu_wan: tax,
        ..UnitFacts::default()
    }
}
