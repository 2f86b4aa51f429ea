//! `--group-by` and the columns of the parcels → the column that is meant.

use super::{ReadError, Recognised};
use crate::formats::{Field, Source};

/// The column that goes by `name`: as it is stored, as a field of parcels that was found, or as its second name.
///
/// # Errors
/// When there is none; it says which there are.
pub(super) fn group_column(
    name: &str,
    source: &Source,
    fields: &[Field],
    recognised: &Recognised,
) -> Result<usize, ReadError> {
    let stored = |same: fn(&str, &str) -> bool| fields.iter().position(|f| same(&f.name, name));
    let found = stored(|a, b| a == b)
        .or_else(|| recognised.slot(name).map(|slot| slot.column))
        .or_else(|| stored(str::eq_ignore_ascii_case))
        .or_else(|| fields.iter().position(|f| f.alias.as_deref() == Some(name)));
    found.ok_or_else(|| {
        let there: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let known: Vec<&str> = recognised.slots().iter().map(|slot| slot.field).collect();
        let known = match known.as_slice() {
            [] => String::new(),
            known => format!(" (and by canonical name {})", known.join(", ")),
        };
        ReadError::GroupBy {
            name: source.to_string(),
            column: name.to_owned(),
            there: format!("{}{known}", there.join(", ")),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::LayerKind;
    use crate::read::recognise;

    fn column(name: &str) -> Result<usize, String> {
        let field = |(name, alias): (&str, Option<&str>)| Field {
            alias: alias.map(Into::into),
            ..Field::text(name)
        };
        let fields = [("ZDDM", None), ("XZMC", Some("镇街")), ("nd", None)].map(field);
        let known = recognise(LayerKind::Parcels, &fields, &BTreeMap::new()).unwrap();
        let source = Source::parse("no/zd.shp");
        group_column(name, &source, &fields, &known).map_err(|why| why.to_string())
    }

    #[test]
    fn a_column_is_named_as_stored_or_by_its_field() {
        for (name, at) in [
            ("XZMC", 1),
            ("xzmc", 1),
            ("town", 1),
            ("镇街", 1),
            ("nd", 2),
        ] {
            assert_eq!(column(name), Ok(at), "{name}");
        }
    }

    #[test]
    fn a_column_that_is_not_there_names_those_that_are() {
        assert_eq!(
            column("park").unwrap_err(),
            "`--group-by park`: `no/zd.shp` has no such column; it has ZDDM, XZMC, nd (and by canonical name id, town)"
        );
    }
}
