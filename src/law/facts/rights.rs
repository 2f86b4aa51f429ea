//! 权利类型 and 权利性质, as codes of TD/T 1066-2021 or as labels → one word each, so that equals compare equal.

/// 权利类型 (QLLX). The right to the land alone and the right to it with what is built on it are one right to the land.
pub(super) fn right_type(text: &str) -> String {
    let (code, label) = code_and_label(text);
    match code {
        Some(3 | 4) => "国有建设用地使用权".to_owned(),
        Some(5 | 6) => "宅基地使用权".to_owned(),
        Some(7 | 8) => "集体建设用地使用权".to_owned(),
        _ => {
            let known = ["国有建设用地使用权", "集体建设用地使用权", "宅基地使用权"];
            let found = known.into_iter().find(|name| label.contains(name));
            found.unwrap_or(label).to_owned()
        }
    }
}

/// 权利性质 (QLXZ).
pub(super) fn right_nature(text: &str) -> String {
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
        return name.to_owned();
    }
    let by_part = [
        ("集体", "集体土地"),
        ("划拨", "划拨"),
        ("出让", "出让"),
        ("作价", "作价出资（入股）"),
        ("租赁", "国有土地租赁"),
        ("授权经营", "授权经营"),
        ("国有", "国有土地"),
    ];
    let found = by_part.into_iter().find(|(part, _)| label.contains(part));
    found.map_or(label, |(_, name)| name).to_owned()
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
            assert_eq!(right_nature(same), "出让");
        }
        for same in [
            "3",
            "4",
            "国有建设用地使用权/房屋（构筑物）所有权",
            "国有建设用地使用权",
        ] {
            assert_eq!(right_type(same), "国有建设用地使用权");
        }
        assert_ne!(right_nature("101"), right_nature("102"));
        assert_ne!(right_type("4"), right_type("8"));
        assert_eq!(right_nature("集体入股？"), "集体土地");
    }
}
