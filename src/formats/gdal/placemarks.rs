//! A KML whose data stand in the tables of its descriptions, whose names are all that it says, or that is not in UTF-8 →
//! the same as GDAL reads it.

use std::fmt::Write as _;

use encoding_rs::{Encoding, UTF_8};

/// The document rewritten; nothing where GDAL reads all of it as it is.
pub(super) fn rewrite(bytes: &[u8]) -> Option<Vec<u8>> {
    let (text, is_other) = decoded(bytes)?;
    let marks: Vec<&str> = placemarks(&text).map(|(_, mark)| mark).collect();
    let tables: Vec<Vec<(String, String)>> = marks
        .iter()
        .map(|mark| {
            let description = element(mark, "description");
            let is_bare = !mark.contains("<ExtendedData");
            let description = description.filter(|_| is_bare);
            description.map_or_else(Vec::new, |text| rows(&plain(text)))
        })
        .collect();
    let has_data = text.contains("<ExtendedData");
    let any_table = tables.iter().any(|rows| !rows.is_empty());
    if !any_table && has_data {
        return is_other.then(|| text.into_bytes());
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for ((at, mark), rows) in placemarks(&text).zip(tables) {
        let named = element(mark, "name").map(|name| ("id".to_owned(), plain(name)));
        // where placemarks have nothing else, their names tell them apart
        let data = if any_table {
            rows
        } else {
            named.into_iter().collect()
        };
        let begin = at + mark.find('>')? + 1;
        out.push_str(&text[done..begin]);
        done = begin;
        if !data.is_empty() {
            out.push_str("<ExtendedData>");
            for (name, value) in data {
                let (name, value) = (escaped(&name), escaped(&value));
                let _ = write!(out, "<Data name=\"{name}\"><value>{value}</value></Data>");
            }
            out.push_str("</ExtendedData>");
        }
    }
    out.push_str(&text[done..]);
    Some(out.into_bytes())
}

/// The text, said to be in UTF-8, and whether it was in another encoding.
fn decoded(bytes: &[u8]) -> Option<(String, bool)> {
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let said = head
        .split_once("encoding=")
        .and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next())
        .map(str::to_owned);
    let encoding = said
        .as_deref()
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .unwrap_or(UTF_8);
    let (text, _, is_broken) = encoding.decode(bytes);
    if is_broken {
        return None;
    }
    let is_other = encoding != UTF_8;
    let text = match said {
        Some(said) if is_other => text.replacen(&said, "UTF-8", 1),
        _ => text.into_owned(),
    };
    Some((text, is_other))
}

/// Every placemark, and where it begins.
fn placemarks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("<Placemark").filter_map(|(at, _)| {
        let rest = &text[at..];
        Some((at, &rest[..rest.find("</Placemark>")?]))
    })
}

/// What stands in the first element of a name.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}

/// Text without the marks of CDATA and the entities.
fn plain(text: &str) -> String {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix("<![CDATA[") {
        return inner.trim_end_matches("]]>").trim().to_owned();
    }
    entities(text)
}

fn entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The rows of two cells in the tables of a page, each name once.
fn rows(html: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let (mut row, mut cell): (Vec<String>, Option<String>) = (Vec::new(), None);
    for piece in html.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let tag = tag.trim().to_ascii_lowercase();
        let word = tag.split([' ', '\n', '\t']).next().unwrap_or_default();
        match word {
            "tr" => (row, cell) = (Vec::new(), None),
            "td" | "th" => cell = Some(text.to_owned()),
            "/td" | "/th" => row.extend(cell.take()),
            "/tr" => {
                if let [name, value] = &row[..] {
                    let (name, value) = (entities(name), entities(value));
                    let (name, value) = (name.trim(), value.trim());
                    let is_new = found.iter().all(|(there, _)| there != name);
                    if !name.is_empty() && is_new {
                        found.push((name.to_owned(), value.to_owned()));
                    }
                }
                row.clear();
            }
            _ => {
                if let Some(cell) = &mut cell {
                    cell.push_str(text);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kml(inside: &str) -> Option<String> {
        let text = format!(
            "<kml><Document><Placemark id=\"1\">{inside}<Polygon/></Placemark></Document></kml>"
        );
        rewrite(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn rows_of_a_table_become_data() {
        for description in [
            "<![CDATA[<table><tr><td>宗地代码</td><td>A&amp;1</td></tr><tr><td>用途</td><td></td></tr></table>]]>",
            "&lt;table border=1&gt;&lt;tr bgcolor=\"#fff\"&gt;&lt;td&gt;&lt;b&gt;宗地代码&lt;/b&gt;&lt;/td&gt;&lt;td&gt;A&amp;amp;1&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;th&gt;用途&lt;/th&gt;&lt;td&gt;&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;",
            "<![CDATA[<html><table><tr><td>标题</td></tr><tr><td><table><tr><td>宗地代码</td><td>A&amp;1</td></tr><tr><td>用途</td><td></td></tr></table></td></tr></table>]]>",
        ] {
            let text = kml(&format!(
                "<name>x</name><description>{description}</description>"
            ))
            .unwrap();
            assert!(
                text.contains(
                    "<Placemark id=\"1\"><ExtendedData><Data name=\"宗地代码\"><value>A&amp;1</value></Data>\
                     <Data name=\"用途\"><value></value></Data></ExtendedData><name>x</name>"
                ),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_is_an_id_where_nothing_else_is_said() {
        let text = kml("<name>G1</name><description>近期出让</description>").unwrap();
        assert!(text.contains("<Data name=\"id\"><value>G1</value></Data>"));
        let data = "<name>x</name><ExtendedData><Data name=\"宗地代码\"><value>1</value></Data></ExtendedData>";
        assert_eq!(kml(data), None);
    }
}
