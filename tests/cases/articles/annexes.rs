//! What the annexes presuppose: 附件二, 附件三.

use plotratio::law::judge::Verdict::{Discretionary, Fail, Pass, Unknown};

use super::{UPGRADE, hold};

#[test]
fn the_annexes_hold_to_each_of_their_premises() {
    let enterprise = r#"
kind = "enterprise"
as_of = 2022-06-01
[enterprise]
evaluation_class = "C"
above_scale = false
land_mu = 2.99
revenue_wan = 12000.0
tax_per_mu_wan = { 2020 = 10.0, 2021 = 9.8 }
listed = false
titles = ["非456产业集群"]
four_without = false
"#;
    hold(
        enterprise,
        "low-tax-enterprise",
        Fail,
        &[
            ("enterprise.revenue_wan", "9999.99", Pass),
            ("enterprise.revenue_wan", "-", Unknown),
            (
                "enterprise.tax_per_mu_wan",
                "{ 2020 = 10.01, 2021 = 9.8 }",
                Pass,
            ),
            (
                "enterprise.tax_per_mu_wan",
                "{ 2021 = 9.8, 2022 = 1.0 }",
                Unknown,
            ),
            ("enterprise.tax_per_mu_wan", "{ 2021 = 10.01 }", Pass),
            ("enterprise.tax_per_mu_wan", "-", Unknown),
        ],
    );
    hold(
        enterprise,
        "survey-scope",
        Pass,
        &[
            ("enterprise.land_mu", "3.0", Fail),
            ("enterprise.land_mu", "-", Unknown),
            ("enterprise.above_scale", "true", Fail),
            ("enterprise.above_scale", "-", Unknown),
        ],
    );
    hold(
        enterprise,
        "four-without-enterprise",
        Pass,
        &[
            ("enterprise.four_without", "true", Fail),
            ("enterprise.four_without", "-", Unknown),
        ],
    );
    hold(
        enterprise,
        "local-quality-enterprise",
        Discretionary,
        &[
            ("enterprise.evaluation_class", "\"B\"", Pass),
            ("enterprise.evaluation_class", "-", Unknown),
            ("enterprise.listed", "true", Pass),
            ("enterprise.listed", "-", Unknown),
            ("enterprise.titles", "[\"456先进产业集群\"]", Pass),
            ("enterprise.titles", "[\"已撤销单项冠军\"]", Discretionary),
            ("enterprise.titles", "-", Unknown),
        ],
    );
    hold(
        UPGRADE,
        "upgrade-veto",
        Pass,
        &[
            ("upgrade.industry_status", "\"eliminated\"", Fail),
            ("upgrade.industry_status", "-", Unknown),
            ("upgrade.relocation_planned", "true", Fail),
            ("upgrade.relocation_planned", "-", Unknown),
        ],
    );
    hold(
        UPGRADE,
        "start-within-three-months",
        Pass,
        &[
            ("upgrade.start_date", "2022-05-29", Discretionary),
            ("upgrade.start_date", "false", Discretionary),
            ("upgrade.start_date", "2022-02-27", Unknown),
            ("upgrade.start_date", "-", Unknown),
            ("upgrade.approval_date", "-", Unknown),
        ],
    );
}
