//! A layer of lines → their points, for the few lines that a person draws.

use geo::Coord;
use serde_json::Value;

use super::{Readable, delimited, existing, geopackage, refused, shapefile};
use crate::formats::{
    CrsError, Filter, Layer, OpenOptions, Source, SourceError, describe_crs, open,
};

/// More points than this are no plan of a split.
const MOST_POINTS: usize = 100_000;

/// The lines of a row, or what it is where it is none.
type Lines = Result<Vec<Vec<Coord>>, &'static str>;

/// The lines for which an SQL `condition` holds, of the layer that `source` names or of its only one, and its CRS where it
/// says one.
///
/// # Errors
/// When the source cannot be read, has several layers and names none, or holds anything but lines.
pub(crate) fn lines_of(
    source: &Source,
    condition: Option<&str>,
) -> Result<(Vec<Vec<Coord>>, Option<String>), SourceError> {
    let unreadable = |why: String| SourceError::unreadable(source, why);
    let path = existing(source)?;
    let options = OpenOptions::default();
    let mut rows: Vec<Option<Lines>> = Vec::new();
    let mut layer: Box<dyn Layer> = match Readable::of(source, path) {
        Some(Readable::Shapefile) => {
            let layer = shapefile::open(source, path, &options)?;
            let mut wkb = Vec::new();
            for row in layer.rows() {
                let there = layer.wkb(row, &mut wkb);
                rows.push(there.then(|| of_wkb(&wkb)));
            }
            Box::new(layer)
        }
        Some(Readable::GeoPackage) => {
            let layer = geopackage::open(source, path, &options)?;
            layer.each_wkb(|wkb| rows.push(wkb.map(of_wkb)))?;
            Box::new(layer)
        }
        Some(Readable::Delimited) => {
            let layer = delimited::open(source, path, &options)?;
            let texts = layer
                .geometries()
                .map(|text| text.filter(|text| !text.is_empty()));
            rows.extend(texts.map(|text| text.map(of_text)));
            Box::new(layer)
        }
        None if matches!(source.extension().as_str(), "geojson" | "json") => {
            rows = of_geojson(path).map_err(unreadable)?;
            open(source, &options)?
        }
        _ => return Err(refused::refusal(source, path)),
    };
    let kept = kept(layer.as_mut(), condition, rows.len(), source)?;
    let (mut lines, mut points) = (Vec::new(), 0);
    for (row, geometry) in rows.into_iter().enumerate().filter(|(row, _)| kept[*row]) {
        let geometry = geometry.ok_or_else(|| {
            unreadable(format!(
                "feature {row} has no geometry; every cut is a line"
            ))
        })?;
        let found = geometry.map_err(|kind| {
            unreadable(format!(
                "feature {row} is a {kind}; every cut is a line (lots are given with `lots = …`)"
            ))
        })?;
        points += found.iter().map(Vec::len).sum::<usize>();
        lines.extend(found);
        if points > MOST_POINTS {
            return Err(unreadable(format!(
                "it has more than {MOST_POINTS} points; give the cut lines only"
            )));
        }
    }
    if lines.is_empty() {
        return Err(unreadable(
            "it holds no line; draw the cuts as lines from boundary to boundary".to_owned(),
        ));
    }
    let crs = layer.schema().crs.clone();
    let is_local = |crs: &String| matches!(describe_crs(crs), Err(CrsError::Local { .. }));
    Ok((lines, crs.filter(|crs| !is_local(crs))))
}

/// For which rows the condition holds.
fn kept(
    layer: &mut dyn Layer,
    condition: Option<&str>,
    rows: usize,
    source: &Source,
) -> Result<Vec<bool>, SourceError> {
    let Some(condition) = condition else {
        return Ok(vec![true; rows]);
    };
    let wrong = |why: crate::formats::FilterError| {
        SourceError::unreadable(
            source,
            format!("`{condition}` is no condition on its columns: {why}"),
        )
    };
    let filter = Filter::parse(condition).map_err(wrong)?;
    let columns = filter.indices(&layer.schema().fields).map_err(wrong)?;
    let mut kept = Vec::with_capacity(rows);
    for batch in layer.read(&columns, &|_| ())? {
        let columns: Vec<_> = batch.columns.iter().collect();
        kept.extend(filter.keep(&columns, batch.rows));
    }
    kept.resize(rows, false);
    Ok(kept)
}

/// The lines in well-known binary.
fn of_wkb(wkb: &[u8]) -> Lines {
    let mut lines = Vec::new();
    let mut rest = wkb;
    collect(&mut rest, &mut lines).unwrap_or(Err("geometry that ends too early"))?;
    Ok(lines)
}

/// Adds the lines of a geometry; nothing where it ends too early.
fn collect(rest: &mut &[u8], lines: &mut Vec<Vec<Coord>>) -> Option<Result<(), &'static str>> {
    let (order, after) = rest.split_first()?;
    *rest = after;
    let little = *order != 0;
    let code = number(rest, little)?;
    let (kind, iso) = ((code & 0x0fff_ffff) % 1000, (code & 0x0fff_ffff) / 1000);
    let extra = usize::from(code & 0x8000_0000 != 0 || iso == 1 || iso == 3)
        + usize::from(code & 0x4000_0000 != 0 || iso == 2 || iso == 3);
    if code & 0x2000_0000 != 0 {
        number(rest, little)?;
    }
    match kind {
        2 => {
            let width = (2 + extra) * 8;
            let count = number(rest, little)? as usize;
            let points = rest.get(..count.checked_mul(width)?)?;
            *rest = &rest[points.len()..];
            let real = |bytes: &[u8]| {
                let bytes: [u8; 8] = bytes.try_into().ok()?;
                Some(if little {
                    f64::from_le_bytes(bytes)
                } else {
                    f64::from_be_bytes(bytes)
                })
            };
            let point = |point: &[u8]| {
                Some(Coord {
                    x: real(&point[..8])?,
                    y: real(&point[8..16])?,
                })
            };
            lines.push(
                points
                    .chunks_exact(width)
                    .map(point)
                    .collect::<Option<_>>()?,
            );
            Some(Ok(()))
        }
        5 => {
            for _ in 0..number(rest, little)? {
                match collect(rest, lines)? {
                    Ok(()) => {}
                    wrong => return Some(wrong),
                }
            }
            Some(Ok(()))
        }
        1 => Some(Err("POINT")),
        3 => Some(Err("POLYGON")),
        4 => Some(Err("MULTIPOINT")),
        6 => Some(Err("MULTIPOLYGON")),
        7 => Some(Err("GEOMETRYCOLLECTION")),
        _ => Some(Err("curve")),
    }
}

fn number(rest: &mut &[u8], little: bool) -> Option<u32> {
    let (four, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(if little {
        u32::from_le_bytes(*four)
    } else {
        u32::from_be_bytes(*four)
    })
}

/// The lines in well-known text.
fn of_text(text: &str) -> Lines {
    const OTHERS: [&str; 5] = [
        "POINT",
        "POLYGON",
        "MULTIPOINT",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ];
    let (head, body) = text.split_once('(').unwrap_or((text, ""));
    let head = head.trim().to_ascii_uppercase();
    let word = head.split_ascii_whitespace().next().unwrap_or_default();
    if word != "LINESTRING" && word != "MULTILINESTRING" {
        let other = OTHERS.iter().find(|other| **other == word);
        return Err(other.copied().unwrap_or("text that is no geometry"));
    }
    let lines = body
        .split(')')
        .map(|line| line.trim_matches([' ', ',', '(']));
    let point = |point: &str| {
        let mut numbers = point.split_ascii_whitespace().map(str::parse::<f64>);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(x)), Some(Ok(y))) => Ok(Coord { x, y }),
            _ => Err("text that is no geometry"),
        }
    };
    lines
        .filter(|line| !line.is_empty())
        .map(|line| line.split(',').map(point).collect())
        .collect()
}

/// The lines of each feature of a GeoJSON.
fn of_geojson(path: &std::path::Path) -> Result<Vec<Option<Lines>>, String> {
    let bytes = std::fs::read(path).map_err(|why| why.to_string())?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let document: Value = serde_json::from_slice(bytes).map_err(|why| why.to_string())?;
    let features = match document["features"].as_array() {
        Some(features) => features.iter().collect(),
        None => vec![&document],
    };
    let geometry = |feature: &Value| {
        let geometry = feature.get("geometry").unwrap_or(feature);
        (!geometry.is_null()).then(|| of_geometry(geometry))
    };
    Ok(features.into_iter().map(geometry).collect())
}

fn of_geometry(geometry: &Value) -> Lines {
    let point = |point: &Value| {
        Some(Coord {
            x: point.get(0)?.as_f64()?,
            y: point.get(1)?.as_f64()?,
        })
    };
    let line = |line: &Value| {
        let points = line.as_array().map(|points| points.iter().map(point));
        let points = points.and_then(Iterator::collect::<Option<Vec<_>>>);
        points.ok_or("geometry without numbers")
    };
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str().unwrap_or_default() {
        "LineString" => Ok(vec![line(coordinates)?]),
        "MultiLineString" => coordinates
            .as_array()
            .into_iter()
            .flatten()
            .map(line)
            .collect(),
        "Point" => Err("POINT"),
        "Polygon" => Err("POLYGON"),
        "MultiPoint" => Err("MULTIPOINT"),
        "MultiPolygon" => Err("MULTIPOLYGON"),
        _ => Err("GEOMETRYCOLLECTION"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_same_in_text_json_and_binary() {
        let expected = vec![
            vec![Coord { x: 0.0, y: 1.0 }, Coord { x: 2.0, y: 3.5 }],
            vec![Coord { x: 4.0, y: 5.0 }, Coord { x: 6.0, y: 7.0 }],
        ];
        let text = "MULTILINESTRING ((0 1, 2 3.5),(4 5 9, 6 7 9))";
        assert_eq!(of_text(text), Ok(expected.clone()));
        let json = r#"{"type":"MultiLineString","coordinates":[[[0,1],[2,3.5]],[[4,5],[6,7]]]}"#;
        let json = serde_json::from_str(json).unwrap();
        assert_eq!(of_geometry(&json), Ok(expected.clone()));
        let mut wkb = vec![1, 5, 0, 0, 0, 2, 0, 0, 0];
        for line in &expected {
            wkb.extend([1, 2, 0, 0, 0, 2, 0, 0, 0]);
            wkb.extend(
                line.iter()
                    .flat_map(|c| [c.x, c.y])
                    .flat_map(f64::to_le_bytes),
            );
        }
        assert_eq!(of_wkb(&wkb), Ok(expected));
        assert!(of_wkb(&wkb[..30]).is_err());
        assert_eq!(of_text("POLYGON ((0 0, 1 0, 1 1, 0 0))"), Err("POLYGON"));
    }
}
