// Every view and state of the pages: which office, what is done there, and where it differs from the usual sizes.

const click = (id) => (page) => page.getByTestId(id).first().click();
const type = (text) => async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
};
const after =
  (...steps) =>
  async (page) => {
    for (const step of steps) await step(page);
  };

export const views = {
  empty: {},
  chosen: { state: "empty", act: click("add-provider-firmafon") },
  loading: {},
  error: {},
  three: {},
  many: {},
  favourites: {},
  grouped: { state: "favourites", act: (page) => page.getByTestId("group-by").selectOption("department") },
  ringing: {},
  signin: {},
  waiting: {},
  stopped: {},
  connecting: {},
  dnd: {},
  problems: {},
  detached: {},
  search: { state: "favourites", act: type("jorgne") },
  nobody: { state: "three", act: type("+45 12 34 56 78") },
  filter: { state: "favourites", act: click("filter-busy") },
  person: { state: "favourites", act: after(type("freja"), (page) => page.keyboard.press("Enter")) },
  awaited: { state: "favourites", act: after(type("emil"), (page) => page.keyboard.press("Enter")) },
  keys: {
    state: "favourites",
    act: async (page) => {
      await page.getByTestId("search").press("ArrowDown");
      await page.keyboard.press("End");
    },
  },
  menu: { state: "three", act: click("dnd-button") },
  calls: { state: "many", act: click("tab-calls") },
  call: { state: "many", act: after(click("tab-calls"), click("call-open")) },
  callsearch: {
    state: "many",
    act: after(click("tab-calls"), (page) => page.getByTestId("calls-search").fill("monday")),
  },
  upkeep: { state: "many", act: after(click("tab-calls"), click("calls-upkeep")) },
  eraseall: {
    state: "many",
    act: after(click("tab-calls"), click("calls-upkeep"), click("erase-all")),
  },
  nocalls: { state: "three", act: click("tab-calls") },
  accounts: { state: "many", act: click("tab-accounts") },
  settings: { state: "three", act: click("tab-settings") },
  contacts: {
    state: "problems",
    act: after(click("tab-settings"), (page) =>
      page.getByTestId("address-book-skipped").locator("summary").click(),
    ),
  },
  settingsearch: {
    state: "three",
    act: after(click("tab-settings"), (page) => page.getByTestId("settings-search").fill("proxy")),
  },
  willring: { state: "problems", act: click("will-i-ring") },
  signinform: { state: "signin", act: click("problem-signin") },
  remove: { state: "three", act: after(click("tab-accounts"), click("remove")) },
  add: { state: "three", act: after(click("tab-accounts"), click("add-account")) },
  dialed: { state: "three", act: click("dial") },
  popup: {
    state: "ringing",
    page: "popup",
    sizes: [
      [360, 168],
      [720, 336],
    ],
  },
  noted: {
    state: "noted",
    page: "popup",
    sizes: [
      [360, 168],
      [720, 336],
    ],
  },
  popups: {
    state: "stack",
    page: "popup",
    sizes: [
      [360, 168],
      [720, 336],
    ],
  },
};

export const sizes = [
  [320, 560],
  [480, 640],
  [960, 640],
];

/** How a page may look: as query parameters and as the desktop asks for it. */
export const looks = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  contrast: { query: "theme=contrast" },
  compact: { query: "density=compact" },
  large: { query: "text=200" },
  rtl: { query: "dir=rtl" },
  forced: { forcedColors: "active", colorScheme: "dark" },
  da: { query: "lang=da" },
  sv: { query: "lang=sv" },
  vi: { query: "lang=vi" },
  de: { query: "lang=de" },
  fr: { query: "lang=fr" },
  "de-large": { query: "lang=de&text=200" },
};

/** What is kept and compared: each of these in each of these looks, at the named widths. */
export const kept = {
  looks: {
    light: [
      "empty",
      "favourites",
      "grouped",
      "person",
      "calls",
      "call",
      "settings",
      "accounts",
      "ringing",
      "signin",
      "detached",
    ],
    dark: ["favourites", "person", "calls", "settings", "ringing"],
    contrast: ["favourites", "person", "calls", "settings", "ringing"],
    compact: ["favourites"],
    large: ["favourites", "settings"],
    rtl: ["favourites", "calls"],
    forced: ["favourites"],
    da: ["calls", "settings", "willring", "chosen"],
    sv: ["calls", "settings", "willring", "chosen"],
    vi: ["calls", "settings", "willring", "chosen"],
    de: ["calls", "settings", "willring", "chosen"],
    fr: ["calls", "settings", "willring", "chosen"],
  },
  widths: [320, 960],
};
