//! A field of a table of an office → what its cells hold.

use crate::model::LayerKind;
use crate::read::dictionary::{FieldSpec, field};
use crate::read::{contract_fields, enterprise_fields, storeys};

/// What the cells of a field hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Sort {
    /// Text, or a list of texts.
    Text,
    /// 亩均评价.
    Class,
    /// Yes or no.
    Truth,
    /// Why nothing is built.
    Cause,
    /// A day.
    Day,
    /// A day; blank where it has not come.
    DayOrNo,
    /// A plot ratio, or the text of a limit of one.
    PlotRatio,
    /// Money in 万元.
    Money {
        /// Whether there is one for each year.
        by_year: bool,
        /// The half of them cannot be more than this many 万元: then they are in 元.
        most: i64,
    },
    /// 万元 per 亩 for each year.
    MoneyPerMu,
    /// 亩 of land; without a unit it may be m² as well.
    Mu,
    /// m² of land or of floor, unless a unit says otherwise.
    Area,
    /// Metres, unless a unit says otherwise.
    Metres,
    /// Which storey it is.
    Level,
}

impl Sort {
    pub(in crate::read) const fn money(most: i64) -> Self {
        Self::Money {
            by_year: false,
            most,
        }
    }

    pub(in crate::read) const fn money_by_year(most: i64) -> Self {
        Self::Money {
            by_year: true,
            most,
        }
    }

    /// Whether there is one for each year.
    pub(in crate::read) const fn by_year(self) -> bool {
        matches!(self, Self::Money { by_year: true, .. } | Self::MoneyPerMu)
    }

    /// Whether it may be of a year: what is so each year, and 亩均评价, which where nobody says so is that of the year before.
    pub(in crate::read) const fn may_have_years(self) -> bool {
        self.by_year() || matches!(self, Self::Class)
    }

    /// Whether it has a unit.
    pub(in crate::read) const fn is_measured(self) -> bool {
        matches!(
            self,
            Self::Money { .. } | Self::MoneyPerMu | Self::Mu | Self::Area | Self::Metres
        )
    }

    /// Whether its cells hold numbers.
    pub(in crate::read) const fn is_number(self) -> bool {
        self.is_measured() || matches!(self, Self::Level)
    }

    /// Whether a merged cell says it once for all rows it spans: what adds up does.
    pub(in crate::read) const fn adds_up(self) -> bool {
        matches!(self, Self::Money { .. } | Self::Mu | Self::Area)
    }
}

/// What the cells of a field hold.
pub(in crate::read) fn sort(kind: LayerKind, field: &str) -> Sort {
    match kind {
        LayerKind::Enterprises => enterprise_fields::sort(field),
        LayerKind::Contracts => contract_fields::sort(field),
        LayerKind::Storeys => storeys::sort(field),
        _ => Sort::Text,
    }
}

/// 宗地代码; several in one cell are told apart.
pub(in crate::read) const PARCELS_OF: FieldSpec = field(
    "parcel_id",
    &[
        "宗地代码",
        "宗地编号",
        "宗地号",
        "宗地编码",
        "用地宗地代码",
        "所在宗地代码",
        "所在宗地",
        "不动产单元号",
        "不动产单元代码",
        "地块编号",
        "地块号",
        "地块代码",
        "地块编码",
        "地籍号",
        "宗地",
        "ZDDM",
        "ZDBH",
        "ZDH",
        "BDCDYH",
        "DKBH",
        "DJH",
        "PARCEL",
        "PARCELS",
        "PARCEL_IDS",
    ],
);
