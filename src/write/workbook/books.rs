//! Which workbooks there are, of which tables each is made, and what their sheets are called: one table, one entry a sheet.

use crate::write::Table;

/// A workbook.
pub struct Book {
    /// The name of its file, without extension.
    pub(super) name: &'static str,
    /// Its title: Chinese, English.
    pub(super) title: (&'static str, &'static str),
    /// Its sheets, the list it is named after first.
    pub(super) sheets: &'static [Sheet],
}

/// A sheet.
pub(super) enum Sheet {
    /// A row for each row of a table.
    List(List),
    /// A row for each district.
    Sums(Sums),
}

/// A list.
pub(super) struct List {
    /// The table it is made of.
    pub(super) table: &'static str,
    /// What it is called: Chinese, English; at most 31 characters, less room for the number of a part.
    pub(super) name: (&'static str, &'static str),
    /// The columns in their order; all that are not empty where it names none.
    pub(super) columns: &'static [&'static str],
    /// Whether it has a row of totals.
    pub(super) total: bool,
    /// Whether it is handed in, with a line for signatures.
    pub(super) signed: bool,
}

/// Sums by district.
pub(super) struct Sums {
    /// The table that is summed up.
    pub(super) table: &'static str,
    /// What it is called: Chinese, English.
    pub(super) name: (&'static str, &'static str),
    /// The columns that are summed.
    pub(super) summed: &'static [&'static str],
    /// The column of which each word is counted.
    pub(super) counts: Option<&'static str>,
    /// What is said under its totals: Chinese, English.
    pub(super) remark: Option<(&'static str, &'static str)>,
    /// The column by the classes of which rows are counted, and the bounds between them.
    pub(super) classes: Option<(&'static str, &'static [f64])>,
}

impl Sheet {
    /// The table it is made of, where the run has it.
    pub(super) fn table<'t, 'a>(&self, tables: &[&'t Table<'a>]) -> Option<&'t Table<'a>> {
        let name = match self {
            Self::List(list) => list.table,
            Self::Sums(sums) => sums.table,
        };
        tables.iter().copied().find(|table| table.name == name)
    }
}

const fn data(table: &'static str, name: (&'static str, &'static str)) -> Sheet {
    Sheet::List(List {
        table,
        name,
        columns: &[],
        total: false,
        signed: false,
    })
}

const fn added(table: &'static str, name: (&'static str, &'static str)) -> Sheet {
    Sheet::List(List {
        table,
        name,
        columns: &[],
        total: true,
        signed: false,
    })
}

const fn handed_in(
    table: &'static str,
    name: (&'static str, &'static str),
    columns: &'static [&'static str],
) -> Sheet {
    Sheet::List(List {
        table,
        name,
        columns,
        total: true,
        signed: true,
    })
}

const BY_DISTRICT: (&str, &str) = ("汇总", "By district");

/// The workbooks of `scan`.
pub const SCAN_BOOKS: &[Book] = &[
    Book {
        name: "零增地技改项目清单",
        title: ("“零增地”技改项目清单", "Zero-land upgrades"),
        sheets: &[
            handed_in("upgrade_list", ("项目清单", "Projects"), UPGRADE_LIST),
            Sheet::Sums(Sums {
                table: "upgrade_list",
                name: BY_DISTRICT,
                summed: &[
                    "area_m2",
                    "area_mu",
                    "needed_new_floor_m2",
                    "scattered_m2",
                    "scattered_mu",
                ],
                counts: Some("verdict"),
                remark: None,
                classes: None,
            }),
            added("upgrades", ("全部工业宗地反算", "All sites")),
            added("allocation", ("零星地块配置", "Allocation")),
        ],
    },
    Book {
        name: "零星地块清单",
        title: ("零星边角地、夹心地清单", "Scattered land"),
        sheets: &[
            handed_in("scattered", ("零星地块清单", "Scattered land"), SCATTERED),
            Sheet::Sums(Sums {
                table: "scattered",
                name: BY_DISTRICT,
                summed: &["area_m2", "area_mu"],
                counts: Some("kind"),
                remark: None,
                classes: None,
            }),
            data("totals", ("配置成效汇总", "Effect")),
        ],
    },
    Book {
        name: "闲置低效用地清单",
        title: ("闲置、低效用地清单", "Idle and inefficient land"),
        sheets: &[
            handed_in("idle", ("闲置低效用地清单", "Idle land"), IDLE),
            Sheet::Sums(Sums {
                table: "idle",
                name: BY_DISTRICT,
                summed: &["area_m2", "area_mu"],
                counts: Some("state"),
                remark: Some((
                    "只计清单所列宗地：已建成而无合同的宗地不在清单内，计入“分类汇总”",
                    "of the parcels of the list alone: those that are built and have no contract are in `Totals by grouping`",
                )),
                classes: None,
            }),
            data("survey_totals", ("分类汇总", "Totals by grouping")),
            added("open_land", ("宗地内空地", "Open land")),
            data("clues", ("线索", "Clues")),
            data("enterprises", ("企业用地绩效", "Enterprises")),
            data("targets", ("攻坚目标进度", "Targets")),
            data("ladder", ("筛选过程", "Screening")),
            data("register", ("排查台账", "Register")),
        ],
    },
    Book {
        name: "宗地指标表",
        title: ("宗地指标表", "Measures of parcels"),
        sheets: &[
            handed_in("parcels", ("宗地指标表", "Parcels"), PARCELS),
            Sheet::Sums(Sums {
                table: "parcels",
                name: BY_DISTRICT,
                summed: &[
                    "area_m2",
                    "area_mu",
                    "footprint_m2",
                    "floor_area_m2",
                    "far_floor_area_m2",
                ],
                counts: None,
                remark: None,
                classes: Some(("plot_ratio", &[0.5, 0.8, 1.0, 1.5, 2.0])),
            }),
            data("parcels", ("宗地全部指标", "All measures")),
            data("buildings", ("建筑", "Buildings")),
            data("adjacency", ("相邻关系", "Neighbours")),
            data("lineage", ("宗地变化", "Lineage")),
        ],
    },
    Book {
        name: "问题清单",
        title: ("问题清单", "Problems and findings"),
        sheets: &[
            Sheet::List(List {
                table: "defects",
                name: ("数据问题清单", "Problems of the data"),
                columns: DEFECTS,
                total: false,
                signed: true,
            }),
            Sheet::Sums(Sums {
                table: "defects",
                name: BY_DISTRICT,
                summed: &[],
                counts: Some("action"),
                remark: None,
                classes: None,
            }),
            data("findings", ("判定", "Findings")),
        ],
    },
];

/// The workbook of `propose upgrade`.
pub const UPGRADE_BOOKS: &[Book] = &[Book {
    name: "零增地技改方案",
    title: ("“零增地”技改方案", "Proposed upgrades"),
    sheets: &[
        handed_in("proposals", ("方案宗地", "Proposals"), &[]),
        data("findings", ("判定", "Findings")),
        data("defects", ("数据问题清单", "Problems of the data")),
    ],
}];

/// The workbook of `propose split` and `propose merge`.
pub const PROPOSE_BOOKS: &[Book] = &[Book {
    name: "分割合并方案",
    title: ("分割、合并方案", "Proposals"),
    sheets: &[
        handed_in("proposals", ("方案宗地", "Proposals"), &[]),
        data("splits", ("分割方案", "Splits")),
        data("boundary_points", ("界址点", "Boundary points")),
        data("merged", ("合并方案", "Merges")),
        data("unproposed", ("不能分割的宗地", "Not to be split")),
        data("findings", ("判定", "Findings")),
        data("defects", ("数据问题清单", "Problems of the data")),
    ],
}];

const UPGRADE_LIST: &[&str] = &[
    "district",
    "town",
    "owner",
    "enterprise",
    "credit_code",
    "industry",
    "evaluation_class",
    "location",
    "parcel_id",
    "unit_number",
    "contract_id",
    "area_m2",
    "area_mu",
    "floor_area_m2",
    "plot_ratio",
    "contract_plot_ratio",
    "plan_plot_ratio_max",
    "plan_density_max",
    "plan_height_max_m",
    "plan_green_ratio_min",
    "method",
    "demolished_m2",
    "needed_new_floor_m2",
    "floor_area_after_m2",
    "plot_ratio_after",
    "plot_ratio_gain",
    "new_floor_share",
    "pieces",
    "scattered_m2",
    "scattered_mu",
    "share_of_site",
    "plan_headroom_m2",
    "building_density",
    "parking",
    "negative_list",
    "verdict",
    "undecided",
    "article",
    "assumes",
    "note",
];

const SCATTERED: &[&str] = &[
    "piece_id",
    "district",
    "town",
    "location",
    "origin",
    "kind",
    "area_m2",
    "area_mu",
    "width_m",
    "owner",
    "unit_number",
    "sites",
    "shared_m",
    "conforms_to_plan",
    "allocated_to",
    "allocated_owner",
    "allocated_location",
    "not_allotted",
    "why",
];

const IDLE: &[&str] = &[
    "parcel_id",
    "owner",
    "location",
    "unit_number",
    "district",
    "town",
    "land_use",
    "area_m2",
    "area_mu",
    "state",
    "reason",
    "article",
    "since",
    "contract_id",
    "start_due",
    "days_over",
    "started",
    "completed",
    "developed_share",
    "invested_share",
    "cause",
    "idle_fee_wan",
    "plot_ratio",
    "building_density",
    "enterprises",
    "shortfalls",
    "first_seen",
    "missing",
];

const PARCELS: &[&str] = &[
    "parcel_id",
    "owner",
    "location",
    "unit_number",
    "district",
    "town",
    "contract_id",
    "land_use",
    "status",
    "area_m2",
    "area_mu",
    "area_basis",
    "footprint_m2",
    "floor_area_m2",
    "far_floor_area_m2",
    "building_count",
    "plot_ratio",
    "building_density",
    "neighbour_count",
    "scattered_m2",
    "verdict",
];

const DEFECTS: &[&str] = &[
    "layer",
    "feature",
    "kind",
    "action",
    "detail",
    "owner",
    "location",
    "unit_number",
    "district",
    "town",
    "x",
    "y",
];
