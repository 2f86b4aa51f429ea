//! GML that GDAL gives up on, or of which it reads the wrong geometry → the same without the members that cannot be read.

use std::ops::Range;

use gdal::vector::Geometry;
use rustc_hash::FxHashMap;

use super::messages;
use crate::geometry::Shapes;
use crate::read::{Batch, GeometryFlaw};

/// The elements of GML that are geometries; the outermost one of a feature is what GDAL makes a geometry of.
const GEOMETRIES: [&[u8]; 21] = [
    b"Polygon",
    b"PolygonPatch",
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
    b"Point",
    b"MultiPoint",
    b"LineString",
    b"MultiLineString",
    b"Curve",
    b"MultiCurve",
    b"CompositeCurve",
    b"OrientableCurve",
];

/// A document without the geometries that cannot be read.
pub(super) struct Cut {
    pub(super) bytes: Vec<u8>,
    /// For each kind of feature, by its local name: the 0-based numbers of those that lost a geometry, and why.
    pub(super) broken: FxHashMap<String, Vec<(u64, String)>>,
}

/// Takes every geometry out that GDAL does not understand.
pub(super) fn cut_broken(bytes: &[u8]) -> Cut {
    let mut out = Vec::with_capacity(bytes.len());
    let mut broken: FxHashMap<String, Vec<(u64, String)>> = FxHashMap::default();
    let mut kept_to = 0;
    for found in Scan::new(bytes) {
        let snippet = String::from_utf8_lossy(&bytes[found.range.clone()]);
        messages::take();
        let read = Geometry::from_gml(&snippet);
        let said = messages::take();
        if read.is_ok() && said.failures == 0 {
            continue;
        }
        out.extend_from_slice(&bytes[kept_to..found.range.start]);
        kept_to = found.range.end;
        let names = broken.entry(found.feature).or_default();
        names.push((found.number, said.why()));
    }
    out.extend_from_slice(&bytes[kept_to..]);
    Cut { bytes: out, broken }
}

/// An outermost geometry, and the feature that it belongs to.
struct Found {
    range: Range<usize>,
    feature: String,
    number: u64,
}

/// Goes through the tags of a document; what is no well-formed XML it leaves to GDAL to complain of.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The local names of the elements that are open.
    open: Vec<&'a [u8]>,
    /// How deep the geometry is that is open, and where it begins.
    geometry: Option<(usize, usize)>,
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
        if self.geometry.is_none() && self.feature.is_some() && GEOMETRIES.contains(&name) {
            self.geometry = Some((self.open.len(), from));
        }
        self.open.push(name);
    }

    fn end(&mut self, to: usize) -> Option<Found> {
        self.open.pop();
        let (depth, from) = self.geometry?;
        if self.open.len() > depth {
            return None;
        }
        self.geometry = None;
        let feature = self.feature?;
        Some(Found {
            range: from..to,
            feature: String::from_utf8_lossy(feature).into_owned(),
            number: self.counts.get(feature)? - 1,
        })
    }
}

impl Iterator for Scan<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
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

/// Gives the rows that have a point or a line the area that `all` found beside it; how many.
pub(super) fn take_areas(batches: &mut [Batch], all: &[Batch]) -> usize {
    let mut taken = 0;
    for (batch, all) in batches.iter_mut().zip(all) {
        let (Some(shapes), Some(found)) = (&batch.shapes, &all.shapes) else {
            continue;
        };
        if batch.rows != all.rows || batch.flaws.is_empty() {
            continue;
        }
        let mut mixed = Shapes::default();
        let mut flaws = std::mem::take(&mut batch.flaws).into_iter().peekable();
        for row in 0..batch.rows {
            let flaw = flaws.next_if(|(flawed, _)| *flawed as usize == row);
            let label = matches!(flaw, Some((_, GeometryFlaw::NotPolygonal(_))));
            if label && !found.get(row).is_empty() {
                mixed.push(found.get(row));
                taken += 1;
            } else {
                mixed.push(shapes.get(row));
                batch.flaws.extend(flaw);
            }
        }
        batch.shapes = Some(mixed);
    }
    taken
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
        for bad in ["0 0 1 0 1", ""] {
            let bad = parcel(bad);
            let text = document(&[&good, "<Q><o/></Q>", &bad, &good]);
            let cut = cut_broken(text.as_bytes());
            let rows: Vec<u64> = cut.broken["P"].iter().map(|(row, _)| *row).collect();
            assert_eq!(rows, [1], "{bad}");
            let expected = document(&[&good, "<Q><o/></Q>", "<P><o></o></P>", &good]);
            assert_eq!(String::from_utf8(cut.bytes).unwrap(), expected);
        }
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
            let cut = cut_broken(text.as_bytes());
            assert_eq!((cut.bytes, cut.broken.len()), (text.as_bytes().to_vec(), 0));
        }
    }
}
