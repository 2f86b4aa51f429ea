//! Stored columns → the columns of a survey layer, and their values.

use arrow_schema::DataType;
use compact_str::CompactString;
use jiff::civil::{Date, DateTime};

use crate::formats::{Batch, Column, Field};
use crate::geometry::Crs;
use crate::model::survey::{Stored, SurveyColumn, SurveyLayer, SurveyTheme, SurveyValue};

/// Which stored column each column of the layer is.
pub(super) struct Plan {
    theme: SurveyTheme,
    columns: Vec<SurveyColumn>,
    /// The place of each column among those that are read; `None` for a field that the source lacks.
    places: Vec<Option<usize>>,
    stored: Vec<usize>,
}

impl Plan {
    /// Puts the fields of the survey in their order, and all other columns behind them.
    pub(super) fn of(theme: SurveyTheme, fields: &[Field]) -> Self {
        let mut taken = vec![false; fields.len()];
        let mut take = |name: &str| {
            let is_it = |at: &usize| fields[*at].name.trim().eq_ignore_ascii_case(name);
            let found = (0..fields.len()).filter(|at| !taken[*at]).find(is_it)?;
            taken[found] = true;
            Some(found)
        };
        let known: Vec<Option<usize>> = theme
            .fields()
            .iter()
            .map(|field| take(field.name))
            .collect();
        // a table may have the same name twice instead of a suffix
        let again = |(field, found): (&crate::model::survey::SurveyField, Option<usize>)| {
            found.or_else(|| take(field.name.strip_suffix("_1")?))
        };
        let known: Vec<Option<usize>> = theme.fields().iter().zip(known).map(again).collect();
        let mut plan = Self {
            theme,
            columns: Vec::new(),
            places: Vec::new(),
            stored: Vec::new(),
        };
        for (field, found) in theme.fields().iter().zip(known) {
            let mut column = SurveyColumn::of(field, found.is_some());
            if let Some(at) = found {
                column.stored = stored_as(&fields[at].kind);
            }
            plan.add(column, found);
        }
        for at in (0..fields.len()).filter(|at| !taken[*at]) {
            let name = plan.free_name(&fields[at].name);
            let alias = fields[at].alias.as_deref().unwrap_or(&name).into();
            let stored = stored_as(&fields[at].kind);
            let column = SurveyColumn {
                name,
                alias,
                stored,
                field: None,
                given: true,
            };
            plan.add(column, Some(at));
        }
        plan
    }

    fn add(&mut self, column: SurveyColumn, found: Option<usize>) {
        self.columns.push(column);
        self.places.push(found.map(|at| {
            self.stored.push(at);
            self.stored.len() - 1
        }));
    }

    /// The name, with a suffix where another column has it.
    fn free_name(&self, name: &str) -> CompactString {
        let is_free = |name: &str| {
            let mut columns = self.columns.iter();
            !columns.any(|column| column.name.eq_ignore_ascii_case(name))
        };
        if is_free(name) {
            return name.into();
        }
        let with_suffix = |number: usize| CompactString::from(format!("{name}_{number}"));
        (1..=self.columns.len() + 1)
            .map(with_suffix)
            .find(|name| is_free(name))
            .unwrap_or_else(|| name.into())
    }

    /// The stored columns to read, in order.
    pub(super) fn stored(&self) -> &[usize] {
        &self.stored
    }

    /// The layer with all rows of `batches`, without shapes. `fields` are those of the file; values that cannot be
    /// kept are told in `lost`.
    pub(super) fn fill(
        mut self,
        batches: &[Batch],
        fields: &[Field],
        crs: Crs,
        lost: &mut Vec<String>,
    ) -> SurveyLayer {
        for (column, place) in self.columns.iter_mut().zip(&self.places) {
            let Some(place) = *place else { continue };
            let is_time = fields[self.stored[place]].holds_times;
            // SQLite may keep text in a column of numbers or days; it then comes as text
            let mut kinds = batches.iter().map(|batch| batch.columns[place].data_type());
            if kinds.any(|kind| *kind == DataType::Utf8) && !is_time {
                column.stored = Stored::Text;
            }
            let arrays = batches
                .iter()
                .map(|batch| (&batch.columns[place], batch.rows));
            let mut cells = arrays.flat_map(|(array, rows)| (0..rows).map(move |row| (array, row)));
            if is_time {
                let at_midnight = cells.all(|(array, row)| {
                    let text = Column(array).text(row);
                    text.is_none_or(|text| day_of(&text).is_some())
                });
                column.stored = if at_midnight {
                    Stored::Date
                } else {
                    Stored::Time
                };
            }
        }
        let mut misses = vec![(0_usize, 0_usize); self.columns.len()];
        let mut layer = SurveyLayer::new(self.theme, self.columns, crs);
        let kinds: Vec<Stored> = layer.columns.iter().map(|column| column.stored).collect();
        let mut row_number = 0;
        for batch in batches {
            for row in 0..batch.rows {
                let cells = self.places.iter().zip(&kinds).zip(&mut misses);
                let values = cells.map(|((place, stored), misses)| {
                    let Some(place) = *place else {
                        return SurveyValue::Null;
                    };
                    value(&batch.columns[place], row, *stored).unwrap_or_else(|()| {
                        if misses.0 == 0 {
                            misses.1 = row_number;
                        }
                        misses.0 += 1;
                        SurveyValue::Null
                    })
                });
                layer.push(values);
                row_number += 1;
            }
        }
        for (column, (count, first)) in layer.columns.iter().zip(misses) {
            if count > 0 {
                lost.push(format!(
                    "column `{}` has {count} values that are no text, number or date and are not kept (the first in row {first})",
                    column.name
                ));
            }
        }
        layer
    }
}

/// The day that a text names, or the midnight at its beginning. Of days before 1970 GDAL 3.6 reads midnight as the first
/// second of a file geodatabase's day: it cuts where it should round.
fn day_of(text: &str) -> Option<Date> {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let day = day.parse::<Date>().ok()?;
    let is_late = time == "00:00:01" && day.year() < 1970;
    (time.is_empty() || time == "00:00:00" || is_late).then_some(day)
}

/// How a column of this type is kept. Yes and no becomes 1 and 0.
fn stored_as(kind: &DataType) -> Stored {
    match kind {
        DataType::Float32 | DataType::Float64 => Stored::Number,
        DataType::Date32 => Stored::Date,
        kind if kind.is_integer() || *kind == DataType::Boolean => Stored::Whole,
        _ => Stored::Text,
    }
}

/// A value; an error where there is one that cannot be kept.
fn value(array: &arrow_array::ArrayRef, row: usize, stored: Stored) -> Result<SurveyValue, ()> {
    let column = Column(array);
    if arrow_array::Array::is_null(array, row) {
        return Ok(SurveyValue::Null);
    }
    let text = || column.stored_text(row).ok_or(());
    Ok(match stored {
        Stored::Whole => SurveyValue::Whole(column.whole(row).ok_or(())?),
        Stored::Number => SurveyValue::Number(column.number(row).ok_or(())?),
        Stored::Date => SurveyValue::Date(day_of(&text()?).ok_or(())?),
        Stored::Time => {
            let text = text()?;
            let time = text.parse::<DateTime>().map_err(drop);
            SurveyValue::Time(time?)
        }
        Stored::Text => SurveyValue::Text(CompactString::from(text()?)),
    })
}
