import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, it, vi } from "vitest";

import App from "./App.svelte";
import type { SettingsForm } from "./bindings/SettingsForm";
import { form } from "./demoSettings";
import { accountOf, office, type Recorder, viewOf } from "./testing";

async function show(): Promise<Recorder> {
  const { backend, office: it } = office({});
  backend.form = form();
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("tab-settings"));
  await tick();
  return backend;
}

it("writes one value at a time, and takes it out again", async () => {
  const backend = await show();
  await fireEvent.change(screen.getByLabelText("Colours"), { target: { value: "dark" } });
  await fireEvent.click(screen.getByLabelText("Popup window"));
  const size = document.querySelector<HTMLElement>("[data-key='window.text_percent']");
  await fireEvent.click(within(size ?? document.body).getByTestId("setting-reset"));
  expect(backend.commands).toEqual([
    { do: "set", group: "window", key: "theme", value: "dark" },
    { do: "set", group: "", key: "popup_window", value: "true" },
    { do: "set", group: "window", key: "text_percent", value: null },
  ]);
});

it("shows what the organisation has fixed, and by whom, and shows no password", async () => {
  await show();
  const proxy = screen.getByLabelText<HTMLInputElement>("Proxy");
  expect(proxy.disabled && proxy.value === "" && proxy.placeholder).toBe("Set; not shown");
  expect(screen.getByText("Fixed by your organisation")).toBeTruthy();
  expect(screen.getByText(/\/etc\/ringside/)).toBeTruthy();
});

it("finds a setting by what it is about, wherever one types", async () => {
  await show();
  await fireEvent.keyDown(document.body, { key: "t" });
  const search = screen.getByTestId("settings-search");
  expect(document.activeElement).toBe(search);
  await fireEvent.input(search, { target: { value: "text size" } });
  expect(screen.getAllByTestId("setting").map((one) => one.dataset["key"])).toEqual(["window.text_percent"]);
});

it("leaves what was refused to be mended, and says why", async () => {
  const backend = await show();
  backend.reply = { code: "settings", text: "Choose a size from 100 to 200." };
  const size = screen.getByLabelText<HTMLInputElement>("Size of text");
  await fireEvent.change(size, { target: { value: "900" } });
  await tick();
  expect(size.value).toBe("900");
  expect(screen.getByTestId("problem").textContent).toContain("from 100 to 200");
});

it("puts a switch and a choice back that were refused", async () => {
  const backend = await show();
  backend.reply = { code: "settings", text: "The settings could not be written." };
  const popup = screen.getByLabelText<HTMLInputElement>("Popup window");
  const was = popup.checked;
  await fireEvent.click(popup);
  const colours = screen.getByLabelText<HTMLSelectElement>("Colours");
  await fireEvent.change(colours, { target: { value: "dark" } });
  await vi.waitFor(() => expect([popup.checked, colours.value]).toEqual([was, "system"]));
});

it("looks as the settings say", async () => {
  const backend = await show();
  const look = { theme: "contrast", density: "compact", text_percent: 150, language: "en" } as const;
  backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ look }) });
  await tick();
  const { dataset, style } = document.documentElement;
  expect([dataset["theme"], dataset["density"], style.getPropertyValue("--text-scale")]).toEqual([
    "contrast",
    "compact",
    "1.5",
  ]);
});

it("says what of an address book was not taken, and why, beside where its file is named", async () => {
  const { backend, office: it } = office({
    address_books: [
      {
        name: "customers.csv",
        contacts: 3,
        skipped: 120,
        places: [{ line: 7, why: "it has no number" }],
        read_at: null,
        problem: null,
      },
    ],
  });
  backend.form = form();
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("tab-settings"));
  await tick();
  const book = screen.getByTestId("address-book");
  expect(book.closest("[data-group]")?.getAttribute("data-group")).toBe("contacts");
  expect(book.textContent).toContain("3 contacts");
  const skipped = screen.getByTestId("address-book-skipped").textContent;
  expect(skipped).toContain("120 places were not taken");
  expect(skipped).toContain("Line 7: it has no number");
  expect(skipped).toContain("and 119 more");
});

it("shows two address books of one name, from two folders or for two people of one server", async () => {
  const { backend, office: it } = office({
    address_books: [3, 5].map((contacts) => ({
      name: "contacts.vcf",
      contacts,
      skipped: 0,
      places: [],
      read_at: null,
      problem: null,
    })),
  });
  backend.form = form();
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("tab-settings"));
  await tick();
  expect(screen.getAllByTestId("address-book").map((book) => book.textContent)).toEqual([
    expect.stringContaining("3 contacts"),
    expect.stringContaining("5 contacts"),
  ]);
});

it("asks what there is to set when accounts come and go only, and takes the last answer", async () => {
  const { backend, office: it } = office({});
  const answers: ((known: SettingsForm) => void)[] = [];
  backend.settings = () => new Promise((done) => answers.push(done));
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("tab-settings"));
  for (let missed = 0; missed < 3; missed++) {
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ missed }) });
    await tick();
  }
  expect(answers).toHaveLength(1);
  const accounts = [accountOf({}), accountOf({ id: "home" })];
  backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ accounts }) });
  await tick();
  expect(answers).toHaveLength(2);
  answers[1]?.(form());
  await tick();
  answers[0]?.({ ...form(), groups: [] });
  await vi.waitFor(() => expect(screen.getAllByTestId("setting").length).toBeGreaterThan(0));
  await tick();
  expect(screen.getAllByTestId("setting").length).toBeGreaterThan(0);
});
