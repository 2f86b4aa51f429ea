//! The cells of a column → their total, and what a reader must know of it: rows without a number are not in it, and the
//! rounded figures of rows may add up to another one than their sum converted (面积不闭合差).

use crate::quantity::Decimal;
use crate::write::{Language, Value};

/// Hundredths of m² in 10,000ths of 亩: 亩 are 2000/3 m².
const HUNDREDTHS_TO_MU: (i128, i128) = (15, 100);

/// A total.
#[derive(Clone, Copy, Default)]
pub(super) struct Sum {
    units: i128,
    places: u8,
    numbers: u64,
    /// Rows without a number.
    blank: u64,
}

impl Sum {
    pub(super) fn add(&mut self, value: &Value<'_>) {
        let (units, places) = match value {
            Value::Integer(number) => (*number, 0),
            Value::Decimal(number) => (number.units(), number.places()),
            Value::Null | Value::Text(_) => {
                self.blank += 1;
                return;
            }
        };
        self.units += i128::from(units);
        self.places = places;
        self.numbers += 1;
    }

    /// The total of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            units: self.units + other.units,
            places: self.places.max(other.places),
            numbers: self.numbers + other.numbers,
            blank: self.blank + other.blank,
        }
    }

    /// The total; `None` where no row has a number.
    pub(super) fn total(&self) -> Option<Decimal> {
        let units = i64::try_from(self.units).unwrap_or(i64::MAX);
        (self.numbers > 0).then(|| Decimal::new(units, self.places))
    }
}

/// What is said under the totals of columns with these names and headings, if anything is to be said.
pub(super) fn remark<'s>(
    columns: impl Iterator<Item = (&'s str, &'s str, &'s Sum)>,
    language: Language,
) -> Option<String> {
    let columns: Vec<_> = columns.collect();
    let missing = columns.iter().filter(|(.., sum)| sum.blank > 0);
    let missing = missing.map(|(_, heading, sum)| match language {
        Language::Zh => format!("“{heading}”{} 行", sum.blank),
        Language::En => format!("{} rows of `{heading}`", sum.blank),
    });
    let missing: Vec<String> = missing.collect();
    let mut said = Vec::new();
    if !missing.is_empty() {
        said.push(match language {
            Language::Zh => format!("无数值而未计入合计：{}", missing.join("、")),
            Language::En => format!(
                "not in the totals, having no number: {}",
                missing.join(", ")
            ),
        });
    }
    for (name, heading, mu) in &columns {
        let land = name.strip_suffix("_mu").map(|stem| format!("{stem}_m2"));
        let land = land.and_then(|land| columns.iter().find(|(name, ..)| **name == land));
        let gap = land.map_or(0, |(.., m2)| not_closed(m2, mu));
        if gap != 0 {
            let gap = Decimal::new(gap, 4);
            said.push(match language {
                Language::Zh => format!("“{heading}”各行取整后的合计与平方米合计换算相差 {gap} 亩（面积不闭合差）"),
                Language::En => format!("the rounded rows of `{heading}` add up to {gap} mu more than their total in m² comes to"),
            });
        }
    }
    (!said.is_empty()).then(|| said.join(language.of("；", "; ")))
}

/// By how many 10,000ths of 亩 a total of rounded figures is more than a total in m² converted.
fn not_closed(m2: &Sum, mu: &Sum) -> i64 {
    if (m2.places, mu.places) != (2, 4) || m2.blank != mu.blank {
        return 0;
    }
    let (over, under) = HUNDREDTHS_TO_MU;
    let converted = (m2.units * over + under / 2).div_euclid(under);
    i64::try_from(mu.units - converted).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(cells: &[Option<&str>]) -> Sum {
        let mut sum = Sum::default();
        for cell in cells {
            let places = |text: &str| text.len() - text.find('.').unwrap() - 1;
            let decimal = |text: &str| {
                Decimal::new(
                    text.replace('.', "").parse().unwrap(),
                    u8::try_from(places(text)).unwrap(),
                )
            };
            sum.add(&cell.map(decimal).into());
        }
        sum
    }

    #[test]
    fn what_no_row_knows_has_no_total() {
        assert_eq!(sum(&[]).total(), None);
        assert_eq!(sum(&[None, None]).total(), None);
        let some = sum(&[Some("1.50"), None, Some("2.25")]);
        assert_eq!(some.total().unwrap().to_string(), "3.75");
        let said = remark([("a_m2", "面积", &some)].into_iter(), Language::Zh);
        assert_eq!(said.unwrap(), "无数值而未计入合计：“面积”1 行");
        let whole = sum(&[Some("1.50")]);
        assert_eq!(
            remark([("a_m2", "面积", &whole)].into_iter(), Language::Zh),
            None
        );
    }

    #[test]
    fn rounded_rows_that_add_up_to_more_are_told() {
        // 100 m² are 0.15 亩; 0.33 m² are 0.000495 亩, printed 0.0005
        let (m2, mu) = (
            sum(&[Some("0.33"), Some("0.33"), Some("0.33")]),
            sum(&[Some("0.0005"), Some("0.0005"), Some("0.0005")]),
        );
        assert_eq!(not_closed(&m2, &mu), 0);
        let four = |text: &'static str| sum(&[Some(text); 40]);
        assert_eq!(not_closed(&four("0.33"), &four("0.0005")), 2);
        let (m2, mu) = (four("0.33"), four("0.0005"));
        let said = remark(
            [("a_m2", "面积", &m2), ("a_mu", "亩", &mu)].into_iter(),
            Language::Zh,
        );
        assert!(said.unwrap().contains("0.0002 亩"));
    }
}
