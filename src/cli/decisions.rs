//! `--decisions FILE` → what was decided before of the layers of which these are a part.

use std::path::Path;

use crate::model::{Decisions, LayerKind};
use crate::text::{read_toml, toml_fault};

/// Why a file of decisions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DecisionsError {
    /// It cannot be read.
    #[error("`--decisions {path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// It holds no decisions.
    #[error(
        "`--decisions {path}` holds no decisions: {why}; give the summary.json of a run over the whole, or its \
         `decisions` as TOML or JSON"
    )]
    Invalid {
        /// The file.
        path: String,
        /// Where and what.
        why: String,
    },
}

/// Reads decisions: TOML, or JSON, which may be the whole `summary.json` of a run.
pub(super) fn read_decisions(path: &Path) -> Result<Decisions, DecisionsError> {
    let name = || path.display().to_string();
    let invalid = |why: String| DecisionsError::Invalid { path: name(), why };
    let text = read_toml(path).map_err(|why| DecisionsError::Unreadable { path: name(), why })?;
    let text = text.trim();
    let decisions: Decisions = if text.starts_with('{') {
        let mut json: serde_json::Value =
            serde_json::from_str(text).map_err(|why| invalid(why.to_string()))?;
        let inside = json.get_mut("decisions").map(serde_json::Value::take);
        serde_json::from_value(inside.unwrap_or(json)).map_err(|why| invalid(why.to_string()))?
    } else {
        toml::from_str(text).map_err(|why| invalid(toml_fault(&why, text)))?
    };
    let known = |name: &String| LayerKind::ALL.iter().any(|layer| layer.name() == name);
    if let Some(layer) = decisions.layers.keys().find(|name| !known(name)) {
        let there = LayerKind::ALL.map(LayerKind::name).join(", ");
        return Err(invalid(format!(
            "there is no layer `{layer}`; the layers are {there}"
        )));
    }
    Ok(decisions)
}
