//! A CAD drawing (DXF) → its closed lines as polygons, with the texts that stand inside them.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use gdal::vector::OwnedLayer;
use geo::Coord;

use super::connect::Connection;
use super::messages;
use super::raw::{self, Rows};
use super::rows::BATCH;
use crate::formats::SourceError;
use crate::formats::encoding::{Declared, Texts, by_label, decide};
use crate::formats::shape_column::ShapeColumn;
use crate::formats::{Batch, Field, Layer, LayerSchema, Role, Source};
use crate::formats::{LayerSummary, choose};
use crate::geometry::{Bounds, BoxIndex, ShapeRef, Shapes};

/// A line whose ends are no further apart than this many units (metres) was meant to be closed.
const GAP: f64 = 0.001;

/// Attributes of an entity that are given on, by GDAL's names; the texts inside follow as `label`.
const ATTRIBUTES: [&str; 5] = [
    "Layer",
    "SubClasses",
    "Linetype",
    "EntityHandle",
    "ExtendedEntity",
];

/// One drawing layer, or all of them.
pub struct Drawing {
    schema: LayerSchema,
    /// The rows, in the order of the drawing: their attributes, and their shapes.
    rows: Vec<Vec<Option<String>>>,
    shapes: Shapes,
}

/// All that is of use in a drawing.
#[derive(Default)]
struct Content {
    rows: Vec<Vec<Option<String>>>,
    shapes: Shapes,
    texts: Vec<(Coord, String, String)>,
    closed: usize,
    others: BTreeMap<String, usize>,
}

/// The drawing layers that have closed lines, as if each were a layer.
///
/// # Errors
/// When the drawing cannot be read to its end.
pub fn layers(
    source: &Source,
    mut connection: Connection,
) -> Result<Vec<LayerSummary>, SourceError> {
    let content = read(source, &mut connection)?.0;
    Ok(content.summaries())
}

impl Drawing {
    /// Reads the drawing and picks the layer that is named, or the one that suits the role.
    ///
    /// # Errors
    /// When the drawing cannot be read to its end, or it is not clear which layer is meant.
    pub fn open(
        source: &Source,
        mut connection: Connection,
        role: Option<&Role>,
    ) -> Result<Self, SourceError> {
        let (mut content, mut notes) = read(source, &mut connection)?;
        let layers = content.summaries();
        let (index, note) = choose::choose(source, role, &layers)?;
        notes.extend(note);
        let name = layers[index].name.clone();
        content.label();
        content.tell(&mut notes);
        let mut names: Vec<&str> = ATTRIBUTES.to_vec();
        names.push("label");
        let mut drawing = Self {
            schema: LayerSchema {
                name,
                fields: names.into_iter().map(Field::text).collect(),
                has_geometry: true,
                notes,
                ..LayerSchema::default()
            },
            rows: Vec::new(),
            shapes: Shapes::default(),
        };
        for (row, shape) in content.rows.into_iter().zip(content.shapes.iter()) {
            if row[0].as_deref() == Some(&drawing.schema.name) {
                drawing.rows.push(row);
                drawing.shapes.push(shape);
            }
        }
        drawing.schema.feature_count = Some(drawing.rows.len() as u64);
        Ok(drawing)
    }
}

impl Layer for Drawing {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let mut batches = Vec::new();
        for (number, rows) in self.rows.chunks(BATCH).enumerate() {
            let first = number * BATCH;
            let column = |&column: &usize| -> ArrayRef {
                let values = rows.iter().map(|row| row[column].as_deref());
                Arc::new(values.collect::<StringArray>())
            };
            let mut shapes = Shapes::default();
            for row in first..first + rows.len() {
                shapes.push(self.shapes.get(row));
            }
            batches.push(Batch {
                first_row: first as u64,
                rows: rows.len(),
                columns: columns.iter().map(column).collect(),
                shapes: Some(shapes),
                flaws: Vec::new(),
            });
            progress(rows.len() as u64);
        }
        Ok(batches)
    }
}

/// Reads every entity; also the notes so far.
fn read(
    source: &Source,
    connection: &mut Connection,
) -> Result<(Content, Vec<String>), SourceError> {
    let mut notes = std::mem::take(&mut connection.notes);
    let (texts, note) = match connection.asked {
        Some(asked) => (Texts::In(asked), None),
        None => texts_of(source).map_err(|error| SourceError::unreadable(source, error))?,
    };
    notes.extend(note);
    let dataset = connection
        .opener
        .open()
        .map_err(|why| SourceError::unreadable(source, why))?;
    let mut layer = dataset
        .into_layer(0)
        .map_err(|error| SourceError::unreadable(source, error))?;
    let mut content = Content::default();
    content
        .read(&mut layer, texts)
        .map_err(|why| SourceError::unreadable(source, why))?;
    notes.extend(messages::take().texts);
    Ok((content, notes))
}

/// How the text of the drawing is to be read: `$DWGCODEPAGE` says so, and its bytes have the last word.
fn texts_of(source: &Source) -> std::io::Result<(Texts, Option<String>)> {
    let Source::File { path, .. } = source else {
        return Ok((Texts::Either, None));
    };
    let bytes = fs::read(path)?;
    let mut lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let label = lines
        .by_ref()
        .take(4000)
        .find(|line| *line == b"$DWGCODEPAGE")
        .and_then(|_| lines.nth(1));
    let declared = label.map(String::from_utf8_lossy).and_then(|label| {
        Some(Declared {
            encoding: by_label(&label)?,
            says: format!("the drawing says `{label}`"),
        })
    });
    let foreign = bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_ascii());
    let sample: Vec<Vec<u8>> = foreign
        .take(20_000)
        .map(|line| line.trim_ascii().to_vec())
        .collect();
    Ok(decide(declared.as_ref(), &sample))
}

impl Content {
    fn read(&mut self, layer: &mut OwnedLayer, texts: Texts) -> Result<(), String> {
        let fields = raw::fields(layer);
        let place = |name: &str| {
            fields
                .iter()
                .position(|field| field.name.as_bytes() == name.as_bytes())
        };
        let attributes: Vec<Option<usize>> = ATTRIBUTES.iter().map(|name| place(name)).collect();
        let text_at = place("Text");
        let mut column = ShapeColumn::new(0.01, true);
        let mut wkb = Vec::new();
        let mut rows = Rows::of(layer);
        loop {
            let failures = messages::failures();
            if !rows.advance() {
                if messages::failures() > failures {
                    return Err(messages::take().why());
                }
                break;
            }
            let mut value = |at: Option<usize>| {
                let at = at.filter(|&at| !rows.is_null(at))?;
                Some(texts.decode(rows.bytes(at)).into_owned())
            };
            let row: Vec<Option<String>> = attributes.iter().map(|&at| value(at)).collect();
            let text = value(text_at).filter(|text| !text.trim().is_empty());
            let class = row[1].clone().unwrap_or_default();
            let class = class
                .rsplit(':')
                .next()
                .unwrap_or_default()
                .trim_start_matches("AcDb")
                .to_owned();
            if !rows.wkb(0, &mut wkb) {
                *self.others.entry(class).or_default() += 1;
                continue;
            }
            if let (Some(text), Some(at)) = (text, point(&wkb)) {
                self.texts.push((
                    at,
                    row[0].clone().unwrap_or_default(),
                    text.trim().replace('\n', " "),
                ));
                continue;
            }
            // A hatch fills what a line already encloses.
            if class == "Hatch" {
                *self.others.entry(class).or_default() += 1;
                continue;
            }
            self.closed += usize::from(close(&mut wkb));
            column.push(&wkb);
            if column.last_is_flawed() {
                *self.others.entry(class).or_default() += 1;
            } else {
                self.shapes.push(column.shapes().get(0));
                self.rows.push(row);
            }
            column.finish();
        }
        Ok(())
    }

    fn summaries(&self) -> Vec<LayerSummary> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for row in &self.rows {
            *counts
                .entry(row[0].as_deref().unwrap_or_default())
                .or_default() += 1;
        }
        counts
            .into_iter()
            .map(|(name, count)| LayerSummary {
                name: name.to_owned(),
                features: Some(count),
                geometry: Some("Polygon".to_owned()),
            })
            .collect()
    }

    /// Adds to each row the texts inside it, joined by `;`, from the top down and from left to right: those of its own
    /// drawing layer, or where it has none, those of all.
    fn label(&mut self) {
        let places = self.texts.iter().map(|(at, ..)| Bounds::of(&[*at]));
        let index = BoxIndex::new(places);
        for (row, shape) in self.rows.iter_mut().zip(self.shapes.iter()) {
            let mut inside: Vec<&(Coord, String, String)> = index
                .meeting(shape.bounds())
                .map(|found| &self.texts[found as usize])
                .filter(|(at, ..)| contains(shape, *at))
                .collect();
            if inside
                .iter()
                .any(|(_, layer, _)| Some(layer) == row[0].as_ref())
            {
                inside.retain(|(_, layer, _)| Some(layer) == row[0].as_ref());
            }
            inside.sort_by(|a, b| {
                b.0.y
                    .total_cmp(&a.0.y)
                    .then(a.0.x.total_cmp(&b.0.x))
                    .then(a.2.cmp(&b.2))
            });
            let texts: Vec<&str> = inside.iter().map(|(.., text)| text.as_str()).collect();
            row.push((!texts.is_empty()).then(|| texts.join(";")));
        }
    }

    fn tell(&self, notes: &mut Vec<String>) {
        if self.closed > 0 {
            notes.push(format!(
                "closed {} lines whose ends are within {GAP} m",
                self.closed
            ));
        }
        if !self.others.is_empty() {
            let kinds: Vec<String> = self
                .others
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect();
            notes.push(format!(
                "left out what is no closed line: {}",
                kinds.join(", ")
            ));
        }
    }
}

/// The numbers of a little-endian point in ISO WKB.
fn point(wkb: &[u8]) -> Option<Coord> {
    let kind = u32::from_le_bytes(wkb.get(1..5)?.try_into().ok()?);
    let number = |at: usize| Some(f64::from_le_bytes(wkb.get(at..at + 8)?.try_into().ok()?));
    (kind % 1000 == 1).then_some(Coord {
        x: number(5)?,
        y: number(13)?,
    })
}

/// Repeats the first point of a line behind its last where they are nearly one; whether that was done.
fn close(wkb: &mut Vec<u8>) -> bool {
    let number = |at: usize| {
        wkb.get(at..at + 4)
            .and_then(|bytes| Some(u32::from_le_bytes(bytes.try_into().ok()?)))
    };
    let (Some(kind), Some(count)) = (number(1), number(5)) else {
        return false;
    };
    let width = match kind {
        2 => 16,
        1002 | 2002 => 24,
        3002 => 32,
        _ => return false,
    };
    let Some(first) = wkb.get(9..9 + width).map(<[u8]>::to_vec) else {
        return false;
    };
    let real = |bytes: &[u8]| bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
    let last = &wkb[wkb.len() - width..];
    let apart =
        (real(&first[..8]) - real(&last[..8])).hypot(real(&first[8..16]) - real(&last[8..16]));
    if count < 3 || apart == 0.0 || apart.is_nan() || apart > GAP {
        return false;
    }
    wkb[5..9].copy_from_slice(&(count + 1).to_le_bytes());
    wkb.extend(first);
    true
}

/// Whether a point is inside, by the count of sides to its right.
fn contains(shape: ShapeRef<'_>, at: Coord) -> bool {
    let sides = shape.rings().flat_map(|ring| ring.windows(2));
    let crossed = sides.filter(|side| {
        let (a, b) = (side[0], side[1]);
        (a.y > at.y) != (b.y > at.y) && at.x < a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x)
    });
    crossed.count() % 2 == 1
}
