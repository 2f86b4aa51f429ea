//! Workbooks: merged cells, days, formulas, several sheets, and bytes that are none.

use std::time::{Duration, Instant};

use plotratio::model::LayerKind;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{Asked, city, flaws, told};

fn merge(sheet: &mut Worksheet, top: u32, left: u16, bottom: u32, right: u16, text: &str) {
    sheet
        .merge_range(top, left, bottom, right, text, &Format::new())
        .unwrap();
}

/// A header of two rows below a title, and one enterprise on two parcels.
fn evaluation(sheet: &mut Worksheet) {
    merge(sheet, 0, 0, 0, 6, "2021年度企业亩均评价表（单位：元）");
    for (text, column) in ["企业名称", "信用代码", "宗地代码", "评价等级"]
        .iter()
        .zip(0..)
    {
        merge(sheet, 1, column, 2, column, text);
    }
    merge(sheet, 1, 4, 1, 5, "税收（万元）");
    sheet.write(2, 4, 2020).unwrap();
    sheet.write(2, 5, "2021年").unwrap();
    merge(sheet, 1, 6, 2, 6, "2021年营业收入");
    merge(sheet, 3, 0, 4, 0, "甲公司");
    merge(sheet, 3, 1, 4, 1, "914403001922038216");
    merge(sheet, 3, 5, 4, 5, "100");
    sheet.write(3, 2, "G1").unwrap();
    sheet.write(4, 2, "G2").unwrap();
    sheet.write(3, 3, "A").unwrap();
    sheet.write(3, 4, 0.1 + 0.2).unwrap();
    sheet.write(3, 6, 1_234_567.0).unwrap();
    sheet.write(5, 0, "乙公司").unwrap();
    sheet.write(5, 1, 913_310_000_000_000_000_f64).unwrap();
    sheet.write(5, 2, "G3").unwrap();
    sheet
        .write_formula(5, 4, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    sheet
        .write_formula(5, 5, Formula::new("=1+1").set_result("2"))
        .unwrap();
    sheet.write(6, 0, "合计").unwrap();
    sheet
        .write_formula(6, 5, Formula::new("=SUM(F4:F6)").set_result("102"))
        .unwrap();
}

#[test]
fn merged_cells_hold_for_every_row_and_merged_numbers_are_counted_once() {
    let mut workbook = Workbook::new();
    evaluation(workbook.add_worksheet());
    let bytes = workbook.save_to_buffer().unwrap();
    let city = city(LayerKind::Enterprises, "e.xlsx", &bytes, &Asked::default()).unwrap();
    let rows: Vec<String> = city
        .enterprises
        .as_ref()
        .unwrap()
        .rows
        .iter()
        .map(told)
        .collect();
    assert_eq!(
        rows,
        [
            "914403001922038216 甲公司 [G1] revenue_wan=123.4567万元 evaluation_class=2021:A tax 2020:0.3,2021:100",
            "914403001922038216 甲公司 [G2]  tax ",
            " 乙公司 [G3]  tax 2021:2",
        ]
    );
    let (defects, notes) = flaws(&city);
    let kinds: Vec<_> = defects.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, ["lost_digits", "error_cell"]);
    assert!(defects[0].1.contains("in row 6"), "{}", defects[0].1);
    assert!(!notes.contains("not the sum"), "{notes}");
    assert_eq!(city.city.enterprises.unwrap().rows[1].row, 4);
}

#[test]
fn days_are_the_same_in_both_calendars() {
    let mut workbook = Workbook::new();
    let day = Format::new().set_num_format("yyyy/m/d");
    let sheet = workbook.add_worksheet();
    for (text, column) in ["宗地代码", "约定动工日期", "实际动工日期"].iter().zip(0..)
    {
        sheet.write(0, column, *text).unwrap();
    }
    sheet.write(1, 0, "G1").unwrap();
    sheet
        .write_with_format(1, 1, ExcelDateTime::from_ymd(2021, 3, 5).unwrap(), &day)
        .unwrap();
    sheet.write(1, 2, 44_260).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let started = |bytes: &[u8]| {
        let city = city(LayerKind::Contracts, "c.xlsx", bytes, &Asked::default()).unwrap();
        let facts = city.city.contracts.unwrap().rows[0].facts.clone();
        ["grant.due_start", "grant.started"].map(|name| super::plain(facts.figure(name).unwrap()))
    };
    assert_eq!(started(&bytes), ["2021-03-05", "2021-03-05"]);
    // the same numbers four years and a day later
    let since_1904 = repacked(&bytes, "xl/workbook.xml", |text| {
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ")
    });
    assert_eq!(started(&since_1904), ["2025-03-06", "2025-03-06"]);
}

#[test]
fn of_several_sheets_the_one_with_a_known_header_is_read_and_of_several_such_none() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("说明")
        .unwrap()
        .write(0, 0, "填表说明")
        .unwrap();
    evaluation(workbook.add_worksheet().set_name("评价").unwrap());
    let hidden = workbook.add_worksheet().set_name("旧").unwrap();
    evaluation(hidden);
    hidden.set_hidden(true);
    let bytes = workbook.save_to_buffer().unwrap();
    let read = |bytes: &[u8], sheet| {
        let asked = Asked {
            sheet,
            ..Asked::default()
        };
        city(LayerKind::Enterprises, "e.xlsx", bytes, &asked)
    };
    let notes = flaws(&read(&bytes, None).unwrap()).1;
    assert!(
        notes.contains("took the sheet `评价` (there are `说明`, `评价`, `旧`)"),
        "{notes}"
    );
    assert_eq!(
        read(&bytes, Some("旧"))
            .unwrap()
            .city
            .enterprises
            .unwrap()
            .rows
            .len(),
        3
    );
    let error = read(&bytes, Some("新")).unwrap_err();
    assert!(
        error.contains("has no layer `新`; it has `说明`, `评价`, `旧`"),
        "{error}"
    );
    assert!(read(&bytes, Some("说明")).unwrap_err().contains("填表说明"));
    evaluation(workbook.add_worksheet().set_name("评价2").unwrap());
    let error = read(&workbook.save_to_buffer().unwrap(), None).unwrap_err();
    assert!(
        error.contains("name one, as in") && error.contains("`评价`, `评价2`"),
        "{error}"
    );
}

#[test]
fn a_workbook_that_unpacks_to_far_too_much_is_refused() {
    let mut workbook = Workbook::new();
    evaluation(workbook.add_worksheet());
    let bytes = workbook.save_to_buffer().unwrap();
    let blank = " ".repeat(100 << 20);
    let bomb = repacked(&bytes, "xl/worksheets/sheet1.xml", |text| {
        text.replace("<sheetData>", &format!("{blank}<sheetData>"))
    });
    assert!(bomb.len() < 1 << 20);
    let error = city(LayerKind::Enterprises, "e.xlsx", &bomb, &Asked::default()).unwrap_err();
    assert!(error.contains("unpacks to more than"), "{error}");
    let cut = &bytes[..bytes.len() / 2];
    assert!(city(LayerKind::Enterprises, "e.xlsx", cut, &Asked::default()).is_err());
    // a region and a cell at the end of the sheet take no room
    let wide = repacked(&bytes, "xl/worksheets/sheet1.xml", |text| {
        text.replace(
            "</sheetData>",
            "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
        )
        .replace(
            "</mergeCells>",
            "<mergeCell ref=\"A9:XFD1048576\"/></mergeCells>",
        )
    });
    let city = city(LayerKind::Enterprises, "e.xlsx", &wide, &Asked::default()).unwrap();
    assert_eq!(city.city.enterprises.unwrap().rows.len(), 3);
}

#[test]
fn forty_thousand_rows_are_read_at_once() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (text, column) in [
        "企业名称",
        "信用代码",
        "宗地代码",
        "2020年税收（万元）",
        "2021年税收（万元）",
    ]
    .iter()
    .zip(0..)
    {
        sheet.write(0, column, *text).unwrap();
    }
    for row in 1..=40_000_u32 {
        sheet.write(row, 0, format!("公司{row}")).unwrap();
        sheet.write(row, 1, format!("9133100{row:011}")).unwrap();
        sheet
            .write(row, 2, format!("331002001001GB{row:05}"))
            .unwrap();
        sheet.write(row, 3, f64::from(row) * 0.37).unwrap();
        sheet.write(row, 4, f64::from(row) * 0.41).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let before = Instant::now();
    let city = city(LayerKind::Enterprises, "e.xlsx", &bytes, &Asked::default()).unwrap();
    let took = before.elapsed();
    eprintln!("40,000 rows in {took:?}");
    assert_eq!(city.city.enterprises.unwrap().account.analysed, 40_000);
    assert!(
        city.remarks
            .notes
            .iter()
            .any(|note| note.contains("wrong check digit"))
    );
    // a second or so on a machine that does nothing else, unoptimised
    assert!(took < Duration::from_mins(1), "{took:?}");
}

/// The workbook with one of its parts changed.
fn repacked(bytes: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        if name == part {
            text = change(std::str::from_utf8(&text).unwrap()).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        to.write_all(&text).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn an_old_workbook_is_read_like_a_new_one() {
    // made by xlwt: a header of two rows, a contract of two parcels, days, full-width digits, a total
    let bytes = include_bytes!("idle.xls");
    let city = city(LayerKind::Contracts, "idle.xls", bytes, &Asked::default()).unwrap();
    let rows = &city.contracts.as_ref().unwrap().rows;
    let of = |row: usize, name| {
        rows[row]
            .facts
            .figure(name)
            .map(super::plain)
            .unwrap_or_default()
    };
    assert_eq!(
        rows.iter()
            .map(|row| row.parcels.join(" "))
            .collect::<Vec<_>>(),
        ["G1", "G2", "G3"]
    );
    assert_eq!(
        [0, 1, 2].map(|row| of(row, "grant.due_start")),
        ["2021-03-05"; 3]
    );
    assert_eq!(
        [0, 1, 2].map(|row| of(row, "grant.started")),
        ["false", "false", "2021-04-01"]
    );
    assert_eq!(
        [0, 1, 2].map(|row| of(row, "grant.price_wan")),
        ["120.5万元", "", "12万元"]
    );
    assert_eq!(
        [0, 1, 2].map(|row| of(row, "grant.area_m2")),
        ["10000m²", "", "20000m²"]
    );
    let (defects, notes) = flaws(&city);
    assert_eq!(defects, []);
    assert!(!notes.contains("not the sum"), "{notes}");
}
