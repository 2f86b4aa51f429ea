//! The files of a run → `index.csv`: what each of them is, for whoever opens the folder.

use super::outputs::{OUTPUTS, Output};
use crate::write::{Column, Kind, Language, ResultFolder, Table, Value};

/// What people open first, the likeliest first.
const FIRST: &[&str] = &[
    "report.html",
    "零增地技改项目清单.xlsx",
    "闲置低效用地清单.xlsx",
    "分割合并方案.xlsx",
    "零增地技改方案.xlsx",
    "问题清单.xlsx",
    "changes.csv",
    "changed.geojson",
    "proposals.csv",
    "proposals.geojson",
    "splits.csv",
    "merged.csv",
    "findings.csv",
    "idle.csv",
    "allocation.csv",
    "defects.csv",
];

/// What comes before the findings of a whole city, which are many.
const FIRST_OF_CITY: &[&str] = &["parcels.csv", "parcels.geojson", "index.csv"];

/// A file of a run, and the count of its rows where it has rows.
pub type FileRows = (String, Option<usize>);

/// `index.csv`: one row for each file of a folder, by name.
pub fn index_table<'a>(
    files: &'a [FileRows],
    folder: &ResultFolder,
    language: Language,
) -> Table<'a> {
    let bytes = |(name, _): &FileRows| {
        let file = std::fs::metadata(folder.path(name)).ok();
        let file = file.filter(std::fs::Metadata::is_file);
        file.and_then(|file| i64::try_from(file.len()).ok())
    };
    let bytes: Vec<Option<i64>> = files.iter().map(bytes).collect();
    let of = |row: usize| outputs(&files[row].0);
    let columns = vec![
        Column::new("file", "文件", Kind::Text, move |row: usize| {
            files[row].0.as_str()
        }),
        Column::new("rows", "行数", Kind::Integer, move |row: usize| {
            files[row].1.and_then(|rows| i64::try_from(rows).ok())
        }),
        Column::new("zh", "名称", Kind::Text, move |row: usize| {
            of(row).map(|of| of.called.0)
        }),
        Column::new("en", "英文名称", Kind::Text, move |row: usize| {
            of(row).map(|of| of.called.1)
        }),
        Column::new(
            "what",
            "内容",
            Kind::Text,
            move |row: usize| -> Value<'_> {
                of(row).map(|of| language.of(of.what.0, of.what.1)).into()
            },
        ),
        Column::new("bytes", "字节数", Kind::Integer, move |row: usize| {
            bytes[row]
        }),
    ];
    Table {
        name: "index",
        title: "文件目录",
        rows: files.len(),
        columns,
        geometry: None,
    }
}

fn outputs(file: &str) -> Option<&'static Output> {
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    OUTPUTS.iter().find(|output| output.stem == stem)
}

/// Whether some command writes a file of that name.
pub(in crate::write) fn is_output(file: &str) -> bool {
    outputs(file).is_some()
}

/// The three files to open first, each with what it is.
pub fn first_files(files: &[String], language: Language) -> Vec<(&str, &'static str)> {
    let proposes = files.iter().any(|file| file.starts_with("proposals."));
    let early = FIRST
        .iter()
        .filter(|name| proposes || **name != "findings.csv");
    let wanted = early.chain(FIRST_OF_CITY);
    let there = wanted.filter_map(|name| files.iter().find(|file| file == name));
    let said = there.map(|file| {
        let called = outputs(file).map_or("", |of| language.of(of.called.0, of.called.1));
        (file.as_str(), called)
    });
    said.take(3).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::path::Path;

    use super::*;

    /// The page of the manual that lists every file; with `UPDATE_DOCS` set it is written anew.
    #[test]
    fn the_manual_lists_every_file_as_the_index_does() {
        for language in [Language::Zh, Language::En] {
            let head = language.of(
                "# 成果文件\n\n`index.csv` 列出每次运行写了哪些；扩展名随 `--format`。\n\n| 文件 | 名称 | 内容 |\n|---|---|---|\n",
                "# The files of a run\n\n`index.csv` says which of them a run wrote; extensions follow `--format`.\n\n| file | what it is | what it holds |\n|---|---|---|\n",
            );
            let mut page = head.to_owned();
            for output in OUTPUTS {
                let called = language.of(output.called.0, output.called.1);
                let what = language.of(output.what.0, output.what.1);
                let _ = writeln!(page, "| `{}` | {called} | {what} |", output.stem);
            }
            let name = language.of("docs/files.zh-CN.md", "docs/files.md");
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
            if std::env::var_os("UPDATE_DOCS").is_some() {
                std::fs::write(&file, &page).unwrap();
            }
            let manual = std::fs::read_to_string(&file).unwrap_or_default();
            assert!(
                manual == page,
                "`{name}` is old: run the tests with UPDATE_DOCS=1"
            );
        }
    }

    #[test]
    fn three_files_come_first_and_workbooks_before_tables() {
        let files = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let of = |names: &[&str]| -> Vec<String> {
            let files = files(names);
            let first = first_files(&files, Language::Zh).into_iter();
            first.map(|(file, _)| file.to_owned()).collect()
        };
        let scan = [
            "allocation.csv",
            "defects.csv",
            "findings.csv",
            "idle.csv",
            "parcels.csv",
        ];
        assert_eq!(of(&scan), ["idle.csv", "allocation.csv", "defects.csv"]);
        let books = [&scan[..], &["闲置低效用地清单.xlsx", "问题清单.xlsx"]].concat();
        assert_eq!(
            of(&books),
            ["闲置低效用地清单.xlsx", "问题清单.xlsx", "idle.csv"]
        );
        let splits = ["proposals.csv", "splits.csv", "findings.csv", "defects.csv"];
        assert_eq!(of(&splits), ["proposals.csv", "splits.csv", "findings.csv"]);
    }
}
