//! What commands and options are called in Chinese.

type Entry = (&'static str, &'static str);

/// Headings of groups of options.
pub(super) const HEADINGS: &[Entry] = &[
    ("Layers", "图层"),
    ("Measuring", "测算"),
    ("Surveying", "闲置低效调查"),
    ("Judging", "判定"),
    ("Results", "成果"),
    ("Proposing", "方案"),
    ("Splits", "分割"),
    ("Merges", "合并"),
    ("Parts", "分块"),
];

/// What a command does, by the words that name it.
pub(super) const ABOUT: &[Entry] = &[
    (
        "",
        "全市每宗地的容积率、建筑密度与相邻关系，零星地块与政策规则判定。",
    ),
    (
        "scan",
        "测算并判定全市：每宗地的容积率、建筑密度、相邻关系，零星地块，零增地技改反算，闲置低效调查。",
    ),
    (
        "ingest",
        "对全市数据一次性作出全部认定（坐标系、单位、代码、编码、编号），写成数据湖：规范的 GeoParquet，任何一处都可快速读取。scan LAKE 的成果与 scan CITY.toml 相同。",
    ),
    (
        "partition",
        "把数据湖分为可各自运行的分块：scan LAKE --part PLAN.parquet:K。",
    ),
    (
        "gather",
        "汇总数据湖的各分块，成果与一次运行相同。缺少、重复或未决的分块不予汇总。",
    ),
    (
        "propose",
        "提出可行方案：宗地分割、相邻宗地合并、零增地技改反算。每个方案都按政策判定，违反规则的不列出。",
    ),
    (
        "compare",
        "比较两次运行：新增、消除、加重、分割、合并、消失，以及自何时起。",
    ),
    (
        "dossier",
        "从已完成的运行为选定宗地各写一页（一地块一档）：图、指标、逐条判定与条文、缺少的资料。可打印为 A4，不需网络。",
    ),
    (
        "serve",
        "在本机浏览器中打开已完成运行的地图：查看宗地，并对“如果…”当场按规则判定。不改动成果；Ctrl-C 结束。",
    ),
    (
        "check",
        "按数字判定具体事项：技改、分割、合并、转让、补助等。退出码：0 全部符合，1 有不符合或待核实，2 文件无法判定。",
    ),
    (
        "inspect",
        "查看图层内容：坐标系、识别出的字段、数据问题、可能的字段。不写成果。",
    ),
    (
        "rules",
        "列出政策的规则，查看一条规则的全部内容，或检查自编的政策包。",
    ),
    ("rules list", "政策的全部规则：条款、适用事项、施行日期。"),
    (
        "rules show",
        "一条规则的全部内容：条文、条件、金额、读法，以及可能用到的每个事实。",
    ),
    (
        "rules new",
        "写出一个带说明的政策包作起点；已有的文件不动。",
    ),
    ("rules check", "检查政策包：内容与缺口，或错在哪里。"),
    (
        "survey",
        "检查低效用地调查图层（DCDYTB、DCQTB）并写入同一文件；问题写入其旁的 survey_checks.csv。",
    ),
    ("synth", "生成虚构城市，供试用和测速。种子相同则城市相同。"),
    (
        "try",
        "在 DIR 中生成样例城市、运行并说明先看什么：第一次使用不需要任何数据。",
    ),
    ("completions", "打印命令行补全脚本。"),
    ("man", "打印手册页，或为每个命令写一页到文件夹。"),
];

/// What an option is for: by its name, or by command and name where it differs from command to command.
pub(super) const OPTIONS: &[Entry] = &[
    ("help", "显示帮助（-h 简要，--help 完整）"),
    ("version", "显示版本"),
    (
        "lang",
        "显示的语言：zh 或 en［默认：中文环境为 zh，否则 en］",
    ),
    (
        "city",
        "写有同样选项的 TOML 文件；命令行优先。也可以是 ingest 写成的数据湖",
    ),
    (
        "check.city",
        "城市文件，与 scan 相同：事项中写了宗地的，以其测算值为事实；事项中给出的数字优先",
    ),
    ("out", "成果文件夹"),
    ("dossier.out", "各宗地页面的文件夹"),
    (
        "serve.run",
        "已完成的 scan 成果文件夹，须有宗地图层（parquet、fgb 打开最快）",
    ),
    ("serve.port", "端口［默认取空闲端口］"),
    ("serve.no_open", "只打印地址，不打开浏览器"),
    ("serve.base", "底图：PMTiles 文件。不从别处读取任何内容"),
    ("serve.policy", "按自编政策包判定的运行所用的政策包"),
    (
        "survey.out",
        "写入图层的文件：GeoPackage（.gpkg）或文件地理数据库（.gdb）；survey_checks.csv 写在其旁",
    ),
    ("synth.out", "虚构城市的文件夹"),
    ("ingest.out", "数据湖的文件夹"),
    ("partition.out", "写入的分块方案（PLAN.parquet）"),
    (
        "part",
        "只运行数据湖分块方案中的第 K 块，写入 DIR 下自己的文件夹；重复运行结果不变",
    ),
    (
        "part_size",
        "把数据湖分为至多 N 宗地的分块依次运行：图层叠加时占用内存较少，成果相同",
    ),
    ("lake", "数据湖"),
    ("gather.lake", "数据湖，位置与分块运行时不同的给出"),
    ("parts", "各分块所在的文件夹"),
    (
        "reopen",
        "为这些文件夹中的分块未决的内容作方案，并给出所需的范围；没有分块的方案表示没有未决内容",
    ),
    ("partition.parcels", "每块至多多少宗地"),
    ("man.out", "写入的文件夹；没有则新建"),
    ("synth.parcels", "宗地数量"),
    ("map", "指定字段所在的列，如 parcels.id=PID；可重复"),
    (
        "filter",
        "只读满足 SQL 条件的行，如 buildings=DSCS > 0；可重复",
    ),
    (
        "dossier.filter",
        "按 parcels.* 各列的 SQL 条件选宗地，如 verdict = 'fail' AND area_m2 > 5000",
    ),
    (
        "decisions",
        "整体运行时对各图层的认定（单位、代码、坐标系）：其 summary.json，或 TOML、JSON；局部数据即按整体的认定读取",
    ),
    (
        "layer_crs",
        "图层坐标系，不论文件怎么写，如 parcels=EPSG:4549；可重复",
    ),
    (
        "transform",
        "图层基准到计算坐标系基准的转换：LAYER=DX,DY,DZ,RX,RY,RZ,DS（七参数：米、角秒、ppm，位置矢量旋转；坐标框架旋转加第八项 coordinate_frame）、LAYER=GRID.gsb，坐标一致则 LAYER=none；不写 LAYER= 则用于所有其他基准的图层",
    ),
    (
        "encoding",
        "图层文字编码，不论文件怎么写，如 parcels=GB18030；可重复",
    ),
    ("survey.encoding", "来源文字的编码，如 GB18030"),
    (
        "crs",
        "计算用的平面坐标系；默认为宗地自身的，或所在地的 3 度带",
    ),
    (
        "force",
        "看似错位的图层照原样使用：建筑不落在任何宗地上，或不在其编号所指的宗地上",
    ),
    (
        "complete",
        "宗地图层包含权利人的全部用地：企业表未写用地的，以其名下宗地为其用地",
    ),
    (
        "area",
        "比率所用的面积：registered 登记面积（未知则用平面面积）、plane 平面面积、ellipsoid 椭球面积［默认 registered］",
    ),
    (
        "tolerance",
        "相距不超过此数（米）的界线视为同一界线；0 为完全重合［默认 0.05］",
    ),
    ("gap", "列出宗地间不超过此宽（米）的缝隙［默认 0.5］"),
    (
        "vacant_share",
        "建筑覆盖低于此比例的宗地列为疑似闲置［默认 0.05］",
    ),
    (
        "setback",
        "距建筑不足此数（米）的土地视为建筑所用［默认 10］",
    ),
    ("open_mu", "其外的空地从多少亩起列出［默认 5］"),
    (
        "inefficient",
        "低于哪些标准的建成宗地为低效：tax 亩均税收、industry 行业指标、contract 合同、plan 规划［默认 tax,industry,contract］",
    ),
    (
        "survey_layers",
        "同时写调查图层 DCDYTB、DCQTB（调查单元、调查区）：gpkg、gdb 或两者",
    ),
    (
        "policy",
        "政策：已知的编号，或政策包 TOML 文件［默认 taizhou-2021］",
    ),
    (
        "dossier.policy",
        "按自编政策包判定的运行，引用其条文的政策包",
    ),
    ("as_of", "按哪一天判定［默认今天］"),
    (
        "reading",
        "选择读法，如 building_assignment=split|key|largest；可重复",
    ),
    (
        "register",
        "上一次运行的 register.csv：各状态首次发现的日期由此延续",
    ),
    ("group_by", "按宗地的哪一列汇总：列名或字段名，如 town"),
    (
        "only",
        "只做这些，以逗号分隔：measures（含相邻关系）、rules、scattered、upgrades、idle［默认全部］",
    ),
    (
        "format",
        "图层格式，以逗号分隔：geojson、csv、gpkg、fgb、parquet、kml、pmtiles；xlsx 工作簿；html 成果报告 report.html［默认 geojson,csv］。宗地超过三万时请用 gpkg、fgb 或 parquet",
    ),
    (
        "propose.format",
        "图层格式，以逗号分隔：geojson、csv、gpkg、fgb、parquet、kml、pmtiles；xlsx 工作簿［默认 geojson,csv］",
    ),
    (
        "compare.format",
        "变化图的格式，以逗号分隔：geojson、gpkg、fgb、parquet；加 xlsx 则清单另写工作簿［默认 geojson］",
    ),
    (
        "synth.format",
        "图层格式，以逗号分隔：gpkg、fgb、parquet、shp（GBK 文字）、gdb［默认 gpkg］",
    ),
    ("without_owners", "不写权利人和企业名称，供对外提供的清单"),
    (
        "csv_bom",
        "CSV 开头是否写字节顺序标记（Excel 据此识别编码）：yes、no［默认：显示语言为中文时为 yes，否则 no］",
    ),
    (
        "viewer",
        "另写供偏移坐标地图使用的副本：amap（GCJ-02），文件名 NAME.gcj02.geojson；不得用于量算",
    ),
    ("overwrite", "覆盖文件夹中已有的成果"),
    ("json", "以 JSON 打印结果"),
    ("quiet", "不打印进度和摘要"),
    ("threads", "线程数［默认全部］"),
    (
        "kind",
        "提出什么方案：split 分割、merge 合并、upgrade 零增地技改反算",
    ),
    (
        "parcel",
        "宗地代码，或其权利人、企业、坐落；分割逐宗进行，合并取全部所列宗地",
    ),
    (
        "dossier.parcel",
        "宗地代码，或其权利人、坐落；可重复，也可一次列出多个",
    ),
    ("all", "对全市每宗工业用地提出方案"),
    (
        "most",
        "方案个数：每宗分割方案数，或合并方案总数［默认 3 个分割、1000 个合并］",
    ),
    ("lots", "分成几宗，2 至 6［默认 2］"),
    ("min_mu", "每宗最小面积（亩）［默认：政策下限］"),
    (
        "areas",
        "各宗面积（亩），以逗号分隔，如 12,10,15；宗数随之确定。与宗地面积相差 1 % 以内的按比例分配",
    ),
    (
        "wall_distance",
        "分割线距墙至少多少米；本程序的取值，非法规规定［默认 1］",
    ),
    (
        "access",
        "每宗至少有一段多长（米）的对外边界；本程序的取值［默认 4］",
    ),
    ("bends", "分割线最多几个转折，0 至 2［默认 1］"),
    (
        "group",
        "哪些宗地可以合并：holder 同一权利人、any 任何符合规则的相邻宗地［默认 holder；写了 --parcel 则为 any］",
    ),
    ("group_size", "--group any 时一组最多几宗，2 至 5［默认 3］"),
    ("earlier", "早先一次运行的成果文件夹"),
    ("later", "后来一次运行的成果文件夹"),
    (
        "run",
        "已完成的 scan 成果文件夹，含宗地图层（geojson、gpkg、fgb 或 parquet）",
    ),
    ("files", "事项文件：事项类别及其各项数字"),
    (
        "sources",
        "要查看的图层：路径、路径:图层名，或 GDAL 连接字符串",
    ),
    (
        "survey.sources",
        "含 DCDYTB（调查单元）、DCQTB（调查区）或两者的来源：路径、路径:图层名，或 GDAL 连接字符串",
    ),
    (
        "write_city",
        "把识别结果写成 CITY.toml 作起点；已有的文件不动",
    ),
    ("rule", "规则编号，如 scattered-land"),
    ("file", "要写的 TOML 文件"),
    (
        "extends",
        "以哪个政策包为基础：已知的编号或文件［默认 taizhou-2021］",
    ),
    ("pack", "政策包 TOML 文件，或已知的编号"),
    (
        "numbers_as_text",
        "调查字段的数字写为文字，与 2020 年样例一致",
    ),
    (
        "table",
        "另写调查单元的表 1-2：面积以亩计（除以 2000/3；有的单位除以 666.6667）",
    ),
    ("sample", "data-samples 的城市：300 宗地，展示每项功能"),
    ("seed", "种子；不同的种子得到不同的城市［默认 2021］"),
    ("dirty", "带有数据缺陷的宗地和建筑的比例［默认 0.002］"),
    ("industrial", "工业街区宗地的比例；不写则约百分之一"),
    ("folder", "样例城市及其成果的文件夹"),
    ("shell", "哪种 shell：bash、elvish、fish、powershell、zsh"),
];
