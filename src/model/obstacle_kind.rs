//! A word, a term or a land-use code → what an obstacle is, where that is certain.

use serde::{Deserialize, Serialize};

use crate::law::LandUseSystem;

/// What an obstacle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObstacleKind {
    /// 道路: roads of towns and villages, highways.
    Road,
    /// 铁路, 轨道交通.
    Rail,
    /// 河流, 湖泊, 水库, 坑塘, 滩涂.
    Water,
    /// 沟渠.
    Ditch,
    /// 绿地, 公园, 广场.
    Green,
    /// Anything else, or what cannot be told for certain.
    Other,
}

impl ObstacleKind {
    /// Reads an English word, a Chinese term or a land-use code, with or without a name behind it (`1107沟渠`).
    /// `system` is that of the codes of the layer; without it only codes that mean one thing in every system are read.
    /// What cannot be read for certain is [`Self::Other`].
    pub fn parse(text: &str, system: Option<LandUseSystem>) -> Self {
        let text = text.trim();
        let (code, label) = code_and_label(text);
        by_word(text)
            .or_else(|| by_term(label))
            .or_else(|| by_letter(text, system))
            .or_else(|| by_code(code, system))
            .unwrap_or(Self::Other)
    }

    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Rail => "rail",
            Self::Water => "water",
            Self::Ditch => "ditch",
            Self::Green => "green",
            Self::Other => "other",
        }
    }

    /// The system that the codes of a layer of obstacles show: codes of transport and water that one system has and no
    /// other. `None` when they leave it open.
    pub fn system_of(codes: impl Iterator<Item = impl AsRef<str>>) -> Option<LandUseSystem> {
        let (mut survey, mut spatial) = (false, false);
        for given in codes {
            let Some(code) = digits(code_and_label(given.as_ref().trim()).0) else {
                continue;
            };
            let all = code.len() == 4;
            survey |= all && (("1004".."1010").contains(&code) || ("1103".."1111").contains(&code));
            spatial |= ["14", "17"].contains(&&code[..2]) || code.len() == 6;
        }
        match (survey, spatial) {
            (true, false) => Some(LandUseSystem::Survey),
            (false, true) => Some(LandUseSystem::Spatial),
            _ => None,
        }
    }
}

fn code_and_label(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric());
    text.split_at(end.unwrap_or(text.len()))
}

fn by_word(text: &str) -> Option<ObstacleKind> {
    Some(match text.to_lowercase().as_str() {
        "road" | "roads" | "street" | "streets" | "lane" | "highway" | "motorway" => {
            ObstacleKind::Road
        }
        "rail" | "rails" | "railway" | "railroad" | "metro" | "tram" => ObstacleKind::Rail,
        "water" | "waters" | "river" | "stream" | "canal" | "lake" | "pond" | "reservoir" => {
            ObstacleKind::Water
        }
        "ditch" | "ditches" | "drain" => ObstacleKind::Ditch,
        "green" | "greens" | "green space" | "park" | "parks" | "greenery" => ObstacleKind::Green,
        _ => return None,
    })
}

/// A term that names two kinds (道路绿地) names neither for certain.
fn by_term(label: &str) -> Option<ObstacleKind> {
    const TERMS: [(ObstacleKind, &[&str]); 5] = [
        (
            ObstacleKind::Road,
            &[
                "道路", "公路", "街巷", "国道", "省道", "县道", "乡道", "村道",
            ],
        ),
        (ObstacleKind::Rail, &["铁路", "铁道", "轨道交通"]),
        (
            ObstacleKind::Water,
            &[
                "河流", "河道", "河湖", "河涌", "湖泊", "水库", "水面", "水域", "水体", "水系",
                "坑塘", "池塘", "滩涂",
            ],
        ),
        (ObstacleKind::Ditch, &["沟渠", "水渠", "干渠", "水沟"]),
        (ObstacleKind::Green, &["绿地", "绿化", "公园", "广场"]),
    ];
    let label = label.trim_matches(|c: char| c.is_whitespace() || "-_.、（）()".contains(c));
    match label {
        "路" | "街" | "巷" => return Some(ObstacleKind::Road),
        "河" | "江" | "湖" | "溪" | "塘" | "海" => return Some(ObstacleKind::Water),
        "沟" | "渠" => return Some(ObstacleKind::Ditch),
        _ => {}
    }
    let mut found = TERMS
        .iter()
        .filter(|(_, terms)| terms.iter().any(|term| label.contains(term)));
    let kind = found.next()?.0;
    Some(found.next().map_or(kind, |_| ObstacleKind::Other))
}

/// Codes of GB 50137-2011 that stand alone: `G15沈海高速` is a highway.
fn by_letter(text: &str, system: Option<LandUseSystem>) -> Option<ObstacleKind> {
    if matches!(system, Some(LandUseSystem::Survey | LandUseSystem::Spatial)) {
        return None;
    }
    Some(match text.to_ascii_uppercase().as_str() {
        "G1" | "G2" | "G3" => ObstacleKind::Green,
        "S1" => ObstacleKind::Road,
        "E1" => ObstacleKind::Water,
        _ => return None,
    })
}

/// Codes of 三调 and GB/T 21010-2017 (transport 10, water 11) and of the 国土空间用地用海分类 of 2023 (transport 12, open
/// space 14, water 17, 农村道路 0601).
fn by_code(code: &str, system: Option<LandUseSystem>) -> Option<ObstacleKind> {
    use LandUseSystem::{CityPlan, Spatial, Survey};
    let code = digits(code)?;
    let survey = system == Some(Survey);
    let spatial = system == Some(Spatial);
    let either = system.is_none();
    Some(match (&code[..2], &code[2..4]) {
        _ if system == Some(CityPlan) => return None,
        ("10", "01" | "02") if survey => ObstacleKind::Rail,
        ("10", "03") if survey => ObstacleKind::Road,
        ("10", "04" | "06") if survey || either => ObstacleKind::Road,
        ("11", "01" | "02") if survey => ObstacleKind::Water,
        ("11", "03" | "04" | "05" | "06" | "08" | "10") if survey || either => ObstacleKind::Water,
        ("11", "07") if survey || either => ObstacleKind::Ditch,
        ("08", "10") if survey => ObstacleKind::Green,
        ("12", "01" | "06") if spatial => ObstacleKind::Rail,
        ("12", "02" | "07") | ("06", "01") if spatial => ObstacleKind::Road,
        ("14", "01" | "02" | "03") if spatial || either => ObstacleKind::Green,
        ("17", "05") if spatial || either => ObstacleKind::Ditch,
        ("17", "01" | "02" | "03" | "04") if spatial || either => ObstacleKind::Water,
        _ => return None,
    })
}

/// The digits of a code with at least four; a letter may follow (1104A 养殖坑塘).
fn digits(code: &str) -> Option<&str> {
    let count = code.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &code[count..];
    let suits = (4..=6).contains(&count) && letters.len() <= 1 && letters.is_ascii();
    suits.then(|| &code[..count])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(system: Option<LandUseSystem>, kind: ObstacleKind, texts: &[&str]) {
        for text in texts {
            assert_eq!(ObstacleKind::parse(text, system), kind, "{text}");
        }
    }

    #[test]
    fn words_and_terms_are_read() {
        all(
            None,
            ObstacleKind::Road,
            &[
                "road",
                "Street",
                "道路",
                "公路",
                "城镇道路",
                "城镇道路用地",
                "农村道路",
                "乡村道路用地",
                "公路用地",
                "路",
            ],
        );
        all(
            None,
            ObstacleKind::Rail,
            &["rail", "Railway", "铁路", "铁路用地", "城市轨道交通用地"],
        );
        all(
            None,
            ObstacleKind::Water,
            &[
                "water",
                "river",
                "河流",
                "水面",
                "水域",
                "河道",
                "河流水面",
                "水库水面",
                "坑塘水面",
                "河",
            ],
        );
        all(
            None,
            ObstacleKind::Ditch,
            &["ditch", "沟渠", "水渠", "干渠"],
        );
        all(
            None,
            ObstacleKind::Green,
            &[
                "green",
                "park",
                "绿地",
                "公园",
                "防护绿地",
                "公园与绿地",
                "公园绿地",
            ],
        );
        all(
            None,
            ObstacleKind::Other,
            &[
                "wall",
                "高压走廊",
                "道路绿地",
                "沟渠水面",
                "交通用地",
                "工业用地",
            ],
        );
    }

    #[test]
    fn a_code_is_read_where_it_means_one_thing() {
        all(None, ObstacleKind::Road, &["1004", "1006", "1006农村道路"]);
        all(None, ObstacleKind::Water, &["1104", "1104A", "1701"]);
        all(
            None,
            ObstacleKind::Ditch,
            &["1107", "1107A", "1107沟渠", "1705"],
        );
        all(
            None,
            ObstacleKind::Green,
            &["1401", "1402", "1403", "G1", "g2"],
        );
        // railway or plant, river or storehouse, bare rock or street: another system, another thing
        all(
            None,
            ObstacleKind::Other,
            &[
                "1001",
                "1003",
                "1101",
                "1207",
                "0601",
                "10",
                "17",
                "99999999",
                "G15沈海高速",
                "G22",
                "1107X9",
                "渠1107",
            ],
        );
    }

    #[test]
    fn the_system_of_the_layer_settles_the_rest() {
        let survey = Some(LandUseSystem::Survey);
        all(survey, ObstacleKind::Rail, &["1001", "1002"]);
        all(survey, ObstacleKind::Road, &["1003", "1004"]);
        all(survey, ObstacleKind::Water, &["1101", "1106"]);
        all(
            survey,
            ObstacleKind::Other,
            &["1207", "0601", "1109", "1701"],
        );
        let spatial = Some(LandUseSystem::Spatial);
        all(
            spatial,
            ObstacleKind::Road,
            &["1202", "1207", "0601", "060101"],
        );
        all(spatial, ObstacleKind::Rail, &["1201", "1206"]);
        all(
            spatial,
            ObstacleKind::Other,
            &["1001", "1101", "110101", "1208", "120803", "1104"],
        );
    }

    #[test]
    fn codes_of_one_system_alone_decide_for_the_layer() {
        let of = |codes: &[&str]| ObstacleKind::system_of(codes.iter().copied());
        assert_eq!(of(&["1001", "1006", "1101"]), Some(LandUseSystem::Survey));
        assert_eq!(of(&["1207", "1701"]), Some(LandUseSystem::Spatial));
        assert_eq!(of(&["1001", "1101", "1207"]), None);
        assert_eq!(of(&["1006", "1701"]), None);
        assert_eq!(of(&["road", "道路", "17"]), None);
    }
}
