//! What is known of parcels and blocks → survey layers of them; what is not known stays null.

use super::logic::{total, total_scattered, units_by_zone};
use crate::geometry::{Crs, Shapes};
use crate::model::survey::{SurveyLayer, SurveyTheme, SurveyValue};
use crate::quantity::{Area, Decimal, Exact};

/// What is known of a unit; each is a field of `DCDYTB`.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnitFacts<'a> {
    /// Its number, `DCDYBH`.
    pub id: &'a str,
    /// Its town, `XZMC`.
    pub town: Option<&'a str>,
    /// The number of the zone it lies in, `DCQBH`.
    pub zone: Option<&'a str>,
    /// The number of its parcel, `ZDBH`.
    pub parcel: &'a str,
    /// Its area, `MJ`.
    pub area: Option<Area>,
    /// Whom it belongs to, `CQR`.
    pub owner: Option<&'a str>,
    /// Its registered use, `DJYT`.
    pub registered_use: Option<&'a str>,
    /// The code of its type of right, `SYQLX`.
    pub right_type_code: Option<&'a str>,
    /// Its registered area, `DJMJ`.
    pub registered_area: Option<Area>,
    /// Its planned use, `GHYT`.
    pub plan_use: Option<&'a str>,
    /// Whether it is used inefficiently, `SFDX` as 是 or 否.
    pub is_inefficient: Option<bool>,
    /// Whether it is scattered land (三地), `SFSD` as 是 or 否.
    pub is_scattered: Option<bool>,
    /// Its industry, `CYLX`.
    pub industry: Option<&'a str>,
    /// Its plot ratio, `RJL`.
    pub plot_ratio: Option<Decimal>,
    /// Its building density as a share, `JZMD`.
    pub building_density: Option<Decimal>,
    /// Its fixed investment in 万元 per 亩, `DJGDZCTZ`.
    pub fixed_investment_per_mu_wan: Option<Decimal>,
    /// Its tax in 万元 per 亩, `DJRKSJ`.
    pub tax_per_mu_wan: Option<Decimal>,
}

/// What is known of a zone; its areas come from its units.
#[derive(Clone, Copy, Debug, Default)]
pub struct ZoneFacts<'a> {
    /// Its number, `DCQBH`.
    pub id: &'a str,
}

/// A layer of units (`DCDYTB`) with a shape each; fields that no fact is of are null.
///
/// # Errors
/// When there are not as many shapes as units.
pub fn units_of<'a>(
    facts: impl IntoIterator<Item = UnitFacts<'a>>,
    shapes: Shapes,
    crs: Crs,
) -> Result<SurveyLayer, String> {
    let mut layer = SurveyLayer::plain(SurveyTheme::Units, crs);
    let fields: Vec<&str> = SurveyTheme::Units
        .fields()
        .iter()
        .map(|field| field.name)
        .collect();
    for unit in facts {
        layer.push(fields.iter().map(|field| unit.value(field)));
    }
    with_shapes(layer, shapes)
}

/// A layer of zones (`DCQTB`) with a shape each. The area of a zone (`DCQMJ`) is that of its units, that of its scattered
/// land (`SDMJ`) that of its units with `SFSD`; either is null where a unit leaves it open, and where no unit names the zone.
///
/// # Errors
/// When there are not as many shapes as zones.
pub fn zones_of<'a>(
    facts: impl IntoIterator<Item = ZoneFacts<'a>>,
    units: &SurveyLayer,
    shapes: Shapes,
    crs: Crs,
) -> Result<SurveyLayer, String> {
    let mut layer = SurveyLayer::plain(SurveyTheme::Zones, crs);
    let by_zone = units_by_zone(units);
    let fields: Vec<&str> = SurveyTheme::Zones
        .fields()
        .iter()
        .map(|field| field.name)
        .collect();
    for zone in facts {
        let rows = by_zone.get(zone.id.trim());
        let known = |sum: fn(&SurveyLayer, &[usize]) -> Result<Exact, String>| {
            let sum = rows.and_then(|rows| sum(units, rows).ok());
            sum.and_then(|sum| sum.decimal(2))
                .map_or(SurveyValue::Null, number)
        };
        layer.push(fields.iter().map(|field| match *field {
            "DCQBH" => text(Some(zone.id)),
            "DCQMJ" => known(total),
            "SDMJ" => known(total_scattered),
            _ => SurveyValue::Null,
        }));
    }
    with_shapes(layer, shapes)
}

fn with_shapes(mut layer: SurveyLayer, shapes: Shapes) -> Result<SurveyLayer, String> {
    if layer.len() != shapes.len() {
        let (rows, shapes) = (layer.len(), shapes.len());
        return Err(format!(
            "{} has {rows} rows and {shapes} shapes",
            layer.theme.name()
        ));
    }
    layer.shapes = shapes;
    Ok(layer)
}

impl UnitFacts<'_> {
    /// What it says in a field of the survey.
    fn value(&self, field: &str) -> SurveyValue {
        let area = |area: Option<Area>| decimal(area.map(Area::decimal));
        match field {
            "DCDYBH" => text(Some(self.id)),
            "XZMC" => text(self.town),
            "DCQBH" => text(self.zone),
            "ZDBH" => text(Some(self.parcel)),
            "MJ" => area(self.area),
            "CQR" => text(self.owner),
            "DJYT" => text(self.registered_use),
            "SYQLX" => text(self.right_type_code),
            "DJMJ" => area(self.registered_area),
            "GHYT" => text(self.plan_use),
            "SFDX" => yes_or_no(self.is_inefficient),
            "SFSD" => yes_or_no(self.is_scattered),
            "CYLX" => text(self.industry),
            "RJL" => decimal(self.plot_ratio),
            "JZMD" => decimal(self.building_density),
            "DJGDZCTZ" => decimal(self.fixed_investment_per_mu_wan),
            "DJRKSJ" => decimal(self.tax_per_mu_wan),
            _ => SurveyValue::Null,
        }
    }
}

/// An empty text is no fact.
fn text(text: Option<&str>) -> SurveyValue {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map_or(SurveyValue::Null, |text| SurveyValue::Text(text.into()))
}

fn decimal(decimal: Option<Decimal>) -> SurveyValue {
    decimal.map_or(SurveyValue::Null, number)
}

fn number(decimal: Decimal) -> SurveyValue {
    SurveyValue::Number(decimal.to_f64())
}

fn yes_or_no(answer: Option<bool>) -> SurveyValue {
    text(answer.map(|yes| if yes { "是" } else { "否" }))
}
