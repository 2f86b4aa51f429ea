//! A Parquet column → a column of a type that the rest of the program reads: numbers, text, truth values, dates.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Decimal256Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The type a column of type `stored` is read as; `None` where it holds neither number nor text.
pub(super) fn kind(stored: &DataType) -> Option<DataType> {
    match stored {
        DataType::Decimal128(..) | DataType::Decimal256(..) | DataType::Timestamp(..) => {
            Some(DataType::Utf8)
        }
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Boolean | DataType::Date32 => {
            Some(stored.clone())
        }
        DataType::Float32 | DataType::Float64 => Some(stored.clone()),
        stored if stored.is_integer() => Some(stored.clone()),
        _ => None,
    }
}

/// The column as that type. Decimals keep their digits; times are as in ISO 8601, with a `Z` where they are in UTC.
pub(super) fn read(column: &ArrayRef) -> ArrayRef {
    let text = |cell: &dyn Fn(usize) -> Option<String>| -> ArrayRef {
        let cells = (0..column.len()).map(|row| column.is_valid(row).then(|| cell(row)).flatten());
        Arc::new(cells.collect::<StringArray>())
    };
    match column.data_type() {
        DataType::Decimal128(..) => {
            let column = column.as_primitive::<Decimal128Type>();
            text(&|row| Some(column.value_as_string(row)))
        }
        DataType::Decimal256(..) => {
            let column = column.as_primitive::<Decimal256Type>();
            text(&|row| Some(column.value_as_string(row)))
        }
        DataType::Timestamp(unit, zone) => {
            let (count, second): (&dyn Fn(usize) -> i64, i64) = match unit {
                TimeUnit::Second => {
                    let column = column.as_primitive::<TimestampSecondType>();
                    (&|row| column.value(row), 1)
                }
                TimeUnit::Millisecond => {
                    let column = column.as_primitive::<TimestampMillisecondType>();
                    (&|row| column.value(row), 1_000)
                }
                TimeUnit::Microsecond => {
                    let column = column.as_primitive::<TimestampMicrosecondType>();
                    (&|row| column.value(row), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    let column = column.as_primitive::<TimestampNanosecondType>();
                    (&|row| column.value(row), 1_000_000_000)
                }
            };
            text(&|row| time(count(row), second, zone.is_some()))
        }
        _ => Arc::clone(column),
    }
}

/// `count` units since 1970, of which `second` make a second; `None` beyond the year 9999.
fn time(count: i64, second: i64, utc: bool) -> Option<String> {
    let nanos = count.rem_euclid(second) * (1_000_000_000 / second);
    let at = Timestamp::new(count.div_euclid(second), i32::try_from(nanos).ok()?).ok()?;
    Some(if utc {
        at.to_string()
    } else {
        at.to_zoned(TimeZone::UTC).datetime().to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Column;
    use arrow_array::{Decimal128Array, TimestampMillisecondArray};

    #[test]
    fn decimals_keep_their_digits_and_times_read_as_dates() {
        let decimals = Decimal128Array::from(vec![Some(123_450), None])
            .with_precision_and_scale(10, 2)
            .unwrap();
        let decimals = read(&(Arc::new(decimals) as ArrayRef));
        assert_eq!(Column(&decimals).text(0).as_deref(), Some("1234.50"));
        assert_eq!(Column(&decimals).text(1), None);
        let times = TimestampMillisecondArray::from(vec![1_654_041_600_000, -1]);
        let local = read(&(Arc::new(times.clone()) as ArrayRef));
        assert_eq!(
            Column(&local).text(0).as_deref(),
            Some("2022-06-01T00:00:00")
        );
        assert_eq!(
            Column(&local).text(1).as_deref(),
            Some("1969-12-31T23:59:59.999")
        );
        let utc = read(&(Arc::new(times.with_timezone("UTC")) as ArrayRef));
        assert_eq!(
            Column(&utc).text(0).as_deref(),
            Some("2022-06-01T00:00:00Z")
        );
    }
}
