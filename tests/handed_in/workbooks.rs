//! The workbooks, read back by a reader that is not ours: numbers equal to the tables, totals, words, links, print setup.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::{rows, scan_sample};
use crate::command_line::run;

const BOOKS: [&str; 5] = [
    "零增地技改项目清单",
    "零星地块清单",
    "闲置低效用地清单",
    "宗地指标表",
    "问题清单",
];

/// The cells of a sheet: its headings, its rows and, where it has them, its totals.
pub(super) struct Sheet {
    headings: Vec<String>,
    pub(super) rows: Vec<Vec<Data>>,
    totals: Option<Vec<Data>>,
}

pub(super) fn sheet(book: &Path, name: &str) -> Sheet {
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let mut lines = range.rows().skip(2);
    let headings = lines
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let (mut rows, mut totals) = (Vec::new(), None);
    for line in lines {
        match &line[0] {
            Data::Float(_) | Data::Int(_) => rows.push(line.to_vec()),
            Data::String(text) if text == "合计" => totals = Some(line.to_vec()),
            _ => {}
        }
    }
    Sheet {
        headings,
        rows,
        totals,
    }
}

impl Sheet {
    pub(super) fn at(&self, heading: &str) -> usize {
        let at = self.headings.iter().position(|text| text == heading);
        at.unwrap_or_else(|| panic!("no `{heading}` in {:?}", self.headings))
    }
}

pub(super) fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        Data::Int(number) => {
            #[expect(clippy::cast_precision_loss, reason = "numbers of a sample")]
            let number = *number as f64;
            number
        }
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn numbers_equal_the_tables_and_totals_equal_their_sums() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(&out, &["--format", "csv,xlsx"]);
    let lists = [
        (
            "宗地指标表",
            "宗地指标表",
            "parcels",
            "宗地代码",
            vec![
                ("面积（平方米）", "area_m2"),
                ("面积（亩）", "area_mu"),
                ("计容建筑面积（平方米）", "far_floor_area_m2"),
                ("容积率", "plot_ratio"),
                ("建筑密度", "building_density"),
            ],
        ),
        (
            "闲置低效用地清单",
            "闲置低效用地清单",
            "idle",
            "宗地代码",
            vec![
                ("面积（平方米）", "area_m2"),
                ("闲置费（万元）", "idle_fee_wan"),
            ],
        ),
        (
            "零星地块清单",
            "零星地块清单",
            "scattered",
            "地块编号",
            vec![("面积（平方米）", "area_m2"), ("宽度（米）", "width_m")],
        ),
        (
            "零增地技改项目清单",
            "全部工业宗地反算",
            "upgrades",
            "宗地代码",
            vec![("零星地块面积（平方米）", "scattered_m2")],
        ),
    ];
    for (book, name, table, key, columns) in lists {
        let sheet = sheet(&out.join(format!("{book}.xlsx")), name);
        let csv = rows(&out.join(format!("{table}.csv")));
        assert_eq!(sheet.rows.len(), csv.len(), "{name}");
        for (heading, column) in columns {
            let (key, at) = (sheet.at(key), sheet.at(heading));
            let mut sum = 0.0;
            for (row, shown) in csv.iter().zip(&sheet.rows) {
                let id = row
                    .get("parcel_id")
                    .or_else(|| row.get("piece_id"))
                    .unwrap();
                assert_eq!(shown[key].to_string(), *id);
                match row[column].as_str() {
                    "" => assert_eq!(shown[at], Data::Empty, "{name} {id} {column}"),
                    text => {
                        let written: f64 = text.parse().unwrap();
                        assert_eq!(number(&shown[at]), written, "{name} {id} {column}");
                        sum += written;
                    }
                }
            }
            let total = sheet
                .totals
                .as_ref()
                .map(|totals| &totals[sheet.at(heading)]);
            if heading.contains("平方米") || heading.contains('亩') {
                let total = number(total.unwrap());
                assert!((total - sum).abs() < 1e-4, "{name} {column}: {total} {sum}");
            }
        }
    }
    // the sheet by district adds up to the list
    let book = out.join("宗地指标表.xlsx");
    let (list, sums) = (sheet(&book, "宗地指标表"), sheet(&book, "汇总"));
    for heading in ["面积（平方米）", "面积（亩）", "建筑面积（平方米）"] {
        let total = |sheet: &Sheet| number(&sheet.totals.as_ref().unwrap()[sheet.at(heading)]);
        assert_eq!(total(&list), total(&sums), "{heading}");
        let parts: f64 = sums
            .rows
            .iter()
            .map(|row| number(&row[sums.at(heading)]))
            .sum();
        assert!((parts - total(&sums)).abs() < 1e-4);
    }
    let counted = number(&sums.totals.as_ref().unwrap()[sums.at("数量")]);
    assert_eq!(
        counted,
        number(&Data::Int(list.rows.len().try_into().unwrap()))
    );
}

#[test]
fn every_table_of_a_run_is_in_a_workbook() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(&out, &["--format", "csv,xlsx"]);
    let mut counts: Vec<usize> = Vec::new();
    for book in BOOKS {
        let path = out.join(format!("{book}.xlsx"));
        let names = open_workbook::<Xlsx<_>, _>(&path).unwrap().sheet_names();
        assert_eq!(names.last().unwrap(), "说明");
        let lists = names
            .iter()
            .filter(|name| !matches!(name.as_str(), "说明" | "汇总"));
        counts.extend(lists.map(|name| sheet(&path, name).rows.len()));
    }
    for row in rows(&out.join("index.csv")) {
        let is_table = Path::new(&row["file"])
            .extension()
            .is_some_and(|end| end == "csv")
            && row["file"] != "index.csv";
        let count = row["rows"].parse::<usize>().unwrap_or(0);
        assert!(!is_table || counts.contains(&count), "{row:?} {counts:?}");
    }
}

#[test]
fn lists_are_in_words_that_a_planner_reads() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(&out, &["--format", "csv,xlsx"]);
    let mut codes = BTreeSet::new();
    let is_code = |text: &str| {
        let of_code = |c: char| c.is_ascii_lowercase() || "_.".contains(c);
        text.len() > 2
            && text
                .split('；')
                .any(|one| !one.is_empty() && one.chars().all(of_code))
    };
    for book in BOOKS {
        let path = out.join(format!("{book}.xlsx"));
        let mut open: Xlsx<_> = open_workbook(&path).unwrap();
        for name in open.sheet_names().iter().filter(|name| *name != "说明") {
            let range = open.worksheet_range(name).unwrap();
            let headings: Vec<String> = range
                .rows()
                .nth(2)
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect();
            for (at, heading) in headings.iter().enumerate() {
                assert!(!is_code(heading), "{name}: {heading}");
                let cells = range.rows().skip(3).map(|row| row[at].to_string());
                codes.extend(
                    cells
                        .filter(|text| is_code(text))
                        .map(|text| format!("{name}/{heading}: {text}")),
                );
            }
        }
    }
    assert!(codes.is_empty(), "{codes:#?}");
}

/// A piece of scattered land lies beside several parcels: its area counts once, in the list of pieces.
#[test]
fn what_counts_for_several_rows_is_not_added_up_and_every_heading_is_one_column() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(&out, &["--format", "csv,xlsx"]);
    let parcels = sheet(&out.join("宗地指标表.xlsx"), "宗地指标表");
    let totals = parcels.totals.as_ref().unwrap();
    let (counted, beside) = ("建筑面积（平方米）", "零星地块面积（平方米）");
    assert!(number(&totals[parcels.at(counted)]) > 0.0);
    assert_eq!(totals[parcels.at(beside)], Data::Empty);
    for book in BOOKS {
        let path = out.join(format!("{book}.xlsx"));
        let names = open_workbook::<Xlsx<_>, _>(&path).unwrap().sheet_names();
        for name in names.iter().filter(|name| *name != "说明") {
            let headings = sheet(&path, name).headings;
            let different: BTreeSet<&String> = headings.iter().collect();
            assert_eq!(
                different.len(),
                headings.len(),
                "{book} {name}: {headings:?}"
            );
        }
    }
}

#[test]
fn rows_link_to_the_dossier_and_pages_are_ready_to_print() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results");
    scan_sample(&out, &["--format", "csv,xlsx"]);
    let file = std::fs::File::open(out.join("闲置低效用地清单.xlsx")).unwrap();
    let mut parts = zip::ZipArchive::new(file).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        parts
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let links = part("xl/worksheets/_rels/sheet1.xml.rels");
    let first = &rows(&out.join("idle.csv"))[0]["parcel_id"];
    assert!(
        links.contains(&format!("Target=\"dossier/{first}.html\"")),
        "{links}"
    );
    let sheet = part("xl/worksheets/sheet1.xml");
    for setup in [
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "<autoFilter ref=\"A3:",
        "state=\"frozen\"",
        "第 &amp;P 页",
        "&amp;16闲置、低效用地清单",
        "SUBTOTAL(109,",
    ] {
        assert!(sheet.contains(setup), "{setup}");
    }
    let book = part("xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("_xlnm.Print_Area"));
    assert!(sheet.contains("填报日期") || part("xl/sharedStrings.xml").contains("填报日期"));
}

#[test]
fn in_english_they_are_english_and_the_same_run_gives_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let (one, two) = (home.path().join("one"), home.path().join("two"));
    scan_sample(
        &one,
        &["--format", "csv,xlsx", "--lang", "en", "--threads", "1"],
    );
    scan_sample(
        &two,
        &["--format", "csv,xlsx", "--lang", "en", "--threads", "2"],
    );
    for book in BOOKS {
        let bytes = |folder: &Path| std::fs::read(folder.join(format!("{book}.xlsx"))).unwrap();
        assert!(bytes(&one) == bytes(&two), "{book}");
    }
    let mut book: Xlsx<_> = open_workbook(one.join("宗地指标表.xlsx")).unwrap();
    let range = book.worksheet_range("Parcels").unwrap();
    let headings: Vec<String> = range
        .rows()
        .nth(2)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(headings.contains(&"Area (m²)".to_owned()), "{headings:?}");
    assert!(
        headings
            .iter()
            .all(|heading| heading.chars().all(|c| c.is_ascii() || c == '²')),
        "{headings:?}"
    );
}

#[test]
fn proposals_have_a_workbook_of_their_own() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("splits");
    let shown = out.display().to_string();
    run(&[
        "propose",
        "split",
        "data-samples/city.toml",
        "--all",
        "-o",
        &shown,
        "--format",
        "csv,xlsx",
        "--csv-bom",
        "no",
    ]);
    let book = out.join("分割合并方案.xlsx");
    let csv = rows(&out.join("proposals.csv"));
    assert!(!csv.is_empty());
    let sheet = sheet(&book, "方案宗地");
    assert_eq!(sheet.rows.len(), csv.len());
    let areas = sheet
        .rows
        .iter()
        .map(|row| number(&row[sheet.at("面积（平方米）")]));
    let written = csv.iter().map(|row| row["area_m2"].parse::<f64>().unwrap());
    assert!(areas.eq(written));
    let names = open_workbook::<Xlsx<_>, _>(&book).unwrap().sheet_names();
    assert_eq!(
        names,
        [
            "方案宗地",
            "分割方案",
            "界址点",
            "不能分割的宗地",
            "判定",
            "数据问题清单",
            "说明"
        ]
    );
    assert!(out.join("proposals.xlsx").is_file() && out.join("index.csv").is_file());
}
