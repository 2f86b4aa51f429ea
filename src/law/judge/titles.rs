//! Titles of enterprises as they are written → whether one is the title that a rule names: whole, never a part of another word.

/// Where a title is awarded: in front of it.
const LEVELS: [(&str, &[&str]); 3] = [
    ("国家", &["国家级", "国家", "全国"]),
    ("省", &["浙江省级", "浙江省", "省级", "省"]),
    ("市", &["台州市级", "台州市", "市级", "市"]),
];

/// What may stand before a title without changing it.
const BEFORE: [&str; 2] = ["制造业", "专精特新"];

/// What may stand behind a title: 培育企业 of it count too (附件三（六）).
const BEHIND: [&str; 9] = [
    "企业",
    "领域",
    "培育",
    "示范",
    "强链",
    "优链",
    "补链",
    "产业集群",
    "先进",
];

/// Whether a title is the one that a rule names. A level that both name must be the same: 国家“小巨人” is none of the city.
pub(super) fn same_title(title: &str, named: &str) -> bool {
    let ((level, title), (wanted, named)) = (parts(title), parts(named));
    title == named && (level == wanted || level.is_none() || wanted.is_none())
}

/// The level of a title and its stem, without quotation marks and blanks.
fn parts(title: &str) -> (Option<&'static str>, String) {
    let bare: String = title
        .chars()
        .filter(|c| !c.is_whitespace() && !"“”\"「」『』、·".contains(*c))
        .collect();
    let mut stem = bare.as_str();
    let level = LEVELS.iter().find_map(|(level, written)| {
        let rest = written.iter().find_map(|word| stem.strip_prefix(word))?;
        stem = rest;
        Some(*level)
    });
    while let Some(rest) = BEFORE.iter().find_map(|word| stem.strip_prefix(word)) {
        stem = rest;
    }
    while let Some(rest) = BEHIND.iter().find_map(|word| stem.strip_suffix(word)) {
        stem = rest;
    }
    (level, stem.strip_suffix("产业").unwrap_or(stem).to_owned())
}

#[cfg(test)]
mod tests {
    use super::same_title;

    #[test]
    fn a_title_is_matched_whole_with_its_level_and_those_who_are_trained_for_it() {
        for (title, named) in [
            ("单项冠军", "单项冠军"),
            ("制造业单项冠军培育企业", "单项冠军"),
            ("国家级专精特新“小巨人”企业", "国家小巨人"),
            ("小巨人", "国家小巨人"),
            ("浙江省“隐形冠军”培育企业", "省隐形冠军"),
            ("未来工厂培育", "省未来工厂"),
            ("“456”先进产业集群培育强链优链补链领域", "456"),
            ("战略性新兴产业", "战略性新兴产业"),
            ("战略性新兴", "战略性新兴产业"),
        ] {
            assert!(same_title(title, named), "{title}");
        }
        for (title, named) in [
            ("非456产业集群", "456"),
            ("已撤销单项冠军", "单项冠军"),
            ("单项冠军（已撤销）", "单项冠军"),
            ("原隐形冠军", "省隐形冠军"),
            ("拟申报未来工厂", "省未来工厂"),
            ("市级隐形冠军", "省隐形冠军"),
            ("省小巨人", "国家小巨人"),
            ("4567产业集群", "456"),
            ("文明单位", "单项冠军"),
            ("", "456"),
        ] {
            assert!(!same_title(title, named), "{title}");
        }
    }
}
