//! What two runs were told → the differences by which figures and states would differ alone.

use std::collections::BTreeSet;

use crate::model::RunFacts;

/// What a reader must know of two runs, one note each; empty where both were told the same.
pub(super) fn differences(earlier: &RunFacts, later: &RunFacts) -> Vec<String> {
    let mut notes = Vec::new();
    if earlier.as_of == later.as_of {
        notes.push(format!(
            "both runs are as of {}: what differs does so by what they were given, not by time",
            later.as_of
        ));
    }
    let names: BTreeSet<&String> = earlier.choices.keys().chain(later.choices.keys()).collect();
    for name in names {
        let [before, after] =
            [earlier, later].map(|run| run.choices.get(name).map_or("unsaid", String::as_str));
        if before != after {
            notes.push(format!(
                "{name}: {before} in the earlier run, {after} in the later; figures and states may differ for that alone"
            ));
        }
    }
    if earlier.version != later.version {
        notes.push(format!(
            "program: {} wrote the earlier run, {} the later",
            earlier.version, later.version
        ));
    }
    for (there, missing, words) in [
        (
            earlier,
            later,
            "the earlier run was given, the later not; what rests on it alone is unknown now, not cured",
        ),
        (
            later,
            earlier,
            "the later run was given, the earlier not; what is new may only be newly known",
        ),
    ] {
        let names = there.sources.keys();
        let lacking: Vec<String> = names
            .filter(|name| !missing.sources.contains_key(*name))
            .map(|name| format!("`{name}`"))
            .collect();
        if !lacking.is_empty() {
            notes.push(format!("{}: {words}", lacking.join(", ")));
        }
    }
    notes
}
