//! A layer of lines → their points, for the few lines that a person draws.

use gdal::vector::{Geometry, LayerAccess};
use gdal_sys::OGRwkbGeometryType;
use geo::Coord;

use super::shape_field::crs_of;
use super::{connect, messages};
use crate::formats::Source;
use crate::formats::SourceError;

/// More points than this are no plan of a split.
const MOST_POINTS: usize = 100_000;

/// The lines for which an SQL `condition` holds, of the layer that `source` names or of its only one, and its CRS where it
/// says one.
///
/// # Errors
/// When the source cannot be read, has several layers and names none, or holds anything but lines.
pub fn lines_of(
    source: &Source,
    condition: Option<&str>,
) -> Result<(Vec<Vec<Coord>>, Option<String>), SourceError> {
    let unreadable = |why: String| SourceError::unreadable(source, why);
    let dataset = connect::connect(source, None)?.dataset;
    messages::take();
    let layer = match source.layer() {
        Some(name) => dataset.into_layer_by_name(name),
        None if dataset.layer_count() == 1 => dataset.into_layer(0),
        None => {
            let names: Vec<String> = dataset.layers().map(|layer| layer.name()).collect();
            return Err(unreadable(format!(
                "it has several layers ({}); name the one with the cut lines behind a colon",
                names.join(", ")
            )));
        }
    };
    let mut layer = layer.map_err(|why| unreadable(why.to_string()))?;
    if let Some(condition) = condition {
        layer.set_attribute_filter(condition).map_err(|why| {
            unreadable(format!(
                "`{condition}` is no condition on its columns: {why}"
            ))
        })?;
    }
    let (crs, _) = crs_of(&layer, 0, &mut Vec::new());
    let (mut lines, mut points) = (Vec::new(), 0);
    for (row, feature) in layer.features().enumerate() {
        let geometry = feature.geometry().ok_or_else(|| {
            unreadable(format!(
                "feature {row} has no geometry; every cut is a line"
            ))
        })?;
        collect(geometry, &mut lines).map_err(|kind| {
            unreadable(format!(
                "feature {row} is a {kind}; every cut is a line (lots are given with `lots = …`)"
            ))
        })?;
        points += lines.last().map_or(0, Vec::len);
        if points > MOST_POINTS {
            return Err(unreadable(format!(
                "it has more than {MOST_POINTS} points; give the cut lines only"
            )));
        }
    }
    if lines.is_empty() {
        return Err(unreadable(
            "it holds no line; draw the cuts as lines from boundary to boundary".to_owned(),
        ));
    }
    Ok((lines, crs))
}

/// Adds the lines of a geometry; the name of its kind where it is none.
fn collect(geometry: &Geometry, lines: &mut Vec<Vec<Coord>>) -> Result<(), String> {
    use OGRwkbGeometryType::{wkbLineString, wkbMultiLineString};
    match gdal::vector::geometry_type_flatten(geometry.geometry_type()) {
        kind if kind == wkbLineString => {
            let mut points = Vec::new();
            geometry.get_points(&mut points);
            lines.push(points.into_iter().map(|(x, y, _)| Coord { x, y }).collect());
            Ok(())
        }
        kind if kind == wkbMultiLineString => (0..geometry.geometry_count())
            .try_for_each(|part| collect(&geometry.get_geometry(part), lines)),
        _ => Err(geometry.geometry_name()),
    }
}
