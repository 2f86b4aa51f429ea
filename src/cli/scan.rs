//! `plotratio scan`: measure a whole city and write what was found.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use jiff::civil::Date;

use super::arguments::ScanArguments;
use super::check::check_choice;
use super::choices::AreaArgument;
use super::city_file::fill_in;
use super::inputs::inputs;
use super::lake::{opened, sources_of};
use super::language::Languages;
use super::maps::heavy_advice;
use super::parts::{all, one};
use super::progress::Bars;
use super::results::{begin, printed, sources, spare_inputs, where_to_look};
use super::scan_results::{Wanted, write};
use super::{say, use_threads};
use crate::features::compare::{Register, register_of_scan};
use crate::features::idle::{Reason, SurveyOptions, survey};
use crate::geometry::Reach;
use crate::lake::Lake;
use crate::law::measures::{Catalogue, Choices};
use crate::law::pack::Pack;
use crate::parcels::Assignment;
use crate::parcels::measures::AreaChoice;
use crate::parcels::{Options, Tasks};
use crate::parts::gather;
use crate::progress::Progress as _;
use crate::quantity::Exact;
use crate::read::{Inputs, read_register};
use crate::run::{Scan, scan, scan_city};
use crate::write::{Format, SourceFacts, SurveyContainer, term_notice};

/// Where a city is had from.
pub(super) enum Whence {
    /// Files and databases, which are read and understood.
    Sources(Box<Inputs>),
    /// A lake, in which it has been understood; in parts of so many parcels, one after another.
    Lake(Lake, Option<u32>),
    /// The parts of a lake, measured before.
    Parts(Lake, Vec<PathBuf>),
}

/// Measures a city.
pub(super) fn run(arguments: &ScanArguments, languages: Languages) -> Result<(), Box<dyn Error>> {
    let mut arguments = arguments.clone();
    let lake = match arguments.city.clone() {
        Some(folder) if folder.is_dir() => Some(opened(&mut arguments, &folder)?),
        Some(city) => {
            fill_in(&mut arguments, &city)?;
            None
        }
        None => None,
    };
    use_threads(arguments.results.threads)?;
    let parts = arguments.parts.clone();
    let from = match (lake, &parts.part) {
        (Some(lake), Some(part)) => return one(&lake, part, &arguments, languages.printed),
        (Some(lake), None) => Whence::Lake(lake, parts.part_size),
        (None, None) if parts.part_size.is_none() => {
            let mut inputs = inputs(&arguments.layers)?;
            inputs.group_by.clone_from(&arguments.group_by);
            Whence::Sources(Box::new(inputs))
        }
        (None, _) => {
            return Err("`--part` and `--part-size` take a lake; make one with `plotratio ingest CITY.toml -o LAKE`".into());
        }
    };
    finish(&arguments, languages, from)
}

type SourcesAndScan = (BTreeMap<&'static str, SourceFacts>, Scan);

impl Whence {
    /// Reads the city and measures it.
    fn measured(
        self,
        options: Options,
        out: &Path,
        bars: &Bars,
    ) -> Result<SourcesAndScan, Box<dyn Error>> {
        let reading = || bars.step("reading the lake", None);
        let (lake, read, overlays) = match self {
            Self::Sources(inputs) => {
                let (sources, scan) =
                    rayon::join(|| sources(&inputs), || scan(&inputs, options, bars));
                return Ok((sources?, scan?));
            }
            Self::Lake(lake, None) => {
                reading();
                let read = lake.city()?;
                (lake, read, None)
            }
            Self::Lake(lake, Some(size)) => {
                let read = || Ok(lake.city()?);
                let (read, overlays) = all((&lake, read), size, (&options, out), bars)?;
                (lake, read, Some(overlays))
            }
            Self::Parts(lake, parts) => {
                reading();
                let read = lake.city()?;
                let overlays = gather(&lake, &read.0, &parts)?;
                (lake, read, Some(overlays))
            }
        };
        let force = lake.manifest.force;
        let scan = scan_city(read, force, options, overlays, bars)?;
        Ok((sources_of(&lake)?, scan))
    }
}

/// Measures a city wherever it is had from, and writes what was found.
pub(super) fn finish(
    arguments: &ScanArguments,
    languages: Languages,
    from: Whence,
) -> Result<(), Box<dyn Error>> {
    let language = languages.printed;
    let (options, survey_options) = (options(arguments)?, survey_options(arguments)?);
    let formats = Format::parse_list(arguments.results.format.as_deref().unwrap_or("geojson,csv"))?;
    let layers = arguments.survey_layers.as_deref();
    let containers = layers.map_or_else(|| Ok(Vec::new()), containers)?;
    if let Whence::Sources(inputs) = &from {
        spare_inputs(inputs, &arguments.to.out)?;
    }
    let register = old_register(arguments.register.as_deref(), options.as_of)?;
    let folder = begin(arguments, languages)?;
    let bars = Bars::new(arguments.to.quiet, language);
    let (sources, mut scan) = from.measured(options, &arguments.to.out, &bars)?;
    let mut surveyed = None;
    if scan.measured.options.tasks.idle {
        bars.step("survey", Some(scan.measured.city.parcels.rows.len() as u64));
        let mut survey = survey(scan.known(), survey_options, &|parcels| {
            bars.advance(parcels);
        });
        scan.remarks.defects.append(&mut survey.defects);
        let register = register_of_scan(register, scan.known(), &survey);
        surveyed = Some((survey, register));
    }
    if arguments.results.without_owners {
        scan.forget_owners();
        if let Some((survey, _)) = &mut surveyed {
            survey.tenants.forget_names();
        }
    }
    let wanted = Wanted {
        formats: &formats,
        containers: &containers,
        languages,
        folder: &folder,
        viewer: arguments.viewer.is_some(),
    };
    let summary = write(&scan, surveyed.as_ref(), sources, &wanted, &bars)?;
    folder.commit()?;
    drop(bars);
    if arguments.to.json {
        say(&serde_json::to_string(&summary)?);
    } else if !arguments.to.quiet {
        let options = &scan.measured.options;
        if let Some(notice) = term_notice(&options.policy, options.as_of, language) {
            say(&notice);
        }
        say(&printed(&summary, language));
        if let Some(advice) =
            heavy_advice(&formats, scan.measured.city.parcels.rows.len(), language)
        {
            say(advice);
        }
        say(&where_to_look(&arguments.to.out, &summary.files, language));
    }
    // the program ends: to give back millions of texts one by one would only take time
    std::mem::forget((scan, surveyed));
    Ok(())
}

pub(super) fn options(arguments: &ScanArguments) -> Result<Options, Box<dyn Error>> {
    let length = |name, given: Option<f64>, default: f64| match given.unwrap_or(default) {
        length if (0.0..=100.0).contains(&length) => Ok(length),
        length => Err(format!(
            "`--{name} {length}` must lie between 0 and 100 metres"
        )),
    };
    let as_of = match &arguments.as_of {
        None => Zoned::now().date(),
        Some(text) => text
            .parse::<Date>()
            .map_err(|_| format!("`--as-of {text}` is no date; write it as 2022-06-01"))?,
    };
    let policy = Pack::load(
        arguments.policy.as_deref().unwrap_or("taizhou-2021"),
        &Catalogue,
    )?;
    let (assignment, readings) = readings(&arguments.reading, &policy)?;
    Ok(Options {
        tasks: match arguments.only.as_deref() {
            None => Tasks::ALL,
            Some(list) => Tasks::parse(list)?,
        },
        area: match arguments.area {
            None | Some(AreaArgument::Registered) => AreaChoice::Registered,
            Some(AreaArgument::Plane) => AreaChoice::Plane,
            Some(AreaArgument::Ellipsoid) => AreaChoice::Ellipsoid,
        },
        reach: Reach {
            tolerance: length("tolerance", arguments.tolerance, 0.05)?,
            gap: length("gap", arguments.gap, 0.5)?,
        },
        assignment,
        policy,
        readings,
        as_of,
    })
}

/// The register of the run before, to be carried on by a run as of `as_of`; an empty one where none is given.
fn old_register(file: Option<&Path>, as_of: Date) -> Result<Register, Box<dyn Error>> {
    let Some(file) = file else {
        return Ok(Register::default());
    };
    let register = Register::of(&read_register(file)?, as_of);
    register.map_err(|why| format!("`{}`: {why}", file.display()).into())
}

/// From where on the ground is a clue of idleness.
fn survey_options(arguments: &ScanArguments) -> Result<SurveyOptions, String> {
    let share = arguments.vacant_share.as_deref().unwrap_or("0.05");
    let vacant_share = match share.trim().strip_suffix(['%', '％']) {
        Some(percent) => Exact::parse(percent).and_then(|number| number.over(Exact::int(100))),
        None => Exact::parse(share),
    };
    let vacant_share = vacant_share
        .filter(|share| (Exact::ZERO..=Exact::ONE).contains(share))
        .ok_or_else(|| {
            format!("`--vacant-share {share}` must lie between 0 and 1, as 0.05 or 5 %")
        })?;
    let setback_m = arguments.setback.unwrap_or(10.0);
    if !(0.0..=1000.0).contains(&setback_m) {
        return Err(format!(
            "`--setback {setback_m}` must lie between 0 and 1000 metres"
        ));
    }
    let mu = arguments.open_mu.as_deref().unwrap_or("5");
    let open_m2 = Exact::parse(mu)
        .filter(|mu| *mu > Exact::ZERO)
        .and_then(|mu| mu.times(Exact::MU_M2))
        .ok_or_else(|| format!("`--open-mu {mu}` must be a number of 亩 above 0, as 5"))?;
    let criterion = |word: &str| {
        Reason::criterion(word)
            .ok_or_else(|| format!("`--inefficient`: there is no limit `{word}`; there are tax, industry, contract, plan"))
    };
    let criteria = arguments
        .inefficient
        .as_deref()
        .unwrap_or("tax,industry,contract");
    Ok(SurveyOptions {
        vacant_share,
        setback_m,
        open_m2,
        criteria: criteria
            .split(',')
            .map(criterion)
            .collect::<Result<_, _>>()?,
    })
}

/// The readings of the command line: how buildings are counted, and those of the policy.
fn readings(given: &[String], policy: &Pack) -> Result<(Assignment, Choices), String> {
    let (mut assignment, mut choices) = (Assignment::default(), Choices::new());
    for reading in given {
        let (name, choice) = reading
            .split_once('=')
            .ok_or_else(|| format!("`--reading {reading}` must be NAME=CHOICE"))?;
        if name != "building_assignment" {
            check_choice(policy, name, choice).map_err(|why| {
                format!("`--reading {reading}`: {why} (building_assignment is one more reading)")
            })?;
            choices.retain(|(have, _)| have != name);
            choices.push((name.to_owned(), choice.to_owned()));
            continue;
        }
        assignment = match choice {
            "split" => Assignment::Split,
            "key" => Assignment::Key,
            "largest" => Assignment::Largest,
            _ => {
                return Err(format!(
                    "`--reading {reading}`: there is building_assignment=split|key|largest"
                ));
            }
        };
    }
    Ok((assignment, choices))
}

/// The containers of `--survey-layers`.
fn containers(list: &str) -> Result<Vec<SurveyContainer>, String> {
    let container = |name: &str| {
        let file = Path::new("survey").with_extension(name.trim());
        SurveyContainer::of(&file)
            .ok_or_else(|| format!("`--survey-layers {name}`: there are gpkg and gdb"))
    };
    let mut all: Vec<SurveyContainer> = list.split(',').map(container).collect::<Result<_, _>>()?;
    all.sort_unstable();
    all.dedup();
    Ok(all)
}
