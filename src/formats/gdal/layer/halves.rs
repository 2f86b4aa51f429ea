//! Where a second reader of a layer may begin.

use gdal::vector::{LayerAccess, LayerCaps};

use super::GdalLayer;

impl GdalLayer {
    /// Where a second reader may begin, for formats in which ids are positions.
    pub(super) fn middle(&self) -> Option<Middle> {
        let first_id = match self.driver.as_str() {
            "ESRI Shapefile" => 0,
            "OpenFileGDB" => 1,
            _ => return None,
        };
        let position = self.layer.try_feature_count()? / 2;
        let worth = position >= WORTH_TWO && rayon::current_num_threads() > 1;
        if !worth || !self.layer.has_capability(LayerCaps::OLCFastSetNextByIndex) {
            return None;
        }
        let id = i64::try_from(position).ok()? + first_id;
        Some(Middle { position, id })
    }
}

/// Fewer rows than this in a half are read sooner than a second handle is opened.
const WORTH_TWO: u64 = 20_000;

/// The middle of a layer.
#[derive(Clone, Copy)]
pub(super) struct Middle {
    pub(super) position: u64,
    pub(super) id: i64,
}
