//! The CRS to compute in: as asked for, the parcels' own when it is plane, else the plane zone of the place.

use geo::Coord;

use super::ReadError;
use super::placing::Placing;
use crate::formats::{Source, describe_crs};
use crate::geometry::{Bounds, Crs, CrsKind, plane_crs_at, transform, zone_on_datum};

/// Chooses the CRS in which everything is measured; what a reader should know of the choice goes into `notes`.
pub(super) fn computing_crs(
    source: &Source,
    asked: Option<&str>,
    place: &Placing,
    extent: Bounds,
    notes: &mut Vec<String>,
) -> Result<Crs, ReadError> {
    let error = |why: String| ReadError::Place {
        name: source.to_string(),
        why,
    };
    let describe =
        |definition: &str| describe_crs(definition).map_err(|why| error(why.to_string()));
    let crs = match (asked, place.crs.kind) {
        (Some(asked), _) => describe(asked)?,
        (None, CrsKind::Plane { .. }) => place.crs.clone(),
        (None, CrsKind::Degrees | CrsKind::Mercator) => {
            let mut centre = [extent.centre()];
            transform(&mut centre, &place.crs, &describe("EPSG:4326")?)
                .map_err(|why| error(why.to_string()))?;
            let Coord { x, y } = centre[0];
            if !(x.is_finite() && y.is_finite()) {
                let why = "no feature has a place from which a plane CRS could be chosen; pass `--crs EPSG:n`";
                return Err(error(why.into()));
            }
            // on the datum of the parcels where that is one of China: how another lies to it is not known
            let own = place.crs.code.as_ref();
            let own = own.filter(|(register, _)| register == "EPSG");
            let own = own.and_then(|&(_, code)| zone_on_datum(code, x));
            let code = own.unwrap_or_else(|| plane_crs_at(centre[0]));
            let crs = describe(&format!("EPSG:{code}"))?;
            notes.push(format!(
                "computing in {} ({}): the parcels are in {}, whose plane areas are not areas on the ground",
                crs.label(),
                crs.name,
                place.crs.label()
            ));
            crs
        }
    };
    match crs.kind {
        CrsKind::Degrees => Err(error(format!(
            "{} is in degrees; areas need a plane CRS: pass one with `--crs EPSG:n`",
            crs.label()
        ))),
        CrsKind::Mercator => {
            notes.push(format!(
                "{} (Web Mercator) was asked for: its areas are not ground areas; \
                 they grow with the square of 1/cos(latitude)",
                crs.label()
            ));
            Ok(crs)
        }
        CrsKind::Plane { metres } => {
            if metres != 1.0 {
                notes.push(format!(
                    "{} is not in metres; lengths and areas are converted (1 unit = {metres} m)",
                    crs.label()
                ));
            }
            Ok(crs)
        }
    }
}
