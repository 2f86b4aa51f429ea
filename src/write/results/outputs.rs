//! The files that commands write: what each is called and what it holds.

/// A result: the name of its files without extension, what it is called and what it holds, in Chinese and in English.
pub(super) struct Output {
    pub(super) stem: &'static str,
    pub(super) called: (&'static str, &'static str),
    pub(super) what: (&'static str, &'static str),
}

const fn output(
    stem: &'static str,
    called: (&'static str, &'static str),
    what: (&'static str, &'static str),
) -> Output {
    Output { stem, called, what }
}

/// Every file of every command.
pub(super) const OUTPUTS: &[Output] = &[
    output(
        "零增地技改项目清单",
        ("零增地技改项目清单（工作簿）", "upgrades (workbook)"),
        (
            "可实施的零增地技改项目、全部工业宗地反算、零星地块配置，可打印报送",
            "zero-land upgrades that can be done, all sites, allotments; to be printed and handed in",
        ),
    ),
    output(
        "零星地块清单",
        ("零星地块清单（工作簿）", "scattered land (workbook)"),
        (
            "零星边角地、夹心地逐块清单与汇总，可打印报送",
            "every piece of scattered land, and totals; to be printed and handed in",
        ),
    ),
    output(
        "闲置低效用地清单",
        ("闲置低效用地清单（工作簿）", "idle land (workbook)"),
        (
            "闲置、疑似闲置、低效用地逐宗清单与汇总，可打印报送",
            "idle, suspected and inefficient land by parcel, and totals; to be printed and handed in",
        ),
    ),
    output(
        "宗地指标表",
        ("宗地指标表（工作簿）", "parcels (workbook)"),
        (
            "每宗地的面积、容积率、密度、结论，建筑与相邻关系",
            "area, plot ratio, density and verdict of every parcel; buildings and neighbours",
        ),
    ),
    output(
        "问题清单",
        ("问题清单（工作簿）", "problems (workbook)"),
        (
            "数据问题与逐条判定",
            "problems of the data, and every finding",
        ),
    ),
    output(
        "零增地技改方案",
        ("零增地技改方案（工作簿）", "proposed upgrades (workbook)"),
        (
            "逐宗反算的方案与判定，可打印报送",
            "what each site could do, and findings; to be printed and handed in",
        ),
    ),
    output(
        "分割合并方案",
        ("分割合并方案（工作簿）", "proposals (workbook)"),
        (
            "方案、判定与不能分割的原因，可打印报送",
            "proposals, findings, and why others cannot be; to be printed and handed in",
        ),
    ),
    output(
        "parcels",
        ("宗地", "parcels"),
        (
            "每宗参与分析的宗地：面积、建筑、容积率、密度、结论",
            "every parcel: areas, floor areas, plot ratio, density, verdict",
        ),
    ),
    output(
        "buildings",
        ("建筑", "buildings"),
        (
            "每幢建筑落在每宗地上的部分",
            "each part of a building on a parcel",
        ),
    ),
    output(
        "adjacency",
        ("相邻关系", "neighbours"),
        (
            "每对相邻宗地及其关系",
            "each pair of parcels beside each other",
        ),
    ),
    output(
        "defects",
        ("数据问题", "problems of the data"),
        (
            "输入数据的每个问题及处理",
            "every problem found in the input, and what was done",
        ),
    ),
    output(
        "findings",
        ("判定", "findings"),
        (
            "每条规则对每个对象的结论、数值、限值",
            "every rule on every subject: verdict, value, bound",
        ),
    ),
    output(
        "idle",
        ("闲置低效用地", "idle land"),
        (
            "有合同的或非建成状态的宗地及其状态、原因",
            "parcels with a contract or in another state than built",
        ),
    ),
    output(
        "changes",
        ("变化清单", "changes"),
        (
            "两次运行之间每宗地的变化",
            "what changed of each parcel between two runs",
        ),
    ),
    output(
        "changed",
        ("变化图", "map of changes"),
        ("有变化宗地的图形", "the shapes of parcels that changed"),
    ),
    output(
        "register",
        ("排查台账", "register"),
        (
            "各状态首次与最近发现日期，供下次 --register",
            "first and last days of states, for the next `--register`",
        ),
    ),
    output(
        "survey_totals",
        ("闲置低效汇总", "totals of the survey"),
        (
            "各分组各状态的宗数和面积",
            "counts and land by grouping and state",
        ),
    ),
    output(
        "ladder",
        ("筛选过程", "screening"),
        (
            "各清单逐个条件筛掉多少宗",
            "how many parcels each condition removed",
        ),
    ),
    output(
        "clues",
        ("线索", "clues"),
        (
            "现状推断的闲置低效线索及数值",
            "clues of the ground with their figures",
        ),
    ),
    output(
        "open_land",
        ("宗地内空地", "open land"),
        ("宗地内退距以外的成片空地", "open land within parcels"),
    ),
    output(
        "upgrades",
        ("零增地技改反算", "upgrades"),
        (
            "每宗有建筑的工业宗地所需新建面积与余量",
            "what an upgrade of each industrial site would take",
        ),
    ),
    output(
        "scattered",
        ("零星地块", "scattered land"),
        (
            "每块零星地的类型、相邻、配置",
            "every piece: kind, neighbours, to whom proposed",
        ),
    ),
    output(
        "allocation",
        ("零星地块配置", "allocation"),
        (
            "可配置零星地块的工业宗地及方案",
            "sites that can take scattered land",
        ),
    ),
    output(
        "totals",
        ("零星地块汇总", "totals"),
        (
            "各分组的零星地块与可新增建筑面积",
            "scattered land and floor unlocked by group",
        ),
    ),
    output(
        "lineage",
        ("宗地变化", "lineage"),
        ("宗地由何而来", "where parcels come from"),
    ),
    output(
        "enterprises",
        ("企业用地绩效", "enterprises"),
        (
            "每家企业的用地、亩均、评价",
            "land and performance of each enterprise",
        ),
    ),
    output(
        "targets",
        ("目标进度", "targets"),
        (
            "政策各目标的现值与完成比例",
            "targets of the policy and how far they are reached",
        ),
    ),
    output(
        "footprints",
        ("建筑图形", "footprints"),
        (
            "每幢建筑的图形，供一地块一档绘图",
            "the shape of every building, which pages on parcels are drawn from",
        ),
    ),
    output(
        "city",
        ("全市图（QGIS）", "the city for QGIS"),
        (
            "全部图层及其样式；打开 city.qgs 即按样式显示",
            "every map layer with its style; open city.qgs to see them so",
        ),
    ),
    output(
        "report",
        ("成果报告", "report"),
        (
            "一页看全本次计算：问题、地图、筛选、统计、机会、依据",
            "the run as one page: problems, map, screening, sums, chances, what it rests on",
        ),
    ),
    output(
        "proposals",
        ("方案", "proposals"),
        (
            "拟分割宗地、拟合并宗地或反算的工业宗地",
            "lots, parcels of merges, or sites solved backwards",
        ),
    ),
    output(
        "splits",
        ("分割方案", "splits"),
        (
            "每个分割方案的得分、结论与分割线",
            "each split: score, verdict, lines",
        ),
    ),
    output(
        "boundary_points",
        ("界址点", "boundary points"),
        (
            "分割后各宗地的界址点号与坐标",
            "the numbered boundary points of every lot",
        ),
    ),
    output(
        "merged",
        ("合并方案", "merges"),
        ("每个合并方案的得分与结论", "each merge: score, verdict"),
    ),
    output(
        "unproposed",
        ("不能分割的宗地", "not to be split"),
        (
            "不能分割的宗地及原因",
            "parcels that cannot be split, and why",
        ),
    ),
    output(
        "survey",
        ("低效用地调查图层", "layers of the survey"),
        ("调查单元、调查区图层", "DCDYTB and DCQTB"),
    ),
    output(
        "summary",
        ("运行摘要", "summary"),
        (
            "计数、合计、政策、口径、来源校验",
            "counts, totals, policy, readings, hashes of sources",
        ),
    ),
    output("index", ("文件目录", "index"), ("本表", "this table")),
];
