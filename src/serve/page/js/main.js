// The page: everything begins here.

import { ask, at, el, say } from "./api.js";
import * as filters from "./filters.js";
import * as list from "./list.js";
import * as map from "./map.js";
import * as panel from "./panel.js";
import * as themes from "./themes.js";
import * as tools from "./tools.js";
import * as whatif from "./whatif.js";
import { language, setLanguage, t } from "./words.js";

let run;
let chosen = null;

async function choose(row, zoom = false) {
  const of = row !== null && typeof row === "object" ? row : null;
  const number = of ? of.row : row;
  if (number === null || number === undefined) {
    chosen = null;
    map.draw("chosen", []);
    map.draw("lots", []);
    whatif.hide();
    panel.close();
    list.mark(null);
    at("list").focus();
    return;
  }
  if (chosen !== number) map.draw("lots", []);
  chosen = number;
  if (zoom && of) map.zoomTo(of.box);
  const tab = at("panel").hidden || !at("pane-result").hidden ? "parcel" : document.querySelector("[role=tab][aria-selected=true]").id.slice(4);
  panel.open(tab);
  await Promise.all([panel.show(number), list.mark(number)]);
}

function words() {
  setLanguage(language());
  document.title = `${run.name} · plotratio`;
  at("title").textContent = run.name;
  at("title").title = `${run.policy.name ?? run.policy.id} · ${t("as_of")} ${run.as_of} · ${run.crs} · ${run.program}`;
  const now = at("theme").value || map.currentTheme();
  at("theme").replaceChildren(...themes.THEMES.map((name) => el("option", { value: name }, t(name))));
  at("theme").value = now;
}

async function begin() {
  run = await ask("/api/run");
  const saved = (() => { try { return localStorage.getItem("language"); } catch { return null; } })();
  setLanguage(saved ?? run.language);
  words();
  await map.begin(run);
  filters.begin(run, (query) => { map.setQuery(query); list.load(query); });
  list.begin(choose);
  panel.begin(choose);
  map.onClick((event) => { const row = map.parcelAt(event.point); if (row !== null) choose(row); return true; });
  whatif.begin(run);
  // the last is asked first: a tool in hand, then a piece of land, then the parcel
  tools.begin(() => chosen);
  at("theme").addEventListener("change", () => map.setTheme(at("theme").value));
  at("print").addEventListener("click", () => window.print());
  at("language").addEventListener("click", async () => {
    setLanguage(language() === "zh" ? "en" : "zh");
    try { localStorage.setItem("language", language()); } catch { /* not kept */ }
    words(); filters.words(); list.words(); map.setTheme(map.currentTheme());
    list.load();
    if (chosen !== null) { await panel.show(chosen); if (!at("pane-what-if").hidden) whatif.show(chosen); }
  });
  document.addEventListener("opened", (event) => {
    if (event.detail === "what-if") whatif.show(chosen);
    else whatif.hide();
    if (event.detail !== "result") map.draw("lots", []);
  });
  map.map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !tools.busy()) { const row = map.parcelAt(map.middle().point); if (row !== null) choose(row); }
  });
  await list.load("");
  document.body.dataset.ready = "yes";
}

begin().catch((why) => { say(`${t("failed")}: ${why.message}`); throw why; });

window.plotratio = { map: () => map.map, choose, chosen: () => chosen };
