//! GeoJSON text → the text of each feature, and what is written around them.

use serde::Deserialize;
use serde::de::Error;
use serde_json::Value;
use serde_json::value::RawValue;

use super::features::Fault;

/// The features of a file, not yet parsed.
pub(super) struct Document<'a> {
    pub(super) features: Vec<&'a str>,
    pub(super) around: Around,
}

/// What a FeatureCollection says beside its features.
#[derive(Default)]
pub(super) struct Around {
    /// The `crs` member of GeoJSON 2008 (RFC 7946 has none).
    pub(super) crs: Option<Value>,
    /// The name that ogr2ogr gives a collection.
    pub(super) name: Option<Value>,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
    name: Option<Value>,
}

/// RS, which stands before each record of a GeoJSON text sequence (RFC 8142).
const RECORD: char = '\u{1e}';

impl<'a> Document<'a> {
    /// Takes each line for a feature, as ogr2ogr, GeoJSONL and this program write them; `None` where that cannot be.
    /// It is right if every feature can be parsed, for no JSON value has an end in the midst of another.
    pub(super) fn by_lines(text: &'a str) -> Option<Self> {
        let lines = || text.lines().map(str::trim_end);
        let opened = lines().take(100).position(|line| line.ends_with('['));
        let Some(opened) = opened else {
            let records = lines().map(|line| line.trim_start_matches(RECORD));
            return Some(Self {
                features: records.filter(|line| !line.is_empty()).collect(),
                around: Around::default(),
            });
        };
        let head = text.split_inclusive('\n').take(opened + 1);
        let (head, rest) = text.split_at(head.map(str::len).sum());
        let (body, tail) = rest.split_at(rest.rfind("\n]")? + 1);
        // With a number in the place of the features the rest must be a collection of this one number.
        let rest = format!("{head}0{tail}");
        let collection: Collection = serde_json::from_str(&rest).ok()?;
        if !matches!(collection.features.as_deref(), Some([number]) if number.get() == "0") {
            return None;
        }
        let lines = body.lines().map(str::trim);
        let mut features: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
        let (_, but_last) = features.split_last_mut()?;
        for line in but_last {
            *line = line.strip_suffix(',')?;
        }
        let Collection { crs, name, .. } = collection;
        let around = Around { crs, name };
        Some(Self { features, around })
    }

    /// Finds the features however they are laid out.
    ///
    /// # Errors
    /// When it is no JSON, or there is nothing in it; the text that has the fault, and where in it.
    pub(super) fn of(text: &'a str) -> Result<Self, Fault<'a>> {
        let mut values = Vec::new();
        for record in text.split(RECORD) {
            let stream = serde_json::Deserializer::from_str(record).into_iter::<&RawValue>();
            for value in stream {
                values.push(value.map_err(|error| (record, error))?.get());
            }
        }
        if values.is_empty() {
            let why = "there is nothing in it; expected a FeatureCollection or features";
            return Err((text, Error::custom(why)));
        }
        let mut around = Around::default();
        if let [value] = values[..]
            && value.starts_with('{')
        {
            let collection: Collection =
                serde_json::from_str(value).map_err(|error| (value, error))?;
            if let Some(features) = collection.features {
                values = features.into_iter().map(RawValue::get).collect();
                let Collection { crs, name, .. } = collection;
                around = Around { crs, name };
            }
        }
        let features = values;
        Ok(Self { features, around })
    }
}

impl Around {
    /// The definition in the `crs` member: `EPSG:4549` for `urn:ogc:def:crs:EPSG::4549`; `None` where it names none.
    /// Without that member it is WGS 84.
    pub(super) fn definition(&self) -> Option<String> {
        let Some(crs) = &self.crs else {
            return Some("OGC:CRS84".to_owned());
        };
        let about = &crs["properties"];
        if let Some(code) = about["code"].as_u64() {
            return Some(format!("EPSG:{code}"));
        }
        let name = about["name"].as_str()?;
        let parts: Vec<&str> = if let Some(urn) = name.strip_prefix("urn:ogc:def:crs:") {
            urn.split(':').collect()
        } else if let Some((_, path)) = name.split_once("opengis.net/def/crs/") {
            path.split('/').collect()
        } else {
            Vec::new()
        };
        match parts[..] {
            [register, _, code] => Some(format!("{register}:{code}")),
            _ => Some(name.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_crs_member_is_understood_in_all_its_spellings() {
        let definition = |crs| {
            let crs = Some(crs);
            Around { crs, name: None }.definition()
        };
        for (name, expected) in [
            ("urn:ogc:def:crs:EPSG::4549", "EPSG:4549"),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
            ("http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"),
            ("EPSG:4528", "EPSG:4528"),
        ] {
            let crs = serde_json::json!({"type": "name", "properties": {"name": name}});
            assert_eq!(definition(crs).as_deref(), Some(expected));
        }
        assert_eq!(definition(Value::from("x")), None);
        assert_eq!(Around::default().definition().as_deref(), Some("OGC:CRS84"));
    }

    #[test]
    fn lines_are_features_only_where_they_stand_in_the_array_of_features() {
        let lines = |text| Document::by_lines(text).map(|document| document.features);
        let two = Some(vec!["{\"a\":[\"]\"]}", "{}"]);
        assert_eq!(lines("{\"features\":[\n{\"a\":[\"]\"]},\n\n{}\n]}"), two);
        let ogr = "{\n\"name\": \"x\",\n\"features\": [\n{\"a\":[\"]\"]},\r\n{}\r\n]\n}\n";
        assert_eq!(lines(ogr), two);
        assert_eq!(lines("\u{1e}{\"a\":[\"]\"]}\n\u{1e}{}\n"), two);
        for text in [
            "{\"features\":[],\"others\":[\n{},\n{}\n]}",
            "{\"features\":[{\"a\":[\n{},\n{}\n]}]}",
            "{\"features\":[\n{}\n{}\n]}",
            "{\"features\":[\n]}",
            "{\"features\":[\n{},\n{}\n",
        ] {
            assert_eq!(lines(text), None, "{text}");
        }
    }

    #[test]
    fn values_one_behind_the_other_are_features_and_a_collection_gives_its_own() {
        let features = |text| Document::of(text).map(|document| document.features).ok();
        assert_eq!(
            features("{\n} {\"a\":1}[]"),
            Some(vec!["{\n}", "{\"a\":1}", "[]"])
        );
        assert_eq!(features("{\"features\":[{ }, 1]}"), Some(vec!["{ }", "1"]));
        assert_eq!(features("{\"features\":[]}"), Some(vec![]));
        for text in [
            "",
            " \n",
            "{\"features\":[]",
            "{\"features\":[]}]",
            "{\"features\":[],\"features\":[]}",
        ] {
            assert_eq!(features(text), None, "{text}");
        }
    }
}
