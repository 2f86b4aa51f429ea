// “And if …?”: facts that are turned up and down, judged at every step by the rules of the policy.

import { ask, at, el, saveFile, say, send } from "./api.js";
import { beside, headline, judged } from "./judged.js";
import * as map from "./map.js";
import { called } from "./themes.js";
import { language, named, number, t } from "./words.js";

const KINDS = ["upgrade", "parcel", "transfer", "investment"];
const PROJECT = ["upgrade.built_m2", "upgrade.demolished_m2", "upgrade.far_built_m2", "upgrade.footprint_after_m2", "upgrade.height_after_m", "upgrade.green_ratio_after", "upgrade.industry_status", "upgrade.relocation_planned"];
const FIELDS = {
  upgrade: PROJECT, parcel: [],
  transfer: ["transferee.evaluation_class", "transferee.meets_requirements", "site.contract_plot_ratio"],
  investment: ["investment.equipment_wan", "investment.total_wan", "enterprise.evaluation_class", "enterprise.revenue_wan"],
};
const SITE = ["site.area_m2", "site.floor_area_m2", "site.far_floor_area_m2", "site.footprint_m2", "site.land_use"];
const PLAN = ["plan.plot_ratio_min", "plan.plot_ratio_max", "plan.density_min", "plan.density_max", "plan.height_max_m", "plan.green_ratio_min"];
const TABLES = { upgrade: ["site", "upgrade", "plan", "approval", "enterprise", "investment"], parcel: ["site", "plan"], transfer: ["site", "transferee", "investment"], investment: ["enterprise", "investment"] };

let run;
let row = null;
let known = {};
let state = null;
let past = [];
let future = [];
let answer = null;
let kept = { a: null, b: null };
let shapes = new Map();
let asking = null;

export function begin(about) {
  run = about;
  map.onClick((event) => {
    if (at("pane-what-if").hidden || !state) return false;
    const piece = map.pieceAt(event.point);
    if (!piece || !shapes.has(piece)) return false;
    toggle(piece);
    return true;
  });
  document.addEventListener("keydown", (event) => {
    if (at("pane-what-if").hidden || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) redo(); else undo();
  });
}

const plain = (text) => {
  if (text === "true" || text === "false") return text === "true";
  if (/^".*"$/.test(text)) return JSON.parse(text);
  return /^-?\d/.test(text) && !Number.isNaN(Number(text)) ? Number(text) : text;
};

/** Begins with a parcel as it stands. */
export async function show(asked) {
  if (asked === row && state) { render(); return; }
  row = asked;
  if (row === null) { at("pane-what-if").replaceChildren(el("p", {}, t("pick_first"))); return; }
  let found;
  try { found = await ask(`/api/parcels/${row}/facts`); } catch (why) { say(`${t("failed")}: ${why.message}`); return; }
  known = Object.fromEntries(Object.entries(found.facts).map(([name, text]) => [name, plain(text)]));
  shapes = new Map(found.pieces.map((piece) => [piece.record.id, piece]));
  const needed = Number(found.upgrade?.needed_new_floor_m2 ?? found.upgrade?.needed_new_floor_alone_m2);
  const mine = (found.upgrade?.pieces ?? "").split(";").filter((id) => shapes.has(id));
  state = { kind: found.upgrade ? "upgrade" : "parcel", facts: {}, pieces: mine };
  answer = null;
  if (found.upgrade) state.facts = { "upgrade.built_m2": Number.isFinite(needed) ? needed : 0, "upgrade.demolished_m2": 0 };
  past = []; future = []; kept = { a: null, b: null };
  render();
  await judge();
}

/** As a check file states it. */
export function asked(of = state) {
  const lists = of.kind === "upgrade" ? { scattered: of.pieces.map((id) => shapes.get(id).record) } : {};
  if (lists.scattered && !lists.scattered.length) delete lists.scattered;
  return { kind: of.kind, row, facts: of.facts, lists, lang: language() };
}

function change(next) {
  past.push(structuredClone(state));
  future = [];
  state = { ...state, ...next };
  if (state.kind === "upgrade" && next.kind && state.facts["upgrade.built_m2"] === undefined) state.facts = { ...state.facts, "upgrade.built_m2": 0, "upgrade.demolished_m2": 0 };
  buttons();
  judge(past.at(-1));
}

function undo() { if (past.length) { future.push(state); state = past.pop(); render(); judge(); } }
function redo() { if (future.length) { past.push(state); state = future.pop(); render(); judge(); } }

function setFact(name, value) {
  const facts = { ...state.facts };
  if (value === "" && known[name] !== undefined) facts[name] = null;
  else if (value === "" || value === undefined) delete facts[name];
  else if (value === known[name]) delete facts[name];
  else facts[name] = value;
  change({ facts });
}

function toggle(id) {
  change({ pieces: state.pieces.includes(id) ? state.pieces.filter((one) => one !== id) : [...state.pieces, id] });
  render();
}

async function judge(before) {
  drawPieces();
  asking?.abort();
  asking = new AbortController();
  const begun = performance.now();
  const against = before && before.kind === state.kind ? { ...asked(before) } : undefined;
  try {
    answer = await send("/api/judge", { ...asked(), ...(against ? { against } : {}) }, asking.signal);
  } catch (why) {
    if (why.name !== "AbortError") at("answer")?.replaceChildren(el("p", { class: "bad", role: "alert" }, why.message));
    return;
  }
  const took = performance.now() - begun;
  tell(el("p", { class: "soft took" }, t("computed", took.toFixed(0))));
  compare();
}

/** Shows the answer, if the tab is there. */
function tell(...more) {
  at("answer-head")?.replaceChildren(headline(answer));
  at("answer")?.replaceChildren(judged(answer), ...more);
}

function drawPieces() {
  const drawn = [...shapes].filter(([, piece]) => piece.shape).map(([id, piece]) => [piece.shape, { colour: state.kind === "upgrade" && state.pieces.includes(id) ? "#f08c00" : "#fff3d6" }]);
  map.draw("pieces", at("pane-what-if").hidden ? [] : drawn);
}

/** Takes off the map what belongs to this tab. */
export const hide = () => map.draw("pieces", []);

const label = (name) => named(run.facts[name] ?? { zh: name, en: name });
const valueOf = (name) => (name in state.facts ? state.facts[name] : known[name]);
const UNITS = { m2: "m²", mu: "亩", m: "m", ratio: "", share: "0–1", money: "万元", count: "" };

/** A field for a fact. */
function field(name) {
  const about = run.facts[name];
  const value = valueOf(name);
  const id = `fact-${name.replace(".", "-")}`;
  const changed = name in state.facts && name in known;
  let input;
  if (about.kind === "truth" || about.kind === "word" || about.kind === "use") {
    const options = about.kind === "truth" ? [["true", t("yes")], ["false", t("no")]] : about.words.map(({ word, zh }) => [word, about.kind === "use" ? called("land_use", word) : language() === "zh" ? zh : word]);
    input = el("select", { id, onchange: (event) => { const text = event.target.value; setFact(name, about.kind === "truth" && text ? text === "true" : text); } },
      el("option", { value: "" }, t("unknown_value")), ...options.map(([word, text]) => el("option", { value: word }, text)));
    input.value = value === undefined || value === null ? "" : String(value);
  } else if (about.kind === "day" || about.kind === "text") {
    input = el("input", { id, type: about.kind === "day" ? "date" : "text", onchange: (event) => setFact(name, event.target.value) });
    input.value = value ?? "";
  } else {
    input = el("input", { id, type: "number", step: "any", min: "0", onchange: (event) => setFact(name, event.target.value === "" ? "" : Number(event.target.value)) });
    input.value = value ?? "";
  }
  input.placeholder = t("unknown_value");
  return el("div", { class: `fact${changed ? " changed" : ""}` }, el("label", { for: id }, label(name), el("span", { class: "soft" }, ` ${UNITS[about.kind] ?? ""}`)), input, slider(name, input));
}

/** Floor area is dragged as well as typed. */
function slider(name, input) {
  if (!["upgrade.built_m2", "upgrade.demolished_m2"].includes(name)) return null;
  const floor = Number(known["site.floor_area_m2"] ?? known["site.area_m2"] ?? 10000);
  const most = name.endsWith("demolished_m2") ? floor : Math.max(3 * floor, 3 * Number(known["site.area_m2"] ?? 0), 2 * Number(valueOf(name) ?? 0));
  const range = el("input", { type: "range", min: "0", max: String(Math.ceil(most / 100) * 100), step: "100", "aria-label": label(name) });
  range.value = String(valueOf(name) ?? 0);
  let from = null;
  range.addEventListener("input", () => {
    from ??= structuredClone(state);
    input.value = range.value;
    state = { ...state, facts: { ...state.facts, [name]: Number(range.value) } };
    judge(from);
  });
  range.addEventListener("change", () => { if (from) { past.push(from); future = []; from = null; buttons(); } });
  input.addEventListener("input", () => { range.value = input.value; });
  return range;
}

function buttons() {
  const [back, on] = [at("what-if-undo"), at("what-if-redo")];
  if (back) { back.disabled = !past.length; on.disabled = !future.length; }
}

function render() {
  const kind = el("select", { id: "kind", onchange: (event) => { change({ kind: event.target.value }); render(); } }, ...KINDS.map((one) => el("option", { value: one }, t(`kind_${one}`))));
  kind.value = state.kind;
  const tools = el("div", { class: "what-if-tools" },
    el("label", { for: "kind" }, t("kind")), kind,
    el("button", { type: "button", id: "what-if-undo", onclick: undo }, t("undo")),
    el("button", { type: "button", id: "what-if-redo", onclick: redo }, t("redo")),
    el("button", { type: "button", onclick: () => { const same = row; row = null; show(same); } }, t("reset")),
    el("button", { type: "button", id: "save-case", onclick: save }, t("save")),
    el("button", { type: "button", onclick: () => keep("a") }, t("keep_a")),
    el("button", { type: "button", onclick: () => keep("b") }, t("keep_b")));
  const group = (title, names, open = true) => (names.length ? el("details", { open, class: "group" }, el("summary", {}, t(title)), ...names.map(field)) : null);
  const own = FIELDS[state.kind];
  const shown = new Set([...own, ...SITE, ...PLAN]);
  const extra = Object.keys(state.facts).filter((name) => !shown.has(name) && TABLES[state.kind].includes(name.split(".")[0]));
  const pane = at("pane-what-if");
  const top = pane.scrollTop;
  pane.replaceChildren(...[tools, el("div", { id: "answer-head", "aria-live": "polite" }), group("project", [...own, ...extra]), pieces(), group("plan_facts", ["upgrade", "parcel"].includes(state.kind) ? PLAN : []), group("site_facts", SITE, false), more(), el("div", { id: "compare" }), el("div", { id: "answer" })].filter(Boolean));
  pane.scrollTop = top;
  if (answer) tell();
  buttons();
  drawPieces();
  compare();
}

function pieces() {
  if (state.kind !== "upgrade") return null;
  const list = [...shapes].map(([id, piece]) => {
    const box = el("input", { type: "checkbox", value: id, onchange: () => toggle(id) });
    box.checked = state.pieces.includes(id);
    return el("label", { class: "tick" }, box, el("span", {}, `${id} · ${number(piece.record.area_m2, 2)} m² · ${called("piece", piece.kind)}`));
  });
  return el("fieldset", { class: "group" }, el("legend", {}, t("pieces")), ...(list.length ? list : [el("p", { class: "soft" }, t("no_pieces"))]));
}

function more() {
  const names = Object.keys(run.facts).filter((name) => TABLES[state.kind].includes(name.split(".")[0]));
  const select = el("select", { "aria-label": t("more_facts") }, el("option", { value: "" }, t("more_facts")), ...names.map((name) => el("option", { value: name }, `${label(name)} (${name})`)));
  select.addEventListener("change", () => {
    if (!select.value || at(`fact-${select.value.replace(".", "-")}`)) return;
    const made = field(select.value);
    select.before(made);
    made.querySelector("input,select").focus();
    select.value = "";
  });
  return el("div", { class: "group more" }, select);
}

function keep(which) {
  kept[which] = { facts: { ...state.facts, ...(state.pieces.length && state.kind === "upgrade" ? { "scattered.id": state.pieces.join("、") } : {}) }, answer };
  compare();
}

function compare() {
  const place = at("compare");
  if (!place) return;
  const cases = [["a", "甲 A"], ["b", "乙 B"]].filter(([which]) => kept[which]).map(([which, name]) => ({ name: `${t("variant")} ${name}`, label, ...kept[which] }));
  if (!cases.length || !answer) { place.replaceChildren(); return; }
  if (cases.length < 2) cases.push({ name: t("now"), label, facts: { ...state.facts }, answer });
  place.replaceChildren(el("h3", {}, t("variants")), beside(cases));
}

function save() {
  if (!answer) return;
  saveFile(`${state.kind}-${row}.toml`, new Blob([answer.toml], { type: "application/toml" }));
}
