//! The page on packs, in both languages: every example of it does what the page says.

use std::path::Path;

use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;

/// The TOML examples of a page of `docs`, each with whether it is refused.
fn examples(page: &str) -> Vec<(bool, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let parts: Vec<&str> = text.split("```").collect();
    // what stands between fences is every second part
    let fenced = parts.iter().skip(1).step_by(2);
    let example = |part: &&str| {
        let (info, body) = part.split_once('\n')?;
        let refused = info.strip_prefix("toml")?.trim() == "refused";
        Some((refused, body.to_owned()))
    };
    fenced.filter_map(example).collect()
}

fn bare(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split(" #").next().unwrap_or(""));
    lines.flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[test]
fn every_example_of_the_page_is_a_pack_behind_its_head_and_what_is_refused_is_refused() {
    for page in ["packs.md", "packs.zh-CN.md"] {
        let examples = examples(page);
        assert_eq!(examples.len(), 9, "{page}");
        let (_, head) = &examples[0];
        let mut all = head.clone();
        for (refused, example) in &examples {
            // what is put into English must stand in the examples before it
            let text = match example {
                example if example == head => head.clone(),
                example if example.contains("[english]") => format!("{all}\n{example}"),
                example => format!("{head}\n{example}"),
            };
            let pack = Pack::parse(&text, page, &Catalogue);
            assert_eq!(
                pack.is_err(),
                *refused,
                "{page}: {example}\n{:?}",
                pack.err()
            );
            if !refused && example != head {
                all = format!("{all}\n{example}");
            }
        }
        let pack = Pack::parse(&all, page, &Catalogue).unwrap();
        for rule in [
            "my-plot-ratio",
            "my-plot-ratio-by-edition",
            "my-density",
            "my-subsidy",
        ] {
            assert!(
                pack.rules.iter().any(|have| have.id == rule),
                "{page}: {rule}"
            );
        }
    }
}

#[test]
fn both_languages_show_the_same_examples() {
    let toml = |page| -> Vec<(bool, String)> {
        let examples = examples(page).into_iter();
        examples
            .map(|(refused, text)| (refused, bare(&text)))
            .collect()
    };
    assert_eq!(toml("packs.md"), toml("packs.zh-CN.md"));
}
