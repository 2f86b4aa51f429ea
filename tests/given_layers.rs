//! Scattered pieces, survey boundary and obstacles as departments write them, and the column of `--group-by`.

use std::fmt::Write as _;
use std::path::Path;

use plotratio::formats::Source;
use plotratio::model::{LayerKind, ObstacleKind};
use plotratio::read::{Inputs, Request};

use crate::read_city::ReadCity;

/// The `at`-th square of a row of squares of 100 m in EPSG:4549.
fn square(at: usize) -> String {
    let west = 636_000 + 100 * at;
    let east = west + 100;
    let (south, north) = (3_165_000, 3_165_100);
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

/// A table of squares; the first row is the header. A row that ends in a geometry keeps it.
fn table(folder: &Path, name: &str, rows: &[&str]) -> Request {
    let mut text = format!("{},WKT\n", rows[0]);
    for (at, row) in rows[1..].iter().enumerate() {
        match row.split_once('|') {
            Some((values, shape)) => writeln!(text, "{values},\"{shape}\"").unwrap(),
            None => writeln!(text, "{row},\"{}\"", square(at)).unwrap(),
        }
    }
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    Request {
        source: Source::File { path, layer: None },
        filter: None,
        crs: Some("EPSG:4549".into()),
        encoding: None,
    }
}

const PARCELS: &[&str] = &["ZDDM,XZMC,nd", "A,城东,2021", "B,,2022"];

fn read(layer: LayerKind, rows: &[&str], group_by: Option<&str>) -> Result<ReadCity, String> {
    let folder = tempfile::tempdir().unwrap();
    let given = |kind: LayerKind| {
        (kind == layer).then(|| table(folder.path(), &format!("{}.csv", kind.name()), rows))
    };
    let inputs = Inputs {
        group_by: group_by.map(Into::into),
        ..Inputs::of(
            given(LayerKind::Parcels)
                .unwrap_or_else(|| table(folder.path(), "parcels.csv", PARCELS)),
        )
        .with(LayerKind::Scattered, given(LayerKind::Scattered))
        .with(LayerKind::Boundary, given(LayerKind::Boundary))
        .with(LayerKind::Obstacles, given(LayerKind::Obstacles))
    };
    ReadCity::of(&inputs).map_err(|why| why.to_string())
}

/// The defects: layer, feature, kind.
fn defects(city: &ReadCity) -> Vec<(&'static str, &str, &'static str)> {
    let defects = city.remarks.defects.iter();
    defects
        .map(|defect| {
            (
                defect.layer.name(),
                defect.feature.as_str(),
                defect.kind.name(),
            )
        })
        .collect()
}

#[test]
fn a_scattered_piece_says_whether_it_conforms_and_to_whom_it_went() {
    let rows = [
        "零星地块编号,是否符合规划,受让宗地",
        "L1,是,A;B",
        "L2,不符合,",
        "L3,,A",
        "L4,基本符合,",
    ];
    let city = read(LayerKind::Scattered, &rows, None).unwrap();
    let pieces = &city.scattered.as_ref().unwrap().rows;
    let conforms: Vec<_> = pieces.iter().map(|piece| piece.conforms_to_plan).collect();
    assert_eq!(conforms, [Some(true), Some(false), None, None]);
    let granted: Vec<_> = pieces
        .iter()
        .map(|piece| piece.granted_to.as_deref())
        .collect();
    assert_eq!(granted, [Some("A;B"), None, Some("A"), None]);
    assert_eq!(
        defects(&city),
        [("scattered", "L4", "unreadable_yes_or_no")]
    );
    assert!(
        city.remarks.defects[0]
            .detail
            .contains("`是否符合规划` says `基本符合`"),
        "{}",
        city.remarks.defects[0].detail
    );
}

#[test]
fn pieces_are_told_apart_by_their_ids_and_roads_need_none() {
    let city = read(LayerKind::Scattered, &["id,FHGH", "L,1", "L,0", ",1"], None).unwrap();
    assert_eq!(
        defects(&city),
        [
            ("scattered", "row 2", "missing_id"),
            ("scattered", "L", "duplicate_id")
        ]
    );
    for layer in [LayerKind::Obstacles, LayerKind::Boundary] {
        for rows in [["id,n", "L,1", "L,0", ",1"], ["m,n", "L,1", "L,0", ",1"]] {
            let city = read(layer, &rows, None).unwrap();
            assert_eq!(defects(&city), []);
            let named = |note: &&String| note.starts_with(layer.name()) && note.contains("row");
            assert_eq!(city.remarks.notes.iter().find(named), None);
        }
    }
}

#[test]
fn obstacles_are_what_their_layer_calls_them() {
    use ObstacleKind::{Ditch, Other, Rail, Road, Water};
    let kinds = |rows: &[&str]| -> Vec<_> {
        let city = read(LayerKind::Obstacles, rows, None).unwrap();
        let rows = city.city.obstacles.unwrap().rows;
        rows.iter().map(|obstacle| obstacle.kind).collect()
    };
    let survey = ["DLBM,BSM", "1001,1", "1003,2", "1107A,3", ",4", "0601,5"];
    assert_eq!(
        kinds(&survey),
        [Some(Rail), Some(Road), Some(Ditch), None, Some(Other)]
    );
    // the name of the class goes before its code
    assert_eq!(
        kinds(&["DLBM,DLMC", "1001,河流水面", "1101,"]),
        [Some(Water), None]
    );
    assert_eq!(
        kinds(&["YDYHFLDM", "1207", "1001"]),
        [Some(Road), Some(Other)]
    );
    let city = read(
        LayerKind::Obstacles,
        &["kind,名称", "高压走廊,新桥线"],
        None,
    )
    .unwrap();
    let wire = &city.obstacles.as_ref().unwrap().rows[0];
    assert_eq!(
        (wire.kind, wire.kind_given.as_deref(), wire.name.as_deref()),
        (Some(Other), Some("高压走廊"), Some("新桥线"))
    );
}

#[test]
fn roads_as_lines_are_left_out_with_one_note() {
    let line = "road|LINESTRING(636000 3165000,636100 3165000)";
    for rows in [
        vec!["kind", line, "road|POINT(636000 3165000)", "water"],
        vec!["kind", line, line],
    ] {
        let city = read(LayerKind::Obstacles, &rows, None).unwrap();
        let account = city.obstacles.as_ref().unwrap().account;
        assert_eq!(
            (account.read, account.quarantined),
            (rows.len() as u64 - 1, 2)
        );
        assert!(
            defects(&city)
                .iter()
                .all(|defect| defect.2 == "not_polygonal")
        );
        let notes: Vec<_> = (city.remarks.notes)
            .iter()
            .filter(|note| note.contains("lines have no width"))
            .collect();
        assert_eq!(notes.len(), 1, "{:?}", city.remarks.notes);
        assert!(notes[0].starts_with("obstacles: 2 of them"), "{}", notes[0]);
    }
}

#[test]
fn parcels_are_grouped_by_any_of_their_columns() {
    let groups = |column: &str| -> (Vec<Option<String>>, String) {
        let city = read(LayerKind::Scattered, &["id", "L"], Some(column)).unwrap();
        let group =
            |terms: &plotratio::model::ParcelTerms| terms.group.as_deref().map(String::from);
        let rows = city.parcels.rows.iter();
        (
            rows.map(|parcel| parcel.terms.as_deref().and_then(group))
                .collect(),
            city.city.group_by.unwrap(),
        )
    };
    let town = (vec![Some("城东".to_owned()), None], "XZMC".to_owned());
    assert_eq!(groups("XZMC"), town);
    assert_eq!(groups("town"), town);
    let year = vec![Some("2021".to_owned()), Some("2022".to_owned())];
    assert_eq!(groups("ND"), (year, "nd".to_owned()));
    let why = read(LayerKind::Parcels, PARCELS, Some("街道办")).unwrap_err();
    assert!(
        why.contains("`--group-by 街道办`") && why.contains("it has ZDDM, XZMC, nd"),
        "{why}"
    );
}
