//! A table with shapes → KML 2.2 (OGC 07-147r2): Chinese names, a style for each verdict, state or kind, for the field.

use std::fs::File;
use std::io::Write;

use super::chunks::in_order;
use super::degrees::Rounded;
use super::{ResultFolder, Table, TableGeometry, Value, WriteError};
use crate::quantity::Decimal;

const ROWS: usize = 4096;

/// The columns whose words choose a style, the first that a table has.
const STYLED: [&str; 3] = ["state", "verdict", "kind"];

/// Words with the colour of their lines and faces, as KML writes it: opacity, blue, green, red.
const STYLES: [(&str, &str, &str); 11] = [
    ("pass", "ff3d7a1b", "553d7a1b"),
    ("fail", "ff1e26b3", "661e26b3"),
    ("discretionary", "ff007fb9", "66007fb9"),
    ("unknown", "ff63605f", "5563605f"),
    ("idle", "ff1e26b3", "661e26b3"),
    ("suspected_idle", "ff007fb9", "66007fb9"),
    ("inefficient", "ffb06f3d", "66b06f3d"),
    ("corner", "ff006eb8", "66006eb8"),
    ("enclosed", "ff006eb8", "66006eb8"),
    ("interlocked", "ff006eb8", "66006eb8"),
    ("plain", "ff444444", "33888888"),
];

/// Writes `name.kml`. Rows without a shape are left out: a place mark has a place.
pub(super) fn write(
    folder: &ResultFolder,
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
) -> Result<(), WriteError> {
    let name = format!("{}.kml", table.name);
    let failed = |source| folder.io_error(&name, source);
    let Some(degrees) = &geometry.degrees else {
        return Err(WriteError::NoDegrees {
            file: folder.shown(&name),
            crs: geometry.crs.label(),
        });
    };
    let mut file = File::create(folder.path(&name)).map_err(failed)?;
    file.write_all(head(table).as_bytes()).map_err(failed)?;
    let styled = STYLED.iter().find_map(|name| {
        table
            .columns
            .iter()
            .position(|column| column.name == **name)
    });
    in_order(
        table.rows,
        ROWS,
        |rows| {
            let mut out = Vec::new();
            for row in rows {
                let shape = degrees(row);
                let sane = |at: &geo::Coord| {
                    at.x.abs() <= 180.0
                        && at.y.abs() <= 90.0
                        && at.x.is_finite()
                        && at.y.is_finite()
                };
                if !shape.is_empty() && shape.coords().iter().all(sane) {
                    placemark(&mut out, table, row, styled);
                    place(&mut out, &Rounded::of(shape));
                    out.extend_from_slice(b"</Placemark>\n");
                }
            }
            Ok(out)
        },
        |out| file.write_all(&out).map_err(failed),
    )?;
    file.write_all(b"</Document>\n</kml>\n").map_err(failed)
}

fn head(table: &Table<'_>) -> String {
    let style = |(word, line, face)| {
        format!(
            "<Style id=\"{word}\"><LineStyle><color>{line}</color><width>2</width></LineStyle><PolyStyle><color>{face}</color></PolyStyle></Style>\n"
        )
    };
    let styles = STYLES.into_iter().map(style).collect::<Vec<_>>().concat();
    let mut names = String::new();
    for column in &table.columns {
        names.push_str("<SimpleField type=\"string\" name=\"");
        names.push_str(&escaped(&column.name));
        names.push_str("\"><displayName>");
        names.push_str(&escaped(&column.alias));
        names.push_str("</displayName></SimpleField>\n");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>{}</name>\n{styles}<Schema name=\"{1}\" id=\"{1}\">\n{names}</Schema>\n",
        escaped(table.title),
        escaped(table.name),
    )
}

/// Everything of a place mark but its place.
fn placemark(out: &mut Vec<u8>, table: &Table<'_>, row: usize, styled: Option<usize>) {
    let text = |at: usize| cell((table.columns[at].cell)(row));
    let name = table.columns.first().and_then(|_| text(0));
    out.extend_from_slice(b"<Placemark><name>");
    let shown = name.unwrap_or_else(|| format!("第 {} 行", row + 1));
    out.extend_from_slice(escaped(&shown).as_bytes());
    out.extend_from_slice(b"</name>");
    let word = styled.and_then(text).unwrap_or_default();
    let known = STYLES.iter().any(|(style, ..)| *style == word);
    out.extend_from_slice(b"<styleUrl>#");
    out.extend_from_slice(if known { word.as_bytes() } else { b"plain" });
    out.extend_from_slice(b"</styleUrl><ExtendedData><SchemaData schemaUrl=\"#");
    out.extend_from_slice(escaped(table.name).as_bytes());
    out.extend_from_slice(b"\">");
    for (at, column) in table.columns.iter().enumerate() {
        if let Some(value) = text(at) {
            out.extend_from_slice(b"<SimpleData name=\"");
            out.extend_from_slice(escaped(&column.name).as_bytes());
            out.extend_from_slice(b"\">");
            out.extend_from_slice(escaped(&value).as_bytes());
            out.extend_from_slice(b"</SimpleData>");
        }
    }
    out.extend_from_slice(b"</SchemaData></ExtendedData>");
}

fn place(out: &mut Vec<u8>, shape: &Rounded) {
    let many = shape.parts.len() > 1;
    if many {
        out.extend_from_slice(b"<MultiGeometry>");
    }
    for part in &shape.parts {
        out.extend_from_slice(b"<Polygon>");
        for (at, ring) in part.iter().enumerate() {
            let side = if at == 0 {
                "outerBoundaryIs"
            } else {
                "innerBoundaryIs"
            };
            out.extend_from_slice(format!("<{side}><LinearRing><coordinates>").as_bytes());
            for (number, [x, y]) in ring.iter().enumerate() {
                if number > 0 {
                    out.push(b' ');
                }
                Decimal::new(*x, shape.places).write_to(out);
                out.push(b',');
                Decimal::new(*y, shape.places).write_to(out);
            }
            out.extend_from_slice(format!("</coordinates></LinearRing></{side}>").as_bytes());
        }
        out.extend_from_slice(b"</Polygon>");
    }
    if many {
        out.extend_from_slice(b"</MultiGeometry>");
    }
}

fn cell(value: Value<'_>) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text.into_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Decimal(decimal) => Some(decimal.to_string()),
    }
}

/// Text as XML takes it; signs that no XML may hold are replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(sign),
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_breaks_out_of_its_element() {
        assert_eq!(
            escaped("<a href=\"x\">&\u{1}甲\n"),
            "&lt;a href=&quot;x&quot;&gt;&amp;\u{fffd}甲\n"
        );
    }
}
