//! A layer on one datum, measured on another → by the parameters that a user gave, by published ones, or not at all.

use super::placing::Placing;
use crate::formats::describe_crs;
use crate::geometry::{Bounds, Crs, DatumChange, DatumShift, datum_change, transform};

/// Refuses to take a layer to a datum when nobody knows how it lies to its own; says which parameters are used, and gives
/// back those of `shift` where there is a way to go.
pub(super) fn way_between<'a>(
    layer: &str,
    place: &Placing,
    crs: &Crs,
    extent: Bounds,
    shift: Option<&'a DatumShift>,
    notes: &mut Vec<String>,
) -> Result<Option<&'a DatumShift>, String> {
    let (from, to) = (&place.crs, crs);
    if extent.min.x > extent.max.x {
        return Ok(None);
    }
    let degrees = describe_crs("EPSG:4326").map_err(|why| why.to_string())?;
    let mut centre = [extent.centre()];
    transform(&mut centre, from, &degrees).map_err(|why| why.to_string())?;
    let change = datum_change(from, to, centre[0]);
    if change != DatumChange::Same
        && let Some(shift) = shift
    {
        notes.push(format!(
            "{layer}: taken from {} to {} by {shift} (`--transform`)",
            from.label(),
            to.label()
        ));
        return Ok(Some(shift));
    }
    match change {
        DatumChange::Same | DatumChange::Known => Ok(None),
        DatumChange::SameEllipsoid => {
            notes.push(format!(
                "{layer}: {} and {} have one ellipsoid, and one of them no datum by name; taken to be one datum",
                from.label(),
                to.label()
            ));
            Ok(None)
        }
        DatumChange::Unknown => Err(format!(
            "it is in {} ({}), and no parameters are known from there to {} ({}): taken over as they are, coordinates would \
             be tens of metres off, or more than 100. Pass those of the place: `--transform {layer}=DX,DY,DZ,RX,RY,RZ,DS` \
             (七参数: metres, arc-seconds, ppm), `--transform {layer}=GRID.gsb`, or `--transform {layer}=none` where it is \
             known that the coordinates agree",
            from.label(),
            from.name,
            to.label(),
            to.name,
        )),
    }
}

/// Says so where maps in longitude and latitude lie off, because nobody knows how the datum of `crs` lies to theirs.
pub fn off_the_map(crs: &Crs, degrees: &Crs, at: geo::Coord) -> Option<String> {
    (datum_change(crs, degrees, at) == DatumChange::Unknown).then(|| {
        format!(
            "no parameters are known from {} ({}) to {}: places in GeoJSON and on maps can be off by tens of metres or more \
             than 100; figures and layers in {} are not touched by that",
            crs.label(),
            crs.name,
            degrees.name,
            crs.label()
        )
    })
}
