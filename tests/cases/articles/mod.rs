//! Every premise of an article, given true, given false and missing: what the rule says of it then.

mod annexes;
mod counties;
mod investments;
mod transfers;
mod upgrades;

use plotratio::law::judge::{Finding, Verdict};
use toml::{Table, Value};

use super::judged;

/// A case with some facts set, or taken away where the value is `-`; what a rule says of it.
fn found(base: &str, rule: &str, set: &[(&str, &str)]) -> Finding {
    let mut facts: Table = base.parse().unwrap();
    for (path, value) in set {
        let (table, key) = path.split_once('.').unwrap_or(("", path));
        let target = if table.is_empty() {
            &mut facts
        } else {
            let table = facts
                .entry(table)
                .or_insert_with(|| Value::Table(Table::new()));
            table.as_table_mut().unwrap()
        };
        target.remove(key);
        if *value != "-" {
            let given: Table = format!("it = {value}").parse().unwrap();
            target.insert(key.to_owned(), given["it"].clone());
        }
    }
    facts.insert("rules".into(), Value::Array(vec![rule.into()]));
    let mut findings = judged(&facts, None).findings;
    findings.remove(0)
}

/// Holds what a rule says against what it must say, for each change of a case on which it passes.
fn hold(base: &str, rule: &str, passes: Verdict, changes: &[(&str, &str, Verdict)]) {
    let first = found(base, rule, &[]);
    assert_eq!(first.verdict, passes, "{rule}: {:?}", first.missing);
    for (path, value, wanted) in changes {
        let finding = found(base, rule, &[(path, value)]);
        assert_eq!(
            finding.verdict, *wanted,
            "{rule} with {path} = {value}: {:?}",
            finding.missing
        );
        if *wanted == Verdict::Unknown {
            assert!(!finding.missing.is_empty(), "{rule} with {path} = {value}");
        }
    }
}

const UPGRADE: &str = r#"
kind = "upgrade"
as_of = 2022-06-01
[site]
area_m2 = 30000.0
floor_area_m2 = 30000.0
production_floor_area_m2 = 30000.0
land_use = "industrial"
plan_use = "residential"
near_term_demolition = false
demolition_commitment = true
earlier_scattered_m2 = 0.0
[upgrade]
demolished_m2 = 0.0
built_m2 = 13200.0
production_built_m2 = 13200.0
production_demolished_m2 = 0.0
industry_status = "encouraged"
relocation_planned = false
use_unchanged = true
compliant = true
self_used = true
adds_storeys = false
review_class = "general"
legacy_project = true
legacy_rectified = true
legacy_consent = true
accepted = true
approval_date = 2022-02-28
start_date = 2022-05-28
[approval]
fire = true
quality = true
planning = true
[enterprise]
evaluation_class = "A"
[[scattered]]
area_m2 = 6000.0
conforms_to_plan = true
adjacent = true
"#;
