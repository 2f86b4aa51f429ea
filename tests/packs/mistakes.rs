//! Mistakes in a pack outside its conditions → what is said, with line and caret.

use insta::assert_snapshot;

use super::{PACK, refused, refused_end};

/// The rule of the small pack once more, with more lines.
fn rule(more: &str) -> String {
    format!("{}{more}", &PACK[PACK.find("[[rule]]").unwrap()..])
}

/// An amount of the floor area with these rates.
fn amount(rates: &str) -> String {
    format!("amount = [{{ name = \"a\", path = [{{ of = \"floor_area\", {rates} }}] }}]\n")
}

#[test]
fn an_unknown_key_is_refused() {
    assert_snapshot!(refused("kinds = ", "kind = "), @r#"
    the policy pack `here.toml` is not valid: line 22, column 1
       |
    22 | kind = ["parcel"]
       | ^^^^
    unknown field `kind`, expected one of `id`, `article`, `quote`, `zh`, `en`, `kinds`, `from`, `to`, `classifies`, `when`, `test`, `suspect`, `flags`, `flag`, `amount`, `vary`, `without`
    "#);
}

#[test]
fn an_unknown_key_of_a_condition_is_refused() {
    assert_snapshot!(refused("at_least = ", "atleast = "), @r#"
    the policy pack `here.toml` is not valid: line 23, column 34
       |
    23 | test = { measure = "plot_ratio", atleast = "1.0" }
       |                                  ^^^^^^^
    unknown field `atleast`, expected one of `all`, `any`, `given`, `if`, `then`, `else`, `choose`, `among`, `measure`, `at_least`, `at_most`, `more_than`, `less_than`, `one_of`, `is`, `soft`, `optional`
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

#[test]
fn a_reading_whose_default_is_no_choice_is_refused() {
    assert_snapshot!(refused("default = \"a\"", "default = \"c\""), @"
    the policy pack `here.toml` is not valid: line 9, column 1
      |
    9 | [reading.how]
      | ^^^^^^^^^^^^^
    the reading `how` has no choice `c`; there are a, b
    ");
}

#[test]
fn a_reading_of_a_measure_with_a_choice_it_does_not_know_is_refused() {
    assert_snapshot!(refused("[reading.how]\ndefault = \"a\"\nchoices = { a = \"甲\", b = \"乙\" }", "[reading.far_area]\ndefault = \"net\""), @"
    the policy pack `here.toml` is not valid: line 9, column 1
      |
    9 | [reading.far_area]
      | ^^^^^^^^^^^^^^^^^^
    the reading `far_area` has no choice `net`; there are far, plain
    ");
}

#[test]
fn a_reading_of_an_article_that_is_not_there_is_refused() {
    assert_snapshot!(refused("default = \"a\"", "article = \"九\"\ndefault = \"a\""), @r#"
    the policy pack `here.toml` is not valid: line 10, column 11
       |
    10 | article = "九"
       |           ^^^^
    there is no [article."九"]; write it with its `title` and `text`
    "#);
}

#[test]
fn defaults_whose_days_do_not_rise_are_refused() {
    assert_snapshot!(refused("default = \"a\"", "default = [{ from = \"2023-01-01\", choice = \"a\" }, { from = \"2022-01-01\", choice = \"b\" }]"), @"
    the policy pack `here.toml` is not valid: line 9, column 1
      |
    9 | [reading.how]
      | ^^^^^^^^^^^^^
    the defaults of `how` must be there, by rising days
    ");
}

#[test]
fn a_default_that_is_no_text_is_refused() {
    assert_snapshot!(refused("default = \"a\"", "default = 1"), @r#"
    the policy pack `here.toml` is not valid: line 10, column 11
       |
    10 | default = 1
       |           ^
    it must be a choice as "a", or choices by days as [{ from = "2022-01-01", choice = "a" }]
    "#);
}

#[test]
fn an_unknown_parameter_is_refused() {
    assert_snapshot!(refused("snap_gap_m", "snap_gap"), @r#"
    the policy pack `here.toml` is not valid: line 14, column 1
       |
    14 | snap_gap = "0.05"
       | ^^^^^^^^
    no measure takes a parameter `snap_gap`; there are snap_gap_m, class_a_investment_wan, class_not_d_investment_wan, vertical_threshold, vertical_lowest_storey
    "#);
}

#[test]
fn a_parameter_that_is_no_number_is_refused() {
    assert_snapshot!(refused("\"0.05\"", "\"five\""), @r#"
    the policy pack `here.toml` is not valid: line 14, column 14
       |
    14 | snap_gap_m = "five"
       |              ^^^^^^
    `five` is no number; write it as "10 亩", "20 %", "0.5" or "1/3"
    "#);
}

#[test]
fn an_unknown_table_is_refused() {
    assert_snapshot!(refused("[parameter]", "[table.parking_rate]\ntitle = \"\"\nrows = { all = \"0.2\" }\n\n[parameter]"), @"
    the policy pack `here.toml` is not valid: line 13, column 8
       |
    13 | [table.parking_rate]
       |        ^^^^^^^^^^^^
    no measure looks into a table `parking_rate`; there are industry_plot_ratio_2008, industry_plot_ratio_2008_by_2017, industry_plot_ratio_2023, parking_rates, land_price_minimum
    ");
}

#[test]
fn a_row_of_a_table_that_is_no_number_is_refused() {
    assert_snapshot!(refused("[parameter]", "[table.parking_rates]\ntitle = \"\"\nrows = { all = \"some\" }\n\n[parameter]"), @r#"
    the policy pack `here.toml` is not valid: line 15, column 16
       |
    15 | rows = { all = "some" }
       |                ^^^^^^
    `some` is no number; write it as "10 亩", "20 %", "0.5" or "1/3"
    "#);
}

#[test]
fn an_amount_without_a_path_is_refused() {
    assert_snapshot!(refused_end("amount = [{ name = \"a\", path = [] }]\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 11
       |
    24 | amount = [{ name = "a", path = [] }]
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^
    an amount needs at least one `path`
    "#);
}

#[test]
fn rates_that_do_not_fit_their_steps_are_refused() {
    assert_snapshot!(refused_end(&amount("steps = [\"100\", \"200\"], rates = { A = [\"1\", \"2\"] }")), @r#"
    the policy pack `here.toml` is not valid: line 24, column 93
       |
    24 | amount = [{ name = "a", path = [{ of = "floor_area", steps = ["100", "200"], rates = { A = ["1", "2"] } }] }]
       |                                                                                             ^^^
    2 steps need 3 rates for `A`
    "#);
}

#[test]
fn steps_that_fall_are_refused() {
    assert_snapshot!(refused_end(&amount("steps = [\"200\", \"100\"], rates = { A = [\"1\", \"2\", \"3\"] }")), @r#"
    the policy pack `here.toml` is not valid: line 24, column 70
       |
    24 | amount = [{ name = "a", path = [{ of = "floor_area", steps = ["200", "100"], rates = { A = ["1", "2", "3"] } }] }]
       |                                                                      ^^^^^
    steps must rise
    "#);
}

#[test]
fn steps_without_rates_are_refused() {
    assert_snapshot!(refused_end(&amount("steps = [\"100\", \"200\"]")), @r#"
    the policy pack `here.toml` is not valid: line 24, column 63
       |
    24 | amount = [{ name = "a", path = [{ of = "floor_area", steps = ["100", "200"] }] }]
       |                                                               ^^^^^
    `steps`, `from`, `choose` go with `rates`
    "#);
}

#[test]
fn rates_by_storey_of_what_has_none_are_refused() {
    assert_snapshot!(refused_end(&amount("by_storey = { 4 = \"30\" }")), @r#"
    the policy pack `here.toml` is not valid: line 24, column 40
       |
    24 | amount = [{ name = "a", path = [{ of = "floor_area", by_storey = { 4 = "30" } }] }]
       |                                        ^^^^^^^^^^^^
    `by_storey` takes a measure by storey
    "#);
}

#[test]
fn a_storey_that_is_no_number_is_refused() {
    assert_snapshot!(refused_end("amount = [{ name = \"a\", path = [{ of = \"upgrade.new_floor_by_storey\", by_storey = { top = \"30\" } }] }]\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 85
       |
    24 | amount = [{ name = "a", path = [{ of = "upgrade.new_floor_by_storey", by_storey = { top = "30" } }] }]
       |                                                                                     ^^^
    a storey is a whole number
    "#);
}

#[test]
fn an_amount_divided_by_nothing_is_refused() {
    assert_snapshot!(refused_end(&amount("divided_by = \"0\"")), @r#"
    the policy pack `here.toml` is not valid: line 24, column 67
       |
    24 | amount = [{ name = "a", path = [{ of = "floor_area", divided_by = "0" }] }]
       |                                                                   ^^^
    nothing is divided by 0
    "#);
}

#[test]
fn an_amount_of_a_series_without_rates_is_refused() {
    assert_snapshot!(refused_end("amount = [{ name = \"a\", path = [{ of = \"upgrade.new_floor_by_storey\" }] }]\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 40
       |
    24 | amount = [{ name = "a", path = [{ of = "upgrade.new_floor_by_storey" }] }]
       |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `upgrade.new_floor_by_storey` is a series: it needs `by_storey`
    "#);
}

#[test]
fn a_cap_of_an_unknown_measure_is_refused() {
    assert_snapshot!(refused_end("amount = [{ name = \"a\", at_most = [\"floor_areas\"], path = [{ of = \"floor_area\" }] }]\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 36
       |
    24 | amount = [{ name = "a", at_most = ["floor_areas"], path = [{ of = "floor_area" }] }]
       |                                    ^^^^^^^^^^^^^
    no measure is called `floor_areas`; is `floor_area` meant?
    "#);
}

#[test]
fn a_choice_of_an_amount_that_is_neither_max_nor_min_is_refused() {
    assert_snapshot!(refused_end("amount = [{ name = \"a\", choose = \"how\", path = [{ of = \"floor_area\" }] }]\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 34
       |
    24 | amount = [{ name = "a", choose = "how", path = [{ of = "floor_area" }] }]
       |                                  ^^^^^
    the reading of an amount chooses between `max` and `min`
    "#);
}

#[test]
fn high_storeys_that_do_not_rise_are_refused() {
    assert_snapshot!(refused("[parameter]", "[counting]\nhigh_storeys = [{ above_m = 8.0, factor = 2.0 }, { above_m = 6.0, factor = 1.5 }]\n\n[parameter]"), @"
    the policy pack `here.toml` is not valid: line 13, column 1
       |
    13 | [counting]
       | ^^^^^^^^^^
    heights and factors of high storeys are numbers above 0, by rising heights
    ");
}

#[test]
fn a_factor_that_is_no_number_is_refused() {
    assert_snapshot!(refused("[parameter]", "[counting]\nhigh_storeys = [{ above_m = 8.0, factor = nan }]\n\n[parameter]"), @"
    the policy pack `here.toml` is not valid: line 13, column 1
       |
    13 | [counting]
       | ^^^^^^^^^^
    heights and factors of high storeys are numbers above 0, by rising heights
    ");
}

#[test]
fn an_article_whose_days_end_before_they_begin_is_refused() {
    assert_snapshot!(refused("title = \"容积率\"", "title = \"容积率\"\nfrom = \"2022-01-01\"\nto = \"2021-12-31\""), @r#"
    the policy pack `here.toml` is not valid: line 8, column 6
      |
    8 | to = "2021-12-31"
      |      ^^^^^^^^^^^^
    it ends before it begins on 2022-01-01
    "#);
}

#[test]
fn rates_both_by_step_and_by_storey_are_refused() {
    assert_snapshot!(refused_end("amount = [{ name = \"a\", path = [{ of = \"upgrade.new_floor_by_storey\", by_storey = { 4 = \"30\" }, rates = { A = [\"1\"] } }] }]\n"), @r#"
    the policy pack `here.toml` is not valid: line 24, column 40
       |
    24 | amount = [{ name = "a", path = [{ of = "upgrade.new_floor_by_storey", by_storey = { 4 = "30" }, rates = { A = ["1"] } }] }]
       |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    give `rates` or `by_storey`, not both
    "#);
}
