//! What a run says of parcels and proposals, judged again by `check`: no rule says anything else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::command_line::{city, plotratio, rows, run, stderr, summary};

type Row = BTreeMap<String, String>;
/// Verdicts by rule, of each subject.
type Said = BTreeMap<String, BTreeMap<String, String>>;

/// Rules of upgrades that pay or waive a fee, and forbid nothing.
const PAYING: [&str; 4] = [
    "fee-exemption",
    "leased-plant-subsidy",
    "renovation-subsidy",
    "vertical-industry-subsidy",
];

/// An invented city, all of its layers, and a folder for what is found.
struct Town {
    home: tempfile::TempDir,
    toml: PathBuf,
}

impl Town {
    /// With `more` lines in its CITY.toml.
    fn new(seed: &str, more: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        city(home.path(), &["-n", "400", "--seed", seed]);
        let mut text = String::from("policy = \"taizhou-2021\"\nas_of = 2022-06-01\n");
        for layer in ["parcels", "buildings", "plan", "boundary", "obstacles"] {
            writeln!(text, "{layer} = \"{layer}.gpkg\"").unwrap();
        }
        for table in ["storeys", "lineage", "contracts", "enterprises"] {
            writeln!(text, "{table} = \"{table}.csv\"").unwrap();
        }
        text.push_str(more);
        let toml = home.path().join("city.toml");
        std::fs::write(&toml, text).unwrap();
        Self { home, toml }
    }

    fn to(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self, arguments: &[&str], to: &str) -> PathBuf {
        let (toml, out) = (self.toml.display().to_string(), self.to(to));
        run(&[arguments, &[&toml, "-o", &out.display().to_string()]].concat());
        out
    }

    /// What `check` says of some cases, by their names: the verdict of each rule, and of the case under the name of none.
    fn check(&self, cases: &[(String, String)]) -> Said {
        let folder = self.to("cases");
        std::fs::create_dir_all(&folder).unwrap();
        let mut command = plotratio();
        command.args(["check", "--json", "--city"]).arg(&self.toml);
        for (at, (_, text)) in cases.iter().enumerate() {
            let file = folder.join(format!("{at}.toml"));
            std::fs::write(&file, format!("as_of = 2022-06-01\n{text}")).unwrap();
            command.arg(file);
        }
        let output = command.output().unwrap();
        assert!(output.status.code() < Some(2), "{}", stderr(&output));
        let lines = String::from_utf8(output.stdout).unwrap();
        let word = |json: &serde_json::Value| json.as_str().unwrap().to_owned();
        let mut said = Said::new();
        for ((name, _), line) in cases.iter().zip(lines.lines()) {
            let json: serde_json::Value = serde_json::from_str(line).unwrap();
            let findings = json["findings"].as_array().unwrap().iter();
            let mut of: BTreeMap<String, String> = findings
                .map(|finding| (word(&finding["rule"]), word(&finding["verdict"])))
                .collect();
            of.insert(String::new(), word(&json["verdict"]));
            said.insert(name.clone(), of);
        }
        assert_eq!(said.len(), cases.len());
        said
    }
}

/// What `findings.csv` says of subjects of a kind.
fn said(findings: &Path, kind: &str) -> Said {
    let mut said = Said::new();
    for row in rows(findings) {
        if row["subject_kind"] == kind {
            let of = said.entry(row["subject_id"].clone()).or_default();
            of.insert(row["rule"].clone(), row["verdict"].clone());
        }
    }
    said
}

/// Holds what a run says of subjects against what `check` says; a rule that is not listed must be of no account.
fn hold(run: &Said, check: &Said, is_unlisted: &dyn Fn(&str, &str) -> bool) -> usize {
    let (mut held, nothing) = (0, BTreeMap::new());
    for (name, rules) in check {
        let listed = run.get(name).unwrap_or(&nothing);
        for (rule, verdict) in rules.iter().filter(|(rule, _)| !rule.is_empty()) {
            match listed.get(rule) {
                Some(says) => assert_eq!(says, verdict, "{name}: {rule}"),
                None => assert!(is_unlisted(rule, verdict), "{name}: {rule} is {verdict}"),
            }
            held += 1;
        }
        assert!(listed.keys().all(|rule| rules.contains_key(rule)), "{name}");
    }
    held
}

#[test]
fn every_finding_on_a_parcel_is_what_check_says_of_it() {
    let town = Town::new("11", "");
    let out = town.run(&["scan"], "scan");
    let parcels = rows(&out.join("parcels.csv"));
    let judged: Vec<&Row> = parcels
        .iter()
        .filter(|row| !row["verdict"].is_empty())
        .collect();
    let case = |row: &&Row| {
        let id = row["parcel_id"].clone();
        (
            id.clone(),
            format!("kind = \"parcel\"\nparcel = \"{id}\"\n"),
        )
    };
    let cases: Vec<_> = judged.iter().map(case).collect();
    let check = town.check(&cases);
    let not_judged = summary(&out)["not_judged"].clone();
    let is_unlisted = |rule: &str, verdict: &str| {
        verdict == "not_applicable" || verdict == "unknown" && not_judged.get(rule).is_some()
    };
    let run = said(&out.join("findings.csv"), "parcel");
    let held = hold(&run, &check, &is_unlisted);
    for row in &judged {
        assert_eq!(
            row["verdict"], check[&row["parcel_id"]][""],
            "{}",
            row["parcel_id"]
        );
    }
    // what the survey says of a rule of parcels is what the rule says
    let mut by_industry = 0;
    for row in rows(&out.join("idle.csv")) {
        if row["rule"] == "industry-plot-ratio" {
            assert_eq!(check[&row["parcel_id"]]["industry-plot-ratio"], "fail");
            by_industry += 1;
        }
    }
    assert!(held > 150 && by_industry > 0, "{held}, {by_industry}");
}

#[test]
fn every_upgrade_that_is_proposed_is_what_check_says_of_it() {
    // a plan of which the least plot ratio is the greatest too has no room for a gate that needs more
    let tight = "[map.plan]\nplot_ratio_max = \"rjlxx\"\n";
    let (mut feasible, mut not) = (0, 0);
    for (seed, more) in [("11", ""), ("12", tight)] {
        let town = Town::new(seed, more);
        let scan = town.run(&["scan"], "scan");
        let out = town.run(&["propose", "upgrade", "--all"], "upgrades");
        let pieces = rows(&scan.join("scattered.csv"));
        let proposals = rows(&out.join("proposals.csv"));
        let cases: Vec<_> = proposals.iter().map(|row| upgrade(row, &pieces)).collect();
        let check = town.check(&cases);
        let run = said(&out.join("findings.csv"), "upgrade");
        hold(&run, &check, &|_, verdict| verdict == "not_applicable");
        let solved = rows(&scan.join("upgrades.csv"));
        assert_eq!(solved.len(), proposals.len());
        for (row, site) in proposals.iter().zip(&solved) {
            let rules = &check[&row["parcel_id"]];
            assert_eq!(row["verdict"], rules[""], "{row:?}");
            let has_pieces = !row["pieces"].is_empty();
            assert_eq!(row["assumes"], site["assumes"]);
            let column = if has_pieces {
                "feasible"
            } else {
                "feasible_alone"
            };
            assert_eq!(row[column], site[column]);
            let forbids = |(rule, verdict): &(&String, &String)| {
                *verdict == "fail" && !rule.is_empty() && !PAYING.contains(&rule.as_str())
            };
            let failing: Vec<&str> = rules
                .iter()
                .filter(forbids)
                .map(|(rule, _)| rule.as_str())
                .collect();
            let mut named: Vec<&str> = row["forbidden_by"].split_terminator(';').collect();
            named.sort_unstable();
            assert_eq!(named, failing, "{row:?}");
            match row[column].as_str() {
                "true" => {
                    assert!(failing.is_empty(), "{row:?}");
                    feasible += 1;
                }
                "false" => {
                    assert!(!failing.is_empty(), "{row:?}");
                    not += 1;
                }
                _ => {}
            }
        }
    }
    assert!(feasible > 3 && not > 3, "{feasible} feasible, {not} not");
}

/// The check file of an upgrade as its row states it.
fn upgrade(row: &Row, pieces: &[Row]) -> (String, String) {
    let id = &row["parcel_id"];
    let joined: Vec<&str> = row["pieces"].split_terminator(';').collect();
    let needed = if joined.is_empty() {
        &row["needed_new_floor_alone_m2"]
    } else {
        &row["needed_new_floor_m2"]
    };
    let built = if needed.is_empty() { "0" } else { needed };
    let mut tables: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut add = |table, line| tables.entry(table).or_default().push(line);
    add("upgrade", format!("built_m2 = {built}"));
    let mut is_counted = false;
    for assumed in row["assumes"].split_terminator(';') {
        let (fact, value) = assumed.split_once('=').unwrap();
        let (table, key) = fact.split_once('.').unwrap();
        is_counted |= key == "far_built_m2";
        if key == "far_built_m2" {
            assert_eq!(value, built);
        }
        add(table, format!("{key} = {value}"));
    }
    if row["assumes"].contains("far_demolished_m2") && !is_counted {
        add("upgrade", format!("far_built_m2 = {built}"));
    }
    let mut text = format!("kind = \"upgrade\"\nparcel = \"{id}\"\n");
    for (table, lines) in tables {
        writeln!(text, "[{table}]\n{}", lines.join("\n")).unwrap();
    }
    for piece in joined {
        let piece = pieces.iter().find(|row| row["piece_id"] == piece).unwrap();
        let mut sites = piece["sites"].split(';');
        let at = sites.position(|site| site == id).unwrap();
        let shared = piece["shared_m"].split(';').nth(at).unwrap();
        writeln!(
            text,
            "[[scattered]]\narea_m2 = {}\nshared_m = {shared}",
            piece["area_m2"]
        )
        .unwrap();
        if !piece["conforms_to_plan"].is_empty() {
            writeln!(text, "conforms_to_plan = {}", piece["conforms_to_plan"]).unwrap();
        }
    }
    (id.clone(), text)
}

#[test]
fn every_split_that_is_proposed_is_what_check_says_of_it() {
    let town = Town::new("13", "");
    let out = town.run(&["propose", "split", "--all"], "splits");
    let split = |row: &Row| {
        let id = row["proposal_id"].clone();
        let (parcel, lines) = (&row["parcel_id"], out.join("splits.csv"));
        let text = format!(
            "kind = \"split\"\nparcel = \"{parcel}\"\ncut_lines = \"{}\"\nlayer_where = \"proposal_id = '{id}'\"\n",
            lines.display()
        );
        (id, text)
    };
    let cases: Vec<_> = rows(&out.join("splits.csv")).iter().map(split).collect();
    assert!(cases.len() > 3, "{}", cases.len());
    let check = town.check(&cases);
    let run = said(&out.join("findings.csv"), "split");
    hold(&run, &check, &|_, _| false);
}

#[test]
fn every_merge_that_is_proposed_is_what_check_says_of_it() {
    let home = tempfile::tempdir().unwrap();
    let mut parcels = String::from("id,owner,right_type,right_nature,land_use,term_end,WKT\n");
    for at in 0..6 {
        let (west, east) = (636_000 + 100 * at, 636_100 + 100 * at);
        // two holders, terms that differ, and a nature of right that is not known of one
        let (owner, nature) = (
            ["甲", "乙"][at / 3],
            ["102", "102", "", "102", "102", "102"][at],
        );
        writeln!(
            parcels,
            "P{at},{owner},4,{nature},工业用地,20{}0-06-30,\"POLYGON(({west} 3165000,{east} 3165000,{east} 3165100,{west} 3165100,{west} 3165000))\"",
            4 + at % 2
        )
        .unwrap();
    }
    std::fs::write(home.path().join("parcels.csv"), parcels).unwrap();
    let toml = home.path().join("city.toml");
    std::fs::write(
        &toml,
        "parcels = \"parcels.csv\"\ncrs = \"EPSG:4549\"\nlayer_crs = { parcels = \"EPSG:4549\" }\nas_of = 2022-06-01\n",
    )
    .unwrap();
    let town = Town { home, toml };
    let mut tried = 0;
    for (to, group) in [("holders", "holder"), ("all", "any")] {
        let out = town.run(&["propose", "merge", "--all", "--group", group], to);
        let merge = |row: &Row| {
            let ids = row["parents"].split(';').map(|id| format!("\"{id}\""));
            let ids: Vec<String> = ids.collect();
            let text = format!("kind = \"merge\"\nparcels = [{}]\n", ids.join(", "));
            (row["proposal_id"].clone(), text)
        };
        let cases: Vec<_> = rows(&out.join("merged.csv")).iter().map(merge).collect();
        let check = town.check(&cases);
        let run = said(&out.join("findings.csv"), "merge");
        hold(&run, &check, &|_, _| false);
        tried += cases.len();
    }
    assert!(tried > 3, "{tried}");
}
