//! What an investment does and is paid: 二（八） to 二（十一）.

use plotratio::law::judge::Verdict::{Fail, NotApplicable, Pass, Unknown};

use super::{UPGRADE, found, hold, transfers::SPLIT};

const INVESTMENT: &str = r#"
kind = "investment"
as_of = 2022-06-01
[enterprise]
evaluation_class = "C"
local_contribution_wan = 5000.0
[investment]
equipment_wan = 3000.0
total_wan = 12000.0
key_project = true
started = 2022-01-01
completed = false
"#;

#[test]
fn article_eight_lifts_a_class_while_the_key_project_is_built() {
    hold(
        INVESTMENT,
        "renovation-subsidy",
        Pass,
        &[
            // both days belong to it
            ("investment.started", "2022-06-01", Pass),
            ("investment.started", "2022-06-02", Fail),
            ("investment.started", "false", Fail),
            ("investment.started", "-", Unknown),
            ("investment.completed", "2022-06-01", Pass),
            ("investment.completed", "2022-05-31", Fail),
            ("investment.completed", "2024-05-31", Pass),
            ("investment.completed", "-", Unknown),
            ("investment.key_project", "false", Fail),
            ("investment.key_project", "-", Unknown),
            ("investment.total_wan", "-", Unknown),
            ("investment.total_wan", "9999.99", Fail),
            // who is of class A needs no lift
            ("enterprise.evaluation_class", "\"A\"", Pass),
        ],
    );
    // the day on which it was complete is enough to say that it is over
    let over = [
        ("investment.started", "-"),
        ("investment.completed", "2022-05-31"),
    ];
    assert_eq!(found(INVESTMENT, "renovation-subsidy", &over).verdict, Fail);
    let unknown = found(
        INVESTMENT,
        "renovation-subsidy",
        &[("investment.started", "-")],
    );
    assert_eq!(unknown.missing, ["investment.started"]);
    // a firm of class B is paid either way, but not the same
    let b = [
        ("enterprise.evaluation_class", "\"B\""),
        ("investment.completed", "-"),
    ];
    let b = found(INVESTMENT, "renovation-subsidy", &b);
    assert_eq!((b.verdict, b.amounts[0].value.as_ref()), (Unknown, None));
    assert_eq!(b.missing, ["investment.completed"]);
    hold(
        INVESTMENT,
        "investment-class-guard",
        Pass,
        &[
            ("investment.completed", "2022-05-31", Fail),
            ("investment.started", "2022-06-02", Fail),
            ("investment.key_project", "-", Unknown),
            ("investment.total_wan", "-", Unknown),
        ],
    );
    let silent = [("investment.started", "-"), ("investment.completed", "-")];
    let silent = found(INVESTMENT, "investment-class-guard", &silent);
    assert_eq!(silent.verdict, Pass);
    assert!(silent.notes[0].zh.contains("是否在项目建设期间另行核实"));
}

#[test]
fn article_eight_lifts_a_buyer_by_his_own_project_alone() {
    let buyer = format!("{SPLIT}key_project = true\nproject_total_wan = 12000.0\nproject_started = 2022-01-01\nproject_completed = false\n")
        .replace("evaluation_class = \"B\"", "evaluation_class = \"D\"");
    hold(
        &buyer,
        "transferee-class",
        Pass,
        &[
            ("transferee.project_completed", "2022-05-31", Fail),
            ("transferee.project_completed", "-", Unknown),
            ("transferee.project_started", "-", Unknown),
            ("transferee.key_project", "false", Fail),
            ("transferee.project_total_wan", "9999.99", Fail),
        ],
    );
    // B may buy lifted or not, and D at most becomes C by a project of 30 million
    let doubt = ("transferee.project_started", "-");
    let b = [doubt, ("transferee.evaluation_class", "\"B\"")];
    assert_eq!(found(&buyer, "transferee-class", &b).verdict, Pass);
    let small = [doubt, ("transferee.project_total_wan", "5000.0")];
    assert_eq!(found(&buyer, "transferee-class", &small).verdict, Fail);
}

#[test]
fn articles_nine_to_eleven_hold_to_each_of_their_premises() {
    let takeover = r#"
kind = "transfer"
as_of = 2022-06-01
[transferee]
evaluation_class = "B"
target_two_high_one_low = true
keeps_registration = true
"#;
    hold(
        takeover,
        "acquirer-class",
        Pass,
        &[
            ("transferee.evaluation_class", "\"C\"", Fail),
            ("transferee.evaluation_class", "\"unrated\"", Fail),
            ("transferee.evaluation_class", "-", Unknown),
            ("transferee.keeps_registration", "false", Fail),
            ("transferee.keeps_registration", "-", Unknown),
            ("transferee.target_two_high_one_low", "false", NotApplicable),
            ("transferee.target_two_high_one_low", "-", Unknown),
        ],
    );
    let leased = "
kind = \"investment\"
as_of = 2022-06-01
[enterprise]
evaluation_class = \"B\"
[investment]
equipment_wan = 1000.0
newly_leased_m2 = 10000.0
key_project = false
";
    hold(
        leased,
        "leased-plant-subsidy",
        Pass,
        &[
            ("investment.equipment_wan", "999.99", Fail),
            ("investment.equipment_wan", "-", Unknown),
            ("investment.newly_leased_m2", "0.0", Fail),
            ("investment.newly_leased_m2", "-", Unknown),
            ("enterprise.evaluation_class", "\"C\"", Fail),
            ("enterprise.evaluation_class", "-", Unknown),
        ],
    );
    hold(
        UPGRADE,
        "vertical-industry-subsidy",
        Pass,
        &[
            ("site.land_use", "\"warehouse\"", Fail),
            ("site.land_use", "-", Unknown),
            ("upgrade.self_used", "false", Fail),
            ("upgrade.self_used", "-", Unknown),
            ("approval.fire", "false", Fail),
            ("approval.planning", "false", Fail),
            ("approval.quality", "false", Fail),
            ("enterprise.evaluation_class", "\"C\"", Fail),
            ("enterprise.evaluation_class", "-", Unknown),
        ],
    );
}
