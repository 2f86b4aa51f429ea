//! Whether a layer can be read by columns.

use gdal::vector::{LayerAccess, LayerCaps};
use gdal_sys::OGRFieldType;

use super::super::columns::names_are_unique;
use super::{GdalLayer, RawField};

impl GdalLayer {
    /// Whether GDAL fills columns itself for this layer, and does so right for these fields.
    pub(super) fn streams(&self, columns: &[usize]) -> bool {
        // Times are moved to Greenwich there, and lists and times of day come in types that rules do not read.
        let plain = |field: &RawField| {
            matches!(
                field.kind,
                OGRFieldType::OFTInteger
                    | OGRFieldType::OFTInteger64
                    | OGRFieldType::OFTReal
                    | OGRFieldType::OFTString
                    | OGRFieldType::OFTDate
            )
        };
        // SQLite takes 127 arguments in the function that fills the columns.
        self.layer.has_capability(LayerCaps::OLCFastGetArrowStream)
            && columns.len() < 100
            && columns.iter().all(|&column| plain(&self.stored[column].1))
            && names_are_unique(
                columns
                    .iter()
                    .map(|&column| self.schema.fields[column].name.as_str())
                    .chain(self.geometry.as_ref().map(|(_, name)| name.as_str())),
            )
    }
}
