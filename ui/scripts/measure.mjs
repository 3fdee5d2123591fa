// What the window costs with 10,000 colleagues, in Chromium: node scripts/measure.mjs [SECONDS OF STORM]
import { open } from "./demo.mjs";

const seconds = Number(process.argv[2] ?? 20);
const { address, browser, close } = await open();
const page = await browser.newPage({ viewport: { width: 960, height: 640 } });
const session = await page.context().newCDPSession(page);

const figures = {};
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
figures["page asked for to 10,000 people painted, median ms"] = median(loads);

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
figures["a keystroke in the search, median ms"] = median(typed);
figures["a keystroke in the search, worst ms"] = Math.max(...typed);

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
figures["frames a second in a storm of 1,000 changes a second"] =
  1_000 / (frames.reduce((a, b) => a + b) / frames.length);
figures["the longest frame of a hundred in it, ms"] = frames[Math.floor(frames.length * 0.99)];
figures["JavaScript heap at its start, MB"] = before;
figures["JavaScript heap at its end, MB"] = await heap();
await close();
for (const [name, value] of Object.entries(figures)) console.log(`${value.toFixed(1).padStart(8)}  ${name}`);

function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
