//! The names that departments give to the fields this program knows.

use super::contract_fields::CONTRACTS;
use super::enterprise_fields::ENTERPRISES;
use super::ground_fields::{BOUNDARY, OBSTACLES, SCATTERED};
use super::lineage_fields::LINEAGE;
use super::plan_fields::PLAN;
use super::storeys::STOREYS;
use crate::model::LayerKind;

/// A field of a layer, and the names under which it is found, the surest first.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// The canonical name, as in `--map LAYER.FIELD=COLUMN`.
    pub name: &'static str,
    /// Field names of the cadastral standards (TD/T 1066-2021 and others), their Chinese aliases, and common English ones.
    pub known_as: &'static [&'static str],
}

impl FieldSpec {
    /// What it is called in Chinese: the first of its names that is; of a limit, as the plan calls it.
    pub fn zh(&self) -> Option<&'static str> {
        let chinese = |spec: &Self| {
            let mut names = spec.known_as.iter().copied();
            names.find(|name| name.starts_with(|c: char| !c.is_ascii()))
        };
        // where the surest name is not the plainest
        match self.name {
            "area_registered" => return Some("登记面积"),
            "floor_area" => return Some("建筑面积"),
            _ => {}
        }
        chinese(self).or_else(|| {
            let of_plan = PLAN.iter().find(|other| other.name == self.name);
            of_plan.and_then(chinese)
        })
    }
}

/// The canonical name of what a user calls a field of a layer, by that name or by one that only this field is known by; a year
/// may stand behind it (`亩均税收.2021`). As it is where it is none.
pub fn field_called(layer: LayerKind, called: &str) -> String {
    let (name, year) = match called.split_once('.') {
        Some((name, year)) => (name, Some(year)),
        None => (called, None),
    };
    let fields = fields_of(layer);
    if fields.iter().any(|spec| spec.name == name) {
        return called.to_owned();
    }
    let mut known = fields.iter().filter(|spec| {
        let mut names = spec.known_as.iter();
        spec.zh() == Some(name) || names.any(|other| other.eq_ignore_ascii_case(name))
    });
    match (known.next(), known.next(), year) {
        (Some(spec), None, Some(year)) => format!("{}.{year}", spec.name),
        (Some(spec), None, None) => spec.name.to_owned(),
        _ => called.to_owned(),
    }
}

pub(super) const fn field(name: &'static str, known_as: &'static [&'static str]) -> FieldSpec {
    FieldSpec { name, known_as }
}

/// The fields that a layer can have.
pub const fn fields_of(layer: LayerKind) -> &'static [FieldSpec] {
    match layer {
        LayerKind::Parcels => PARCELS,
        LayerKind::Buildings => BUILDINGS,
        LayerKind::Storeys => STOREYS,
        LayerKind::Plan => PLAN,
        LayerKind::Scattered => SCATTERED,
        LayerKind::Boundary => BOUNDARY,
        LayerKind::Obstacles => OBSTACLES,
        LayerKind::Lots => LOTS,
        LayerKind::Before => BEFORE,
        LayerKind::Lineage => LINEAGE,
        LayerKind::Enterprises => ENTERPRISES,
        LayerKind::Contracts => CONTRACTS,
    }
}

const LOTS: &[FieldSpec] = &[
    field(
        "id",
        &[
            "lot",
            "lot_id",
            "DKBH",
            "宗地编号",
            "地块编号",
            "宗地代码",
            "地块号",
            "宗地号",
        ],
    ),
    field("sold", &["拟转让", "是否转让"]),
];

const PARCEL_ID: FieldSpec = field(
    "id",
    &[
        "parcel_id",
        "ZDDM",
        "BDCDYH",
        "BDCDY",
        "DJH",
        "ZDBH",
        "ZDH",
        "DKBH",
        "DKBM",
        "DCDYBH",
        "ZD_ID",
        "宗地代码",
        "宗地编号",
        "地籍号",
        "不动产单元号",
        "地块编号",
        "地块号",
        "宗地号",
        "nationalCadastralReference",
    ],
);

const AREA_REGISTERED: FieldSpec = field(
    "area_registered",
    &[
        "HTMJ",
        "合同面积",
        "ZDMJ",
        "FZMJ",
        "DJMJ",
        "SYQMJ",
        "JYDMJ",
        "YDMJ",
        "PZMJ",
        "宗地面积",
        "发证面积",
        "登记面积",
        "净用地面积",
        "出让面积",
        "证载面积",
        "使用权面积",
    ],
);

const AREA_UNIT: FieldSpec = field("area_unit", &["MJDW", "面积单位"]);

/// What matters of a parcel of an earlier time.
const BEFORE: &[FieldSpec] = &[PARCEL_ID, AREA_REGISTERED, AREA_UNIT];

const PARCELS: &[FieldSpec] = &[
    PARCEL_ID,
    field(
        "owner",
        &[
            "QLR",
            "QLRMC",
            "CQR",
            "TDSYR",
            "SYQR",
            "XZTDSYR",
            "DWMC",
            "QYMC",
            "JSDW",
            "YD_DW",
            "权利人",
            "产权人",
            "使用权人",
            "用地单位",
            "企业名称",
            "单位名称",
        ],
    ),
    AREA_REGISTERED,
    AREA_UNIT,
    field(
        "land_use",
        &[
            "YDYHFLDM",
            "DLBM",
            "YT",
            "TDYT",
            "DJYT",
            "PZYT",
            "SJYT",
            "XZYT",
            "YDDM",
            "YDXZ",
            "DLMC",
            "用途",
            "土地用途",
            "用地性质",
            "用地类别",
            "地类",
        ],
    ),
    field("right_type", &["QLLX", "SYQLX", "权利类型", "使用权类型"]),
    field("right_nature", &["QLXZ", "权利性质"]),
    field("term_end", &["ZZRQ", "SYQJSSJ", "终止日期"]),
    field(
        "status",
        &[
            "TDZT",
            "GDZT",
            "XZZT",
            "SYZK",
            "土地状态",
            "供地状态",
            "利用状况",
        ],
    ),
    field("validity", &["ZT", "QSZT"]),
    field(
        "district",
        &["QXMC", "XZQMC", "县区", "区县", "县市区", "区县名称"],
    ),
    field(
        "town",
        &["XZMC", "乡镇", "镇街", "街道", "乡镇街道", "乡镇名称"],
    ),
    field(
        "location",
        &[
            "ZL",
            "TDZL",
            "ZDZL",
            "FDZL",
            "坐落",
            "土地坐落",
            "宗地坐落",
            "地址",
            "土地位置",
        ],
    ),
    field("unit_number", &["BDCDYH", "BDCDY", "不动产单元号"]),
    field(
        "contract_id",
        &[
            "HTBH",
            "合同编号",
            "合同号",
            "出让合同编号",
            "DZJGH",
            "电子监管号",
        ],
    ),
    field("park", &["YQMC", "园区", "园区名称", "开发区名称"]),
    field(
        "industry",
        &["HYDM", "HYFL", "GMJJHYFLDM", "行业代码", "行业分类"],
    ),
    // RJL, JZMD and JZXG of a parcel may be values of the plan or of the contract: read only where somebody says which
    field("contract_plot_ratio", &["合同容积率", "约定容积率"]),
    field("plot_ratio_min", &[]),
    field("plot_ratio_max", &[]),
    field("density_min", &[]),
    field("density_max", &[]),
    field("green_ratio_min", &[]),
    field("green_ratio_max", &[]),
    field("height_min", &[]),
    field("height_max", &[]),
];

const BUILDINGS: &[FieldSpec] = &[
    field(
        "id",
        &[
            "building_id",
            "ZRZH",
            "LJZH",
            "DH",
            "JZBH",
            "ELEMID",
            "自然幢号",
            "幢号",
        ],
    ),
    field(
        "parcel_id",
        &["ZDDM", "LSZD", "宗地代码", "隶属宗地", "BDCDYH"],
    ),
    field(
        "storeys",
        &[
            "DSCS",
            "地上层数",
            "numberOfFloorsAboveGround",
            "floors_above",
            "stories",
            "floors",
        ],
    ),
    field(
        "storeys_below",
        &[
            "DXCS",
            "BASEMENT",
            "地下层数",
            "numberOfFloorsBelowGround",
            "floors_below",
        ],
    ),
    field(
        "storeys_total",
        &[
            "ZCS",
            "FWCS",
            "CS",
            "STOREY",
            "FLOOR",
            "总层数",
            "层数",
            "楼层数",
            "房屋层数",
        ],
    ),
    field("storey_height", &["CG", "层高"]),
    field(
        "height",
        &[
            "JZWGD",
            "JZGD",
            "GD",
            "建筑高度",
            "楼高",
            "高度",
            "measured_height",
        ],
    ),
    field(
        "floor_area",
        &[
            "SCJZMJ",
            "JZMJ",
            "ZJZMJ",
            "JZZMJ",
            "实测建筑面积",
            "建筑面积",
            "总建筑面积",
            "总建面",
        ],
    ),
    field("floor_area_predicted", &["YCJZMJ", "预测建筑面积"]),
    field("far_floor_area", &["JRJZMJ", "计容面积", "计容建筑面积"]),
    field(
        "floor_area_below",
        &["SCDXMJ", "DXMJ", "地下面积", "地下建筑面积"],
    ),
    field(
        "footprint",
        &[
            "ZZDMJ",
            "JDMJ",
            "JDZMJ",
            "ZDZMJ",
            "占地面积",
            "幢占地面积",
            "基底面积",
        ],
    ),
    field(
        "use",
        &["GHYT", "FWYT1", "FWLX", "USETYPE", "JZFL", "房屋用途"],
    ),
    field("structure", &["FWJG", "CONSTRUCT", "房屋结构", "label"]),
    field(
        "completed",
        &[
            "JGRQ",
            "JGSJ",
            "竣工日期",
            "竣工时间",
            "竣工年份",
            "建成年份",
            "已竣工",
        ],
    ),
    field(
        "status",
        &[
            "JSZT",
            "JZZT",
            "JZWZT",
            "建筑物状态",
            "建设状态",
            "竣工状态",
            "建筑状态",
            "生产状态",
        ],
    ),
    field("validity", &["ZT", "QSZT"]),
];
