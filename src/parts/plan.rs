//! A plan: for each part the features that it owns and the box that it must see.

use std::path::Path;

use geo::Coord;
use serde::{Deserialize, Serialize};

use crate::geometry::Bounds;
use crate::lake::{LakeError, read_rows, write_rows};
use crate::model::LayerKind;

/// A part of a lake.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// The lake, by its sum.
    pub lake: String,
    /// 1 of the first plan, 2 of the plan of what that left open, …
    pub pass: u32,
    /// Its number in the plan.
    pub part: u32,
    /// How many parts the plan has.
    pub parts: u32,
    /// How many parcels it owns.
    pub parcels: u64,
    /// What it owns, by the middle of its box: from here on; all to the west where there is none.
    pub own_west: Option<f64>,
    /// From here on.
    pub own_south: Option<f64>,
    /// To here, and no more.
    pub own_east: Option<f64>,
    /// To here, and no more.
    pub own_north: Option<f64>,
    /// What it owns instead, by layer and row, where it is a part of what was left open.
    pub rows: Vec<(String, u32)>,
    /// The box that it must see.
    pub see_west: f64,
    /// The box that it must see.
    pub see_south: f64,
    /// The box that it must see.
    pub see_east: f64,
    /// The box that it must see.
    pub see_north: f64,
}

impl Part {
    /// The box that it must see.
    pub fn see(&self) -> Bounds {
        Bounds {
            min: Coord {
                x: self.see_west,
                y: self.see_south,
            },
            max: Coord {
                x: self.see_east,
                y: self.see_north,
            },
        }
    }

    /// The same part with the box that it must see.
    pub(super) fn seeing(self, see: Bounds) -> Self {
        Self {
            see_west: see.min.x,
            see_south: see.min.y,
            see_east: see.max.x,
            see_north: see.max.y,
            ..self
        }
    }

    /// Whether it owns a feature.
    pub(super) fn owns(&self, layer: LayerKind, row: u32, bounds: Bounds) -> bool {
        if self.pass > 1 {
            let mut rows = self.rows.iter();
            return rows.any(|(name, own)| *own == row && name == layer.name());
        }
        let Coord { x, y } = bounds.centre();
        let from = |least: Option<f64>, at: f64| least.is_none_or(|least| at >= least);
        let to = |most: Option<f64>, at: f64| most.is_none_or(|most| at < most);
        from(self.own_west, x)
            && to(self.own_east, x)
            && from(self.own_south, y)
            && to(self.own_north, y)
    }

    /// The name of the folder of its results.
    pub fn folder(&self) -> String {
        format!("pass-{}-part-{:05}", self.pass, self.part)
    }
}

/// Writes a plan.
///
/// # Errors
/// When the file cannot be written.
pub fn write_plan(path: &Path, parts: &[Part]) -> Result<(), LakeError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(LakeError::io(folder))?;
    let whole = tempfile::NamedTempFile::new_in(folder).map_err(LakeError::io(path))?;
    write_rows(whole.path(), parts, "")?;
    let kept = whole.persist(path);
    kept.map(drop).map_err(|why| LakeError::io(path)(why.error))
}

/// Reads a plan.
///
/// # Errors
/// When the file is none.
pub fn read_plan(path: &Path) -> Result<Vec<Part>, LakeError> {
    read_rows(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Bounds {
        Bounds::of(&[Coord { x, y }])
    }

    #[test]
    fn a_middle_on_the_line_is_owned_by_the_part_behind_it_alone() {
        let west = Part {
            pass: 1,
            own_east: Some(10.0),
            ..Part::default()
        };
        let east = Part {
            pass: 1,
            own_west: Some(10.0),
            ..Part::default()
        };
        let own = |part: &Part, x| part.owns(LayerKind::Parcels, 0, at(x, 5.0));
        assert!(own(&west, 9.99) && !own(&east, 9.99));
        assert!(!own(&west, 10.0) && own(&east, 10.0));
    }
}
