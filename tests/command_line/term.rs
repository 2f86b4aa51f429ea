//! A run as of a day outside the term of its policy says so first, once, and what to do.

use super::{plotratio, run};

const CITY: &str = "data-samples/city.toml";

fn told(arguments: &[&str]) -> String {
    let output = plotratio().args(arguments).output().unwrap();
    assert!(output.status.code() < Some(2), "{}", super::stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_policy_that_has_ended_is_said_first_and_once() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out").display().to_string();
    let case = "data-samples/cases/upgrade.toml";
    for (lang, words) in [
        ("zh", "已于 2023-12-31 期满"),
        ("en", "ended on 2023-12-31"),
    ] {
        let commands: [&[&str]; 3] = [
            &["scan", CITY, "-o", &out, "--overwrite"],
            &[
                "propose",
                "upgrade",
                "--all",
                CITY,
                "-o",
                &out,
                "--overwrite",
            ],
            &["check", case, case],
        ];
        for command in commands {
            let text = told(&[command, &["--as-of", "2024-01-01", "--lang", lang]].concat());
            let first = text.lines().next().unwrap();
            assert!(first.contains(words), "{text}");
            for what in [
                "rules new MY.toml --extends taizhou-2021",
                "--policy",
                "--as-of",
            ] {
                assert!(first.contains(what), "{first}");
            }
            assert_eq!(text.matches(words).count(), 1, "{text}");
            let within = told(&[command, &["--as-of", "2023-12-31", "--lang", lang]].concat());
            assert!(!within.contains("--policy"), "{within}");
        }
    }
    let text = told(&["check", case, "--as-of", "2024-01-01"]);
    assert!(!text.contains("已过有效期"), "{text}");
    // programs find it with every finding
    let json = told(&["check", case, "--as-of", "2024-01-01", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let flags = json["flags"].as_array().unwrap();
    assert!(flags.iter().any(|flag| flag == "expired"), "{json}");
    run(&[
        "scan",
        CITY,
        "-o",
        &out,
        "--overwrite",
        "--as-of",
        "2024-01-01",
        "--quiet",
    ]);
    let findings = std::fs::read_to_string(home.path().join("out/findings.csv")).unwrap();
    assert!(findings.contains(",expired"));
}

#[test]
fn a_policy_that_has_not_begun_is_said_too() {
    let text = told(&[
        "check",
        "data-samples/cases/upgrade.toml",
        "--as-of",
        "2021-01-01",
        "--lang",
        "en",
    ]);
    assert!(
        text.lines()
            .next()
            .unwrap()
            .contains("begins on 2021-12-26"),
        "{text}"
    );
}
