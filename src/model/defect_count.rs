//! Defects → how many there are of each kind, the gravest first, each with what to do.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Action, Defect, DefectKind, LayerKind};

/// How many defects of one kind a layer has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefectCount {
    /// How much they matter: `grave`, `doubtful`, `slight`.
    pub severity: &'static str,
    /// The kind, as in `defects.csv`.
    pub kind: &'static str,
    /// The layer.
    pub layer: &'static str,
    /// What was done about them.
    pub action: &'static str,
    /// How many there are.
    pub count: u64,
    /// One of them: that whose name comes first.
    pub first: String,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// What to do, in Chinese.
    pub todo_zh: &'static str,
    /// What to do, in English.
    pub todo_en: &'static str,
}

/// Counts defects by kind: the gravest first, then those of which there are most.
pub fn count_defects<'a>(defects: impl Iterator<Item = &'a Defect>) -> Vec<DefectCount> {
    type Key = (LayerKind, &'static str, Action);
    let mut found: BTreeMap<Key, (DefectKind, u64, &str)> = BTreeMap::new();
    for defect in defects {
        let key = (defect.layer, defect.kind.name(), defect.action);
        let (_, count, first) = found
            .entry(key)
            .or_insert((defect.kind, 0, &defect.feature));
        *count += 1;
        if defect.feature.as_str() < *first {
            *first = &defect.feature;
        }
    }
    let mut counts: Vec<_> = found.into_iter().collect();
    counts.sort_by_key(|((_, _, action), (kind, count, _))| {
        (kind.severity_with(*action), std::cmp::Reverse(*count))
    });
    let count = |((layer, name, action), (kind, count, first)): (Key, (DefectKind, u64, &str))| {
        let ((zh, en), (todo_zh, todo_en)) = (kind.what(), kind.advice());
        DefectCount {
            severity: kind.severity_with(action).name(),
            kind: name,
            layer: layer.name(),
            action: action.name(),
            count,
            first: first.to_owned(),
            zh,
            en,
            todo_zh,
            todo_en,
        }
    };
    counts.into_iter().map(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_comes_before_many_small_differences() {
        let defect = |feature: &str, kind, action| Defect {
            layer: LayerKind::Parcels,
            feature: feature.into(),
            kind,
            action,
            detail: String::new(),
            at: None,
        };
        let defects = [
            defect("b", DefectKind::AreaDifference, Action::Noted),
            defect("a", DefectKind::AreaDifference, Action::Noted),
            defect("c", DefectKind::ZeroArea, Action::Quarantined),
            defect("d", DefectKind::ZeroArea, Action::Repaired),
        ];
        let counts = count_defects(defects.iter());
        let told = counts
            .iter()
            .map(|of| (of.severity, of.kind, of.count, &*of.first));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("grave", "zero_area", 1, "c"),
                ("slight", "area_difference", 2, "a"),
                ("slight", "zero_area", 1, "d"),
            ]
        );
    }
}
