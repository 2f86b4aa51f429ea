//! The folder of results: whole or untouched, whatever happens.

use std::fs;
use std::path::{Path, PathBuf};

use plotratio::write::ResultFolder;

/// A folder `out` with old results, in a home of its own.
fn old_results() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("parcels.csv"), "old").unwrap();
    fs::write(target.join("idle.csv"), "old").unwrap();
    (home, target)
}

fn write(folder: &ResultFolder, text: &str) {
    fs::write(folder.path("parcels.csv"), text).unwrap();
}

fn read(target: &Path) -> String {
    fs::read_to_string(target.join("parcels.csv")).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn refusal(target: &Path, overwrite: bool) -> String {
    ResultFolder::begin(target, overwrite)
        .unwrap_err()
        .to_string()
}

#[test]
fn a_run_that_fails_leaves_the_old_results_and_nothing_beside_them() {
    let (home, target) = old_results();
    let folder = ResultFolder::begin(&target, true).unwrap();
    write(&folder, "half");
    assert_eq!(names(home.path()).len(), 2);
    drop(folder);
    assert_eq!(
        (names(home.path()), read(&target)),
        (vec!["out".to_owned()], "old".to_owned())
    );
}

#[test]
fn a_run_that_ends_replaces_all_old_results() {
    let (home, target) = old_results();
    let folder = ResultFolder::begin(&target, true).unwrap();
    write(&folder, "new");
    folder.commit().unwrap();
    assert_eq!(
        (names(home.path()), read(&target)),
        (vec!["out".to_owned()], "new".to_owned())
    );
    assert_eq!(names(&target), ["parcels.csv"]);
}

#[test]
fn a_new_or_empty_folder_needs_no_overwrite_and_its_parents_are_made() {
    let home = tempfile::tempdir().unwrap();
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for target in [empty, home.path().join("a/b/c")] {
        let folder = ResultFolder::begin(&target, false).unwrap();
        write(&folder, "new");
        folder.commit().unwrap();
        assert_eq!(read(&target), "new");
    }
}

#[test]
fn a_full_folder_a_file_and_the_current_folder_are_refused() {
    let (home, target) = old_results();
    assert!(refusal(&target, false).contains("pass `--overwrite`"));
    assert!(refusal(&target.join("idle.csv"), true).contains("it is a file"));
    assert!(refusal(Path::new("."), true).contains("current folder"));
    assert!(refusal(Path::new("/proc"), true).contains("cannot"));
    assert_eq!(names(home.path()), ["out"]);
}

#[test]
fn foreign_files_are_named_and_kept_even_when_they_come_late() {
    let (home, target) = old_results();
    let folder = ResultFolder::begin(&target, true).unwrap();
    write(&folder, "new");
    fs::write(target.join("论文.docx"), "years of work").unwrap();
    assert!(
        folder
            .commit()
            .unwrap_err()
            .to_string()
            .contains("`论文.docx`")
    );
    assert!(refusal(&target, true).contains("`论文.docx`"));
    assert_eq!(names(&target), ["idle.csv", "parcels.csv", "论文.docx"]);
    assert_eq!(
        (names(home.path()), read(&target)),
        (vec!["out".to_owned()], "old".to_owned())
    );
}

#[test]
fn what_a_kill_left_while_writing_is_cleared_away() {
    let (home, target) = old_results();
    fs::create_dir(home.path().join(".out.partial-killed")).unwrap();
    fs::write(home.path().join(".out.partial-killed/parcels.csv"), "half").unwrap();
    fs::create_dir(home.path().join(".other.partial-killed")).unwrap();
    drop(ResultFolder::begin(&target, true).unwrap());
    assert_eq!(names(home.path()), [".other.partial-killed", "out"]);
    assert_eq!(read(&target), "old");
}

#[test]
fn a_kill_between_the_two_renames_gives_the_old_results_back() {
    let (home, target) = old_results();
    fs::rename(&target, home.path().join(".out.old-killed")).unwrap();
    fs::create_dir(home.path().join(".out.partial-killed")).unwrap();
    assert!(refusal(&target, false).contains("pass `--overwrite`"));
    assert_eq!(
        (names(home.path()), read(&target)),
        (vec!["out".to_owned()], "old".to_owned())
    );
}

#[test]
fn a_kill_after_the_two_renames_keeps_the_new_results() {
    let (home, target) = old_results();
    fs::create_dir(home.path().join(".out.old-killed")).unwrap();
    fs::write(home.path().join(".out.old-killed/parcels.csv"), "older").unwrap();
    drop(ResultFolder::begin(&target, true).unwrap());
    assert_eq!(
        (names(home.path()), read(&target)),
        (vec!["out".to_owned()], "old".to_owned())
    );
}

#[test]
fn two_runs_side_by_side_leave_each_other_alone() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out");
    let one = ResultFolder::begin(&target, false).unwrap();
    let two = ResultFolder::begin(&target, false).unwrap();
    write(&one, "one");
    write(&two, "two");
    one.commit().unwrap();
    assert!(
        two.commit()
            .unwrap_err()
            .to_string()
            .contains("--overwrite")
    );
    assert_eq!(
        (names(home.path()), read(&target)),
        (vec!["out".to_owned()], "one".to_owned())
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_the_folder_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let (home, target) = old_results();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o750)).unwrap();
    let link = home.path().join("link");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let folder = ResultFolder::begin(&link, true).unwrap();
    write(&folder, "new");
    folder.commit().unwrap();
    assert!(link.is_symlink());
    assert_eq!(read(&target), "new");
    assert_eq!(
        fs::metadata(&target).unwrap().permissions().mode() & 0o777,
        0o750
    );
}
