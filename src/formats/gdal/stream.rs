//! A layer by GDAL's Arrow stream → batches; the fast way for drivers that fill columns themselves (GeoPackage).

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float32Type;
use arrow_array::{Array, ArrayRef, Float64Array, StringArray};
use arrow_schema::DataType;
use gdal::cpl::CslStringList;
use gdal::vector::OwnedLayer;

use super::columns::shortest;
use super::messages;
use super::raw::Stream;
use super::rows::BATCH;
use crate::formats::Batch;
use crate::formats::encoding::Texts;
use crate::formats::shape_column::ShapeColumn;

/// Reads the columns of these names, in this order, and the geometry column of that name.
///
/// # Errors
/// With what GDAL said, or what is missing from the stream.
pub fn read(
    layer: &mut OwnedLayer,
    columns: &[&str],
    geometry: Option<&str>,
    mut shapes: ShapeColumn,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Batch>, String> {
    let mut options = CslStringList::new();
    // asked for the geometry alone, GDAL 3.6 hands over another column in its place
    let numbers = if columns.is_empty() { "YES" } else { "NO" };
    for (name, value) in [
        ("INCLUDE_FID", numbers),
        ("MAX_FEATURES_IN_BATCH", &BATCH.to_string()),
    ] {
        options
            .set_name_value(name, value)
            .map_err(|error| error.to_string())?;
    }
    let mut stream = Stream::of(layer, &options)?;
    let fields = stream.schema().fields().clone();
    let is_wkb = |place: usize| {
        matches!(
            fields[place].data_type(),
            DataType::Binary | DataType::LargeBinary
        )
    };
    let missing = |name: &str| format!("GDAL's columns lack `{name}`");
    let places = columns
        .iter()
        .map(|name| {
            (0..fields.len())
                .find(|&place| fields[place].name() == name && !is_wkb(place))
                .ok_or_else(|| missing(name))
        })
        .collect::<Result<Vec<_>, _>>()?;
    // A geometry without a name in the file has one in the stream; no attribute of bytes is ever asked for.
    let geometry = geometry
        .map(|name| {
            let shapes: Vec<usize> = (0..fields.len()).filter(|&place| is_wkb(place)).collect();
            match (
                shapes.iter().find(|&&place| fields[place].name() == name),
                &shapes[..],
            ) {
                (Some(&place), _) | (None, &[place]) => Ok(place),
                _ => Err(missing(name)),
            }
        })
        .transpose()?;
    let (mut batches, mut total) = (Vec::new(), 0);
    loop {
        let failures = messages::failures();
        let next = stream.next();
        if messages::failures() > failures || next.is_err() {
            let said = messages::take().why();
            return Err(next.err().filter(|why| !why.is_empty()).unwrap_or(said));
        }
        let Some((arrays, rows)) = next? else {
            return Ok(batches);
        };
        if let Some(geometry) = geometry {
            decode(&arrays[geometry], rows, &mut shapes)?;
        }
        let (read, flaws) = shapes.finish();
        batches.push(Batch {
            first_row: total,
            rows,
            columns: places.iter().map(|&place| tidy(&arrays[place])).collect(),
            shapes: geometry.map(|_| read),
            flaws,
        });
        progress(rows as u64);
        total += rows as u64;
    }
}

fn decode(array: &ArrayRef, rows: usize, shapes: &mut ShapeColumn) -> Result<(), String> {
    let (small, large) = (array.as_binary_opt::<i32>(), array.as_binary_opt::<i64>());
    for row in 0..rows {
        let wkb = match (small, large) {
            _ if array.is_null(row) => None,
            (Some(array), _) => Some(array.value(row)),
            (_, Some(array)) => Some(array.value(row)),
            _ => return Err(format!("a geometry column of type {}", array.data_type())),
        };
        match wkb {
            Some(wkb) => shapes.push(wkb),
            None => shapes.push_none(None),
        }
    }
    Ok(())
}

/// The column as [`super::columns::kind_of`] promises it, with text that is UTF-8 for sure: a database can hold any bytes.
fn tidy(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Float32 => {
            let numbers = array.as_primitive::<Float32Type>();
            let numbers = numbers
                .iter()
                .map(|number| number.map(|n| shortest(n.into())));
            Arc::new(numbers.collect::<Float64Array>())
        }
        DataType::Utf8 => {
            let text = array.as_string::<i32>();
            let offsets = text.value_offsets();
            let whole = std::str::from_utf8(text.value_data());
            let apart = |whole: &str| {
                offsets.iter().all(|&offset| {
                    usize::try_from(offset).is_ok_and(|at| whole.is_char_boundary(at))
                })
            };
            if whole.is_ok_and(apart) {
                return Arc::clone(array);
            }
            let at = |row: usize| usize::try_from(offsets[row]).unwrap_or(0);
            let value = |row: usize| {
                text.value_data()
                    .get(at(row)..at(row + 1))
                    .unwrap_or_default()
            };
            let values = (0..array.len())
                .map(|row| (!array.is_null(row)).then(|| Texts::Either.decode(value(row))));
            Arc::new(values.collect::<StringArray>())
        }
        _ => Arc::clone(array),
    }
}
