//! A SQLite file whose columns of numbers or days hold something else → which rows, and what they say: GDAL would give a
//! zero for each, or the first of January 1970.

use std::collections::BTreeMap;
use std::sync::Arc;

use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;
use rustc_hash::FxHashMap;

use super::connect::Opener;

/// The values of a column that are not of its type, as text, by row id.
pub type Strays = Arc<FxHashMap<i64, String>>;

/// The columns in which something strays, by their place in the layer.
pub type Strayed = BTreeMap<usize, Strays>;

/// What a column is declared to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Days as `2021-12-26`.
    Date,
}

impl Declared {
    /// The condition under which a column holds something else.
    fn is_stray(self, column: &str) -> String {
        match self {
            Self::Whole => format!("typeof({column}) IN ('text', 'blob', 'real')"),
            Self::Real => format!("typeof({column}) IN ('text', 'blob')"),
            Self::Date => {
                format!("{column} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'")
            }
        }
    }
}

/// Looks at these columns of a table and gives those with strays, by their place in `columns`.
/// A view, or a table without row ids, has none that could be found.
///
/// # Errors
/// When the file cannot be opened again.
pub fn find(
    opener: &Opener,
    table: &str,
    columns: &[(&str, Declared)],
) -> Result<Vec<(usize, Strays)>, String> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let dataset = opener.open()?;
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let strays: Vec<String> = columns
        .iter()
        .map(|(name, declared)| declared.is_stray(&quoted(name)))
        .collect();
    let values: Vec<String> = columns
        .iter()
        .zip(&strays)
        .map(|((name, _), stray)| {
            format!("CASE WHEN {stray} THEN CAST({} AS TEXT) END", quoted(name))
        })
        .collect();
    let sql = format!(
        "SELECT CAST(rowid AS TEXT), {} FROM {} WHERE {}",
        values.join(", "),
        quoted(table),
        strays.join(" OR ")
    );
    let Ok(Some(mut result)) = dataset.execute_sql(&sql, None, Dialect::DEFAULT) else {
        return Ok(Vec::new());
    };
    let mut found = vec![FxHashMap::default(); columns.len()];
    for feature in result.features() {
        let text = |field| feature.field_as_string(field).ok().flatten();
        let Some(id) = text(0).and_then(|id| id.parse().ok()) else {
            continue;
        };
        for (place, strays) in found.iter_mut().enumerate() {
            if let Some(value) = text(place + 1) {
                strays.insert(id, value);
            }
        }
    }
    let numbered = found.into_iter().enumerate();
    let strayed = numbered.filter(|(_, strays)| !strays.is_empty());
    Ok(strayed
        .map(|(place, strays)| (place, Arc::new(strays)))
        .collect())
}
