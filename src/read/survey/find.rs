//! A source → which of its layers are those of the survey, by name, else by fields.

use super::super::ReadError;
use crate::formats::SourceError;
use crate::formats::{OpenOptions, Source, layers, open};
use crate::model::survey::SurveyTheme;

/// The survey layers of a source: the one it names, or all that it has. A layer is known by its name (`DCDYTB`, `DCQTB`,
/// whatever their capitals), else by its fields: a unit has a `DCDYBH`, a zone a `DCQBH` and a `DCQMJ` and no `DCDYBH`.
///
/// # Errors
/// When the source cannot be read, has no such layer, or has two that could be the same.
pub fn find_survey(source: &Source) -> Result<Vec<(SurveyTheme, Source)>, ReadError> {
    let single = source.layer().is_some()
        || matches!(
            source.extension().as_str(),
            "geojson"
                | "json"
                | "geojsonl"
                | "geojsons"
                | "ndjson"
                | "jsonl"
                | "fgb"
                | "parquet"
                | "geoparquet"
        );
    let names: Vec<Option<String>> = if single {
        vec![source.layer().map(str::to_owned)]
    } else {
        layers(source)?
            .into_iter()
            .map(|layer| Some(layer.name))
            .collect()
    };
    let theme_of = |name: &Option<String>| {
        let name = name.as_deref()?;
        let name = name.rsplit_once('.').map_or(name, |(_, bare)| bare);
        let mut themes = SurveyTheme::ALL.into_iter();
        themes.find(|theme| theme.name().eq_ignore_ascii_case(name))
    };
    let mut found = Vec::new();
    for theme in SurveyTheme::ALL {
        let mut all = names.iter().filter(|name| theme_of(name) == Some(theme));
        let by_name = all.next();
        if all.next().is_some() {
            return Err(SourceError::unreadable(source, twice(theme)).into());
        }
        found.extend(by_name.map(|name| (theme, within(source, name.as_deref()))));
    }
    for name in names.iter().filter(|name| theme_of(name).is_none()) {
        let layer = within(source, name.as_deref());
        let Some(theme) = by_fields(&layer)? else {
            continue;
        };
        match found.iter().position(|(known, _)| *known == theme) {
            None => found.push((theme, layer)),
            // one that has the name of it is it
            Some(place) if theme_of(&names_of(&found[place].1)).is_some() => {}
            Some(_) => return Err(SourceError::unreadable(source, twice(theme)).into()),
        }
    }
    if found.is_empty() {
        return Err(SourceError::unreadable(
            source,
            "it has no survey layer: none is called `DCDYTB` or `DCQTB`, and none has the field `DCDYBH`, or `DCQBH` and `DCQMJ`",
        ).into());
    }
    Ok(found)
}

fn names_of(source: &Source) -> Option<String> {
    source.layer().map(str::to_owned)
}

fn twice(theme: SurveyTheme) -> String {
    let name = theme.name();
    format!(
        "several of its layers could be `{name}`; name the one meant behind a colon, as in `city.gpkg:{name}`"
    )
}

fn by_fields(source: &Source) -> Result<Option<SurveyTheme>, ReadError> {
    let layer = open(source, &OpenOptions::default())?;
    let has = |name: &str| {
        let mut fields = layer.schema().fields.iter();
        fields.any(|field| field.name.trim().eq_ignore_ascii_case(name))
    };
    Ok(if !layer.schema().has_geometry {
        None
    } else if has("DCDYBH") {
        Some(SurveyTheme::Units)
    } else if has("DCQBH") && has("DCQMJ") {
        Some(SurveyTheme::Zones)
    } else {
        None
    })
}

/// The layer of this name in a source.
fn within(source: &Source, name: Option<&str>) -> Source {
    let name = name.map(str::to_owned);
    match source.clone() {
        Source::File { path, .. } => Source::File { path, layer: name },
        Source::Database { connection, .. } => Source::Database {
            connection,
            layer: name,
        },
    }
}
