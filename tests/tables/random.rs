//! Any bytes and any grid are read or refused, and never more.

use plotratio::model::LayerKind;
use proptest::prelude::*;

use super::{Asked, city};

/// Texts as they stand in tables, and ones that do not.
fn cell() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "",
        "企业名称",
        "统一社会信用代码",
        "宗地代码",
        "2021年",
        "税收（万元）",
        "税收",
        "合计",
        "小计",
        "注：",
        "1",
        "2",
        "G1",
        "#REF!",
        "3.31002E+17",
        "约定动工",
        "实际动工",
        "实际竣工",
        "44260",
        "2021-02-30",
        "1e400",
        "（",
        "年",
        "亩",
        "/",
        "－1,2３4.５",
        "单位：",
        "A类",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_grid_of_text_is_read_or_refused(rows in prop::collection::vec(prop::collection::vec(cell(), 0..7), 0..9)) {
        let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
        let grid: Vec<String> = rows.iter().map(line).collect();
        for (kind, header) in [(LayerKind::Enterprises, "企业名称,2021年税收\n"), (LayerKind::Contracts, "宗地代码,实际动工\n")] {
            for text in [grid.join("\n"), format!("{header}{}", grid.join("\n"))] {
                let read = city(kind, "t.csv", text.as_bytes(), &Asked::default());
                let accounts = read.iter().flat_map(|city| city.accounts().collect::<Vec<_>>());
                for (_, account) in accounts {
                    let all = account.filtered + account.analysed + account.repaired + account.quarantined;
                    prop_assert_eq!(account.read, all);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), begin in 0..4_usize) {
        let begin = [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"][begin];
        let bytes = [begin, &bytes].concat();
        for name in ["t.csv", "t.xlsx", "t.xls"] {
            prop_assert!(city(LayerKind::Contracts, name, &bytes, &Asked::default()).is_err());
        }
    }
}
