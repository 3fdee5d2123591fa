import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});

it("searches in short tasks once the list is painted, and only the first time", async () => {
  const { warmUp } = await import("./warm");
  const run = vi.fn(() => true);
  warmUp(run);
  vi.advanceTimersByTime(299);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  const runs = run.mock.calls.length;
  expect(runs).toBeGreaterThan(1);
  warmUp(run);
  vi.runAllTimers();
  expect(run).toHaveBeenCalledTimes(runs);
});

it("ends when somebody types, or the list goes away, and goes on when it is back", async () => {
  const { warmUp } = await import("./warm");
  const run = vi.fn(() => true);
  warmUp(run)();
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
  const typed = vi.fn(() => false);
  warmUp(typed);
  vi.runAllTimers();
  expect(typed).toHaveBeenCalledTimes(1);
});
