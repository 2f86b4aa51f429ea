//! What a register says of the end of works → whether a building is completed on a day (竣工).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::is_hedged;

/// Whether a building is completed, as far as its record says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Completion {
    /// Nothing is said.
    #[default]
    Unknown,
    /// 竣工日期: the day on which works ended, or are to end.
    On(Date),
    /// It is said to be completed, or in production, without a day.
    Done,
    /// It is said to be under construction, halted, or planned, whatever date it has.
    NotYet,
}

impl Completion {
    /// From the date of a record and the word for its state: a completion date counts unless the state says otherwise.
    pub fn of(date: Option<Date>, state: Option<&str>) -> Self {
        match (state.and_then(Self::of_state), date) {
            (Some(Self::NotYet), _) => Self::NotYet,
            (_, Some(date)) => Self::On(date),
            (Some(said), None) => said,
            (None, None) => Self::Unknown,
        }
    }

    /// Reads a word for the state of a building; `None` where it says nothing of completion.
    pub fn of_state(text: &str) -> Option<Self> {
        // most registers have a code of one digit
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let text = text.trim().to_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if any(&[
            "未",
            "在建",
            "停建",
            "建设中",
            "施工",
            "拟建",
            "停工",
            "烂尾",
            "规划",
        ]) || [
            "under construction",
            "planned",
            "halted",
            "no",
            "false",
            "否",
        ]
        .contains(&text.as_str())
        {
            return Some(Self::NotYet);
        }
        let done = any(&["竣工", "建成", "投产", "在产", "使用中"]) && !is_hedged(&text)
            || ["completed", "built", "in production", "yes", "true", "是"]
                .contains(&text.as_str());
        done.then_some(Self::Done)
    }

    /// Whether it is completed on a day; `None` where nobody says.
    pub fn by(self, day: Date) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::On(date) => Some(date <= day),
            Self::Done => Some(true),
            Self::NotYet => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_completion_date_counts_unless_the_state_says_otherwise() {
        let day = date(2015, 6, 1);
        let is_done = |state| Completion::of(Some(day), state).by(date(2022, 1, 1));
        assert_eq!(is_done(None), Some(true));
        assert_eq!(is_done(Some("已竣工")), Some(true));
        assert_eq!(
            is_done(Some("1")),
            Some(true),
            "a word that says nothing of it"
        );
        assert_eq!(is_done(Some("在建")), Some(false));
        assert_eq!(
            Completion::of(Some(day), None).by(date(2015, 5, 31)),
            Some(false)
        );
    }

    #[test]
    fn without_a_date_the_state_says_it_or_nobody_does() {
        let says = |state| Completion::of(None, state).by(date(2022, 1, 1));
        assert_eq!(says(Some("竣工投产")), Some(true));
        assert_eq!(says(Some("未竣工")), Some(false));
        assert_eq!(says(Some("Under construction")), Some(false));
        assert_eq!((says(Some("有效")), says(None)), (None, None));
        for open in [
            "待竣工",
            "不具备竣工条件",
            "拟投产",
            "无竣工备案",
            "计划建成",
        ] {
            assert_eq!(says(Some(open)), None, "{open}");
        }
        assert_eq!(says(Some("改建竣工")), Some(true));
    }
}
