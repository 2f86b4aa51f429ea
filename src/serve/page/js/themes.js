// What the map is coloured by: classes, hatchings for those who do not see colours, and the legend.

import { at, el } from "./api.js";
import { named, t } from "./words.js";

const UNKNOWN = "#d9d9d9";

/** Numbers are coloured by steps that differ in lightness, so that grey print keeps their order. */
const STEPS = {
  plot_ratio: { bounds: [0.5, 0.8, 1.0, 1.5, 2.0, 2.5], places: 1 },
  building_density: { bounds: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], places: 1 },
};
const RAMP = ["#fef0c7", "#fbd07c", "#f2a65a", "#d9774f", "#ae4b5c", "#74305f", "#3b1c4a"];

export const THEMES = ["land_use", "verdict", "plot_ratio", "building_density", "state", "upgrade"];

let run;
let looks = {};

export function begin(map, about) {
  run = about;
  looks = {
    ...run.themes,
    upgrade: [
      { word: "true", zh: "可行", en: "feasible", colour: "#2f7d4f", hatch: null },
      { word: "false", zh: "不可行", en: "not feasible", colour: "#b3261e", hatch: 45 },
    ],
  };
  for (const theme of ["verdict", "state", "land_use", "piece", "upgrade"]) {
    for (const look of looks[theme]) {
      if (look.hatch !== null) map.addImage(`${theme}-${look.word}`, hatching(look), { pixelRatio: 2 });
    }
  }
}

/** A tile of lines at an angle over a pale face. */
function hatching({ colour, hatch }) {
  const side = 24;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.globalAlpha = 0.34;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, side, side);
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 2.2;
  pen.beginPath();
  const lines = {
    0: [[0, 6, side, 6], [0, 18, side, 18]],
    90: [[6, 0, 6, side], [18, 0, 18, side]],
    45: [[-6, 6, 6, -6], [-6, 30, 30, -6], [18, 30, 30, 18], [-6, 18, 18, -6], [6, 30, 30, 6]],
    135: [[-6, 18, 6, 30], [-6, -6, 30, 30], [18, -6, 30, 6], [-6, 6, 18, 30], [6, -6, 30, 18]],
  }[hatch] ?? [];
  for (const [a, b, c, d] of lines) { pen.moveTo(a, b); pen.lineTo(c, d); }
  pen.stroke();
  return pen.getImageData(0, 0, side, side);
}

export const looksOf = (theme) => looks[theme] ?? [];
export const look = (theme, word) => looksOf(theme).find((one) => one.word === word);
export const called = (theme, word) => (word === null || word === undefined ? "–" : named(look(theme, word) ?? { zh: word, en: word }));

const has = (property) => ["has", property];

/** The colours of faces without a hatching, and the patterns of those with one. */
export function paint(theme) {
  if (STEPS[theme]) {
    const { bounds } = STEPS[theme];
    const steps = ["step", ["get", theme], RAMP[0]];
    bounds.forEach((bound, place) => steps.push(bound, RAMP[place + 1]));
    return { colour: ["case", has(theme), steps, UNKNOWN], pattern: null, hatched: ["literal", []] };
  }
  const plain = ["match", ["coalesce", ["get", theme], ""]];
  const pattern = ["match", ["get", theme]];
  const hatched = [];
  for (const one of looksOf(theme)) {
    if (one.hatch === null) plain.push(one.word, one.colour);
    else { pattern.push(one.word, `${theme}-${one.word}`); hatched.push(one.word); }
  }
  plain.push("#f4f4f1");
  pattern.push("");
  return { colour: plain.length > 3 ? plain : "#f4f4f1", pattern: hatched.length ? pattern : null, hatched: ["literal", hatched] };
}

/** The hatching of a class as a small picture. */
function swatch(theme, one) {
  const face = el("canvas", { class: "swatch", width: "36", height: "24", "aria-hidden": "true" });
  const pen = face.getContext("2d");
  if (one.hatch === null || one.hatch === undefined) {
    pen.fillStyle = one.colour;
    pen.fillRect(0, 0, 36, 24);
  } else {
    const tile = hatching(one);
    pen.putImageData(tile, 0, 0);
    pen.putImageData(tile, 24, 0);
  }
  return face;
}

/** Draws the legend of a theme. */
export function legend(theme) {
  const entries = [];
  if (STEPS[theme]) {
    const { bounds, places } = STEPS[theme];
    RAMP.forEach((colour, place) => {
      const [low, high] = [bounds[place - 1], bounds[place]];
      const text = low === undefined ? `< ${high.toFixed(places)}` : high === undefined ? `≥ ${low.toFixed(places)}` : `${low.toFixed(places)} – ${high.toFixed(places)}`;
      entries.push([{ colour, hatch: null }, text]);
    });
    entries.push([{ colour: UNKNOWN, hatch: null }, t("unknown")]);
  } else {
    const there = { land_use: run.land_uses, state: run.states }[theme];
    for (const one of looksOf(theme)) {
      if (!there || there.includes(one.word)) entries.push([one, named(one)]);
    }
    entries.push([{ colour: "#f4f4f1", hatch: null }, theme === "state" || theme === "upgrade" ? t("none") : theme === "verdict" ? t("not_judged") : t("unknown_value")]);
  }
  const list = el("ul");
  for (const [one, text] of entries) list.append(el("li", {}, swatch(theme, one), text));
  if (run.layers.includes("scattered")) {
    const piece = looksOf("piece")[0];
    list.append(el("li", { class: "apart" }, swatch("piece", piece), t("pieces").split(/[（(]/)[0]));
  }
  at("legend").replaceChildren(el("h2", {}, t(theme)), list);
}
