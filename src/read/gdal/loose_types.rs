//! A SQLite file whose number columns hold text → which rows, and what they say: GDAL would give a zero for each.

use std::sync::Arc;

use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;
use rustc_hash::FxHashMap;

use super::connect::Opener;

/// The values of a column that are not of its type, as text, by row id.
pub type Strays = Arc<FxHashMap<i64, String>>;

/// Looks at these columns of a table (`true`: of whole numbers) and gives those with strays, by their place in `columns`.
/// A view, or a table without row ids, has none that could be found.
///
/// # Errors
/// When the file cannot be opened again.
pub fn find(
    opener: &Opener,
    table: &str,
    columns: &[(&str, bool)],
) -> Result<Vec<(usize, Strays)>, String> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let dataset = opener.open()?;
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let strays: Vec<String> = columns
        .iter()
        .map(|(name, whole)| {
            let kinds = if *whole {
                "'text', 'blob', 'real'"
            } else {
                "'text', 'blob'"
            };
            format!("typeof({}) IN ({kinds})", quoted(name))
        })
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
