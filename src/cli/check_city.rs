//! A parcel of a city → the facts of a case; what the case states itself goes before.

use std::error::Error;
use std::path::Path;

use jiff::civil::Date;

use super::arguments::ScanArguments;
use super::check_merge;
use super::check_split::split_facts;
use super::city_file::fill_in;
use super::inputs::inputs;
use super::parcel_called::parcel_called;
use super::scan::options;
use crate::law::facts::{Facts, Record, fact};
use crate::model::{Meant, parcel_key};
use crate::parcels::Tasks;
use crate::progress::Unwatched;
use crate::read::CheckFile;
use crate::run::{Scan, scan_around};
use crate::write::Language;
use crate::write::judgement::figure_text;

/// Measures the parcels of some ids in the city of a CITY.toml.
pub(super) fn measured(path: &Path, ids: &[String]) -> Result<Scan, Box<dyn Error>> {
    let mut arguments = ScanArguments::default();
    fill_in(&mut arguments, path)?;
    let mut options = options(&arguments)?;
    options.tasks = Tasks::FACTS;
    let inputs = inputs(&arguments.layers)?;
    Ok(scan_around(&inputs, options, ids, &Unwatched)?)
}

/// The facts of a case with those of its parcel, and what a reader must know of that.
pub(super) fn joined(
    (path, file): (&Path, &CheckFile),
    city: Option<&Scan>,
    (as_of, language): (Date, Language),
) -> Result<(Facts, Vec<String>), String> {
    if !file.parcels.is_empty() {
        return check_merge::joined(file, city, language);
    }
    let Some(id) = &file.parcel else {
        return Ok((file.facts.clone(), Vec::new()));
    };
    let city = of_city(city, id)?;
    let at = position(city, id)?;
    let (mut facts, drawn) = if file.drawing.is_given() {
        let place = u32::try_from(at).map_err(|why| why.to_string())?;
        split_facts((path, file), (city, place), (as_of, language))?
    } else {
        (city.facts_of(at), Vec::new())
    };
    let basis = city.measured.measures[at].basis.name();
    let mut notes = vec![
        language
            .of("面积依据 {}", "area basis: {}")
            .replace("{}", basis),
    ];
    notes.extend(drawn);
    notes.extend(replaced(&file.facts.one, &facts.one, language));
    if file.facts.one.figure("site.floor_area_m2").is_some() {
        // the counted floor area of the city belongs to a floor area that no longer holds
        facts.one.forget("site.far_floor_area_m2");
    }
    let mut given = file.facts.clone();
    if file.drawing.is_given() {
        // each [[lot]] has been laid over the lot that it speaks of
        given.lists.remove("lot");
    }
    facts.overlay(&given);
    Ok((facts, notes))
}

/// The city of a case, which names a parcel of it.
pub(super) fn of_city<'a>(city: Option<&'a Scan>, id: &str) -> Result<&'a Scan, String> {
    city.ok_or_else(|| {
        format!("it names the parcel `{id}`; say where it is with `--city CITY.toml`")
    })
}

/// The position of a parcel in its layer, by an id that is its alone, however it is written, or by who holds or uses it or
/// where it is.
pub(super) fn position(city: &Scan, id: &str) -> Result<usize, String> {
    let id_of = |at: u32| city.measured.city.parcels.rows[at as usize].id.as_str();
    match city.measured.keys.meant(id, &parcel_key(id), id_of) {
        Meant::One(at) => Ok(at as usize),
        Meant::Several => Err(format!(
            "the city has more than one parcel `{id}`; give its facts by number"
        )),
        Meant::Nothing => parcel_called(city, id),
    }
}

/// What is given in the place of something else that the city says.
pub(super) fn replaced(given: &Record, city: &Record, language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    for name in given.names() {
        let (Some(given), have) = (given.figure(name), city.figure(name)) else {
            continue;
        };
        if let Some(have) = have.filter(|have| *have != given) {
            let named = fact(name).map_or(name, |fact| language.of(fact.zh, fact.en));
            notes.push(format!(
                "{}{name}{}",
                language.of(&format!("{named}（"), &format!("{named} (")),
                language
                    .of(
                        "）以给定的 {0} 代替城市数据 {1}",
                        "): {0} as given, in the place of {1} of the city"
                    )
                    .replace("{0}", &figure_text(given, language))
                    .replace("{1}", &figure_text(have, language)),
            ));
        }
    }
    notes
}
