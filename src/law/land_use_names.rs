//! The names of classes of land in the national standards → their codes, by which they are told.

use super::{LandUse, LandUseSystem};

/// A name, its code in GB/T 21010-2017, and in 国土空间调查、规划、用途管制用地用海分类 (2023).
type NameAndCodes = (&'static str, Option<&'static str>, Option<&'static str>);

/// Names that do not say the use in themselves. What both standards have under one name need not be one use: 设施农用地.
const NAMES: &[NameAndCodes] = &[
    ("水田", Some("0101"), Some("0101")),
    ("水浇地", Some("0102"), Some("0102")),
    ("旱地", Some("0103"), Some("0103")),
    ("园地", Some("02"), Some("02")),
    ("果园", Some("0201"), Some("0201")),
    ("茶园", Some("0202"), Some("0202")),
    ("橡胶园", Some("0203"), None),
    ("橡胶园地", None, Some("0203")),
    ("油料园地", None, Some("0204")),
    ("其他园地", Some("0204"), Some("0205")),
    ("林地", Some("03"), Some("03")),
    ("乔木林地", Some("0301"), Some("0301")),
    ("竹林地", Some("0302"), Some("0302")),
    ("灌木林地", Some("0305"), Some("0303")),
    ("其他林地", Some("0307"), Some("0304")),
    ("草地", Some("04"), Some("04")),
    ("天然牧草地", Some("0401"), Some("0401")),
    ("人工牧草地", Some("0403"), Some("0402")),
    ("其他草地", Some("0404"), Some("0403")),
    ("湿地", None, Some("05")),
    ("红树林地", Some("0303"), Some("0507")),
    ("森林沼泽", Some("0304"), Some("0501")),
    ("灌丛沼泽", Some("0306"), Some("0502")),
    ("沼泽草地", Some("0402"), Some("0503")),
    ("沼泽地", Some("1108"), None),
    ("其他沼泽地", None, Some("0504")),
    ("沿海滩涂", Some("1105"), Some("0505")),
    ("内陆滩涂", Some("1106"), Some("0506")),
    ("农业设施建设用地", None, Some("06")),
    ("设施农用地", Some("1202"), Some("0602")),
    ("餐饮用地", Some("0503"), None),
    ("旅馆用地", Some("0504"), None),
    ("娱乐用地", Some("0506"), Some("0903")),
    ("批发市场用地", Some("0502"), None),
    ("城镇社区服务设施用地", None, Some("0702")),
    ("农村社区服务设施用地", None, Some("0704")),
    ("机关团体用地", Some("0801"), Some("0801")),
    ("新闻出版用地", Some("0802"), None),
    ("科研用地", Some("0804"), Some("0802")),
    ("文化用地", None, Some("0803")),
    ("文化设施用地", Some("0807"), None),
    ("教育用地", Some("0803"), Some("0804")),
    ("体育用地", Some("0808"), Some("0805")),
    ("医疗卫生用地", Some("0805"), Some("0806")),
    ("社会福利用地", Some("0806"), Some("0807")),
    ("特殊用地", Some("09"), Some("15")),
    ("军事设施用地", Some("0901"), Some("1501")),
    ("使领馆用地", Some("0902"), Some("1502")),
    ("宗教用地", Some("0904"), Some("1503")),
    ("宗教设施用地", None, Some("1503")),
    ("文物古迹用地", None, Some("1504")),
    ("监教场所用地", Some("0903"), Some("1505")),
    ("殡葬用地", Some("0905"), Some("1506")),
    ("风景名胜设施用地", Some("0906"), None),
    ("其他特殊用地", None, Some("1507")),
    ("铁路用地", Some("1001"), Some("1201")),
    ("公路用地", Some("1003"), Some("1202")),
    ("机场用地", Some("1007"), Some("1203")),
    ("港口码头用地", Some("1008"), Some("1204")),
    ("管道运输用地", Some("1009"), Some("1205")),
    ("供水用地", None, Some("1301")),
    ("排水用地", None, Some("1302")),
    ("供电用地", None, Some("1303")),
    ("供燃气用地", None, Some("1304")),
    ("供热用地", None, Some("1305")),
    ("通信用地", None, Some("1306")),
    ("邮政用地", None, Some("1307")),
    ("广播电视设施用地", None, Some("1308")),
    ("环卫用地", None, Some("1309")),
    ("消防用地", None, Some("1310")),
    ("水工设施用地", None, Some("1311")),
    ("水工建筑用地", Some("1109"), None),
    ("广场用地", None, Some("1403")),
    ("留白用地", None, Some("16")),
    ("河流水面", Some("1101"), Some("1701")),
    ("湖泊水面", Some("1102"), Some("1702")),
    ("水库水面", Some("1103"), Some("1703")),
    ("坑塘水面", Some("1104"), Some("1704")),
    ("沟渠", Some("1107"), Some("1705")),
    ("冰川及常年积雪", None, Some("1706")),
    ("冰川及永久积雪", Some("1110"), None),
    ("其他土地", Some("12"), Some("23")),
    ("空闲地", Some("1201"), Some("2301")),
    ("田坎", Some("1203"), None),
    ("盐碱地", Some("1204"), None),
    ("沙地", Some("1205"), None),
    ("裸土地", Some("1206"), None),
    ("裸岩石砾地", Some("1207"), None),
];

/// What a name of a standard means: what the code means that it has there; where the standards differ, what it means in the
/// one that the layer shows. A code may stand before it (`0803教育用地`).
pub(super) fn named(system: Option<LandUseSystem>, text: &str) -> Option<LandUse> {
    let name = text
        .trim()
        .trim_start_matches(|c: char| c.is_ascii() || c.is_whitespace());
    let name = name.split(['(', '（']).next().unwrap_or(name).trim();
    // 新型产业用地 is M0 of city plans, of the class of industry
    if name == "新型产业用地" {
        return LandUseSystem::CityPlan.meaning("M0");
    }
    let (_, survey, spatial) = NAMES.iter().find(|(known, ..)| *known == name)?;
    let survey = survey.and_then(|code| LandUseSystem::Survey.meaning(code));
    let spatial = spatial.and_then(|code| LandUseSystem::Spatial.meaning(code));
    match (survey, spatial, system) {
        (Some(one), Some(other), _) if one == other => Some(one),
        (Some(_), Some(other), Some(LandUseSystem::Spatial)) => Some(other),
        (Some(one), Some(_), Some(LandUseSystem::Survey)) => Some(one),
        (Some(_), Some(_), _) => None,
        (one, other, _) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_there_once_and_its_codes_are_known() {
        let mut met = BTreeSet::new();
        for (name, survey, spatial) in NAMES {
            assert!(met.insert(name), "{name} is there twice");
            assert!(survey.or(*spatial).is_some(), "{name} has no code");
            for (system, code) in [
                (LandUseSystem::Survey, survey),
                (LandUseSystem::Spatial, spatial),
            ] {
                let known = code.is_none_or(|code| system.meaning(code).is_some());
                assert!(known, "{name}: {code:?}");
            }
            // what says itself needs no entry, and an entry must not contradict it
            assert_eq!(
                LandUseSystem::by_name(name),
                crate::law::NamedUse::Nothing,
                "{name}"
            );
        }
    }

    #[test]
    fn a_name_means_what_its_code_means() {
        for (name, land_use) in [
            ("空闲地", LandUse::Other),
            ("公路用地", LandUse::Transport),
            ("铁路用地", LandUse::Transport),
            ("水田", LandUse::Agricultural),
            ("旱地", LandUse::Agricultural),
            ("果园", LandUse::Agricultural),
            ("0803 教育用地", LandUse::Public),
            ("机关团体用地", LandUse::Public),
            ("河流水面", LandUse::Water),
            ("特殊用地", LandUse::Other),
            ("新型产业用地（M0）", LandUse::Industrial),
        ] {
            assert_eq!(named(None, name), Some(land_use), "{name}");
        }
        // the standards differ: without one nothing is said
        let farms = |system| named(system, "设施农用地");
        assert_eq!(farms(None), None);
        assert_eq!(farms(Some(LandUseSystem::Survey)), Some(LandUse::Other));
        let spatial = farms(Some(LandUseSystem::Spatial));
        assert_eq!(spatial, Some(LandUse::Agricultural));
        assert_eq!(named(None, "什么用地"), None);
    }
}
