//! `--where LAYER=EXPR`: an SQL condition → which rows of a batch it keeps.

mod compare;
mod parse;

use arrow_array::ArrayRef;

use super::{Column, Field};
use compare::{FilterCell, like};

/// A condition on the columns of a layer, in SQL.
///
/// Comparisons are by number where both sides are numbers or are written as numbers, else by text. A text with
/// leading zeros (`0601`) is a code and no number, and whole numbers of any length are compared exactly.
/// Blanks are null, and a row is kept only where the condition is true, not where it is unknown.
#[derive(Clone, Debug)]
pub struct Filter {
    root: Node,
    columns: Vec<String>,
}

/// What is wrong with a condition. Every text shows how it may be written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// It is no SQL.
    #[error(
        "`{text}` is no condition: {why}; write it like `用途 = '工业' AND area > 100` (names with other signs in double quotes)"
    )]
    Syntax {
        /// The condition.
        text: String,
        /// What the parser said.
        why: String,
    },
    /// It is SQL, but not of the kind that is understood here.
    #[error(
        "`{0}` is not supported in a condition; use comparisons, IN, BETWEEN, LIKE, IS NULL, AND, OR and NOT, as in `area BETWEEN 100 AND 200`"
    )]
    Unsupported(String),
    /// The layer has no such column.
    #[error("there is no column `{name}`; the layer has {there}")]
    NoColumn {
        /// The name in the condition.
        name: String,
        /// The names of the columns of the layer.
        there: String,
    },
}

/// A condition; columns are indices into [`Filter::columns`].
#[derive(Clone, Debug)]
enum Node {
    Constant(bool),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Compare(Operand, Relation, Operand),
    Among(Operand, Vec<Operand>),
    Like(Operand, Vec<char>, bool),
    IsNull(Operand),
}

#[derive(Clone, Debug)]
enum Operand {
    Column(usize),
    Literal(FilterCell<'static>),
}

#[derive(Clone, Copy, Debug)]
enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Filter {
    /// Understands one SQL condition.
    ///
    /// # Errors
    /// When it is no SQL, or of a kind that is not supported.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let (root, columns) = parse::parse(text)?;
        Ok(Self { root, columns })
    }

    /// The columns it asks for, as they are written in it.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Where these columns are among the fields of a layer, by name or alias, whatever the case of the letters.
    /// A name that is the same to the letter goes before one that is not.
    ///
    /// # Errors
    /// When the layer has no such column.
    pub fn indices(&self, fields: &[Field]) -> Result<Vec<usize>, FilterError> {
        let find = |wanted: &String| {
            let folded = wanted.to_lowercase();
            let is_alias = |field: &Field| {
                let alias = field.alias.as_ref();
                alias.is_some_and(|alias| alias.to_lowercase() == folded)
            };
            fields
                .iter()
                .position(|field| field.name == *wanted)
                .or_else(|| {
                    fields
                        .iter()
                        .position(|field| field.name.to_lowercase() == folded)
                })
                .or_else(|| fields.iter().position(is_alias))
                .ok_or_else(|| FilterError::NoColumn {
                    name: wanted.clone(),
                    there: fields
                        .iter()
                        .map(|field| format!("`{}`", field.name))
                        .collect::<Vec<_>>()
                        .join(", "),
                })
        };
        self.columns.iter().map(find).collect()
    }

    /// Which of `rows` rows are kept, given the columns of [`Filter::columns`] in that order.
    pub fn keep(&self, columns: &[&ArrayRef], rows: usize) -> Vec<bool> {
        (0..rows)
            .map(|row| self.root.holds(columns, row) == Some(true))
            .collect()
    }
}

impl Node {
    /// Whether it holds for a row; `None` for unknown.
    fn holds(&self, columns: &[&ArrayRef], row: usize) -> Option<bool> {
        match self {
            Self::Constant(truth) => Some(*truth),
            Self::Not(node) => node.holds(columns, row).map(|truth| !truth),
            Self::All(nodes) => combine(nodes, columns, row, false),
            Self::Any(nodes) => combine(nodes, columns, row, true),
            Self::Compare(left, relation, right) => {
                let order = left.cell(columns, row)?.order(&right.cell(columns, row)?);
                Some(match relation {
                    Relation::Equal => order.is_eq(),
                    Relation::NotEqual => order.is_ne(),
                    Relation::Less => order.is_lt(),
                    Relation::LessOrEqual => order.is_le(),
                    Relation::Greater => order.is_gt(),
                    Relation::GreaterOrEqual => order.is_ge(),
                })
            }
            Self::Among(operand, list) => {
                let cell = operand.cell(columns, row)?;
                let mut unknown = false;
                for item in list {
                    match item.cell(columns, row) {
                        None => unknown = true,
                        Some(item) if cell.order(&item).is_eq() => return Some(true),
                        Some(_) => {}
                    }
                }
                (!unknown).then_some(false)
            }
            Self::Like(operand, pattern, fold) => {
                Some(like(operand.cell(columns, row)?.text(), pattern, *fold))
            }
            Self::IsNull(operand) => Some(operand.cell(columns, row).is_none()),
        }
    }
}

/// One node with the truth `decisive` decides; without one, one that is unknown makes all unknown.
fn combine(nodes: &[Node], columns: &[&ArrayRef], row: usize, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    for node in nodes {
        match node.holds(columns, row) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!decisive)
}

impl Operand {
    /// The value in a row; `None` for null.
    fn cell<'a>(&'a self, columns: &[&'a ArrayRef], row: usize) -> Option<FilterCell<'a>> {
        match self {
            Self::Column(index) => Column(columns[*index]).text(row).map(FilterCell::new),
            Self::Literal(cell) => cell.borrowed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Float64Array, Int64Array, StringArray};
    use std::sync::Arc;

    /// The rows kept, by their names, of: A 工业 100 0601 · B 住宅 200.5 (null) · C (null) (null) 0602.
    fn kept(condition: &str) -> String {
        let filter = Filter::parse(condition).unwrap();
        let columns: [(&str, ArrayRef); 5] = [
            ("name", Arc::new(StringArray::from(vec!["A", "B", "C"]))),
            (
                "用途",
                Arc::new(StringArray::from(vec![Some("工业"), Some("住宅"), None])),
            ),
            (
                "Area",
                Arc::new(Float64Array::from(vec![Some(100.0), Some(200.5), None])),
            ),
            (
                "code",
                Arc::new(StringArray::from(vec![
                    Some("0601"),
                    Some(" "),
                    Some("0602"),
                ])),
            ),
            (
                "id",
                Arc::new(Int64Array::from(vec![
                    3_301_000_010_010_000_001,
                    3_301_000_010_010_000_002,
                    7,
                ])),
            ),
        ];
        let fields = columns.iter().map(|(name, _)| Field {
            alias: (*name == "id").then(|| "宗地代码".to_owned()),
            ..Field::text(*name)
        });
        let indices = filter.indices(&fields.collect::<Vec<_>>()).unwrap();
        let wanted: Vec<_> = indices.iter().map(|&index| &columns[index].1).collect();
        let names = ["A", "B", "C"].iter();
        names
            .zip(filter.keep(&wanted, 3))
            .filter_map(|(name, keep)| keep.then_some(*name))
            .collect()
    }

    #[test]
    fn every_supported_construct_keeps_the_rows_it_should() {
        for (condition, rows) in [
            ("用途 = '工业'", "A"),
            ("\"用途\" <> '工业'", "B"),
            ("area > 100", "B"),
            ("AREA >= '100.0'", "AB"),
            ("area = 1e2 OR name = 'C'", "AC"),
            ("NOT (area < 150) AND name LIKE '_'", "B"),
            ("area BETWEEN 100 AND 200", "A"),
            ("area NOT BETWEEN 100 AND 200", "B"),
            ("name IN ('A', 'c')", "A"),
            ("name NOT IN ('A')", "BC"),
            ("用途 IS NULL", "C"),
            ("code IS NOT NULL", "AC"),
            ("用途 LIKE '%业'", "A"),
            ("name ILIKE 'a%' OR name NOT LIKE '%'", "A"),
            ("-1 < area AND TRUE", "AB"),
            ("100 = area", "A"),
            ("宗地代码 = 7", "C"),
        ] {
            assert_eq!(kept(condition), rows, "{condition}");
        }
    }

    #[test]
    fn unknown_is_neither_true_nor_false() {
        assert_eq!(kept("area > 0 OR name = 'C'"), "ABC");
        assert_eq!(kept("NOT (area > 150)"), "A");
        assert_eq!(kept("NOT (area > 150 AND name = 'A')"), "ABC");
        assert_eq!(kept("name NOT IN ('A', NULL)"), "");
        assert_eq!(kept("area = NULL"), "");
        assert_eq!(kept("用途 <> '工业'"), "B");
    }

    #[test]
    fn a_code_is_no_number_and_a_long_number_is_not_rounded() {
        assert_eq!(kept("code = '601'"), "");
        assert_eq!(kept("code = '0601'"), "A");
        assert_eq!(kept("id = 3301000010010000001"), "A");
        assert_eq!(kept("id > '3301000010010000001'"), "B");
    }

    #[test]
    fn errors_say_what_is_wrong_and_how_to_write_it() {
        let text = |condition: &str| Filter::parse(condition).unwrap_err().to_string();
        assert!(
            text("area >").contains("用途 = '工业'"),
            "{}",
            text("area >")
        );
        assert!(text("area > 1 extra").contains("extra"));
        assert!(text("").contains("is no condition"));
        assert!(text("upper(name) = 'A'").contains("`upper(name)`"));
        assert!(text("area + 1 > 2").contains("`area + 1`"));
        assert!(text("name IN (SELECT 1)").contains("SELECT 1"));
        assert!(text("name").contains("`name`"));
        let fields = [Field::text("ZDDM")];
        let error = Filter::parse("x = 1").unwrap().indices(&fields);
        assert_eq!(
            error.unwrap_err().to_string(),
            "there is no column `x`; the layer has `ZDDM`"
        );
    }

    #[test]
    fn a_condition_of_any_depth_is_parsed_or_refused() {
        assert_eq!(kept(&vec!["area = 100"; 400].join(" OR ")), "A");
        assert_eq!(kept(&format!("area IN ({}100)", "1,".repeat(9999))), "A");
        for deep in [
            vec!["area = 1"; 20_000].join(" OR "),
            format!("{}area = 1{}", "(".repeat(5000), ")".repeat(5000)),
            format!("{}area = 1", "NOT ".repeat(20_000)),
            format!("{}1 = 1", "- ".repeat(20_000)),
        ] {
            assert!(Filter::parse(&deep).is_err());
        }
    }
}
