//! `rules new`: a pack to start from is valid as it is written, and with every comment mark taken away.

use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::write::{Language, starter_pack};

use crate::command_line::{refused, run};

#[test]
fn the_file_passes_rules_check_and_is_never_written_over() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("jiaojiang.toml");
    let file = path.display().to_string();
    for lang in ["zh", "en"] {
        run(&[
            "rules",
            "new",
            &file,
            "--extends",
            "taizhou-2021",
            "--lang",
            lang,
        ]);
        let checked = run(&["rules", "check", &file, "--lang", "en"]);
        let text = String::from_utf8(checked.stdout).unwrap();
        assert!(text.starts_with("jiaojiang "), "{text}");
        assert!(text.contains("a valid pack"), "{text}");
        let before = std::fs::read(&path).unwrap();
        let why = refused(&["rules", "new", &file]);
        assert!(why.contains("is there already"), "{why}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
        std::fs::remove_file(&path).unwrap();
    }
    let why = refused(&["rules", "new", &file, "--extends", "taizhou"]);
    assert!(
        why.contains("no policy `taizhou`") && !path.exists(),
        "{why}"
    );
    // a pack that is a file is found again from wherever the new one is used
    let base = home.path().join("base.toml").display().to_string();
    run(&["rules", "new", &base]);
    run(&["rules", "new", &file, "--extends", &base]);
    run(&["rules", "check", &file]);
}

#[test]
fn every_line_of_it_holds_once_its_comment_mark_is_taken_away() {
    let day = jiff::civil::date(2026, 1, 1);
    for id in Pack::known() {
        let base = Pack::load(id, &Catalogue).unwrap();
        for lang in [Language::Zh, Language::En] {
            let text = starter_pack("own", id, &base, day, lang);
            let plain = Pack::parse(&text, "own.toml", &Catalogue).unwrap();
            assert_eq!(
                (plain.id.as_str(), plain.rules.len()),
                ("own", base.rules.len())
            );
            let opened = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n";
            let full: String = text.lines().map(opened).collect();
            let full = Pack::parse(&full, "own.toml", &Catalogue)
                .unwrap_or_else(|why| panic!("{id}: {why}"));
            assert_eq!(full.rules.len(), base.rules.len() + 1);
            // every bound is written as it is
            let tests = |pack: &Pack| -> Vec<_> {
                let rules = pack.rules.iter().filter(|rule| rule.id != "my-plot-ratio");
                rules
                    .map(|rule| (rule.id.clone(), rule.test.clone()))
                    .collect()
            };
            assert_eq!(tests(&full), tests(&base), "{id}");
        }
    }
}
