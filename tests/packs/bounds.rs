//! Mistakes in a bound → what is said, with line and caret.

use insta::assert_snapshot;

use super::refused_test;

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
    the unit `ha` is not known; there are %, x, 亩, m², m, 万元, 万元/亩, 元/m²
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
fn a_share_over_one_without_its_sign_is_refused() {
    assert_snapshot!(refused_test(r#"{ measure = "scattered_ratio", at_most = "15" }"#), @r#"
    the policy pack `here.toml` is not valid: line 23, column 49
       |
    23 | test = { measure = "scattered_ratio", at_most = "15" }
       |                                                 ^^^^
    `15` is 15 times the whole; write `15 %` for a part of it, or `15 x` where so many times is meant
    "#);
    for meant in ["15 %", "1500 %", "15 x", "15 倍", "0.15", "1"] {
        let test = format!(r#"{{ measure = "scattered_ratio", at_most = "{meant}" }}"#);
        assert!(
            super::changed(r#"{ measure = "plot_ratio", at_least = "1.0" }"#, &test).is_ok(),
            "{meant}"
        );
    }
    let land = r#"{ measure = "scattered_ratio", at_most = "10 亩" }"#;
    assert!(refused_test(land).contains("another unit"));
    let part = r#"{ measure = "county.price_per_m2", at_least = "70 of land_price_minimum" }"#;
    assert!(refused_test(part).contains("70 times the whole"));
}

#[test]
fn the_pack_that_lost_its_percent_sign_is_refused_where_it_did() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/faults/law/nopercent.toml"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let why = super::parsed(&text).unwrap_err();
    assert!(
        why.contains("line 13") && why.contains("write `15 %`"),
        "{why}"
    );
    // its number and its table are right as they are
    assert!(super::parsed(&text.replace("\"15\"", "\"15 %\"")).is_ok());
    let gap = text
        .replace("\"15\"", "\"15 %\"")
        .replace("\"6\"", "\"6 亩\"");
    assert!(super::parsed(&gap).unwrap_err().contains("metres"));
}
