//! What a case expects → what does not hold of it, one line each.

use plotratio::law::judge::{AmountFound, Condition, Judgement};
use plotratio::quantity::Figure;
use toml::{Table, Value};

use super::{judged, number, pack_of, texts};

/// Every way in which a judgement of `facts` is not as expected.
#[expect(clippy::too_many_lines, reason = "one block for each expectation")]
pub fn mismatches(facts: &Table, expect: &Table) -> Vec<String> {
    let judgement = judged(facts, None);
    let mut wrong = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            wrong.push(what);
        }
    };
    for (key, value) in expect {
        match key.as_str() {
            "verdict" => check(
                judgement.verdict.name() == value.as_str().unwrap(),
                format!("verdict is {}", judgement.verdict.name()),
            ),
            "flags" => texts(Some(value)).iter().for_each(|flag| {
                check(
                    judgement.flags.contains(flag),
                    format!("no flag {flag} in {:?}", judgement.flags),
                );
            }),
            "no_flags" => texts(Some(value))
                .iter()
                .for_each(|flag| check(!judgement.flags.contains(flag), format!("flag {flag}"))),
            "conditions" => conditions(&judgement, value, "")
                .into_iter()
                .for_each(|what| check(false, what)),
            "reading_conditions" => {
                for (reading, wanted) in value.as_table().unwrap() {
                    for what in conditions(&judged(facts, Some(reading)), wanted, reading) {
                        check(false, what);
                    }
                }
            }
            "values" => {
                for (measure, wanted) in value.as_table().unwrap() {
                    let found = found(&judgement, measure)
                        .filter_map(|condition| condition.value.as_ref())
                        .find_map(Figure::number);
                    let near = found
                        .is_some_and(|found| (found.to_f64() - number(wanted)).abs() <= 5.1e-7);
                    check(near, format!("{measure} is {found:?}, not {wanted}"));
                }
            }
            "readings" => {
                for (reading, wanted) in value.as_table().unwrap() {
                    let verdict = under(&judgement, reading);
                    check(
                        verdict == wanted.as_str().unwrap(),
                        format!("under {reading} it is {verdict}"),
                    );
                    // what is listed is what judging by that reading gives
                    let again = judged(facts, Some(reading)).verdict.name();
                    check(
                        again == wanted.as_str().unwrap(),
                        format!("judged by {reading} it is {again}"),
                    );
                }
            }
            "amounts" => amounts(&judgement, value, "")
                .into_iter()
                .for_each(|what| check(false, what)),
            "reading_amounts" => {
                for (reading, wanted) in value.as_table().unwrap() {
                    for what in amounts(&judged(facts, Some(reading)), wanted, reading) {
                        check(false, what);
                    }
                }
            }
            "unknown_amounts" => {
                for name in texts(Some(value)) {
                    let amount = judgement.amounts().find(|amount| amount.name == name);
                    check(
                        amount.is_some_and(|amount| amount.value.is_none()),
                        format!("{name} is {amount:?}"),
                    );
                }
            }
            "missing" => {
                for name in texts(Some(value)) {
                    let all: Vec<_> = judgement
                        .findings
                        .iter()
                        .flat_map(|finding| &finding.missing)
                        .collect();
                    check(
                        all.contains(&&name),
                        format!("{name} is not among the missing {all:?}"),
                    );
                }
            }
            "article" => check(
                judgement.findings[0].article == value.as_str().unwrap(),
                format!("article is {}", judgement.findings[0].article),
            ),
            "quote" => {
                let quote = quote_of(facts, &judgement);
                check(
                    quote.contains(value.as_str().unwrap()),
                    format!("quote is {quote}"),
                );
            }
            "no_missing" => {
                for name in texts(Some(value)) {
                    let mut missing = judgement
                        .findings
                        .iter()
                        .flat_map(|finding| &finding.missing);
                    check(
                        missing.all(|have| *have != name),
                        format!("{name} is missing"),
                    );
                }
            }
            "notes" | "no_notes" => {
                let said: Vec<_> = judgement
                    .findings
                    .iter()
                    .flat_map(|finding| finding.notes.iter().map(|note| note.zh.as_str()))
                    .collect();
                for part in texts(Some(value)) {
                    let has = said.iter().any(|note| note.contains(&part));
                    check(has == (key == "notes"), format!("{key} {part}: {said:?}"));
                }
            }
            other => check(false, format!("`{other}` is no expectation")),
        }
    }
    wrong
}

/// The words under which the first finding stands.
fn quote_of(facts: &Table, judgement: &Judgement) -> String {
    let finding = &judgement.findings[0];
    let pack = pack_of(facts);
    let as_of = facts["as_of"].to_string().parse().unwrap();
    let rule = pack.rule(&finding.rule, as_of).unwrap();
    let quote = finding.quote.clone();
    let quote = quote.unwrap_or_else(|| rule.quote.clone());
    let article = &pack.articles[&finding.article].text;
    assert!(
        quote.split('…').all(|part| article.contains(part)),
        "{quote} does not stand in {}",
        finding.article
    );
    quote
}

fn found<'a>(judgement: &'a Judgement, measure: &'a str) -> impl Iterator<Item = &'a Condition> {
    judgement
        .findings
        .iter()
        .flat_map(|finding| &finding.conditions)
        .filter(move |condition| condition.measure == measure)
}

fn conditions(judgement: &Judgement, wanted: &Value, reading: &str) -> Vec<String> {
    let wrong = |(measure, wanted): (&String, &Value)| {
        let verdicts: Vec<_> = found(judgement, measure)
            .map(|condition| condition.verdict.name())
            .collect();
        let wanted = wanted.as_str().unwrap();
        (!verdicts.contains(&wanted))
            .then(|| format!("{reading} {measure} is {verdicts:?}, not {wanted}"))
    };
    wanted
        .as_table()
        .unwrap()
        .iter()
        .filter_map(wrong)
        .collect()
}

fn amounts(judgement: &Judgement, wanted: &Value, reading: &str) -> Vec<String> {
    let wrong = |(name, wanted): (&String, &Value)| {
        let found: Option<&AmountFound> = judgement.amounts().find(|amount| amount.name == *name);
        let figure = found.and_then(|amount| amount.value.as_ref());
        let holds = match (figure, wanted) {
            (Some(Figure::Word(word)), Value::String(wanted)) => word == wanted,
            (Some(Figure::Day(day)), wanted) => {
                day.to_string() == wanted.to_string().trim_matches('"')
            }
            (Some(figure), wanted) => figure
                .number()
                .is_some_and(|found| (found.to_f64() - number(wanted)).abs() <= 5.1e-7),
            (None, _) => false,
        };
        (!holds).then(|| format!("{reading} {name} is {figure:?}, not {wanted}"))
    };
    wanted
        .as_table()
        .unwrap()
        .iter()
        .filter_map(wrong)
        .collect()
}

/// The verdict under another reading as the findings list it; as by default where none lists it.
fn under(judgement: &Judgement, reading: &str) -> &'static str {
    let listed = judgement
        .findings
        .iter()
        .flat_map(|finding| &finding.readings)
        .find(|other| other.reading == reading);
    listed
        .map_or(judgement.verdict, |other| other.verdict)
        .name()
}
