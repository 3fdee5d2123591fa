import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";

import App from "./App.svelte";
import { callOf, office } from "./testing";

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
