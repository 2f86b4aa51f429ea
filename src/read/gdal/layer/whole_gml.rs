//! A layer of GML of which GDAL reads too little → its rows with what a second reading finds.

use super::GdalLayer;
use crate::read::gdal::gml;
use crate::read::gdal::memory::MemoryFile;
use crate::read::gdal::rows::{self, Part};
use crate::read::gdal::shape_column::ShapeColumn;
use crate::read::gdal::shape_field::crs_of;
use crate::read::{Batch, Source};

impl GdalLayer {
    /// What GML needs beyond one reading: the members that GDAL gives up on left out by name, and the area of a member
    /// that has a label beside it.
    pub(super) fn whole_gml(
        &mut self,
        read: Result<Vec<Batch>, String>,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let mut batches = match read {
            Err(why) if why.contains("cannot be parsed") => {
                self.read_unbroken(&why, columns, progress)?
            }
            read => read?,
        };
        if gml::has_labels(&batches) {
            let (fetch_all, yes) = ("GML_FETCH_ALL_GEOMETRIES", "YES");
            gdal::config::set_thread_local_config_option(fetch_all, yes)
                .map_err(|error| error.to_string())?;
            let all = self.opener.open().and_then(|dataset| {
                let layer = dataset.into_layer_by_name(&self.name);
                let mut layer = layer.map_err(|error| error.to_string())?;
                let shapes = ShapeColumn::new(self.sagitta, false);
                let geometry = self.geometry.as_ref().map(|(index, _)| *index);
                let part = Part::default();
                rows::read(&mut layer, Vec::new(), geometry, shapes, part, &|_| {})
            });
            // set a moment ago, so it is there
            let _ = gdal::config::clear_thread_local_config_option(fetch_all);
            // a geometry beside the area that cannot be read leaves the rows as they are: named, and set aside
            let taken = all.map_or(0, |all| gml::take_areas(&mut batches, &all));
            if taken > 0 {
                let note =
                    format!("{taken} features have a label beside their area; the area was read");
                self.notes.push(note);
            }
        }
        Ok(batches)
    }

    /// Reads a copy of the file without the geometries that GDAL gives up on.
    fn read_unbroken(
        &mut self,
        why: &str,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let Source::File { path, .. } = &self.source else {
            return Err(why.to_owned());
        };
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        let mut cut = gml::cut_broken(&bytes);
        let broken = cut.broken.remove(&self.name).unwrap_or_default();
        if broken.is_empty() {
            return Err(why.to_owned());
        }
        let memory = MemoryFile::new(path, cut.bytes).map_err(|error| error.to_string())?;
        self.opener = self.opener.clone().of_copy(memory.path());
        let layer = self.opener.open()?.into_layer_by_name(&self.name);
        self.layer = layer.map_err(|error| error.to_string())?;
        self.memory = Some(memory);
        if self.crs.is_none() {
            // a broken geometry that says none hides the CRS of all others
            let geometry = self.geometry.as_ref().map_or(0, |(index, _)| *index);
            (self.crs, self.sagitta) = crs_of(&self.layer, geometry, &mut self.notes);
        }
        let mut batches = self.read_any(columns, progress)?;
        gml::mark_broken(&mut batches, &broken);
        let note = format!(
            "{} geometries cannot be parsed; their features are left out",
            broken.len()
        );
        self.notes.push(note);
        Ok(batches)
    }
}
