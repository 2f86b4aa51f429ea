//! The headline of a check is over what permits or forbids.

use plotratio::law::judge::{Judgement, Verdict};
use plotratio::law::pack::Nature;
use plotratio::read::CheckFile;

use super::{fault, judged, taizhou};

fn of<'a>(judgement: &'a Judgement, rule: &str) -> &'a plotratio::law::judge::Finding {
    let mut findings = judgement.findings.iter();
    findings.find(|finding| finding.rule == rule).unwrap()
}

#[test]
fn a_good_enterprise_within_the_scope_of_the_survey_is_not_headed_as_failing() {
    let judgement = judged(&fault("good_enterprise.toml"), &taizhou());
    assert_eq!(of(&judgement, "survey-scope").verdict, Verdict::Fail);
    assert_eq!(of(&judgement, "survey-scope").nature, Nature::Classifies);
    assert!(
        !matches!(judgement.verdict, Verdict::Fail),
        "{:?}",
        judgement.verdict
    );
    let permits = judgement
        .findings
        .iter()
        .filter(|finding| finding.nature == Nature::Permits);
    assert_eq!(
        judgement.verdict,
        Verdict::all(permits.map(|finding| finding.verdict))
    );
}

#[test]
fn rules_that_only_classify_or_pay_are_the_verdict_where_there_are_no_others() {
    let verdict = |name: &str| judged(&fault(name), &taizhou()).verdict;
    assert_eq!(verdict("lowtax2.toml"), Verdict::Fail);
    let unpaid = "kind = \"investment\"\nas_of = 2022-06-01\nrules = [\"renovation-subsidy\"]\n\
        [enterprise]\nevaluation_class = \"A\"\n[investment]\nequipment_wan = 499.0\n";
    let judgement = judged(&CheckFile::parse(unpaid).unwrap(), &taizhou());
    assert_eq!(judgement.verdict, Verdict::Fail);
    assert_eq!(judgement.findings[0].nature, Nature::Pays);
}

#[test]
fn the_verdict_is_all_over_the_rules_that_a_case_names() {
    let text = "kind = \"upgrade\"\nas_of = 2022-06-01\nrules = [\"upgrade-veto\", \"renovation-subsidy\"]\n\
        [upgrade]\nindustry_status = \"encouraged\"\nrelocation_planned = false\n\
        [enterprise]\nevaluation_class = \"A\"\n[investment]\nequipment_wan = 499.0\n";
    let judgement = judged(&CheckFile::parse(text).unwrap(), &taizhou());
    assert_eq!(of(&judgement, "upgrade-veto").verdict, Verdict::Pass);
    assert_eq!(of(&judgement, "renovation-subsidy").verdict, Verdict::Fail);
    assert_eq!(judgement.verdict, Verdict::Fail);
}

#[test]
fn money_that_is_not_due_does_not_turn_what_is_permitted() {
    let text = "kind = \"upgrade\"\nas_of = 2022-06-01\n\
        [enterprise]\nevaluation_class = \"A\"\n[investment]\nequipment_wan = 499.0\n";
    let judgement = judged(&CheckFile::parse(text).unwrap(), &taizhou());
    assert_eq!(of(&judgement, "renovation-subsidy").verdict, Verdict::Fail);
    assert_eq!(judgement.verdict, Verdict::Unknown);
}
