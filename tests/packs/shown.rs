//! What people read of packs and rules on the command line.

use std::fs;

use insta::assert_snapshot;
use plotratio::law::pack::Pack;
use serde_json::Value;

use super::PACK;
use crate::command_line::{refused, run};

fn printed(arguments: &[&str]) -> String {
    let output = run(&[&["rules"], arguments].concat());
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(&[arguments, &["--json"]].concat())).unwrap()
}

#[test]
fn the_rules_of_every_pack_are_listed_in_both_languages() {
    for id in Pack::known() {
        let rows = json(&["list", "--policy", id, "--as-of", "2022-06-01"]);
        for lang in ["zh", "en"] {
            let text = printed(&["list", "--policy", id, "--lang", lang]);
            for row in rows.as_array().unwrap() {
                for key in ["rule", "article", lang] {
                    assert!(text.contains(row[key].as_str().unwrap()), "{id} {row}");
                }
            }
        }
    }
    // listing the rules of Taizhou is what is done when nothing else is asked for
    assert_eq!(printed(&[]), printed(&["list", "--policy", "taizhou-2021"]));
}

#[test]
fn rules_out_of_force_have_a_star() {
    let starred = |day: &str| {
        let text = printed(&["--as-of", day]);
        text.lines().filter(|line| line.contains(" *  ")).count()
    };
    assert_eq!(starred("2022-06-01"), 0);
    // every rule ends with the policy but the four of the whole country
    let rules = json(&["--as-of", "2024-01-01"]).as_array().unwrap().len();
    assert_eq!(starred("2024-01-01"), rules - 4);
}

#[test]
fn every_rule_of_every_pack_is_shown_with_its_facts_readings_and_words() {
    for id in Pack::known() {
        for row in json(&["--policy", id]).as_array().unwrap() {
            let rule = row["rule"].as_str().unwrap();
            let shown = json(&["show", rule, "--policy", id]);
            let text = printed(&["show", rule, "--policy", id]);
            assert!(text.contains(shown["quote"].as_str().unwrap()), "{rule}");
            assert!(!shown["facts"].as_array().unwrap().is_empty(), "{rule}");
            for (list, key) in [("facts", "key"), ("readings", "name"), ("amounts", "name")] {
                for item in shown[list].as_array().unwrap() {
                    assert!(text.contains(item[key].as_str().unwrap()), "{rule} {item}");
                }
            }
        }
    }
}

#[test]
fn a_rule_is_shown_as_people_read_it() {
    let zh = printed(&["show", "split-lot-count", "--as-of", "2022-06-01"]);
    assert_snapshot!(zh.trim_end(), @"
    split-lot-count  分割数量原则上不超过3宗，工业地产除外
      政策：taizhou-2021
      条款：二（七） 规范工业用地分割、合并转让
      原文：“分割数量（工业地产除外）原则上不超过3宗”
      适用：split
      性质：permits – 准许或禁止，决定结论
      有效期：2021-12-26 – 2023-12-31

    须满足：
      若：
        工业地产 [site.industrial_estate]：是
      则：
        分割宗数 [lot_count] ≥ 1
      否则：
        分割宗数 [lot_count] ≤ 3（原则上）

    读法（* 默认）：
      lot_count  “分割数量”指分割后的宗数还是分出的宗数
        * resulting  分割后宗数，含剩余宗地
          split_off  分出的宗数

    可能用到的事实：
     lot                     [[lot]]     分割后的各宗
     site.area_m2            m² (land)   原用地面积（不含零星地块）  不动产登记或测绘成果
     site.industrial_estate  true/false  工业地产                    经信部门
     lot.area_m2             m² (land)   分割后地块面积              项目备案或设计方案
    ");
    let en = printed(&[
        "show",
        "leased-plant-subsidy",
        "--as-of",
        "2024-06-01",
        "--lang",
        "en",
    ]);
    assert_snapshot!(en.trim_end(), @"
    leased-plant-subsidy  subsidy on newly leased plant
      policy: taizhou-2021
      article: 二（十） 加大技术改造支持力度
      words: “对实际投资额1000万元以上的新增重大技术改造项目涉及新租赁厂房且上一年度亩均评价为B类及以上的企业，按照新增租赁厂房面积给予每月3元/平方米补助，补助期限1年，最高补助额不超过50万元”
      kinds: upgrade, investment
      nature: pays – it gives money or another advantage, and stands beside the verdict
      in force: 2021-12-26 – 2023-12-31 (not in force)

    must hold:
      all of:
        investment of the project that leases plant [leased_project_investment] ≥ 1000 wan yuan
        evaluation class as it counts [evaluation_class] ∈ {A, B}

    amounts:
      leased_plant_subsidy_wan
        = newly leased plant [investment.newly_leased_m2] × 36 ÷ 10000
        at most 50
        nothing due means that the rule is not met

    readings (* by default):
      leased_investment  whether the 1000 wan yuan are of equipment or of the whole project
        * equipment  what was spent on equipment and software
          total  what was spent on the whole project
      class  the class as a key project lifts it, or as it was given
        * effective  the class as it counts (while a key project is built)
          original  the class as it was given

    tables and numbers of the pack:
      class_a_investment_wan = 10000
      class_not_d_investment_wan = 3000

    facts it can ask for:
     enterprise.evaluation_class  A/B/C/D/unrated  evaluation class of the year before                the industry department
     investment.equipment_wan     wan yuan         money spent on equipment and software in the year  the industry department
     investment.total_wan         wan yuan         total investment                                   the project filing or the design
     investment.invested_wan      wan yuan         money spent so far                                 the project filing or the design
     investment.key_project       true/false       key industrial project                             the industry department
     investment.started           date or false    day on which building of the project began         the approving department
     investment.completed         date or false    day on which the project was complete              the approving department
     investment.newly_leased_m2   m²               newly leased plant                                 the industry department
    ");
}

#[test]
fn a_rule_that_is_not_there_is_refused_with_the_nearest() {
    assert_snapshot!(refused(&["rules", "show", "split-lots-count"]), @"
    plotratio: the policy `taizhou-2021` has no rule `split-lots-count` (is `split-lot-count` meant?); `plotratio rules list --policy taizhou-2021` shows them
    ");
    assert_snapshot!(refused(&["rules", "--as-of", "soon"]), @"
    plotratio: `--as-of soon` is no date; write it as 2022-06-01
    ");
    assert_snapshot!(refused(&["rules", "list", "--policy", "taizhou"]), @"
    plotratio: no policy `taizhou`; known: taizhou-2021, zhejiang-2025, guangdong-2009, nanning, national, or give the path of a pack's TOML file
    ");
}

#[test]
fn a_pack_of_ones_own_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let shown = path.display().to_string();
    fs::write(&path, PACK).unwrap();
    assert_snapshot!(printed(&["check", &shown]).trim_end(), @"
    here 甲市规定
      有效期：2022-01-01 –
      条款：1
      规则：1
      读法：1
      表：–
      参数：snap_gap_m
      SHA-256：b47230c3fb93c47f320f4be82732302b83867d4405468a1687cb1bd23c4a08ef
    有效的政策包，1 条提醒
      提醒：没有规则用到读法 how
    ");
    assert_snapshot!(printed(&["check", &shown, "--lang", "en"]).trim_end(), @"
    here 甲市规定
      in force: 2022-01-01 –
      articles: 1
      rules: 1
      readings: 1
      tables: –
      parameters: snap_gap_m
      SHA-256: b47230c3fb93c47f320f4be82732302b83867d4405468a1687cb1bd23c4a08ef
    a valid pack; warnings: 1
      warning: no rule depends on the reading `how`
    ");
    let gaps = &json(&["check", &shown])["gaps"];
    assert_eq!(gaps[0]["gap"], "unused_reading");
    assert_eq!(gaps[0]["level"], "warning");
    fs::write(&path, PACK.replace("at_least", "at_leest")).unwrap();
    let text = refused(&["rules", "check", &shown]);
    assert!(
        text.contains("line 23, column 34") && text.contains("^^^^^^^^"),
        "{text}"
    );
}

#[test]
fn the_packs_of_the_program_are_checked_by_id() {
    for id in Pack::known() {
        assert!(printed(&["check", id]).contains(id));
    }
}
