//! Everything else that GDAL reads (Shapefile, GeoPackage, file geodatabase, GML, CSV, DXF, tables, PostGIS, …) → layers.

mod columns;
mod connect;
mod dbf_days;
mod drawing;
mod gml;
mod layer;
mod lines;
mod loose_types;
mod memory;
mod messages;
mod placemarks;
mod raw;
mod rows;
mod second_names;
mod shape_field;
mod stream;
mod unopened;

use gdal::Dataset;
use gdal::vector::{LayerAccess, geometry_type_flatten, geometry_type_to_name};
use gdal_sys::OGRwkbGeometryType;

use super::{Layer, LayerSummary, OpenOptions, Source, SourceError, choose};
use layer::GdalLayer;

pub(crate) use lines::lines_of;
pub(crate) use messages::listen;
pub(crate) use second_names::second_names;

/// Opens the layer that `source` names, or the one of several that `options.role` is known to be kept in.
///
/// # Errors
/// When the source or the layer does not exist or cannot be read, or when it is not clear which layer is meant.
pub fn open(source: &Source, options: &OpenOptions) -> Result<Box<dyn Layer>, SourceError> {
    let connection = connect::connect(source, options.encoding.as_deref())?;
    if connection.dataset.driver().short_name() == "DXF" {
        return Ok(Box::new(drawing::Drawing::open(
            source,
            connection,
            options.role,
        )?));
    }
    let mut connection = connection;
    if let Some(label) = &options.encoding
        && !["ESRI Shapefile", "CSV"].contains(&connection.dataset.driver().short_name().as_str())
    {
        let note =
            format!("encoding `{label}` not used: this format says itself how its text is stored");
        connection.notes.push(note);
    }
    // A database gives any table that is named, also one it does not list.
    if let (Source::Database { .. }, Some(name)) = (source, source.layer())
        && connection.dataset.layer_by_name(name).is_ok()
    {
        messages::take();
        let layer = GdalLayer::open(source, connection, |dataset| {
            dataset.into_layer_by_name(name)
        })?;
        return Ok(Box::new(layer));
    }
    messages::take();
    let there = summaries(&connection.dataset, false);
    let (index, note) = choose::choose(source, options.role, &there)?;
    connection.notes.extend(note);
    let layer = GdalLayer::open(source, connection, |dataset| dataset.into_layer(index))?;
    Ok(Box::new(layer))
}

/// The layers of a source, in its order.
///
/// # Errors
/// When the source does not exist or cannot be read.
pub fn layers(source: &Source) -> Result<Vec<LayerSummary>, SourceError> {
    let connection = connect::connect(source, None)?;
    if connection.dataset.driver().short_name() == "DXF" {
        return drawing::layers(source, connection);
    }
    Ok(summaries(&connection.dataset, true))
}

fn summaries(dataset: &Dataset, count: bool) -> Vec<LayerSummary> {
    dataset
        .layers()
        .map(|layer| {
            let shape = layer.defn().geom_fields().map(|field| field.field_type());
            let shape = shape.filter(|&kind| kind != OGRwkbGeometryType::wkbNone);
            LayerSummary {
                name: layer.name(),
                features: if count {
                    layer.try_feature_count()
                } else {
                    None
                },
                geometry: shape
                    .max_by_key(|&kind| is_polygonal(kind))
                    .map(geometry_type_to_name),
            }
        })
        .collect()
}

/// Whether a geometry type of GDAL's encloses area.
fn is_polygonal(kind: OGRwkbGeometryType::Type) -> bool {
    matches!(
        geometry_type_flatten(kind),
        OGRwkbGeometryType::wkbPolygon
            | OGRwkbGeometryType::wkbMultiPolygon
            | OGRwkbGeometryType::wkbCurvePolygon
            | OGRwkbGeometryType::wkbMultiSurface
            | OGRwkbGeometryType::wkbSurface
    )
}
