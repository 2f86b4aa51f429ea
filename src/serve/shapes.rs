//! Shapes on the plane ↔ GeoJSON in degrees, as the page draws them.

use geo::Coord;
use serde_json::{Value, json};

use super::answer::Refusal;
use super::state::State;
use crate::geometry::{ShapeRef, Shapes, transform};

/// The geometry of a shape.
pub(super) fn geometry(state: &State, shape: ShapeRef<'_>) -> Result<Value, Refusal> {
    let mut one = Shapes::default();
    one.push(shape);
    transform(one.coords_mut(), &state.run.crs, &state.degrees).map_err(Refusal::failed)?;
    let place = |at: &Coord| json!([rounded(at.x), rounded(at.y)]);
    let ring = |ring: &[Coord]| Value::from(ring.iter().map(place).collect::<Vec<_>>());
    let parts: Vec<Value> = one
        .get(0)
        .parts()
        .map(|part| part.rings().map(ring).collect::<Vec<_>>().into())
        .collect();
    Ok(json!({ "type": "MultiPolygon", "coordinates": parts }))
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e8).round() / 1e8
}

/// Points in degrees on the plane of the run.
pub(super) fn on_plane(state: &State, line: &[[f64; 2]]) -> Result<Vec<Coord>, Refusal> {
    let mut line: Vec<Coord> = line.iter().map(|at| Coord { x: at[0], y: at[1] }).collect();
    let sane = |at: &Coord| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
    if !line.iter().all(sane) {
        return Err(Refusal::wrong(
            "a point lies beyond the globe; give longitude and latitude in degrees",
        ));
    }
    transform(&mut line, &state.degrees, &state.run.crs).map_err(Refusal::failed)?;
    if line.iter().any(|at| !at.x.is_finite() || !at.y.is_finite()) {
        return Err(Refusal::wrong(
            "a point lies where the run has no coordinates",
        ));
    }
    Ok(line)
}
