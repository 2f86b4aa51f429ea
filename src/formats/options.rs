//! What is said about a source beside its name, and what is known of its layers before one is opened.

/// What the user says about a source beside its name.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// The encoding of its text, overriding what is found (`GB18030`, `UTF-8`).
    pub encoding: Option<String>,
    /// What the layer is wanted for, to choose among several.
    pub role: Option<&'static Role>,
}

/// What a layer is wanted for.
#[derive(Debug)]
pub struct Role {
    /// What it is called.
    pub name: &'static str,
    /// What it may be called in files, the surest first.
    pub called: &'static [&'static str],
    /// Whether it is a table, without shapes.
    pub is_table: bool,
}

/// A layer of a source, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerSummary {
    /// Its name.
    pub name: String,
    /// How many features, where the source knows without reading them all.
    pub features: Option<u64>,
    /// The type of its geometry as GDAL words it (`Multi Polygon`); `None` for a table.
    pub geometry: Option<String>,
}

impl LayerSummary {
    /// Whether its geometry may be polygons.
    pub(super) fn has_polygons(&self) -> bool {
        self.geometry.as_ref().is_some_and(|name| {
            ["Polygon", "Surface", "Unknown"]
                .iter()
                .any(|word| name.contains(word))
        })
    }
}
