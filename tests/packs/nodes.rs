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
