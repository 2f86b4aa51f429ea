//! The rows of a layer, made ready on all threads → cells and shape of each in order, for the one that writes.

use std::path::Path;

use super::chunks::in_order;
use super::typed::{Typed, typed};
use super::{MapLayer, WriteError};

const ROWS: usize = 4096;

/// Some rows, made ready on any thread for the one that holds a library's handles.
struct PreparedRows<'a> {
    cells: Vec<Typed<'a>>,
    wkb: Vec<u8>,
    /// Where the shape of each row ends in `wkb`.
    ends: Vec<usize>,
}

/// Gives the cells of each row, and its shape as well-known binary, empty where it has none, to `take`.
///
/// # Errors
/// When a cell is not of the kind of its column; also the first error of `take`.
pub(super) fn each_row(
    from: &MapLayer<'_, '_>,
    shown: &Path,
    mut take: impl FnMut(&[Typed<'_>], &[u8]) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let columns = &from.table.columns;
    let width = columns.len();
    in_order(
        from.len(),
        ROWS,
        |rows| {
            let mut piece = PreparedRows {
                cells: Vec::with_capacity(rows.len() * width),
                wkb: Vec::new(),
                ends: Vec::with_capacity(rows.len()),
            };
            for row in rows.map(|at| from.row(at)) {
                for column in columns {
                    piece.cells.push(typed(column, row, shown)?);
                }
                from.encode(row, &mut piece.wkb);
                piece.ends.push(piece.wkb.len());
            }
            Ok(piece)
        },
        |piece: PreparedRows<'_>| {
            let (mut cells, mut start) = (&piece.cells[..], 0);
            for &end in &piece.ends {
                let (row, rest) = cells.split_at(width);
                take(row, &piece.wkb[start..end])?;
                (cells, start) = (rest, end);
            }
            Ok(())
        },
    )
}
