//! What the program says of its own command line, and the first look it offers.

use std::path::Path;

use plotratio::formats::{Column, OpenOptions, Source, open};

use super::{contents, plotratio, refused, run};

#[test]
fn a_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(run(&["completions", shell]).stdout).unwrap();
        assert!(
            script.contains("inspect") && script.contains("parcels"),
            "{shell}"
        );
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let page = String::from_utf8(run(&["man"]).stdout).unwrap();
    assert!(page.contains(".TH plotratio 1"), "{page}");
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("man");
    run(&["man", "-o", &folder.display().to_string()]);
    let pages = contents(&folder);
    for name in [
        "plotratio.1",
        "plotratio-scan.1",
        "plotratio-check.1",
        "plotratio-rules-new.1",
    ] {
        assert!(pages.contains_key(name), "{name}: {:?}", pages.keys());
    }
}

#[test]
fn help_of_a_command_is_had_both_ways() {
    let help = |words: &[&str]| plotratio().args(words).output().unwrap().stdout;
    assert_eq!(help(&["help", "check"]), help(&["check", "--help"]));
    assert!(
        !help(&["rules", "--help"])
            .windows(9)
            .any(|it| it == b"--setback")
    );
}

#[test]
fn a_first_look_needs_nothing_but_the_program() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("初试 一");
    let shown = folder.display().to_string();
    let mut first = plotratio();
    let output = first
        .current_dir(home.path())
        .args(["try", &shown])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", super::stderr(&output));
    let at = |name: &str| Path::new(&folder).join(name);
    assert!(at("results/parcels.xlsx").exists() && at("city/parcels.gpkg").exists());
    let text = refused(&["try", &shown]);
    assert!(text.contains("--overwrite"), "{text}");
    run(&["try", &shown, "--overwrite"]);
}

#[test]
fn help_speaks_chinese_is_short_by_h_and_shows_what_a_kind_of_proposal_uses() {
    let help = |words: &[&str]| -> String {
        String::from_utf8(plotratio().args(words).output().unwrap().stdout).unwrap()
    };
    let (short, whole) = (help(&["scan", "-h"]), help(&["scan", "--help"]));
    assert!(
        short.contains("用法: ") && short.contains("图层:") && short.contains("示例:"),
        "{short}"
    );
    assert!(!short.contains("--transform") && whole.contains("--transform"));
    let english = help(&["scan", "--lang", "en", "-h"]);
    assert!(
        english.contains("Usage:") && english.contains("Examples:"),
        "{english}"
    );
    let split = help(&["propose", "split", "--help"]);
    assert!(
        split.contains("--lots")
            && !split.contains("--group-size")
            && !split.contains("--vacant-share"),
        "{split}"
    );
    let merge = help(&["propose", "merge", "--help"]);
    assert!(
        !merge.contains("  --lots <") && merge.contains("--group-size"),
        "{merge}"
    );
    assert!(
        english.lines().count() < 60 && split.lines().count() < 160,
        "{} {}",
        english.lines().count(),
        split.lines().count()
    );
}

#[test]
fn programs_are_told_every_command_as_json() {
    let told: serde_json::Value = serde_json::from_slice(&run(&["--json-usage"]).stdout).unwrap();
    let scan = told["commands"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "scan")
        .unwrap();
    let area = scan["arguments"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "area")
        .unwrap();
    assert_eq!(
        area["values"],
        serde_json::json!(["registered", "plane", "ellipsoid"])
    );
    assert_eq!(
        (&area["long"], &area["takes_value"]),
        (&"area".into(), &true.into())
    );
}

#[test]
fn a_parcel_goes_by_its_holder_or_address_and_several_are_listed() {
    let home = tempfile::tempdir().unwrap();
    let out = |name: &str| home.path().join(name).display().to_string();
    let split = |name: &str, to: &str| {
        [
            "propose",
            "split",
            "data-samples/city.toml",
            "--parcel",
            name,
            "-o",
            to,
        ]
        .map(str::to_owned)
    };
    let parcels = super::sample().join("parcels.gpkg");
    let source = Source::parse(&parcels.display().to_string());
    let mut parcels = open(&source, &OpenOptions::default()).unwrap();
    let place = |name: &str| {
        let mut fields = parcels.schema().fields.iter();
        fields.position(|field| field.name == name).unwrap()
    };
    let columns = ["ZDDM", "QLRMC"].map(place);
    let batches = parcels.read(&columns, &|_| ()).unwrap();
    let rows = batches.iter().flat_map(|batch| {
        let text = |column: usize, row| {
            let text = Column(&batch.columns[column]).text(row);
            text.map(std::borrow::Cow::into_owned)
        };
        (0..batch.rows).map(move |row| (text(0, row), text(1, row)))
    });
    let mut layer: Vec<(Option<String>, Option<String>)> = rows.collect();
    layer.retain(|(_, owner)| owner.is_some());
    let holds = |owner: &Option<String>| layer.iter().filter(|(_, other)| other == owner).count();
    let (id, owner) = layer.iter().find(|(_, owner)| holds(owner) == 1).unwrap();
    let (one, other) = (out("one"), out("other"));
    for (name, to) in [
        (id.as_deref().unwrap(), &one),
        (owner.as_deref().unwrap(), &other),
    ] {
        let arguments = split(name, to);
        run(&arguments.each_ref().map(String::as_str));
    }
    // the second measured the whole city, to know whom the name means
    let of = |folder: &str| {
        let mut files = contents(Path::new(folder));
        files.retain(|name, _| {
            !["summary.json", "defects.csv", "index.csv"].contains(&name.as_str())
        });
        files
    };
    assert!(of(&one).contains_key("proposals.csv"));
    assert!(of(&one) == of(&other), "the same proposals");
    let (_, many) = layer.iter().find(|(_, owner)| holds(owner) > 1).unwrap();
    let arguments = split(many.as_deref().unwrap(), &out("many"));
    let text = refused(&arguments.each_ref().map(String::as_str));
    assert!(text.contains("name one by its id"), "{text}");
    let slip = format!(
        "{}X",
        &id.as_deref().unwrap()[..id.as_deref().unwrap().len() - 1]
    );
    let arguments = split(&slip, &out("slip"));
    let text = refused(&arguments.each_ref().map(String::as_str));
    assert!(text.contains("meant?"), "{text}");
}

/// A program that runs this one reads how far it is, a line of JSON at a time.
#[test]
fn progress_is_told_in_lines_to_who_asks() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("results").display().to_string();
    let mut asked = plotratio();
    let output = asked
        .env("PLOTRATIO_PROGRESS", "lines")
        .args(["scan", "data-samples/city.toml", "-o", &out, "--quiet"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", super::stderr(&output));
    let told = super::stderr(&output);
    let lines = told.lines().map(|line| serde_json::from_str(line).unwrap());
    let steps: Vec<serde_json::Value> = lines.collect();
    assert!(told.starts_with(r#"{"step":"#), "{told}");
    assert!(
        steps
            .iter()
            .any(|it| it["done"] == it["total"] && it["total"].as_u64() > Some(0)),
        "{told}"
    );
}

#[test]
fn a_reader_that_has_gone_away_is_no_crash() {
    let ended = |words: &[&str]| {
        let closed = || {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            writer
        };
        let mut command = plotratio();
        command.args(words).stdout(closed()).stderr(closed());
        command.status().unwrap().code()
    };
    assert_eq!(ended(&["scan", "no-such.toml", "-o", "nowhere"]), Some(2));
    assert_eq!(ended(&["scan", "--no-such-option"]), Some(2));
    for words in [
        &["rules", "list"][..],
        &["man"],
        &["completions", "bash"],
        &["scan", "--help"],
    ] {
        assert_eq!(ended(words), Some(0), "{words:?}");
    }
}

#[test]
fn a_mistake_is_told_in_the_language_of_its_reader() {
    let told = |locale: &str| {
        let mut command = plotratio();
        command
            .env("LC_ALL", locale)
            .args(["scan", "--overwite", "x"]);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        super::stderr(&output)
    };
    let chinese = told("zh_CN.UTF-8");
    assert!(
        chinese.starts_with("plotratio: 没有选项 `--overwite`；是否指 `--overwrite`？"),
        "{chinese}"
    );
    assert!(told("C.UTF-8").starts_with("error: unexpected argument"));
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    assert!(
        help.contains("[选项] <命令>") || help.contains("<命令>"),
        "{help}"
    );
    assert!(!help.contains("Print this message"), "{help}");
    let of_commands = help.lines().skip_while(|line| *line != "命令:").skip(1);
    let of_commands: Vec<&str> = of_commands.take_while(|line| !line.is_empty()).collect();
    assert!(of_commands.len() > 15, "{help}");
    for line in of_commands {
        assert!(!line.is_ascii(), "no Chinese: {line}");
    }
}
