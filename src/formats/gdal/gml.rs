//! GML that GDAL gives up on, or of which it reads the wrong geometry → the same without the members that cannot be read.

use std::ops::Range;

use gdal::vector::Geometry;
use rustc_hash::{FxHashMap, FxHashSet};

use super::messages;
use crate::formats::{Batch, GeometryFlaw};

/// The elements of GML that are geometries with an area; the outermost one of a feature is what GDAL makes a geometry of.
const AREAS: [&[u8]; 13] = [
    b"Polygon",
    b"Surface",
    b"MultiSurface",
    b"MultiPolygon",
    b"CompositeSurface",
    b"OrientableSurface",
    b"PolyhedralSurface",
    b"TriangulatedSurface",
    b"Tin",
    b"Solid",
    b"MultiSolid",
    b"MultiGeometry",
    b"TopoSurface",
];
/// Those that have none.
const LABELS: [&[u8]; 8] = [
    b"Point",
    b"MultiPoint",
    b"LineString",
    b"MultiLineString",
    b"Curve",
    b"MultiCurve",
    b"CompositeCurve",
    b"OrientableCurve",
];

/// A document without the geometries that cannot be read, and without those beside an area.
pub(super) struct Cut {
    pub(super) bytes: Vec<u8>,
    /// For each kind of feature, by its local name: the 0-based numbers of those that lost a geometry, and why.
    pub(super) broken: FxHashMap<String, Vec<(u64, String)>>,
    /// How many points and lines beside an area were taken out.
    pub(super) labels: usize,
}

/// Takes every point and line out that stands beside an area, and every other geometry that GDAL does not understand.
pub(super) fn cut(bytes: &[u8]) -> Cut {
    let all: Vec<MembersFound> = Scan::new(bytes).collect();
    let with_area: FxHashSet<(&str, u64)> = all
        .iter()
        .filter(|found| found.area)
        .map(|found| (found.feature.as_str(), found.number))
        .collect();
    let mut cut = Cut {
        bytes: Vec::with_capacity(bytes.len()),
        broken: FxHashMap::default(),
        labels: 0,
    };
    let mut kept_to = 0;
    for found in &all {
        if !found.area && with_area.contains(&(found.feature.as_str(), found.number)) {
            cut.labels += 1;
        } else {
            let geometry = &bytes[found.range.clone()];
            let Some(why) = no_numbers(geometry).or_else(|| unread(geometry)) else {
                continue;
            };
            let names = cut.broken.entry(found.feature.clone()).or_default();
            names.push((found.number, why));
        }
        cut.bytes
            .extend_from_slice(&bytes[kept_to..found.range.start]);
        kept_to = found.range.end;
    }
    cut.bytes.extend_from_slice(&bytes[kept_to..]);
    cut
}

/// Why GDAL does not read a geometry; `None` where it does.
fn unread(geometry: &[u8]) -> Option<String> {
    messages::take();
    let read = Geometry::from_gml(&String::from_utf8_lossy(geometry));
    let said = messages::take();
    (read.is_err() || said.failures > 0).then(|| said.why())
}

/// The first coordinates in a document with a word among them, for which GDAL takes 0 without a word.
pub(super) fn no_numbers(bytes: &[u8]) -> Option<String> {
    let is_of_number = |byte: &u8| {
        byte.is_ascii_digit() || byte.is_ascii_whitespace() || b"+-.,;eEnNaA".contains(byte)
    };
    bytes.split(|byte| *byte == b'<').find_map(|piece| {
        let end = piece.iter().position(|byte| *byte == b'>')?;
        let (tag, text) = (&piece[..end], &piece[end + 1..]);
        let is_place = matches!(local_name(tag), b"pos" | b"posList" | b"coordinates");
        let is_wrong = is_place && !tag.starts_with(b"/") && !text.iter().all(is_of_number);
        is_wrong.then(|| {
            let text = String::from_utf8_lossy(text);
            let word = text
                .split([' ', ',', '\n', '\t'])
                .find(|word| !word.as_bytes().iter().all(is_of_number));
            format!("a coordinate is no number: `{}`", word.unwrap_or_default())
        })
    })
}

/// The only CRS that a document names: one geometry that names none keeps GDAL from telling that of all others.
pub(super) fn only_crs(bytes: &[u8]) -> Option<String> {
    let mut found: Option<&[u8]> = None;
    let mut rest = bytes;
    let key = b"srsName=";
    while let Some(at) = rest.windows(key.len()).position(|window| window == key) {
        rest = &rest[at + key.len()..];
        let (&quote, value) = rest.split_first()?;
        let end = value.iter().position(|byte| *byte == quote)?;
        let value = &value[..end];
        if found.is_some_and(|found| found != value) {
            return None;
        }
        found = Some(value);
    }
    String::from_utf8(found?.to_vec()).ok()
}

/// An outermost geometry, and the feature that it belongs to.
struct MembersFound {
    range: Range<usize>,
    area: bool,
    feature: String,
    number: u64,
}

/// Goes through the tags of a document; what is no well-formed XML it leaves to GDAL to complain of.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The local names of the elements that are open.
    open: Vec<&'a [u8]>,
    /// How deep the geometry is that is open, where it begins, and whether it has an area.
    geometry: Option<(usize, usize, bool)>,
    /// How many features of a name there were.
    counts: FxHashMap<&'a [u8], u64>,
    feature: Option<&'a [u8]>,
}

impl<'a> Scan<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            open: Vec::new(),
            geometry: None,
            counts: FxHashMap::default(),
            feature: None,
        }
    }

    /// The position after the next `end` from here on.
    fn after(&self, end: &[u8]) -> Option<usize> {
        let rest = self.bytes.get(self.at..)?;
        let found = rest.windows(end.len()).position(|window| window == end)?;
        Some(self.at + found + end.len())
    }

    /// The end of the tag that begins here: the next `>` outside quotes.
    fn tag_end(&self) -> Option<usize> {
        let mut quote = None;
        for (at, &byte) in self.bytes.iter().enumerate().skip(self.at) {
            match (quote, byte) {
                (None, b'>') => return Some(at + 1),
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
        }
        None
    }

    fn begin(&mut self, name: &'a [u8], from: usize) {
        let holder =
            |parent: &&[u8]| matches!(*parent, b"featureMember" | b"featureMembers" | b"member");
        if self.geometry.is_none() && self.open.last().is_some_and(holder) {
            *self.counts.entry(name).or_default() += 1;
            self.feature = Some(name);
        }
        let area = AREAS.contains(&name);
        if self.geometry.is_none() && self.feature.is_some() && (area || LABELS.contains(&name)) {
            self.geometry = Some((self.open.len(), from, area));
        }
        self.open.push(name);
    }

    fn end(&mut self, to: usize) -> Option<MembersFound> {
        self.open.pop();
        let (depth, from, area) = self.geometry?;
        if self.open.len() > depth {
            return None;
        }
        self.geometry = None;
        let feature = self.feature?;
        Some(MembersFound {
            range: from..to,
            area,
            feature: String::from_utf8_lossy(feature).into_owned(),
            number: self.counts.get(feature)? - 1,
        })
    }
}

impl Iterator for Scan<'_> {
    type Item = MembersFound;

    fn next(&mut self) -> Option<MembersFound> {
        loop {
            self.at = self.after(b"<")? - 1;
            let rest = &self.bytes[self.at..];
            if rest.starts_with(b"<!--") {
                self.at = self.after(b"-->")?;
            } else if rest.starts_with(b"<![CDATA[") {
                self.at = self.after(b"]]>")?;
            } else if rest.starts_with(b"<?") || rest.starts_with(b"<!") {
                self.at = self.after(b">")?;
            } else {
                let (from, to) = (self.at, self.tag_end()?);
                self.at = to;
                let tag = &self.bytes[from + 1..to - 1];
                if tag.first() == Some(&b'/') {
                    if let Some(found) = self.end(to) {
                        return Some(found);
                    }
                    continue;
                }
                let empty = tag.last() == Some(&b'/');
                self.begin(local_name(tag), from);
                if empty && let Some(found) = self.end(to) {
                    return Some(found);
                }
            }
        }
    }
}

/// The name in a tag, without its prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || *byte == b'/')
        .unwrap_or(tag.len());
    let name = &tag[..end];
    let colon = name.iter().rposition(|byte| *byte == b':');
    colon.map_or(name, |colon| &name[colon + 1..])
}

/// Marks the rows that lost a geometry that could not be read.
pub(super) fn mark_broken(batches: &mut [Batch], broken: &[(u64, String)]) {
    for batch in batches {
        let first = batch.first_row;
        for (row, flaw) in &mut batch.flaws {
            let number = first + u64::from(*row);
            if let (GeometryFlaw::Null, Ok(at)) = (
                &*flaw,
                broken.binary_search_by_key(&number, |(row, _)| *row),
            ) {
                *flaw = GeometryFlaw::Undecodable(broken[at].1.clone());
            }
        }
    }
}

/// Whether a row has a point or a line where an area is wanted.
pub(super) fn has_labels(batches: &[Batch]) -> bool {
    let is_label = |(_, flaw): &(u32, GeometryFlaw)| matches!(flaw, GeometryFlaw::NotPolygonal(_));
    batches.iter().any(|batch| batch.flaws.iter().any(is_label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(members: &[&str]) -> String {
        let member = |text: &&str| format!("<gml:featureMember>{text}</gml:featureMember>");
        let members: String = members.iter().map(member).collect();
        format!("<?xml version='1.0'?><!-- <a> --><c xmlns:gml='x>y'>{members}</c>")
    }

    fn parcel(positions: &str) -> String {
        format!(
            "<P><o><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList srsDimension='2'>{positions}</gml:posList>\
             </gml:LinearRing></gml:exterior></gml:Polygon></o></P>"
        )
    }

    #[test]
    fn only_the_geometry_that_cannot_be_read_is_taken_out() {
        messages::listen();
        let good = parcel("0 0 1 0 1 1 0 0");
        let bad = parcel("0 0 1 0 1");
        let text = document(&[&good, "<Q><o/></Q>", &bad, &good]);
        let cut = cut(text.as_bytes());
        let rows: Vec<u64> = cut.broken["P"].iter().map(|(row, _)| *row).collect();
        assert_eq!(rows, [1]);
        let expected = document(&[&good, "<Q><o/></Q>", "<P><o></o></P>", &good]);
        assert_eq!(String::from_utf8(cut.bytes).unwrap(), expected);
    }

    #[test]
    fn a_word_among_coordinates_is_no_zero() {
        messages::listen();
        let (good, bad) = (parcel("0 0 1 0 1 1 0 0"), parcel("0 0 1e3 0 x 1 0 0"));
        assert_eq!(no_numbers(good.as_bytes()), None);
        let cut = cut(document(&[&good, &bad]).as_bytes());
        assert_eq!(
            cut.broken["P"],
            [(1, "a coordinate is no number: `x`".to_owned())]
        );
    }

    #[test]
    fn a_label_goes_only_where_an_area_stands_beside_it() {
        messages::listen();
        let label = "<l><gml:Point><gml:pos>0 0</gml:pos></gml:Point></l>";
        let area = parcel("0 0 1 0 1 1 0 0").replace("</P>", &format!("{label}</P>"));
        let alone = format!("<P>{label}</P>");
        let text = document(&[&area, &alone]);
        let cut = cut(text.as_bytes());
        let expected = document(&[&area.replace(label, "<l></l>"), &alone]);
        assert_eq!((cut.labels, cut.broken.len()), (1, 0));
        assert_eq!(String::from_utf8(cut.bytes).unwrap(), expected);
    }

    #[test]
    fn the_only_crs_that_is_named_is_that_of_all() {
        let named = |text: &str| only_crs(text.as_bytes());
        assert_eq!(
            named("<a srsName=\"x\"/><b/><c srsName=\"x\">").as_deref(),
            Some("x")
        );
        assert_eq!(named("<a srsName='x'/><c srsName='y'>"), None);
        assert_eq!(
            (named("<a/>"), named("<a srsName=\"x"), named("srsName=")),
            (None, None, None)
        );
    }

    #[test]
    fn what_is_no_xml_is_left_as_it_is() {
        messages::listen();
        for text in [
            "",
            "<",
            "<a",
            "</a></a></a>",
            "<a 'b",
            "<!--",
            "<![CDATA[",
            "<m><member><P><Polygon>",
        ] {
            let cut = cut(text.as_bytes());
            assert_eq!((cut.bytes, cut.broken.len()), (text.as_bytes().to_vec(), 0));
        }
    }
}
