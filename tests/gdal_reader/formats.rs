//! The other formats of departments, and real data in two of them.

use super::*;

#[test]
fn formats_of_every_department_give_the_same_square() {
    let folder = TempDir::new().unwrap();
    for (driver, name, options) in [
        ("OpenFileGDB", "city.gdb", &[][..]),
        ("GML", "city.gml", &[]),
        ("GeoJSON", "city.geojson", &[]),
        ("MapInfo File", "city.mif", &["ENCODING=UTF-8"]),
        ("SQLite", "city.sqlite", &[]),
    ] {
        let path = folder.path().join(name);
        write(
            driver,
            &path,
            "ZD",
            options,
            &[("ZDDM", TEXT), ("ZDMJ", OGRFieldType::OFTReal)],
            &[
                (SQUARE, &["331081107218GB01022", "100.25"]),
                ("", &["宗地", ""]),
            ],
        );
        let before = listing(folder.path());
        let mut layer = open(&path);
        let field = |layer: &dyn Layer, name: &str| {
            layer
                .schema()
                .fields
                .iter()
                .position(|field| field.name.eq_ignore_ascii_case(name))
                .unwrap()
        };
        let columns = [field(layer.as_ref(), "ZDDM"), field(layer.as_ref(), "ZDMJ")];
        let batches = layer.read(&columns, &|_| ()).unwrap();
        let rows: usize = batches.iter().map(|batch| batch.rows).sum();
        assert_eq!(rows, 2, "{driver}");
        let first = (0..2).find(|&row| {
            Column(&batches[0].columns[0]).text(row).as_deref() == Some("331081107218GB01022")
        });
        let first = first.unwrap_or_else(|| panic!("{driver}"));
        assert_eq!(
            Column(&batches[0].columns[0]).text(1 - first).as_deref(),
            Some("宗地"),
            "{driver}"
        );
        assert_eq!(
            Column(&batches[0].columns[1]).number(first),
            Some(100.25),
            "{driver}"
        );
        // MapInfo has no nulls: its writer makes a zero of one.
        let none = Column(&batches[0].columns[1]).number(1 - first);
        assert_eq!(none.is_none(), driver != "MapInfo File", "{driver}");
        let bounds = batches[0].shapes.as_ref().unwrap().get(first).bounds();
        for (found, wanted) in [
            (bounds.min.x, 0.0),
            (bounds.min.y, 0.0),
            (bounds.max.x, 10.0),
            (bounds.max.y, 10.0),
        ] {
            assert!((found - wanted).abs() < 1e-4, "{driver} {bounds:?}");
        }
        assert_eq!(batches[0].flaws.len(), 1, "{driver} {:?}", batches[0].flaws);
        assert!(
            layer.schema().crs.is_some() || driver == "MapInfo File",
            "{driver}"
        );
        drop(layer);
        assert_eq!(listing(folder.path()), before, "{driver}");
    }
}

#[test]
fn a_spreadsheet_is_a_table_with_its_first_row_as_names() {
    let folder = TempDir::new().unwrap();
    for (driver, name) in [("XLSX", "企业.xlsx"), ("ODS", "企业.ods")] {
        let path = folder.path().join(name);
        write(
            driver,
            &path,
            "名单",
            &[],
            &[("企业名称", TEXT), ("评价", TEXT)],
            &[("", &["温岭泵业", "A"]), ("", &["大溪电机", "B"])],
        );
        let mut layer = open(&path);
        assert!(!layer.schema().has_geometry, "{driver}");
        assert_eq!(
            texts(layer.as_mut(), "企业名称"),
            [Some("温岭泵业".to_owned()), Some("大溪电机".to_owned())]
        );
        assert!(read(layer.as_mut())[0].shapes.is_none());
    }
}

#[test]
fn a_layer_of_which_no_field_is_wanted_keeps_its_shapes() {
    let mut layer = open(&shared("es-melque/parcels.gpkg"));
    let batches = layer.read(&[], &|_| ()).unwrap();
    let with_fields = read(open(&shared("es-melque/parcels.gpkg")).as_mut());
    assert!(batches[0].shapes == with_fields[0].shapes && batches[0].flaws.is_empty());
    assert_eq!(batches[0].shapes.as_ref().unwrap().len(), 1443);
}

#[test]
fn a_missing_file_and_a_missing_layer_are_said_so() {
    assert!(matches!(
        open_as("no/such.gpkg", None),
        Err(SourceError::NotFound(_))
    ));
    let path = shared("es-melque/parcels.gpkg");
    let error = open_as(&format!("{}:nothing", path.display()), None)
        .err()
        .unwrap();
    assert!(matches!(error, SourceError::NoLayer { .. }), "{error}");
}

#[test]
fn the_gml_of_melque_and_its_geopackage_agree_coordinate_for_coordinate() {
    let mut packed = open(&shared("es-melque/parcels.gpkg"));
    // A copy, so that neither the folder nor the description that lies in it matters.
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("parcels.gml");
    fs::copy(shared("es-melque/parcels_inspire.gml"), &path).unwrap();
    let mut published = open(&path);
    let crs = |layer: &dyn Layer| {
        plotratio::formats::describe_crs(layer.schema().crs.as_deref().unwrap()).unwrap()
    };
    assert_eq!(crs(packed.as_ref()).definition, "EPSG:25830");
    assert_eq!(crs(packed.as_ref()), crs(published.as_ref()));
    let (ours, theirs) = (read(packed.as_mut()), read(published.as_mut()));
    assert_eq!((ours[0].rows, theirs[0].rows), (1443, 1443));
    assert!(ours[0].shapes == theirs[0].shapes);
    assert!(ours[0].flaws.is_empty() && theirs[0].flaws.is_empty());
    drop(published);
    assert_eq!(listing(folder.path()), ["parcels.gml"]);
}
