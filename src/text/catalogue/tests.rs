//! Every message has its Chinese, every entry says what it should, and no text breaks it.

use std::collections::BTreeSet;
use std::fs;

use proptest::prelude::*;

use super::sources::messages;
use super::*;

/// A message as its template makes it: something in every hole.
fn sample(template: &str) -> String {
    let mut made = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        made.push_str(&rest[..at]);
        let tail = &rest[at..];
        if let Some(behind) = tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")) {
            made.push_str(&tail[..1]);
            rest = behind;
            continue;
        }
        let end = tail.find('}').unwrap_or(0);
        let name = tail[1..=end].trim_end_matches('}');
        let is_hole = tail.starts_with('{')
            && name
                .split(':')
                .next()
                .unwrap()
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_');
        if is_hole {
            made.push_str("〔〕");
            rest = &tail[end + 1..];
        } else {
            made.push_str(&tail[..1]);
            rest = &tail[1..];
        }
    }
    made + rest
}

/// Messages as their template makes them: where it begins with the name of a layer, of real layers, whose names are also put
/// before other messages.
fn samples(template: &str) -> Vec<String> {
    let behind = template
        .strip_prefix('{')
        .and_then(|rest| rest.split_once("}: "))
        .filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase()));
    let Some((_, behind)) = behind else {
        return vec![sample(template)];
    };
    let behind = sample(behind);
    let real = ["parcels", "buildings", "plan", "enterprises", "contracts"];
    let real = real.into_iter().map(|layer| format!("{layer}: {behind}"));
    real.chain([sample(template)]).collect()
}

/// Whether a message has a template, or each of the messages that it joins has. What is put before a message says nothing of it.
fn is_known(message: &str) -> bool {
    let is_whole = match CATALOGUE.find(message) {
        Some((head, behind)) if head.is_head() => {
            is_known(behind[0]) || CATALOGUE.find_whole(message).is_some()
        }
        found => found.is_some(),
    };
    !has_words(message)
        || is_whole
        || message.contains('\n') && message.split('\n').all(is_known)
        || message.split_once(": ").is_some_and(|(before, behind)| {
            let head = CATALOGUE.find(before).is_some()
                || CATALOGUE.find(&format!("{before}: ")).is_some();
            (!has_words(before) || head) && is_known(behind)
        })
}

#[test]
fn every_message_of_the_sources_has_its_chinese() {
    let messages = messages();
    assert!(
        messages.len() > 600,
        "only {} messages were found",
        messages.len()
    );
    let unknown: Vec<String> = messages
        .iter()
        .filter(|one| !samples(&one.text).iter().all(|text| is_known(text)))
        .map(|one| format!("{}: {}", one.place, one.text))
        .collect();
    assert!(
        unknown.is_empty(),
        "no Chinese in src/text/catalogue for\n{}",
        unknown.join("\n")
    );
}

#[test]
fn every_entry_is_whole_in_its_place_and_there_once() {
    let mut shapes = BTreeSet::new();
    for text in TEXTS {
        let all: Vec<_> = entries(text).collect();
        assert_eq!(
            all.len() * 2,
            text.lines().count(),
            "a line is no pair: {:?}",
            all.first()
        );
        let lower: Vec<String> = all
            .iter()
            .map(|(english, _)| english.to_lowercase())
            .collect();
        assert!(
            lower.is_sorted(),
            "not sorted: {:?}",
            lower.windows(2).find(|pair| pair[0] > pair[1])
        );
        for (english, chinese) in all {
            let template = Template::new(english, chinese);
            let template =
                template.unwrap_or_else(|| panic!("holes differ: {english} | {chinese}"));
            let is_chinese = |c: char| c > '\u{2e7f}';
            assert!(chinese.contains(is_chinese), "no Chinese: {english}");
            assert!(template.weight() > 1, "hardly a word is fixed: {english}");
            assert!(shapes.insert(template.shape()), "there twice: {english}");
        }
    }
}

#[test]
fn no_file_of_the_catalogue_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/catalogue");
    let files = fs::read_dir(folder).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        path.extension()
            .is_some_and(|end| end == "txt")
            .then(|| fs::read_to_string(path).unwrap())
    });
    let there: BTreeSet<String> = files.collect();
    assert_eq!(there, TEXTS.iter().map(|text| (*text).to_owned()).collect());
}

#[test]
fn what_stands_in_holes_is_kept_and_translated_where_it_is_a_message() {
    assert_eq!(
        in_chinese("`a b.shp` cannot be read: No such file or directory (os error 2)"),
        "`a b.shp` 无法读取：没有这个文件或文件夹（系统错误 2）"
    );
    assert_eq!(
        in_chinese("parcels: no feature could be analysed"),
        "宗地：没有可参与分析的要素"
    );
    // a name is a name, whatever it looks like
    assert_eq!(
        in_chinese("there is no column `it is empty`; the layer has `x`"),
        "没有列 `it is empty`；图层有 `x`"
    );
    assert_eq!(
        in_chinese(
            "`parcels.idd=A` cannot be mapped: `parcels` has no field `idd` (is `id` meant?); it has id, owner"
        ),
        "`parcels.idd=A` 不能这样指定：`parcels` 没有字段 `idd`（是否指 `id`？）；有 id, owner"
    );
    assert_eq!(
        in_chinese(
            "scattered: 2 parcels were left out and nothing tells where they lie; land found may be theirs"
        ),
        "零星地块：有 2 宗宗地未参与计算且位置不明；找到的土地可能属于它们"
    );
    assert_eq!(
        in_chinese("lineage: 6 parcels that it names are not among the parcels; they are history"),
        "宗地变化：其中提到的 6 宗宗地不在宗地图层中，属历史宗地"
    );
    // a message that itself says of which layer it is, whose name is also put before others
    assert_eq!(
        in_chinese(
            "plan: a number alone in `容积率` is taken for a maximum (`--map plan.plot_ratio_min=容积率` for the other)"
        ),
        "`容积率` 中只有数字的按上限处理（相反则用 `--map plan.plot_ratio_min=容积率`）"
    );
    assert_eq!(
        in_chinese(
            "enterprises: `甲` not used: something else is meant by it; `--map enterprises.FIELD=COLUMN` says what a column is"
        ),
        "`甲` 未使用：另有所指；用 `--map enterprises.FIELD=COLUMN` 指明列的含义"
    );
    assert_eq!(
        in_chinese("`结果` cannot serve as `results of a run`: it has no parcels"),
        "`结果` 不能用作运行成果：it has no parcels"
    );
    assert_eq!(
        in_chinese("nobody ever said so: `x`"),
        "nobody ever said so: `x`"
    );
    assert_eq!(in_chinese("已经是中文"), "已经是中文");
    assert_eq!(in_chinese(""), "");
}

#[test]
fn several_messages_in_one_are_translated_piece_by_piece() {
    assert_eq!(
        in_chinese(
            "`x.toml`: line 3, column 5\n  |\n3 | is_it = maybe\n  |         ^^^^^\nit must be `true` or `false`"
        ),
        "`x.toml`：第 3 行第 5 列\n  |\n3 | is_it = maybe\n  |         ^^^^^\n须为 `true` 或 `false`"
    );
    assert_eq!(
        in_chinese(
            "row 3: `key` is empty; row 9: `key` is empty; and 4 more rows; mend or delete these rows"
        ),
        "第 3 行：`key` 为空；第 9 行：`key` 为空；另有 4 行；请更正或删除这些行"
    );
}

#[test]
fn of_several_templates_that_fit_the_one_with_the_most_fixed_characters_is_taken() {
    let catalogue = Catalogue::of(&[
        "{what} is broken\n    {what}坏了\nthe {what} is broken\n    这个{what}坏了\nthe {what} of {whom} is broken\n    {whom}的{what}坏了\n",
    ]);
    let said = |text| catalogue.translated(text, DEEPEST);
    assert_eq!(
        said("the ring of row 3 is broken").as_deref(),
        Some("row 3的ring坏了")
    );
    assert_eq!(said("the ring is broken").as_deref(), Some("这个ring坏了"));
    assert_eq!(said("a ring is broken").as_deref(), Some("a ring坏了"));
    assert_eq!(said("a ring is broken?"), None);
}

#[test]
fn a_hole_for_a_word_holds_no_sentence() {
    let catalogue = Catalogue::of(&["{rows:word} rows are left\n    余 {rows} 行\n"]);
    assert_eq!(
        catalogue.translated("12 rows are left", DEEPEST).as_deref(),
        Some("余 12 行")
    );
    assert_eq!(
        catalogue.translated("of all that was read 12 rows are left", DEEPEST),
        None
    );
    assert_eq!(catalogue.translated(" rows are left", DEEPEST), None);
}

#[test]
fn every_entry_translates_its_own_english() {
    for (english, chinese) in TEXTS.iter().flat_map(|text| entries(text)) {
        let said = in_chinese(&sample(english)).into_owned();
        assert_eq!(said, sample(chinese), "of {english}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC*", parts in prop::collection::vec(0_usize..5000, 0..12), joint in "[:;,\n`{} ]{0,3}") {
        let _ = in_chinese(&text);
        let words: Vec<&str> = parts
            .iter()
            .map(|at| CATALOGUE.templates[at % CATALOGUE.templates.len()].lead())
            .collect();
        let _ = in_chinese(&words.join(&joint));
        // what has no letter of English is never touched
        let without: String = text.chars().filter(|c| !c.is_ascii()).collect();
        prop_assert_eq!(in_chinese(&without), without.as_str());
    }
}

#[test]
fn a_very_long_message_is_read_in_no_time() {
    for joint in [": ", "; ", ", ", "\n", "` ", "it is "] {
        let _ = in_chinese(&joint.repeat(20_000));
    }
}
