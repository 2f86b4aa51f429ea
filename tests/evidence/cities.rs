//! Every finding of the sample and of invented cities of 20,000 parcels with contracts and enterprises.

use std::collections::BTreeMap;
use std::path::Path;

use plotratio::law::pack::Pack;

use super::columns::Columns;
use super::taizhou;
use crate::command_line::{city, run};

/// The rows of a CSV, each by its columns' names.
pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let names = cells(lines.next().unwrap());
    lines
        .map(|line| names.iter().cloned().zip(cells(line)).collect())
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// Holds every finding of a folder of results against itself; how many there are of each rule that were decided.
pub fn check(out: &Path, pack: &Pack) -> BTreeMap<String, usize> {
    let (mut wrong, mut decided) = (Vec::new(), BTreeMap::new());
    for row in rows(&out.join("findings.csv")) {
        let rule = pack
            .rules
            .iter()
            .find(|rule| rule.id == row["rule"])
            .unwrap();
        let columns = Columns {
            verdict: &row["verdict"],
            classifies: rule.classifies,
            measure: &row["measure"],
            value: &row["value"],
            relation: &row["relation"],
            bound: &row["bound"],
            explanation: &row["explanation"],
        };
        wrong.extend(
            columns
                .contradiction()
                .map(|what| format!("{} of {}: {what}", row["rule"], row["subject_id"])),
        );
        if ["pass", "fail", "discretionary"].contains(&row["verdict"].as_str()) {
            *decided.entry(row["rule"].clone()).or_default() += 1;
        }
    }
    assert!(
        wrong.is_empty(),
        "{} contradictions:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    decided
}

#[test]
fn no_finding_of_the_sample_contradicts_itself() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    let shown = out.display().to_string();
    run(&["scan", "data-samples/city.toml", "-o", &shown]);
    let decided = check(&out, &taizhou());
    let all: usize = decided.values().sum();
    eprintln!("{all} decided findings of the sample: {decided:?}");
    assert!(
        all > 200
            && decided.contains_key("low-tax-enterprise")
            && decided.contains_key("idle-land")
    );
}

#[test]
fn no_finding_of_a_city_of_20000_parcels_contradicts_itself() {
    let home = tempfile::tempdir().unwrap();
    let (place, out) = (home.path().join("city"), home.path().join("out"));
    city(&place, &["-n", "20000", "--seed", "13"]);
    let layer = |name: &str| place.join(name).display().to_string();
    let (shown, sources) = (
        out.display().to_string(),
        [
            ("--parcels", layer("parcels.gpkg")),
            ("--buildings", layer("buildings.gpkg")),
            ("--storeys", layer("storeys.csv")),
            ("--plan", layer("plan.gpkg")),
            ("--contracts", layer("contracts.csv")),
            ("--enterprises", layer("enterprises.csv")),
        ],
    );
    let mut arguments = vec![
        "scan",
        "-o",
        &shown,
        "--as-of",
        "2022-06-01",
        "--format",
        "csv",
    ];
    for (option, source) in &sources {
        arguments.extend([*option, source.as_str()]);
    }
    run(&arguments);
    let decided = check(&out, &taizhou());
    let all: usize = decided.values().sum();
    eprintln!("{all} decided findings: {decided:?}");
    assert!(all > 1000, "{all}");
    for rule in [
        "plot-ratio-within-plan",
        "idle-land",
        "low-tax-enterprise",
        "survey-scope",
    ] {
        assert!(decided.contains_key(rule), "{rule} in {decided:?}");
    }
}

#[test]
fn every_quote_stands_in_its_article() {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for pack in Pack::known() {
        let pack = Pack::load(pack, &plotratio::law::measures::Catalogue).unwrap();
        for rule in &pack.rules {
            let own = (&rule.article, &rule.quote);
            let amended = rule.amended.iter().map(|(article, quote)| (article, quote));
            let editions = rule.edition.iter().flat_map(|edition| &edition.among);
            let editions = editions.map(|(_, words)| (&words.article, &words.quote));
            for (article, quote) in std::iter::once(own).chain(amended).chain(editions) {
                let text = bare(&pack.articles[article].text);
                for part in bare(quote).split('…') {
                    assert!(text.contains(part), "{}: {part}", rule.id);
                }
            }
        }
    }
}
