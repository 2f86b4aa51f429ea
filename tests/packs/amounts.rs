//! Mistakes in readings, numbers, tables and amounts of a pack → what is said, with line and caret.

use insta::assert_snapshot;

use super::{refused, refused_end};

/// An amount of the floor area with these rates.
fn amount(rates: &str) -> String {
    format!("amount = [{{ name = \"a\", path = [{{ of = \"floor_area\", {rates} }}] }}]\n")
}

#[test]
fn a_reading_whose_default_is_no_choice_is_refused() {
    assert_snapshot!(refused("default = \"a\"", "default = \"c\""), @r#"
    the policy pack `here.toml` is not valid: line 10, column 11
       |
    10 | default = "c"
       |           ^^^
    the reading `how` has no choice `c`; there are a, b
    "#);
}

#[test]
fn a_reading_of_a_measure_with_a_choice_it_does_not_know_is_refused() {
    assert_snapshot!(refused("[reading.how]\ndefault = \"a\"\nchoices = { a = \"甲\", b = \"乙\" }", "[reading.far_area]\ndefault = \"net\""), @r#"
    the policy pack `here.toml` is not valid: line 10, column 11
       |
    10 | default = "net"
       |           ^^^^^
    the reading `far_area` has no choice `net`; there are far, plain
    "#);
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
    assert_snapshot!(refused("default = \"a\"", "default = [{ from = \"2023-01-01\", choice = \"a\" }, { from = \"2022-01-01\", choice = \"b\" }]"), @r#"
    the policy pack `here.toml` is not valid: line 10, column 11
       |
    10 | default = [{ from = "2023-01-01", choice = "a" }, { from = "2022-01-01", choice = "b" }]
       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    the defaults of `how` must be there, by rising days
    "#);
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
    nothing takes a parameter `snap_gap`; there are snap_gap_m, standalone_lot_mu, class_a_investment_wan, class_not_d_investment_wan, vertical_threshold, vertical_lowest_storey, sliver_width_m, enclosed_share, corner_share, interlocked_changes, adjacency_gap_m, min_shared_edge_m, largest_unrecorded_m2
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
    no measure looks into a table `parking_rate`; there are industry_plot_ratio_2008, industry_plot_ratio_2008_by_2017, industry_plot_ratio_2023, parking_rates, output_tax_per_mu, output_value_added_per_mu, land_price_minimum
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
