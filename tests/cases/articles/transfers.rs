//! What the transfer of land presupposes: 二（七） and 二（十二）.

use plotratio::law::judge::Verdict::{Fail, NotApplicable, Pass, Unknown};

use super::hold;

pub const SPLIT: &str = r#"
kind = "split"
as_of = 2022-06-01
cut_buildings = 0
[site]
area_m2 = 20000.0
land_use = "industrial"
transfer_restricted = false
standard_land = true
[approval]
planning = true
fire = true
environment = true
[transferee]
evaluation_class = "B"
meets_requirements = true
accepts_obligations = true
"#;

const MERGE: &str = r#"
kind = "merge"
as_of = 2022-06-01
shared_edges = [[0, 1, 52.3]]
[approval]
planning = true
fire = true
environment = true
[[parcel]]
land_use = "industrial"
transfer_restricted = false
[[parcel]]
land_use = "industrial"
transfer_restricted = RESTRICTED
"#;

#[test]
fn article_seven_holds_to_each_of_its_premises() {
    let approvals = [
        ("approval.planning", "false", Fail),
        ("approval.planning", "-", Unknown),
        ("approval.fire", "false", Fail),
        ("approval.fire", "-", Unknown),
        ("approval.environment", "false", Fail),
        ("approval.environment", "-", Unknown),
    ];
    let of_split = [
        ("site.land_use", "\"residential\"", Fail),
        ("site.land_use", "-", Unknown),
        ("site.transfer_restricted", "true", Fail),
        ("site.transfer_restricted", "-", Unknown),
    ];
    hold(SPLIT, "split-merge-premises", Pass, &approvals);
    hold(SPLIT, "split-merge-premises", Pass, &of_split);
    let merge = |restricted: &str| {
        let line = format!("transfer_restricted = {restricted}");
        let silent = if restricted == "-" { "" } else { &line };
        MERGE.replace("transfer_restricted = RESTRICTED", silent)
    };
    hold(&merge("false"), "split-merge-premises", Pass, &approvals);
    hold(&merge("true"), "split-merge-premises", Fail, &[]);
    hold(&merge("-"), "split-merge-premises", Unknown, &[]);
    hold(
        SPLIT,
        "transferee-class",
        Pass,
        &[
            ("transferee.evaluation_class", "\"C\"", Fail),
            ("transferee.evaluation_class", "\"unrated\"", Pass),
            ("transferee.evaluation_class", "{ 2021 = \"B\" }", Pass),
            (
                "transferee.evaluation_class",
                "{ 2021 = \"C\", 2022 = \"B\" }",
                Fail,
            ),
            ("transferee.evaluation_class", "{ 2020 = \"B\" }", Unknown),
            ("transferee.evaluation_class", "-", Unknown),
            ("transferee.meets_requirements", "false", Fail),
            ("transferee.meets_requirements", "-", Unknown),
        ],
    );
    hold(
        SPLIT,
        "standard-land-obligations",
        Pass,
        &[
            ("transferee.accepts_obligations", "false", Fail),
            ("transferee.accepts_obligations", "-", Unknown),
            ("site.standard_land", "false", NotApplicable),
            ("site.standard_land", "-", Unknown),
        ],
    );
}

#[test]
fn article_twelve_holds_to_each_of_its_premises() {
    let transfer = r#"
kind = "transfer"
as_of = 2022-06-01
[site]
land_use = "industrial"
inefficient = true
transfer_restricted = false
[investment]
total_wan = 10000.0
invested_wan = 1000.0
"#;
    hold(
        transfer,
        "advance-notice-transfer",
        Pass,
        &[
            ("site.transfer_restricted", "true", Fail),
            ("site.transfer_restricted", "-", Unknown),
            ("site.inefficient", "false", NotApplicable),
            ("site.inefficient", "-", Unknown),
            ("site.land_use", "\"residential\"", NotApplicable),
            ("site.land_use", "-", Unknown),
            ("investment.invested_wan", "2500.0", NotApplicable),
            ("investment.invested_wan", "-", Unknown),
        ],
    );
}
