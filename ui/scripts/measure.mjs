// What the window costs with 10,000 colleagues, in Chromium: node scripts/measure.mjs, with --seconds 20 of storm
// and --write for the table in README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";

import { open } from "./demo.mjs";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "20" }, write: { type: "boolean" } },
});
const seconds = Number(values.seconds);
const [load] = loadavg();
const { address, browser, close } = await open();
const page = await browser.newPage({ viewport: { width: 960, height: 640 } });
const session = await page.context().newCDPSession(page);

/** Name, value, unit, and the most or the least that it may be. */
const figures = [];
const figure = (name, value, unit, bar = {}) => figures.push({ name, value, unit, ...bar });
const loads = [];
for (let round = 0; round < 5; round++) {
  await page.goto(`${address}index.html?state=three&people=10000`);
  loads.push(
    await page.evaluate(async () => {
      while (!document.querySelector("[data-testid=person-row]")) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now();
    }),
  );
}
figure("page asked for → 10,000 people painted, median of 5", median(loads), "ms", { most: 500 });

// As a person who has just opened the window does before typing.
const pause = 1_500;
await page.waitForTimeout(pause);
const typed = await page.evaluate(async () => {
  const input = document.querySelector("[data-testid=search]");
  const took = [];
  for (const text of [
    "jorgen d",
    "jrogen",
    "sorensn",
    "support",
    "22 33",
    "andersne zoe",
    "x",
    "vestergard",
  ]) {
    for (let length = 1; length <= text.length; length++) {
      const began = performance.now();
      input.value = text.slice(0, length);
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await Promise.resolve();
      await new Promise((done) => queueMicrotask(done));
      document.body.getBoundingClientRect();
      took.push(performance.now() - began);
    }
  }
  input.value = "";
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return took;
});
figure(
  `a keystroke in the search among them, ${pause / 1_000} s after they are there, median`,
  median(typed),
  "ms",
);
figure("the same, worst", Math.max(...typed), "ms", { most: 16 });

await page.goto(`${address}index.html?state=storm&people=10000`);
await page.getByTestId("person-row").first().waitFor();
const heap = async () => {
  await page.evaluate("gc()");
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize").value / 1e6;
};
await session.send("Performance.enable");
await page.waitForTimeout(2_000);
const before = await heap();
const updates = await page.evaluate(async () => {
  let count = 0;
  const observer = new MutationObserver(() => count++);
  observer.observe(document.querySelector(".viewport"), {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  await new Promise((done) => setTimeout(done, 5_000));
  observer.disconnect();
  return count / 5;
});
figure("storm of 1,000 changes a second: updates of the list a second", updates, "", { most: 20.5 });
const frames = await page.evaluate(async (ms) => {
  const list = document.querySelector(".viewport");
  const times = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    times.push(await new Promise(requestAnimationFrame));
    // Somebody scrolls through it meanwhile.
    list.scrollTop += 7;
  }
  return times.slice(1).map((at, i) => at - times[i]);
}, seconds * 1_000);
frames.sort((a, b) => a - b);
figure(
  "the same while it is scrolled: frames a second",
  1_000 / (frames.reduce((a, b) => a + b) / frames.length),
  "",
  { least: 50 },
);
figure("the same, the longest frame of a hundred", frames[Math.floor(frames.length * 0.99)], "ms");
figure(`the same, JavaScript heap before → after ${seconds} s`, before, `→ ${(await heap()).toFixed(1)} MB`);
await close();

const met = ({ value, most = Infinity, least = -Infinity }) => value <= most && value >= least;
const barOf = ({ most, least }) =>
  most !== undefined ? `≤ ${Math.floor(most)}` : least !== undefined ? `≥ ${least}` : "";
const lines = figures.map((one) => {
  const bar = barOf(one);
  return `| ${one.name} | ${one.value.toFixed(1)} ${one.unit} | ${bar} | ${bar && (met(one) ? "yes" : "**missed**")} |`;
});
const today = new Date().toISOString().slice(0, 10);
const table = [
  `Measured by \`npm --prefix ui run measure\` in Chromium on ${today} with ${cpus().length} cores of ${cpus()[0].model.split(" ").slice(0, 2).join(" ")}; the load was ${load.toFixed(2)} before.`,
  "",
  "| what | figure | bar | met |",
  "|---|---|---|---|",
  ...lines,
].join("\n");
console.log(table);
if (values.write) {
  const file = new URL("../../README.md", import.meta.url);
  const [begin, end] = ["<!-- window:begin -->", "<!-- window:end -->"];
  const text = readFileSync(file, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${begin} and ${end}`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
