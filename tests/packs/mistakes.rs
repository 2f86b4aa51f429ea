//! Mistakes in a pack outside its conditions → what is said, with line and caret.

use insta::assert_snapshot;

use super::{PACK, refused, refused_end};

/// The rule of the small pack once more, with more lines.
fn rule(more: &str) -> String {
    format!("{}{more}", &PACK[PACK.find("[[rule]]").unwrap()..])
}

#[test]
fn an_unknown_key_is_refused() {
    assert_snapshot!(refused("kinds = ", "kind = "), @r#"
    the policy pack `here.toml` is not valid: line 22, column 1
       |
    22 | kind = ["parcel"]
       | ^^^^
    unknown field `kind`, expected one of `id`, `article`, `quote`, `zh`, `en`, `kinds`, `only_when_named`, `from`, `to`, `classifies`, `nature`, `when`, `test`, `suspect`, `flags`, `flag`, `amount`, `soft`, `edition`, `vary`, `without`
    "#);
}

#[test]
fn an_unknown_key_of_a_condition_is_refused() {
    assert_snapshot!(refused("at_least = ", "atleast = "), @r#"
    the policy pack `here.toml` is not valid: line 23, column 34
       |
    23 | test = { measure = "plot_ratio", atleast = "1.0" }
       |                                  ^^^^^^^
    unknown field `atleast`, expected one of `all`, `any`, `given`, `if`, `then`, `else`, `choose`, `among`, `measure`, `at_least`, `at_most`, `more_than`, `less_than`, `one_of`, `is`, `soft`
    "#);
}

#[test]
fn a_rule_without_an_article_is_refused() {
    assert_snapshot!(refused("article = \"一\"\n", ""), @"
    the policy pack `here.toml` is not valid: line 16, column 1
       |
    16 | [[rule]]
       | ^^^^^^^^
    missing field `article`
    ");
}

#[test]
fn a_rule_without_a_quote_is_refused() {
    assert_snapshot!(refused("quote = \"容积率不低于1.0\"\n", ""), @"
    the policy pack `here.toml` is not valid: line 16, column 1
       |
    16 | [[rule]]
       | ^^^^^^^^
    missing field `quote`
    ");
}

#[test]
fn an_article_that_is_not_there_is_refused() {
    assert_snapshot!(refused("article = \"一\"", "article = \"二\""), @r#"
    the policy pack `here.toml` is not valid: line 18, column 11
       |
    18 | article = "二"
       |           ^^^^
    there is no [article."二"]; write it with its `title` and `text`
    "#);
}

#[test]
fn a_quote_that_does_not_stand_in_the_article_is_refused() {
    assert_snapshot!(refused("quote = \"容积率不低于1.0\"", "quote = \"容积率不低于1.2\""), @r#"
    the policy pack `here.toml` is not valid: line 19, column 9
       |
    19 | quote = "容积率不低于1.2"
       |         ^^^^^^^^^^^^^^^^^
    these words do not stand in the article; quote it as it is
    "#);
}

#[test]
fn an_empty_quote_is_refused() {
    assert_snapshot!(refused("quote = \"容积率不低于1.0\"", "quote = \" … \""), @r#"
    the policy pack `here.toml` is not valid: line 19, column 9
       |
    19 | quote = " … "
       |         ^^^^^
    the quote is empty
    "#);
}

#[test]
fn an_unknown_kind_is_refused() {
    assert_snapshot!(refused("kinds = [\"parcel\"]", "kinds = [\"parcel\", \"parcels\"]"), @r#"
    the policy pack `here.toml` is not valid: line 22, column 20
       |
    22 | kinds = ["parcel", "parcels"]
       |                    ^^^^^^^^^
    `parcels` is no kind of case; there are upgrade, split, merge, transfer, investment, parcel, enterprise, grant, county
    "#);
}

#[test]
fn a_rule_with_neither_test_nor_amount_is_refused() {
    assert_snapshot!(refused("test = { measure = \"plot_ratio\", at_least = \"1.0\" }", ""), @r#"
    the policy pack `here.toml` is not valid: line 17, column 6
       |
    17 | id = "ratio"
       |      ^^^^^^^
    a rule needs a `test` or an `amount`
    "#);
}

#[test]
fn a_suspicion_in_a_rule_that_does_not_classify_is_refused() {
    assert_snapshot!(refused_end("suspect = { measure = \"plot_ratio\", at_least = \"1.0\" }\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 11
       |
    24 | suspect = { measure = "plot_ratio", at_least = "1.0" }
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    only a rule that `classifies` can suspect
    "#);
}

#[test]
fn a_rule_that_varies_what_is_no_fact_is_refused() {
    assert_snapshot!(refused_end("vary = \"upgrade.build_m2\"\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 8
       |
    24 | vary = "upgrade.build_m2"
       |        ^^^^^^^^^^^^^^^^^^
    no measure is called `upgrade.build_m2`; is `upgrade.built_m2` meant?
    "#);
}

#[test]
fn a_rule_that_varies_a_measure_is_refused() {
    assert_snapshot!(refused_end("vary = \"plot_ratio\"\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 8
       |
    24 | vary = "plot_ratio"
       |        ^^^^^^^^^^^^
    `plot_ratio` cannot be varied; name a fact that is a number, as `upgrade.built_m2`
    "#);
}

#[test]
fn a_rule_that_leaves_out_of_no_list_is_refused() {
    assert_snapshot!(refused_end("without = \"pieces\"\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 11
       |
    24 | without = "pieces"
       |           ^^^^^^^^
    there is no list `pieces`; there are scattered, lot, parcel, building
    "#);
}

#[test]
fn a_rule_twice_for_the_same_days_is_refused() {
    assert_snapshot!(refused_end(&rule("from = \"2022-06-01\"\n")), @r#"
    the policy pack `here.toml` is not valid: line 25, column 6
       |
    25 | id = "ratio"
       |      ^^^^^^^
    the rule `ratio` is there twice for the same days
    "#);
}

#[test]
fn a_rule_whose_days_end_before_they_begin_is_refused() {
    assert_snapshot!(refused_end("from = \"2022-06-01\"\nto = \"2022-05-31\"\n"), @r#"
    the policy pack `here.toml` is not valid: line 25, column 6
       |
    25 | to = "2022-05-31"
       |      ^^^^^^^^^^^^
    it ends before it begins on 2022-06-01
    "#);
}

#[test]
fn a_pack_whose_days_end_before_they_begin_is_refused() {
    assert_snapshot!(refused("effective_from = \"2022-01-01\"", "effective_from = \"2022-01-01\"\neffective_to = \"2021-01-01\""), @r#"
    the policy pack `here.toml` is not valid: line 4, column 16
      |
    4 | effective_to = "2021-01-01"
      |                ^^^^^^^^^^^^
    it ends before it begins on 2022-01-01
    "#);
}

#[test]
fn a_date_that_is_none_is_refused() {
    assert_snapshot!(refused("effective_from = \"2022-01-01\"", "effective_from = \"2022-02-30\""), @r#"
    the policy pack `here.toml` is not valid: line 3, column 18
      |
    3 | effective_from = "2022-02-30"
      |                  ^^^^^^^^^^^^
    `2022-02-30` is no date; write it as 2022-06-01
    "#);
}

#[test]
fn a_date_of_a_rule_that_is_none_is_refused() {
    assert_snapshot!(refused_end("from = \"soon\"\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 8
       |
    24 | from = "soon"
       |        ^^^^^^
    `soon` is no date; write it as 2022-06-01
    "#);
}

#[test]
fn a_missing_date_is_refused() {
    assert_snapshot!(refused("effective_from = \"2022-01-01\"\n", ""), @r#"
    the policy pack `here.toml` is not valid: line 1, column 1
      |
    1 | id = "here"
      | ^
    missing field `effective_from`
    "#);
}

#[test]
fn text_that_is_no_toml_is_refused() {
    assert_snapshot!(refused("id = \"here\"", "id = here"), @"
    the policy pack `here.toml` is not valid: line 1, column 6
      |
    1 | id = here
      |      ^^^^
    string values must be quoted, expected literal string
    ");
}
