//! A scan and its survey → the files of the run.

use std::collections::BTreeMap;
use std::error::Error;

use super::language::Languages;
use super::maps::{city_layers, plane_maps, rests_on, viewer_copies};
use super::progress::Bars;
use super::results::{write_index, write_tables};
use crate::features::compare::Register;
use crate::features::idle::{
    Clue, OpenLand, Step, Survey, Target, clues, ladders, survey_units, targets,
};
use crate::features::limits::Judged;
use crate::progress::Progress as _;
use crate::run::Scan;
use crate::write::{
    Format, Report, ResultFolder, SCAN_BOOKS, SourceFacts, Summary, SurveyContainer, Table,
    adjacency_table, allocation_table, begin_survey, buildings_table, clues_table, defects_of_city,
    enterprises_table, findings_table, findings_with_survey, footprints_table, idle_table,
    ladder_table, lineage_table, open_land_table, parcels_table, register_of_city, scattered_table,
    sorted_defects, survey_totals_table, targets_table, totals_table, upgrade_list_table,
    upgrades_table, write_city_package, write_json, write_survey, write_workbooks,
};

/// Where the results of a run go, and in which formats.
pub(super) struct Wanted<'a> {
    /// Of the map layers.
    pub formats: &'a [Format],
    /// Of the survey of inefficient land.
    pub containers: &'a [SurveyContainer],
    /// Of the index and of the workbooks.
    pub languages: Languages,
    /// The folder.
    pub folder: &'a ResultFolder,
    /// Whether copies for viewers with shifted coordinates are wanted.
    pub viewer: bool,
}

type Listed<'a> = (Table<'a>, &'a [Format]);

/// Writes every result into the folder: what was not looked for has no file.
pub(super) fn write(
    scan: &Scan,
    surveyed: Option<&(Survey, Register)>,
    sources: BTreeMap<&'static str, SourceFacts>,
    wanted: &Wanted<'_>,
    bars: &Bars,
) -> Result<Summary, Box<dyn Error>> {
    let tasks = scan.measured.options.tasks;
    let formats = wanted.formats;
    let lists: &[Format] = if formats.contains(&Format::Xlsx) {
        &[Format::Csv, Format::Xlsx]
    } else {
        &[Format::Csv]
    };
    let of_survey = surveyed
        .map(|(survey, register)| OfSurvey::of(scan, survey, register, bars))
        .transpose()?;
    let defects = sorted_defects(&scan.remarks.defects);
    let csv: &[Format] = &[Format::Csv];
    let drawn = plane_maps(formats);
    let mut tables: Vec<Listed<'_>> = vec![
        (parcels_table(scan), formats),
        (buildings_table(scan), csv),
        (adjacency_table(scan), csv),
        (defects_of_city(scan, &defects), csv),
    ];
    match &of_survey {
        Some(of) => tables.extend(of.tables(scan, formats, lists)),
        None if tasks.rules || tasks.upgrades => tables.push((findings_table(scan), csv)),
        None => {}
    }
    if tasks.upgrades {
        tables.push((upgrades_table(scan), csv));
        tables.push((allocation_table(scan), lists));
    }
    if tasks.scattered {
        tables.push((scattered_table(scan), formats));
        tables.push((totals_table(scan), lists));
    }
    tables.extend(lineage_table(scan).map(|table| (table, csv)));
    if let Some(buildings) = &scan.measured.city.buildings {
        tables.push((footprints_table(scan, buildings), &drawn));
    }
    let mut files = write_tables(&tables, wanted.folder, bars)?;
    if wanted.viewer {
        let copies = viewer_copies(&tables, wanted.folder, bars)?;
        files.extend(copies.into_iter().map(|file| (file, None)));
    }
    if formats.contains(&Format::GeoPackage) {
        bars.step("city.gpkg", None);
        let tables: Vec<&Table<'_>> = tables.iter().map(|(table, _)| table).collect();
        let layers = city_layers(scan, &tables, &defects);
        let rests_on = rests_on(scan, &sources)?;
        let package =
            write_city_package(wanted.folder, &layers, &rests_on, wanted.languages.printed)?;
        files.extend(package.into_iter().map(|file| (file, None)));
    }
    let with_report = formats.contains(&Format::Html);
    files.extend(with_report.then(|| ("report.html".to_owned(), None)));
    if let Some(of) = &of_survey {
        let layers = write_layers((scan, of.survey), wanted, bars)?;
        files.extend(layers.into_iter().map(|file| (file, None)));
    }
    let survey = of_survey.as_ref().map(|of| of.survey);
    let mut summary = Summary::of((scan, survey), sources, Vec::new());
    if let Some(of) = &of_survey {
        summary.add_findings(scan, &of.judged);
    }
    if formats.contains(&Format::Xlsx) {
        bars.step("xlsx", None);
        let list = survey.map(|survey| upgrade_list_table(scan, survey));
        let all: Vec<&Table<'_>> = tables.iter().map(|(table, _)| table).chain(&list).collect();
        let preface = summary.preface(scan, wanted.languages.of_lists);
        let books = write_workbooks(wanted.folder, SCAN_BOOKS, &all, &preface)?;
        files.extend(books.into_iter().map(|(file, rows)| (file, Some(rows))));
    }
    summary.files = write_index(files, wanted.folder, wanted.languages.printed)?;
    if with_report {
        bars.step("report.html", None);
        let report = Report {
            scan,
            survey,
            steps: of_survey.as_ref().map_or(&[], |of| &of.steps),
            defects: &defects,
            summary: &summary,
            language: wanted.languages.printed,
        };
        report.write(wanted.folder)?;
    }
    write_json(wanted.folder, "summary.json", &summary)?;
    Ok(summary)
}

/// The survey of a scan with all that is listed of it.
struct OfSurvey<'a> {
    survey: &'a Survey,
    register: &'a Register,
    judged: Judged,
    clues: Vec<Clue>,
    open_land: OpenLand,
    steps: Vec<Step>,
    targets: Vec<Target>,
}

impl<'a> OfSurvey<'a> {
    fn of(
        scan: &Scan,
        survey: &'a Survey,
        register: &'a Register,
        bars: &Bars,
    ) -> Result<Self, Box<dyn Error>> {
        bars.step("open land", Some(survey.parcels.len() as u64));
        let clues = clues(scan.known(), survey, &|parcels| bars.advance(parcels));
        Ok(Self {
            judged: survey.judged(scan.known()),
            open_land: OpenLand::of(scan.known(), &clues)?,
            steps: ladders(scan.known(), survey),
            targets: targets(scan.known(), survey),
            clues,
            survey,
            register,
        })
    }

    fn tables(
        &'a self,
        scan: &'a Scan,
        formats: &'a [Format],
        lists: &'a [Format],
    ) -> Vec<Listed<'a>> {
        let survey = self.survey;
        let mut tables: Vec<Listed<'_>> = vec![
            (
                findings_with_survey(scan, survey, &self.judged),
                &[Format::Csv],
            ),
            (idle_table(scan, survey, self.register), formats),
            (register_of_city(scan, self.register), lists),
            (survey_totals_table(scan, survey), lists),
            (ladder_table(&self.steps), lists),
            (clues_table(scan, &self.clues), lists),
            (open_land_table(scan, &self.open_land), formats),
        ];
        if scan.measured.city.enterprises.is_some() {
            tables.push((enterprises_table(scan, survey), lists));
            tables.push((targets_table(&self.targets), lists));
        }
        tables
    }
}

/// Writes the layers of the survey of inefficient land; the names of their files.
fn write_layers(
    (scan, survey): (&Scan, &Survey),
    wanted: &Wanted<'_>,
    bars: &Bars,
) -> Result<Vec<String>, Box<dyn Error>> {
    if wanted.containers.is_empty() {
        return Ok(Vec::new());
    }
    let layers = survey_units(scan.known(), survey)?;
    let layers: Vec<_> = layers.iter().collect();
    let mut files = Vec::new();
    for container in wanted.containers {
        let name = format!("survey.{}", container.extension());
        bars.step(&name, None);
        let file = begin_survey(&wanted.folder.path(&name), false)?;
        write_survey(&file, &layers, *container)?;
        file.commit()?;
        files.push(name);
    }
    Ok(files)
}
