//! The property bytes of FlatGeobuf features → Arrow columns, only those that were asked for.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Float32Builder, Float64Builder, Int8Builder, Int16Builder,
    Int32Builder, Int64Builder, StringBuilder, UInt8Builder, UInt16Builder, UInt32Builder,
    UInt64Builder,
};
use arrow_schema::DataType;
use flatgeobuf::ColumnType;

/// How a column of this type is stored once read. Dates and JSON are text; bytes are text that is always null.
pub(super) fn kind(column: ColumnType) -> DataType {
    match column {
        ColumnType::Bool => DataType::Boolean,
        ColumnType::Byte => DataType::Int8,
        ColumnType::UByte => DataType::UInt8,
        ColumnType::Short => DataType::Int16,
        ColumnType::UShort => DataType::UInt16,
        ColumnType::Int => DataType::Int32,
        ColumnType::UInt => DataType::UInt32,
        ColumnType::Long => DataType::Int64,
        ColumnType::ULong => DataType::UInt64,
        ColumnType::Float => DataType::Float32,
        ColumnType::Double => DataType::Float64,
        _ => DataType::Utf8,
    }
}

/// The columns of a batch while they grow.
pub(super) struct Builders {
    /// For each column of the file, its type and which builder takes it.
    slots: Vec<(ColumnType, Option<usize>)>,
    growing: Vec<Builder>,
    /// Which builder fills each column asked for; one asked for twice is built once.
    wanted: Vec<usize>,
    rows: usize,
}

impl Builders {
    /// One builder for each of `columns`, which are indices into `kinds`.
    pub(super) fn new(kinds: &[ColumnType], columns: &[usize], rows: usize) -> Self {
        let mut slots = kinds.iter().map(|&kind| (kind, None)).collect::<Vec<_>>();
        let mut growing = Vec::new();
        let wanted = columns.iter().map(|&column| {
            let (kind, slot) = &mut slots[column];
            *slot.get_or_insert_with(|| {
                growing.push(Builder::new(*kind, rows));
                growing.len() - 1
            })
        });
        Self {
            wanted: wanted.collect(),
            slots,
            growing,
            rows: 0,
        }
    }

    /// Takes the properties of the next row.
    ///
    /// # Errors
    /// When the bytes are no properties of this file; what is wrong with them.
    pub(super) fn row(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        const SHORT: &str = "has properties that end too early";
        let mut rest = bytes;
        while !rest.is_empty() {
            let (column, behind) = rest.split_first_chunk::<2>().ok_or(SHORT)?;
            let (kind, slot) = *self
                .slots
                .get(usize::from(u16::from_le_bytes(*column)))
                .ok_or("has a property of a column that does not exist")?;
            let (value, behind) = split_value(kind, behind)?.ok_or(SHORT)?;
            rest = behind;
            if let Some(slot) = slot {
                let builder = &mut self.growing[slot];
                if builder.len() > self.rows {
                    return Err("has the same property twice");
                }
                builder.push(value);
            }
        }
        self.rows += 1;
        for builder in &mut self.growing {
            if builder.len() < self.rows {
                builder.push_null();
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<ArrayRef> {
        let built: Vec<ArrayRef> = self.growing.into_iter().map(Builder::finish).collect();
        self.wanted
            .iter()
            .map(|&index| Arc::clone(&built[index]))
            .collect()
    }
}

/// The bytes of a value, and those behind it; `None` where they end too early.
#[expect(
    clippy::type_complexity,
    reason = "a pair that may be missing or wrong"
)]
fn split_value(kind: ColumnType, bytes: &[u8]) -> Result<Option<(&[u8], &[u8])>, &'static str> {
    let width = match kind {
        ColumnType::Bool | ColumnType::Byte | ColumnType::UByte => 1,
        ColumnType::Short | ColumnType::UShort => 2,
        ColumnType::Int | ColumnType::UInt | ColumnType::Float => 4,
        ColumnType::Long | ColumnType::ULong | ColumnType::Double => 8,
        ColumnType::String | ColumnType::Json | ColumnType::DateTime | ColumnType::Binary => {
            let Some((length, text)) = bytes.split_first_chunk() else {
                return Ok(None);
            };
            return Ok(text.split_at_checked(u32::from_le_bytes(*length) as usize));
        }
        _ => return Err("has a property of an unknown type"),
    };
    Ok(bytes.split_at_checked(width))
}

/// Writes an enum of builders, one variant for each type of column.
macro_rules! builders {
    ($($variant:ident($builder:ident, $number:ty)),+ $(,)?) => {
        enum Builder {
            Bool(BooleanBuilder),
            Text(StringBuilder),
            /// Bytes: counted, never kept.
            Bytes(StringBuilder),
            $($variant($builder)),+
        }

        impl Builder {
            fn new(kind: ColumnType, rows: usize) -> Self {
                match kind {
                    ColumnType::Bool => Self::Bool(BooleanBuilder::with_capacity(rows)),
                    $(ColumnType::$variant => Self::$variant($builder::with_capacity(rows)),)+
                    ColumnType::Binary => Self::Bytes(StringBuilder::new()),
                    _ => Self::Text(StringBuilder::with_capacity(rows, rows * 8)),
                }
            }

            fn len(&self) -> usize {
                match self {
                    Self::Bool(builder) => builder.len(),
                    Self::Text(builder) | Self::Bytes(builder) => builder.len(),
                    $(Self::$variant(builder) => builder.len()),+
                }
            }

            /// `value` is as wide as the type is.
            fn push(&mut self, value: &[u8]) {
                match self {
                    Self::Bool(builder) => builder.append_value(value != [0]),
                    Self::Text(builder) => builder.append_value(String::from_utf8_lossy(value)),
                    Self::Bytes(builder) => builder.append_null(),
                    $(Self::$variant(builder) => builder.append_option(
                        value.try_into().ok().map(<$number>::from_le_bytes),
                    )),+
                }
            }

            fn push_null(&mut self) {
                match self {
                    Self::Bool(builder) => builder.append_null(),
                    Self::Text(builder) | Self::Bytes(builder) => builder.append_null(),
                    $(Self::$variant(builder) => builder.append_null()),+
                }
            }

            fn finish(self) -> ArrayRef {
                match self {
                    Self::Bool(mut builder) => Arc::new(builder.finish()),
                    Self::Text(mut builder) | Self::Bytes(mut builder) => Arc::new(builder.finish()),
                    $(Self::$variant(mut builder) => Arc::new(builder.finish())),+
                }
            }
        }
    };
}

builders!(
    Byte(Int8Builder, i8),
    UByte(UInt8Builder, u8),
    Short(Int16Builder, i16),
    UShort(UInt16Builder, u16),
    Int(Int32Builder, i32),
    UInt(UInt32Builder, u32),
    Long(Int64Builder, i64),
    ULong(UInt64Builder, u64),
    Float(Float32Builder, f32),
    Double(Float64Builder, f64),
);
