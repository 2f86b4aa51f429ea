//! What the record of a parcel says of it beside its measures: who holds it, where it is, under which numbers it goes.

use serde::{Deserialize, Serialize};

use super::Parcel;

/// What lists say of each parcel that they name, where the input says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum About {
    /// 权利人.
    Owner,
    /// 坐落.
    Location,
    /// 不动产单元号, 28 characters.
    UnitNumber,
    /// 县(市、区).
    District,
    /// 乡镇、街道.
    Town,
    /// 出让合同编号 or 电子监管号: of the contracts that name the parcel, else of its own record.
    ContractId,
}

impl About {
    /// All of it, in the order of lists.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Location,
        Self::UnitNumber,
        Self::District,
        Self::Town,
        Self::ContractId,
    ];

    /// The field of the layer of parcels, and the column of results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Location => "location",
            Self::UnitNumber => "unit_number",
            Self::District => "district",
            Self::Town => "town",
            Self::ContractId => "contract_id",
        }
    }

    /// The column in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Owner => "权利人",
            Self::Location => "坐落",
            Self::UnitNumber => "不动产单元号",
            Self::District => "县市区",
            Self::Town => "乡镇街道",
            Self::ContractId => "合同编号",
        }
    }

    /// What the record of a parcel says.
    pub fn of(self, parcel: &Parcel) -> Option<&str> {
        match self {
            Self::Owner => parcel.owner.as_deref(),
            Self::Location => parcel.papers.part(0),
            Self::UnitNumber => parcel.papers.part(1),
            Self::District => parcel.district.as_deref(),
            Self::Town => parcel.town.as_deref(),
            Self::ContractId => parcel.papers.part(2),
        }
    }
}

/// Texts of a parcel that are only handed on, in one block of memory: a million parcels have them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papers(Option<Box<str>>);

/// What no text of an office holds.
const BETWEEN: char = '\u{1f}';

impl Papers {
    /// Of a location, a unit number and the number of a contract.
    pub fn of(parts: [Option<&str>; 3]) -> Self {
        if parts.iter().all(Option::is_none) {
            return Self(None);
        }
        let parts = parts.map(|part| part.unwrap_or_default().replace(BETWEEN, " "));
        Self(Some(parts.join("\u{1f}").into()))
    }

    fn part(&self, at: usize) -> Option<&str> {
        let part = self.0.as_ref()?.split(BETWEEN).nth(at)?;
        Some(part).filter(|part| !part.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_comes_back_and_none_is_made_up() {
        let parcel = |parts| Parcel {
            papers: Papers::of(parts),
            ..Parcel::default()
        };
        let said = |parcel: &Parcel| {
            let of = [About::Location, About::UnitNumber, About::ContractId];
            of.map(|about| about.of(parcel).map(str::to_owned))
        };
        let whole = parcel([Some("台州市 1 号"), Some("unit"), Some("HT-7")]);
        let whole = said(&whole);
        assert_eq!(
            whole.each_ref().map(Option::as_deref),
            [Some("台州市 1 号"), Some("unit"), Some("HT-7")]
        );
        let last = said(&parcel([None, None, Some("HT-7")]));
        assert_eq!(
            last.each_ref().map(Option::as_deref),
            [None, None, Some("HT-7")]
        );
        assert_eq!(said(&parcel([None; 3])), [None, None, None]);
        let odd = said(&parcel([Some("a\u{1f}b"), None, None]));
        assert_eq!(odd[0].as_deref(), Some("a b"));
    }
}
