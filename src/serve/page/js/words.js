// What the page says, in Chinese and English.

const WORDS = {
  skip: ["跳到宗地列表", "Skip to the list of parcels"],
  search: ["搜索宗地代码、权利人、坐落", "Search by id, holder, address"],
  theme: ["专题", "Theme"], tools: ["工具", "Tools"],
  distance: ["量距", "Distance"], area: ["量面积", "Area"], split: ["画线分割", "Split"], merge: ["合并", "Merge"],
  print: ["打印", "Print"], list: ["筛选与列表", "Filters and list"], map: ["地图", "Map"], panel: ["宗地详情", "Parcel"],
  filters: ["筛选", "Filters"], sort: ["排序", "Sort by"], export: ["导出", "Export"], format: ["导出格式", "Format of the export"],
  parcels: ["宗地列表", "Parcels"], legend: ["图例", "Legend"], close: ["关闭", "Close"],
  parcel: ["宗地", "Parcel"], what_if: ["如果…", "What if…"], split_merge: ["分割 / 合并", "Split / merge"],
  up: ["升序 ↑", "Rising ↑"], down: ["降序 ↓", "Falling ↓"],
  found: ["{0} 宗，{1} 亩", "{0} parcels, {1} mu"],
  land_use: ["用地类别", "Land use"], verdict: ["判定结论", "Verdict"], plot_ratio: ["容积率", "Plot ratio"],
  building_density: ["建筑密度", "Building density"], state: ["闲置低效状态", "Idle and inefficient"], upgrade: ["零增地技改", "Upgrade"],
  parcel_id: ["宗地代码", "Id"], area_m2: ["面积", "Area"], owner: ["权利人", "Holder"], location: ["坐落", "Address"],
  district: ["县（市、区）", "District"], rule: ["未通过的规则", "Rule not passed"], any: ["不限", "any"],
  min_area: ["面积不小于 m²", "Area from m²"], max_area: ["面积不大于 m²", "Area to m²"], defects: ["仅有数据问题的", "With data problems only"],
  feasible: ["可行", "feasible"], not_feasible: ["不可行", "not feasible"], unknown: ["待核实", "unknown"], none: ["无", "none"],
  clear: ["清除筛选", "Clear filters"], dossier: ["打开一地块一档", "Open its page"], zoom: ["定位", "Zoom to it"],
  ask: ["对本宗地假设…", "Ask what if…"], nothing: ["没有符合条件的宗地", "No parcel is like that"],
  pick_first: ["请先在地图或列表中选一宗地", "Choose a parcel on the map or in the list first"],
  draw_line: ["点击画线（键盘：方向键移动，Enter 加点，Backspace 删点），双击或“完成”结束，Esc 取消。", "Click to draw (keyboard: arrows move, Enter adds a point, Backspace takes one off); double-click or “Done” ends, Esc cancels."],
  pick_parcels: ["点击要合并的宗地（键盘：方向键移动地图，Enter 选中心处的宗地）。", "Click the parcels to merge (keyboard: arrows move the map, Enter takes the parcel in the middle)."],
  done: ["完成", "Done"], cancel: ["取消", "Cancel"], undo: ["撤销", "Undo"], redo: ["重做", "Redo"],
  kind: ["事项", "Kind of case"], reset: ["恢复现状", "Start again"], save: ["存为 check 文件", "Save as a check file"],
  keep_a: ["存为方案甲", "Keep as A"], keep_b: ["存为方案乙", "Keep as B"], variants: ["方案对比", "Variants"], now: ["当前", "now"], variant: ["方案", "variant"],
  kind_upgrade: ["零增地技改", "upgrade"], kind_parcel: ["现状", "as it stands"], kind_transfer: ["转让", "transfer"],
  kind_investment: ["投资项目", "investment"], kind_enterprise: ["企业", "enterprise"],
  pieces: ["零星地块（勾选，或在地图上点击）", "Scattered pieces (tick, or click on the map)"], no_pieces: ["旁边没有零星地块", "no scattered land beside it"],
  more_facts: ["补充其他事实", "Another fact"], add: ["添加", "Add"], site_facts: ["用地现状", "The site as it stands"], plan_facts: ["规划条件", "Limits of the plan"], project: ["方案", "The project"],
  present: ["现状结论", "as it stands"], becomes: ["变为", "becomes"], same: ["与现状结论相同", "as before"],
  binding: ["最紧的限值", "The limit that binds"], room: ["还可新建", "Room left"], over: ["超出", "Over by"],
  changes: ["相对上一步的变化", "Changed by the last step"], conditions: ["条件", "conditions"],
  lots: ["分割后各宗", "Lots"], lot: ["第 {0} 宗", "Lot {0}"], number: ["宗", "Lot"], buildings: ["建筑", "buildings"], cut: ["被切割的建筑", "Buildings cut"], no_cut: ["不切割建筑", "no building is cut"],
  sold: ["拟转让", "to be sold"], together: ["合并后", "Together"], shared: ["共用界线", "shared boundary"], parts: ["块", "part(s)"],
  judge_merge: ["判定合并", "Judge the merge"], chosen: ["已选 {0} 宗", "{0} chosen"], yes: ["是", "yes"], no: ["否", "no"], given: ["数值", "value"],
  gap: ["间隙", "gap"], not_judged: ["未判定", "not judged"],
  out: ["不在筛选内", "left out by filters"], unknown_value: ["未知", "unknown"], loading: ["读取中…", "loading…"], computed: ["计算 {0} 毫秒", "{0} ms"],
  yes_feasible: ["可行", "feasible"], north: ["北", "N"], demolished: ["拆除", "demolished"], failed: ["出错", "Failed"], of_run: ["成果", "Run"], as_of: ["判定日", "as of"],
};

let tongue = 0;

export function setLanguage(language) {
  tongue = language === "en" ? 1 : 0;
  document.documentElement.lang = tongue ? "en" : "zh-CN";
  for (const at of document.querySelectorAll("[data-word]")) at.textContent = t(at.dataset.word);
  for (const at of document.querySelectorAll("[data-label]")) at.setAttribute("aria-label", t(at.dataset.label));
  for (const at of document.querySelectorAll("[data-hint]")) {
    at.placeholder = t(at.dataset.hint);
    at.setAttribute("aria-label", t(at.dataset.hint));
  }
  document.getElementById("language").textContent = tongue ? "中文" : "English";
}

export const language = () => (tongue ? "en" : "zh");

/** A word, with what belongs in its places. */
export function t(word, ...parts) {
  const text = WORDS[word]?.[tongue] ?? word;
  return text.replace(/\{(\d)\}/g, (_, at) => parts[at]);
}

/** Of a thing that has a name in both languages. */
export const named = (thing) => (tongue ? thing.en : thing.zh) || thing.zh || thing.en;

/** A number as people read it; a dash where it is unknown. */
export function number(value, places = 2) {
  if (value === null || value === undefined || Number.isNaN(Number(value))) return "–";
  return Number(value).toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
}
