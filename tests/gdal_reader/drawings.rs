//! CAD drawings, and files of any kind that are damaged.

use std::fmt::Write;

use super::*;

/// A drawing as CASS writes it: GBK whatever its header says.
fn drawing(codepage: &str) -> Vec<u8> {
    let mut dxf = format!(
        "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1018\n9\n$DWGCODEPAGE\n3\n{codepage}\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n"
    );
    let mut line = |layer: &str, closed: u8, points: &[(f64, f64, f64)]| {
        write!(
            dxf,
            "0\nLWPOLYLINE\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbPolyline\n90\n{}\n70\n{closed}\n",
            points.len()
        )
        .unwrap();
        for (x, y, bulge) in points {
            write!(dxf, "10\n{x}\n20\n{y}\n42\n{bulge}\n").unwrap();
        }
    };
    line(
        "JZD",
        1,
        &[
            (0.0, 0.0, 0.0),
            (100.0, 0.0, 0.0),
            (100.0, 100.0, 0.0),
            (0.0, 100.0, 0.0),
        ],
    );
    line(
        "JMD",
        1,
        &[
            (10.0, 10.0, 0.0),
            (30.0, 10.0, 1.0),
            (30.0, 30.0, 0.0),
            (10.0, 30.0, 0.0),
        ],
    );
    line(
        "JMD",
        0,
        &[
            (50.0, 50.0, 0.0),
            (60.0, 50.0, 0.0),
            (60.0, 60.0, 0.0),
            (50.0, 50.0005, 0.0),
        ],
    );
    line(
        "JMD",
        0,
        &[
            (70.0, 70.0, 0.0),
            (80.0, 70.0, 0.0),
            (80.0, 80.0, 0.0),
            (70.0, 79.0, 0.0),
        ],
    );
    for (layer, x, y, text) in [
        ("JMD", 15.0, 15.0, "砼3"),
        ("JMD", 15.0, 25.0, "在建"),
        ("JZD", 90.0, 90.0, "GB00012/工业用地"),
    ] {
        write!(
            dxf,
            "0\nTEXT\n100\nAcDbEntity\n8\n{layer}\n100\nAcDbText\n10\n{x}\n20\n{y}\n30\n0.0\n40\n1.0\n1\n{text}\n"
        )
        .unwrap();
    }
    dxf += "0\nENDSEC\n0\nEOF\n";
    GB18030.encode(&dxf).0.into_owned()
}

#[test]
fn closed_lines_of_a_drawing_are_polygons_with_the_texts_inside() {
    let folder = TempDir::new().unwrap();
    for codepage in ["ANSI_936", "ANSI_1252"] {
        let path = folder.path().join(format!("{codepage}.dxf"));
        fs::write(&path, drawing(codepage)).unwrap();
        let found = layers(&Source::parse(&path.display().to_string())).unwrap();
        let counts: Vec<(&str, Option<u64>)> = found
            .iter()
            .map(|layer| (layer.name.as_str(), layer.features))
            .collect();
        assert_eq!(counts, [("JMD", Some(2)), ("JZD", Some(1))]);
        let mut parcels = open_as(&path.display().to_string(), Some("parcels")).unwrap();
        assert_eq!(parcels.schema().name, "JZD");
        assert_eq!(
            texts(parcels.as_mut(), "label"),
            [Some("GB00012/工业用地".to_owned())],
            "{codepage}"
        );
        let mut buildings = open_as(&format!("{}:JMD", path.display()), None).unwrap();
        assert_eq!(
            texts(buildings.as_mut(), "label"),
            [Some("在建;砼3".to_owned()), None]
        );
        let notes = buildings.schema().notes.join("\n");
        assert!(
            notes.contains("closed 1 lines") && notes.contains("1 Polyline"),
            "{notes}"
        );
        let batches = read(buildings.as_mut());
        let ring = batches[0].shapes.as_ref().unwrap().get(0).coords();
        // The bulge is a half circle of radius 10 about (30, 20).
        let arc: Vec<_> = ring.iter().filter(|at| at.x > 30.0).collect();
        assert!(arc.len() > 20 && arc.len() < 2000, "{}", arc.len());
        assert!(
            arc.iter()
                .all(|at| ((at.x - 30.0).hypot(at.y - 20.0) - 10.0).abs() < 1e-6)
        );
        let widest = ring
            .windows(2)
            .map(|side| f64::midpoint(side[0].x, side[1].x))
            .fold(0.0, f64::max);
        assert!(widest > 39.99, "{widest}");
        let error = open_as(&format!("{}:没有", path.display()), None)
            .err()
            .unwrap();
        assert!(error.to_string().contains("`JMD`, `JZD`"), "{error}");
        assert!(matches!(
            open_as(&path.display().to_string(), None),
            Err(SourceError::WhichLayer { .. })
        ));
    }
}

#[test]
fn a_file_that_is_cut_off_or_garbage_is_an_error_or_flaws_but_no_panic() {
    let folder = TempDir::new().unwrap();
    let rows: Vec<(&str, &[&str])> = vec![(SQUARE, &["工业用地"][..]); 200];
    for (driver, name) in [
        ("GPKG", "a.gpkg"),
        ("ESRI Shapefile", "a.shp"),
        ("GML", "a.gml"),
        ("XLSX", "a.xlsx"),
        ("FlatGeobuf", "a.fgb"),
        ("MapInfo File", "a.mif"),
        ("DXF", "a.dxf"),
    ] {
        let path = folder.path().join(name);
        if driver == "DXF" {
            fs::write(&path, drawing("ANSI_936")).unwrap();
        } else {
            write(driver, &path, "a", &[], &[("T", TEXT)], &rows);
        }
        let whole = fs::read(&path).unwrap();
        for part in [0, 1, 3, 10, 50, 90, 99] {
            let cut = whole.len() * part / 100;
            let mut noisy = whole.clone();
            for byte in noisy.iter_mut().skip(cut).step_by(97) {
                *byte ^= 0x5a;
            }
            for bytes in [&whole[..cut], &noisy[..]] {
                fs::write(&path, bytes).unwrap();
                match open_as(&path.display().to_string(), None) {
                    Err(error) => assert!(error.to_string().contains(name), "{error}"),
                    Ok(mut layer) => {
                        let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
                        if let Ok(batches) = layer.read(&columns, &|_| ()) {
                            let rows: usize = batches.iter().map(|batch| batch.rows).sum();
                            let complete = rows >= 200 || driver == "DXF";
                            let flawed = batches.iter().any(|batch| !batch.flaws.is_empty());
                            let said = !layer.schema().notes.is_empty();
                            let cut_off = bytes.len() < whole.len();
                            // MIF is text without an end: what was cut between two features cannot be seen.
                            let endless = driver == "MapInfo File";
                            assert!(
                                endless || !cut_off || complete || flawed || said,
                                "{driver} {part} %: {rows} rows and not a word"
                            );
                        }
                    }
                }
            }
        }
    }
}
