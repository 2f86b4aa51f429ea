// The filters: verdict, use, state, district, rule, upgrade, area, problems.

import { at, el } from "./api.js";
import { looksOf } from "./themes.js";
import { named, t } from "./words.js";

let run;
let changed = () => {};

export function begin(about, onChange) {
  run = about;
  changed = onChange;
  const form = at("filter-form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", later);
  at("search").addEventListener("submit", (event) => { event.preventDefault(); changed(query()); });
  at("q").addEventListener("input", later);
  words();
}

let waiting;
function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => changed(query()), 250);
}

function select(name, options) {
  const all = [el("option", { value: "" }, t("any")), ...options.map(([value, text]) => el("option", { value }, text))];
  return el("label", {}, el("span", {}, t(name)), el("select", { name }, ...all));
}

export function words() {
  const form = at("filter-form");
  const now = Object.fromEntries(new FormData(form));
  const of = (theme, there) => looksOf(theme).filter((one) => !there || there.includes(one.word)).map((one) => [one.word, named(one)]);
  const fields = [
    select("verdict", of("verdict")),
    select("land_use", of("land_use", run.land_uses)),
    select("state", [...of("state", run.states), ["none", t("none")]]),
    select("rule", run.rules.map((rule) => [rule.id, `${rule.article} ${named(rule)}`])),
    select("upgrade", [["true", t("feasible")], ["false", t("not_feasible")]]),
    el("label", {}, el("span", {}, t("min_area")), el("input", { name: "min_area", type: "number", min: "0", step: "any" })),
    el("label", {}, el("span", {}, t("max_area")), el("input", { name: "max_area", type: "number", min: "0", step: "any" })),
    el("label", { class: "tick" }, el("input", { name: "defects", type: "checkbox", value: "yes" }), el("span", {}, t("defects"))),
  ];
  if (run.districts.length) fields.splice(3, 0, select("district", run.districts.map((name) => [name, name])));
  const clear = el("button", { type: "button", onclick: () => { form.reset(); at("q").value = ""; changed(query()); } }, t("clear"));
  form.replaceChildren(...fields, clear);
  for (const [name, value] of Object.entries(now)) {
    const field = form.elements[name];
    if (field?.type === "checkbox") field.checked = true;
    else if (field) field.value = value;
  }
}

/** What is looked for, as an address says it. */
export function query() {
  const asked = new URLSearchParams();
  if (at("q").value.trim()) asked.set("q", at("q").value.trim());
  for (const [name, value] of new FormData(at("filter-form"))) if (value) asked.set(name, value);
  return asked.toString();
}
