//! The names that departments give to the fields of scattered pieces, survey boundaries and obstacles.

use super::dictionary::{FieldSpec, field};

/// The fields of a scattered piece that the office knows of.
pub(super) const SCATTERED: &[FieldSpec] = &[
    field(
        "id",
        &[
            "piece_id",
            "LXDKBH",
            "DKBH",
            "DKBM",
            "TBBH",
            "零星地块编号",
            "地块编号",
            "地块编码",
            "地块号",
            "图斑编号",
            "编号",
        ],
    ),
    field(
        "conforms_to_plan",
        &["SFFHGH", "FHGH", "是否符合规划", "符合规划", "规划符合性"],
    ),
    field(
        "granted_to",
        &[
            "受让宗地",
            "受让宗地代码",
            "并入宗地",
            "并入宗地代码",
            "出让给",
        ],
    ),
];

/// The fields of a survey boundary or a control line.
pub(super) const BOUNDARY: &[FieldSpec] = &[field(
    "id",
    &[
        "block_id",
        "DCQBH",
        "DCDYBH",
        "DYBH",
        "QKBH",
        "BSM",
        "调查区编号",
        "调查单元编号",
        "单元编号",
        "区块编号",
        "编号",
        "标识码",
    ],
)];

/// The fields of an obstacle. Names of land classes speak for themselves, so they go before their codes.
pub(super) const OBSTACLES: &[FieldSpec] = &[
    field(
        "id",
        &[
            "obstacle_id",
            "BSM",
            "TBBH",
            "标识码",
            "图斑编号",
            "编号",
            "osm_id",
        ],
    ),
    field(
        "kind",
        &[
            "DLMC",
            "YDYHFLMC",
            "地类名称",
            "用地用海分类名称",
            "DLBM",
            "YDYHFLDM",
            "地类编码",
            "用地用海分类代码",
            "YDXZ",
            "YDDM",
            "用地性质",
            "用地代码",
            "类型",
            "类别",
            "地类",
        ],
    ),
    field("name", &["MC", "名称", "道路名称", "河流名称"]),
];
