//! `summary.json` of a folder of results → what was computed, of what, and by which choices.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::table::broken;
use crate::model::RunFacts;
use crate::read::ReadError;

/// The `summary.json` of a run as it stands.
pub(super) fn read_summary(folder: &Path) -> Result<Value, ReadError> {
    let file = folder.join("summary.json");
    let text = std::fs::read(&file).map_err(|why| {
        let why = format!(
            "its `summary.json` cannot be read ({why}); name a folder that `plotratio scan` wrote"
        );
        broken(folder, why)
    })?;
    serde_json::from_slice(&text).map_err(|why| broken(&file, format!("it is no summary: {why}")))
}

/// The facts of a run, and how many parcels it analysed.
pub(super) fn read_facts(folder: &Path) -> Result<(RunFacts, u64), ReadError> {
    let value = read_summary(folder)?;
    facts_of(folder, &value)
}

/// The facts that a summary states.
pub(super) fn facts_of(folder: &Path, value: &Value) -> Result<(RunFacts, u64), ReadError> {
    let file = folder.join("summary.json");
    let no = |what: &str| {
        let why = format!(
            "it does not say {what}; name a folder that `plotratio scan` wrote, as it was written"
        );
        broken(&file, why)
    };
    let text = |place: &str| value.pointer(place).and_then(Value::as_str);
    if text("/program/name") != Some(env!("CARGO_PKG_NAME")) {
        return Err(no("that plotratio wrote it"));
    }
    let version = text("/program/version").ok_or_else(|| no("which version wrote it"))?;
    if numbers(version) > numbers(env!("CARGO_PKG_VERSION")) {
        let why = format!(
            "plotratio {version} wrote it, and this is {}; use the newer program",
            env!("CARGO_PKG_VERSION")
        );
        return Err(broken(folder, why));
    }
    let as_of = text("/as_of").and_then(|day| day.parse().ok());
    let count = |name: &str| value.pointer(&format!("/layers/parcels/{name}"))?.as_u64();
    let parcels = count("analysed")
        .zip(count("repaired"))
        .and_then(|(analysed, repaired)| analysed.checked_add(repaired));
    let facts = RunFacts {
        folder: folder.display().to_string(),
        version: version.to_owned(),
        as_of: as_of.ok_or_else(|| no("as of which day it is"))?,
        policy: text("/policy/id")
            .ok_or_else(|| no("by which policy it is"))?
            .to_owned(),
        choices: choices(value),
        sources: match value.get("sources") {
            Some(Value::Object(sources)) => {
                let pairs = sources.iter();
                pairs
                    .map(|(layer, facts)| (layer.clone(), facts.clone()))
                    .collect()
            }
            _ => return Err(no("what it was made of")),
        },
    };
    let parcels = parcels.ok_or_else(|| no("how many parcels it analysed"))?;
    Ok((facts, parcels))
}

/// Everything that was chosen and that figures depend on.
fn choices(value: &Value) -> BTreeMap<String, String> {
    let places = [
        ("policy", "/policy/id"),
        ("text of the policy (SHA-256)", "/policy/sha256"),
        ("area basis", "/area"),
        ("computing CRS", "/crs/code"),
        ("tolerance_m", "/tolerance_m"),
        ("gap_m", "/gap_m"),
        ("vacant_share", "/survey/vacant_share"),
        ("setback_m", "/survey/setback_m"),
        ("limits of inefficiency", "/survey/inefficient"),
    ];
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut choices = BTreeMap::new();
    for (name, place) in places {
        if let Some(value) = value.pointer(place) {
            choices.insert(name.to_owned(), shown(value));
        }
    }
    if let Some(Value::Object(readings)) = value.get("readings") {
        let named = readings
            .iter()
            .map(|(name, choice)| (format!("reading {name}"), shown(choice)));
        choices.extend(named);
    }
    choices
}

/// The numbers of a version, as `0.1.0`.
fn numbers(version: &str) -> Vec<u64> {
    let numbers = version.split(['.', '-', '+']).take(3);
    numbers.map(|part| part.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn a_tenth_version_is_newer_than_a_ninth() {
        assert!(numbers("0.10.0") > numbers("0.9.3"));
        assert!(numbers("1.0.0") > numbers("0.10.0"));
        assert_eq!(numbers("0.1.0-beta"), numbers("0.1.0"));
    }
}
