// Questions to the server, and elements of the page.

import { language } from "./words.js";

async function answered(response) {
  if (response.ok) return response;
  let why = response.statusText;
  try {
    const { error, zh } = await response.json();
    why = (language() === "zh" ? zh : error) ?? why;
  } catch { /* no JSON */ }
  throw new Error(why);
}

/** What is at an address, as JSON. */
export const ask = async (path, signal) => (await answered(await fetch(path, { signal }))).json();

const post = (path, body, signal) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });

/** The answer to something that is sent, as JSON. */
export const send = async (path, body, signal) => (await answered(await post(path, body, signal))).json();

/** Saves a file that the server makes. */
export async function fetchFile(path, body) {
  const response = await answered(await post(path, body));
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "file";
  saveFile(name, await response.blob());
}

/** Saves a file that the page makes. */
export function saveFile(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** An element with its attributes and what is in it. */
export function el(tag, attributes = {}, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== "string") made[name] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inner.filter((one) => one !== null && one !== undefined));
  return made;
}

export const at = (id) => document.getElementById(id);

let saying;
/** Says something to whoever looks, and to whoever listens. */
export function say(text) {
  at("said").textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { at("said").textContent = ""; }, 7000);
}
