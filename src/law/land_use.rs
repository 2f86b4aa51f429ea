//! Land-use codes of five Chinese systems → what the land is used for.

use serde::{Deserialize, Serialize};

use super::land_use_names::named;

/// What land is used for, as far as any rule tells uses apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LandUse {
    /// 工业用地.
    Industrial,
    /// 采矿用地, 盐田.
    Mining,
    /// 物流仓储用地.
    Warehouse,
    /// 居住用地, 住宅用地, 农村宅基地.
    Residential,
    /// 商业服务业用地.
    Commercial,
    /// 公共管理与公共服务用地.
    Public,
    /// 交通运输用地, 道路.
    Transport,
    /// 公用设施用地.
    Utilities,
    /// 绿地与开敞空间.
    Green,
    /// 水域.
    Water,
    /// 耕地, 园地, 林地, 草地, 农业设施建设用地.
    Agricultural,
    /// 特殊用地, 留白用地 and all the rest.
    Other,
    /// Two uses that differ in kind, as `M1/B2`.
    Mixed,
    /// 非工业用地: not industrial, and nobody says what else.
    NonIndustrial,
}

impl LandUse {
    /// Every use.
    pub const ALL: [Self; 14] = [
        Self::Industrial,
        Self::Mining,
        Self::Warehouse,
        Self::Residential,
        Self::Commercial,
        Self::Public,
        Self::Transport,
        Self::Utilities,
        Self::Green,
        Self::Water,
        Self::Agricultural,
        Self::Other,
        Self::Mixed,
        Self::NonIndustrial,
    ];

    /// The use by its word in results; `None` for any other word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == word)
    }

    /// What it is called in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Industrial => "工业用地",
            Self::Mining => "采矿用地",
            Self::Warehouse => "物流仓储用地",
            Self::Residential => "居住用地",
            Self::Commercial => "商业服务业用地",
            Self::Public => "公共管理与公共服务用地",
            Self::Transport => "交通运输用地",
            Self::Utilities => "公用设施用地",
            Self::Green => "绿地与开敞空间用地",
            Self::Water => "水域",
            Self::Agricultural => "农用地",
            Self::Other => "其他用地",
            Self::Mixed => "混合用地",
            Self::NonIndustrial => "非工业用地",
        }
    }

    /// The word in results and in `check` files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Industrial => "industrial",
            Self::Mining => "mining",
            Self::Warehouse => "warehouse",
            Self::Residential => "residential",
            Self::Commercial => "commercial",
            Self::Public => "public",
            Self::Transport => "transport",
            Self::Utilities => "utilities",
            Self::Green => "green",
            Self::Water => "water",
            Self::Agricultural => "agricultural",
            Self::Other => "other",
            Self::Mixed => "mixed",
            Self::NonIndustrial => "non_industrial",
        }
    }
}

/// A system of land-use codes. The same digits mean different things in different systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LandUseSystem {
    /// GB/T 21010-2017 土地利用现状分类, also of the third national survey (三调).
    Survey,
    /// 国土空间调查、规划、用途管制用地用海分类 (2020, 2023).
    Spatial,
    /// GB 50137-2011 城市用地分类与规划建设用地标准, and GBJ 137-90.
    CityPlan,
}

impl LandUseSystem {
    /// The system that a field's name decides by itself.
    pub fn of_field(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "DLBM" | "TDYTDM" => Some(Self::Survey),
            "YDYHFLDM" | "YDYHFL" | "JQDLBM" | "GHDLBM" => Some(Self::Spatial),
            _ => None,
        }
    }

    /// The system that the codes of a layer show: letters are a city plan, six digits the spatial system, `06xx`
    /// together with `07xx` the survey's. `None` when they leave it open.
    pub fn of_codes(codes: impl Iterator<Item = impl AsRef<str>>) -> Option<Self> {
        let (mut letters, mut spatial, mut survey) = (0_u64, 0_u64, 0_u64);
        for code in codes {
            let code = code.as_ref();
            let digits = code.bytes().take_while(u8::is_ascii_digit).count();
            letters += u64::from(digits == 0 && code.starts_with(|c: char| c.is_ascii_uppercase()));
            spatial += u64::from(
                digits == 6 || code.starts_with("100101") || matches!(code, "1001" | "1101"),
            );
            survey += u64::from(matches!(
                code,
                "0601" | "0602" | "0604" | "0701" | "0702" | "0508" | "061" | "071"
            ));
        }
        let most = letters.max(spatial).max(survey);
        if most == 0 {
            None
        } else if most == letters {
            Some(Self::CityPlan)
        } else {
            (spatial != survey).then_some(if spatial > survey {
                Self::Spatial
            } else {
                Self::Survey
            })
        }
    }

    /// What a code of this system means; `None` when the system does not know it. Joined codes (`M1/B2`,
    /// `0701+0901`) are mixed unless they mean the same.
    pub fn meaning(self, code: &str) -> Option<LandUse> {
        let mut uses = code
            .split(['/', '+', ',', '、'])
            .map(|part| self.of_one(part.trim()));
        let first = uses.next()??;
        uses.try_fold(first, |all, next| {
            Some(if next? == all { all } else { LandUse::Mixed })
        })
    }

    fn of_one(self, code: &str) -> Option<LandUse> {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
        Some(match self {
            Self::CityPlan => return of_city_plan(code),
            Self::Survey if !code.starts_with(|c: char| c.is_ascii_digit()) => return None,
            Self::Survey if starts(&["0601", "061"]) => LandUse::Industrial,
            Self::Survey if starts(&["0604", "063", "0508"]) => LandUse::Warehouse,
            Self::Survey if starts(&["0602", "0603", "062"]) => LandUse::Mining,
            Self::Survey => match code.get(..2)? {
                "01" | "02" | "03" | "04" => LandUse::Agricultural,
                "05" => LandUse::Commercial,
                "07" => LandUse::Residential,
                "08" => LandUse::Public,
                "09" | "12" => LandUse::Other,
                "10" => LandUse::Transport,
                "11" => LandUse::Water,
                _ => return None,
            },
            Self::Spatial if starts(&["1001"]) => LandUse::Industrial,
            Self::Spatial if starts(&["1002", "1003"]) => LandUse::Mining,
            Self::Spatial => match code.get(..2)? {
                "01" | "02" | "03" | "04" | "06" => LandUse::Agricultural,
                "07" => LandUse::Residential,
                "08" => LandUse::Public,
                "09" => LandUse::Commercial,
                "11" => LandUse::Warehouse,
                "12" => LandUse::Transport,
                "13" => LandUse::Utilities,
                "14" => LandUse::Green,
                "17" => LandUse::Water,
                "05" | "10" | "15" | "16" | "18" | "19" | "20" | "21" | "22" | "23" | "24" => {
                    LandUse::Other
                }
                _ => return None,
            },
        })
    }

    /// What a name of a national standard means, by the code that it has there; `system` is the one that the layer shows.
    pub fn by_standard(system: Option<Self>, name: &str) -> Option<LandUse> {
        named(system, name)
    }
}

/// A code of a city plan: a letter with its digits (`M1`), or several of them that are mixed unless they agree (`M1B2`,
/// `BR`). A longer run of letters is a word, and no code.
fn of_city_plan(code: &str) -> Option<LandUse> {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let is_word = code
        .split(|c| !is_letter(c))
        .any(|letters| letters.len() > 2);
    if is_word || !code.starts_with(is_letter) {
        return None;
    }
    // a small letter behind the first is one of a subclass: Rb
    let classes = code
        .char_indices()
        .filter(|(at, c)| c.is_ascii_uppercase() || (*at == 0 && is_letter(*c)));
    let mut uses = classes.map(|(_, class)| of_class(class));
    let first = uses.next()??;
    uses.try_fold(first, |all, next| {
        Some(if next? == all { all } else { LandUse::Mixed })
    })
}

fn of_class(class: char) -> Option<LandUse> {
    Some(match class.to_ascii_uppercase() {
        'M' => LandUse::Industrial,
        'W' => LandUse::Warehouse,
        'R' => LandUse::Residential,
        'B' | 'C' => LandUse::Commercial,
        'A' => LandUse::Public,
        'S' | 'T' => LandUse::Transport,
        'U' => LandUse::Utilities,
        'G' => LandUse::Green,
        'E' => LandUse::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_digits_mean_different_land_in_different_systems() {
        assert_eq!(
            LandUseSystem::Survey.meaning("0601"),
            Some(LandUse::Industrial)
        );
        assert_eq!(
            LandUseSystem::Spatial.meaning("0601"),
            Some(LandUse::Agricultural)
        );
        assert_eq!(
            LandUseSystem::Survey.meaning("1001"),
            Some(LandUse::Transport)
        );
        assert_eq!(
            LandUseSystem::Spatial.meaning("100102"),
            Some(LandUse::Industrial)
        );
        assert_eq!(
            LandUseSystem::CityPlan.meaning("M2"),
            Some(LandUse::Industrial)
        );
    }

    #[test]
    fn joined_codes_are_mixed_unless_they_agree() {
        assert_eq!(
            LandUseSystem::CityPlan.meaning("M1/B2"),
            Some(LandUse::Mixed)
        );
        assert_eq!(
            LandUseSystem::CityPlan.meaning("M1/M2"),
            Some(LandUse::Industrial)
        );
        assert_eq!(LandUseSystem::Survey.meaning("??"), None);
        let plan = |code| LandUseSystem::CityPlan.meaning(code);
        assert_eq!(plan("M1B2"), Some(LandUse::Mixed));
        assert_eq!(plan("BR"), Some(LandUse::Mixed));
        assert_eq!(
            (plan("M1a"), plan("m2"), plan("Rb1")),
            (
                Some(LandUse::Industrial),
                Some(LandUse::Industrial),
                Some(LandUse::Residential)
            )
        );
        for word in ["Mixed", "Unknown", "Residential", "MIXED", "M1X"] {
            assert_eq!(plan(word), None, "{word}");
        }
    }

    #[test]
    fn one_code_alone_that_both_systems_know_decides_nothing() {
        assert_eq!(LandUseSystem::of_codes(["0601", "1001"].into_iter()), None);
        assert_eq!(
            LandUseSystem::of_codes(["0601", "0701", "0702"].into_iter()),
            Some(LandUseSystem::Survey)
        );
        assert_eq!(
            LandUseSystem::of_codes(["100101", "0701"].into_iter()),
            None
        );
        assert_eq!(
            LandUseSystem::of_codes(["M1", "R2"].into_iter()),
            Some(LandUseSystem::CityPlan)
        );
        assert_eq!(LandUseSystem::of_field("dlbm"), Some(LandUseSystem::Survey));
        assert_eq!(LandUseSystem::of_field("YT"), None);
    }
}
