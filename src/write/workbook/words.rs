//! The words of results → what they are called in a list: of the types of this program where they say it, else of one table.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::Preface;
use crate::features::idle::State;
use crate::law::LandUse;
use crate::model::DefectKind;
use crate::write::Language;
use crate::write::judgement::{measure_text, stated_called};
use crate::write::results::CONDITIONS;

/// Words and what they are called in Chinese. `column.word` holds for that column alone.
const WORDS: &[(&str, &str)] = &[
    ("pass", "符合"),
    ("fail", "不符合"),
    ("discretionary", "需报批同意"),
    ("unknown", "情况不明"),
    ("not_applicable", "不适用"),
    ("true", "是"),
    ("false", "否"),
    ("borderline", "接近限值"),
    ("expired", "政策不在有效期"),
    ("depends_on_reading", "视口径而定"),
    ("registered", "登记面积"),
    ("plane", "平面面积"),
    ("ellipsoid", "椭球面积"),
    ("mixed", "不一"),
    ("vacant", "空闲"),
    ("unallotted", "未供应"),
    ("granted", "已供应"),
    ("built", "已建成"),
    ("given", "已知"),
    ("far_basis.given", "登记计容面积"),
    ("storey_heights", "分层层高"),
    ("height_as_storey_height", "以建筑高度为层高"),
    ("no_heights", "无层高"),
    ("key", "按编号"),
    ("space", "按位置"),
    ("far_floor_area", "计容建筑面积"),
    ("storeys_table", "层表"),
    ("surveyed", "实测"),
    ("predicted", "预测"),
    ("footprint_x_storeys", "基底面积×层数"),
    ("edge", "共边"),
    ("point", "点接"),
    ("overlap", "重叠"),
    ("gap", "隔缝"),
    ("corner", "边角地"),
    ("enclosed", "夹心地"),
    ("interlocked", "插花地"),
    ("other", "其他"),
    ("recorded", "有宗地记录"),
    ("unrecorded", "无宗地记录"),
    ("guessed_boundary", "界线为推测"),
    ("not_allotted.granted", "此前已供"),
    ("on_parcel", "压占宗地"),
    ("same_land", "与另一地块重复"),
    ("on_obstacle", "压占道路水面绿地"),
    ("built_on", "地上有建筑"),
    ("left_out_feature", "邻近未参与计算要素"),
    ("plan_use", "规划另有用途"),
    ("no_rule", "政策无此规则"),
    ("no_site", "不邻工业宗地"),
    ("site_without_building", "相邻宗地无建筑"),
    ("over_cap", "超过可配置上限"),
    ("not_chosen", "未选用"),
    ("contract", "合同"),
    ("record", "登记"),
    ("proxy:ground", "现状推断"),
    ("plan", "规划"),
    ("layer.plan", "规划地块"),
    ("government", "政府原因"),
    ("enterprise", "企业"),
    ("cause.enterprise", "企业原因"),
    ("force_majeure", "不可抗力"),
    ("cause.unknown", "原因不明"),
    ("parcels", "宗地"),
    ("land_from.parcels", "宗地面积"),
    ("land_from.table", "企业表"),
    ("buildings", "建筑"),
    ("storeys", "层"),
    ("scattered", "零星地块"),
    ("boundary", "调查区"),
    ("obstacles", "道路水面绿地"),
    ("before", "变更前宗地"),
    ("lineage", "宗地变化"),
    ("enterprises", "企业"),
    ("contracts", "合同"),
    ("repaired", "已修复"),
    ("quarantined", "未参与计算"),
    ("noted", "仅提示"),
    ("parcel", "宗地"),
    ("upgrade", "零增地技改"),
    ("grant", "供地合同"),
    ("split", "分割"),
    ("merge", "合并"),
    ("parcel_id", "按宗地代码"),
    ("holder", "按权利人"),
    ("table", "登记表"),
    ("geometry", "图形"),
    ("both", "登记表和图形"),
    ("same", "未变"),
    ("renumbered", "换号"),
    ("merged", "合并"),
    ("reshaped", "界线调整"),
    ("new", "新设"),
    ("gone", "已注销"),
    ("at_least", "≥"),
    ("at_most", "≤"),
    ("more_than", "＞"),
    ("less_than", "＜"),
    ("one_of", "属于"),
    ("is", "＝"),
    ("unrated", "未参评"),
    ("total", "合计"),
    ("district", "县市区"),
    ("town", "乡镇街道"),
    ("park", "园区"),
    ("industry", "行业"),
    ("land_use", "用地类别"),
    ("idle", "闲置"),
    ("plot_ratio", "容积率"),
    ("suspected_idle", "疑似闲置"),
    ("suspected_idle_by_contract", "疑似闲置（按合同）"),
    ("suspected_idle_by_ground", "疑似闲置（按现状）"),
    ("inefficient", "低效"),
    ("several_contracts", "有多份合同"),
    ("contract_of_several_parcels", "合同含多宗地"),
    ("recorded_vacant_but_built", "登记空闲而有建筑"),
    ("building_left_out", "有建筑未参与计算"),
    ("buildings_left_out", "有建筑未参与计算"),
    ("buildings_on_ground", "现状有建筑"),
    ("no_building_on_ground", "现状无建筑"),
    ("holder_unknown", "权利人不明"),
    ("low_tax", "低税收"),
    ("plot_ratio_below_industry", "容积率低于行业控制值"),
    ("plot_ratio_below_plan", "容积率低于规划下限"),
    ("plot_ratio_below_contract", "容积率低于合同约定"),
];

/// What the words of a run are called.
pub(super) struct Words<'a> {
    language: Language,
    zh: FxHashMap<Cow<'static, str>, &'static str>,
    rules: FxHashMap<&'a str, (&'a str, &'a str)>,
}

impl<'a> Words<'a> {
    pub(super) fn of(preface: &'a Preface<'_>) -> Self {
        let own = WORDS.iter().map(|(word, zh)| (Cow::Borrowed(*word), *zh));
        let uses = LandUse::ALL.map(|one| (format!("land_use.{}", one.name()), one.zh()));
        let states = State::ALL.map(|one| (format!("state.{}", one.name()), one.zh()));
        let defects = DefectKind::ALL.iter();
        let defects = defects.map(|kind| (format!("kind.{}", kind.name()), kind.what().0));
        let bare = LandUse::ALL.map(|one| (one.name().to_owned(), one.zh()));
        let kept = CONDITIONS.map(|(word, zh)| (format!("condition.{word}"), zh));
        let typed = (bare.into_iter())
            .chain(kept)
            .chain(uses)
            .chain(states)
            .chain(defects);
        let mut zh: FxHashMap<_, _> = typed.map(|(word, zh)| (Cow::Owned(word), zh)).collect();
        zh.extend(own);
        let rules = preface.policy.rules.iter();
        Self {
            language: preface.language,
            zh,
            rules: rules
                .map(|rule| (rule.id.as_str(), (rule.zh.as_str(), rule.en.as_str())))
                .collect(),
        }
    }

    /// What a word in a column is called; as it is where nothing calls it otherwise.
    pub(super) fn word<'w>(&self, column: &str, word: &'w str) -> Cow<'w, str> {
        if self.language == Language::En {
            return Cow::Owned(word.replace('_', " "));
        }
        let of_column = self.zh.get(format!("{column}.{word}").as_str());
        match of_column.or_else(|| self.zh.get(word)) {
            Some(zh) => Cow::Borrowed(*zh),
            None => Cow::Borrowed(word),
        }
    }

    /// A figure that is written as words, joined by `;`.
    pub(super) fn figure(&self, column: &str, joined: &str) -> String {
        self.listed(joined, |text| self.word(column, text).into_owned())
    }

    /// What a message says.
    pub(super) fn message<'w>(&self, text: &'w str) -> Cow<'w, str> {
        self.language.message(text)
    }

    /// Words joined by `;`, each with what follows it: `below_industry 0.500000 < 0.700000`.
    pub(super) fn words(&self, column: &str, joined: &str) -> String {
        let one = |text: &str| match text.split_once(' ') {
            Some((word, more)) => format!("{} {more}", self.word(column, word)),
            None => self.word(column, text).into_owned(),
        };
        self.listed(joined, one)
    }

    /// The names of rules, joined by `;`.
    pub(super) fn rules(&self, joined: &str) -> String {
        self.listed(joined, |id| match self.rules.get(id) {
            Some((zh, en)) => self.language.of(zh, en).to_owned(),
            None => self.word("rule", id).into_owned(),
        })
    }

    /// The names of measures and facts, joined by `;`, each perhaps with `=` and a value.
    pub(super) fn measures(&self, joined: &str) -> String {
        self.listed(joined, |text| {
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (text, None),
            };
            let mut called = measure_text(name, self.language);
            if called == name {
                called = self.word("", name).into_owned();
            }
            match value {
                Some(value) => format!("{called}＝{}", stated_called(value, name, self.language)),
                None => called,
            }
        })
    }

    fn listed(&self, joined: &str, one: impl Fn(&str) -> String) -> String {
        let all: Vec<String> = joined.split(';').map(one).collect();
        all.join(self.language.of("；", "; "))
    }
}
