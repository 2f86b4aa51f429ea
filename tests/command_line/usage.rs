//! What the program says of its own command line, and the first look it offers.

use std::path::Path;

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
