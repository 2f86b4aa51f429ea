//! What is missing and usually so: shown as a reading, never taken for granted.

use plotratio::law::judge::{Finding, Verdict};

use super::{changed, judged};

/// What the rule of the small pack with this test says of an upgrade with these facts.
fn found(test: &str, facts: &str) -> Finding {
    let pack = changed(
        r#"test = { measure = "plot_ratio", at_least = "1.0" }"#,
        test,
    )
    .unwrap();
    let file = format!("kind = \"upgrade\"\nas_of = 2022-06-01\nrules = [\"ratio\"]\n{facts}");
    judged(&file, &pack).findings.remove(0)
}

fn usual(finding: &Finding) -> Vec<(&str, Verdict)> {
    let readings = finding.readings.iter();
    let usual = readings.filter(|other| other.reading.starts_with("assume="));
    usual
        .map(|other| (other.reading.as_str(), other.verdict))
        .collect()
}

const NOTHING_TORN_DOWN: &str = r#"test = { all = [
    { measure = "upgrade.demolished_m2", at_most = "0" },
    { measure = "site.transfer_restricted", is = false },
] }"#;

#[test]
fn what_is_missing_is_unknown_and_its_usual_value_is_a_reading() {
    let finding = found(NOTHING_TORN_DOWN, "[site]\narea_m2 = 100.0\n");
    assert_eq!(finding.verdict, Verdict::Unknown);
    assert_eq!(
        usual(&finding),
        [(
            "assume=site.transfer_restricted=false,upgrade.demolished_m2=0",
            Verdict::Pass
        )]
    );
    assert!(finding.flags.is_empty(), "{:?}", finding.flags);
}

#[test]
fn a_given_0_and_a_given_no_are_given() {
    let finding = found(
        NOTHING_TORN_DOWN,
        "[site]\ntransfer_restricted = false\n[upgrade]\ndemolished_m2 = 0.0\n",
    );
    assert_eq!(finding.verdict, Verdict::Pass);
    assert!(usual(&finding).is_empty());
    let finding = found(NOTHING_TORN_DOWN, "[upgrade]\ndemolished_m2 = 0.0\n");
    assert_eq!(
        usual(&finding),
        [("assume=site.transfer_restricted=false", Verdict::Pass)]
    );
    let finding = found(NOTHING_TORN_DOWN, "[site]\ntransfer_restricted = true\n");
    assert_eq!((finding.verdict, usual(&finding).len()), (Verdict::Fail, 0));
}

#[test]
fn only_what_it_takes_is_assumed_and_what_is_not_usual_stays_unknown() {
    let one_is_enough = r#"test = { any = [
    { measure = "upgrade.demolished_m2", at_most = "0" },
    { measure = "site.transfer_restricted", is = false },
] }"#;
    let finding = found(one_is_enough, "[site]\narea_m2 = 100.0\n");
    assert_eq!(usual(&finding)[0].0.matches('=').count(), 2);
    let unusual = r#"test = { all = [
    { measure = "upgrade.demolished_m2", at_most = "0" },
    { measure = "upgrade.self_used", is = true },
] }"#;
    let finding = found(unusual, "[site]\narea_m2 = 100.0\n");
    assert_eq!(
        usual(&finding),
        [("assume=upgrade.demolished_m2=0", Verdict::Unknown)]
    );
}

#[test]
fn a_fact_that_usually_equals_another_is_what_that_is() {
    let test = r#"test = { measure = "enterprise.land_mu", at_least = "3 亩" }"#;
    let finding = found(test, "[site]\narea_m2 = 1999.99\n");
    assert_eq!(
        usual(&finding),
        [("assume=enterprise.land_mu=site.area_m2", Verdict::Fail)]
    );
    assert!(usual(&found(test, "[site]\nfootprint_m2 = 5.0\n")).is_empty());
}
