//! A table of text that GDAL does not understand as it is (`|` between cells, EWKT, 坐标串, one column) → the same as it does.

use std::fmt::Write as _;

use crate::geometry::{ewkt, srid_of_text};

/// The columns in which a geometry may be, by their names in capitals.
pub(super) const GEOMETRIES: [&str; 20] = [
    "WKT",
    "GEOM",
    "GEOMETRY",
    "THE_GEOM",
    "SHAPE",
    "WKB_GEOMETRY",
    "EWKT",
    "COORDINATES",
    "COORDS",
    "坐标",
    "坐标串",
    "界址点坐标",
    "界址点坐标串",
    "拐点坐标",
    "拐点坐标串",
    "范围坐标",
    "边界坐标",
    "地块坐标",
    "图形",
    "几何",
];

/// A table as GDAL reads it, and what it said of its CRS.
pub(super) struct Rewritten {
    pub(super) text: Vec<u8>,
    /// `EPSG:n` of EWKT's `SRID=n;`.
    pub(super) crs: Option<String>,
    pub(super) notes: Vec<String>,
}

/// The table rewritten with commas, WKT and at least two columns; nothing where it has all that.
pub(super) fn rewrite(text: &str) -> Option<Rewritten> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let mut reader = reader(text, separator);
    let head: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
    let known = |name: &str| GEOMETRIES.contains(&name.trim().to_uppercase().as_str());
    let sample: Vec<csv::StringRecord> = self::reader(text, separator)
        .into_records()
        .take(200)
        .flatten()
        .collect();
    let any = |at: usize, is: fn(&str) -> bool| sample.iter().filter_map(|row| row.get(at)).any(is);
    let geometries: Vec<usize> = (0..head.len())
        .filter(|&at| known(&head[at]) && any(at, |cell| is_wkt(cell) || is_foreign(cell)))
        .collect();
    let alone = head.len() == 1 && !geometries.is_empty();
    let strange = separator == b'|' || alone || geometries.iter().any(|&at| any(at, is_foreign));
    if !strange {
        return None;
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut crs: Option<String> = None;
    let (mut others, mut rings) = (0_u64, 0_u64);
    let mut names = head.clone();
    if let Some(&at) = geometries.first() {
        "WKT".clone_into(&mut names[at]);
    }
    if alone {
        names.push("row".to_owned());
    }
    out.write_record(&names).ok()?;
    for (number, record) in reader.into_records().enumerate() {
        let record = record.ok()?;
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        cells.resize(head.len(), String::new());
        for &at in &geometries {
            if let Some(srid) = srid_of_text(&cells[at]) {
                let code = format!("EPSG:{srid}");
                let same = *crs.get_or_insert_with(|| code.clone()) == code;
                others += u64::from(!same);
                let shape = ewkt(&cells[at]).map_or(&*cells[at], |(_, wkt)| wkt);
                cells[at] = if same {
                    shape.to_owned()
                } else {
                    String::new()
                };
            } else if let Some(ring) = ring_of(&cells[at]) {
                cells[at] = ring;
                rings += 1;
            }
        }
        if alone {
            cells.push(number.to_string());
        }
        out.write_record(&cells).ok()?;
    }
    let mut notes = Vec::new();
    if rings > 0 {
        notes.push(format!("{rings} lists of coordinates read as outlines"));
    }
    if others > 0 {
        notes.push(format!(
            "{others} rows are in another CRS than {}, that of the first; left out",
            crs.as_deref().unwrap_or_default()
        ));
    }
    Some(Rewritten {
        text: out.into_inner().ok()?,
        crs: crs.filter(|crs| crs != "EPSG:0"),
        notes,
    })
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The sign that stands most often between the cells of the heading.
pub(super) fn separator(text: &str) -> u8 {
    let heading = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0_usize; 4];
    for byte in heading.bytes() {
        quoted ^= byte == b'"';
        if let Some(at) = b",;\t|".iter().position(|sign| *sign == byte && !quoted) {
            counts[at] += 1;
        }
    }
    let most = (0..4).rev().max_by_key(|&at| counts[at]).unwrap_or(0);
    b",;\t|"[most]
}

fn is_wkt(cell: &str) -> bool {
    let cell = cell.trim_start().as_bytes();
    let begins = |word: &[u8]| {
        cell.get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    [
        &b"POLYGON"[..],
        b"MULTIPOLYGON",
        b"GEOMETRYCOLLECTION",
        b"CURVEPOLYGON",
        b"MULTISURFACE",
    ]
    .into_iter()
    .any(begins)
}

/// Whether it is a geometry as GDAL does not read it.
fn is_foreign(cell: &str) -> bool {
    srid_of_text(cell).is_some() || ring_of(cell).is_some()
}

/// A list of at least three points as WKT: pairs (or triples, of which the height is left) apart by `;`, brackets, line
/// breaks, commas or blanks, or all in one row.
fn ring_of(cell: &str) -> Option<String> {
    let allowed =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-.eE,;，；[]()（）|".contains(c);
    let cell = unlabelled(cell);
    let cell = cell.trim();
    if !cell.contains(|c: char| c.is_ascii_digit()) || !cell.chars().all(allowed) {
        return None;
    }
    let grouped = |apart: fn(char) -> bool| -> Option<Vec<(f64, f64)>> {
        let groups: Option<Vec<Vec<f64>>> = cell.split(apart).map(numbers).collect();
        let groups: Vec<Vec<f64>> = groups?
            .into_iter()
            .filter(|group| !group.is_empty())
            .collect();
        let count = groups.first()?.len();
        let even = matches!(count, 2 | 3) && groups.iter().all(|group| group.len() == count);
        even.then(|| groups.iter().map(|group| (group[0], group[1])).collect())
    };
    let plain = || {
        let all = numbers(cell).filter(|all| all.len() % 2 == 0)?;
        Some(all.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
    };
    let points = grouped(|c| ";；|\n\r[]()（）".contains(c))
        .or_else(|| grouped(|c| matches!(c, ',' | '，')))
        .or_else(|| grouped(char::is_whitespace))
        .or_else(plain)?;
    if points.len() < 3 {
        return None;
    }
    let mut wkt = "POLYGON((".to_owned();
    let closing = (points.first() != points.last()).then_some(&points[0]);
    for (number, (x, y)) in points.iter().chain(closing).enumerate() {
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(wkt, "{comma}{x} {y}");
    }
    wkt.push_str("))");
    Some(wkt)
}

/// A list without what names its points and numbers (`J1:`, `X=`).
fn unlabelled(cell: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(cell.len()), cell);
    while let Some(c) = rest.chars().next() {
        let behind_number = plain.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        let after = Some(rest).filter(|_| !behind_number).and_then(after_label);
        if let Some(after) = after {
            plain.push(' ');
            rest = after;
        } else {
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    plain
}

/// What follows a label that a text begins with: letters and a number, or letters and a sign.
fn after_label(text: &str) -> Option<&str> {
    let is_sign = |c: char| matches!(c, ':' | '：' | '=');
    let digits = text.trim_start_matches(char::is_alphabetic);
    let letters = text[..text.len() - digits.len()].chars().count();
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_number = rest.len() < digits.len();
    let ends = if has_number {
        rest.starts_with(|c: char| is_sign(c) || c.is_whitespace() || matches!(c, ',' | '，' | '('))
    } else {
        rest.starts_with(is_sign)
    };
    let after = rest.trim_start_matches(|c: char| is_sign(c) || matches!(c, ',' | '，'));
    ((1..=4).contains(&letters) && ends).then_some(after)
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，'));
    let words = words.filter(|word| !word.is_empty());
    words
        .map(|word| word.parse().ok().filter(|number: &f64| number.is_finite()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(table: &str) -> String {
        String::from_utf8(rewrite(table).unwrap().text).unwrap()
    }

    #[test]
    fn what_gdal_understands_is_left_alone() {
        for table in [
            "id,WKT\n1,\"POLYGON((0 0,1 0,1 1,0 0))\"\n",
            "id;name\n1;a\n",
            "id\tname\n1\ta|b\n",
            "id\n1\n",
            "",
        ] {
            assert!(rewrite(table).is_none(), "{table}");
        }
    }

    #[test]
    fn bars_become_commas_and_a_column_alone_gets_company() {
        assert_eq!(
            text("WKT|a\nPOLYGON((0 0,1 0,1 1,0 0))|x,y\n"),
            "WKT,a\n\"POLYGON((0 0,1 0,1 1,0 0))\",\"x,y\"\n"
        );
        assert_eq!(
            text("WKT\n\"POLYGON((0 0,1 0,1 1,0 0))\"\n"),
            "WKT,row\n\"POLYGON((0 0,1 0,1 1,0 0))\",0\n"
        );
    }

    #[test]
    fn ewkt_says_the_crs() {
        let table = "id,geom\n1,\"SRID=4549;POLYGON((0 0,1 0,1 1,0 0))\"\n2,\"srid = 4549; POLYGON((0 0,1 0,1 1,0 0))\"\n3,SRID=3857;POINT(0 0)\n";
        let found = rewrite(table).unwrap();
        assert_eq!(found.crs.as_deref(), Some("EPSG:4549"));
        assert!(found.notes[0].starts_with("1 rows"), "{:?}", found.notes);
    }

    #[test]
    fn ewkb_says_the_crs_too() {
        let square = "0103000020c51100000100000004000000000000000000000000000000000000000000000000001040000000\
                      00000000000000000000001040000000000000104000000000000000000000000000000000";
        let found = rewrite(&format!("id,geom\n1,{square}\n")).unwrap();
        assert_eq!(found.crs.as_deref(), Some("EPSG:4549"));
    }

    #[test]
    fn lists_of_coordinates_are_outlines_however_they_are_written() {
        let expected = Some("POLYGON((1 2,3 4,5 0,1 2))".to_owned());
        for list in [
            "1,2;3,4;5,0",
            "1 2;3 4;5 0;1 2",
            "1，2；3，4；5，0；",
            "[[1,2],[3,4],[5,0]]",
            "(1,2),(3,4),(5,0)",
            "1,2,3,4,5,0",
            "1 2,3 4,5 0",
            "1,2 3,4 5,0",
            "1 2 9,3 4 9,5 0 9",
            "1,2,9;3,4,9;5,0,9",
            "1 2\n3 4\n5 0",
            "1 2|3 4|5 0",
            "J1:1,2;J2:3,4;J3:5,0",
            "J1(1,2) J2(3,4) J3(5,0)",
            "J1 1 2\nJ2 3 4\nJ3 5 0",
            "界址点1：1，2；界址点2：3，4；界址点3：5，0",
            "X=1,Y=2;X=3,Y=4;X=5,Y=0",
        ] {
            assert_eq!(ring_of(list), expected, "{list}");
        }
        for no in [
            "",
            "1,2;3,4",
            "POLYGON((0 0))",
            "POLYGON((0 0,1 0,1 1,0 0))",
            "1,2;3,4;5",
            "A1:1,2;B",
            "2021-12-26",
            "3.14",
            "a,b;c,d;e,f",
        ] {
            assert_eq!(ring_of(no), None, "{no}");
        }
    }
}
