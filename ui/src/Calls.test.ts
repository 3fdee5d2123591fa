import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";

import App from "./App.svelte";
import { callOf, office, viewOf } from "./testing";

beforeEach(() => {
  vi.useFakeTimers();
});

it("leaves missed calls new while the window has not the focus, though it may lie behind others", async () => {
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  const { backend, office: it } = office({
    recent: [callOf({ state: "ended", outcome: "missed" })],
    missed: 1,
  });
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("tab-calls"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(backend.commands).toEqual([]);
  focus.mockReturnValue(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(backend.commands).toEqual([{ do: "missed_seen" }]);
});

it("leaves a failure to be read while missed calls are marked as seen, and says none of its own", async () => {
  const { backend, office: it } = office({
    recent: [callOf({ state: "ended", outcome: "missed" })],
    missed: 1,
  });
  render(App, { props: { office: it, backend } });
  await fireEvent.click(screen.getByTestId("tab-calls"));
  backend.reply = { code: "forbidden", text: "Ask for the right to call." };
  await fireEvent.click(screen.getByTestId("call-back"));
  await vi.advanceTimersByTimeAsync(0);
  backend.reply = null;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(backend.commands).toContainEqual({ do: "missed_seen" });
  expect(screen.getByTestId("problem").textContent).toContain("Ask for the right to call.");

  await fireEvent.click(screen.getByLabelText("Dismiss"));
  backend.reply = { code: "internal", text: "It was not asked for." };
  await vi.advanceTimersByTimeAsync(2_000);
  expect(screen.queryByTestId("problem")).toBeNull();
});

it("announces no call that is kept quiet, and one once that two accounts report", async () => {
  const dnd = { shown: false, reason: "dnd", why: "do not disturb is on" } as const;
  const same = { shown: false, reason: "same_call", why: "the same call", same_as: "work/c1" } as const;
  const { backend, office: it } = office({ calls: [callOf({})], alerts: { "work/c1": dnd } });
  render(App, { props: { office: it, backend } });
  const said = () => document.querySelector("[role=alert]")?.textContent;
  expect(said()).toBe("");
  const calls = [callOf({}), callOf({ id: "home/9" })];
  backend.send({
    kind: "patch",
    people: [],
    gone: [],
    rest: viewOf({ calls, alerts: { "home/9": same } }),
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toBe("Incoming call from Baker");
});
