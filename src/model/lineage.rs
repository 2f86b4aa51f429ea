//! The table of what became of parcels (宗地变化情况, `ZDBHQK` of TD/T 1066-2021).

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Account;

/// The rows of the table that say something, and what became of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineageTable {
    /// The rows, in the order of the input.
    pub rows: Vec<LineageRow>,
    /// Parcels of which a row says that something came from them, and not what.
    pub open: Vec<CompactString>,
    /// Where the rows went.
    pub account: Account,
}

/// One row: a parcel, and what it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineageRow {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 宗地代码 of the parcel that came to be.
    pub parcel_id: CompactString,
    /// 原宗地代码: the parcels it came from, as the row names them; none where it names none.
    pub parents: Vec<CompactString>,
    /// What kind of change it was.
    pub change: RecordedChange,
    /// The day of the change.
    pub date: Option<Date>,
}

/// What a table says of the kind of a change.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum RecordedChange {
    /// Nothing.
    #[default]
    Unsaid,
    /// 分割.
    Split,
    /// 合并.
    Merge,
    /// 分割合并: land was divided and joined at once.
    SplitAndMerge,
    /// A known change that is neither: of number, name, holder, use, certificate.
    Other,
    /// Words that are not known, or a row that says nothing of what it came from: it may be anything.
    Unreadable,
}

/// Words in which a change is a split.
const SPLIT: [&str; 7] = ["分割", "分宗", "拆分", "分立", "析分", "split", "subdivi"];

/// Words in which it is a merge.
const MERGE: [&str; 8] = [
    "合并", "合宗", "并宗", "归并", "并入", "merge", "merging", "amalgam",
];

/// Words in which it is certainly neither.
const OTHER: [&str; 24] = [
    "更名",
    "改名",
    "换证",
    "补证",
    "换号",
    "重编",
    "重新编号",
    "编号变更",
    "代码变更",
    "区划",
    "转移",
    "转让",
    "过户",
    "继承",
    "抵押",
    "查封",
    "首次登记",
    "初始登记",
    "更正",
    "用途变更",
    "renumber",
    "renam",
    "transfer",
    "correct",
];

/// Words that turn a sentence into its opposite, or that speak of the holder: companies are split and merged too.
const UNCLEAR: [&str; 14] = [
    "不", "未", "非", "无", "禁", "企业", "公司", "法人", "单位", "not ", " no ", "unsplit",
    "unmerge", "company",
];

impl RecordedChange {
    /// Understands the words of a table, such as `宗地分割`, `合并`, `split`. A sentence that denies something, or speaks of
    /// companies, says nothing certain.
    pub fn parse(text: &str) -> Self {
        // 不动产 is real estate and denies nothing
        let text = text.trim().to_lowercase().replace("不动产", "");
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if text.is_empty() {
            return Self::Unsaid;
        }
        if says(&UNCLEAR) {
            return Self::Unreadable;
        }
        match (says(&SPLIT), says(&MERGE), says(&OTHER)) {
            (true, true, _) => Self::SplitAndMerge,
            (true, false, _) => Self::Split,
            (false, true, _) => Self::Merge,
            (false, false, true) => Self::Other,
            (false, false, false) => Self::Unreadable,
        }
    }

    /// Whether it is known to be a split, alone or with a merge.
    pub const fn is_split(self) -> bool {
        matches!(self, Self::Split | Self::SplitAndMerge)
    }

    /// Whether it is known to be a merge, alone or with a split.
    pub const fn is_merge(self) -> bool {
        matches!(self, Self::Merge | Self::SplitAndMerge)
    }

    /// The word in results; `None` where the table says nothing.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Unsaid => None,
            Self::Split => Some("split"),
            Self::Merge => Some("merge"),
            Self::SplitAndMerge => Some("split;merge"),
            Self::Other => Some("other"),
            Self::Unreadable => Some("unreadable"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_what_its_words_say_and_nothing_is_guessed() {
        use RecordedChange::{Merge, Other, Split, SplitAndMerge, Unreadable, Unsaid};
        for (text, change) in [
            ("split", Split),
            ("Subdivision", Split),
            ("因分割转让", Split),
            ("宗地分割", Split),
            ("MERGED", Merge),
            ("宗地合并", Merge),
            ("先分割后合并", SplitAndMerge),
            ("更名", Other),
            ("renumbered", Other),
            ("权属转移", Other),
            ("", Unsaid),
            ("  ", Unsaid),
            ("2", Unreadable),
            ("变更登记", Unreadable),
            ("不得分割", Unreadable),
            ("unsplit", Unreadable),
            ("公司合并", Unreadable),
            ("不动产分割登记", Split),
            ("行政区划调整", Other),
        ] {
            assert_eq!(RecordedChange::parse(text), change, "{text}");
        }
    }
}
