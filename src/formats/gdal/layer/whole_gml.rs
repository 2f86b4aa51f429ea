//! A layer of GML of which GDAL reads too little → its rows from a copy without what stands in the way.

use std::path::Path;

use super::GdalLayer;
use crate::formats::gdal::gml;
use crate::formats::gdal::memory::MemoryFile;
use crate::formats::{Batch, Source};

impl GdalLayer {
    /// What GML needs beyond one reading: the members that GDAL gives up on left out by name, and the area of a member
    /// that has a label beside it.
    pub(super) fn whole_gml(
        &mut self,
        read: Result<Vec<Batch>, String>,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let whole = match &read {
            Err(why) => !why.contains("cannot be parsed"),
            Ok(batches) => !gml::has_labels(batches),
        };
        let Some(path) = self.gml_file() else {
            return read;
        };
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        if whole && gml::no_numbers(&bytes).is_none() {
            return read;
        }
        let mut cut = gml::cut(&bytes);
        if cut.labels == 0 && cut.broken.is_empty() {
            return read;
        }
        let memory = MemoryFile::new(path, cut.bytes).map_err(|error| error.to_string())?;
        self.opener = self.opener.clone().of_copy(memory.path());
        let layer = self.opener.open()?.into_layer_by_name(&self.schema.name);
        self.layer = layer.map_err(|error| error.to_string())?;
        self.memory = Some(memory);
        let mut batches = self.read_any(columns, progress)?;
        if let Some(broken) = cut.broken.remove(&self.schema.name) {
            gml::mark_broken(&mut batches, &broken);
            self.schema.notes.push(format!(
                "{} geometries cannot be parsed; left out",
                broken.len()
            ));
        }
        if cut.labels > 0 {
            self.schema.notes.push(format!(
                "{} points and lines that stand beside an area as its label left aside",
                cut.labels
            ));
        }
        Ok(batches)
    }

    /// The file, where it can be read as it is.
    fn gml_file(&self) -> Option<&Path> {
        match &self.source {
            Source::File { path, .. } if self.source.extension() != "gz" => Some(path),
            _ => None,
        }
    }

    /// The CRS that geometries name where GDAL gives none.
    pub(super) fn named_crs(&self) -> Option<String> {
        let bytes = std::fs::read(self.gml_file()?).ok()?;
        gml::only_crs(&bytes)
    }
}
