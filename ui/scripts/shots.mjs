// Takes pictures of every view in every look: node scripts/shots.mjs FOLDER [VIEW…], with --looks light,dark for some.
// --check compares with the pictures in ui/shots instead, --keep writes those anew, --axe takes none.
// Fails if a page complains, breaks its security policy or is hard to read or reach (axe).
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { open } from "./demo.mjs";
import { decode, difference, encode } from "./png.mjs";
import { kept, looks, sizes, views } from "./views.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    axe: { type: "boolean" },
    check: { type: "boolean" },
    keep: { type: "boolean" },
    looks: { type: "string" },
  },
});
const comparing = values.check || values.keep;
const pictures = new URL("../shots/", import.meta.url).pathname;
const [folder, ...wanted] = comparing || values.axe ? ["", ...positionals] : positionals;
if (!comparing && !values.axe && !folder) {
  console.error("Name the folder for the pictures, or give --check: node scripts/shots.mjs FOLDER [VIEW…]");
  process.exit(2);
}
/** More than this share of a picture is not the same by chance of how letters are drawn. */
const tolerated = 0.004;
const instant = new Date("2026-11-21T12:00:00Z");

if (!values.axe) mkdirSync(comparing ? pictures : folder, { recursive: true });
if (values.keep && wanted.length === 0) {
  rmSync(pictures, { recursive: true });
  mkdirSync(pictures);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { address, browser, close } = await open();
const complaints = [];
let count = 0;
/** What is being looked at. */
let now = "";

for (const [look, { query = "", ...desktop }] of Object.entries(looks)) {
  if (values.looks && !values.looks.split(",").includes(look)) continue;
  const context = await browser.newContext({
    reducedMotion: "reduce",
    timezoneId: "UTC",
    locale: "en-GB",
    ...desktop,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(instant);
  page.on("console", (message) => {
    if (message.location().url.endsWith("/favicon.ico")) return;
    if (["error", "warning"].includes(message.type())) complaints.push(`${now}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${now}: ${error}`));
  for (const [name, view] of Object.entries(views)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    if (comparing && !kept.looks[look]?.includes(name)) continue;
    for (const size of view.sizes ?? sizes) {
      if (comparing && !kept.widths.includes(size[0])) continue;
      now = `${name}-${size[0]}-${look}`;
      await shoot(page, view, name, size, query);
      count++;
    }
  }
  await context.close();
}
await close();

async function shoot(page, { state, act, page: which = "index" }, name, [width, height], query) {
  await page.setViewportSize({ width, height });
  await page.goto(`${address}${which}.html?state=${state ?? name}&${query}`);
  await page.waitForFunction(() => document.querySelector("#app")?.children.length > 0);
  const lang = new URLSearchParams(query).get("lang") ?? "en";
  await page.waitForFunction((lang) => document.documentElement.lang === lang, lang);
  await act?.(page);
  const seen = values.axe ? undefined : await page.screenshot();
  if (comparing) compare(join(pictures, `${now}.png`), decode(seen));
  else if (seen) writeFileSync(join(folder, `${now}.png`), seen);
  const beyond = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  if (beyond > 0) complaints.push(`${now}: ${beyond} pixels too wide`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
  for (const { id, nodes } of violations) {
    for (const { html, any } of nodes.slice(0, 3)) {
      complaints.push(`${now}: ${id}: ${any[0]?.message ?? ""} ${html.slice(0, 160)}`);
    }
  }
}

function compare(file, seen) {
  if (values.keep) return writeFileSync(file, encode(seen));
  if (!existsSync(file)) return complaints.push(`${file}: there is no such picture; npm run shots -- --keep`);
  const share = difference(decode(readFileSync(file)), seen);
  if (share <= tolerated) return;
  const other = file.replace(/\.png$/, ".new.png");
  writeFileSync(other, encode(seen));
  complaints.push(`${file}: ${(share * 100).toFixed(2)} % is different; see ${other}`);
}

for (const complaint of complaints) console.error(complaint);
console.log(`${count} pages looked at, ${complaints.length} complaints`);
process.exit(complaints.length > 0 ? 1 : 0);
