// Whether the web process keeps its size: node scripts/soak.mjs MINUTES, in a storm of 1,000 changes a second.
import { readFileSync, readdirSync } from "node:fs";

import { open } from "./demo.mjs";

const minutes = Number(process.argv[2] ?? 60);
const { address, browser, close } = await open();
const page = await browser.newPage({ viewport: { width: 960, height: 640 } });
await page.goto(`${address}index.html?state=storm&people=10000`);
await page.getByTestId("person-row").first().waitFor();

/** The process that holds the page, by its size in MB (PSS): the largest renderer that was started from here. */
function webProcess() {
  const sizes = readdirSync("/proc").flatMap((id) => {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, "latin1").includes("--type=renderer") || !isOurs(id))
        return [];
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "latin1");
      return [Number(/^Pss: +(\d+)/m.exec(rollup)?.[1]) / 1_000];
    } catch {
      return [];
    }
  });
  return Math.max(...sizes);
}

function isOurs(id) {
  if (id === String(process.pid)) return true;
  const [, parent] = readFileSync(`/proc/${id}/stat`, "latin1").split(") ").at(-1).split(" ");
  return Number(parent) > 1 && isOurs(parent);
}

const sizes = [];
for (let minute = 0; minute <= minutes; minute++) {
  await page.evaluate("gc()");
  sizes.push(webProcess());
  console.log(`${String(minute).padStart(4)} min ${sizes.at(-1).toFixed(1).padStart(8)} MB`);
  if (minute < minutes) await page.waitForTimeout(60_000);
}
await close();

// The first minutes are the engine's: it compiles what runs often.
const settled = sizes.slice(Math.min(5, sizes.length >> 1));
const slope = slopeOf(settled);
console.log(`${(slope * 60).toFixed(2)} MB an hour, over ${settled.length - 1} minutes`);

/** By least squares, for each step. */
function slopeOf(values) {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const below = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
