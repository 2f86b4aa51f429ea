//! Why no split of a parcel is proposed: the condition that cannot be met, what it needs and what there is.

use crate::geometry::division::Hindrance;
use crate::law::pack::Pack;
use crate::quantity::Area;

/// The condition that keeps a parcel from being split.
#[derive(Clone, Debug, PartialEq)]
pub enum NoSplit {
    /// It is no industrial parcel in use.
    NotIndustrial,
    /// Its area is unknown.
    AreaUnknown,
    /// It is smaller than its lots would have to be together.
    TooSmall {
        /// What they come to.
        needed: Area,
        /// What there is.
        there: Area,
    },
    /// No layer of buildings was given: whether a line cuts one cannot be known.
    BuildingsUnknown,
    /// It has fewer buildings that can stand for a lot than lots.
    TooFewBuildings {
        /// How many lots.
        needed: usize,
        /// How many buildings, without those of offices and services and those under construction.
        there: usize,
    },
    /// Its shape has several parts.
    Parts(usize),
    /// The areas asked for do not come to its area.
    AreasAskedFor {
        /// What they come to, in m².
        asked_m2: f64,
        /// Its area.
        there: Area,
    },
    /// No line does it.
    Lines(Hindrance),
    /// A rule of the policy forbids it, however it is divided.
    Forbidden {
        /// The rules.
        rules: Vec<String>,
    },
    /// Every way that was found breaks a rule.
    Withheld {
        /// How many ways were found.
        ways: usize,
        /// The rules that they break.
        rules: Vec<String>,
    },
}

impl NoSplit {
    /// The condition in one word, as in `unproposed.csv`.
    pub fn condition(&self) -> &'static str {
        match self {
            Self::NotIndustrial => "not_industrial",
            Self::AreaUnknown => "area_unknown",
            Self::TooSmall { .. } => "area",
            Self::BuildingsUnknown => "buildings_unknown",
            Self::TooFewBuildings { .. } => "buildings",
            Self::Parts(_) => "several_parts",
            Self::AreasAskedFor { .. } => "areas_asked_for",
            Self::Lines(hindrance) => condition(hindrance),
            Self::Forbidden { .. } => "forbidden",
            Self::Withheld { .. } => "withheld",
        }
    }

    /// In words, Chinese and English; rules are called as the policy calls them.
    pub fn texts(&self, policy: &Pack) -> [String; 2] {
        let called = |rules: &[String]| {
            let called = |id: &String| {
                let rule = policy.rules.iter().find(|rule| rule.id == *id);
                rule.map_or_else(|| id.clone(), |rule| format!("“{}”", rule.zh))
            };
            rules.iter().map(called).collect::<Vec<_>>().join("、")
        };
        match self {
            Self::NotIndustrial => [
                "不是在用的工业用地".into(),
                "it is no industrial parcel in use".into(),
            ],
            Self::AreaUnknown => ["宗地面积未知".into(), "its area is unknown".into()],
            Self::TooSmall { needed, there } => [
                format!(
                    "宗地 {} m²（{} 亩），分割至少需要 {} m²（{} 亩），不可能分割",
                    there.decimal(),
                    there.mu(),
                    needed.decimal(),
                    needed.mu()
                ),
                format!(
                    "it has {} m² ({} mu); so many lots take at least {} m² ({} mu): no split can exist",
                    there.decimal(),
                    there.mu(),
                    needed.decimal(),
                    needed.mu()
                ),
            ],
            Self::BuildingsUnknown => [
                "未提供建筑物图层，无法判断分割线是否切割建筑".into(),
                "no layer of buildings: whether a line cuts one cannot be known".into(),
            ],
            Self::TooFewBuildings { needed, there } => [
                format!("可独立成宗的竣工建筑 {there} 幢，少于 {needed} 宗"),
                format!(
                    "{there} buildings can stand for a lot, of {needed} lots (offices and services and buildings under construction do not count)"
                ),
            ],
            Self::Parts(parts) => [
                format!("宗地由 {parts} 个不相连的部分组成"),
                format!("its shape has {parts} parts"),
            ],
            Self::AreasAskedFor { asked_m2, there } => [
                format!(
                    "要求的各宗面积合计 {asked_m2:.2} m²，与宗地 {} m² 相差超过 1%",
                    there.decimal()
                ),
                format!(
                    "the areas asked for come to {asked_m2:.2} m²; the parcel has {} m², more than 1 % off",
                    there.decimal()
                ),
            ],
            Self::Lines(hindrance) => [of_lines(hindrance), hindrance.to_string()],
            Self::Forbidden { rules } => [
                format!("违反{}，无论如何分割", called(rules)),
                format!("{} forbids it, however it is divided", rules.join(", ")),
            ],
            Self::Withheld { ways, rules } => [
                format!("找到 {ways} 个方案，均违反{}", called(rules)),
                format!(
                    "{ways} ways were found, each of which breaks {}",
                    rules.join(", ")
                ),
            ],
        }
    }
}

const fn condition(hindrance: &Hindrance) -> &'static str {
    match hindrance {
        Hindrance::NoPlot | Hindrance::NoSuchWish { .. } => "plot",
        Hindrance::TooSmall { .. } => "area",
        Hindrance::AskedAreas { .. } => "areas_asked_for",
        Hindrance::TooFewThings { .. } => "buildings",
        Hindrance::TooLittleAccess { .. } | Hindrance::Access { .. } => "access",
        Hindrance::NoFreeLine { .. } => "free_line",
        Hindrance::ThingsTogether { .. } => "buildings_together",
        Hindrance::Areas { .. } => "lot_areas",
    }
}

/// What keeps lines from dividing a plot, in Chinese. Areas are of the plane.
fn of_lines(hindrance: &Hindrance) -> String {
    let open = |given_up: bool| {
        if given_up {
            "（搜索未穷尽）"
        } else {
            ""
        }
    };
    match *hindrance {
        Hindrance::NoPlot | Hindrance::NoSuchWish { .. } => "图形或要求无法分割".into(),
        Hindrance::TooSmall { area, needed } => {
            format!("图形面积 {area:.2} m²，各宗至少需要 {needed:.2} m²")
        }
        Hindrance::AskedAreas {
            asked,
            area,
            smallest,
        } => format!(
            "要求的各宗面积合计 {asked:.2} m²（最小 {smallest:.2} m²），图形面积 {area:.2} m²"
        ),
        Hindrance::TooFewThings { count, lots } => {
            format!("宗地内可独立成宗的建筑 {count} 幢，少于 {lots} 宗")
        }
        Hindrance::TooLittleAccess { count, lots } => {
            format!("对外边界最多可供 {count} 宗使用，少于 {lots} 宗")
        }
        Hindrance::NoFreeLine { given_up } => {
            format!("没有与建筑保持距离的分割线{}", open(given_up))
        }
        Hindrance::ThingsTogether { given_up } => {
            format!("可行的分割线均使某宗没有可独立成宗的建筑{}", open(given_up))
        }
        Hindrance::Areas {
            smallest_lot,
            given_up,
        } => format!(
            "各宗均有建筑时，最小一宗至多 {smallest_lot:.2} m²，或不能满足要求的面积{}",
            open(given_up)
        ),
        Hindrance::Access { access, given_up } => format!(
            "面积满足时，某宗对外边界至多 {access:.2} m{}",
            open(given_up)
        ),
    }
}
