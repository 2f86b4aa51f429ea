//! What is read in English holds no Chinese but quotations, the names of documents and articles, and names in quotation marks.

use plotratio::law::facts::facts;
use plotratio::law::measures::measures;
use plotratio::law::pack::Pack;

use super::json::files;
use crate::command_line::{plotratio, stderr};

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// A text without what stands between quotation marks, however deep.
fn unquoted(text: &str) -> String {
    let mut depth = 0_i32;
    let mut left = String::new();
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            c if depth <= 0 => left.push(c),
            _ => {}
        }
    }
    left
}

/// What of a text is Chinese and no quotation, and neither an article nor a document of the pack.
fn chinese(text: &str, packs: &[Pack]) -> Option<String> {
    let mut left = text.to_owned();
    for pack in packs {
        left = left.replace(&pack.name, "");
        let documents = pack.articles.values().filter_map(|of| of.document.as_ref());
        let titles = pack.articles.values().map(|of| &of.title);
        let mut names: Vec<&String> = pack
            .articles
            .keys()
            .chain(documents)
            .chain(titles)
            .collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for name in names {
            left = left.replace(name.as_str(), "");
        }
    }
    // numbers of documents
    let left = left
        .replace("国土资发〔2008〕24号", "")
        .replace("自然资发〔2023〕72号", "");
    let left = unquoted(&left);
    left.chars().any(is_chinese).then(|| left.trim().to_owned())
}

fn packs() -> Vec<Pack> {
    Pack::known()
        .map(|id| Pack::load(id, &plotratio::law::measures::Catalogue).unwrap())
        .collect()
}

#[test]
fn every_measure_fact_rule_and_flag_has_an_english_name_without_chinese() {
    let packs = packs();
    let mut wrong = Vec::new();
    let mut say = |what: &str, text: &str| {
        wrong.extend(chinese(text, &packs).map(|left| format!("{what}: {left}")));
    };
    for measure in measures() {
        say(measure.name, measure.en);
    }
    for fact in facts() {
        say(fact.name, fact.en);
    }
    for pack in &packs {
        for rule in &pack.rules {
            say(&rule.id, &rule.en);
            for amount in &rule.amounts {
                say(&amount.name, &amount.en);
                for path in &amount.paths {
                    say(&amount.name, path.en.as_deref().unwrap_or_default());
                }
            }
        }
        for reading in &pack.readings {
            say(&reading.name, &reading.en);
        }
        for text in pack.own_texts() {
            say("a flag or a choice", pack.in_english(text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_check_says_in_english_holds_no_chinese() {
    let packs = packs();
    for json in [false, true] {
        let mut command = plotratio();
        command.args(["check", "--lang", "en"]);
        if json {
            command.arg("--json");
        }
        let output = command.args(files()).output().unwrap();
        assert!(output.status.code() < Some(2), "{}", stderr(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if json {
            let sentences = |line: &String| -> Vec<String> {
                let case: serde_json::Value = serde_json::from_str(line).unwrap();
                let findings = case["findings"].as_array().unwrap().iter();
                let said = findings.map(|finding| finding["explanation"].to_string());
                said.chain([case["summary"].to_string()]).collect()
            };
            lines = lines.iter().flat_map(sentences).collect();
        }
        assert!(lines.len() > 50);
        let wrong: Vec<String> = lines
            .iter()
            .filter_map(|line| chinese(line, &packs))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn rules_are_shown_in_english_without_chinese() {
    let packs = packs();
    for pack in &packs {
        for id in pack.rule_ids() {
            let output = plotratio()
                .args(["rules", "show", id, "--policy", &pack.id, "--lang", "en"])
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.contains("nature: "), "{text}");
            let wrong: Vec<String> = text
                .lines()
                .filter_map(|line| chinese(line, &packs))
                .collect();
            assert!(wrong.is_empty(), "{id}: {wrong:#?}");
        }
    }
}
