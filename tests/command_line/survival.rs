//! A run that is killed leaves the old results whole.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::{city, contents, plotratio, sample, scan};

#[test]
fn a_kill_at_any_moment_leaves_whole_results() {
    let home = tempfile::tempdir().unwrap();
    let large = home.path().join("large");
    city(&large, &["-n", "4000", "--format", "fgb"]);
    let place = home.path().join("place");
    let out = place.join("results");
    let again = |out: &Path| {
        let mut command: Command = plotratio();
        command
            .args(["scan", "--overwrite", "--as-of", "2022-06-01", "--parcels"])
            .arg(large.join("parcels.fgb"))
            .arg("--buildings")
            .arg(large.join("buildings.fgb"))
            .arg("-o")
            .arg(out)
            .stdout(Stdio::null());
        command
    };
    let reference = home.path().join("reference");
    let began = Instant::now();
    assert!(again(&reference).status().unwrap().success());
    let whole_run = began.elapsed();
    let new = contents(&reference);
    scan(&sample(), "gpkg", &out, &[]);
    let old = contents(&out);
    let (mut killed, moments) = (0, 16);
    for moment in 0..moments {
        let mut run = again(&out).spawn().unwrap();
        std::thread::sleep(whole_run * moment / moments);
        run.kill().unwrap();
        killed += u32::from(!run.wait().unwrap().success());
        let there = contents_or_beside(&out);
        assert!(there == old || there == new, "{:?}", there.keys());
    }
    assert!(killed > 0);
    assert!(again(&out).status().unwrap().success());
    assert!(contents(&out) == new);
    let beside: Vec<_> = std::fs::read_dir(&place).unwrap().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
}

/// What is in the folder, or in the hidden one that waits beside it to be brought back.
fn contents_or_beside(out: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    if out.exists() {
        return contents(out);
    }
    let mut beside = std::fs::read_dir(out.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains(".results.old-"));
    contents(&beside.next().unwrap())
}
