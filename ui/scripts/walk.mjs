// Walks through every view with the keyboard alone: node scripts/walk.mjs [VIEW…].
// Fails if the focus is lost, cannot be seen or does not reach something, or if Escape and arrows do not do as expected.
import { open } from "./demo.mjs";
import { views } from "./views.mjs";

const wanted = process.argv.slice(2);
const { address, browser, close } = await open();
const complaints = [];
let steps = 0;
/** What is being looked at. */
let now = "";
const complain = (text) => complaints.push(`${now}: ${text}`);

const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 960, height: 640 } });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
await page.clock.setFixedTime(new Date("2026-11-21T12:00:00Z"));

/** In the page: what has the focus, and whether one can see that. */
function focused() {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  window.walked ??= new Map();
  if (!window.walked.has(one)) window.walked.set(one, window.walked.size);
  const box = one.getBoundingClientRect();
  const marked = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  };
  const inside =
    box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = one.dataset.testid ?? one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 30);
  return {
    number: window.walked.get(one),
    name: `${one.localName} “${name}”`,
    seen: inside && (marked(one) || marked(one.closest("label") ?? one)),
  };
}

/** In the page: what can be used and was not walked to; what arrow keys lead to is not counted. */
function missed() {
  const scope = document.querySelector("dialog[open]") ?? document;
  const all = scope.querySelectorAll("button, input, select, textarea, summary, a[href], [tabindex='0']");
  return [...all].flatMap((one) => {
    const box = one.getBoundingClientRect();
    const usable =
      !one.disabled &&
      one.tabIndex >= 0 &&
      one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
      box.width > 0;
    const sameGroup =
      one.type === "radio" && [...(window.walked?.keys() ?? [])].some((other) => other.name === one.name);
    if (!usable || sameGroup || window.walked?.has(one)) return [];
    return [
      `${one.localName} “${one.dataset.testid ?? one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 30)}”`,
    ];
  });
}

const at = () => page.evaluate(focused);
const press = async (key) => {
  await page.keyboard.press(key);
  steps++;
  return at();
};
const testid = (id) => page.getByTestId(id).first();
const hasFocus = (locator) => locator.evaluate((one) => one === document.activeElement);

/** Goes through everything by Tab, once around. */
async function around() {
  let first;
  let before;
  for (let step = 0, lost = 0; step < 200 && lost < 3; step++) {
    const here = await press("Tab");
    // At the end the focus leaves for the browser's own controls, and comes back.
    if (here === null) lost++;
    else if (!here.seen) complain(`nobody sees that ${here.name} has the focus`);
    // A field for a time takes several steps.
    if (here !== null && here.number === first && before !== first) break;
    first ??= here?.number;
    before = here?.number;
  }
  for (const one of await page.evaluate(missed)) complain(`Tab does not lead to ${one}`);
}

async function show(name) {
  const { state, act, page: which = "index" } = views[name];
  await page.goto(`${address}${which}.html?state=${state ?? name}`);
  await page.waitForFunction(() => document.querySelector("#app")?.children.length > 0);
  await act?.(page);
  // A popup is deaf to keys at first, for whoever is typing.
  const shown = await page.evaluate(() => performance.now());
  if (which === "popup") await page.waitForFunction((at) => performance.now() > at + 1_000, shown);
}

/** Escape closes what is open, and the focus is where it was before. */
async function closes(what, opener) {
  await press("Escape");
  if (await page.locator(what).count()) return complain(`Escape does not close ${what}`);
  if (!(await hasFocus(opener))) complain(`after Escape the focus is on ${(await at())?.name ?? "nothing"}`);
}

/** So does the cross in its corner. */
async function isPutAway(opener) {
  await page.locator("dialog[open] .top > button").focus();
  await press("Enter");
  await page.locator("dialog.sheet").waitFor({ state: "detached" });
  if (!(await hasFocus(opener)))
    complain(`after the cross the focus is on ${(await at())?.name ?? "nothing"}`);
}

/** What cannot be undone is asked about, with the harmless answer first, and leads back. */
async function asks(button) {
  await button.focus();
  await press("Enter");
  const harmless = page.locator("[role=alert] button:focus");
  await harmless.waitFor();
  await press("Enter");
  await harmless.waitFor({ state: "detached" });
  if (!(await hasFocus(button))) complain(`the question leads back to ${(await at())?.name ?? "nothing"}`);
}

const stories = {
  async "a colleague is found, looked at and left again"() {
    await show("favourites");
    await press("/");
    if (!(await hasFocus(testid("search")))) complain("/ does not lead to the search");
    await page.keyboard.type("freja");
    for (let held = 0; held < 3; held++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await testid("person-card").waitFor({ timeout: 2_000 });
    if (!(await page.locator("dialog[open] button:focus").count())) complain("the card has no focus");
    await closes("dialog[open]", testid("search"));
    await press("ArrowDown");
    const row = page.locator("[role=listitem]:focus");
    await row.waitFor();
    await press("Space");
    await testid("person-card").waitFor();
    await closes("dialog[open]", row.or(page.locator("[role=listitem][tabindex='0']")).first());
  },
  async "a list is walked through by arrows"() {
    await show("favourites");
    await testid("search").focus();
    const seen = [];
    for (const key of ["ArrowDown", "ArrowDown", "End", "Home", "PageDown", "PageUp"]) {
      const here = await press(key);
      if (!here?.seen) complain(`${key}: nobody sees where the focus is`);
      seen.push(here?.number);
    }
    if (new Set(seen).size < 4) complain(`the arrows do not move: ${seen}`);
  },
  async "do not disturb is chosen from its menu"() {
    await show("three");
    const button = testid("dnd-button");
    await button.focus();
    const first = await press("Enter");
    const second = await press("ArrowDown");
    const last = await press("End");
    const again = await press("ArrowDown");
    if (first?.number === second?.number || again?.number !== first?.number)
      complain(`the arrows do not go around: ${[first, second, last, again].map((one) => one?.name)}`);
    await closes("[role=menu]", button);
    await press("Enter");
    await press("Enter");
    if (!(await hasFocus(button))) complain("after choosing the focus is lost");
  },
  async "a call is looked at and noted"() {
    await show("calls");
    const call = testid("call-open");
    await call.focus();
    await press("Enter");
    await closes("dialog[open]", call);
    await press("Enter");
    await isPutAway(call);
    await press("Enter");
    await asks(testid("card-erase"));
  },
  async "calls are walked through by arrows"() {
    await show("calls");
    const rows = page.getByTestId("call-open");
    await rows.first().focus();
    await press("ArrowDown");
    if (!(await hasFocus(rows.nth(1)))) complain("the arrow down does not lead to the next call");
    await press("End");
    await press("Home");
    if (!(await hasFocus(rows.first()))) complain("Home does not lead to the first call");
  },
  async "calls are saved or erased"() {
    await show("calls");
    const button = testid("calls-upkeep");
    await button.focus();
    await press("Enter");
    await asks(testid("erase-all"));
    await closes("dialog[open]", button);
    await press("Enter");
    await isPutAway(button);
  },
  async "an account is nearly removed"() {
    await show("accounts");
    const button = testid("remove");
    await button.focus();
    await press("Enter");
    if (!(await hasFocus(testid("answer-no")))) complain("Enter would remove the account");
    await closes("dialog[open]", button);
  },
  async "whether calls come is looked into"() {
    await show("three");
    const button = testid("will-i-ring");
    await button.focus();
    await press("Enter");
    await closes("dialog[open]", button);
  },
  async "a problem that is put away leaves the focus somewhere"() {
    await show("signinform");
    await testid("signin-access_token").or(page.locator("form input").first()).first().fill("x");
    await press("Enter");
    const dismiss = page.getByRole("button", { name: "Dismiss" });
    await dismiss.focus();
    await press("Enter");
    if ((await at()) === null) complain("the focus is lost");
  },
};

for (const name of Object.keys(views)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  now = name;
  await show(name).then(around, (error) => complain(error.message));
}
for (const [name, story] of Object.entries(stories)) {
  if (wanted.length > 0 && !wanted.includes("stories")) continue;
  now = name;
  await story().catch((error) => complain(error.message));
}
await close();
for (const complaint of complaints) console.error(complaint);
console.log(`${steps} keys pressed, ${complaints.length} complaints`);
process.exit(complaints.length > 0 ? 1 : 0);
