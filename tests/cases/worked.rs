//! The worked cases of the policy.

use super::expectation::mismatches;
use super::{files, read};

#[test]
fn every_worked_case_is_judged_as_the_law_says() {
    let mut wrong = Vec::new();
    for path in files("worked") {
        let mut facts = read(&path);
        let expect = facts.remove("expect").unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        wrong.extend(
            mismatches(&facts, expect.as_table().unwrap())
                .into_iter()
                .map(|what| format!("{name}: {what}")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
