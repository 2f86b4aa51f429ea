//! A list of more rows than a sheet holds → the rows of each of its sheets: by district, where rows say theirs.

use std::collections::BTreeMap;

use crate::write::{Table, Value};

/// More rows than this are parted into several sheets: a sheet holds 1,048,576 with headings and totals.
pub(super) const ROWS: usize = 1_048_000;

/// More districts than this are no districts.
const MOST_DISTRICTS: usize = 60;

/// As long as the name of a district may be in that of a sheet.
const LONGEST: usize = 14;

/// The rows of a sheet, and what is added to its name.
pub(super) struct SheetPart {
    pub(super) called: Option<String>,
    pub(super) rows: Vec<usize>,
}

/// The parts of a table with no more than `most` rows each.
pub(super) fn parts(table: &Table<'_>, most: usize) -> Vec<SheetPart> {
    let all = (0..table.rows).collect();
    if table.rows <= most {
        return vec![SheetPart {
            called: None,
            rows: all,
        }];
    }
    let by_district = by_district(table).unwrap_or_else(|| BTreeMap::from([(String::new(), all)]));
    let mut parts: Vec<SheetPart> = Vec::new();
    for (district, rows) in by_district {
        let own: String = district
            .chars()
            .map(|sign| {
                if "[]:*?/\\'".contains(sign) {
                    ' '
                } else {
                    sign
                }
            })
            .take(LONGEST)
            .collect();
        for (number, rows) in rows.chunks(most).enumerate() {
            let own = own.trim();
            let is_taken = parts.iter().any(|part| part.called.as_deref() == Some(own));
            let called = match (own, parts.len() + 1) {
                ("", next) => next.to_string(),
                (own, next) if number > 0 || is_taken => format!("{own} {next}"),
                (own, _) => own.to_owned(),
            };
            parts.push(SheetPart {
                called: Some(called),
                rows: rows.to_vec(),
            });
        }
    }
    parts
}

/// The rows of each district; `None` where no row or too many say one.
fn by_district(table: &Table<'_>) -> Option<BTreeMap<String, Vec<usize>>> {
    let column = table
        .columns
        .iter()
        .find(|column| column.name == "district")?;
    let mut districts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in 0..table.rows {
        let district = match (column.cell)(row) {
            Value::Text(text) => text.into_owned(),
            _ => String::new(),
        };
        districts.entry(district).or_default().push(row);
        if districts.len() > MOST_DISTRICTS {
            return None;
        }
    }
    (districts.len() > 1).then_some(districts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{Column, Kind};

    fn called(
        districts: &'static [&'static str],
        most: usize,
    ) -> Vec<(Option<String>, Vec<usize>)> {
        let table = Table {
            name: "parcels",
            title: "宗地",
            rows: districts.len(),
            columns: vec![Column::new("district", "县市区", Kind::Text, |row| {
                Some(districts[row]).filter(|district| !district.is_empty())
            })],
            geometry: None,
        };
        let parts = parts(&table, most).into_iter();
        parts.map(|part| (part.called, part.rows)).collect()
    }

    #[test]
    fn rows_that_a_sheet_holds_stay_in_one() {
        assert_eq!(called(&["椒江区", "黄岩区"], 2), [(None, vec![0, 1])]);
    }

    #[test]
    fn more_are_parted_by_district_and_a_large_district_again() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            called(&["椒江区", "黄岩区", "椒江区", "椒江区", ""], 2),
            [
                (some("1"), vec![4]),
                (some("椒江区"), vec![0, 2]),
                (some("椒江区 3"), vec![3]),
                (some("黄岩区"), vec![1]),
            ]
        );
        assert_eq!(
            called(&["椒江区", "椒江区", "椒江区"], 2),
            [(some("1"), vec![0, 1]), (some("2"), vec![2])]
        );
    }
}
