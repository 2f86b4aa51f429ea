// The page of `plotratio serve` in a real browser: everything that a person does with it, and nothing fetched from elsewhere.
// usage: node run.mjs PROGRAM RUN [FOLDER for pictures]; `playwright-core` is found from the folder in PLAYWRIGHT.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const [program, run, pictures] = process.argv.slice(2);
const { chromium } = createRequire(`${process.env.PLAYWRIGHT}/`)("playwright-core");
const axe = readFileSync(createRequire(`${process.env.PLAYWRIGHT}/`).resolve("axe-core/axe.min.js"), "utf8");
const home = mkdtempSync(path.join(tmpdir(), "plotratio-page-"));

const server = spawn(program, ["serve", run, "--no-open", "--lang", "zh"], { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((found, lost) => {
  let said = "";
  server.stdout.on("data", (part) => {
    said += part;
    const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
    if (match) found(match[0]);
  });
  server.on("exit", () => lost(new Error(`the server ended: ${said}`)));
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
});
const strange = [];
const wrong = [];

async function open() {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, acceptDownloads: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("request", (request) => { if (!request.url().startsWith(address) && !/^(blob|data):/.test(request.url())) strange.push(request.url()); });
  page.on("pageerror", (why) => wrong.push(why.message));
  page.on("console", (message) => { if (message.type() === "error") wrong.push(message.text()); });
  await page.goto(address);
  await page.waitForSelector("body[data-ready]", { timeout: 30000 });
  return page;
}

const ask = async (where) => (await fetch(address + where)).json();
const check = (text) => {
  const file = path.join(home, "case.toml");
  writeFileSync(file, text);
  try {
    return JSON.parse(execFileSync(program, ["check", "--json", "--lang", "zh", file]));
  } catch (failed) {
    if (failed.status !== 1) throw failed;
    return JSON.parse(failed.stdout);
  }
};
const idle = (page) => page.evaluate(() => new Promise((done) => { const map = window.plotratio.map(); if (map.loaded() && !map.isMoving()) done(); else map.once("idle", done); }));
const picture = async (page, name) => { if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) }); };
const saved = async (page, press) => {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFileSync(await download.path());
};
/** Where a place of the map is on the screen. */
const onScreen = async (page, at) => {
  const box = await page.locator("#map").boundingBox();
  const point = await page.evaluate((lngLat) => window.plotratio.map().project(lngLat), at);
  return [box.x + point.x, box.y + point.y];
};

const about = await ask("api/run");
const upgrade = (await ask("api/parcels?upgrade=true&land_use=industrial&sort=-area_m2")).rows[0];
assert(upgrade, "the run has a feasible upgrade");

const steps = {
  async "the map is there, and themes colour it"(page) {
    assert.equal(await page.title(), `${about.name} · plotratio`);
    assert((await page.locator("#count").textContent()).includes("宗"));
    await idle(page);
    const seen = await page.evaluate(() => window.plotratio.map().queryRenderedFeatures({ layers: ["fill"] }).length);
    assert(seen > 10, `${seen} parcels drawn`);
    for (const theme of ["verdict", "plot_ratio", "building_density", "state", "upgrade", "land_use"]) {
      await page.selectOption("#theme", theme);
      assert((await page.locator("#legend li").count()) >= 2, theme);
      await idle(page);
      await picture(page, `theme-${theme}`);
    }
  },
  async "search and filters leave parcels out, in the list and on the map"(page) {
    await page.fill("#q", upgrade.parcel_id);
    await page.waitForFunction(() => document.querySelector("#count").textContent.startsWith("1 "));
    await page.fill("#q", "");
    await page.click("#filters summary");
    await page.selectOption("select[name=verdict]", "fail");
    const { total } = await ask("api/parcels?verdict=fail");
    await page.waitForFunction((text) => document.querySelector("#count").textContent.startsWith(text), `${total.toLocaleString("en-US")} `);
    await idle(page);
    const out = await page.evaluate(() => window.plotratio.map().queryRenderedFeatures({ layers: ["out"] }).length);
    assert(out > 0, "others are pale");
    await picture(page, "filters");
    const csv = (await saved(page, () => page.click("#export"))).toString();
    assert.equal(csv.trim().split("\n").length, total + 1);
    await page.click("#filter-form button");
    await page.click("#filters summary");
    await page.waitForFunction((text) => document.querySelector("#count").textContent.startsWith(text), `${about.parcels.toLocaleString("en-US")} `);
  },
  async "a click on the map opens the parcel, and the list goes along"(page) {
    const [west, south, east, north] = upgrade.box;
    await page.evaluate(([a, b, c, d]) => window.plotratio.map().jumpTo({ center: [(a + c) / 2, (b + d) / 2], zoom: 16 }), [west, south, east, north]);
    await idle(page);
    const [x, y] = await onScreen(page, [(west + east) / 2, (south + north) / 2]);
    await page.mouse.click(x, y);
    await page.waitForSelector("#pane-parcel .dossier section");
    const title = await page.locator("#panel-title").textContent();
    assert(title.includes(upgrade.parcel_id), title);
    await page.waitForSelector('.row[aria-selected="true"]');
    assert.equal(await page.locator("#pane-parcel a").first().getAttribute("href"), `/dossier/${upgrade.row}?lang=zh`);
    assert((await page.locator("#pane-parcel blockquote").count()) > 0, "the words of articles");
    await idle(page);
    await picture(page, "panel");
  },
  async "a what-if is judged at every step, undone, compared, and saved as a file that check judges alike"(page) {
    await page.click("#tab-what-if");
    await page.waitForSelector("#answer-head .verdict");
    await page.selectOption("#fact-upgrade-industry_status", "encouraged");
    await page.selectOption("#fact-upgrade-relocation_planned", "false");
    await page.fill("#fact-upgrade-built_m2", "2500");
    await Promise.all([page.waitForResponse("**/api/judge"), page.press("#fact-upgrade-built_m2", "Tab")]);
    await page.click("text=存为方案甲");
    await page.locator("#fact-upgrade-built_m2").fill("999999");
    await Promise.all([page.waitForResponse("**/api/judge"), page.press("#fact-upgrade-built_m2", "Tab")]);
    await page.waitForSelector("#answer-head .verdict.fail");
    await page.click("text=存为方案乙");
    await page.waitForSelector("#compare tr.differs");
    await picture(page, "what-if");
    const text = (await saved(page, () => page.click("#save-case"))).toString();
    const judged = check(text);
    assert.equal(judged.verdict, "fail");
    const shown = await page.locator("#answer details.finding").count();
    assert.equal(shown, judged.findings.length);
    await Promise.all([page.waitForResponse("**/api/judge"), page.click("#what-if-undo")]);
    assert.equal(await page.inputValue("#fact-upgrade-built_m2"), "2500");
    const before = check((await saved(page, () => page.click("#save-case"))).toString());
    await page.waitForSelector(`#answer-head .verdict.${before.verdict}`);
  },
  async "a drawn line splits, with lots and rules as check has them"(page) {
    await page.click("#tab-parcel");
    const [west, south, east, north] = upgrade.box;
    await page.click("#tool-split");
    const middle = (south + north) / 2;
    const reach = (east - west) * 0.3;
    for (const x of [west - reach, east + reach]) await page.mouse.click(...await onScreen(page, [x, middle]), { delay: 20 });
    await page.click("#tool-done");
    await page.waitForSelector("#pane-result table tbody tr, #said:not(:empty)");
    assert.equal(await page.locator("#said").textContent(), "");
    assert((await page.locator("#pane-result table").first().locator("tbody tr").count()) >= 2);
    await idle(page);
    await picture(page, "split");
    const judged = check((await saved(page, () => page.click(".save-check"))).toString());
    await page.waitForSelector(`#pane-result .headline .verdict.${judged.verdict}`);
  },
  async "parcels that are clicked are merged"(page) {
    const { neighbours } = await ask(`api/parcels/${upgrade.row}`);
    const beside = Object.values(neighbours);
    assert(beside.length, "it has a neighbour");
    await page.click("#tool-merge");
    const { listed } = await ask(`api/parcels/${beside[0]}`);
    const at = [(listed.box[0] + listed.box[2]) / 2, (listed.box[1] + listed.box[3]) / 2];
    await page.evaluate((center) => window.plotratio.map().jumpTo({ center }), at);
    await idle(page);
    await page.mouse.click(...await onScreen(page, at));
    await page.waitForFunction(() => document.querySelector("#tool-value")?.textContent.includes("2"));
    await page.click("#tool-done");
    await page.waitForSelector("#pane-result .headline .verdict");
    const judged = check((await saved(page, () => page.click(".save-check"))).toString());
    await page.waitForSelector(`#pane-result .headline .verdict.${judged.verdict}`);
    await picture(page, "merge");
  },
  async "everything is done by the keyboard alone, and in English"(page) {
    await page.focus("#language");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    await page.focus("#list");
    for (const press of ["Home", "ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(press);
    await page.waitForSelector("#pane-parcel .dossier section, #panel:not([hidden])");
    assert(await page.locator("#panel-title").textContent().then((text) => text.startsWith("Parcel ")));
    await page.focus("#tab-parcel");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("#answer-head .verdict");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tab-what-if");
    await page.focus("#close");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "list");
    const bare = await page.evaluate(() => [...document.querySelectorAll("button,select,input,a[href],[role=listbox],canvas.maplibregl-canvas")]
      .filter((one) => one.offsetParent && !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.length || one.title))
      .map((one) => one.outerHTML.slice(0, 100)));
    assert.deepEqual(bare, [], "everything has a name for a screen reader");
    await picture(page, "english");
  },
  async "axe finds nothing that would keep anybody out"(page) {
    await page.evaluate((row) => window.plotratio.choose(row), upgrade.row);
    await page.waitForSelector("#pane-parcel .dossier section");
    for (const tab of ["parcel", "what-if"]) {
      await page.click(`#tab-${tab}`);
      await page.waitForTimeout(300);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
      const told = violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(" | ")}`);
      assert.deepEqual(told, [], tab);
    }
  },
  async "it prints"(page) {
    await page.emulateMedia({ media: "print" });
    assert(await page.locator("#side").isHidden());
    assert(await page.locator("#map").isVisible());
    await picture(page, "print");
    await page.emulateMedia({ media: "screen" });
  },
};

let failed = 0;
const page = await open();
for (const [name, step] of Object.entries(steps)) {
  const begun = Date.now();
  try {
    await step(page);
    console.log(`ok ${name} (${Date.now() - begun} ms)`);
  } catch (why) {
    failed += 1;
    console.log(`FAILED ${name}: ${why.message}`);
    await picture(page, `failed-${failed}`);
  }
}
if (strange.length) { failed += 1; console.log(`FAILED offline: asked for ${strange.slice(0, 5).join(", ")}`); }
if (wrong.length) { failed += 1; console.log(`FAILED without errors: ${wrong.slice(0, 5).join("\n")}`); }
await browser.close();
server.kill("SIGINT");
const code = await new Promise((done) => { server.on("exit", done); });
if (code !== 0) { failed += 1; console.log(`FAILED Ctrl-C: the server ended with ${code}`); }
process.exit(failed ? 1 : 0);
