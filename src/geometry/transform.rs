//! Coordinates of one CRS → the same places in another, by PROJ.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Once;

use geo::Coord;
use proj::Proj;
use rayon::prelude::*;

use super::datum::base_of;
use super::{Crs, DatumShift};

/// Why coordinates cannot be taken from one CRS to another.
#[derive(Debug, thiserror::Error)]
#[error(
    "no way from `{from}` to `{to}`: {why}; check the CRS of the layer (`--layer-crs LAYER=EPSG:n`) and the computing CRS (`--crs`)"
)]
pub struct TransformError {
    from: String,
    to: String,
    why: String,
}

/// Takes `coords` from one CRS to another in place, easting or longitude first on both sides; places that PROJ cannot
/// take there become NaN, which the gate refuses.
///
/// # Errors
/// When PROJ knows no operation between the two.
pub fn transform(coords: &mut [Coord], from: &Crs, to: &Crs) -> Result<(), TransformError> {
    transform_by(coords, from, to, None)
}

/// The same with the way between the datums that a user gave.
///
/// # Errors
/// When PROJ knows no operation between the two, or cannot use the parameters or the grid.
pub fn transform_by(
    coords: &mut [Coord],
    from: &Crs,
    to: &Crs,
    shift: Option<&DatumShift>,
) -> Result<(), TransformError> {
    if from.definition == to.definition || coords.is_empty() {
        return Ok(());
    }
    // a thread that has not made the operations yet needs longer for them than for so many points
    let threads = rayon::current_num_threads().min(coords.len() / 300_000 + 1);
    if threads == 1 {
        return transform_here(coords, from, to, shift);
    }
    let chunk = coords.len().div_ceil(threads);
    coords
        .par_chunks_mut(chunk)
        .try_for_each(|coords| transform_here(coords, from, to, shift))
}

fn transform_here(
    coords: &mut [Coord],
    from: &Crs,
    to: &Crs,
    shift: Option<&DatumShift>,
) -> Result<(), TransformError> {
    for proj in operations_here(from, to, shift)?.iter() {
        for some in coords.chunks_mut(4096) {
            let before = some.to_vec();
            if proj.convert_array(some).is_err() {
                for (coord, before) in some.iter_mut().zip(before) {
                    *coord = proj.convert(before).unwrap_or(Coord {
                        x: f64::NAN,
                        y: f64::NAN,
                    });
                }
            }
        }
    }
    Ok(())
}

/// Operations that a thread has made; they cannot leave it.
struct Made {
    from: String,
    to: String,
    shift: Option<DatumShift>,
    steps: Rc<[Proj]>,
}

/// A run has few pairs of CRSs.
const MOST_MADE: usize = 8;

/// The operations between two CRSs, as the thread has them or makes them: PROJ looks long for them in its register.
fn operations_here(
    from: &Crs,
    to: &Crs,
    shift: Option<&DatumShift>,
) -> Result<Rc<[Proj]>, TransformError> {
    thread_local! {
        static MADE: RefCell<Vec<Made>> = const { RefCell::new(Vec::new()) };
    }
    MADE.with_borrow_mut(|made| {
        let known = made.iter().find(|made| {
            made.from == from.definition && made.to == to.definition && made.shift.as_ref() == shift
        });
        if let Some(made) = known {
            return Ok(made.steps.clone());
        }
        let steps: Rc<[Proj]> = operations(from, to, shift)?.into();
        made.truncate(MOST_MADE - 1);
        made.insert(
            0,
            Made {
                from: from.definition.clone(),
                to: to.definition.clone(),
                shift: shift.cloned(),
                steps: steps.clone(),
            },
        );
        Ok(steps)
    })
}

/// The one place where a transformation is made: axes are easting first, and the network stays off.
fn operations(
    from: &Crs,
    to: &Crs,
    shift: Option<&DatumShift>,
) -> Result<Vec<Proj>, TransformError> {
    keep_offline();
    let error = |why: String| TransformError {
        from: from.label(),
        to: to.label(),
        why,
    };
    let between = |from: &str, to: &str| {
        Proj::new_known_crs(from, to, None).map_err(|why| error(why.to_string()))
    };
    let Some(shift) = shift else {
        return Ok(vec![between(&from.definition, &to.definition)?]);
    };
    let base = |crs: &Crs| base_of(crs).ok_or_else(|| error("its datum is not known".to_owned()));
    let mut steps = Vec::new();
    if from.metres().is_some() {
        steps.push(between(&from.definition, &base(from)?)?);
    }
    if *shift != DatumShift::Same {
        let step = shift
            .step(from, to)
            .ok_or_else(|| error("its ellipsoid is not known".to_owned()))?;
        steps.push(Proj::new(&step).map_err(|why| error(format!("{shift}: {why}")))?);
    }
    if to.metres().is_some() {
        steps.push(between(&base(to)?, &to.definition)?);
    }
    Ok(steps)
}

/// Every context of PROJ begins as a copy of the default one, which an environment variable may have put online.
#[expect(
    unsafe_code,
    reason = "the `proj` crate can only switch the network off when it is built to use it"
)]
pub fn keep_offline() {
    static OFFLINE: Once = Once::new();
    // SAFETY: a null context is documented to mean the default one; `Once` keeps other threads out.
    OFFLINE.call_once(|| unsafe {
        proj_sys::proj_context_set_enable_network(std::ptr::null_mut(), 0);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::CrsKind;

    fn crs(code: u32) -> Crs {
        Crs {
            definition: format!("EPSG:{code}"),
            name: String::new(),
            code: None,
            kind: CrsKind::Degrees,
            wkt: String::new(),
            projjson: String::new(),
            area_of_use: None,
        }
    }

    #[test]
    fn a_known_point_of_taizhou_lands_where_it_should() {
        for (code, x, y) in [
            (4549, 636_943.771, 3_165_737.327),
            (4528, 40_636_943.771, 3_165_737.327),
            (4550, 343_490.232, 3_165_982.589),
            (4529, 41_343_490.232, 3_165_982.589),
        ] {
            let mut there = [Coord {
                x: 121.40,
                y: 28.60,
            }];
            transform(&mut there, &crs(4490), &crs(code)).unwrap();
            assert!(
                (there[0].x - x).abs() < 1e-3 && (there[0].y - y).abs() < 1e-3,
                "{code}: {there:?}"
            );
            transform(&mut there, &crs(code), &crs(4326)).unwrap();
            assert!(
                (there[0].x - 121.40).abs() < 1e-8 && (there[0].y - 28.60).abs() < 1e-8,
                "{code}: {there:?}"
            );
        }
    }

    #[test]
    fn a_place_that_cannot_be_taken_there_is_no_number() {
        let mut there = [
            Coord {
                x: f64::INFINITY,
                y: 0.0,
            },
            Coord {
                x: 121.40,
                y: 28.60,
            },
        ];
        transform(&mut there, &crs(4490), &crs(4549)).unwrap();
        assert!(!there[0].x.is_finite() && there[1].x > 6e5);
    }
}
