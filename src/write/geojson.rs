//! A table with shapes → GeoJSON (RFC 7946): WGS 84, right-hand rings, seven decimals or what it takes, one feature a line.

use std::fs::File;
use std::io::Write;

use geo::Coord;

use super::chunks::{LongestPiece, in_order, none_of};
use super::degrees::Rounded;
use super::{ResultFolder, Table, TableGeometry, Value, WriteError};
use crate::geometry::{ShapeRef, Shapes, gcj02};
use crate::quantity::Decimal;

const ROWS: usize = 512;

/// Writes `name.geojson`. A shape that is empty, or has no place in WGS 84, is `null`.
pub(super) fn write(
    folder: &ResultFolder,
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
) -> Result<(), WriteError> {
    let name = format!("{}.geojson", table.name);
    let mut head = b"{\"type\":\"FeatureCollection\",\"name\":".to_vec();
    push_text(&mut head, table.name);
    features(folder, table, geometry, (&name, head), |degrees, out| {
        push_shape(out, degrees)
    })
}

/// Writes `name.gcj02.geojson` for viewers whose maps are in GCJ-02, and says in it that nothing may be measured of it.
///
/// # Errors
/// When it cannot be written.
pub fn write_viewer_copy(
    folder: &ResultFolder,
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
) -> Result<(), WriteError> {
    let name = format!("{}.{VIEWER_COPY}", table.name);
    let mut head = b"{\"type\":\"FeatureCollection\",\"name\":".to_vec();
    push_text(&mut head, table.name);
    head.extend_from_slice(
        "\n,\"datum\":\"GCJ-02\",\"note\":\"GCJ-02 偏移坐标，仅供高德、腾讯等底图浏览，不得用于量算或入库 / shifted coordinates for viewers only, never to measure by\""
            .as_bytes(),
    );
    features(folder, table, geometry, (&name, head), |degrees, out| {
        let mut shifted = Shapes::default();
        shifted.push(degrees);
        for at in shifted.coords_mut() {
            *at = gcj02(*at);
        }
        push_shape(out, shifted.get(0))
    })
}

/// What the names of copies in GCJ-02 end in.
pub const VIEWER_COPY: &str = "gcj02.geojson";

fn features(
    folder: &ResultFolder,
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
    (name, mut head): (&str, Vec<u8>),
    shape: impl Fn(ShapeRef<'_>, &mut Vec<u8>) -> Result<(), Coord> + Sync,
) -> Result<(), WriteError> {
    let failed = |source| folder.io_error(name, source);
    let Some(degrees) = &geometry.degrees else {
        return Err(WriteError::NoDegrees {
            file: folder.shown(name),
            crs: geometry.crs.label(),
        });
    };
    let keys: Vec<Vec<u8>> = table.columns.iter().map(|c| key(&c.name)).collect();
    let identity = Identity::of(table);
    let mut file = File::create(folder.path(name)).map_err(failed)?;
    head.extend_from_slice(b",\"features\":[\n");
    file.write_all(&head).map_err(failed)?;
    let room = LongestPiece::default();
    in_order(
        table.rows,
        ROWS,
        |rows| {
            let mut out = Vec::with_capacity(room.get());
            for row in rows {
                out.extend_from_slice(b"{\"type\":\"Feature\",");
                identity.push(&mut out, table, row);
                out.extend_from_slice(b"\"properties\":{");
                for (index, (key, column)) in keys.iter().zip(&table.columns).enumerate() {
                    let key = if index == 0 { &key[1..] } else { key };
                    out.extend_from_slice(key);
                    push_value(&mut out, (column.cell)(row));
                }
                out.extend_from_slice(b"},\"geometry\":");
                shape(degrees(row), &mut out).map_err(|Coord { x, y }| WriteError::OffGlobe {
                    file: folder.shown(name),
                    row,
                    x,
                    y,
                })?;
                let last = row + 1 == table.rows;
                out.extend_from_slice(if last { b"}\n" } else { b"},\n" });
            }
            room.saw(out.len());
            Ok(out)
        },
        |out| file.write_all(&out).map_err(failed),
    )?;
    file.write_all(b"]}\n").map_err(failed)
}

/// Which columns tell a feature apart: the first, and its row in the input where that is not enough.
struct Identity {
    named: bool,
    row: Option<usize>,
}

impl Identity {
    /// A table whose first column is no id, or stands for several rows, has none.
    fn of(table: &Table<'_>) -> Self {
        let ends = |end: &str| {
            let mut columns = table.columns.iter();
            columns.position(|column| column.name.ends_with(end))
        };
        let of_several = table
            .columns
            .iter()
            .any(|column| column.name == "proposal_id");
        Self {
            named: ends("_id") == Some(0) && !of_several,
            row: ends("_row"),
        }
    }

    /// `"id":"甲-1",`, with `#row` where the id is missing or shared.
    fn push(&self, out: &mut Vec<u8>, table: &Table<'_>, row: usize) {
        if !self.named {
            return;
        }
        let mut id = match (table.columns[0].cell)(row) {
            Value::Text(text) => text.into_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Null | Value::Decimal(_) => String::new(),
        };
        let number = self.row.map(|at| (table.columns[at].cell)(row));
        if let Some(Value::Integer(number)) = number {
            id = format!("{id}#{number}");
        }
        if !id.is_empty() {
            out.extend_from_slice(b"\"id\":");
            push_text(out, &id);
            out.push(b',');
        }
    }
}

/// `,"name":`.
fn key(name: &str) -> Vec<u8> {
    let mut out = vec![b','];
    push_text(&mut out, name);
    out.push(b':');
    out
}

fn push_value(out: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Text(text) => push_text(out, &text),
        Value::Integer(number) => Decimal::new(number, 0).write_to(out),
        Value::Decimal(decimal) => decimal.write_to(out),
    }
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let special = |byte| byte < 0x20 || byte == b'"' || byte == b'\\';
    if none_of(text.as_bytes(), special) {
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
        return;
    }
    for &byte in text.as_bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            0..0x20 => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// The geometry, or the first position that is finite but not on the globe.
fn push_shape(out: &mut Vec<u8>, shape: ShapeRef<'_>) -> Result<(), Coord> {
    let coords = shape.coords();
    if coords.is_empty() || !coords.iter().all(|c| c.x.is_finite() && c.y.is_finite()) {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    let off_globe = |c: &&Coord| c.x.abs() > 180.0 || c.y.abs() > 90.0;
    if let Some(&coord) = coords.iter().find(off_globe) {
        return Err(coord);
    }
    let rounded = Rounded::of(shape);
    let multi = rounded.parts.len() > 1;
    out.extend_from_slice(if multi {
        b"{\"type\":\"MultiPolygon\",\"coordinates\":["
    } else {
        b"{\"type\":\"Polygon\",\"coordinates\":"
    });
    for (index, part) in rounded.parts.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push_part(out, part, rounded.places);
    }
    out.extend_from_slice(if multi { b"]}" } else { b"}" });
    Ok(())
}

fn push_part(out: &mut Vec<u8>, part: &[Vec<[i64; 2]>], places: u8) {
    out.push(b'[');
    for (index, ring) in part.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        for (index, &[x, y]) in ring.iter().enumerate() {
            out.extend_from_slice(if index == 0 { b"[[" } else { b",[" });
            Decimal::new(x, places).write_to(out);
            out.push(b',');
            Decimal::new(y, places).write_to(out);
            out.push(b']');
        }
        out.push(b']');
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;
    use geo::{MultiPolygon, wkt};

    fn written(shape: &MultiPolygon) -> Result<String, Coord> {
        let mut shapes = Shapes::default();
        shapes.push_geo(shape);
        let mut out = Vec::new();
        push_shape(&mut out, shapes.get(0)).map(|()| String::from_utf8(out).unwrap())
    }

    #[test]
    fn shells_turn_left_and_holes_turn_right_whatever_they_did_before() {
        let shape = wkt!(MULTIPOLYGON(((0. 0.,0. 9.,9. 9.,0. 0.),(1. 2.,2. 4.,1. 4.,1. 2.))));
        let o = "0.0000000";
        let [one, two, four, nine] = [1, 2, 4, 9].map(|n| format!("{n}.0000000"));
        assert_eq!(
            written(&shape).unwrap(),
            format!(
                "{{\"type\":\"Polygon\",\"coordinates\":[[[{o},{o}],[{nine},{nine}],[{o},{nine}],[{o},{o}]],\
                 [[{one},{two}],[{one},{four}],[{two},{four}],[{one},{two}]]]}}"
            )
        );
    }

    #[test]
    fn points_that_fall_together_are_one_but_a_ring_keeps_four() {
        let fine = wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 0.000_000_01,1. 1.,0. 0.))));
        assert_eq!(written(&fine).unwrap().matches("],[").count(), 3);
        let tiny = wkt!(MULTIPOLYGON(((0. 0.,0.000_000_01 0.,0. 0.000_000_01,0. 0.))));
        assert_eq!(written(&tiny).unwrap().matches("],[").count(), 3);
    }

    #[test]
    fn a_shape_without_a_place_is_null_and_one_off_the_globe_an_error() {
        assert_eq!(written(&MultiPolygon(vec![])).unwrap(), "null");
        let lost = wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 1.,0. 0.))));
        let mut shapes = Shapes::default();
        shapes.push_geo(&lost);
        shapes.coords_mut()[1].x = f64::INFINITY;
        let mut out = Vec::new();
        assert_eq!(push_shape(&mut out, shapes.get(0)), Ok(()));
        assert_eq!(out, b"null");
        shapes.coords_mut()[1] = Coord { x: 30.0, y: 121.0 };
        assert_eq!(
            push_shape(&mut out, shapes.get(0)),
            Err(Coord { x: 30.0, y: 121.0 })
        );
    }

    #[test]
    fn text_is_escaped_as_json_wants_it() {
        let mut out = Vec::new();
        push_text(&mut out, "路\"5\\6\"\n\u{1}");
        assert_eq!(out, "\"路\\\"5\\\\6\\\"\\n\\u0001\"".as_bytes());
        assert_eq!(
            serde_json::from_slice::<String>(&out).unwrap(),
            "路\"5\\6\"\n\u{1}"
        );
    }
}
