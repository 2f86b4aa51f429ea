//! A geometry column of Parquet → shapes, and which rows have none.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, ListArray};
use geo::Coord;

use super::meta::Encoding;
use crate::formats::GeometryFlaw;
use crate::geometry::{
    Decoded, Shapes, decode_text, decode_wkb, is_geometry_text, srid_of_text, srid_of_wkb,
};

/// Rows of a batch without a polygon, ascending.
type Flaws = Vec<(u32, GeometryFlaw)>;

/// The shapes of a column, one a row, and the rows that have none.
///
/// # Errors
/// When the column has not the type that its encoding asks for.
pub(super) fn decode(
    column: &ArrayRef,
    encoding: Encoding,
) -> Result<(Shapes, Flaws), &'static str> {
    let mut shapes = Shapes::default();
    let mut flaws = Vec::new();
    let native = match encoding {
        Encoding::Wkb | Encoding::Text => None,
        Encoding::Polygon => Some(Native::new(column, 2)?),
        Encoding::MultiPolygon => Some(Native::new(column, 3)?),
    };
    let wkb = column.as_binary_opt::<i32>();
    let text = column.as_string_opt::<i32>();
    for row in 0..column.len() {
        let flaw = if column.is_null(row) {
            shapes.end_shape();
            Some(GeometryFlaw::Null)
        } else if let Some(native) = &native {
            native.shape(row, &mut shapes)
        } else if let Some(text) = text {
            flaw(&decode_text(text.value(row), &mut shapes))
        } else {
            let wkb = wkb.ok_or("the geometry column does not hold bytes")?;
            flaw(&decode_wkb(wkb.value(row), &mut shapes, false))
        };
        if let Some(flaw) = flaw {
            flaws.push((u32::try_from(row).unwrap_or(u32::MAX), flaw));
        }
    }
    Ok((shapes, flaws))
}

fn flaw(decoded: &Decoded) -> Option<GeometryFlaw> {
    match *decoded {
        Decoded::Polygon => None,
        Decoded::Empty => Some(GeometryFlaw::Empty),
        Decoded::NotPolygonal(name) => Some(GeometryFlaw::NotPolygonal(name)),
        Decoded::Curved => Some(GeometryFlaw::Undecodable(
            "arcs, which this format is not read with; make them lines first".to_owned(),
        )),
        Decoded::Broken(why) => Some(GeometryFlaw::Undecodable(why.to_owned())),
    }
}

/// The CRS that the first geometry of a column says (EWKB, EWKT); an error where it is text that is none.
pub(super) fn crs_of_first(column: &ArrayRef) -> Result<Option<String>, ()> {
    let Some(row) = (0..column.len()).find(|row| column.is_valid(*row)) else {
        return Ok(None);
    };
    let srid = if let Some(text) = column.as_string_opt::<i32>() {
        let text = text.value(row);
        if !is_geometry_text(text) {
            return Err(());
        }
        srid_of_text(text)
    } else {
        let wkb = column.as_binary_opt::<i32>();
        wkb.and_then(|wkb| srid_of_wkb(wkb.value(row)))
    };
    Ok(srid
        .filter(|srid| *srid > 0)
        .map(|srid| format!("EPSG:{srid}")))
}

/// Nested lists of points, as GeoArrow has them.
struct Native<'a> {
    /// From the outermost list to that of the points of a ring.
    levels: Vec<&'a ListArray>,
    x: &'a Float64Array,
    y: &'a Float64Array,
}

impl<'a> Native<'a> {
    fn new(column: &'a ArrayRef, depth: usize) -> Result<Self, &'static str> {
        const WRONG: &str = "the geometry column is not made of lists of points with `x` and `y`";
        let (mut levels, mut values) = (Vec::new(), column);
        for _ in 0..depth {
            let list = values.as_list_opt::<i32>().ok_or(WRONG)?;
            levels.push(list);
            values = list.values();
        }
        let point = values.as_struct_opt().ok_or(WRONG)?;
        let number = |name| {
            let numbers = point.column_by_name(name).ok_or(WRONG)?;
            numbers.as_primitive_opt::<Float64Type>().ok_or(WRONG)
        };
        Ok(Self {
            levels,
            x: number("x")?,
            y: number("y")?,
        })
    }

    fn shape(&self, row: usize, shapes: &mut Shapes) -> Option<GeometryFlaw> {
        let below = |level: usize, item: usize| {
            let ends = self.levels[level].value_offsets();
            let at = |index: usize| usize::try_from(ends[index]).unwrap_or_default();
            at(item)..at(item + 1)
        };
        let multi = self.levels.len() == 3;
        let parts = if multi { below(0, row) } else { row..row + 1 };
        let mut any = false;
        for part in parts {
            let rings = below(self.levels.len() - 2, part);
            let shell = rings.start;
            let mut kept = false;
            for ring in rings {
                let points = below(self.levels.len() - 1, ring);
                if points.is_empty() && ring == shell {
                    // Holes of a shell that is empty enclose nothing.
                    break;
                }
                if points.is_empty() {
                    continue;
                }
                for point in points {
                    shapes.push_coord(Coord {
                        x: number(self.x, point),
                        y: number(self.y, point),
                    });
                }
                shapes.end_ring();
                kept = true;
            }
            if kept {
                shapes.end_part();
                any = true;
            }
        }
        shapes.end_shape();
        (!any).then_some(GeometryFlaw::Empty)
    }
}

/// No number where there is none: the gate behind the readers finds it.
fn number(numbers: &Float64Array, index: usize) -> f64 {
    if numbers.is_null(index) {
        f64::NAN
    } else {
        numbers.value(index)
    }
}
