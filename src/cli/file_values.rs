//! Values of a TOML file ↔ the texts that the same options are on a command line.

use toml::Value;

/// A text, also where the file has a number, a date or a list: `0.05`, `2022-06-01`, `["geojson", "csv"]`.
pub(super) mod text {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
        toml::Value::deserialize(from).map(|value| Some(super::scalar(&value)))
    }

    #[expect(clippy::ref_option, reason = "as serde calls it")]
    pub fn serialize<S: Serializer>(text: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
        text.serialize(to)
    }
}

/// The entries of an option that may be repeated: of a list each item, of a table `key=value`, of a table of tables
/// `table.key=value`.
pub(super) mod entries {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
        let mut entries = Vec::new();
        super::flatten("", &toml::Value::deserialize(from)?, &mut entries);
        Ok(entries)
    }

    pub fn serialize<S: Serializer>(entries: &[String], to: S) -> Result<S::Ok, S::Error> {
        entries.serialize(to)
    }
}

fn flatten(path: &str, value: &Value, entries: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                let path = match path {
                    "" => key.clone(),
                    _ => format!("{path}.{key}"),
                };
                flatten(&path, value, entries);
            }
        }
        Value::Array(items) if items.iter().all(Value::is_str) => {
            for item in items {
                flatten(path, item, entries);
            }
        }
        _ if path.is_empty() => entries.push(scalar(value)),
        _ => entries.push(format!("{path}={}", scalar(value))),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(scalar).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_lists_and_numbers_are_what_the_command_line_says() {
        let text = "a = { parcels = { id = 'PID', ignore = ['x', 'y'] } }\nb = { parcels = [1.5, -2, 0] }\nc = [1, 2.5]\nd = 'none'";
        let table: toml::Table = text.parse().unwrap();
        let of = |key: &str| {
            let mut entries = Vec::new();
            flatten("", &table[key], &mut entries);
            entries
        };
        assert_eq!(
            of("a"),
            ["parcels.id=PID", "parcels.ignore=x", "parcels.ignore=y"]
        );
        assert_eq!(of("b"), ["parcels=1.5,-2,0"]);
        assert_eq!(of("c"), ["1,2.5"]);
        assert_eq!(of("d"), ["none"]);
    }
}
