//! Defects ↔ a Parquet file of them.

use std::path::Path;

use geo::Coord;
use serde::{Deserialize, Serialize};

use super::{LakeError, tables};
use crate::model::{Action, Defect, DefectKind, LayerKind};

/// A defect as it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    layer: String,
    feature: String,
    kind: String,
    action: String,
    detail: String,
    x: Option<f64>,
    y: Option<f64>,
}

/// Writes defects in their order.
///
/// # Errors
/// When the file cannot be written.
pub fn write_defects(path: &Path, defects: &[Defect], source: &str) -> Result<(), LakeError> {
    let kept = |defect: &Defect| Kept {
        layer: defect.layer.name().to_owned(),
        feature: defect.feature.clone(),
        kind: format!("{:?}", defect.kind),
        action: defect.action.name().to_owned(),
        detail: defect.detail.clone(),
        x: defect.at.map(|at| at.x),
        y: defect.at.map(|at| at.y),
    };
    let rows: Vec<Kept> = defects.iter().map(kept).collect();
    tables::write_rows(path, &rows, source)
}

/// Reads them back.
///
/// # Errors
/// When the file cannot be read, or names what there is not.
pub fn read_defects(path: &Path) -> Result<Vec<Defect>, LakeError> {
    let unknown = |word: &str| LakeError::broken(path, format!("there is no `{word}`"));
    let actions = [Action::Repaired, Action::Quarantined, Action::Noted];
    let defect = |kept: Kept| {
        let layer = LayerKind::ALL.into_iter();
        let kind = DefectKind::ALL.iter().copied();
        Ok(Defect {
            layer: (layer.chain([LayerKind::Lots]))
                .find(|layer| layer.name() == kept.layer)
                .ok_or_else(|| unknown(&kept.layer))?,
            kind: (kind.clone())
                .find(|kind| format!("{kind:?}") == kept.kind)
                .ok_or_else(|| unknown(&kept.kind))?,
            action: (actions.into_iter())
                .find(|action| action.name() == kept.action)
                .ok_or_else(|| unknown(&kept.action))?,
            feature: kept.feature,
            detail: kept.detail,
            at: kept.x.zip(kept.y).map(|(x, y)| Coord { x, y }),
        })
    };
    let rows: Vec<Kept> = tables::read_rows(path)?;
    rows.into_iter().map(defect).collect()
}
