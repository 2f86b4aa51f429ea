//! The names that departments give to the fields of the table of what became of parcels.

use super::dictionary::{FieldSpec, field};

/// The fields of a row of that table (宗地变化情况, `ZDBHQK`). Names that say after or before go before the plain ones: a
/// table with both 宗地代码 and 变更后宗地代码 means the latter.
pub(super) const LINEAGE: &[FieldSpec] = &[
    field(
        "parcel_id",
        &[
            "现宗地代码",
            "变更后宗地代码",
            "新宗地代码",
            "现宗地",
            "变更后宗地",
            "BGHZDDM",
            "XZDDM",
            "ZDDM",
            "BDCDYH",
            "宗地代码",
            "宗地编号",
            "不动产单元号",
        ],
    ),
    field(
        "parents",
        &[
            "原宗地代码",
            "变更前宗地代码",
            "母宗地代码",
            "母宗地",
            "原宗地",
            "变更前宗地",
            "原宗地编号",
            "原不动产单元号",
            "YZDDM",
            "BGQZDDM",
            "MZDDM",
            "YBDCDYH",
        ],
    ),
    field(
        "kind",
        &[
            "变更类型",
            "变化类型",
            "变更原因",
            "变化原因",
            "BGLX",
            "BHLX",
            "BHYY",
            "BGYY",
        ],
    ),
    field(
        "date",
        &[
            "变更日期",
            "变化日期",
            "变更时间",
            "登记日期",
            "登记时间",
            "BGRQ",
            "BGSJ",
            "DJRQ",
            "DJSJ",
        ],
    ),
];
