//! Text in any encoding, of Shapefiles and of CSV.

use super::*;

#[test]
fn shapefile_text_is_read_by_its_bytes_whatever_the_cpg_says() {
    for (written, cpg) in [
        ("UTF-8", Some("UTF-8")),
        ("UTF-8", None),
        ("UTF-8", Some("GBK")),
        ("GBK", Some("GBK")),
        ("GBK", None),
        ("GBK", Some("UTF-8")),
        ("GBK", Some("OEM 936")),
        ("GBK", Some("ANSI 1252")),
    ] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("宗地.shp");
        write(
            "ESRI Shapefile",
            &path,
            "宗地",
            &[&format!("ENCODING={written}")],
            &[("用途", TEXT), ("ZDMJ", OGRFieldType::OFTReal)],
            &[
                (SQUARE, &["工业用地", "100.5"]),
                (SQUARE, &["温岭市泵业有限公司", ""]),
            ],
        );
        let beside = path.with_extension("cpg");
        match cpg {
            Some(label) => fs::write(&beside, label).unwrap(),
            None => fs::remove_file(&beside).unwrap_or_default(),
        }
        // Language 0, so that nothing but the bytes tells.
        let mut dbf = fs::read(path.with_extension("dbf")).unwrap();
        dbf[29] = 0;
        fs::write(path.with_extension("dbf"), dbf).unwrap();
        let before = listing(folder.path());
        let mut layer = open(&path);
        let case = format!("{written} {cpg:?} {:?}", layer.schema().notes);
        assert_eq!(layer.schema().name, "宗地");
        assert_eq!(
            texts(layer.as_mut(), "用途"),
            [
                Some("工业用地".to_owned()),
                Some("温岭市泵业有限公司".to_owned())
            ],
            "{case}"
        );
        assert_eq!(
            texts(layer.as_mut(), "ZDMJ"),
            [Some("100.5".to_owned()), None],
            "{case}"
        );
        assert_eq!(
            layer.schema().notes.is_empty(),
            (written, cpg) == ("UTF-8", Some("UTF-8")),
            "{case}"
        );
        drop(layer);
        assert_eq!(listing(folder.path()), before);
    }
}

#[test]
fn an_encoding_the_user_names_wins_and_an_unknown_one_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.shp");
    write(
        "ESRI Shapefile",
        &path,
        "a",
        &["ENCODING=UTF-8"],
        &[("T", TEXT)],
        &[(SQUARE, &["ñ"])],
    );
    let named = |label: &str| {
        let options = OpenOptions {
            encoding: Some(label.to_owned()),
            role: None,
        };
        open_with_gdal(&Source::parse(&path.display().to_string()), &options)
    };
    assert_eq!(
        texts(named("windows-1252").unwrap().as_mut(), "T"),
        [Some("Ã±".to_owned())]
    );
    assert!(
        named("klingon")
            .err()
            .unwrap()
            .to_string()
            .contains("names no encoding")
    );
}

#[test]
fn a_csv_of_any_encoding_is_a_layer_with_wkt_and_a_table_without() {
    let folder = TempDir::new().unwrap();
    let text = "编号,用途,坐标\n1,工业用地,\"POLYGON ((0 0,10.123456789012 0,10 10,0 10,0 0))\"\n2,仓储用地,\n";
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("gbk.csv", GB18030.encode(text).0.into_owned()),
        ("utf8.csv", text.as_bytes().to_vec()),
        ("bom.csv", format!("\u{feff}{text}").into_bytes()),
        ("utf16.csv", utf16),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let mut layer = open(&path);
        assert!(layer.schema().has_geometry, "{name}");
        assert_eq!(
            layer.schema().fields.len(),
            2,
            "{name} {:?}",
            layer.schema().fields
        );
        assert_eq!(
            texts(layer.as_mut(), "编号"),
            [Some("1".to_owned()), Some("2".to_owned())],
            "{name}"
        );
        assert_eq!(
            texts(layer.as_mut(), "用途"),
            [Some("工业用地".to_owned()), Some("仓储用地".to_owned())],
            "{name}"
        );
        let batches = read(layer.as_mut());
        let x = batches[0].shapes.as_ref().unwrap().get(0).coords()[1].x;
        assert_eq!(x.to_bits(), 10.123_456_789_012_f64.to_bits());
        assert_eq!(batches[0].flaws, [(1, GeometryFlaw::Null)], "{name}");
    }
    let path = folder.path().join("table.csv");
    fs::write(&path, "a;b\n1;2\n").unwrap();
    let mut layer = open(&path);
    assert!(!layer.schema().has_geometry);
    assert_eq!(texts(layer.as_mut(), "b"), [Some("2".to_owned())]);
}
