//! Headings and titles → the columns of a table, their years and units, and why others are not used.

use super::*;
use crate::model::LayerKind;
use crate::read::Mappings;

fn columns(titles: &[&str], headings: &[&str]) -> (Vec<String>, String) {
    let heading = |text: &&str| Heading {
        parts: text.split('|').map(str::to_owned).collect(),
    };
    let mut sheet = Sheet::default();
    sheet
        .titles
        .extend(titles.iter().map(|&title| title.to_owned()));
    sheet.headings.extend(headings.iter().map(heading));
    let names = sheet.headings.iter().map(Heading::name);
    let fields: Vec<Field> = names.map(Field::text).collect();
    let vocabulary = Vocabulary::of(LayerKind::Enterprises, &Mappings::new()).unwrap();
    let columns = TableColumns::of(&vocabulary, "enterprises", &fields, Some(&sheet));
    let slot = |slot: &TableSlot| {
        let year = slot
            .year
            .map_or_else(String::new, |year| format!(".{year}"));
        let unit = match slot.unit {
            Some(Unit::Money(size) | Unit::MoneyPerLand(size) | Unit::Land(size)) => {
                format!(" ×{size}")
            }
            _ => String::new(),
        };
        format!("{}{year}{unit} {}", slot.field, slot.column)
    };
    (
        columns.slots.iter().map(slot).collect(),
        columns.notes.join("\n"),
    )
}

#[test]
fn a_title_says_the_year_and_the_units_of_columns_that_say_nothing() {
    let (slots, notes) = columns(
        &["2021年度企业用地情况表", "单位：元、平方米"],
        &["企业名称", "税收", "营业收入（万元）", "用地面积"],
    );
    assert_eq!(
        slots,
        [
            "name 0",
            "tax_wan.2021 ×0.0001 1",
            "revenue_wan.2021 ×1 2",
            "land_mu ×1 3"
        ]
    );
    assert_eq!(notes, "");
}

#[test]
fn a_number_without_a_year_or_a_unit_is_not_used() {
    let (slots, notes) = columns(&["2021年1-6月"], &["企业名称", "税收", "用地面积"]);
    assert_eq!(slots, ["name 0"]);
    assert!(
        notes.contains("`税收` not used: nothing says of which year"),
        "{notes}"
    );
    assert!(
        notes.contains("`用地面积` not used: nothing says in which unit"),
        "{notes}"
    );
    let (slots, _) = columns(&[], &["名称", "2020年税收", "2021年税收", "营业收入"]);
    assert_eq!(slots, ["name 0", "tax_wan.2020 ×1 1", "tax_wan.2021 ×1 2"]);
}

#[test]
fn classes_are_kept_by_the_year_that_a_heading_or_a_title_says() {
    let (slots, notes) = columns(
        &[],
        &[
            "企业名称",
            "2020年评价结果",
            "2021年评价结果",
            "税收（万元/亩）|2021年",
        ],
    );
    assert_eq!(
        slots,
        [
            "name 0",
            "evaluation_class.2020 1",
            "evaluation_class.2021 2",
            "tax_per_mu_wan.2021 ×1 3"
        ]
    );
    assert!(
        notes.contains("classes of 2020 are in `2020年评价结果`")
            && notes.contains("classes of 2021 are in `2021年评价结果`"),
        "{notes}"
    );
    let (slots, notes) = columns(&["2021年度亩均效益综合评价结果"], &["企业名称", "评价等级"]);
    assert_eq!(slots, ["name 0", "evaluation_class.2021 1"]);
    assert!(notes.contains("classes of 2021"), "{notes}");
    let (slots, notes) = columns(&[], &["企业名称", "评价等级"]);
    assert_eq!(slots, ["name 0", "evaluation_class 1"]);
    assert!(notes.contains("says of no year"), "{notes}");
}

#[test]
fn of_two_columns_that_may_be_the_same_neither_is() {
    let (slots, notes) = columns(
        &[],
        &["企业名称", "2021年税收", "2021年|税收", "2021年入库税金"],
    );
    assert_eq!(slots, ["name 0", "tax_wan.2021 ×1 3"]);
    assert_eq!(notes, "");
    let (slots, notes) = columns(&[], &["企业名称", "2021年税收", "2021年|税收"]);
    assert_eq!(slots, ["name 0"]);
    assert!(
        notes.contains("`2021年税收`, `2021年/税收` not used: several"),
        "{notes}"
    );
}
