// Takes pictures of every state: node scripts/shots.mjs FOLDER [STATE…].
// Fails if a page complains, breaks its security policy or is hard to read or reach (axe).
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";
import { build, preview } from "vite";

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error("Name the folder for the pictures: node scripts/shots.mjs FOLDER [STATE…]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const click = (id) => (page) => page.getByTestId(id).first().click();
const shots = {
  empty: {},
  loading: {},
  error: {},
  three: {},
  many: {},
  ringing: {},
  signin: {},
  waiting: {},
  stopped: {},
  connecting: {},
  dnd: {},
  problems: {},
  detached: {},
  search: {
    state: "many",
    act: async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("jorgen d");
    },
  },
  nobody: {
    state: "three",
    act: async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("+45 12 34 56 78");
    },
  },
  filter: { state: "many", act: click("filter-busy") },
  keys: {
    state: "many",
    act: async (page) => {
      await page.getByTestId("search").press("ArrowDown");
      await page.keyboard.press("End");
    },
  },
  menu: { state: "three", act: click("dnd-button") },
  calls: { state: "many", act: click("tab-calls") },
  nocalls: { state: "three", act: click("tab-calls") },
  accounts: { state: "many", act: click("tab-accounts") },
  signinform: { state: "signin", act: click("problem-signin") },
  remove: {
    state: "three",
    act: async (page) => {
      await click("tab-accounts")(page);
      await click("remove")(page);
    },
  },
  add: {
    state: "three",
    act: async (page) => {
      await click("tab-accounts")(page);
      await click("add-account")(page);
    },
  },
  dialed: { state: "three", act: click("dial") },
  popup: { state: "ringing", page: "popup", sizes: [[360, 168]] },
  popups: { state: "stack", page: "popup", sizes: [[360, 168]] },
};

const dist = mkdtempSync(join(tmpdir(), "ringside-ui-"));
await build({ mode: "demo", logLevel: "warn", build: { outDir: dist, emptyOutDir: true } });
const server = await preview({ build: { outDir: dist }, preview: { port: 0, open: false } });
const [address] = server.resolvedUrls.local;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const complaints = [];
for (const colorScheme of ["light", "dark"]) {
  const context = await browser.newContext({ colorScheme, reducedMotion: "reduce", timezoneId: "UTC" });
  const page = await context.newPage();
  let now = "";
  page.on("console", (message) => {
    if (message.location().url.endsWith("/favicon.ico")) return;
    if (["error", "warning"].includes(message.type())) complaints.push(`${now}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${now}: ${error}`));
  for (const [name, { state = name, act, page: which = "index", sizes }] of Object.entries(shots)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const all = sizes ?? [
      [320, 560],
      [480, 640],
      [960, 640],
    ];
    for (const [width, height] of all) {
      now = `${name}-${width}-${colorScheme}`;
      await page.setViewportSize({ width, height });
      await page.goto(`${address}${which}.html?state=${state}`);
      await page.waitForFunction(() => document.querySelector("#app")?.children.length > 0);
      await act?.(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate("axe.run({ resultTypes: ['violations'] })");
      for (const { id, nodes } of violations) {
        for (const { html, any } of nodes.slice(0, 3)) {
          complaints.push(`${now}: ${id}: ${any[0]?.message ?? ""} ${html.slice(0, 160)}`);
        }
      }
      await page.screenshot({ path: join(folder, `${now}.png`) });
    }
  }
  await context.close();
}
await browser.close();
await server.close();
rmSync(dist, { recursive: true });
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length > 0 ? 1 : 0);
