//! The survey layers `DCDYTB` and `DCQTB`: from one format to another and back, nothing changes.

mod checks;
mod made;
mod program;
mod round_trips;

use std::path::Path;

use plotratio::formats::Source;
use plotratio::model::survey::{SurveyLayer, SurveyTheme};
use plotratio::read::{SurveyRead, SurveyRequest, find_survey, read_survey};
use plotratio::write::{SurveyContainer, begin_survey, write_survey};

/// Writes the layers to `path`; what the format cannot keep.
pub fn write(path: &Path, layers: &[&SurveyLayer]) -> Vec<String> {
    let container = SurveyContainer::of(path).unwrap();
    let file = begin_survey(path, false).unwrap();
    let notes = write_survey(&file, layers, container).unwrap();
    file.commit().unwrap();
    notes
}

/// Reads the layer of this theme from whatever holds it.
pub fn read(path: &Path, theme: SurveyTheme) -> SurveyRead {
    let all = Source::File {
        path: path.to_owned(),
        layer: None,
    };
    let found = find_survey(&all).unwrap();
    let (_, source) = found.iter().find(|(found, _)| *found == theme).unwrap();
    read_survey(theme, source, &SurveyRequest::default(), &|_| {}).unwrap()
}
