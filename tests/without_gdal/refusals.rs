//! What is not read without GDAL is said by name, in both languages.

use std::fs;

use plotratio::formats::{OpenOptions, Source, open_without_gdal};
use plotratio::text::in_chinese;

use super::source;

#[test]
fn a_format_that_only_gdal_reads_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (name, format) in [
        ("plan.dxf", "a drawing (DXF, DWG, DGN)"),
        ("park.kml", "KML"),
        ("zd.tab", "MapInfo"),
        ("zd.json", "Esri JSON or TopoJSON"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, "0").unwrap();
        let error = open_without_gdal(&source(&path), &OpenOptions::default());
        let error = error.err().unwrap().to_string();
        assert!(error.contains(name) && error.contains(format), "{error}");
        assert!(error.contains("this build has no GDAL"), "{error}");
        let chinese = in_chinese(&error);
        assert!(chinese.contains("此版本不含 GDAL"), "{chinese}");
    }
    let gdb = folder.path().join("city.gdb");
    fs::create_dir(&gdb).unwrap();
    let database = Source::parse("PG:dbname=city password=secret");
    for source in [source(&gdb), database] {
        let error = open_without_gdal(&source, &OpenOptions::default());
        let error = error.err().unwrap().to_string();
        assert!(error.contains("this build has no GDAL"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn what_is_broken_is_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let sample = crate::command_line::sample();
    for name in ["parcels.shp", "parcels.shx", "parcels.dbf", "parcels.gpkg"] {
        let whole = fs::read(sample.join(name)).unwrap();
        for length in [0, 50, 99, 101, 150, whole.len() / 2, whole.len() - 1] {
            for other in ["parcels.shp", "parcels.shx", "parcels.dbf", "parcels.prj"] {
                fs::copy(sample.join(other), folder.path().join(other)).unwrap();
            }
            fs::write(folder.path().join(name), &whole[..length]).unwrap();
            let opened = match name {
                "parcels.gpkg" => "parcels.gpkg",
                _ => "parcels.shp",
            };
            let opened = source(&folder.path().join(opened));
            if let Ok(mut layer) = open_without_gdal(&opened, &OpenOptions::default()) {
                let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
                let _ = layer.read(&columns, &|_| ());
            }
        }
    }
}
