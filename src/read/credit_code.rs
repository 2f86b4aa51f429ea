//! 统一社会信用代码 → whether its check digit (GB 32100-2015) is right.

/// The signs of a code, each worth its place; I, O, S, V and Z are none.
const SIGNS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether the last sign is what the seventeen before it ask for; `None` where it is no code of eighteen signs.
pub(super) fn is_right(code: &str) -> Option<bool> {
    let code = code.as_bytes();
    if code.len() != 18 {
        return None;
    }
    let mut weight = 1;
    let mut sum = 0;
    for &sign in code.iter().take(17) {
        let Some(worth) = SIGNS.iter().position(|&known| known == sign) else {
            return Some(false);
        };
        sum += worth * weight;
        weight = weight * 3 % 31;
    }
    let check = (31 - sum % 31) % 31;
    Some(code.last() == SIGNS.get(check))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_known_body_is_right_and_a_slip_is_not() {
        // 华为技术有限公司, 阿里巴巴(中国)有限公司
        for code in ["914403001922038216", "91330100799655058B"] {
            assert_eq!(is_right(code), Some(true), "{code}");
        }
        assert_eq!(is_right("914403001922038217"), Some(false));
        assert_eq!(is_right("914403001922038261"), Some(false));
        assert_eq!(is_right("91440300I922038216"), Some(false));
        assert_eq!(is_right("331002"), None);
    }
}
