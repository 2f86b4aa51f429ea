//! The names that departments give to the fields of a layer of plan blocks.

use super::dictionary::{FieldSpec, field};

/// The fields of a plan block. A limit has a column for its minimum, one for its maximum, or a single one for either
/// (`plot_ratio`). 建筑系数 (JZXS) is no density and is not read.
pub(super) const PLAN: &[FieldSpec] = &[
    field(
        "id",
        &[
            "plan_id",
            "DKBH",
            "DKBM",
            "GHDKBH",
            "地块编号",
            "地块编码",
            "地块号",
        ],
    ),
    field(
        "land_use",
        &[
            "YDYHFLDM",
            "GHDLBM",
            "YDDM",
            "YDXZDM",
            "YDXZ",
            "GHYT",
            "GHYDXZ",
            "用地代码",
            "用地性质代码",
            "用地性质",
            "规划用途",
            "土地用途",
        ],
    ),
    field("plot_ratio_min", &["RJLXX", "DSRJLXX", "容积率下限"]),
    field("plot_ratio_max", &["RJLSX", "DSRJLSX", "容积率上限"]),
    field(
        "plot_ratio",
        &["RJL", "GHRJL", "JZRJL", "容积率", "规划容积率"],
    ),
    field("density_min", &["JZMDXX", "建筑密度下限"]),
    field("density_max", &["JZMDSX", "建筑密度上限"]),
    field("density", &["JZMD", "GHJZMD", "建筑密度", "规划建筑密度"]),
    field("green_ratio_min", &["LDLXX", "绿地率下限"]),
    field("green_ratio_max", &["LDLSX", "绿地率上限"]),
    field("green_ratio", &["LDL", "GHLDL", "LVH", "绿地率"]),
    field("height_min", &["JZGDXX", "建筑高度下限"]),
    field("height_max", &["JZGDSX", "建筑高度上限"]),
    field("height", &["JZXG", "JZGD", "建筑限高", "限高", "建筑高度"]),
];
