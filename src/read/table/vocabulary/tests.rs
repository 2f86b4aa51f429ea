//! Which words of a heading mean which field.

use super::*;

fn found(kind: LayerKind, parts: &[&str]) -> Option<(&'static str, Option<&'static str>)> {
    let vocabulary = Vocabulary::of(kind, &Mappings::new()).unwrap();
    let parts = parts.iter().map(|&part| part.to_owned()).collect();
    let found = vocabulary.found(&Heading { parts })?;
    Some((vocabulary.name(found.field), found.but))
}

#[test]
fn headings_of_an_office_are_known_by_what_they_say() {
    for (field, parts) in [
        ("id", &["统一社会信用代码（必填）"][..]),
        ("name", &["一、企业基本情况", "企业名称"]),
        ("tax_wan", &["税收（万元）", "2021年"]),
        ("tax_wan", &["2021年", "实缴税金\n(万元)"]),
        ("tax_wan", &["NSE"]),
        ("tax_per_mu_wan", &["税收", "2021年", "亩均"]),
        ("tax_per_mu_wan", &["2021年亩均税收（万元/亩）"]),
        ("above_scale", &["是否规上企业"]),
        ("above_scale", &["规上/规下"]),
        ("four_without", &["“四无”企业"]),
        ("land_mu", &["实际用地面积（亩）"]),
        ("evaluation_class", &["2020年度亩均评价结果"]),
        ("evaluation_class", &["亩均论英雄", "评价等级"]),
    ] {
        assert_eq!(
            found(LayerKind::Enterprises, parts),
            Some((field, None)),
            "{parts:?}"
        );
    }
    for (field, parts) in [
        ("due_start", &["合同约定", "动工时间"][..]),
        ("started", &["动工时间", "实际"]),
        ("completed", &["实际竣工时间（年月日）"]),
        ("suspended_from", &["中止计算期限", "起始日期"]),
        ("area", &["面积（㎡）"]),
        ("developed_m2", &["已动工开发", "面积（公顷）"]),
        ("standard_land", &["是否“标准地”"]),
    ] {
        assert_eq!(
            found(LayerKind::Contracts, parts),
            Some((field, None)),
            "{parts:?}"
        );
    }
}

#[test]
fn what_only_looks_like_a_field_is_not_used() {
    for parts in [
        &["税收（地方部分）"][..],
        &["2021年1-6月税收"],
        &["税收", "同比"],
        &["税收目标", "税收"],
        &["2020-2021年税收"],
    ] {
        let but = found(LayerKind::Enterprises, parts).map(|found| found.1);
        assert!(but.is_none_or(|but| but.is_some()), "{parts:?}");
    }
    for parts in [
        &["亩均评价得分"][..],
        &["从业人员"],
        &["税收增幅"],
        &["开工日期"],
        &["出租方", "名称"],
    ] {
        assert_eq!(found(LayerKind::Enterprises, parts), None, "{parts:?}");
    }
    assert_eq!(found(LayerKind::Contracts, &["其他", "面积"]), None);
}

#[test]
fn a_mapping_of_a_field_that_there_is_not_says_which_there_are() {
    let mappings = |field: &str| {
        Mappings::from([((LayerKind::Enterprises, field.to_owned()), "X".to_owned())])
    };
    for field in ["colour", "tax_wan.soon", "land_mu.2021"] {
        let (mapping, why) = Vocabulary::of(LayerKind::Enterprises, &mappings(field))
            .err()
            .unwrap();
        assert_eq!(mapping, format!("enterprises.{field}=X"));
        assert!(
            why.contains("tax_wan.YEAR") && why.contains("land_mu,"),
            "{why}"
        );
    }
    let vocabulary = Vocabulary::of(LayerKind::Enterprises, &mappings("tax_wan.2021")).unwrap();
    let heading = Heading {
        parts: vec!["指标".into(), "x".into()],
    };
    let found = vocabulary.found(&heading).unwrap();
    assert_eq!(
        (vocabulary.name(found.field), found.year),
        ("tax_wan", Some(2021))
    );
}
