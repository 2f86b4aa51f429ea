//! 权利类型 and 权利性质, as codes of TD/T 1066-2021 or as labels → one word each, so that equals compare equal.

use crate::text::{is_hedged, says};

/// 权利类型 (QLLX). The right to the land alone and the right to it with what is built on it are one right to the land.
/// `None` where it says that the right is not known, or is another one than the standard has: two of these are not alike.
pub(super) fn right_type(text: &str) -> Option<String> {
    let (code, label) = code_and_label(text);
    let known = match code {
        Some(3 | 4) => "国有建设用地使用权",
        Some(5 | 6) => "宅基地使用权",
        Some(7 | 8) => "集体建设用地使用权",
        _ => {
            let known = ["国有建设用地使用权", "集体建设用地使用权", "宅基地使用权"];
            let found = known.into_iter().find(|name| says(label, name));
            return found.map(str::to_owned).or_else(|| of_its_own(label));
        }
    };
    Some(known.to_owned())
}

/// A right that is in no list, by its own label; `None` for one that says nothing.
fn of_its_own(label: &str) -> Option<String> {
    let says_nothing = ["其他", "其它", "99", "999", "空", "缺", "/", "-", "?", "？"]
        .contains(&label)
        || label.eq_ignore_ascii_case("unknown");
    (!says_nothing && !is_hedged(label)).then(|| label.to_owned())
}

/// 权利性质 (QLXZ); `None` where it is not known, or the words name two.
pub(super) fn right_nature(text: &str) -> Option<String> {
    let (code, label) = code_and_label(text);
    let by_code = [
        (100, "国有土地"),
        (101, "划拨"),
        (102, "出让"),
        (103, "作价出资（入股）"),
        (104, "国有土地租赁"),
        (105, "授权经营"),
        (200, "集体土地"),
        (203, "批准拨用"),
        (204, "集体入股"),
        (205, "集体联营"),
    ];
    if let Some((_, name)) = by_code.into_iter().find(|(known, _)| code == Some(*known)) {
        return Some(name.to_owned());
    }
    let by_part = [
        ("划拨", "划拨"),
        ("出让", "出让"),
        ("作价", "作价出资（入股）"),
        ("租赁", "国有土地租赁"),
        ("授权经营", "授权经营"),
    ];
    if label.contains("集体") {
        return says(label, "集体").then(|| "集体土地".to_owned());
    }
    let mut named = by_part.into_iter().filter(|(part, _)| label.contains(part));
    match (named.next(), named.next()) {
        (Some((part, name)), None) => says(label, part).then(|| name.to_owned()),
        (Some(_), Some(_)) => None,
        _ if says(label, "国有") => Some("国有土地".to_owned()),
        _ => of_its_own(label),
    }
}

/// `102、出让` → 102 and `出让`.
fn code_and_label(text: &str) -> (Option<u16>, &str) {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let label = text[digits..].trim_start_matches(['、', ' ', '-', ':', '：', '.']);
    (
        text[..digits].parse().ok(),
        if label.is_empty() { text } else { label },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_labels_of_one_right_are_one_word() {
        for same in ["102", "出让", "102、出让", "出让/商品房"] {
            assert_eq!(right_nature(same).as_deref(), Some("出让"));
        }
        for same in [
            "3",
            "4",
            "国有建设用地使用权/房屋（构筑物）所有权",
            "国有建设用地使用权",
        ] {
            assert_eq!(right_type(same).as_deref(), Some("国有建设用地使用权"));
        }
        assert_ne!(right_nature("101"), right_nature("102"));
        assert_ne!(right_type("4"), right_type("8"));
        assert_eq!(right_nature("集体入股？").as_deref(), Some("集体土地"));
        assert_eq!(
            right_nature("市场化商品房").as_deref(),
            Some("市场化商品房")
        );
    }

    #[test]
    fn what_says_no_right_is_none_and_never_like_another() {
        for nothing in [
            "未知",
            "不详",
            "无",
            "待核实",
            "其他",
            "99",
            "暂无",
            "/",
            "unknown",
        ] {
            assert_eq!(right_nature(nothing), None, "{nothing}");
            assert_eq!(right_type(nothing), None, "{nothing}");
        }
        for open in [
            "非出让",
            "未出让",
            "未办理出让",
            "拟出让",
            "划拨转出让",
            "出让或划拨",
        ] {
            assert_eq!(right_nature(open), None, "{open}");
        }
        assert_eq!(right_type("非国有建设用地使用权"), None);
    }
}
