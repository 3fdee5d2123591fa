import { describe, expect, it } from "vitest";

import { byUrgency, ownState } from "./office.svelte";
import { accountOf, callOf, connectionOf, office, personOf, viewOf } from "./testing";

describe("the office", () => {
  it("keeps the people over a patch without them, and the rest over a patch of people", () => {
    const { backend, office: it } = office({
      people: [personOf({}), personOf({ id: "work/2", name: "Cleo" })],
    });
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ missed: 2 }) });
    expect(it.people).toHaveLength(2);
    backend.send({
      kind: "patch",
      people: [personOf({ availability: "busy" })],
      gone: ["work/2"],
      rest: null,
    });
    expect(it.rest?.missed).toBe(2);
    expect(it.people.map(({ person }) => person.availability)).toEqual(["busy"]);
  });

  it("knows since when an account is deaf", () => {
    const connection = connectionOf({ state: "waiting" });
    const { backend, office: it } = office({
      accounts: [accountOf({ connection }), accountOf({ id: "home" })],
    });
    expect(it.deafSince("work")).toBe(Date.parse("2026-11-21T12:01:00Z"));
    expect(it.deafSince("home")).toBeUndefined();
    backend.send({ kind: "detached" });
    expect(it.deafSince("home")).toBeTypeOf("number");
    backend.send({ kind: "view", view: viewOf({}) });
    expect(it.detachedAt).toBeUndefined();
  });

  it("keeps what went wrong until something goes right", async () => {
    const { backend, office: it } = office({});
    backend.reply = { code: "unreachable", text: "Look at the network." };
    expect(await it.act({ do: "dnd_off" })).toBe(false);
    expect(it.failed?.text).toBe("Look at the network.");
    backend.reply = null;
    expect(await it.act({ do: "dnd_off" })).toBe(true);
    expect(it.failed).toBeUndefined();
  });
});

describe("my own state", () => {
  const me = (availability: "busy" | "available", stale = false) =>
    personOf({ me: true, availability, stale, name: availability });

  it("is the busiest of the accounts that are connected", () => {
    const both = [accountOf({ me: me("available") }), accountOf({ id: "home", me: me("busy") })];
    expect(ownState(viewOf({ accounts: both })).availability).toBe("busy");
    const gone = [accountOf({ me: me("available") }), accountOf({ id: "home", me: me("busy", true) })];
    expect(ownState(viewOf({ accounts: gone })).availability).toBe("available");
  });

  it("is unknown where nothing is connected, never free", () => {
    const gone = [accountOf({ me: me("available", true) })];
    expect(ownState(viewOf({ accounts: gone })).availability).toBe("unknown");
  });
});

it("puts the call that rings me above all others", () => {
  const calls = [
    callOf({ id: "work/other", mine: false }),
    callOf({ id: "work/talk", state: "answered" }),
    callOf({ id: "work/line", mine: null }),
    callOf({ id: "work/rings" }),
  ];
  expect(byUrgency(calls).map(({ id }) => id)).toEqual([
    "work/rings",
    "work/talk",
    "work/other",
    "work/line",
  ]);
});
