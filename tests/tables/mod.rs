//! Tables of enterprises and of grant contracts as offices keep them: text files and workbooks.

mod contracts;
mod enterprises;
mod inspected;
mod random;
mod workbooks;

use std::path::Path;

use plotratio::formats::{Filter, Source};
use plotratio::model::{Enterprise, LayerKind};
use plotratio::read::{Inputs, Request};

use crate::read_city::ReadCity;

/// What is said of a table beside its bytes.
#[derive(Default)]
struct Asked<'a> {
    map: &'a [(&'a str, &'a str)],
    sheet: Option<&'a str>,
    filter: Option<&'a str>,
    encoding: Option<&'a str>,
}

/// A city of one parcel with a table of that kind.
fn city(kind: LayerKind, name: &str, bytes: &[u8], asked: &Asked<'_>) -> Result<ReadCity, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let parcel = "id,WKT\nA,\"POLYGON((636000 3165000,636100 3165000,636100 3165100,636000 3165100,636000 3165000))\"\n";
    std::fs::write(path("parcels.csv"), parcel).unwrap();
    std::fs::write(path(name), bytes).unwrap();
    let map = asked
        .map
        .iter()
        .map(|(field, column)| ((kind, (*field).into()), (*column).into()));
    let table = Request {
        filter: asked.filter.map(|text| Filter::parse(text).unwrap()),
        encoding: asked.encoding.map(str::to_owned),
        ..request(&path(name), asked.sheet, None)
    };
    let mut inputs = Inputs {
        mappings: map.collect(),
        ..Inputs::of(request(&path("parcels.csv"), None, Some("EPSG:4549")))
    };
    let kind = match kind {
        LayerKind::Enterprises => kind,
        _ => LayerKind::Contracts,
    };
    inputs.requests.insert(kind, table);
    ReadCity::of(&inputs).map_err(|why| why.to_string())
}

fn request(path: &Path, layer: Option<&str>, crs: Option<&str>) -> Request {
    Request {
        source: Source::File {
            path: path.to_owned(),
            layer: layer.map(str::to_owned),
        },
        filter: None,
        crs: crs.map(Into::into),
        encoding: None,
    }
}

/// An enterprise in short: code, name, parcels, facts, taxes.
fn told(row: &Enterprise) -> String {
    let facts = row.facts.names().map(|name| {
        let short = name.trim_start_matches("enterprise.");
        match (row.facts.figure(name), row.facts.series(name)) {
            (Some(figure), _) => format!("{short}={}", plain(figure)),
            (None, Some(series)) => format!("{short}={}", by_year(series)),
            (None, None) => {
                let years = row.facts.years(name).unwrap_or_default().iter();
                let one = |(year, figure): &(i64, _)| format!("{year}:{}", plain(figure));
                format!("{short}={}", years.map(one).collect::<Vec<_>>().join(","))
            }
        }
    });
    let facts: Vec<String> = facts.collect();
    format!(
        "{} {} [{}] {} tax {}",
        row.id,
        row.name.as_deref().unwrap_or("-"),
        row.parcels.join(" "),
        facts.join(" "),
        by_year(&row.tax_wan)
    )
}

fn by_year(series: &[(i64, plotratio::quantity::Exact)]) -> String {
    let one = |(year, number): &(i64, plotratio::quantity::Exact)| format!("{year}:{number}");
    series.iter().map(one).collect::<Vec<_>>().join(",")
}

fn plain(figure: &plotratio::quantity::Figure) -> String {
    use plotratio::quantity::Figure::{Day, Number, Truth, Word, Words};
    match figure {
        Number(number, unit) => format!("{number}{}", unit.sign()),
        Truth(truth) => truth.to_string(),
        Word(word) => word.to_string(),
        Words(words) => words.join("+"),
        Day(day) => day.to_string(),
        share @ plotratio::quantity::Figure::LandShare { .. } => format!("{share:?}"),
    }
}

/// The defects of the table in short, and its notes.
fn flaws(city: &ReadCity) -> (Vec<(&'static str, String)>, String) {
    let of_table = |layer| matches!(layer, LayerKind::Enterprises | LayerKind::Contracts);
    let defects = city
        .remarks
        .defects
        .iter()
        .filter(|defect| of_table(defect.layer));
    let defects = defects.map(|defect| (defect.kind.name(), defect.detail.clone()));
    (defects.collect(), city.remarks.notes.join("\n"))
}
