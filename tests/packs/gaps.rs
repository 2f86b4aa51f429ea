//! Gaps of packs that are valid: what can never be met, given, or judged.

use plotratio::law::judge::{Gap, TABLES_OF_KINDS, gaps};
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::{KINDS, Pack};

use super::{PACK, changed, parsed};

fn warnings(pack: &Pack) -> Vec<Gap> {
    let mut gaps = gaps(pack);
    gaps.retain(Gap::is_warning);
    gaps
}

/// The gaps of the small pack with another test, without its unused reading.
fn of_test(test: &str) -> Vec<Gap> {
    let pack = changed(r#"{ measure = "plot_ratio", at_least = "1.0" }"#, test).unwrap();
    let mut gaps = warnings(&pack);
    gaps.retain(|gap| !matches!(gap, Gap::UnusedReading { .. }));
    gaps
}

fn ratio() -> String {
    "ratio".to_owned()
}

#[test]
fn the_packs_of_the_program_lack_only_tables_that_their_articles_do_not_print() {
    for id in Pack::known() {
        let pack = Pack::load(id, &Catalogue).unwrap();
        for gap in warnings(&pack) {
            let Gap::NoTable { table, .. } = gap else {
                panic!("{id}: {gap:?}");
            };
            let of_user = [
                "parking_rates",
                "industry_plot_ratio_2023",
                "output_tax_per_mu",
                "output_value_added_per_mu",
            ];
            assert!(of_user.contains(&table), "{id}: {table}");
        }
    }
}

#[test]
fn every_kind_has_its_tables() {
    assert_eq!(TABLES_OF_KINDS.map(|(kind, _)| kind), KINDS);
}

#[test]
fn tables_and_numbers_that_are_not_there_are_named_with_their_rules() {
    let gaps = of_test(r#"{ measure = "site.spaces_provided", at_least = "parking_needed" }"#);
    let table = "parking_rates";
    assert_eq!(
        gaps,
        [Gap::NoTable {
            table,
            rules: vec![ratio()]
        }]
    );
    let pack = PACK.replace("\n[parameter]\nsnap_gap_m = \"0.05\"\n", "");
    let pack = pack.replace("kinds = [\"parcel\"]", "kinds = [\"merge\"]");
    let pack = pack.replace(
        "\"plot_ratio\", at_least = \"1.0\"",
        "\"merge_connected\", is = true",
    );
    let parameter = "snap_gap_m";
    assert!(gaps_of(&pack).contains(&Gap::NoParameter {
        parameter,
        rules: vec![ratio()]
    }));
}

fn gaps_of(text: &str) -> Vec<Gap> {
    gaps(&parsed(text).unwrap())
}

#[test]
fn readings_and_articles_that_nothing_uses_are_named() {
    let reading = Gap::UnusedReading {
        reading: "how".into(),
    };
    assert_eq!(warnings(&parsed(PACK).unwrap()), [reading]);
    let used = changed(
        r#"{ measure = "plot_ratio", at_least = "1.0" }"#,
        r#"{ choose = "how", among.a = { measure = "plot_ratio", at_least = "1.0" }, among.b = { measure = "plot_ratio", at_least = "2.0" } }"#,
    );
    assert_eq!(gaps(&used.unwrap()), []);
    let two = PACK.replace(
        "[reading.how]",
        "[article.\"二\"]\ntitle = \"\"\ntext = \"\"\n\n[reading.how]",
    );
    let article = Gap::UnusedArticle {
        article: "二".into(),
    };
    assert!(gaps_of(&two).contains(&article) && !article.is_warning());
}

#[test]
fn a_rule_without_kinds_is_named() {
    let pack = changed("kinds = [\"parcel\"]\n", "").unwrap();
    assert!(gaps(&pack).contains(&Gap::NoKind { rule: ratio() }));
}

#[test]
fn days_without_a_version_are_named() {
    let (head, rule) = PACK.split_at(PACK.find("[[rule]]").unwrap());
    let text = format!(
        "{head}{rule}from = \"2022-02-01\"\nto = \"2022-03-31\"\n\n{rule}from = \"2022-05-01\"\nto = \"2022-12-31\"\n"
    );
    let all = gaps_of(&text);
    let days = |from: Option<&str>, to: Option<&str>| plotratio::law::pack::Period {
        from: from.map(|day| day.parse().unwrap()),
        to: to.map(|day| day.parse().unwrap()),
    };
    let named = [
        Gap::Hole {
            rule: ratio(),
            days: days(Some("2022-04-01"), Some("2022-04-30")),
        },
        Gap::OutOfForce {
            rule: ratio(),
            days: days(Some("2022-01-01"), Some("2022-01-31")),
        },
        Gap::OutOfForce {
            rule: ratio(),
            days: days(Some("2023-01-01"), None),
        },
    ];
    for gap in &named {
        assert!(all.contains(gap), "{gap:?} is not in {all:?}");
    }
    let of_days = all.iter().filter(|gap| {
        matches!(
            gap,
            Gap::Hole { .. } | Gap::OutOfForce { .. } | Gap::Overlap { .. }
        )
    });
    assert_eq!(of_days.count(), 3);
    // versions that follow each other without a day between leave no hole
    let whole = text.replace("2022-03-31", "2022-04-30");
    assert!(
        !gaps_of(&whole)
            .iter()
            .any(|gap| matches!(gap, Gap::Hole { .. }))
    );
    // a pack's text cannot have two versions for one day, but a pack that is put together can
    let mut pack = parsed(&text).unwrap();
    pack.rules[0].in_force = days(Some("2022-02-01"), Some("2022-05-03"));
    let overlap = Gap::Overlap {
        rule: ratio(),
        days: days(Some("2022-05-01"), Some("2022-05-03")),
    };
    assert!(gaps(&pack).contains(&overlap));
}

#[test]
fn bounds_that_contradict_each_other_or_leave_nothing_out_are_named() {
    let pair = |join: &str, first: &str, second: &str| {
        let leaf = |bound: &str| format!("{{ measure = \"plot_ratio\", {bound} }}");
        of_test(&format!(
            "{{ {join} = [{}, {{ {join} = [{}] }}] }}",
            leaf(first),
            leaf(second)
        ))
    };
    let never = [Gap::NeverHolds {
        rule: ratio(),
        measure: "plot_ratio".into(),
    }];
    let always = [Gap::AlwaysHolds {
        rule: ratio(),
        measure: "plot_ratio".into(),
    }];
    assert_eq!(pair("all", "at_least = \"2\"", "at_most = \"1\""), never);
    assert_eq!(pair("all", "less_than = \"1\"", "at_least = \"1\""), never);
    assert_eq!(pair("all", "at_most = \"1\"", "at_least = \"1\""), []);
    assert_eq!(pair("all", "at_least = \"1\"", "at_least = \"2\""), []);
    assert_eq!(pair("any", "at_least = \"1\"", "at_most = \"2\""), always);
    assert_eq!(pair("any", "more_than = \"1\"", "at_most = \"1\""), always);
    assert_eq!(pair("any", "more_than = \"1\"", "less_than = \"1\""), []);
    assert_eq!(pair("any", "at_least = \"2\"", "at_most = \"1\""), []);
}

#[test]
fn a_share_over_the_whole_and_a_bound_that_is_not_quoted_are_named() {
    let over = of_test(r#"{ measure = "density", at_most = "150 %" }"#);
    let measure = "density".to_owned();
    assert_eq!(
        over,
        [Gap::OverTheWhole {
            rule: ratio(),
            measure
        }]
    );
    assert_eq!(of_test(r#"{ measure = "density", at_most = "50 %" }"#), []);
    let pack = Pack::load("taizhou-2021", &Catalogue).unwrap();
    let with = |quote: &str| {
        let mut pack = pack.clone();
        let rules = pack.rules.iter_mut();
        for rule in rules.filter(|rule| rule.id == "fund-share") {
            rule.quote = quote.to_owned();
        }
        warnings(&pack)
    };
    let (rule, measure) = ("fund-share".to_owned(), "fund_share".to_owned());
    let other = Gap::NotQuoted {
        rule: rule.clone(),
        measure: measure.clone(),
    };
    assert!(with("提取土地出让收入的0.8%以上").contains(&other));
    assert!(with("提取土地出让收入的0.5%以下").contains(&Gap::AgainstQuote { rule, measure }));
    assert_eq!(with("提取土地出让收入的0.5%以上"), warnings(&pack));
}

#[test]
fn what_no_case_of_a_kind_gives_is_named() {
    let never = |measure: &str, missing: &str| Gap::NeverGiven {
        rule: ratio(),
        kind: "parcel".into(),
        measure: measure.into(),
        missing: vec![missing.into()],
    };
    assert_eq!(
        of_test(r#"{ measure = "smallest_lot_area", at_least = "10 亩" }"#),
        [never("smallest_lot_area", "lot")]
    );
    assert_eq!(
        of_test(r#"{ measure = "enterprise.listed", is = true }"#),
        [never("enterprise.listed", "enterprise.listed")]
    );
    assert_eq!(
        of_test(
            r#"{ measure = "plot_ratio", at_least = "land_price_minimum" }"#
                .replace("land_price_minimum", "site.contract_plot_ratio")
                .as_str()
        ),
        []
    );
    // it follows from listed buildings, whatever else is not there
    assert_eq!(
        of_test(r#"{ measure = "supporting_floor_share", at_most = "15 %" }"#),
        []
    );
}

#[test]
fn a_word_that_a_fact_never_is_is_named() {
    let gaps = of_test(r#"{ measure = "site.land_use", one_of = ["industrial", "工业用地"] }"#);
    let word = Gap::NeverThisWord {
        rule: ratio(),
        measure: "site.land_use".into(),
        word: "工业用地".into(),
    };
    assert_eq!(gaps, [word]);
}
