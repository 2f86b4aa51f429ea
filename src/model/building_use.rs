//! 房屋用途 as a code or a label → whether a building of an industrial project produces or serves.

use serde::{Deserialize, Serialize};

use crate::text::is_hedged;

/// What a building is there for, as far as the shares of offices and services (行政办公及生活服务设施) tell buildings apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BuildingUse {
    /// 工业, 交通运输, 仓储: plants, workshops, stores.
    Production,
    /// 办公, 宿舍, 食堂, 住宅: offices and what staff live by.
    Supporting,
}

impl BuildingUse {
    /// Reads a code of 房屋用途 (two digits) or 房屋类型 (one digit) of TD/T 1066-2021, or a label; `None` where it is
    /// neither, another use, or both.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (code, label) = text.split_at(digits);
        match (digits, code.bytes().next()) {
            (2, Some(b'1' | b'6')) | (1, Some(b'1' | b'3')) => Some(Self::Supporting),
            (2, Some(b'2')) | (1, Some(b'4' | b'5')) => Some(Self::Production),
            (0, _) => Self::by_label(label),
            _ => None,
        }
    }

    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Supporting => "supporting",
        }
    }

    /// The use of a word of results.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Production, Self::Supporting]
            .into_iter()
            .find(|of| of.name() == word)
    }

    fn by_label(label: &str) -> Option<Self> {
        // 非住宅 is no 住宅, and not thereby a plant
        if is_hedged(label) {
            return None;
        }
        let any = |words: &[&str]| words.iter().any(|word| label.contains(word));
        let supporting = any(&["办公", "宿舍", "食堂", "住宅", "餐厅", "行政", "综合楼"]);
        let production = any(&["工业", "厂房", "车间", "仓储", "仓库", "生产"]);
        match (supporting, production) {
            (true, false) => Some(Self::Supporting),
            (false, true) => Some(Self::Production),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_labels_say_whether_a_building_produces_or_serves() {
        for text in ["60", "13", "办公", "职工宿舍", "综合楼", "3", "60、办公"] {
            assert_eq!(
                BuildingUse::parse(text),
                Some(BuildingUse::Supporting),
                "{text}"
            );
        }
        for text in ["21", "27", "厂房", "4", "仓储用房", "原料仓库"] {
            assert_eq!(
                BuildingUse::parse(text),
                Some(BuildingUse::Production),
                "{text}"
            );
        }
        for text in [
            "",
            "80",
            "30",
            "6",
            "厂房、办公",
            "生产办公综合楼",
            "210",
            "非办公",
            "非住宅",
            "非生产用房",
            "不是厂房",
            "拟建宿舍",
            "原厂房",
        ] {
            assert_eq!(BuildingUse::parse(text), None, "{text}");
        }
    }
}
