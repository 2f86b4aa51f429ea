//! Mistakes in a condition → what is said, with line and caret.

use insta::assert_snapshot;

use super::refused_test;

/// A condition within as many lists as that.
fn deep(lists: usize) -> String {
    let inner = r#"{ measure = "plot_ratio", at_least = "1.0" }"#;
    format!(
        "{}{inner}{}",
        "{ all = [".repeat(lists),
        "] }".repeat(lists)
    )
}

#[test]
fn an_unknown_measure_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ration", at_least = "1.0" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 20
       |
    23 | test = { measure = "plot_ration", at_least = "1.0" }
       |                    ^^^^^^^^^^^^^
    no measure is called `plot_ration`; is `plot_ratio` meant?
    "#);
}

#[test]
fn an_unknown_measure_like_none_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "beauty", at_least = "1.0" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 20
       |
    23 | test = { measure = "beauty", at_least = "1.0" }
       |                    ^^^^^^^^
    no measure is called `beauty`
    "#);
}

#[test]
fn an_unknown_reading_is_refused() {
    assert_snapshot!(refused_test(r#"{ choose = "hwo", among.a = { measure = "plot_ratio", at_least = "1.0" } }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 19
       |
    23 | test = { choose = "hwo", among.a = { measure = "plot_ratio", at_least = "1.0" } }
       |                   ^^^^^
    no reading is called `hwo`; declare it as [reading.hwo]
    "#);
}

#[test]
fn an_unknown_choice_is_refused() {
    assert_snapshot!(refused_test(r#"{ choose = "how", among.c = { measure = "plot_ratio", at_least = "1.0" } }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 32
       |
    23 | test = { choose = "how", among.c = { measure = "plot_ratio", at_least = "1.0" } }
       |                                ^
    the reading `how` has no choice `c`; there are a, b
    "#);
}

#[test]
fn a_choice_that_nothing_is_said_for_is_refused() {
    assert_snapshot!(refused_test(r#"{ choose = "how", among.a = { measure = "plot_ratio", at_least = "1.0" } }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 19
       |
    23 | test = { choose = "how", among.a = { measure = "plot_ratio", at_least = "1.0" } }
       |                   ^^^^^
    `among` says nothing for the choice `b` of `how`
    "#);
}

#[test]
fn two_relations_are_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1.0", at_most = "2.0" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { measure = "plot_ratio", at_least = "1.0", at_most = "2.0" }
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    a measure has exactly one of `at_least`, `at_most`, `more_than`, `less_than`, `one_of`, `is`
    "#);
}

#[test]
fn no_relation_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { measure = "plot_ratio" }
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^
    a measure has exactly one of `at_least`, `at_most`, `more_than`, `less_than`, `one_of`, `is`
    "#);
}

#[test]
fn a_condition_of_two_kinds_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1.0", all = [] }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { measure = "plot_ratio", at_least = "1.0", all = [] }
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    a condition has exactly one of `all`, `any`, `given`, `if`, `choose`, `measure`
    "#);
}

#[test]
fn a_condition_of_no_kind_is_refused() {
    assert_snapshot!(refused_test("{ soft = true }"), @"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { soft = true }
       |        ^^^^^^^^^^^^^^^
    a condition has exactly one of `all`, `any`, `given`, `if`, `choose`, `measure`
    ");
}

#[test]
fn a_bound_on_a_list_is_refused() {
    assert_snapshot!(refused_test(r#"{ all = [{ measure = "plot_ratio", at_least = "1.0" }], soft = true }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { all = [{ measure = "plot_ratio", at_least = "1.0" }], soft = true }
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `then` and `else` go with `if`, `among` with `choose`, a bound with `measure`
    "#);
}

#[test]
fn an_if_without_an_else_is_refused() {
    assert_snapshot!(refused_test(r#"{ if = { measure = "plot_ratio", at_least = "1.0" }, then = { measure = "plot_ratio", at_least = "2.0" } }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { if = { measure = "plot_ratio", at_least = "1.0" }, then = { measure = "plot_ratio", at_least = "2.0" } }
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `if` needs `else`
    "#);
}

#[test]
fn an_else_without_an_if_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1.0", else = { measure = "plot_ratio", at_least = "2.0" } }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { measure = "plot_ratio", at_least = "1.0", else = { measure = "plot_ratio", at_least = "2.0" } }
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `then` and `else` go with `if`, `among` with `choose`, a bound with `measure`
    "#);
}

#[test]
fn another_unit_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1.0 亩" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 45
       |
    23 | test = { measure = "plot_ratio", at_least = "1.0 亩" }
       |                                             ^^^^^^^^
    `1.0 亩` is in another unit than the measure
    "#);
}

#[test]
fn percent_of_land_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "scattered_area", at_most = "20 %" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 48
       |
    23 | test = { measure = "scattered_area", at_most = "20 %" }
       |                                                ^^^^^^
    `20 %` is in another unit than the measure
    "#);
}

#[test]
fn land_without_a_unit_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "scattered_area", at_most = "10" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 48
       |
    23 | test = { measure = "scattered_area", at_most = "10" }
       |                                                ^^^^
    `10` must have its unit; write `10 亩` or `10 m²`
    "#);
}

#[test]
fn square_metres_of_a_ratio_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1 m²" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 45
       |
    23 | test = { measure = "plot_ratio", at_least = "1 m²" }
       |                                             ^^^^^^
    `1 m²` is in another unit than the measure
    "#);
}

#[test]
fn an_unknown_unit_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "scattered_area", at_most = "10 ha" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 48
       |
    23 | test = { measure = "scattered_area", at_most = "10 ha" }
       |                                                ^^^^^^^
    the unit `ha` is not known; there are %, 亩, m², m, 万元, 万元/亩, 元/m²
    "#);
}

#[test]
fn a_number_for_a_yes_or_no_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "scattered_adjacent", at_least = "1" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 53
       |
    23 | test = { measure = "scattered_adjacent", at_least = "1" }
       |                                                     ^^^
    `scattered_adjacent` is yes or no; it takes `is`
    "#);
}

#[test]
fn a_yes_or_no_for_a_number_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", is = true }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 39
       |
    23 | test = { measure = "plot_ratio", is = true }
       |                                       ^^^^
    `plot_ratio` is no yes or no
    "#);
}

#[test]
fn words_for_a_number_are_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", one_of = ["A"] }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 43
       |
    23 | test = { measure = "plot_ratio", one_of = ["A"] }
       |                                           ^^^^^
    `plot_ratio` is no word, and `one_of` is for words
    "#);
}

#[test]
fn an_empty_list_of_words_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "evaluation_class", one_of = [] }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 49
       |
    23 | test = { measure = "evaluation_class", one_of = [] }
       |                                                 ^^
    no word is one of none; `one_of` needs at least one
    "#);
}

#[test]
fn a_number_that_is_none_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1.0.0" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 45
       |
    23 | test = { measure = "plot_ratio", at_least = "1.0.0" }
       |                                             ^^^^^^^
    `1.0.0` is no number; write it as "10 亩", "20 %", "0.5" or "1/3"
    "#);
}

#[test]
fn a_fraction_over_nothing_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "1/0" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 45
       |
    23 | test = { measure = "plot_ratio", at_least = "1/0" }
       |                                             ^^^^^
    `1/0` is no number; write it as "10 亩", "20 %", "0.5" or "1/3"
    "#);
}

#[test]
fn a_number_without_quotation_marks_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = 1.0 }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 45
       |
    23 | test = { measure = "plot_ratio", at_least = 1.0 }
       |                                             ^^^
    invalid type: floating point `1.0`, expected a string
    "#);
}

#[test]
fn a_day_that_is_none_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "grant.due_start", at_least = "2022-13-01" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 50
       |
    23 | test = { measure = "grant.due_start", at_least = "2022-13-01" }
       |                                                  ^^^^^^^^^^^^
    `2022-13-01` is no date; write it as 2022-06-01
    "#);
}

#[test]
fn a_number_for_a_day_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "grant.due_start", at_least = "10 亩" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 50
       |
    23 | test = { measure = "grant.due_start", at_least = "10 亩" }
       |                                                  ^^^^^^^
    `10 亩` is no date; write it as 2022-06-01
    "#);
}

#[test]
fn a_time_that_is_none_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "as_of", at_least = "grant.due_start + 3 weeks" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 40
       |
    23 | test = { measure = "as_of", at_least = "grant.due_start + 3 weeks" }
       |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `3 weeks` is no time; write it as `3 months` or `1 year`
    "#);
}

#[test]
fn a_time_after_an_area_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "as_of", at_least = "site.area_m2 + 3 months" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 40
       |
    23 | test = { measure = "as_of", at_least = "site.area_m2 + 3 months" }
       |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^
    `site.area_m2` is of another kind than the measure it bounds
    "#);
}

#[test]
fn a_time_after_a_bound_that_is_no_day_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_least = "plan.plot_ratio_max + 3 months" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 45
       |
    23 | test = { measure = "plot_ratio", at_least = "plan.plot_ratio_max + 3 months" }
       |                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `plan.plot_ratio_max + 3 months` is a day, but the measure is none
    "#);
}

#[test]
fn a_bound_of_another_kind_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_most = "site.area_m2" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 44
       |
    23 | test = { measure = "plot_ratio", at_most = "site.area_m2" }
       |                                            ^^^^^^^^^^^^^^
    `site.area_m2` is of another kind than the measure it bounds
    "#);
}

#[test]
fn a_bound_that_is_no_measure_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_most = "plan.plot_ratio_maxx" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 44
       |
    23 | test = { measure = "plot_ratio", at_most = "plan.plot_ratio_maxx" }
       |                                            ^^^^^^^^^^^^^^^^^^^^^^
    no measure is called `plan.plot_ratio_maxx`; is `plan.plot_ratio_max` meant?
    "#);
}

#[test]
fn a_part_of_what_is_no_measure_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_most = "70 % of plan" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 44
       |
    23 | test = { measure = "plot_ratio", at_most = "70 % of plan" }
       |                                            ^^^^^^^^^^^^^^
    no measure is called `plan`
    "#);
}

#[test]
fn a_part_that_is_no_number_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_most = "most of plan.plot_ratio_max" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 44
       |
    23 | test = { measure = "plot_ratio", at_most = "most of plan.plot_ratio_max" }
       |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `most` is no number; write it as "10 亩", "20 %", "0.5" or "1/3"
    "#);
}

#[test]
fn a_part_in_a_unit_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "plot_ratio", at_most = "70 亩 of plan.plot_ratio_max" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 44
       |
    23 | test = { measure = "plot_ratio", at_most = "70 亩 of plan.plot_ratio_max" }
       |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    `70 亩` must be a part, as `70 %`
    "#);
}

#[test]
fn a_series_against_a_bound_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "upgrade.new_floor_by_storey", at_most = "10 m²" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 61
       |
    23 | test = { measure = "upgrade.new_floor_by_storey", at_most = "10 m²" }
       |                                                             ^^^^^^^
    `upgrade.new_floor_by_storey` is a series; only amounts can be taken of it
    "#);
}

#[test]
fn an_empty_list_is_refused() {
    assert_snapshot!(refused_test("{ all = [] }"), @"
    the policy pack `here.toml` is not valid: line 23, column 8
       |
    23 | test = { all = [] }
       |        ^^^^^^^^^^^^
    an empty list of conditions would hold for everybody
    ");
}

#[test]
fn conditions_joined_too_deep_are_refused() {
    assert_snapshot!(refused_test(&deep(17)), @r#"
    the policy pack `here.toml` is not valid: line 23, column 161
       |
    23 | test = { all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ measure = "plot_ratio", at_least = "1.0" }] }] }] }] }] }] }] }] }] }] }] }] }] }] }] }] }] }
       |                                                                                                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    conditions are joined more than 16 deep
    "#);
}

#[test]
fn conditions_joined_hopelessly_deep_are_refused() {
    assert_snapshot!(refused_test(&deep(10_000)).chars().take(400).collect::<String>(), @"
    the policy pack `here.toml` is not valid: line 23, column 368
       |
    23 | test = { all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all = [{ all
    ");
}
