//! An industry code of GB/T 4754 → the least plot ratio of its industry (工业项目建设用地控制指标).

use super::measure::{Measure, PER_MU, RATIO, new};
use super::subject::{Lack, Measured, Subject, figure};
use crate::law::pack::Table;
use crate::quantity::{Exact, Unit};

pub(super) const MEASURES: &[Measure] = &[
    new(
        "industry_least_plot_ratio",
        "行业容积率控制值",
        "least plot ratio of the industry",
        RATIO,
        &["control_indicators"],
        least_plot_ratio,
    )
    .asking(&[&[
        "site.industry",
        "site.industry_edition",
        "table industry_plot_ratio_2008",
        "table industry_plot_ratio_2008_by_2017",
        "table industry_plot_ratio_2023",
    ]]),
    new(
        "industry_tax_per_mu",
        "行业新增项目亩均税收指南值",
        "tax per mu that new projects of the industry are to reach",
        PER_MU,
        &[],
        tax_per_mu,
    )
    .asking(&[&["site.industry", "table output_tax_per_mu"]]),
    new(
        "industry_value_added_per_mu",
        "行业新增项目亩均增加值指南值",
        "value added per mu that new projects of the industry are to reach",
        PER_MU,
        &[],
        value_added_per_mu,
    )
    .asking(&[&["site.industry", "table output_value_added_per_mu"]]),
];

/// 亩均税收 of the guide to the output of new projects (二（一）), 万元/亩; the table comes from the user.
pub(super) fn tax_per_mu(s: &Subject<'_>) -> Measured {
    of_guide(s, "output_tax_per_mu")
}

/// 亩均增加值 of the same guide, 万元/亩.
pub(super) fn value_added_per_mu(s: &Subject<'_>) -> Measured {
    of_guide(s, "output_value_added_per_mu")
}

fn of_guide(s: &Subject<'_>, name: &str) -> Measured {
    let digits = digits(s.word("site.industry")?);
    let missing = || Lack::of(&format!("table {name}"));
    let table = s.pack.tables.get(name).ok_or_else(missing)?;
    let row = table.by_prefix(digits);
    let missing = || Lack::of(&format!("table {name}, row `{digits}`"));
    figure(row.ok_or_else(missing)?, Unit::WanPerMu)
}

/// The digits of an industry code, without the letter of its section.
fn digits(code: &str) -> &str {
    code.trim_start_matches(|c: char| c.is_ascii_alphabetic())
}

/// The least plot ratio of the site's industry, in the edition of the indicators that is read.
///
/// The same code means different industries in different editions of GB/T 4754; where the edition is not given, the
/// figure is known only if all editions agree.
pub(super) fn least_plot_ratio(s: &Subject<'_>) -> Measured {
    let code = s.word("site.industry")?;
    let digits = digits(code);
    let edition = s.word("site.industry_edition").ok();
    let of_2023 = s.choice("control_indicators") == "2023";
    let names: &[&str] = match edition {
        _ if of_2023 => &["industry_plot_ratio_2023"],
        Some("2002") => &["industry_plot_ratio_2008"],
        Some(_) => &["industry_plot_ratio_2008_by_2017"],
        None => &[
            "industry_plot_ratio_2008",
            "industry_plot_ratio_2008_by_2017",
        ],
    };
    let table = |name: &&str| {
        s.pack
            .tables
            .get(*name)
            .ok_or_else(|| Lack::of(&format!("table {name}")))
    };
    let tables = names
        .iter()
        .map(table)
        .collect::<Result<Vec<&Table>, _>>()?;
    let rows: Vec<Option<Exact>> = tables
        .into_iter()
        .map(|table| table.by_prefix(digits))
        .collect();
    match rows.as_slice() {
        [Some(first), rest @ ..] if rest.iter().all(|row| *row == Some(*first)) => {
            figure(*first, Unit::PlotRatio)
        }
        [None] => Err(Lack::of(&format!("table {}, row `{digits}`", names[0]))),
        _ => Err(Lack::of("site.industry_edition")),
    }
}
