//! The words of results → what they are called in the language of the reader.

use crate::features::idle::{Reason, State};
use crate::law::LandUse;
use crate::law::judge::Verdict;
use crate::law::pack::Rule;
use crate::model::LAYERS;
use crate::write::Language;
use crate::write::judgement::verdict_text;

/// The verdict of that name.
fn verdict_of(word: &str) -> Option<Verdict> {
    use Verdict::{Discretionary, Fail, NotApplicable, Pass, Unknown};
    let all = [Pass, Fail, Discretionary, Unknown, NotApplicable];
    all.into_iter().find(|verdict| verdict.name() == word)
}

/// Words in a language.
#[derive(Clone, Copy)]
pub(in crate::write) struct Words(pub(in crate::write) Language);

/// Word, Chinese, English.
type Entry = (&'static str, &'static str, &'static str);

const STATUS: [Entry; 4] = [
    ("vacant", "空闲", "vacant"),
    ("unallotted", "未供应", "not granted"),
    ("granted", "已供应未建", "granted, not built on"),
    ("built", "已建成", "built"),
];

const BASIS: [Entry; 3] = [
    ("registered", "登记面积", "registered area"),
    ("plane", "平面面积", "plane area"),
    ("ellipsoid", "椭球面积", "ellipsoid area"),
];

const CONTACT: [Entry; 4] = [
    ("edge", "共边", "share a boundary"),
    ("point", "点接", "touch in a point"),
    ("overlap", "重叠", "overlap"),
    ("gap", "窄缝相隔", "a narrow gap apart"),
];

const PIECE: [Entry; 7] = [
    ("corner", "边角地", "corner"),
    ("enclosed", "夹心地", "enclosed"),
    ("interlocked", "插花地", "interlocked"),
    ("other", "其他零星地", "other"),
    ("recorded", "登记宗地", "a recorded parcel"),
    ("given", "台账地块", "given by the office"),
    ("unrecorded", "未登记空隙", "unrecorded"),
];

const FLOOR: [Entry; 9] = [
    ("far_floor_area", "计容面积", "counted floor area, given"),
    ("storeys_table", "层表", "table of storeys"),
    ("surveyed", "实测面积", "surveyed"),
    ("predicted", "预测面积", "predicted"),
    ("footprint_x_storeys", "基底×层数", "footprint × storeys"),
    ("given", "已给计容面积", "counted floor area as given"),
    ("storey_heights", "按层高折算", "by storey heights"),
    (
        "height_as_storey_height",
        "以建筑高度代层高",
        "building height as storey height",
    ),
    (
        "no_heights",
        "无层高，按一层计",
        "no heights known: each storey once",
    ),
];

const CAUSES: [Entry; 4] = [
    ("government", "政府原因", "the government"),
    ("enterprise", "企业原因", "the enterprise"),
    ("force_majeure", "不可抗力", "force majeure"),
    ("unknown", "原因不明", "unknown"),
];

const FLAGS: [Entry; 3] = [
    ("borderline", "临界", "borderline"),
    ("expired", "政策已过期", "policy expired"),
    ("depends_on_reading", "取决于读法", "depends on a reading"),
];

const ACTION: [Entry; 3] = [
    ("repaired", "已修复", "repaired"),
    ("quarantined", "未参与计算", "set aside"),
    ("noted", "提示", "noted"),
];

/// How a parcel of one run lies to those of another.
const RELATIONS: [Entry; 9] = [
    ("same", "相同", "same"),
    ("reshaped", "界址变化", "reshaped"),
    ("renumbered", "编号变化", "renumbered"),
    ("split", "分割", "split"),
    ("merged", "合并", "merged"),
    ("split_and_merged", "分割并合并", "split and merged"),
    ("new", "新增", "new"),
    ("gone", "消失", "gone"),
    ("unknown", "未知", "unknown"),
];

const CHANGES: [Entry; 10] = [
    ("new", "新增", "new"),
    ("cured", "消除", "cured"),
    ("unchanged", "未变", "unchanged"),
    ("worse", "加重", "worse"),
    ("better", "减轻", "better"),
    ("split", "分割", "split"),
    ("merged", "合并", "merged"),
    ("gone", "消失", "gone"),
    ("unknown", "未知", "unknown"),
    ("none", "无", "none"),
];

impl Words {
    fn of(self, table: &[Entry], word: &str) -> String {
        let found = table.iter().find(|(name, ..)| *name == word);
        found.map_or_else(
            || word.to_owned(),
            |(_, zh, en)| self.0.of(zh, en).to_owned(),
        )
    }

    /// A limit that land stays below, with what follows its name: `plot_ratio_below_industry 0.409434 < 0.700000`.
    pub(in crate::write) fn shortfall(self, text: &str) -> String {
        let (word, more) = text.split_once(' ').unwrap_or((text, ""));
        let of = [
            Reason::LowTax,
            Reason::BelowIndustry,
            Reason::BelowPlan,
            Reason::BelowContract,
        ];
        let of = of.into_iter().find(|reason| reason.name() == word);
        let called = match (of, self.0) {
            (Some(reason), Language::Zh) => reason.zh().to_owned(),
            _ => word.replace('_', " "),
        };
        let more = more.replace(" < ", self.0.of(" ＜ ", " < "));
        format!("{called} {more}").trim_end().to_owned()
    }

    /// Why land lies idle.
    pub(in crate::write) fn cause(self, word: &str) -> String {
        self.of(&CAUSES, word)
    }

    /// A use of land.
    pub(in crate::write) fn land_use(self, word: &str) -> String {
        match (LandUse::of_word(word), self.0) {
            (Some(found), Language::Zh) => found.zh().to_owned(),
            _ => word.to_owned(),
        }
    }

    /// A state of land in the input.
    pub(in crate::write) fn status(self, word: &str) -> String {
        self.of(&STATUS, word)
    }

    /// A state of land in the survey.
    pub(in crate::write) fn state(self, word: &str) -> String {
        match (State::named(word), self.0) {
            (Some(state), Language::Zh) => state.zh().to_owned(),
            _ => word.replace('_', " "),
        }
    }

    /// Which area is meant.
    pub(in crate::write) fn basis(self, word: &str) -> String {
        self.of(&BASIS, word)
    }

    /// A layer of the input.
    pub(in crate::write) fn layer(self, word: &str) -> String {
        let entry = LAYERS.iter().find(|entry| entry.role.name == word);
        let text = entry.map_or(word, |entry| self.0.of(entry.zh, entry.en));
        text.to_owned()
    }

    /// How two parcels lie to each other.
    pub(in crate::write) fn contact(self, word: &str) -> String {
        self.of(&CONTACT, word)
    }

    /// The kind or the origin of a scattered piece.
    pub(in crate::write) fn piece(self, word: &str) -> String {
        self.of(&PIECE, word)
    }

    /// What a floor area rests on.
    pub(in crate::write) fn floor(self, word: &str) -> String {
        self.of(&FLOOR, word)
    }

    /// A flag of a finding; a reading says itself.
    pub(in crate::write) fn flag(self, word: &str) -> String {
        self.of(&FLAGS, word)
    }

    /// How a parcel of one run lies to those of another.
    pub(in crate::write) fn relation(self, word: &str) -> String {
        self.of(&RELATIONS, word)
    }

    /// What became of a parcel's state from one run to another.
    pub(in crate::write) fn change(self, word: &str) -> String {
        self.of(&CHANGES, word)
    }

    /// What was done about a problem.
    pub(in crate::write) fn action(self, word: &str) -> String {
        self.of(&ACTION, word)
    }

    /// A verdict; of a rule that classifies it says whether a case falls under it.
    pub(in crate::write) fn verdict(self, word: &str, rule: Option<&Rule>) -> String {
        verdict_of(word).map_or_else(
            || word.to_owned(),
            |verdict| verdict_text(verdict, rule, self.0).to_owned(),
        )
    }
}
