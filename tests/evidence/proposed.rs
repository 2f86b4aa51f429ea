//! Every finding on a proposal (split, merge, upgrade) agrees with itself, and knows what the contracts of its land say.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::cities::{check, rows};
use super::taizhou;
use crate::command_line::{city, run};

/// An invented city whose contracts say of every other parcel that they restrict its transfer.
fn town(home: &Path, seed: &str) -> PathBuf {
    city(home, &["-n", "400", "--seed", seed]);
    let contracts = std::fs::read_to_string(home.join("contracts.csv")).unwrap();
    let mut lines = contracts.lines();
    let mut text = format!("{},是否限制转让\n", lines.next().unwrap());
    for (at, line) in lines.enumerate() {
        writeln!(text, "{line},{}", ["是", "否"][at % 2]).unwrap();
    }
    std::fs::write(home.join("contracts.csv"), text).unwrap();
    let mut text = String::from("policy = \"taizhou-2021\"\nas_of = 2022-06-01\n");
    for layer in ["parcels", "buildings", "plan", "boundary", "obstacles"] {
        writeln!(text, "{layer} = \"{layer}.gpkg\"").unwrap();
    }
    for table in ["storeys", "lineage", "contracts", "enterprises"] {
        writeln!(text, "{table} = \"{table}.csv\"").unwrap();
    }
    let toml = home.join("city.toml");
    std::fs::write(&toml, text).unwrap();
    toml
}

#[test]
fn no_finding_on_a_proposal_contradicts_itself() {
    let pack = taizhou();
    let mut decided: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_land = BTreeMap::<String, usize>::new();
    let mut forbidden = 0;
    for seed in ["13", "14"] {
        let home = tempfile::tempdir().unwrap();
        let toml = town(home.path(), seed).display().to_string();
        for kind in ["split", "merge", "upgrade"] {
            let out = home.path().join(kind);
            let shown = out.display().to_string();
            let group: &[&str] = if kind == "merge" {
                &["--group", "any"]
            } else {
                &[]
            };
            run(&[&["propose", kind, "--all", &toml, "-o", &shown], group].concat());
            for (rule, count) in check(&out, &pack) {
                *decided.entry(rule).or_default() += count;
            }
            if kind == "split" {
                let why = rows(&out.join("unproposed.csv"));
                let by_contract = |row: &&BTreeMap<String, String>| {
                    row["condition"] == "forbidden"
                        && row["explanation_en"].contains("split-merge-premises")
                };
                forbidden += why.iter().filter(by_contract).count();
            }
            for row in rows(&out.join("findings.csv")) {
                for article in row["article"].split('；') {
                    assert!(pack.articles.contains_key(article), "{article}");
                }
                if row["rule"] == "split-merge-premises" {
                    let forbidden = row["measure"] == "transfer_forbidden";
                    let key = format!("{kind} {} {forbidden}", row["verdict"]);
                    *of_land.entry(key).or_default() += 1;
                }
            }
        }
    }
    eprintln!("decided on proposals: {decided:?}, premises of splits and merges: {of_land:?}");
    assert!(decided.values().sum::<usize>() > 200, "{decided:?}");
    for rule in ["split-lot-area", "merge-adjacent", "plot-ratio-within-plan"] {
        assert!(decided.contains_key(rule), "{rule} in {decided:?}");
    }
    // a contract that restricts the transfer forbids every split, one that does not leaves the departments to be asked
    assert!(forbidden > 3, "{forbidden}");
    assert!(of_land.contains_key("split unknown false"), "{of_land:?}");
}
