//! Lots that somebody drew, and the parcel they are to divide → the lots as they lie in it, what is left over among them.

use geo::{Coord, MultiPolygon};

use crate::features::Known;
use crate::geometry::division::{CutError, cut};
use crate::geometry::{ResidualError, ShapeRef, Shapes, is_narrower, plane_area, residual};

/// The lots of a split as they were drawn, and how well they fit their parcel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawnLots {
    /// The shapes of the lots; what no lot covers comes behind them, piece by piece.
    pub shapes: Shapes,
    /// How many pieces of the parcel lie in no lot: each is one lot more.
    pub remainders: usize,
    /// Land of the parcel in no lot that is too narrow for that, in m².
    pub uncovered_m2: f64,
    /// Land in two lots, too narrow to be meant, in m².
    pub overlap_m2: f64,
    /// Land of the lots outside the parcel, too narrow to be meant, in m².
    pub outside_m2: f64,
}

/// Why lots are no split of a parcel.
#[derive(Debug, thiserror::Error)]
pub enum DrawnLotsError {
    /// Two of them have land in common.
    #[error(
        "the lots `{a}` and `{b}` have {m2:.2} m² in common (more than digitising leaves: wider than {width_m} m); mend them so that every place is in one lot"
    )]
    Overlap {
        /// A lot.
        a: String,
        /// Another.
        b: String,
        /// What they share.
        m2: f64,
        /// Twice the tolerance.
        width_m: f64,
    },
    /// A lot lies outside.
    #[error(
        "the lot `{lot}` has {m2:.2} m² outside the parcel (more than digitising leaves: wider than {width_m} m); cut it at the parcel's boundary, or name the parcel that is meant"
    )]
    Outside {
        /// The lot.
        lot: String,
        /// What of it lies there.
        m2: f64,
        /// Twice the tolerance.
        width_m: f64,
    },
    /// No lots.
    #[error("no lot is given; draw every lot as a polygon")]
    None,
    /// The parcel stays whole.
    #[error("the only lot is the whole parcel: that is no split")]
    Whole,
    /// A lot in several parts.
    #[error(
        "the lot `{lot}` has {parts} parts; a lot is one piece of land, so give each part as a lot of its own"
    )]
    InParts {
        /// The lot.
        lot: String,
        /// How many.
        parts: usize,
    },
    /// The parcel has several parts.
    #[error(
        "the parcel has several parts, and lines cut one; give its lots as polygons with `lots = …`"
    )]
    Parts,
    /// Lines cut no lots.
    #[error(transparent)]
    Cut(#[from] CutError),
    /// They cannot be laid over each other.
    #[error(transparent)]
    Residual(#[from] ResidualError),
}

/// Fits drawn lots with their names into their parcel. What is narrower than twice the tolerance of shared boundaries is
/// digitising, and only reported.
///
/// # Errors
/// When lots overlap each other or lie outside.
pub fn drawn_lots(
    known: Known<'_>,
    parcel: u32,
    lots: &Shapes,
    names: &[String],
) -> Result<DrawnLots, DrawnLotsError> {
    if lots.is_empty() {
        return Err(DrawnLotsError::None);
    }
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    let width_m = 2.0 * known.measured.options.reach.tolerance;
    let fit = Fit {
        width: width_m / metres,
        square: metres * metres,
    };
    let whole = one(known.measured.city.parcels.shapes.get(parcel as usize));
    let mut drawn = DrawnLots {
        shapes: lots.clone(),
        ..DrawnLots::default()
    };
    for (lot, name) in lots.iter().zip(names) {
        let parts = lot.parts().len();
        if parts > 1 {
            let lot = name.clone();
            return Err(DrawnLotsError::InParts { lot, parts });
        }
    }
    for (at, lot) in lots.iter().enumerate() {
        let outside = residual(&one(lot), &[&whole], &|_| {})?;
        let (wide, narrow) = fit.sorted(&outside);
        if wide > 0.0 {
            return Err(DrawnLotsError::Outside {
                lot: names[at].clone(),
                m2: wide,
                width_m,
            });
        }
        drawn.outside_m2 += narrow;
        for (other, beside) in lots.iter().enumerate().skip(at + 1) {
            if !lot.bounds().meets(&beside.bounds()) {
                continue;
            }
            let alone = residual(&one(lot), &[&one(beside)], &|_| {})?;
            let (wide, narrow) = fit.sorted(&residual(&one(lot), &[&alone], &|_| {})?);
            if wide > 0.0 {
                return Err(DrawnLotsError::Overlap {
                    a: names[at].clone(),
                    b: names[other].clone(),
                    m2: wide,
                    width_m,
                });
            }
            drawn.overlap_m2 += narrow;
        }
    }
    let left = residual(&whole, &[lots], &|_| {})?;
    for piece in left.iter() {
        if fit.is_meant(piece) {
            drawn.shapes.push(piece);
            drawn.remainders += 1;
        } else {
            drawn.uncovered_m2 += plane_area(piece) * fit.square;
        }
    }
    if drawn.shapes.len() == 1 {
        return Err(DrawnLotsError::Whole);
    }
    Ok(drawn)
}

/// The end of a cut line that is not farther than this from the boundary, in m, is taken to reach it; beyond the boundary a
/// line may go on as far as it likes.
pub const LINE_END_M: f64 = 0.5;

/// The lots that lines cut a parcel into, one line after the other, from the west.
///
/// # Errors
/// When a line ends inside, cuts nothing, or meets a hole or itself; or the parcel has several parts.
pub fn cut_parcel(
    known: Known<'_>,
    parcel: u32,
    lines: &[Vec<Coord>],
) -> Result<Shapes, DrawnLotsError> {
    let shape = known.measured.city.parcels.shapes.get(parcel as usize);
    let mut parts = shape.parts();
    let (Some(part), None) = (parts.next(), parts.next()) else {
        return Err(DrawnLotsError::Parts);
    };
    let mut rings = part.rings();
    let shell = rings.next().unwrap_or_default();
    let holes: Vec<Vec<Coord>> = rings.map(<[Coord]>::to_vec).collect();
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    // a line may end on one that was drawn after it
    let mut order: Vec<Vec<Coord>> = lines.to_vec();
    let mut put_off = 0;
    let lots = loop {
        match cut(shell, &holes, &order, LINE_END_M / metres) {
            Err(CutError::Ends { line, .. }) if put_off + line < order.len() - 1 => {
                order[line..].rotate_left(1);
                put_off += 1;
            }
            done => break done?,
        }
    };
    let mut shapes = Shapes::default();
    for lot in lots {
        shapes.push_geo(&MultiPolygon(vec![lot]));
    }
    Ok(shapes)
}

/// What is too narrow to be meant.
struct Fit {
    /// In units of the CRS.
    width: f64,
    /// m² in a square unit.
    square: f64,
}

/// Pieces smaller than this, in m², are what rounding leaves.
const ROUNDING_M2: f64 = 1e-3;

impl Fit {
    fn is_meant(&self, piece: ShapeRef<'_>) -> bool {
        plane_area(piece) * self.square > ROUNDING_M2 && !is_narrower(piece, self.width)
    }

    /// The areas of the pieces that are meant and of the others, in m².
    fn sorted(&self, pieces: &Shapes) -> (f64, f64) {
        let (mut wide, mut narrow) = (0.0, 0.0);
        for piece in pieces.iter() {
            let m2 = plane_area(piece) * self.square;
            if self.is_meant(piece) {
                wide += m2;
            } else {
                narrow += m2;
            }
        }
        (wide, narrow)
    }
}

fn one(shape: ShapeRef<'_>) -> Shapes {
    let mut shapes = Shapes::default();
    shapes.push(shape);
    shapes
}
