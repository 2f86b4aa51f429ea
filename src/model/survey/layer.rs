//! A survey layer: columns, rows of values, a shape each.

use compact_str::CompactString;

use super::{Reading, Stored, SurveyField, SurveyTheme, SurveyValue};
use crate::geometry::{Crs, Shapes};
use crate::model::feature_name;

/// A column of a survey layer: a field of the survey, or one that its source has beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyColumn {
    /// Its name.
    pub name: CompactString,
    /// Its name in Chinese, or its name.
    pub alias: CompactString,
    /// How its values are stored.
    pub stored: Stored,
    /// The field of the survey that it is; `None` for a column that the survey does not know.
    pub field: Option<&'static SurveyField>,
    /// Whether its source has it; if not, it is there for the survey's sake and holds nothing.
    pub given: bool,
}

impl SurveyColumn {
    /// A field of the survey that a source does not have, or that is to be filled.
    pub fn of(field: &'static SurveyField, given: bool) -> Self {
        let stored = match field.kind {
            super::SurveyKind::Date => Stored::Date,
            kind if kind.is_number() => Stored::Number,
            _ => Stored::Text,
        };
        Self {
            name: field.name.into(),
            alias: field.alias().into(),
            stored,
            field: Some(field),
            given,
        }
    }
}

/// A survey layer. Every field of its theme has a column, in the order of the survey; other columns follow.
#[derive(Clone, Debug)]
pub struct SurveyLayer {
    /// Which layer it is.
    pub theme: SurveyTheme,
    /// Its columns.
    pub columns: Vec<SurveyColumn>,
    /// The shape of each row, as it is stored; empty where there is none.
    pub shapes: Shapes,
    /// The CRS of the shapes.
    pub crs: Crs,
    /// Row after row.
    values: Vec<SurveyValue>,
}

impl SurveyLayer {
    /// A layer without rows; `columns` are those of the theme, then any others.
    pub fn new(theme: SurveyTheme, columns: Vec<SurveyColumn>, crs: Crs) -> Self {
        Self {
            theme,
            columns,
            shapes: Shapes::default(),
            crs,
            values: Vec::new(),
        }
    }

    /// A layer without rows that has the fields of the survey and no other column.
    pub fn plain(theme: SurveyTheme, crs: Crs) -> Self {
        let fields = theme.fields().iter();
        let columns = fields.map(|field| SurveyColumn::of(field, true)).collect();
        Self::new(theme, columns, crs)
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.values.len() / self.columns.len().max(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Adds a row; its shape is to be added to `shapes`. What is missing at its end is null, what is too much is dropped.
    pub fn push(&mut self, row: impl IntoIterator<Item = SurveyValue>) {
        let end = self.values.len() + self.columns.len();
        self.values.extend(row.into_iter().take(self.columns.len()));
        self.values.resize(end, SurveyValue::Null);
    }

    /// The values of a row.
    pub fn row(&self, row: usize) -> &[SurveyValue] {
        &self.values[row * self.columns.len()..(row + 1) * self.columns.len()]
    }

    /// The place of a field of the survey among the columns.
    pub fn place(&self, field: &str) -> Option<usize> {
        let is_it = |known: &&'static SurveyField| known.name == field;
        let mut columns = self.columns.iter();
        columns.position(|column| column.field.as_ref().is_some_and(is_it))
    }

    /// What a row says in a field of the survey.
    pub fn value(&self, row: usize, field: &str) -> &SurveyValue {
        self.place(field)
            .map_or(&SurveyValue::Null, |place| &self.row(row)[place])
    }

    /// What a row says in a field, as a number.
    pub fn number(&self, row: usize, field: &str) -> Reading {
        self.value(row, field).number()
    }

    /// The name of a row in messages: its number, or its place.
    pub fn feature(&self, row: usize) -> String {
        let id = self.value(row, self.theme.id()).word();
        let place = u32::try_from(row).unwrap_or(u32::MAX);
        feature_name(id.as_deref().unwrap_or_default(), place)
    }

    /// The same layer with the numbers of the survey's fields as text, by their shortest digits, as the copy of 2020 has
    /// them. Other columns stay as they are.
    #[must_use]
    pub fn with_numbers_as_text(mut self) -> Self {
        let width = self.columns.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            let is_number = column.field.is_some_and(|field| field.kind.is_number());
            if !is_number || !matches!(column.stored, Stored::Whole | Stored::Number) {
                continue;
            }
            column.stored = Stored::Text;
            for value in self.values.iter_mut().skip(place).step_by(width) {
                let text = value.text().map(CompactString::from);
                *value = text.map_or(SurveyValue::Null, SurveyValue::Text);
            }
        }
        self
    }
}
