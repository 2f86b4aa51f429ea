//! A layer's geometry fields → the one to read, and its CRS.

use gdal::vector::{LayerAccess, OwnedLayer};
use gdal_sys::OGRwkbGeometryType;

use super::{is_polygonal, messages};
use crate::formats::{CrsError, describe_crs};

/// The first geometry field with polygons, else the first: INSPIRE parcels have a reference point beside their shape.
pub fn geometry_field(layer: &OwnedLayer, notes: &mut Vec<String>) -> Option<(usize, String)> {
    let there: Vec<(usize, String, bool)> = layer
        .defn()
        .geom_fields()
        .enumerate()
        .filter(|(_, field)| field.field_type() != OGRwkbGeometryType::wkbNone)
        .map(|(index, field)| (index, field.name(), is_polygonal(field.field_type())))
        .collect();
    let (index, name, _) = there
        .iter()
        .find(|(_, _, polygons)| *polygons)
        .or(there.first())?;
    if there.len() > 1 {
        let names: Vec<String> = there
            .iter()
            .map(|(_, name, _)| format!("`{name}`"))
            .collect();
        notes.push(format!(
            "took the geometry `{name}` (there are {})",
            names.join(", ")
        ));
    }
    Some((*index, name.clone()))
}

/// The CRS as PROJJSON where it is one on the earth, and a centimetre in its units.
pub fn crs_of(
    layer: &OwnedLayer,
    geometry: usize,
    notes: &mut Vec<String>,
) -> (Option<String>, f64) {
    let field = layer.defn().geom_fields().nth(geometry);
    let Some(srs) = field
        .and_then(|field| field.spatial_ref().ok())
        .or_else(|| layer.spatial_ref())
    else {
        messages::take();
        return (None, 0.01);
    };
    let definition = srs
        .to_projjson()
        .ok()
        .filter(|json| !json.is_empty())
        .or_else(|| srs.to_wkt().ok());
    let (definition, sagitta) = match definition.as_deref().map(describe_crs) {
        Some(Err(error @ CrsError::Local { .. })) => {
            notes.push(error.to_string());
            (None, 0.01)
        }
        Some(Ok(crs)) => (
            definition,
            crs.metres().map_or(1e-7, |metres| 0.01 / metres),
        ),
        _ => (definition, 0.01),
    };
    messages::take();
    (definition, sagitta)
}
