//! Notes and errors for a reader of Chinese are in Chinese, and in what programs read they stay as they are.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, Xlsx, open_workbook};

use super::{plotratio, sample, scan, stderr, summary};

/// What is said of what must be refused, where Chinese is spoken.
fn refused(arguments: &[&str]) -> String {
    let output = plotratio().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    stderr(&output)
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The first three words of English in a row outside backticks, which no name is.
fn english(text: &str) -> Option<String> {
    let is_word =
        |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    text.split('`').step_by(2).find_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let three = words.windows(3).find(|three| three.iter().all(is_word));
        three.map(|three| three.join(" "))
    })
}

#[test]
fn what_is_wrong_is_said_in_chinese_with_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    let city = home.path().join("city.toml");
    let shown = city.display().to_string();
    let out = home.path().join("out").display().to_string();
    let scan = |more: &[&str]| refused(&[&["scan", "-o", &out], more].concat());
    assert_eq!(
        scan(&["--parcels", "no/such.gpkg"]),
        "plotratio: `no/such.gpkg` 不存在；请检查路径（图层写在冒号后：`city.gpkg:parcels`）\n"
    );
    let layer = scan(&["--parcels", "data-samples/city/parcels.gpkg:zd"]);
    assert!(layer.contains("没有图层 `zd`；有 "), "{layer}");
    assert!(scan(&[]).contains("没有宗地图层；请用 `--parcels SRC`"));
    assert!(
        scan(&["data-samples/city.toml", "--as-of", "去年"]).contains("`--as-of 去年` 不是日期")
    );
    fs::write(&city, "tolerence = 0.1\nparcels = \"x.gpkg\"\n").unwrap();
    let key = scan(&[&shown]);
    assert!(
        key.contains("`city.toml` 不是有效的城市文件：") || key.contains("不是有效的城市文件："),
        "{key}"
    );
    assert!(key.contains("第 1 行第 1 列\n"), "{key}");
    assert!(
        key.contains("没有 `tolerence` 这一项（是否指 `tolerance`？）；可写的有 "),
        "{key}"
    );
    fs::write(&city, "parcels = \n").unwrap();
    let syntax = scan(&[&shown]);
    assert!(english(&syntax).is_none(), "{syntax}");
    // asked for by name, it does not depend on the locale
    let mut command = plotratio();
    command
        .env("LC_ALL", "C.UTF-8")
        .args(["--lang", "zh", "check", "no.toml"]);
    let told = stderr(&command.output().unwrap());
    assert_eq!(
        told,
        "plotratio: `no.toml` 无法读取：没有这个文件或文件夹（系统错误 2）\n"
    );
    let mut command = plotratio();
    command.args(["--lang", "en", "check", "no.toml"]);
    let told = stderr(&command.output().unwrap());
    assert!(
        told.starts_with("plotratio: `no.toml` cannot be read: No such file"),
        "{told}"
    );
}

#[test]
fn notes_are_in_chinese_where_they_are_read_and_in_english_where_programs_read_them() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    let more = [
        "--layer-crs",
        "buildings=EPSG:4526",
        "--force",
        "--format",
        "csv,xlsx,html",
    ];
    let output = scan(&sample(), "gpkg", &out, &more);
    let printed = String::from_utf8(output.stdout).unwrap();
    let said: String = printed.split_whitespace().collect();
    assert!(
        said.contains("幢不在任何宗地上，建筑面积、容积率和建筑密度不可信；请确认"),
        "{printed}"
    );
    let notes = summary(&out)["notes"].to_string();
    assert!(
        notes.contains("stand on no parcel, so floor area"),
        "{notes}"
    );
    let report = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(report.contains("建筑面积、容积率和建筑密度不可信"));
    let mut book: Xlsx<_> = open_workbook(out.join("宗地指标表.xlsx")).unwrap();
    let sheet = book.worksheet_range("说明").unwrap();
    let rows = sheet
        .rows()
        .map(|row| [&row[0], &row[1]].map(ToString::to_string));
    let notes: Vec<String> = rows
        .filter(|[what, _]| what == "提示")
        .map(|[_, note]| note)
        .collect();
    assert!(
        notes.iter().any(|note| note.contains("不可信")),
        "{notes:?}"
    );
    for note in &notes {
        assert!(
            note.contains(is_chinese) && english(note).is_none(),
            "{note}"
        );
    }
    let mut book: Xlsx<_> = open_workbook(out.join("问题清单.xlsx")).unwrap();
    for name in book.sheet_names() {
        for cell in book.worksheet_range(&name).unwrap().used_cells() {
            let text = cell.2.to_string();
            assert!(english(&text).is_none(), "{name}: {text}");
        }
    }
}

/// The layers below a folder.
fn layers(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(layers(&path));
        } else if path
            .extension()
            .is_some_and(|end| !["cpg", "prj", "shx"].iter().any(|not| end == *not))
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn whatever_is_noted_of_the_layers_of_faults_and_samples_is_in_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "data-samples/city",
        "../shared/faults/data",
        "../shared/faults/whole",
    ];
    let mut count = 0;
    for layer in folders.iter().flat_map(|folder| layers(&root.join(folder))) {
        for kind in ["parcels", "buildings"] {
            let mut inspect = plotratio();
            inspect.args(["inspect", &format!("--{kind}")]).arg(&layer);
            let output = inspect.output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let notes = text
                .lines()
                .filter_map(|line| line.trim().strip_prefix("提示： "));
            let refusal = stderr(&output);
            let refusal = refusal
                .lines()
                .filter(|line| line.starts_with("plotratio: "));
            for note in notes.chain(refusal) {
                count += 1;
                assert!(note.contains(is_chinese), "{}: {note}", layer.display());
                let left = english(note).filter(|_| !note.contains("GDAL"));
                assert!(left.is_none(), "{}: {note}", layer.display());
            }
        }
    }
    assert!(count > 40, "only {count} notes were said");
}
