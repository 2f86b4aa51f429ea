//! Every rule with its pass, its fail, its bound, one unit beyond, a fact missing, and what it does not speak of.

use toml::{Table, Value};

use super::expectation::mismatches;
use super::{files, read, texts};

#[test]
fn every_rule_is_judged_as_its_cases_say() {
    let (mut wrong, mut cases) = (Vec::new(), 0);
    for path in files("rules") {
        let file = read(&path);
        let rule = file["rule"].as_str().unwrap();
        for case in file["case"].as_array().unwrap() {
            let (facts, expect) = variation(&file, case.as_table().unwrap());
            let found = mismatches(&facts, &expect);
            wrong.extend(
                found
                    .into_iter()
                    .map(|what| format!("{rule}, {}: {what}", case["name"].as_str().unwrap())),
            );
            cases += 1;
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {cases} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A case of a rule as a check file of its own, and what it expects.
pub fn variation(file: &Table, case: &Table) -> (Table, Table) {
    let mut facts = file["base"].as_table().unwrap().clone();
    for (path, value) in case
        .get("set")
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
    {
        set(&mut facts, path, value.clone());
    }
    for path in texts(case.get("unset")) {
        unset(&mut facts, &path);
    }
    facts.insert("kind".into(), file["kind"].clone());
    facts.insert("rules".into(), Value::Array(vec![file["rule"].clone()]));
    let as_of = case.get("as_of").or_else(|| file.get("as_of")).unwrap();
    facts.insert("as_of".into(), as_of.clone());
    facts.extend(
        file.get("policy")
            .map(|policy| ("policy".to_owned(), policy.clone())),
    );
    (facts, case["expect"].as_table().unwrap().clone())
}

fn set(facts: &mut Table, path: &str, value: Value) {
    match path.split('.').collect::<Vec<_>>()[..] {
        [key] => {
            facts.insert(key.into(), value);
        }
        [table, key]
            if facts.get(table).is_some_and(Value::is_array) || key.parse::<usize>().is_ok() =>
        {
            let array = facts
                .entry(table)
                .or_insert_with(|| Value::Array(Vec::new()))
                .as_array_mut()
                .unwrap();
            place(array, key, value);
        }
        [table, key] => {
            let table = facts
                .entry(table)
                .or_insert_with(|| Value::Table(Table::new()));
            table.as_table_mut().unwrap().insert(key.into(), value);
        }
        [table, at, key] => {
            let of = facts
                .entry(table)
                .or_insert_with(|| Value::Array(Vec::new()));
            match of {
                Value::Array(array) => {
                    let at: usize = at.parse().unwrap();
                    if at == array.len() {
                        array.push(Value::Table(Table::new()));
                    }
                    array[at].as_table_mut().unwrap().insert(key.into(), value);
                }
                Value::Table(of) => {
                    let inner = of.entry(at).or_insert_with(|| Value::Table(Table::new()));
                    inner.as_table_mut().unwrap().insert(key.into(), value);
                }
                _ => panic!("{path}"),
            }
        }
        _ => panic!("{path}"),
    }
}

fn place(array: &mut Vec<Value>, at: &str, value: Value) {
    let at: usize = at.parse().unwrap();
    if at == array.len() {
        array.push(value);
    } else {
        array[at] = value;
    }
}

fn unset(facts: &mut Table, path: &str) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let gone = match (
        facts.get_mut(first).unwrap_or_else(|| panic!("{path}")),
        rest,
    ) {
        (_, "") => facts.remove(first),
        (Value::Table(table), key) => match key.split_once('.') {
            Some((key, inner)) => table[key].as_table_mut().unwrap().remove(inner),
            None => table.remove(key),
        },
        (Value::Array(array), rest) => match rest.split_once('.') {
            Some((at, key)) => array[at.parse::<usize>().unwrap()]
                .as_table_mut()
                .unwrap()
                .remove(key),
            None => Some(array.remove(rest.parse().unwrap())),
        },
        _ => None,
    };
    assert!(gone.is_some(), "{path} was not there");
}
