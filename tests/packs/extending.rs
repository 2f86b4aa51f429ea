//! Packs that extend and amend others, and rules of which there are several versions by day.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use plotratio::law::judge::Verdict;
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;

use super::{PACK, judged, parsed};

/// What a pack says that stands in a folder as `own.toml`, beside others.
fn load(folder: &Path, own: &str) -> Result<Pack, String> {
    let path = folder.join("own.toml");
    fs::write(&path, own).unwrap();
    let loaded = Pack::load(&path.display().to_string(), &Catalogue);
    loaded.map_err(|why| {
        let text = why.to_string();
        text.replace(&folder.display().to_string(), "HERE")
    })
}

/// What is wrong with a pack on top of the small one.
fn refused(own: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("base.toml"), PACK).unwrap();
    load(folder.path(), &format!("{HEAD}{own}")).unwrap_err()
}

const HEAD: &str = r#"id = "own"
name = "乙"
extends = "base.toml"
effective_from = "2022-01-01"
"#;

#[test]
fn an_amendment_of_a_rule_that_is_not_there_is_refused() {
    assert_snapshot!(refused(&amendment("rate", "plot_ratio", "at_least = \"1.2\"")), @r#"
    the policy pack `HERE/own.toml` is not valid: line 7, column 8
      |
    7 | rule = "rate"
      |        ^^^^^^
    there is no rule `rate` to amend
    "#);
}

#[test]
fn an_amendment_of_a_measure_that_the_rule_does_not_use_is_refused() {
    assert_snapshot!(refused(&amendment("ratio", "density", "at_most = \"20 %\"")), @r#"
    the policy pack `HERE/own.toml` is not valid: line 10, column 11
       |
    10 | measure = "density"
       |           ^^^^^^^^^
    the rule `ratio` has no condition on `density`
    "#);
}

#[test]
fn an_amendment_without_a_bound_is_refused() {
    assert_snapshot!(refused(&amendment("ratio", "plot_ratio", "")), @r#"
    the policy pack `HERE/own.toml` is not valid: line 7, column 8
      |
    7 | rule = "ratio"
      |        ^^^^^^^
    a measure has exactly one of `at_least`, `at_most`, `more_than`, `less_than`, `one_of`, `is`
    "#);
}

#[test]
fn an_amendment_that_quotes_what_is_not_written_is_refused() {
    let own = amendment("ratio", "plot_ratio", "at_least = \"1.2\"");
    assert_snapshot!(refused(&own.replace("quote = \"容积率不低于1.0\"", "quote = \"容积率不低于1.2\"")), @r#"
    the policy pack `HERE/own.toml` is not valid: line 9, column 9
      |
    9 | quote = "容积率不低于1.2"
      |         ^^^^^^^^^^^^^^^^^
    these words do not stand in the article; quote it as it is
    "#);
}

#[test]
fn an_amendment_by_an_article_that_is_not_there_is_refused() {
    let own = amendment("ratio", "plot_ratio", "at_least = \"1.2\"");
    assert_snapshot!(refused(&own.replace("article = \"一\"", "article = \"二\"")), @r#"
    the policy pack `HERE/own.toml` is not valid: line 8, column 11
      |
    8 | article = "二"
      |           ^^^^
    there is no [article."二"]; write it with its `title` and `text`
    "#);
}

#[test]
fn dropping_a_rule_that_is_not_there_is_refused() {
    assert_snapshot!(refused("drop = [\"ratio\", \"rate\"]\n"), @r#"
    the policy pack `HERE/own.toml` is not valid: line 5, column 18
      |
    5 | drop = ["ratio", "rate"]
      |                  ^^^^^^
    there is no rule `rate` to drop
    "#);
}

#[test]
fn a_mistake_in_the_pack_that_is_extended_is_shown_there() {
    let folder = tempfile::tempdir().unwrap();
    let base = PACK.replace("\"plot_ratio\"", "\"plot_ration\"");
    fs::write(folder.path().join("base.toml"), base).unwrap();
    assert_snapshot!(load(folder.path(), HEAD).unwrap_err(), @r#"
    the policy pack `HERE/base.toml` is not valid: line 23, column 20
       |
    23 | test = { measure = "plot_ration", at_least = "1.0" }
       |                    ^^^^^^^^^^^^^
    no measure is called `plot_ration`; is `plot_ratio` meant?
    "#);
}

#[test]
fn extending_what_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    assert_snapshot!(load(folder.path(), HEAD).unwrap_err(), @r#"
    the policy pack `HERE/own.toml` is not valid: line 3, column 11
      |
    3 | extends = "base.toml"
      |           ^^^^^^^^^^^
    no policy `base.toml`; known: taizhou-2021, zhejiang-2025, guangdong-2009, nanning, national, or give the path of a pack's TOML file
    "#);
}

#[test]
fn packs_that_extend_each_other_in_a_circle_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = HEAD.replace("base.toml", "own.toml");
    fs::write(folder.path().join("base.toml"), other).unwrap();
    assert_snapshot!(load(folder.path(), HEAD).unwrap_err(), @r#"
    the policy pack `HERE/own.toml` is not valid: line 3, column 11
      |
    3 | extends = "base.toml"
      |           ^^^^^^^^^^^
    packs extend each other more than 8 deep, or in a circle
    "#);
}

fn amendment(rule: &str, measure: &str, bound: &str) -> String {
    format!(
        "\n[[amend]]\nrule = \"{rule}\"\narticle = \"一\"\nquote = \"容积率不低于1.0\"\nmeasure = \"{measure}\"\n{bound}\n"
    )
}

const PARCEL: &str = r#"
kind = "parcel"
rules = ["ratio"]

[site]
area_m2 = 1000.0
floor_area_m2 = 1200.0
"#;

#[test]
fn the_version_of_a_rule_that_is_in_force_on_the_day_is_judged_by() {
    let at = PACK.find("[[rule]]").unwrap();
    let (head, rule) = PACK.split_at(at);
    let old = format!("{rule}from = \"2022-01-01\"\nto = \"2022-06-30\"\n");
    let new = rule.replace("at_least = \"1.0\"", "at_least = \"1.5\"");
    let new = format!("\n{new}from = \"2022-07-01\"\nto = \"2022-12-31\"\n");
    let text = format!("{head}{old}{new}");
    let text = text.replace("不低于1.0，", "不低于1.0，容积率不低于1.5，");
    let pack = parsed(&text).unwrap();
    let on = |day: &str| {
        let judgement = judged(&format!("as_of = {day}{PARCEL}"), &pack);
        let expired = judgement.flags.contains(&"expired".to_owned());
        (judgement.verdict, expired)
    };
    // plot ratio 1.2: at least 1.0 until the end of June, at least 1.5 from July on
    assert_eq!(on("2022-01-01"), (Verdict::Pass, false));
    assert_eq!(on("2022-06-30"), (Verdict::Pass, false));
    assert_eq!(on("2022-07-01"), (Verdict::Fail, false));
    assert_eq!(on("2022-12-31"), (Verdict::Fail, false));
    assert_eq!(on("2023-01-01"), (Verdict::Fail, true));
    assert_eq!(on("2021-12-31"), (Verdict::Pass, true));
}

const COUNTY: &str = r#"id = "county"
name = "某县实施细则"
extends = "taizhou-2021"
effective_from = "2022-01-01"
effective_to = "2023-12-31"

[article."细则 第五条"]
title = "零星地块"
text = "零星边角地累计面积不超过原用地面积15%，停车泊位每百平方米0.2个。"

[[amend]]
rule = "scattered-land"
article = "细则 第五条"
quote = "累计面积不超过原用地面积15%"
measure = "scattered_ratio"
at_most = "15 %"

[table.parking_rates]
title = "停车泊位（个/百平方米）"
rows = { all = "0.2" }
"#;

const UPGRADE: &str = r#"
kind = "upgrade"
as_of = 2022-06-01
rules = ["scattered-land", "parking-provided"]

[site]
area_m2 = 30000.0
floor_area_m2 = 30000.0
spaces_provided = 86
land_use = "industrial"
earlier_scattered_m2 = 0.0

[upgrade]
demolished_m2 = 0.0
built_m2 = 13200.0

[[scattered]]
area_m2 = 4500.01
conforms_to_plan = true
adjacent = true
"#;

#[test]
fn a_pack_on_top_of_another_judges_by_its_own_bound_article_and_table() {
    let folder = tempfile::tempdir().unwrap();
    let county = load(folder.path(), COUNTY).unwrap();
    let city = Pack::load("taizhou-2021", &Catalogue).unwrap();
    let verdicts = |pack: &Pack, check: &str| {
        let judgement = judged(check, pack);
        let each = judgement.findings.iter();
        each.map(|finding| (finding.verdict, finding.article.clone()))
            .collect::<Vec<_>>()
    };
    let (own, plan) = ("二（五）；细则 第五条".to_owned(), "二（四）".to_owned());
    // 4500.01 m² are over 15 % of 30000 m² and under 20 %; 43200 m² × 0.2 / 100 are 86.4 spaces
    assert_eq!(
        verdicts(&county, UPGRADE),
        [(Verdict::Fail, own.clone()), (Verdict::Fail, plan.clone())]
    );
    assert_eq!(
        verdicts(&city, UPGRADE),
        [
            (Verdict::Pass, "二（五）".to_owned()),
            (Verdict::Unknown, plan.clone())
        ]
    );
    let met = UPGRADE.replace("4500.01", "4500.0").replace("= 86", "= 87");
    assert_eq!(
        verdicts(&county, &met),
        [(Verdict::Pass, own), (Verdict::Pass, plan)]
    );
    // both readings of the gates are amended, and everything else is as it was
    let rule = county
        .rule("scattered-land", "2022-06-01".parse().unwrap())
        .unwrap();
    let amended = rule.trees().flat_map(|tree| tree.leaves());
    let amended = amended.filter(|leaf| leaf.measure.name == "scattered_ratio");
    assert_eq!(amended.count(), 2);
    assert_eq!(county.rule_ids(), city.rule_ids());
    assert_eq!(county.id, "county");
    assert_ne!(county.sha256, city.sha256);
    let comment = load(folder.path(), &format!("{COUNTY}# checked\n")).unwrap();
    assert_ne!(county.sha256, comment.sha256);
}

/// A city that lowers the share of scattered land to 15 %, by this id and this bound.
fn lowered(id: &str, bound: &str) -> Result<Pack, String> {
    let own = format!(
        r#"id = "{id}"
name = "某县细则"
extends = "taizhou-2021"
effective_from = 2024-01-01
[article."补充一"]
title = "零星地块"
text = "零星地块累计面积不超过原用地面积15%。"
[[amend]]
rule = "scattered-land"
article = "补充一"
quote = "累计面积不超过原用地面积15%"
measure = "scattered_ratio"
{bound}
"#
    );
    load(tempfile::tempdir().unwrap().path(), &own)
}

#[test]
fn a_bound_that_is_not_as_its_quote_says_is_warned_of_and_a_negative_one_refused() {
    use plotratio::law::judge::{Gap, gaps};
    let warned = |bound: &str| {
        let gaps = gaps(&lowered("my-city", bound).unwrap());
        let is_it = |gap: &&Gap| {
            matches!(gap, Gap::NotQuoted { rule, .. } | Gap::AgainstQuote { rule, .. } | Gap::OverTheWhole { rule, .. }
                if rule == "scattered-land")
        };
        gaps.iter().any(|gap| is_it(&gap))
    };
    assert!(!warned("at_most = \"15 %\""));
    for bound in [
        "at_most = \"16 %\"",
        "at_most = \"150 %\"",
        "at_least = \"15 %\"",
    ] {
        assert!(warned(bound), "{bound}");
    }
    let why = lowered("my-city", "at_most = \"-15 %\"").unwrap_err();
    assert!(why.contains("must not be negative"), "{why}");
}

#[test]
fn a_pack_has_an_id_of_its_own() {
    for (id, what) in [
        ("", "the id is empty"),
        ("  ", "the id is empty"),
        ("taizhou-2021", "the pack that it extends"),
    ] {
        let why = lowered(id, "at_most = \"15 %\"").unwrap_err();
        assert!(why.contains(what), "{id}: {why}");
    }
}

#[test]
fn parameters_and_rows_are_not_negative() {
    for more in [
        "[parameter]\nadjacency_gap_m = \"-6\"",
        "[table.industry_plot_ratio_2023]\ntitle = \"x\"\nrows = { \"27\" = \"-1\" }",
    ] {
        let why = lowered("my-city", &format!("at_most = \"15 %\"\n{more}")).unwrap_err();
        assert!(why.contains("must not be negative"), "{why}");
    }
}
