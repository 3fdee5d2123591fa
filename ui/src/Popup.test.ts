import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, it, vi } from "vitest";

import type { View } from "./bindings/View";
import Popup from "./Popup.svelte";
import { callOf, office, viewOf } from "./testing";
import { speak } from "./words.svelte";

beforeEach(() => {
  vi.useFakeTimers();
});

function show(view?: Partial<View>) {
  const made = office(view);
  render(Popup, made);
  const then = async (next: Partial<View>) => {
    made.backend.send({ kind: "patch", people: [], gone: [], rest: viewOf(next) });
    await tick();
  };
  return { ...made, then };
}

/** Others may see the screen. */
const discretion = {
  locked: false,
  sharing: true,
  sharing_until: null,
  inhibited: false,
  hides_names: true,
};

const calls = () => screen.queryAllByTestId("popup-call").map((call) => call.dataset["id"]);

it("says who calls, on which line and in which account", () => {
  const { backend } = show({ calls: [callOf({})] });
  const text = screen.getByTestId("popup-call").textContent;
  for (const part of ["Baker", "+4599887766", "Main number", "work"]) expect(text).toContain(part);
  expect(backend.calls).toEqual(["mounted"]);
});

it("complaint 14: names nobody while others may see the screen", async () => {
  const { then } = show({ calls: [callOf({})], discretion });
  const popup = () => screen.getByTestId("popup-call");
  expect(popup().textContent).toContain("Incoming call");
  for (const part of ["Baker", "+4599887766", "Main number", "work"]) {
    expect(popup().textContent).not.toContain(part);
    expect(popup().getAttribute("aria-label")).not.toContain(part);
  }
  await then({ calls: [callOf({})], discretion: { ...discretion, hides_names: false } });
  expect(popup().textContent).toContain("Baker");
});

it("shows what was noted about the caller, and that a call back was wanted", async () => {
  const notes = { "work/c1": { note: "the offer\nof May", call_back: true } };
  const { then } = show({ calls: [callOf({})], notes });
  const popup = () => screen.getByTestId("popup-call");
  const label = () => popup().getAttribute("aria-label");
  for (const part of ["Note: the offer\nof May", "You wanted to call back.", "+4599887766"]) {
    expect(popup().textContent).toContain(part);
  }
  expect(label()).toBe("Incoming call from Baker. You wanted to call back. Note: the offer\nof May");

  await then({ calls: [callOf({})], notes: { "work/c1": { note: null, call_back: true } } });
  expect(popup().textContent).not.toContain("Note");
  await then({ calls: [callOf({})], notes: { "work/c2": { note: "of another", call_back: false } } });
  expect(popup().textContent).not.toContain("of another");
  expect(label()).toBe("Incoming call from Baker");
});

it("complaint 14: shows no note while others may see the screen", () => {
  const notes = { "work/c1": { note: "the offer", call_back: true } };
  show({ calls: [callOf({})], discretion, notes });
  const popup = screen.getByTestId("popup-call");
  expect(popup.textContent).not.toMatch(/the offer|call back/);
  expect(popup.getAttribute("aria-label")).toBe("Incoming call");
});

it("complaint 2: shows a call once that two accounts report, and none that is kept quiet", () => {
  const twin = callOf({ id: "home/9" });
  const quiet = callOf({ id: "work/c4" });
  const same = {
    shown: false,
    reason: "same_call",
    why: "the same call as work/c1",
    same_as: "work/c1",
  } as const;
  const dnd = { shown: false, reason: "dnd", why: "do not disturb is on" } as const;
  show({ calls: [callOf({}), twin, quiet], alerts: { "home/9": same, "work/c4": dnd } });
  expect(calls()).toEqual(["work/c1"]);
});

it("complaint 3: does nothing for keys typed while it came up, and obeys them afterwards", async () => {
  const { backend } = show({ calls: [callOf({})] });
  const silence = screen.getByTestId("popup-silence");
  const typed = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  silence.dispatchEvent(typed);
  expect(typed.defaultPrevented).toBe(true);
  await vi.advanceTimersByTimeAsync(690);
  await fireEvent.click(silence, { detail: 0 });
  expect(backend.commands).toEqual([]);
  await vi.advanceTimersByTimeAsync(20);
  await fireEvent.click(silence, { detail: 0 });
  expect(backend.commands).toEqual([{ do: "silence", call: "work/c1" }]);
});

it("guards against keys again when it is given the focus", async () => {
  const { backend } = show({ calls: [callOf({})] });
  await vi.advanceTimersByTimeAsync(1_000);
  await fireEvent.focus(window);
  await fireEvent.click(screen.getByTestId("popup-silence"), { detail: 0 });
  expect(backend.commands).toEqual([]);
});

it("takes a click of the mouse at once", async () => {
  const { backend } = show({ calls: [callOf({})] });
  await fireEvent.click(screen.getByTestId("popup-open"), { detail: 1 });
  expect(backend.commands).toEqual([{ do: "open", window: "main" }]);
});

it("stacks calls and goes away with the last one that rings me", async () => {
  const second = callOf({ id: "work/c2" });
  const others = callOf({ id: "work/c3", mine: false });
  const { backend, then } = show({ calls: [callOf({}), second, others] });
  expect(calls()).toEqual(["work/c1", "work/c2"]);
  await then({ calls: [callOf({ state: "answered" }), second, others] });
  expect(calls()).toEqual(["work/c2"]);
  await then({ calls: [others] });
  expect(calls()).toEqual([]);
  expect(backend.calls.at(-1)).toBe("hide_popup");
});

it("goes away when the last call is silenced, or the resident program ends", async () => {
  const one = show({ calls: [callOf({})] });
  await fireEvent.click(screen.getByTestId("popup-silence"), { detail: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(one.backend.calls.at(-1)).toBe("hide_popup");
});

it("is never shown when the call has ended before it was ready", () => {
  const { backend } = show({ calls: [] });
  expect(backend.calls).toEqual(["hide_popup"]);
});

it("shows a colleague's call where it was opened for one", async () => {
  show({ calls: [callOf({ mine: false, people: [{ id: "work/2", name: "Cleo" }] })] });
  expect(screen.getByTestId("popup-call").textContent).toContain("Cleo");
});

it("looks as the settings say, as the window does", async () => {
  const { documentElement: root } = document;
  const { backend, then } = show({
    calls: [callOf({})],
    look: { theme: "contrast", density: "compact", text_percent: 200, language: "en" },
  });
  expect([root.dataset["theme"], root.dataset["density"]]).toEqual(["contrast", "compact"]);
  expect(root.style.getPropertyValue("--text-scale")).toBe("2");
  expect(backend.roomFor).toBe(200);
  await then({
    calls: [callOf({})],
    look: { theme: "dark", density: "roomy", text_percent: 100, language: "en" },
  });
  expect(root.dataset["theme"]).toBe("dark");
});

it("shows a colleague's call again once no call of mine rings any more", async () => {
  const { then } = show({ calls: [callOf({})] });
  await then({ calls: [] });
  await then({ calls: [callOf({ id: "work/c7", mine: false })] });
  expect(calls()).toEqual(["work/c7"]);
});

it("puts a later call below the one whose buttons are being pressed, whatever they are called", async () => {
  const first = callOf({ id: "work/c5", started_at: "2026-11-21T12:00:00.000Z" });
  const later = callOf({ id: "work/c2", started_at: "2026-11-21T12:00:05.000Z" });
  const { then } = show({ calls: [first] });
  await then({ calls: [later, first] });
  expect(calls()).toEqual(["work/c5", "work/c2"]);
});

it("says what went wrong with this call, and not with the next one", async () => {
  const { backend, then } = show({ calls: [callOf({})] });
  backend.reply = { code: "internal", text: "That call has ended." };
  await fireEvent.click(screen.getByTestId("popup-silence"), { detail: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByTestId("problem").textContent).toBe("That call has ended.");
  await then({ calls: [] });
  await then({ calls: [callOf({ id: "work/c2" })] });
  expect(calls()).toEqual(["work/c2"]);
  expect(screen.queryByTestId("problem")).toBeNull();
});

it("says what went wrong in the language of the page", async () => {
  await speak("de");
  const { backend } = show({
    calls: [callOf({})],
    look: { theme: "system", density: "roomy", text_percent: 100, language: "de" },
  });
  backend.reply = { code: "internal", text: "Settings, line 7: The disk is full; free some space." };
  await fireEvent.click(screen.getByTestId("popup-silence"), { detail: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(screen.getByTestId("problem").textContent).toBe(
    "Einstellungen, Zeile 7: Der Datenträger ist voll; schaffen Sie Platz.",
  );
  await speak("en");
});
