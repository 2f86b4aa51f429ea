//! A parcel (宗地) and the state of its land.

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Papers, PlanLimits, feature_name};
use crate::law::LandUse;
use crate::quantity::{Area, Decimal};

/// A cadastral parcel (宗地), without its shape.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parcel {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 宗地代码 or whatever identifies it; empty when the input has none.
    pub id: CompactString,
    /// Its key, where that is not the one that its id shows as it is written ([`other_key`]).
    pub other_key: Option<Box<str>>,
    /// 宗地面积 as registered or contracted.
    pub area_registered: Option<Area>,
    /// What its land is used for.
    pub land_use: Option<LandUse>,
    /// The code or text of the input that says so.
    pub land_use_given: Option<CompactString>,
    /// The state of its land, where the input says so.
    pub status: Option<LandStatus>,
    /// 权利人: who holds it.
    pub owner: Option<CompactString>,
    /// 权利类型 (QLLX), code or label as given.
    pub right_type: Option<CompactString>,
    /// 权利性质 (QLXZ), code or label as given.
    pub right_nature: Option<CompactString>,
    /// 使用权结束时间: the last day of the right to use the land.
    pub term_end: Option<Date>,
    /// 县(市、区).
    pub district: Option<CompactString>,
    /// 乡镇、街道.
    pub town: Option<CompactString>,
    /// Where it is, and the numbers it goes by beside its id.
    pub papers: Papers,
    /// What few layers say, apart so that a million parcels without it stay small.
    pub terms: Option<Box<ParcelTerms>>,
}

/// What few layers of parcels say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParcelTerms {
    /// 行业: code or name as given.
    pub industry: Option<CompactString>,
    /// 园区.
    pub park: Option<CompactString>,
    /// What its row says in the column of `--group-by`.
    pub group: Option<CompactString>,
    /// 出让合同约定容积率.
    pub contract_plot_ratio: Option<Decimal>,
    /// Limits that the parcel's own record sets, beside those of its plan block.
    pub limits: Option<Box<PlanLimits>>,
}

impl Parcel {
    /// Limits that its own record sets; none where it says nothing.
    pub fn limits(&self) -> PlanLimits {
        let limits = self.terms.as_ref().and_then(|terms| terms.limits.as_ref());
        limits.map_or_else(PlanLimits::default, |limits| **limits)
    }

    /// The key by which buildings and tables refer to it ([`super::parcel_key`] of its id).
    pub fn key(&self) -> &str {
        let other = self.other_key.as_deref();
        other.unwrap_or_else(|| parcel_part(&self.id))
    }

    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}

/// The parcel part of a key that may go on to name a building or a unit on the parcel.
pub fn parcel_part(key: &str) -> &str {
    let is_unit = (key.len() == 28 || key.len() == 24)
        && key.is_ascii()
        && key.bytes().take(12).all(|byte| byte.is_ascii_digit());
    if is_unit { &key[..19] } else { key }
}

/// A key where it is not the one that its id shows as it is written.
pub fn other_key(id: &str) -> Option<Box<str>> {
    let key = super::parcel_key(id);
    (key != parcel_part(id)).then(|| key.as_str().into())
}

/// The state of a parcel's land (土地状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LandStatus {
    /// 空闲: nobody uses it.
    Vacant,
    /// 未供应: not yet granted to anyone.
    Unallotted,
    /// 已供应: granted, not yet built on.
    Granted,
    /// 已建成.
    Built,
}

impl LandStatus {
    /// Reads the English word or its Chinese terms; anything else is no status.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.trim().to_lowercase().as_str() {
            "vacant" | "空闲" | "空置" | "空地" | "闲置" | "未利用" | "未利用地" => {
                Self::Vacant
            }
            "unallotted" | "未供应" | "未供" | "未出让" | "批而未供" | "未分配" | "储备"
            | "收储" | "净地" => Self::Unallotted,
            "granted" | "已供应" | "已供" | "已出让" | "供而未用" | "待建" | "未建" | "未开工" => {
                Self::Granted
            }
            "built" | "已建" | "已建成" | "建成" | "已建设" => Self::Built,
            _ => return None,
        })
    }

    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vacant => "vacant",
            Self::Unallotted => "unallotted",
            Self::Granted => "granted",
            Self::Built => "built",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_number_leads_to_its_parcel() {
        assert_eq!(
            parcel_part("331081107218GB01022W00000000"),
            "331081107218GB01022"
        );
        assert_eq!(
            parcel_part("331081107218GB01022F0001"),
            "331081107218GB01022"
        );
        assert_eq!(parcel_part("40146A00205049"), "40146A00205049");
        assert_eq!(parcel_part("地块"), "地块");
    }
}
