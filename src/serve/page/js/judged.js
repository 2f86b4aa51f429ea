// A case that the server judged → what a meeting reads: the verdict, what binds, what room is left, every rule with its words.

import { el } from "./api.js";
import { called } from "./themes.js";
import { number, t } from "./words.js";

const ORDER = ["fail", "discretionary", "unknown", "pass", "not_applicable"];
const MARKS = { pass: "✓", fail: "✗", discretionary: "!", unknown: "?", not_applicable: "–" };

export const badge = (verdict) => el("span", { class: `verdict ${verdict}` }, `${MARKS[verdict] ?? ""} ${called("verdict", verdict)}`);

/** What is seen first: the verdict, what binds, what room is left. */
export function headline(answer) {
  const out = el("div", { class: "judged" });
  const head = el("p", { class: "headline", role: "status" }, badge(answer.verdict));
  const present = answer.present?.verdict;
  if (present) head.append(el("span", { class: "soft" }, ` ${t("present")}: `), badge(present));
  out.append(head);
  const facts = el("dl", { class: "key" });
  if (answer.binding) facts.append(el("dt", {}, t("binding")), el("dd", {}, answer.binding.text, el("span", { class: "soft" }, ` ${answer.binding.article}`)));
  if (answer.room) {
    const left = answer.room.left_m2;
    facts.append(el("dt", {}, t(left < 0 ? "over" : "room")), el("dd", { class: left < 0 ? "bad" : "good" }, `${number(Math.abs(left), 2)} m²`, el("span", { class: "soft" }, ` ${answer.room.article}`)));
  }
  out.append(facts);
  return out;
}

/** Everything else: what the last step changed, and every rule. */
export function judged(answer) {
  const out = el("div", { class: "judged" }, el("p", { class: "summary" }, answer.check.summary));
  if (answer.changes?.length) {
    const list = el("ul", { class: "changes" });
    for (const one of answer.changes) list.append(el("li", {}, `${name(answer, one.rule)}: `, badge(one.before), ` ${t("becomes")} `, badge(one.after)));
    out.append(el("h3", {}, t("changes")), list);
  }
  const found = answer.check.findings.map((finding, place) => [finding, answer.told[place]]);
  found.sort((a, b) => ORDER.indexOf(a[0].verdict) - ORDER.indexOf(b[0].verdict));
  for (const [finding, told] of found) out.append(rule(finding, told, answer));
  const amounts = Object.entries(answer.check.amounts ?? {}).filter(([, value]) => value !== null);
  if (amounts.length) out.append(el("p", { class: "soft" }, amounts.map(([key, value]) => `${key}: ${value}`).join("; ")));
  return out;
}

const name = (answer, id) => answer.told.find((one) => one.rule === id)?.name ?? id;

function rule(finding, told, answer) {
  const before = answer.present?.rules?.[finding.rule];
  const changed = before && before !== finding.verdict;
  const made = el("details", { class: `finding ${finding.verdict}`, open: ["fail", "discretionary"].includes(finding.verdict) || Boolean(changed) });
  const summary = el("summary", {}, badge(finding.verdict), ` ${finding.article} ${told.name}`);
  if (changed) summary.append(el("span", { class: "soft" }, ` (${t("present")}: ${called("verdict", before)})`));
  made.append(summary);
  if (finding.quote) made.append(el("blockquote", {}, `“${finding.quote}”`));
  const list = el("ul");
  for (const condition of told.conditions) list.append(el("li", { class: condition.verdict }, `${MARKS[condition.verdict] ?? ""} ${condition.text}`));
  made.append(list, el("p", { class: "soft" }, finding.explanation));
  return made;
}

/** Two cases beside each other, rule by rule. */
export function beside(cases) {
  const head = el("tr", {}, el("th", {}, ""), ...cases.map((one) => el("th", { scope: "col" }, one.name)));
  const body = el("tbody");
  const row = (what, of) => body.append(el("tr", {}, el("th", { scope: "row" }, what), ...cases.map((one) => el("td", {}, of(one) ?? "–"))));
  row(t("verdict"), (one) => badge(one.answer.verdict));
  const facts = [...new Set(cases.flatMap((one) => Object.keys(one.facts)))];
  for (const fact of facts) row(cases[0].label(fact), (one) => (one.facts[fact] === undefined ? "–" : String(one.facts[fact])));
  row(t("room"), (one) => (one.answer.room ? `${number(one.answer.room.left_m2, 2)} m²` : "–"));
  row(t("binding"), (one) => one.answer.binding?.text);
  const rules = [...new Set(cases.flatMap((one) => one.answer.check.findings.map((finding) => finding.rule)))];
  for (const id of rules) {
    const verdicts = cases.map((one) => one.answer.check.findings.find((finding) => finding.rule === id)?.verdict);
    if (verdicts.every((verdict) => verdict === "not_applicable")) continue;
    const place = body.childElementCount;
    row(name(cases[0].answer, id), (one) => {
      const found = one.answer.check.findings.find((finding) => finding.rule === id);
      return found ? badge(found.verdict) : "–";
    });
    if (new Set(verdicts).size > 1) body.children[place].classList.add("differs");
  }
  return el("table", { class: "beside" }, el("thead", {}, head), body);
}
