//! What an article presupposes, and what nobody has said: files of `faults/law`, each given true, given false, missing.

use std::path::PathBuf;

use plotratio::law::judge::{Finding, Judgement, Verdict};
use plotratio::quantity::Figure;
use toml::{Table, Value};

use super::{judged, read};

/// A file of the folder, with some facts set: `table.key`.
fn fault(name: &str, set: &[(&str, Value)]) -> Judgement {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/faults");
    let folder = std::env::var_os("PLOTRATIO_FAULTS").map_or_else(beside, PathBuf::from);
    let mut facts = read(&folder.join("law").join(name).with_extension("toml"));
    for (path, value) in set {
        let (table, key) = path.split_once('.').unwrap();
        let table = facts
            .entry(table)
            .or_insert_with(|| Value::Table(Table::new()));
        table
            .as_table_mut()
            .unwrap()
            .insert(key.into(), value.clone());
    }
    judged(&facts, None)
}

fn of<'a>(judgement: &'a Judgement, rule: &str) -> &'a Finding {
    let mut findings = judgement.findings.iter();
    findings.find(|finding| finding.rule == rule).unwrap()
}

fn verdict(judgement: &Judgement, rule: &str) -> Verdict {
    of(judgement, rule).verdict
}

fn amount(judgement: &Judgement, name: &str) -> Option<String> {
    let amount = judgement.amounts().find(|amount| amount.name == name);
    let number = amount.unwrap().value.as_ref().and_then(Figure::number);
    number.map(|number| number.to_string())
}

/// The verdict where what is missing is as it usually is.
fn usually(finding: &Finding) -> Option<(&str, Verdict)> {
    let mut readings = finding.readings.iter();
    let usual = readings.find(|other| other.reading.starts_with("assume="))?;
    Some((usual.reading.as_str(), usual.verdict))
}

#[test]
fn a_split_that_the_contract_forbids_or_of_other_land_does_not_pass() {
    let banned = fault("split_banned", &[]);
    assert_eq!(banned.verdict, Verdict::Fail);
    assert_eq!(verdict(&banned, "split-merge-premises"), Verdict::Fail);
    let allowed = ("site.transfer_restricted", false.into());
    let residential = fault("split_banned", std::slice::from_ref(&allowed));
    assert_eq!(residential.verdict, Verdict::Fail);
    let industrial = ("site.land_use", "industrial".into());
    assert_eq!(
        fault("split_banned", std::slice::from_ref(&industrial)).verdict,
        Verdict::Fail
    );
    // what the departments say of it is still missing, and would usually be so
    let open = fault("split_banned", &[allowed.clone(), industrial.clone()]);
    assert_eq!(open.verdict, Verdict::Unknown);
    let (reading, usual) = usually(of(&open, "split-merge-premises")).unwrap();
    assert_eq!(
        (reading, usual),
        (
            "assume=approval.planning=true,approval.fire=true,approval.environment=true",
            Verdict::Pass
        )
    );
    let yes = ["approval.planning", "approval.fire", "approval.environment"];
    let mut all = vec![allowed, industrial];
    all.extend(yes.map(|name| (name, true.into())));
    assert_eq!(fault("split_banned", &all).verdict, Verdict::Pass);
}

#[test]
fn an_upgrade_of_residential_land_neither_passes_nor_is_paid() {
    let residential = fault("residential_upgrade", &[]);
    // what permits or forbids does not speak of it but for the veto; what it would be paid or spared does not turn that
    assert_eq!(verdict(&residential, "upgrade-veto"), Verdict::Pass);
    for rule in ["scattered-land", "retained-industrial-use"] {
        assert_eq!(
            verdict(&residential, rule),
            Verdict::NotApplicable,
            "{rule}"
        );
    }
    for rule in ["fee-exemption", "vertical-industry-subsidy"] {
        assert_eq!(verdict(&residential, rule), Verdict::Fail, "{rule}");
    }
    let paid = |judgement| amount(judgement, "vertical_industry_subsidy_wan");
    assert_eq!(paid(&residential), Some("0".to_owned()));
    let industrial = fault(
        "residential_upgrade",
        &[("site.land_use", "industrial".into())],
    );
    for rule in [
        "scattered-land",
        "fee-exemption",
        "vertical-industry-subsidy",
    ] {
        assert_eq!(verdict(&industrial, rule), Verdict::Pass, "{rule}");
    }
    assert!(paid(&industrial).is_some_and(|paid| paid != "0"));
}

#[test]
fn what_the_contract_forbids_cannot_simply_be_registered() {
    let banned = fault("ban_over25", &[]);
    let direct = |judgement: &Judgement| {
        judgement
            .flags
            .iter()
            .any(|flag| flag == "可直接办理转移登记")
    };
    assert_eq!((banned.verdict, direct(&banned)), (Verdict::Fail, false));
    let free = fault("ban_over25", &[("site.transfer_restricted", false.into())]);
    assert_eq!((free.verdict, direct(&free)), (Verdict::Pass, true));
    let unknown = fault("adv", &[]);
    assert_eq!(unknown.verdict, Verdict::Unknown);
    let unknown = fault("adv", &[("investment.invested_wan", 5000.0.into())]);
    assert!(!direct(&unknown));
}

#[test]
fn a_buyer_is_not_lifted_by_what_the_seller_invests() {
    let lifted = fault("transfer_lift", &[]);
    assert_eq!(verdict(&lifted, "transferee-class"), Verdict::Fail);
    let own = [
        ("transferee.key_project", true.into()),
        ("transferee.project_total_wan", 12000.0.into()),
    ];
    // in the days of building alone (二（八）)
    let unknown = fault("transfer_lift", &own);
    assert_eq!(verdict(&unknown, "transferee-class"), Verdict::Unknown);
    let day: Value = toml::from_str::<Table>("day = 2022-01-01").unwrap()["day"].clone();
    let days = [
        ("transferee.project_started", day),
        ("transferee.project_completed", false.into()),
    ];
    let own = fault("transfer_lift", &[own.as_slice(), &days].concat());
    assert_eq!(verdict(&own, "transferee-class"), Verdict::Pass);
}

#[test]
fn what_is_missing_is_neither_nothing_nor_the_whole() {
    for (name, rule, missing) in [
        (
            "lease_silent",
            "leased-plant-subsidy",
            "investment.equipment_wan",
        ),
        (
            "prodbuilt",
            "vertical-industry-subsidy",
            "upgrade.production_built_m2",
        ),
        (
            "prodless",
            "vertical-industry-subsidy",
            "site.production_floor_area_m2",
        ),
        (
            "far_silent",
            "plot-ratio-within-plan",
            "upgrade.demolished_m2",
        ),
        ("far_silent", "scattered-land", "upgrade.demolished_m2"),
        ("earlier", "scattered-land", "site.earlier_scattered_m2"),
        ("fee_unknown", "fee-exemption", "upgrade.efficiency_up"),
        ("land_missing", "site-coefficient", "site.land_use"),
        (
            "land_missing",
            "supporting-facilities-national",
            "site.land_use",
        ),
        ("county", "land-price-floor", "county.priority_project"),
        (
            "county",
            "industrial-land-share",
            "county.industrial_county",
        ),
    ] {
        let judgement = fault(name, &[]);
        let finding = of(&judgement, rule);
        assert_eq!(finding.verdict, Verdict::Unknown, "{name}, {rule}");
        let names: Vec<&str> = finding.missing.iter().map(String::as_str).collect();
        assert!(names.contains(&missing), "{name}, {rule}: {names:?}");
    }
    for name in ["earlier", "far_silent"] {
        let judgement = fault(name, &[]);
        let (reading, usual) = usually(of(&judgement, "scattered-land")).unwrap();
        assert!(reading.contains("=0"), "{reading}");
        assert_ne!(usual, Verdict::Unknown, "{name}");
    }
}

#[test]
fn land_used_is_not_the_land_that_is_registered() {
    let scope = fault("scope_no_land", &[]);
    assert_eq!(verdict(&scope, "survey-scope"), Verdict::Fail);
    let registered = "kind = \"enterprise\"\nas_of = 2022-06-01\nrules = [\"survey-scope\"]\n\
        [site]\narea_m2 = 1500.0\n[enterprise]\nabove_scale = false\n";
    let unknown = judged(&registered.parse().unwrap(), None);
    assert_eq!(unknown.verdict, Verdict::Unknown);
    assert_eq!(of(&unknown, "survey-scope").missing, ["enterprise.land_mu"]);
}
