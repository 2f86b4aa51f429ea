//! What is asked of a county, and what it may allow: 二（十三） to 二（十五）.

use plotratio::law::judge::Verdict::{Fail, NotApplicable, Pass, Unknown};

use super::hold;

#[test]
fn article_thirteen_holds_to_each_of_its_premises() {
    let county = r#"
kind = "county"
as_of = 2022-06-01
[county]
industrial_county = true
granted_mu = 1000.0
granted_industrial_mu = 250.0
land_class = 6
price_per_m2 = 235.2
priority_project = true
high_land_use = true
high_tax_per_mu = true
line_freed_m2 = 1000.0
line_freed_industrial_m2 = 1000.0
industrial_land_mu = 500.0
industrial_land_before_mu = 500.0
"#;
    hold(
        county,
        "industrial-land-share",
        Fail,
        &[
            ("county.granted_industrial_mu", "300.0", Pass),
            ("county.industrial_county", "false", NotApplicable),
            ("county.industrial_county", "-", Unknown),
        ],
    );
    hold(
        county,
        "land-price-floor",
        Pass,
        &[
            ("county.priority_project", "false", Fail),
            ("county.priority_project", "-", Unknown),
            ("county.high_land_use", "false", Fail),
            ("county.high_land_use", "-", Unknown),
            ("county.high_tax_per_mu", "false", Fail),
            ("county.high_tax_per_mu", "-", Unknown),
            ("county.price_per_m2", "235.19", Fail),
        ],
    );
    hold(
        county,
        "control-line-industrial-use",
        Pass,
        &[
            ("county.line_freed_industrial_m2", "999.99", Fail),
            ("county.line_freed_industrial_m2", "-", Unknown),
        ],
    );
    hold(
        county,
        "industrial-land-steady",
        Pass,
        &[
            ("county.industrial_land_mu", "499.99", Fail),
            ("county.industrial_land_before_mu", "-", Unknown),
        ],
    );
    let project = r#"
kind = "investment"
as_of = 2022-06-01
[investment]
total_wan = 20000.0
new_project = true
headquarters_here = true
recognised_major = true
"#;
    hold(
        project,
        "headquarters-project",
        Pass,
        &[
            ("investment.total_wan", "19999.99", NotApplicable),
            ("investment.new_project", "false", NotApplicable),
            ("investment.new_project", "-", Unknown),
            ("investment.headquarters_here", "-", Unknown),
            ("investment.recognised_major", "false", Fail),
            ("investment.recognised_major", "-", Unknown),
        ],
    );
}

#[test]
fn articles_fourteen_and_fifteen_hold_to_each_of_their_premises() {
    let enterprise = r#"
kind = "enterprise"
as_of = 2022-06-01
[site]
area_m2 = 40000.0
floor_area_m2 = 60000.0
land_use = "industrial"
in_park = false
new_project = false
supporting_land_m2 = 6000.0
supporting_floor_area_m2 = 15000.0
[county]
rental_housing_city = true
[enterprise]
evaluation_class = "A"
leading = true
"#;
    hold(
        enterprise,
        "supporting-facilities-share",
        Pass,
        &[
            ("county.rental_housing_city", "false", Fail),
            ("county.rental_housing_city", "-", Unknown),
            ("site.new_project", "true", Fail),
            ("site.new_project", "-", Unknown),
            ("enterprise.leading", "false", Fail),
            ("enterprise.leading", "-", Unknown),
            ("enterprise.evaluation_class", "\"C\"", Fail),
            ("enterprise.evaluation_class", "-", Unknown),
            ("site.in_park", "-", Pass),
            ("site.supporting_land_m2", "2800.0", Pass),
            ("site.land_use", "\"residential\"", NotApplicable),
            ("site.land_use", "-", Unknown),
        ],
    );
    let county = "kind = \"county\"\nas_of = 2022-06-01\n[county]\nland_revenue_wan = 1000.0\nfund_wan = 5.0\n";
    hold(
        county,
        "fund-share",
        Pass,
        &[
            ("county.fund_wan", "4.99", Fail),
            ("county.fund_wan", "-", Unknown),
            ("county.land_revenue_wan", "0.0", NotApplicable),
            ("county.land_revenue_wan", "-", Unknown),
        ],
    );
}
