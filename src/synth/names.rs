//! Random numbers → Chinese names and codes of the shape that cadastral standards ask for.

use super::dice::Dice;

const COUNTIES: [(&str, &str); 3] = [
    ("331002", "椒江区"),
    ("331003", "黄岩区"),
    ("331004", "路桥区"),
];
const TOWNS: [&str; 8] = [
    "葭沚街道",
    "洪家街道",
    "海门街道",
    "下陈街道",
    "三甲街道",
    "新桥镇",
    "院桥镇",
    "金清镇",
];
const ROADS: [&str; 12] = [
    "中山路",
    "解放路",
    "东环大道",
    "工人路",
    "枫南路",
    "学院路",
    "市府大道",
    "开发大道",
    "经中路",
    "海虹路",
    "疏港大道",
    "甬台路",
];
const FAMILY: [&str; 16] = [
    "王", "陈", "林", "李", "张", "徐", "叶", "郑", "蔡", "金", "潘", "罗", "项", "应", "阮", "管",
];
const GIVEN: [&str; 16] = [
    "明", "建", "国", "华", "英", "秀", "文", "海", "军", "丽", "永", "兴", "杰", "芳", "敏", "浩",
];
const BRAND: [&str; 20] = [
    "永", "恒", "华", "泰", "鑫", "宏", "远", "达", "凯", "瑞", "新", "兴", "东", "方", "海", "天",
    "诚", "信", "丰", "盛",
];
/// What a company makes, and its industry in GB/T 4754-2017.
pub(super) const TRADES: [(&str, &str); 12] = [
    ("机械", "3599"),
    ("汽车配件", "3670"),
    ("模具", "3525"),
    ("塑业", "2929"),
    ("缝纫设备", "3553"),
    ("泵业", "3441"),
    ("医药化工", "2710"),
    ("工艺品", "2432"),
    ("电机", "3812"),
    ("阀门", "3443"),
    ("鞋业", "1952"),
    ("智能装备", "3492"),
];

/// Code and name of a block's county.
pub(super) fn county(block: u32) -> (&'static str, &'static str) {
    COUNTIES[(block / 900 % 3) as usize]
}

/// The town a block belongs to.
pub(super) fn town(block: u32) -> &'static str {
    TOWNS[(block / 112 % 8) as usize]
}

/// 县区 6 + 地籍区 3 + 地籍子区 3: the first twelve places of all codes in a block.
pub(super) fn zone(block: u32) -> String {
    format!(
        "{}{:03}{:03}",
        county(block).0,
        block / 900 % 1000,
        block % 900 + 1
    )
}

/// 坐落.
pub(super) fn address(block: u32, serial: u16) -> String {
    let road = ROADS[(block % 12) as usize];
    format!("台州市{}{}{road}{serial}号", county(block).1, town(block))
}

/// A person.
pub(super) fn person(dice: &mut Dice) -> String {
    let (family, first) = (dice.pick(&FAMILY), dice.pick(&GIVEN));
    if dice.chance(0.25) {
        format!("{family}{first}")
    } else {
        format!("{family}{first}{}", dice.pick(&GIVEN))
    }
}

/// An invented company; any resemblance is chance.
pub(super) fn company(trade: &str, dice: &mut Dice) -> String {
    let (first, second) = (dice.pick(&BRAND), dice.pick(&BRAND));
    format!("台州市{first}{second}{trade}有限公司")
}

/// 统一社会信用代码: 18 places with a valid check character (GB 32100-2015).
pub(super) fn credit_code(dice: &mut Dice) -> String {
    const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut code = String::from("913310");
    code.push_str(["02", "03", "04"][dice.below(3) as usize]);
    for _ in 0..9 {
        code.push(char::from(SIGNS[dice.below(31) as usize]));
    }
    let (mut sum, mut weight) = (0, 1);
    for sign in code.bytes() {
        let value = SIGNS.iter().position(|&known| known == sign).unwrap_or(0);
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    code.push(char::from(SIGNS[(31 - sum % 31) % 31]));
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_length_the_standards_give() {
        assert_eq!(zone(4567).len(), 12);
        assert_eq!(zone(0), "331002000001");
        let code = credit_code(&mut Dice::new(1, 1));
        assert_eq!(code.len(), 18);
    }
}
