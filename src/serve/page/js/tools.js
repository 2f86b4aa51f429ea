// What is done on the map with a pen: measuring, drawing a line that splits, choosing parcels to merge.

import { ask, at, el, saveFile, say, send } from "./api.js";
import { headline, judged } from "./judged.js";
import * as map from "./map.js";
import * as panel from "./panel.js";
import { language, number, t } from "./words.js";

let chosen = () => null;
let tool = null;
let points = [];
let several = new Map();
let shapes = [];

const BUTTONS = { distance: "tool-distance", area: "tool-area", split: "tool-split", merge: "tool-merge" };

export function begin(current) {
  chosen = current;
  for (const [name, id] of Object.entries(BUTTONS)) at(id).addEventListener("click", () => (tool === name ? stop() : start(name)));
  map.onClick(clicked);
  map.map.on("dblclick", (event) => { if (tool) { event.preventDefault(); points = points.slice(0, -1); finish(); } });
  map.map.on("mousemove", (event) => { if (tool && tool !== "merge" && points.length) redraw(event.lngLat); });
  map.map.getContainer().addEventListener("keydown", key);
}

export const busy = () => tool !== null;

function start(name) {
  stop();
  if (name === "split" && chosen() === null) { say(t("pick_first")); return; }
  tool = name;
  at(BUTTONS[name]).setAttribute("aria-pressed", "true");
  document.body.classList.add("drawing");
  map.map.doubleClickZoom.disable();
  const done = el("button", { type: "button", id: "tool-done", onclick: finish }, t(name === "merge" ? "judge_merge" : "done"));
  at("tool-bar").replaceChildren(el("span", {}, t(name === "merge" ? "pick_parcels" : "draw_line")), el("output", { id: "tool-value", "aria-live": "polite" }), done, el("button", { type: "button", onclick: stop }, t("cancel")));
  at("tool-bar").hidden = false;
  map.draw("lots", []);
  if (name === "merge" && chosen() !== null) take(chosen());
  map.map.getCanvas().focus();
}

export function stop() {
  if (!tool) return;
  at(BUTTONS[tool]).setAttribute("aria-pressed", "false");
  tool = null; points = []; several = new Map();
  document.body.classList.remove("drawing");
  map.map.doubleClickZoom.enable();
  at("tool-bar").hidden = true;
  map.draw("drawn", []);
  map.draw("several", []);
}

function key(event) {
  if (!tool) return;
  const middle = map.middle();
  if (event.key === "Escape") stop();
  else if (event.key === "Backspace") { points.pop(); redraw(); }
  else if (event.key === "Enter" && (event.ctrlKey || event.shiftKey)) finish();
  else if (event.key === "Enter") { if (tool === "merge") take(map.parcelAt(middle.point)); else { points.push([middle.lngLat.lng, middle.lngLat.lat]); redraw(); } }
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function clicked(event) {
  if (!tool) return false;
  if (tool === "merge") take(map.parcelAt(event.point));
  else { points.push([event.lngLat.lng, event.lngLat.lat]); redraw(); }
  return true;
}

function redraw(next) {
  const all = next ? [...points, [next.lng, next.lat]] : points;
  const drawn = points.map((at) => [{ type: "Point", coordinates: at }]);
  if (all.length > 1) {
    const line = tool === "area" && all.length > 2 ? [...all, all[0]] : all;
    drawn.push([{ type: "LineString", coordinates: line }]);
  }
  map.draw("drawn", drawn);
  if (tool === "distance" || tool === "split") at("tool-value").textContent = all.length > 1 ? `${number(length(all), 2)} m` : "";
  if (tool === "area") at("tool-value").textContent = all.length > 2 ? `${number(area(all), 2)} m² = ${number(area(all) / (2000 / 3), 3)} 亩` : "";
}

const RADIUS = 6371008.8;
const radians = (degrees) => (degrees * Math.PI) / 180;

function length(line) {
  let sum = 0;
  for (let place = 1; place < line.length; place += 1) {
    const [[a, b], [c, d]] = [line[place - 1].map(radians), line[place].map(radians)];
    const h = Math.sin((d - b) / 2) ** 2 + Math.cos(b) * Math.cos(d) * Math.sin((c - a) / 2) ** 2;
    sum += 2 * RADIUS * Math.asin(Math.sqrt(h));
  }
  return sum;
}

/** On a plane through the place, which is as near as a hand draws. */
function area(ring) {
  const [, latitude] = ring[0];
  const flat = ring.map(([x, y]) => [radians(x) * RADIUS * Math.cos(radians(latitude)), radians(y) * RADIUS]);
  let sum = 0;
  flat.forEach(([x, y], place) => { const [a, b] = flat[(place + 1) % flat.length]; sum += x * b - a * y; });
  return Math.abs(sum) / 2;
}

async function take(row) {
  if (row === null || row === undefined) return;
  if (several.has(row)) several.delete(row);
  else several.set(row, null);
  at("tool-value").textContent = t("chosen", several.size);
  const wanted = [...several.keys()];
  const found = await Promise.all(wanted.map((one) => ask(`/api/parcels/${one}`)));
  if (tool !== "merge") return;
  shapes = found.map((one) => one.shape);
  map.draw("several", shapes.map((shape) => [shape]));
}

async function finish() {
  const lines = [points];
  const rows = [...several.keys()];
  try {
    if (tool === "split") {
      if (points.length < 2) return;
      showSplit(await send("/api/split", { row: chosen(), lines, lang: language() }), { lines });
    } else if (tool === "merge") {
      if (rows.length < 2) { say(t("pick_parcels")); return; }
      showMerge(await send("/api/merge", { rows, lang: language() }));
    } else return;
    stop();
  } catch (why) { say(`${t("failed")}: ${why.message}`); }
}

const COLOURS = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#bbbbbb"];

function showSplit(found, drawn) {
  map.draw("lots", found.lots.map((lot, place) => [lot.shape, { colour: COLOURS[place % COLOURS.length], name: String(place + 1) }]));
  const sold = drawn.sold ?? found.lots.map(() => false);
  const row = chosen();
  // a building goes by the number of its parcel and its own
  const own = at("panel-title").textContent.split(" ").at(-1);
  const short = (name) => (name.startsWith(own) ? name.slice(own.length) : name) || name;
  const head = el("tr", {}, ...["number", "area_m2", "buildings", "plot_ratio", "sold"].map((word) => el("th", { scope: "col" }, t(word))));
  const body = el("tbody");
  found.lots.forEach((lot, place) => {
    const box = el("input", { type: "checkbox", "aria-label": `${t("lot", place + 1)} ${t("sold")}`, onchange: async () => {
      sold[place] = box.checked;
      try { showSplit(await send("/api/split", { row, lines: drawn.lines, sold, lang: language() }), { ...drawn, sold }); } catch (why) { say(why.message); }
    } });
    box.checked = sold[place];
    const key = el("span", { class: "dot" });
    key.style.backgroundColor = COLOURS[place % COLOURS.length];
    body.append(el("tr", {}, el("th", { scope: "row" }, key, t("lot", place + 1)), el("td", { class: "n" }, `${number(lot.area_m2, 2)} m²`, el("br"), `${number(lot.area_mu, 4)} 亩`), el("td", {}, lot.buildings === null ? t("unknown_value") : lot.buildings.map(short).join("、") || t("none")), el("td", { class: "n" }, number(lot.plot_ratio, 4)), el("td", {}, box)));
  });
  const cut = found.cut.length ? el("ul", { class: "bad" }, ...found.cut.map((one) => el("li", {}, `${short(one.building)}: ${number(one.m2, 2)} m² (${number(one.share * 100, 1)} %)`))) : el("p", { class: "good" }, t("no_cut"));
  result(el("h3", {}, t("lots")), el("table", {}, el("thead", {}, head), body), el("h3", {}, t("cut")), cut, saved("split", found.judged), headline(found.judged), judged(found.judged));
}

function showMerge(found) {
  map.draw("lots", shapes.map((shape) => [shape, { colour: COLOURS[0] }]));
  const list = el("ul", {}, ...found.parcels.map((one) => el("li", {}, `${one.parcel_id} · ${number(one.area_m2, 2)} m²`)));
  const shared = el("ul", {}, ...found.shared.map(([a, b, metres, gap]) => el("li", {}, `${found.parcels[a].parcel_id} – ${found.parcels[b].parcel_id}: ${number(metres, 3)} m${gap ? ` (${t("gap")} ${number(gap, 3)} m)` : ""}`)));
  result(el("h3", {}, t("together")), el("p", {}, `${number(found.area_m2, 2)} m² = ${number(found.area_m2 / (2000 / 3), 4)} 亩, ${found.parts} ${t("parts")}`), list, el("h3", {}, t("shared")), found.shared.length ? shared : el("p", { class: "bad" }, t("none")), saved("merge", found.judged), headline(found.judged), judged(found.judged));
}

const saved = (name, found) => el("p", {}, el("button", { type: "button", class: "save-check", onclick: () => saveFile(`${name}.toml`, new Blob([found.toml], { type: "application/toml" })) }, t("save")));

function result(...parts) {
  at("pane-result").replaceChildren(el("div", { class: "dossier" }, ...parts));
  panel.open("result");
  at("panel-title").textContent ||= t("split_merge");
}
