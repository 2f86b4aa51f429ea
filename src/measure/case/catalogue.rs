//! Every measure that a policy can name: what it is, what it depends on, how it is had.

use super::subject::{Found, Lack, Measured, Subject};
use super::{
    county, enterprise, floors, idle, industry, lots, merging, planning, ratios, scattered,
    subsidies, supporting,
};
use crate::model::facts::{Fact, FactKind, facts};
use crate::policy::{MeasureName, Sort, Vocabulary};
use crate::quantity::{Exact, Unit};

/// A measure of a case.
pub struct Measure {
    /// Its name in packs and results.
    pub name: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// A number of which unit, or what else.
    pub sort: Sort,
    /// The readings that it depends on.
    pub readings: &'static [&'static str],
    /// How it is had.
    pub of: fn(&Subject<'_>) -> Measured,
}

const FAR: &[&str] = &["far_area"];
const SHARE: Sort = Sort::Number(Unit::Share);
const LAND: Sort = Sort::Number(Unit::Land);
const FLOOR: Sort = Sort::Number(Unit::Floor);
const RATIO: Sort = Sort::Number(Unit::PlotRatio);
const WAN: Sort = Sort::Number(Unit::Wan);
const PER_MU: Sort = Sort::Number(Unit::WanPerMu);
const COUNT: Sort = Sort::Number(Unit::Count);

static MEASURES: &[Measure] = &[
    new(
        "scattered_conforms",
        "零星地块符合规划",
        "the pieces conform to the plan",
        Sort::Truth,
        &[],
        scattered::conform,
    ),
    new(
        "scattered_adjacent",
        "零星地块与原用地相邻",
        "the pieces border the site",
        Sort::Truth,
        &[],
        scattered::adjoin,
    ),
    new(
        "scattered_ratio",
        "零星地块累计面积占原用地面积",
        "scattered land over the site",
        SHARE,
        &["count_prior"],
        scattered::ratio,
    ),
    new(
        "scattered_area",
        "零星地块累计面积",
        "scattered land",
        LAND,
        &["count_prior"],
        scattered::area,
    ),
    new(
        "scattered_pieces",
        "零星地块数",
        "scattered pieces",
        COUNT,
        &[],
        scattered::count,
    ),
    new(
        "largest_piece_area",
        "最大单块零星地块面积",
        "the largest piece",
        LAND,
        &[],
        scattered::largest,
    ),
    new(
        "piece_stands_alone",
        "有地块能单独出具规划条件",
        "a piece could be planned alone",
        Sort::Truth,
        &[],
        scattered::stands_alone,
    ),
    new(
        "scattered_plot_ratio",
        "零星地块容积率",
        "plot ratio of the pieces",
        RATIO,
        &[],
        scattered::greatest_plot_ratio,
    ),
    new(
        "plot_ratio_gain",
        "容积率提高",
        "gain of the plot ratio",
        SHARE,
        &["far_site", "far_baseline", "far_gain", "far_area"],
        ratios::plot_ratio_gain,
    ),
    new(
        "new_floor_share",
        "技改建筑面积占技改后总建筑面积",
        "new floor over all floor afterwards",
        SHARE,
        &["share_new"],
        ratios::new_floor_share,
    ),
    new(
        "plot_ratio",
        "容积率",
        "plot ratio",
        RATIO,
        FAR,
        ratios::plot_ratio,
    ),
    new(
        "plot_ratio_plain",
        "容积率（层高不加倍）",
        "plot ratio, every storey once",
        RATIO,
        &[],
        ratios::plot_ratio_plain,
    ),
    new(
        "floor_area",
        "建筑面积",
        "floor area",
        FLOOR,
        &[],
        floors::floor_area,
    ),
    new(
        "density",
        "建筑密度",
        "building density",
        SHARE,
        &[],
        planning::density,
    ),
    new(
        "height",
        "建筑高度",
        "height",
        Sort::Number(Unit::Metres),
        &[],
        planning::height,
    ),
    new(
        "green_ratio",
        "绿地率",
        "green ratio",
        SHARE,
        &[],
        planning::green_ratio,
    ),
    new(
        "site_coefficient",
        "建筑系数",
        "site coefficient",
        SHARE,
        &[],
        planning::site_coefficient,
    ),
    new(
        "parking_needed",
        "应配机动车停车泊位",
        "parking spaces needed",
        COUNT,
        &[],
        planning::parking_needed,
    ),
    new(
        "supporting_land_share",
        "行政办公及生活服务设施用地占比",
        "land of offices and services",
        SHARE,
        &["supporting_land"],
        supporting::land_share,
    ),
    new(
        "supporting_floor_share",
        "行政办公及生活服务设施建筑面积占比",
        "floor of offices and services",
        SHARE,
        &[],
        supporting::floor_share,
    ),
    new(
        "industry_least_plot_ratio",
        "行业容积率控制值",
        "least plot ratio of the industry",
        RATIO,
        &["control_indicators"],
        industry::least_plot_ratio,
    ),
    new(
        "over_limit_area",
        "超出部分建筑面积",
        "floor area over the limit",
        FLOOR,
        &["over_limit"],
        floors::over_limit_area,
    ),
    new(
        "exempt_area",
        "不再增收费用的建筑面积",
        "floor area exempt from further fees",
        FLOOR,
        &[],
        floors::exempt_area,
    ),
    new(
        "production_plot_ratio_gain",
        "生产厂房容积率提高",
        "gain of the production plot ratio",
        SHARE,
        &["vertical_floor"],
        ratios::production_gain,
    ),
    new(
        "vertical_excess_by_ratio",
        "容积率提高超出部分面积",
        "floor beyond the threshold of the plot ratio",
        FLOOR,
        &["vertical_floor"],
        ratios::excess_by_ratio,
    ),
    new(
        "vertical_excess_by_share",
        "技改面积占比超出部分面积",
        "floor beyond the threshold of the share",
        FLOOR,
        &[],
        ratios::excess_by_share,
    ),
    new(
        "new_upper_floor",
        "上层新增生产厂房建筑面积",
        "new production floor on upper storeys",
        FLOOR,
        &["vertical_storeys"],
        subsidies::new_upper_floor,
    ),
    new(
        "evaluation_class",
        "亩均评价（适用类别）",
        "evaluation class as it counts",
        Sort::Word,
        &["class"],
        subsidies::evaluation_class,
    ),
    new(
        "class_guard",
        "重点项目对亩均评价的影响",
        "what a key project does to the class",
        Sort::Word,
        &[],
        subsidies::class_guard,
    ),
    new(
        "leased_project_investment",
        "技改项目实际投资额",
        "investment of the project that leases plant",
        WAN,
        &["leased_investment"],
        subsidies::leased_project_investment,
    ),
    new(
        "invested_share",
        "已投资占开发投资总额",
        "investment made over the total",
        SHARE,
        &[],
        subsidies::invested_share,
    ),
    new(
        "lot_count",
        "分割宗数",
        "lots",
        COUNT,
        &["lot_count"],
        lots::count,
    ),
    new(
        "smallest_lot_area",
        "最小一宗面积",
        "the smallest lot",
        LAND,
        &[],
        lots::smallest,
    ),
    new(
        "lot_remainder",
        "各宗面积之和与原宗地之差",
        "lots together less the site",
        LAND,
        &[],
        lots::remainder,
    ),
    new(
        "lots_completed",
        "各宗均已竣工投产",
        "every lot is completed",
        Sort::Truth,
        &["completed_lots"],
        lots::completed,
    ),
    new(
        "lots_with_buildings",
        "各宗均有建筑",
        "every lot has a building",
        Sort::Truth,
        &[],
        lots::built,
    ),
    new(
        "lot_supporting_only",
        "有一宗仅含配套设施",
        "a lot holds offices and services only",
        Sort::Truth,
        &[],
        lots::supporting_only,
    ),
    new(
        "merge_same_right",
        "权属性质、使用权类型一致",
        "the rights are alike",
        Sort::Truth,
        &[],
        merging::same_right,
    ),
    new(
        "merge_all_industrial",
        "均为工业用地",
        "all parcels are industrial",
        Sort::Truth,
        &[],
        merging::all_industrial,
    ),
    new(
        "merge_connected",
        "界线相邻",
        "shared boundaries join all parcels",
        Sort::Truth,
        &["snap"],
        merging::connected,
    ),
    new(
        "merge_snapped",
        "合拢了数字化间隙",
        "a digitising gap was closed",
        Sort::Truth,
        &[],
        merging::snapped,
    ),
    new(
        "merge_term",
        "剩余最短年限",
        "earliest end of term",
        Sort::Day,
        &[],
        merging::term,
    ),
    new(
        "land_used",
        "实际用地面积",
        "land used",
        LAND,
        &[],
        supporting::land_used,
    ),
    new(
        "tax_per_mu_two_years",
        "连续两年亩均税收（取高）",
        "the greater tax per 亩 of two years",
        PER_MU,
        &[],
        enterprise::tax_of_two_years,
    ),
    new(
        "tax_per_mu_last_year",
        "上一年度亩均税收",
        "tax per 亩 of the last year",
        PER_MU,
        &[],
        enterprise::tax_of_last_year,
    ),
    new(
        "as_of",
        "判定日",
        "day of judging",
        Sort::Day,
        &[],
        idle::as_of,
    ),
    new(
        "construction_started",
        "已动工开发",
        "building has begun",
        Sort::Truth,
        &[],
        idle::started,
    ),
    new(
        "construction_stopped",
        "中止开发建设",
        "building has stopped",
        Sort::Truth,
        &[],
        idle::stopped,
    ),
    new(
        "developed_share",
        "已动工开发面积占应动工开发面积",
        "land developed over land to be developed",
        SHARE,
        &[],
        idle::developed_share,
    ),
    new(
        "grant_invested_share",
        "已投资额占总投资额",
        "money spent over the total",
        SHARE,
        &[],
        idle::invested_share,
    ),
    new(
        "industrial_land_share",
        "工业用地占出让总量",
        "industrial land over all land granted",
        SHARE,
        &[],
        county::industrial_land_share,
    ),
    new(
        "fund_share",
        "专项经费占土地出让收入",
        "money set aside over the revenue from land",
        SHARE,
        &[],
        county::fund_share,
    ),
    new(
        "land_price_minimum",
        "工业用地最低价标准",
        "least price of industrial land",
        Sort::Number(Unit::YuanPerM2),
        &[],
        county::land_price_minimum,
    ),
];

const fn new(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    sort: Sort,
    readings: &'static [&'static str],
    of: fn(&Subject<'_>) -> Measured,
) -> Measure {
    Measure {
        name,
        zh,
        en,
        sort,
        readings,
        of,
    }
}

/// Every measure that is computed; beside these a pack can name any fact.
pub fn measures() -> &'static [Measure] {
    MEASURES
}

/// The measure of that name.
pub fn measure_named(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}

/// Takes a measure, or a fact, of a case.
pub(crate) fn take(name: &MeasureName, subject: &Subject<'_>) -> Result<Found, Lack> {
    let place = usize::from(name.place);
    match MEASURES.get(place) {
        Some(measure) => (measure.of)(subject),
        None => match facts().get(place - MEASURES.len()) {
            Some(fact) => subject.figure(fact.name).cloned().map(Found::from),
            None => Err(Lack::of(&name.name)),
        },
    }
}

/// Takes numbers by storey of a case.
pub fn series(name: &MeasureName, subject: &Subject<'_>) -> Result<Vec<(i64, Exact)>, Lack> {
    if name.name == "upgrade.new_floor_by_storey" {
        return subsidies::new_floor_by_storey(subject);
    }
    subject
        .facts
        .one
        .series(&name.name)
        .map(<[_]>::to_vec)
        .ok_or_else(|| Lack::of(&name.name))
}

/// The measures and facts as the vocabulary of packs.
pub struct Catalogue;

/// The readings that measures and the comparing of bounds depend on, the default first.
const READINGS: &[(&str, &[&str])] = &[
    ("mode", &["cent", "strict", "mu2"]),
    ("far_site", &["combined", "original"]),
    ("far_baseline", &["existing", "certified", "contract"]),
    ("far_gain", &["relative", "absolute"]),
    ("far_area", &["far", "plain"]),
    ("share_new", &["gross", "net"]),
    ("count_prior", &["true", "false"]),
    ("over_limit", &["certificate", "contract"]),
    ("lot_count", &["resulting", "split_off"]),
    ("completed_lots", &["all", "sold"]),
    ("class", &["effective", "original"]),
    ("vertical_floor", &["production", "all"]),
    ("vertical_storeys", &["area", "building"]),
    ("leased_investment", &["equipment", "total"]),
    ("control_indicators", &["2008", "2023"]),
    ("supporting_land", &["separate", "apportioned"]),
    ("snap", &["on", "off"]),
];

const TABLES: &[&str] = &[
    "industry_plot_ratio_2008",
    "industry_plot_ratio_2008_by_2017",
    "industry_plot_ratio_2023",
    "parking_rates",
    "land_price_minimum",
];

const PARAMETERS: &[&str] = &[
    "snap_gap_m",
    "class_a_investment_wan",
    "class_not_d_investment_wan",
    "vertical_threshold",
    "vertical_lowest_storey",
];

impl Vocabulary for Catalogue {
    fn measure(&self, name: &str) -> Option<(u16, Sort)> {
        let place = |at: usize| u16::try_from(at).ok();
        if let Some(at) = MEASURES.iter().position(|measure| measure.name == name) {
            return Some((place(at)?, MEASURES[at].sort));
        }
        let at = facts().iter().position(|fact| fact.name == name)?;
        Some((place(MEASURES.len() + at)?, sort_of(&facts()[at])))
    }

    fn like(&self, name: &str) -> Option<&str> {
        let known = MEASURES
            .iter()
            .map(|measure| measure.name)
            .chain(facts().iter().map(|fact| fact.name));
        crate::model::facts::nearest(name, known)
    }

    fn tables(&self) -> &[&str] {
        TABLES
    }

    fn parameters(&self) -> &[&str] {
        PARAMETERS
    }

    fn readings(&self) -> &[(&str, &[&str])] {
        READINGS
    }
}

const fn sort_of(fact: &Fact) -> Sort {
    match fact.kind {
        FactKind::Land | FactKind::Mu => LAND,
        FactKind::Floor => FLOOR,
        FactKind::Share => SHARE,
        FactKind::PlotRatio => RATIO,
        FactKind::Metres => Sort::Number(Unit::Metres),
        FactKind::Count => COUNT,
        FactKind::Wan => WAN,
        FactKind::WanPerMu => PER_MU,
        FactKind::YuanPerM2 => Sort::Number(Unit::YuanPerM2),
        FactKind::Truth => Sort::Truth,
        FactKind::Day | FactKind::DayOrNo => Sort::Day,
        FactKind::WanPerMuByYear | FactKind::FloorByStorey => Sort::Series,
        FactKind::Word(_)
        | FactKind::Use
        | FactKind::RightType
        | FactKind::RightNature
        | FactKind::Text
        | FactKind::Texts => Sort::Word,
    }
}
