//! What a parcel or building is → the codes that the cadastral standard has for it.

use super::building::Class;
use super::names::zone;
use super::rows::{Estate, ParcelRow};

impl ParcelRow {
    /// 宗地代码, 19 places.
    pub(super) fn code(&self) -> String {
        format!("{}{}{:05}", zone(self.block), self.feature(), self.serial)
    }

    pub(super) fn feature(&self) -> &'static str {
        if self.estate == Estate::Homestead {
            "JC"
        } else {
            "GB"
        }
    }

    /// GB/T 21010-2017.
    pub(super) fn use_code(&self) -> &'static str {
        match self.estate {
            Estate::Factory | Estate::Idle => "0601",
            Estate::Depot => "0604",
            Estate::Homestead => "0702",
            Estate::Flats => "0701",
            Estate::Shops => "0505",
            Estate::Reserve | Estate::Scattered => "1201",
        }
    }

    /// QLLX and QLXZ.
    pub(super) fn right(&self) -> (&'static str, &'static str) {
        match self.estate {
            Estate::Idle => ("3", "102"),
            Estate::Homestead => ("6", "203"),
            Estate::Reserve | Estate::Scattered => ("2", "100"),
            _ => ("4", "102"),
        }
    }

    pub(super) fn status(&self) -> &'static str {
        match self.estate {
            Estate::Idle => "granted",
            Estate::Reserve => "vacant",
            Estate::Scattered => "unallotted",
            _ => "built",
        }
    }
}

impl Class {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hall => "单层厂房",
            Self::Workshop => "多层厂房",
            Self::Office => "综合楼",
            Self::Dormitory => "宿舍楼",
            Self::Store => "仓库",
            Self::House => "住宅",
            Self::Shed => "附属用房",
            Self::Tower => "住宅楼",
            Self::Shop => "商业用房",
        }
    }

    /// 房屋用途.
    pub(super) fn use_code(self) -> &'static str {
        match self {
            Self::Hall | Self::Workshop => "21",
            Self::Office => "60",
            Self::Dormitory => "13",
            Self::Store => "27",
            Self::House => "12",
            Self::Tower => "11",
            Self::Shed => "80",
            Self::Shop => "30",
        }
    }

    /// 房屋结构.
    pub(super) fn structure(self) -> &'static str {
        match self {
            Self::Hall | Self::Store => "1",
            Self::House => "4",
            Self::Shed => "5",
            _ => "3",
        }
    }
}
