//! The working of amounts: every bracket and cap adds up to the amount, in its unit, as `check` prints it.

use plotratio::write::Language;
use plotratio::write::judgement::{Heading, check_json, judgement_text};
use serde_json::Value;
use toml::Table;

use super::rules::variation;
use super::{files, judged, pack_of, read};

fn json(facts: &Table, language: Language) -> Value {
    let judgement = judged(facts, None);
    let pack = pack_of(facts);
    let kind = facts["kind"].as_str().unwrap();
    let said = check_json(
        &judgement,
        ("case", kind),
        (&pack, day(facts)),
        &[],
        language,
    );
    serde_json::to_value(&said).unwrap()
}

fn day(facts: &Table) -> jiff::civil::Date {
    facts["as_of"].to_string().parse().unwrap()
}

fn text(facts: &Table) -> String {
    let judgement = judged(facts, None);
    let pack = pack_of(facts);
    let heading = Heading {
        file: "case",
        kind: facts["kind"].as_str().unwrap(),
        pack: &pack,
        as_of: day(facts),
        notes: &[],
    };
    judgement_text(&judgement, &heading, Language::Zh)
}

/// A case of a rule's file by its name, with some facts set.
fn case(rule: &str, set: &str) -> Table {
    let file = read(&super::folder("rules").join(format!("{rule}.toml")));
    variation(&file, &format!("expect = {{}}\n{set}").parse().unwrap()).0
}

#[test]
fn the_working_of_every_amount_of_every_case_adds_up_to_it() {
    let mut amounts = 0;
    for path in files("rules") {
        let file = read(&path);
        for of in file["case"].as_array().unwrap() {
            let (facts, _) = variation(&file, of.as_table().unwrap());
            for finding in json(&facts, Language::Zh)["findings"].as_array().unwrap() {
                for amount in finding["amounts"].as_array().into_iter().flatten() {
                    adds_up(amount, &format!("{}: {}", path.display(), of["name"]));
                    amounts += 1;
                }
            }
        }
    }
    assert!(amounts > 100, "{amounts}");
}

/// Each sum is that of the parts before it, and the amount is the way that is taken under the least of its caps.
fn adds_up(amount: &Value, of: &str) {
    let steps = amount["working"].as_array().unwrap();
    let Some(value) = amount["value"].as_f64() else {
        return;
    };
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let (mut parts, mut sums, mut taken, mut caps) = (0.0, Vec::new(), None, Vec::new());
    for step in steps {
        let number = |key: &str| step[key].as_f64();
        match step["step"].as_str().unwrap() {
            "nothing_due" => taken = Some(0.0),
            "of" => sums.extend(number("value").filter(|_| steps.len() == 1)),
            "bracket" | "storey" => parts += number("gives").unwrap(),
            "sum" => {
                let (total, by) = (number("total").unwrap(), number("divided_by").unwrap());
                let gives = number("gives").unwrap();
                assert!(near(total / by, gives), "{of}: {step}");
                assert!(parts == 0.0 || near(parts, total), "{of}: {step}");
                (parts, taken) = (0.0, Some(gives));
                sums.push(gives);
            }
            "way" if step["taken"] == true => taken = number("gives"),
            "cap" => caps.extend(number("at").map(|at| (at, step["binds"] == true))),
            _ => {}
        }
    }
    let before = taken.or(sums.last().copied()).unwrap();
    let least = caps.iter().map(|(at, _)| *at).fold(before, f64::min);
    assert!(near(least, value), "{of}: {amount}");
    for (at, binds) in caps {
        assert_eq!(binds, near(at, least) && at < before, "{of}: {amount}");
    }
}

#[test]
fn an_amount_names_its_brackets_its_class_and_the_cap_that_bound() {
    let facts = case(
        "renovation-subsidy",
        "set = { \"investment.equipment_wan\" = 8000.0, \"enterprise.local_contribution_wan\" = 700.0 }",
    );
    let said = text(&facts);
    for line in [
        "技术改造补助（renovation_subsidy_wan） = 700 万元（人民币柒佰万元整）",
        "亩均评价：A 类",
        "2000 万元 × 10% = 200 万元",
        "2000–5000 万元: (5000 − 2000) × 12% = 360 万元",
        "5000–8000 万元: (8000 − 5000) × 15% = 450 万元",
        "合计 1010 万元",
        "不超过最高额 2000 万元：未触及",
        "不超过当年企业地方贡献 700 万元：已达封顶，按此计",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
}

#[test]
fn a_cap_that_is_not_known_is_said_to_be_so() {
    let facts = case(
        "renovation-subsidy",
        "unset = [\"enterprise.local_contribution_wan\"]",
    );
    let said = text(&facts);
    assert!(
        said.contains("不超过当年企业地方贡献：未提供，未封顶，金额为上限"),
        "{said}"
    );
}

#[test]
fn units_are_those_of_the_law() {
    let of = |rule: &str, set: &str, name: &str| {
        let said = json(&case(rule, set), Language::Zh);
        let amounts = said["findings"][0]["amounts"].as_array().unwrap().clone();
        let found = amounts.into_iter().find(|amount| amount["name"] == name);
        let unit = found.unwrap()["unit"].clone();
        unit.as_str().map(str::to_owned)
    };
    for (rule, name, unit) in [
        ("land-price-floor", "land_price_floor_per_m2", Some("元/m²")),
        (
            "land-price-floor",
            "land_price_floor_wan_per_mu",
            Some("万元/亩"),
        ),
        ("over-limit-area", "over_limit_area_m2", Some("m²")),
        ("fee-exemption", "exempt_area_m2", Some("m²")),
        ("renovation-subsidy", "renovation_subsidy_wan", Some("万元")),
        (
            "vertical-industry-subsidy",
            "vertical_industry_subsidy_wan",
            Some("万元"),
        ),
        (
            "leased-plant-subsidy",
            "leased_plant_subsidy_wan",
            Some("万元"),
        ),
        ("investment-class-guard", "class_guard", None),
        ("merge-term", "unified_term_end", None),
    ] {
        assert_eq!(of(rule, "", name).as_deref(), unit, "{name}");
    }
    // nothing due has its unit too
    let refused = "set = { \"upgrade.self_used\" = false }";
    assert_eq!(
        of("fee-exemption", refused, "exempt_area_m2").as_deref(),
        Some("m²")
    );
}
