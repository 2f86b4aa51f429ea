//! Findings on single cases: the condition that decided, and what is said of it in both languages.

use plotratio::law::facts::Facts;
use plotratio::law::judge::{Case, Condition, Finding, Verdict, judge_rule};
use plotratio::law::pack::{Pack, Relation};
use plotratio::quantity::Figure;
use plotratio::read::CheckFile;
use plotratio::write::Language;
use plotratio::write::judgement::{Heading, explanation, judgement_text};

use super::columns::Columns;
use super::{fault, judged, taizhou};
use crate::properties::{Dice, choices, made};

fn text(figure: Option<&Figure>) -> String {
    match figure {
        None => String::new(),
        Some(Figure::Truth(truth)) => truth.to_string(),
        Some(Figure::Word(word)) => word.to_string(),
        Some(Figure::Words(words)) => words.join(";"),
        Some(Figure::Day(day)) => day.to_string(),
        Some(figure) => format!("{:.18}", figure.number().unwrap().to_f64()),
    }
}

/// What of a finding contradicts it.
fn contradiction(finding: &Finding, pack: &Pack) -> Option<String> {
    let rule = pack.rules.iter().find(|rule| rule.id == finding.rule);
    let classifies = rule.is_some_and(|rule| rule.classifies);
    let deciding = finding.deciding();
    let decided = matches!(
        finding.verdict,
        Verdict::Pass | Verdict::Fail | Verdict::Discretionary
    );
    if decided && deciding.is_none() {
        return Some(format!("nothing decided {}", finding.rule));
    }
    let value = deciding.and_then(|condition| condition.value.as_ref());
    let bound = deciding.and_then(Condition::rounded_bound);
    let bound = bound.as_ref().or(deciding.and_then(|of| of.bound.as_ref()));
    // of numbers the exact ones are compared; how they are printed is looked at in what is said
    let exact = value
        .and_then(Figure::number)
        .zip(bound.and_then(Figure::number));
    let (value, bound) = match exact {
        Some((value, bound)) => {
            let order = value.cmp(&bound) as i8;
            (order.to_string(), "0".to_owned())
        }
        None => (text(value), text(bound)),
    };
    [Language::Zh, Language::En]
        .into_iter()
        .find_map(|language| {
            Columns {
                verdict: finding.verdict.name(),
                classifies,
                measure: deciding.map_or("", |condition| &condition.measure),
                value: &value,
                relation: deciding.map_or("", |condition| condition.relation.name()),
                bound: &bound,
                explanation: &explanation(finding, rule, language),
            }
            .contradiction()
        })
}

fn all(facts: &Facts, pack: &Pack, kind: &str, choices: &[(String, String)]) -> Vec<Finding> {
    let case = Case {
        facts,
        pack,
        choices,
        as_of: made::AS_OF,
    };
    let rules = pack
        .rules
        .iter()
        .filter(|rule| rule.kinds.iter().any(|of| of == kind));
    rules.map(|rule| judge_rule(rule, &case)).collect()
}

#[test]
fn no_finding_on_made_cases_contradicts_itself() {
    let pack = taizhou();
    let mut decided = 0;
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        for (kind, facts) in [
            ("upgrade", made::upgrade(&mut dice)),
            ("split", made::split(&mut dice)),
            ("merge", made::merge(&mut dice)),
        ] {
            let choices = choices(&mut dice, &pack);
            for finding in all(&facts, &pack, kind, &choices) {
                if let Some(what) = contradiction(&finding, &pack) {
                    panic!("seed {seed}, {kind} by {choices:?}: {what}");
                }
                decided += usize::from(finding.verdict != Verdict::Unknown);
            }
        }
    }
    assert!(decided > 4000, "{decided}");
}

fn of(name: &str, rule: &str) -> (Finding, Pack) {
    let pack = taizhou();
    let judgement = judged(&fault(name), &pack);
    let mut findings = judgement.findings.into_iter();
    (findings.find(|finding| finding.rule == rule).unwrap(), pack)
}

fn said(finding: &Finding, pack: &Pack, language: Language) -> String {
    let rule = pack.rules.iter().find(|rule| rule.id == finding.rule);
    explanation(finding, rule, language)
}

#[test]
fn the_list_of_an_enterprise_of_low_tax_is_the_evidence() {
    // revenue of 亿 and at most 10 万元 for each 亩
    let (finding, pack) = of("lowtax.toml", "low-tax-enterprise");
    assert_eq!(finding.verdict, Verdict::Fail);
    let by = finding.deciding().unwrap();
    assert!(by.holds() == Some(true) && contradiction(&finding, &pack).is_none());
    // below that revenue only the tax of at most 5 万元 counts
    let (finding, pack) = of("lowtax2.toml", "low-tax-enterprise");
    assert_eq!(finding.verdict, Verdict::Fail);
    let by = finding.deciding().unwrap();
    assert_eq!(by.measure, "tax_per_mu_two_years");
    assert_eq!(
        by.bound.as_ref().and_then(Figure::number).unwrap().to_f64(),
        5.0
    );
    let said = said(&finding, &pack, Language::Zh);
    assert!(
        said.starts_with("属于。") && said.contains("3 万元/亩 ≤ 5 万元/亩"),
        "{said}"
    );
    assert!(!said.contains("10000"), "{said}");
}

#[test]
fn what_does_not_apply_says_why() {
    let (finding, pack) = of("na.toml", "retained-industrial-use");
    assert_eq!(finding.verdict, Verdict::NotApplicable);
    let by = finding.deciding().unwrap();
    assert_eq!(
        (by.measure.as_str(), by.relation),
        ("site.plan_use", Relation::OneOf)
    );
    assert_eq!(by.value, Some(Figure::Word("industrial".into())));
    let said = said(&finding, &pack, Language::Zh);
    assert!(said.starts_with("不适用。规划用途："), "{said}");
    assert!(contradiction(&finding, &pack).is_none());
}

/// A check as a person reads it.
fn read(text: &str, language: Language) -> String {
    let pack = taizhou();
    let file = CheckFile::parse(text).unwrap();
    let heading = Heading {
        file: "case.toml",
        kind: &file.kind,
        pack: &pack,
        as_of: file.as_of.unwrap(),
        notes: &[],
    };
    judgement_text(&judged(&file, &pack), &heading, language)
}

#[test]
fn a_firm_that_is_none_of_quality_in_principle_says_by_what() {
    let firm = "kind = \"enterprise\"\nas_of = 2022-06-01\nrules = [\"local-quality-enterprise\"]\n\
        [enterprise]\nevaluation_class = \"C\"\nlisted = false\ntitles = []\n";
    let text = read(firm, Language::Zh);
    for line in [
        "  △ 满足其一：",
        "    △ 上一年度亩均评价：C类，须为其一：A类、B类",
        "    △ 单项冠军、小巨人等称号：无，须为其一：",
        "  → 原则上不属于，须认定",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let pack = taizhou();
    let judgement = judged(&CheckFile::parse(firm).unwrap(), &pack);
    let said = said(&judgement.findings[0], &pack, Language::En);
    assert!(
        said.starts_with("in principle not: to be decided. evaluation class of the year before: C"),
        "{said}"
    );
}

#[test]
fn land_that_is_idle_says_nothing_of_what_would_make_it_suspected() {
    let idle = "kind = \"grant\"\nas_of = 2022-06-01\n[grant]\ndue_start = 2020-03-15\nstarted = false\n\
        stopped_since = false\nprice_wan = 1860.0\ncause = \"enterprise\"\n";
    let text = read(idle, Language::Zh);
    assert!(text.contains("判定日：2022-06-01 > 2021-03-15"), "{text}");
    assert!(!text.contains("也可认定"), "{text}");
    assert!(
        text.contains("属于闲置土地处置办法 第二条“闲置土地”。"),
        "{text}"
    );
    let begun = read(
        &idle.replace("started = false", "started = 2020-03-01"),
        Language::Zh,
    );
    assert!(
        begun.contains("也可认定") && begun.contains("< 1/3"),
        "{begun}"
    );
}

#[test]
fn the_sentence_of_a_refused_upgrade_names_articles_and_goes_with_its_verdict() {
    let upgrade = "kind = \"upgrade\"\nas_of = 2022-06-01\nrules = [\"upgrade-veto\", \"fee-exemption\"]\n\
        [site]\nland_use = \"industrial\"\n\
        [upgrade]\nindustry_status = \"encouraged\"\nrelocation_planned = false\nuse_unchanged = false\n";
    // it names its rules, so that what only pays counts too
    let text = read(upgrade, Language::Zh);
    assert!(
        text.contains(
            "适用 1 条，符合 1 条；二（六）“提高容积率且自用的，不再增收土地价款和配套费”：不符合"
        ),
        "{text}"
    );
    assert!(
        text.contains("结论：不符合") && !text.contains("不影响结论"),
        "{text}"
    );
    let text = read(upgrade, Language::En);
    assert!(
        text.contains("Of the rules that permit or forbid, 1 applies, of which 1 is met;"),
        "{text}"
    );
    let whole = upgrade.replace("rules = [\"upgrade-veto\", \"fee-exemption\"]\n", "");
    assert!(read(&whole, Language::Zh).contains("另列（不影响结论）："));
}
