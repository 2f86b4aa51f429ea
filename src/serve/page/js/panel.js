// The panel on a parcel: what the run says of it, and the way to its page.

import { ask, at, el, say } from "./api.js";
import * as map from "./map.js";
import { language, t } from "./words.js";

let chosen = null;
let choose = () => {};

const TABS = ["parcel", "what-if", "result"];

export function begin(onChoose) {
  choose = onChoose;
  at("close").addEventListener("click", () => choose(null));
  for (const tab of TABS) {
    at(`tab-${tab}`).addEventListener("click", () => open(tab));
    at(`tab-${tab}`).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
      open(next);
      at(`tab-${next}`).focus();
    });
  }
}

/** Shows one of the tabs. */
export function open(tab) {
  at("panel").hidden = false;
  document.body.classList.add("with-panel");
  for (const one of TABS) {
    at(`tab-${one}`).setAttribute("aria-selected", String(one === tab));
    at(`tab-${one}`).tabIndex = one === tab ? 0 : -1;
    at(`pane-${one}`).hidden = one !== tab;
  }
  map.map.resize();
  at(`tab-${tab}`).dispatchEvent(new CustomEvent("opened", { bubbles: true, detail: tab }));
}

export function close() {
  at("panel").hidden = true;
  document.body.classList.remove("with-panel");
  map.map.resize();
}

/** Shows a parcel. */
export async function show(row) {
  chosen = row;
  let found;
  try {
    found = await ask(`/api/parcels/${row}?lang=${language()}`);
  } catch (why) { say(`${t("failed")}: ${why.message}`); return null; }
  if (chosen !== row) return null;
  map.draw("chosen", [[found.shape]]);
  at("panel-title").textContent = `${t("parcel")} ${found.id || `#${row}`}`;
  const links = el("p", { class: "links" },
    el("a", { href: `/dossier/${row}?lang=${language()}`, target: "_blank", rel: "noopener" }, t("dossier")),
    el("button", { type: "button", onclick: () => map.zoomTo(found.listed.box) }, t("zoom")),
    el("button", { type: "button", class: "ask", onclick: () => open("what-if") }, t("ask")));
  const pane = at("pane-parcel");
  const body = el("div", { class: "dossier" });
  // made by the server, which escapes whatever the run holds
  body.innerHTML = found.html;
  for (const cell of body.querySelectorAll("td")) {
    const neighbour = found.neighbours[cell.textContent];
    if (neighbour !== undefined) cell.replaceChildren(el("button", { type: "button", class: "link", onclick: () => choose(neighbour) }, cell.textContent));
  }
  pane.replaceChildren(links, body);
  pane.scrollTop = 0;
  return found;
}
