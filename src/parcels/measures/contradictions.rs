//! Measures → figures of the input that do not fit what else is known, each as a defect that says what is used instead.

use super::{FloorAreas, ParcelMeasures};
use crate::model::held::{FigureDoubt, area_doubt, listed_m2};
use crate::model::{Building, City, Defect, DefectKind, LayerKind, Parcel, Storey};
use crate::parcels::{Areas, Ground, Repeats, StoreyJoin};
use crate::quantity::{Area, Missing};

/// Every figure that does not fit: registered areas, densities, floor areas, heights.
pub fn contradictions(
    city: &City,
    (areas, repeats): (&Areas, &Repeats),
    standing: Option<(&Ground, &StoreyJoin)>,
    (measures, floors): (&[ParcelMeasures], &[FloorAreas]),
) -> Vec<Defect> {
    let mut defects = Vec::new();
    let parcels = &city.parcels;
    for (at, parcel) in parcels.rows.iter().enumerate() {
        let corner = || parcels.shapes.get(at).coords().first().copied();
        let of_parcel = &measures[at];
        // a row that comes once more is counted once, and pieces that bear the area of all are told as such
        let row = u32::try_from(at).unwrap_or(u32::MAX);
        if repeats.identical.contains(&row) {
            continue;
        }
        let of_area = of_area(parcel, areas.plane_m2[at], areas.ellipsoid_m2[at]);
        if let Some((kind, detail)) = of_area.filter(|_| !repeats.whole_area.contains(&row)) {
            defects.push(Defect::noted(
                LayerKind::Parcels,
                parcel.name(),
                kind,
                detail,
                corner(),
            ));
        }
        if of_parcel.density() == Err(Missing::Contradiction) {
            let built = of_parcel
                .on_site
                .as_ref()
                .ok()
                .and_then(|on| on.footprint.ok());
            let detail = format!(
                "{:.2} m² built on, {:.2} m² of land ({}): the density is unknown",
                built.unwrap_or(f64::NAN),
                of_parcel.area.unwrap_or(f64::NAN),
                of_parcel.basis.name()
            );
            let kind = DefectKind::DensityOverOne;
            defects.push(Defect::noted(
                LayerKind::Parcels,
                parcel.name(),
                kind,
                detail,
                corner(),
            ));
        }
    }
    let (Some((ground, storeys)), Some(buildings)) = (standing, &city.buildings) else {
        return defects;
    };
    for (at, floor) in floors
        .iter()
        .enumerate()
        .filter(|(_, of)| !of.doubts.is_empty())
    {
        let building = &buildings.rows[at];
        let place = buildings.shapes.get(at).coords().first().copied();
        for doubt in FigureDoubt::ALL
            .into_iter()
            .filter(|doubt| floor.doubts.has(*doubt))
        {
            let listed = storeys.of(at, &building.id);
            let mut detail = said(building, listed, doubt, ground.building_m2[at]);
            if doubt.refuses() {
                detail.push_str("; not used: ");
                detail.push_str(&used(floor, doubt));
            }
            let (layer, name) = (LayerKind::Buildings, building.name());
            defects.push(Defect::noted(layer, name, doubt.kind(), detail, place));
        }
    }
    defects
}

/// A registered area that differs from that of its polygon.
fn of_area(parcel: &Parcel, plane: f64, ellipsoid: f64) -> Option<(DefectKind, String)> {
    let registered = parcel.area_registered?.m2();
    let kind = area_doubt(registered, plane, ellipsoid)?;
    let more = (plane / registered - 1.0) * 100.0;
    let both = format!("registered {registered:.2} m², polygon {plane:.2} m² ({more:+.2} %)");
    if kind != DefectKind::AreaUnbelievable {
        return Some((kind, both));
    }
    let fits = slip(plane / registered).map_or(String::new(), |unit| format!("; {unit}"));
    let detail = format!("{both}: not used, the polygon's is{fits}");
    Some((kind, detail))
}

/// What a figure would be a slip of, where it is so many times too small.
fn slip(times: f64) -> Option<&'static str> {
    const SLIPS: [(f64, &str); 8] = [
        (0.001_5, "it would fit in m², unlike its column"),
        (10_000.0, "it would fit in ha"),
        (666.666_667, "it would fit in 亩"),
        (0.092_903, "it would fit in ft²"),
        (
            10.0,
            "it would fit with the decimal point one place to the right",
        ),
        (
            100.0,
            "it would fit with the decimal point two places to the right",
        ),
        (
            0.1,
            "it would fit with the decimal point one place to the left",
        ),
        (
            0.01,
            "it would fit with the decimal point two places to the left",
        ),
    ];
    let near = |of: &(f64, &str)| (0.97..=1.03).contains(&(times / of.0));
    SLIPS.into_iter().find(near).map(|(_, what)| what)
}

/// The figure and what it is held against.
fn said(
    building: &Building,
    listed: Option<(&[Storey], f64)>,
    doubt: FigureDoubt,
    footprint_m2: f64,
) -> String {
    let m2 = |area: Option<Area>| area.map_or(f64::NAN, Area::m2);
    let storeys = building.storeys_above();
    let against = match (storeys.filter(|storeys| *storeys > 0.0), building.height) {
        (Some(storeys), _) => format!("footprint {footprint_m2:.2} m² × {storeys} storeys"),
        (None, Some(height)) => format!("footprint {footprint_m2:.2} m², height {height} m"),
        (None, None) => format!("footprint {footprint_m2:.2} m², storeys unknown"),
    };
    let listed = listed.and_then(|(storeys, portion)| Some(listed_m2(storeys)? * portion));
    match doubt {
        FigureDoubt::FloorArea | FigureDoubt::FloorAreaDiffers => {
            let recorded = building.floor_area.map(|(area, _)| area);
            let figure = match (doubt, listed) {
                (FigureDoubt::FloorAreaDiffers, Some(listed)) => listed,
                _ => m2(recorded),
            };
            format!("floor area {figure:.2} m², {against}")
        }
        FigureDoubt::StoreyTable => {
            let sum = listed.unwrap_or(f64::NAN);
            format!("its storeys add up to {sum:.2} m², {against}")
        }
        FigureDoubt::FarFloorArea => {
            format!(
                "counted floor area {:.2} m², {against}",
                m2(building.far_floor_area)
            )
        }
        FigureDoubt::Height => {
            let (height, storeys) = (
                building.height.unwrap_or(f32::NAN),
                storeys.unwrap_or(f32::NAN),
            );
            format!("height {height} m, {storeys} storeys: they contradict each other")
        }
        FigureDoubt::StoreyHeight | FigureDoubt::HeightUnusual => {
            let each = building
                .storey_height
                .map(|each| format!("storeys of {each} m"));
            let whole = || {
                Some(format!(
                    "height {} m, {} storeys",
                    building.height?, storeys?
                ))
            };
            each.or_else(whole)
                .unwrap_or_else(|| "a storey of its table is of no usual height".into())
        }
    }
}

/// What is used instead of a figure.
fn used(floor: &FloorAreas, doubt: FigureDoubt) -> String {
    match doubt {
        FigureDoubt::FloorArea | FigureDoubt::StoreyTable => match floor.plain {
            Ok((m2, source)) => format!("{m2:.2} m² ({}) is", source.name()),
            Err(_) => "its floor area is unknown".into(),
        },
        FigureDoubt::FarFloorArea | FigureDoubt::StoreyHeight => match floor.far {
            Ok((m2, basis)) => format!("{m2:.2} m² ({}) is", basis.name()),
            Err(_) => "its counted floor area is unknown".into(),
        },
        _ => match (floor.plain, floor.far) {
            (Ok(_), Ok(_)) => "its floor area is known without them".into(),
            (Ok(_), Err(_)) => "its counted floor area is unknown".into(),
            _ => "its floor area is unknown".into(),
        },
    }
}
