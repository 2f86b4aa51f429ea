//! The input layers, an entry each: what they are called on the command line, by people, and in the files of departments.

use super::LayerKind;
use crate::formats::Role;

/// A layer that an office can hand over.
#[derive(Debug)]
pub struct LayerEntry {
    /// Which.
    pub kind: LayerKind,
    /// Its name on the command line, in CITY.toml and in results; what departments call it in their files (不动产登记数据库标准,
    /// TD/T 1066, the platforms of Zhejiang cities, INSPIRE, and plain words).
    pub role: Role,
    /// As people call it, in Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// What its option takes, as help says it.
    pub takes: &'static str,
    /// The same in Chinese.
    pub takes_zh: &'static str,
}

/// The layers in the order in which they are read; each stands at the place of its kind. The last is none of a city.
pub const LAYERS: [LayerEntry; 12] = [
    LayerEntry {
        kind: LayerKind::Parcels,
        role: Role {
            name: "parcels",
            called: &[
                "parcels",
                "parcel",
                "ZDJBXX",
                "ZD_PY",
                "ZD",
                "ZDXX",
                "宗地",
                "宗地基本信息",
                "CadastralParcel",
                "DCDYTB",
                "地块",
                "JZD",
            ],
            is_table: false,
        },
        zh: "宗地",
        en: "parcels",
        takes: "Parcels (宗地): PATH, PATH:LAYER or a GDAL connection string",
        takes_zh: "宗地图层：路径、路径:图层名，或 GDAL 连接字符串",
    },
    LayerEntry {
        kind: LayerKind::Buildings,
        role: Role {
            name: "buildings",
            called: &[
                "buildings",
                "building",
                "ZRZ",
                "ZRZ_PY",
                "自然幢",
                "房屋",
                "建筑物",
                "建筑",
                "SSG_JZJD_PY",
                "JZJD",
                "RES",
                "JMD",
                "footprints",
            ],
            is_table: false,
        },
        zh: "建筑",
        en: "buildings",
        takes: "Building footprints (自然幢). Without them plot ratio and density are unknown",
        takes_zh: "建筑物（自然幢）图层；没有则容积率与密度未知",
    },
    LayerEntry {
        kind: LayerKind::Storeys,
        role: Role {
            name: "storeys",
            called: &[
                "storeys",
                "C",
                "层",
                "floors",
                "building_parts",
                "BuildingPart",
            ],
            is_table: true,
        },
        zh: "层",
        en: "storeys",
        takes: "Table of storeys (层) with their floor areas and heights",
        takes_zh: "层（户）表：各层建筑面积与层高",
    },
    LayerEntry {
        kind: LayerKind::Plan,
        role: Role {
            name: "plan",
            called: &[
                "plan",
                "BKY_YDGH_PY",
                "GHDK",
                "规划地块",
                "控规",
                "控规用地",
                "SSG_GHZYD_PY",
                "YDYHGHFQ",
                "plan_blocks",
            ],
            is_table: false,
        },
        zh: "规划地块",
        en: "plan blocks",
        takes: "Plan blocks (控规地块) with their limits",
        takes_zh: "控规地块图层及其指标上下限",
    },
    LayerEntry {
        kind: LayerKind::Scattered,
        role: Role {
            name: "scattered",
            called: &[
                "scattered",
                "零星地块",
                "零星用地",
                "零星地",
                "LXDK",
                "LXYD",
            ],
            is_table: false,
        },
        zh: "零星地块",
        en: "scattered pieces",
        takes: "Scattered pieces (零星边角地、夹心地) that are known: number, whether they conform to the plan, to whom granted",
        takes_zh: "已掌握的零星地块（零星边角地、夹心地）：编号、是否符合规划、已配置给谁",
    },
    LayerEntry {
        kind: LayerKind::Boundary,
        role: Role {
            name: "boundary",
            called: &["boundary", "XZQ", "行政区", "边界", "范围"],
            is_table: false,
        },
        zh: "调查区",
        en: "boundary",
        takes: "The ground to search: survey boundary or control lines (调查区、工业区块线)",
        takes_zh: "查找范围：调查区或工业区块线",
    },
    LayerEntry {
        kind: LayerKind::Obstacles,
        role: Role {
            name: "obstacles",
            called: &["obstacles", "障碍", "roads", "道路"],
            is_table: false,
        },
        zh: "道路水面绿地",
        en: "obstacles",
        takes: "Roads, water, green, as polygons of the ground they cover",
        takes_zh: "道路、水面、绿地等占地面",
    },
    LayerEntry {
        kind: LayerKind::Before,
        role: Role {
            name: "before",
            called: &[
                "before",
                "变更前宗地",
                "原宗地",
                "历史宗地",
                "ZDLS",
                "ZDJBXX_LS",
                "parcels",
                "ZDJBXX",
                "ZD",
                "宗地",
            ],
            is_table: false,
        },
        zh: "变更前宗地",
        en: "former parcels",
        takes: "Parcels of an earlier time: which of today's came from which is told by their shapes",
        takes_zh: "早先的宗地图层：现宗地由何而来按图形判断",
    },
    LayerEntry {
        kind: LayerKind::Lineage,
        role: Role {
            name: "lineage",
            called: &["lineage", "ZDBHQK", "宗地变化情况"],
            is_table: true,
        },
        zh: "宗地变化",
        en: "lineage",
        takes: "Table of splits and merges (宗地变化情况); taken as complete: a parcel that it does not name is neither's product",
        takes_zh: "宗地变化情况表（分割、合并）；视为完整：未列入的宗地即不是分割或合并而来",
    },
    LayerEntry {
        kind: LayerKind::Enterprises,
        role: Role {
            name: "enterprises",
            called: &["enterprises", "enterprise", "企业", "企业名单", "QY"],
            is_table: true,
        },
        zh: "企业",
        en: "enterprises",
        takes: "Table of enterprises (企业名录、亩均评价表) with tax, revenue and class by year: CSV, XLSX or any layer",
        takes_zh: "企业表（企业名录、亩均评价表）：税收、营收、评价类别按年，CSV、XLSX 或任何图层",
    },
    LayerEntry {
        kind: LayerKind::Contracts,
        role: Role {
            name: "contracts",
            called: &[
                "contracts",
                "contract",
                "合同",
                "出让合同",
                "供地地块",
                "HT",
            ],
            is_table: true,
        },
        zh: "出让合同",
        en: "contracts",
        takes: "Table of grant contracts (出让合同) with the days agreed and kept: CSV, XLSX or any layer",
        takes_zh: "出让合同表：约定与实际开工、竣工日期，CSV、XLSX 或任何图层",
    },
    LayerEntry {
        kind: LayerKind::Lots,
        role: Role {
            name: "lots",
            called: &[],
            is_table: false,
        },
        zh: "分割后宗地",
        en: "lots",
        takes: "Lots of one split; no layer of a city",
        takes_zh: "一次分割后的宗地，不是城市的图层",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stands_at_the_place_of_its_kind() {
        for (at, layer) in LAYERS.iter().enumerate() {
            assert_eq!(layer.kind as usize, at, "{}", layer.role.name);
        }
    }
}
