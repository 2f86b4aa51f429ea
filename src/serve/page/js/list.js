// The list beside the map: as long as the city, of which only what is seen is there.

import { ask, at, el, fetchFile, say } from "./api.js";
import { called } from "./themes.js";
import { number, t } from "./words.js";

const HEIGHT = 46;
const PAGE = 100;
const SORTS = ["parcel_id", "area_m2", "plot_ratio", "building_density", "verdict", "state", "land_use", "owner", "location"];

let query = "";
let total = 0;
let pages = new Map();
let active = 0;
let chosen = null;
let choose = () => {};
let generation = 0;

export function begin(onChoose) {
  choose = onChoose;
  const list = at("list");
  list.addEventListener("scroll", show, { passive: true });
  list.addEventListener("keydown", key);
  list.addEventListener("focus", show);
  list.addEventListener("blur", show);
  new ResizeObserver(show).observe(list);
  at("sort").addEventListener("change", () => load());
  at("direction").addEventListener("click", () => { at("direction").dataset.down = at("direction").dataset.down ? "" : "1"; words(); load(); });
  at("export").addEventListener("click", save);
  words();
}

export function words() {
  const now = at("sort").value || "parcel_id";
  at("sort").replaceChildren(...SORTS.map((name) => el("option", { value: name }, t(name))));
  at("sort").value = now;
  at("direction").textContent = t(at("direction").dataset.down ? "down" : "up");
}

const sort = () => (at("direction").dataset.down ? "-" : "") + (at("sort").value || "parcel_id");

export async function load(asked = query) {
  query = asked;
  const mine = ++generation;
  pages = new Map();
  const first = await page(0);
  if (mine !== generation) return;
  total = first.total;
  active = 0;
  at("count").textContent = total ? t("found", number(total, 0), number(first.area_m2 / (2000 / 3), 1)) : t("nothing");
  at("rows").style.height = `${total * HEIGHT}px`;
  at("list").scrollTop = 0;
  show();
}

function page(number) {
  if (!pages.has(number)) {
    const address = `/api/parcels?${query}&sort=${encodeURIComponent(sort())}&offset=${number * PAGE}&limit=${PAGE}`;
    const asked = ask(address).then((found) => { pages.set(number, found); return found; });
    pages.set(number, asked);
    asked.catch((why) => say(why.message));
  }
  return Promise.resolve(pages.get(number));
}

const rowAt = (place) => pages.get(Math.floor(place / PAGE))?.rows?.[place % PAGE];

let waiting = false;
function show() {
  const list = at("list");
  const from = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - 4);
  const to = Math.min(total, Math.ceil((list.scrollTop + list.clientHeight) / HEIGHT) + 4);
  const shown = [];
  let missing = null;
  for (let place = from; place < to; place += 1) {
    const row = rowAt(place);
    if (!row) missing ??= Math.floor(place / PAGE);
    shown.push(entry(place, row));
  }
  at("rows").replaceChildren(...shown);
  const focused = document.activeElement === list && total;
  if (focused) list.setAttribute("aria-activedescendant", `row-${active}`);
  else list.removeAttribute("aria-activedescendant");
  if (missing !== null && !waiting) {
    waiting = true;
    page(missing).finally(() => { waiting = false; show(); });
  }
}

function entry(place, row) {
  const focused = place === active && document.activeElement === at("list");
  const made = el("div", { class: `row${focused ? " active" : ""}`, role: "option", id: `row-${place}`, "aria-selected": String(row?.row === chosen), "aria-posinset": String(place + 1), "aria-setsize": String(total) });
  made.style.transform = `translateY(${place * HEIGHT}px)`;
  if (!row) { made.append(t("loading")); return made; }
  const verdict = row.verdict ? el("span", { class: `verdict ${row.verdict}` }, called("verdict", row.verdict)) : "";
  made.append(
    el("b", {}, row.parcel_id ?? `#${row.row}`), verdict,
    el("span", { class: "soft" }, [called("land_use", row.land_use), `${number(row.area_mu, 2)} 亩`, `${t("plot_ratio")} ${number(row.plot_ratio, 2)}`, row.state ? called("state", row.state) : null, row.owner].filter(Boolean).join(" · ")),
  );
  if (row.defects) made.append(el("span", { class: "flaw", title: t("defects") }, `⚠${row.defects}`));
  made.addEventListener("click", () => { active = place; choose(row, true); });
  return made;
}

function key(event) {
  const seen = Math.max(1, Math.floor(at("list").clientHeight / HEIGHT) - 1);
  const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + seen, PageUp: active - seen, Home: 0, End: total - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    active = Math.min(total - 1, Math.max(0, to));
    const [top, list] = [active * HEIGHT, at("list")];
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + HEIGHT - list.clientHeight;
    show();
  } else if ((event.key === "Enter" || event.key === " ") && rowAt(active)) {
    event.preventDefault();
    choose(rowAt(active), true);
  }
}

/** Marks the parcel that is chosen, and shows it in the list. */
export async function mark(row) {
  chosen = row;
  show();
  if (row === null) return;
  const { position } = await ask(`/api/parcels?${query}&sort=${encodeURIComponent(sort())}&limit=1&find=${row}`);
  if (position === null || position === undefined || chosen !== row) return;
  active = position;
  const [top, list] = [position * HEIGHT, at("list")];
  if (top < list.scrollTop || top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = Math.max(0, top - list.clientHeight / 2);
  show();
}

async function save() {
  try {
    await fetchFile("/api/export", { format: at("format").value, query: Object.fromEntries(new URLSearchParams(query)) });
  } catch (why) { say(`${t("failed")}: ${why.message}`); }
}

