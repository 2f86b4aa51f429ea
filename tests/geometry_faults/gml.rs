//! GML with labels beside outlines, and with members that cannot be read.

use std::path::Path;

use super::{Scanned, fault};

#[test]
fn an_outline_with_a_label_is_read_as_the_outline() {
    let scanned = Scanned::of(&fault("gml-label/g1_label.gml"), &[]);
    assert_eq!(scanned.parcels("area_plane_m2"), vec!["2500.00"; 20]);
    assert!(scanned.summary().contains("label"), "{}", scanned.summary());
}

#[test]
fn a_line_beside_an_outline_costs_nothing_broken_or_not() {
    for name in ["gml-label/g1_badline.gml", "gml-label/g1_line.gml"] {
        let scanned = Scanned::of(&fault(name), &[]);
        assert_eq!(
            scanned.parcels("area_plane_m2"),
            vec!["2500.00"; 20],
            "{name}"
        );
    }
}

fn document(folder: &Path, members: &[String]) -> String {
    let members: Vec<String> = members
        .iter()
        .enumerate()
        .map(|(number, geometry)| {
            format!(
                "<gml:featureMember><ZD><ZDDM>P{number}</ZDDM>{geometry}</ZD></gml:featureMember>"
            )
        })
        .collect();
    let path = folder.join("zd.gml");
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><gml:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml/3.2\">{}</gml:FeatureCollection>",
        members.concat()
    );
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn polygon(positions: &str) -> String {
    format!(
        "<outline><gml:Polygon srsName=\"urn:ogc:def:crs:EPSG::4549\"><gml:exterior><gml:LinearRing><gml:posList>{positions}\
         </gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></outline>"
    )
}

#[test]
fn members_broken_in_other_ways_cost_themselves_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |x: u32| {
        format!(
            "3165000 {x} 3165100 {x} 3165100 {} 3165000 {} 3165000 {x}",
            x + 50,
            x + 50
        )
    };
    let label = "<label><gml:Point srsName=\"urn:ogc:def:crs:EPSG::4549\"><gml:pos>3165050 637010</gml:pos></gml:Point></label>";
    let good = |x| polygon(&at(x));
    let members = [
        good(637_000),
        polygon("3165000 637100 3165100 abc 3165100 637150"),
        format!("{}{label}", good(637_200)),
        polygon(""),
        format!("{label}{}", good(637_300)),
        "<outline><gml:Polygon/></outline>".to_owned(),
        good(637_400),
    ];
    let scanned = Scanned::of(&document(folder.path(), &members), &[]);
    assert_eq!(scanned.parcels("parcel_id"), ["P0", "P2", "P4", "P6"]);
    assert_eq!(scanned.parcels("area_plane_m2"), vec!["5000.00"; 4]);
    let mut left: Vec<String> = scanned
        .defects()
        .into_iter()
        .map(|(feature, _)| feature)
        .collect();
    left.retain(|feature| ["P1", "P3", "P5"].contains(&feature.as_str()));
    left.dedup();
    assert_eq!(left, ["P1", "P3", "P5"]);
}
