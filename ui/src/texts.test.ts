import { expect, it } from "vitest";

import { callOf } from "./testing";
import { age, moment, span, texts, timer } from "./texts";

const now = Date.parse("2026-11-21T12:00:00Z");

it("says moments as people do", () => {
  expect(moment("2026-11-21T14:30:00Z", now)).toBe("14:30");
  expect(moment("2026-11-22T06:00:00Z", now)).toBe("tomorrow 06:00");
  expect(moment("2026-11-20T23:59:00Z", now)).toBe("yesterday 23:59");
  expect(moment("2026-11-03T09:05:00Z", now)).toBe("3 Nov 09:05");
  expect(moment("2024-11-21T09:05:00Z", now)).toBe("21 Nov 2024 09:05");
  expect(moment("2027-01-03T09:05:00Z", now)).toBe("3 Jan 2027 09:05");
  expect(moment("2025-12-31T23:00:00Z", Date.parse("2026-01-01T01:00:00Z"))).toBe("yesterday 23:00");
});

it("says lengths in their largest units", () => {
  expect([0, 59, 60, 3_599, 3_600, 7_500, 90_000].map(span)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "59 min",
    "1 h",
    "2 h 5 min",
    "1 d",
  ]);
});

it("gives no age to what has just begun, or has not begun by this clock", () => {
  expect(age("2026-11-21T11:59:30Z", now)).toBeUndefined();
  expect(age("2026-11-21T12:10:00Z", now)).toBeUndefined();
  expect(age("2026-11-21T11:56:00Z", now)).toBe("4 min");
});

it("runs timers from zero, hours only when there are some", () => {
  expect(timer("2026-11-21T12:00:05Z", now)).toBe("0:00");
  expect(timer("2026-11-21T11:59:53Z", now)).toBe("0:07");
  expect(timer("2026-11-21T10:57:57Z", now)).toBe("1:02:03");
});

it("names a caller by what is known", () => {
  const peer = { number: null, raw: null, name: null, hidden: false };
  expect(texts.peer(callOf({ peer: { ...peer, hidden: true } }))).toBe("Hidden number");
  expect(texts.peer(callOf({ peer }))).toBe("Unknown caller");
  expect(texts.peer(callOf({ peer: { ...peer, raw: "17" } }))).toBe("17");
});

it("never calls an outgoing call missed", () => {
  expect(texts.outcome("missed", callOf({ direction: "outgoing" }))).toBe("No answer");
  expect(texts.outcome("answered_elsewhere", callOf({}))).toBe("Answered elsewhere");
});
