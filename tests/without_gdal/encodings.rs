//! dBASE files in GBK, UTF-8 and neither, by what they declare and by their bytes.

use std::fs;
use std::path::Path;

use encoding_rs::GB18030;
use plotratio::formats::{OpenOptions, open_without_gdal};

use super::{open, read, source, texts};

/// A dBASE file of one column of text, of one of numbers and of one of days.
fn dbf(path: &Path, language: u8, rows: &[(&[u8], &str, &str)]) {
    let columns: [(&[u8], u8, u8, u8); 3] = [
        (&GB18030.encode("用途").0, b'C', 20, 0),
        (b"ZDMJ", b'N', 12, 2),
        (b"RQ", b'D', 8, 0),
    ];
    let mut bytes = vec![3, 100, 1, 1];
    bytes.extend(u32::try_from(rows.len()).unwrap().to_le_bytes());
    bytes.extend([129, 0, 41, 0]);
    bytes.resize(29, 0);
    bytes.extend([language, 0, 0]);
    for (name, kind, width, decimals) in columns {
        let mut field = name.to_vec();
        field.resize(11, 0);
        field.extend([kind, 0, 0, 0, 0, width, decimals]);
        field.resize(32, 0);
        bytes.extend(field);
    }
    bytes.push(0x0d);
    for (text, number, day) in rows {
        let mut text = text.to_vec();
        text.resize(20, b' ');
        bytes.push(b' ');
        bytes.extend(text);
        bytes.resize(bytes.len() + 12 - number.len(), b' ');
        bytes.extend(number.bytes());
        bytes.extend(format!("{day:8}").into_bytes());
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn text_is_read_by_its_bytes_whatever_is_declared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("宗地.dbf");
    let gbk = GB18030.encode("温岭市泵业有限").0.into_owned();
    for (language, cpg) in [
        (0x4d, None),
        (0, Some("GBK")),
        (0, Some("OEM 936")),
        (0, Some("UTF-8")),
        (0, None),
    ] {
        dbf(
            &path,
            language,
            &[(&gbk, "100.5", "20220601"), (b"", "", "")],
        );
        let beside = path.with_extension("cpg");
        match cpg {
            Some(label) => fs::write(&beside, label).unwrap(),
            None => fs::remove_file(&beside).unwrap_or_default(),
        }
        let mut layer = open(&path);
        let case = format!("{language} {cpg:?}");
        assert_eq!(layer.schema().fields[0].name, "用途", "{case}");
        assert!(!layer.schema().has_geometry, "{case}");
        let row = ["温岭市泵业有限", "100.5", "2022-06-01"].map(|text| Some(text.to_owned()));
        let rows = texts(&read(layer.as_mut()));
        assert_eq!(rows, [row.to_vec(), vec![None; 3]], "{case}");
    }
}

#[test]
fn what_is_no_number_or_day_is_kept_as_it_is_written_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dbf");
    dbf(
        &path,
        0x4d,
        &[
            (b"a", "1.50", "20220601"),
            (b"b", "2亩", "20221301"),
            (b"c", "************", "00000000"),
        ],
    );
    let mut layer = open(&path);
    let rows = texts(&read(layer.as_mut()));
    let expected = [
        [Some("a"), Some("1.5"), Some("2022-06-01")],
        [Some("b"), Some("2亩"), Some("20221301")],
        [Some("c"), None, None],
    ];
    assert_eq!(
        rows,
        expected.map(|row| row.map(|text| text.map(str::to_owned)).to_vec())
    );
    let notes = layer.schema().notes.join("\n");
    for note in [
        "column `ZDMJ` is declared as a number, and 1 rows hold something else",
        "column `RQ` is declared as a date, and 1 rows hold something else",
    ] {
        assert!(notes.contains(note), "{notes}");
    }
}

#[test]
fn an_encoding_that_is_asked_for_wins_and_an_unknown_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dbf");
    dbf(&path, 0, &[("é".as_bytes(), "1", "")]);
    let named = |label: &str| {
        let options = OpenOptions {
            encoding: Some(label.to_owned()),
            role: None,
        };
        open_without_gdal(&source(&path), &options)
    };
    let mut layer = named("windows-1252").unwrap();
    assert_eq!(texts(&read(layer.as_mut()))[0][0].as_deref(), Some("Ã©"));
    let error = named("klingon").err().unwrap().to_string();
    assert!(error.contains("names no encoding"), "{error}");
}
