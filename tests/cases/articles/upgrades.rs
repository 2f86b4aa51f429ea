//! What an upgrade presupposes: 二（一） to 二（六）.

use plotratio::law::judge::Verdict::{Fail, NotApplicable, Pass, Unknown};

use super::{UPGRADE, found, hold};

#[test]
fn articles_one_and_two_hold_to_each_of_their_premises() {
    hold(
        UPGRADE,
        "retained-industrial-use",
        Pass,
        &[
            ("site.near_term_demolition", "true", Fail),
            ("site.near_term_demolition", "-", Unknown),
            ("site.demolition_commitment", "false", Fail),
            ("site.demolition_commitment", "-", Unknown),
            ("site.land_use", "\"residential\"", NotApplicable),
            ("site.land_use", "-", Unknown),
            ("site.plan_use", "\"industrial\"", NotApplicable),
            ("site.plan_use", "-", Unknown),
        ],
    );
    hold(
        UPGRADE,
        "legacy-registration",
        Pass,
        &[
            ("upgrade.legacy_rectified", "false", Fail),
            ("upgrade.legacy_rectified", "-", Unknown),
            ("upgrade.legacy_consent", "false", Fail),
            ("upgrade.legacy_consent", "-", Unknown),
            ("upgrade.accepted", "false", Fail),
            ("upgrade.accepted", "-", Unknown),
            ("upgrade.legacy_project", "false", NotApplicable),
            ("upgrade.legacy_project", "-", Unknown),
        ],
    );
    // 政策延期至2023年6月底
    for (day, is_over) in [("2023-06-30", false), ("2023-07-01", true)] {
        let finding = found(UPGRADE, "legacy-registration", &[("as_of", day)]);
        let expired = finding.flags.iter().any(|flag| flag == "expired");
        assert_eq!(expired, is_over, "{day}");
    }
}

#[test]
fn articles_three_and_four_hold_to_each_of_their_premises() {
    hold(
        UPGRADE,
        "drawing-review",
        Pass,
        &[
            ("upgrade.adds_storeys", "true", NotApplicable),
            ("upgrade.adds_storeys", "-", Unknown),
            ("upgrade.review_class", "-", Unknown),
        ],
    );
    let safe = [
        ("approval.fire", "false", Fail),
        ("approval.fire", "-", Unknown),
        ("approval.quality", "false", Fail),
        ("approval.quality", "-", Unknown),
    ];
    hold(UPGRADE, "upgrade-safety", Pass, &safe);
    let flags = found(UPGRADE, "upgrade-safety", &[]).flags;
    assert_eq!(flags, ["国家法律法规的其他要求另行核实"]);
    let dense = r#"
kind = "parcel"
as_of = 2022-06-01
[site]
area_m2 = 10000.0
footprint_m2 = 5500.0
land_use = "industrial"
standard_land = true
new_project = true
[plan]
density_max = 0.5
"#;
    hold(
        dense,
        "density-within-plan",
        Pass,
        &[
            ("site.standard_land", "false", Fail),
            ("site.standard_land", "-", Unknown),
            ("site.new_project", "false", Fail),
            ("site.new_project", "-", Unknown),
            ("site.land_use", "\"residential\"", Fail),
            ("site.footprint_m2", "6000.0", Pass),
            ("site.footprint_m2", "6000.01", Fail),
        ],
    );
}

#[test]
fn articles_five_and_six_hold_to_each_of_their_premises() {
    let industry = [
        ("site.land_use", "\"residential\"", Fail),
        ("site.land_use", "-", Unknown),
        ("upgrade.industry_status", "\"restricted\"", Fail),
        ("upgrade.industry_status", "-", Unknown),
    ];
    hold(UPGRADE, "upgrade-premises", Pass, &industry);
    hold(
        UPGRADE,
        "scattered-land",
        Pass,
        &[
            ("site.land_use", "\"residential\"", NotApplicable),
            ("site.land_use", "-", Unknown),
            ("site.earlier_scattered_m2", "-", Unknown),
            ("upgrade.demolished_m2", "-", Unknown),
        ],
    );
    hold(
        UPGRADE,
        "fee-exemption",
        Pass,
        &[
            ("site.land_use", "\"commercial\"", Fail),
            ("site.land_use", "-", Unknown),
            ("upgrade.use_unchanged", "false", Fail),
            ("upgrade.use_unchanged", "-", Unknown),
            ("upgrade.compliant", "false", Fail),
            ("upgrade.compliant", "-", Unknown),
            ("upgrade.self_used", "false", Fail),
            ("upgrade.self_used", "-", Unknown),
        ],
    );
}
