//! The Chinese name of a use of land (二类工业用地, 工业/商业, 非工业用地) → the use, or that the name does not say it.

use super::{LandUse, LandUseSystem};
use crate::text::is_hedged;

/// What a name says of the use of land, whatever the system of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedUse {
    /// It is the name of a use.
    Use(LandUse),
    /// It speaks of uses, and does not say which one holds: denied, of the past or to come, or part of another name.
    Unclear,
    /// It names no use.
    Nothing,
}

/// Words for uses; of those that stand at one place the first. Of several in one name without 工业 the first here goes
/// before the others.
const WORDS: [(&str, LandUse); 15] = [
    ("工业", LandUse::Industrial),
    ("采矿", LandUse::Mining),
    ("盐田", LandUse::Mining),
    ("仓储", LandUse::Warehouse),
    ("商住", LandUse::Mixed),
    ("宅", LandUse::Residential),
    ("居住", LandUse::Residential),
    ("商", LandUse::Commercial),
    ("道路", LandUse::Transport),
    ("交通", LandUse::Transport),
    ("公用设施", LandUse::Utilities),
    ("绿地", LandUse::Green),
    ("公共", LandUse::Public),
    ("水域", LandUse::Water),
    ("耕地", LandUse::Agricultural),
];

/// What may follow the word of a use and leaves it what it is; what follows 工业 and is none of these makes another thing of
/// it, as 工业遗址公园.
const ENDINGS: [&str; 34] = [
    "用地",
    "用房",
    "厂房",
    "标准",
    "项目",
    "建设",
    "建筑",
    "生产",
    "制造",
    "企业",
    "园区",
    "园",
    "街区",
    "集聚区",
    "开发区",
    "片区",
    "区块",
    "区",
    "基地",
    "地块",
    "地产",
    "研发",
    "用途",
    "性质",
    "类",
    "期",
    "号",
    "宗",
    "使用权",
    "出让",
    "划拨",
    "国有",
    "集体",
    "地",
];

/// What stands on both sides of uses that a name joins.
const JOINTS: [char; 10] = ['/', '+', ',', '、', ';', '|', '和', '及', '与', '兼'];

impl LandUseSystem {
    /// What a Chinese name says by itself (工业用地), whatever the system.
    pub fn by_name(name: &str) -> NamedUse {
        if matches!(name, "industrial" | "工业用地" | "工业") {
            return NamedUse::Use(LandUse::Industrial);
        }
        if !WORDS.iter().any(|(word, _)| name.contains(word)) {
            return NamedUse::Nothing;
        }
        let name = plain(name);
        // what the policy itself calls land that the plan gave another use
        if ["非工业", "非工业用地", "不是工业", "不是工业用地"].contains(&name.as_str())
        {
            return NamedUse::Use(LandUse::NonIndustrial);
        }
        if is_hedged(&name) {
            return NamedUse::Unclear;
        }
        let (outside, inside) = by_brackets(&name);
        let found = join(outside.split(JOINTS).map(of_part));
        let beside = join(inside.split(JOINTS).map(of_part));
        match (found, beside) {
            (NamedUse::Nothing, beside) => beside,
            (found, beside) if beside == NamedUse::Nothing || beside == found => found,
            (NamedUse::Use(LandUse::Industrial), _)
            | (_, NamedUse::Use(LandUse::Industrial) | NamedUse::Unclear) => NamedUse::Unclear,
            (found, _) => found,
        }
    }
}

/// Without blanks, with half-width signs and without 商品房, which is no 商.
fn plain(name: &str) -> String {
    let half = |c: char| match c {
        '（' | '［' | '【' | '[' => '(',
        '）' | '］' | '】' | ']' => ')',
        '，' => ',',
        '；' => ';',
        '／' => '/',
        '＋' => '+',
        c => c,
    };
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(half)
        .collect();
    name.replace("商品房", "")
}

/// What stands outside of brackets, and what in them.
fn by_brackets(name: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for c in name.chars() {
        match c {
            '(' => {
                depth += 1;
                inside.push('/');
            }
            ')' => depth = depth.saturating_sub(1),
            c if depth > 0 => inside.push(c),
            c => outside.push(c),
        }
    }
    (outside, inside)
}

/// Uses that a name joins: one, or mixed; a part that names none says nothing against the others.
fn join(parts: impl Iterator<Item = NamedUse>) -> NamedUse {
    parts.fold(NamedUse::Nothing, |all, part| match (all, part) {
        (all, NamedUse::Nothing) => all,
        (NamedUse::Nothing, part) => part,
        (NamedUse::Unclear, _) | (_, NamedUse::Unclear) => NamedUse::Unclear,
        (all, part) if all == part => all,
        _ => NamedUse::Use(LandUse::Mixed),
    })
}

fn of_part(part: &str) -> NamedUse {
    let held = |(word, land_use): &(&str, LandUse)| part.contains(word).then_some(*land_use);
    let Some(first) = WORDS.iter().find_map(held) else {
        return NamedUse::Nothing;
    };
    if first != LandUse::Industrial {
        return NamedUse::Use(first);
    }
    let (mut rest, mut all) = (part, NamedUse::Nothing);
    while let Some((at, word, land_use)) = next_word(rest) {
        // between two uses nothing may stand that makes one of them part of another thing: 工业职工宿舍住宅
        if all != NamedUse::Nothing && at > 0 {
            return NamedUse::Unclear;
        }
        all = join([all, NamedUse::Use(land_use)].into_iter());
        rest = &rest[at + word.len()..];
    }
    if is_ending(rest) {
        all
    } else {
        NamedUse::Unclear
    }
}

/// The next word for a use, with where it stands; of two at one place the longer one.
fn next_word(text: &str) -> Option<(usize, &'static str, LandUse)> {
    let at =
        |(word, land_use): &(&'static str, LandUse)| Some((text.find(word)?, *word, *land_use));
    let found = WORDS.iter().filter_map(at);
    found.min_by_key(|(at, word, _)| (*at, std::cmp::Reverse(word.len())))
}

fn is_ending(mut rest: &str) -> bool {
    loop {
        rest = rest.trim_start_matches(|c: char| {
            c.is_ascii_alphanumeric()
                || matches!(c, '-' | '.' | '_' | ':' | '第' | '一' | '二' | '三' | '四')
        });
        if rest.is_empty() {
            return true;
        }
        match ENDINGS.iter().find_map(|ending| rest.strip_prefix(ending)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Option<LandUse> {
        match LandUseSystem::by_name(name) {
            NamedUse::Use(land_use) => Some(land_use),
            NamedUse::Unclear | NamedUse::Nothing => None,
        }
    }

    #[test]
    fn names_of_industrial_land_are_known_however_they_are_qualified() {
        for name in [
            "工业",
            "工业用地",
            "一类工业用地",
            "三类工业用地",
            "工业用地（M1）",
            "工业(标准厂房)",
            "新型工业用地",
            "0601工业用地",
            "M1 一类工业用地",
            "工业用地 M2",
            "城市独立工业用地",
            "工业用地(100102)",
            "规划总用地（工业）",
            "工业园区用地",
            "工业厂房用地",
            "国有/工业用地",
            "非金属矿物制品工业用地",
            "工业用地2号地块",
            "工业地产",
            "工业/工业用地",
        ] {
            assert_eq!(named(name), Some(LandUse::Industrial), "{name}");
        }
    }

    #[test]
    fn a_name_that_denies_dates_or_doubts_its_use_is_no_name_of_it() {
        for name in [
            "商业用地（原工业）",
            "居住用地（拟改工业）",
            "工业用地转居住",
            "原工业用地",
            "待定工业",
            "工业或仓储",
            "非住宅",
            "工业遗址公园",
            "工业职工宿舍住宅用地",
            "工业博物馆",
            "工业用地（商业）",
            "除工业外",
        ] {
            assert_eq!(LandUseSystem::by_name(name), NamedUse::Unclear, "{name}");
        }
        for name in ["非工业用地", "不是工业", "非工业"] {
            assert_eq!(named(name), Some(LandUse::NonIndustrial), "{name}");
        }
    }

    #[test]
    fn uses_that_a_name_joins_are_mixed() {
        for name in [
            "工业/商业",
            "工业、仓储",
            "工业用地与商业用地",
            "工业仓储用地",
            "商住用地",
        ] {
            assert_eq!(named(name), Some(LandUse::Mixed), "{name}");
        }
    }

    #[test]
    fn names_of_other_uses_say_what_they_said() {
        for (name, land_use) in [
            ("工矿仓储用地", LandUse::Warehouse),
            ("物流仓储用地", LandUse::Warehouse),
            ("采矿用地", LandUse::Mining),
            ("城镇住宅用地", LandUse::Residential),
            ("商品房住宅用地", LandUse::Residential),
            ("农村宅基地", LandUse::Residential),
            ("商务金融用地", LandUse::Commercial),
            ("公共管理与公共服务用地", LandUse::Public),
            ("绿地与开敞空间用地", LandUse::Green),
            ("公园与绿地", LandUse::Green),
            ("城镇道路用地", LandUse::Transport),
            ("农村道路", LandUse::Transport),
            ("水域", LandUse::Water),
        ] {
            assert_eq!(named(name), Some(land_use), "{name}");
        }
        for name in ["新型产业用地", "0601", "特殊用地", ""] {
            assert_eq!(LandUseSystem::by_name(name), NamedUse::Nothing, "{name}");
        }
    }
}
