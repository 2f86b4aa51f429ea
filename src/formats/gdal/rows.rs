//! A layer, feature by feature → batches; the way for every driver that has no columns of its own.

use gdal::vector::OwnedLayer;

use super::columns::Filling;
use super::messages;
use super::raw::Rows;
use crate::formats::Batch;
use crate::formats::shape_column::ShapeColumn;

/// Rows in a batch.
pub const BATCH: usize = 65_536;

/// Which rows of a layer, by their feature ids: all, or those that another handle does not read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    /// The 0-based position of the first.
    pub first: u64,
    /// The id of the first that is no longer asked for.
    pub until: Option<i64>,
}

/// Reads `part` of the layer. `geometry` is the index of the geometry field.
///
/// # Errors
/// With what GDAL said when the source broke off.
pub fn read(
    layer: &mut OwnedLayer,
    mut columns: Vec<Filling>,
    geometry: Option<usize>,
    mut shapes: ShapeColumn,
    part: Part,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Batch>, String> {
    let mut rows = Rows::of(layer);
    if part.first > 0 && !i64::try_from(part.first).is_ok_and(|first| rows.seek(first)) {
        return Err(messages::take().why());
    }
    let mut batches = Vec::new();
    let (mut wkb, mut filled, mut total) = (Vec::new(), 0, 0);
    loop {
        let failures = messages::failures();
        let more = rows.advance() && part.until.is_none_or(|until| rows.id() < until);
        let failed = messages::failures() > failures;
        if more {
            for column in &mut columns {
                column.take(&mut rows);
            }
            if let Some(geometry) = geometry {
                if rows.wkb(geometry, &mut wkb) {
                    shapes.push(&wkb);
                } else {
                    shapes.push_none(failed.then(messages::last).flatten());
                }
            }
            filled += 1;
        } else if failed {
            return Err(messages::take().why());
        }
        if filled > 0 && (filled == BATCH || !more) {
            let (shapes, flaws) = shapes.finish();
            batches.push(Batch {
                first_row: total,
                rows: filled,
                columns: columns.iter_mut().map(Filling::finish).collect(),
                shapes: geometry.map(|_| shapes),
                flaws,
            });
            progress(filled as u64);
            total += filled as u64;
            filled = 0;
        }
        if !more {
            return Ok(batches);
        }
    }
}
