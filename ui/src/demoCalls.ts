import type { Call } from "./bindings/Call";
import type { CallId } from "./bindings/CallId";
import type { Noted } from "./bindings/Noted";
import type { PastCall } from "./bindings/PastCall";

export function at(secondsAgo: number): string {
  return new Date(Date.now() - secondsAgo * 1_000).toISOString();
}

export const base: Call = {
  id: "work/1",
  account: "work",
  direction: "incoming",
  state: "ringing",
  mine: true,
  peer: { number: "+4511223344", raw: "4511223344", name: "Bageriet på hjørnet", hidden: false },
  line: { id: "Reception#10", name: "Main number" },
  people: [],
  started_at: at(7),
  answered_at: null,
  ended_at: null,
  outcome: null,
};
const stranger = { number: "+46701234567", raw: null, name: null, hidden: false };
const hidden = { number: null, raw: null, name: null, hidden: true };
const hostile = {
  number: "+4599887766",
  raw: null,
  name: "<b>Bold</b> & \u202Eevil with a very long name that does not end where one expects it to",
  hidden: false,
};

export const calls: Call[] = [
  base,
  { ...base, id: "work/2", peer: hidden, started_at: at(3), line: null, mine: null },
  {
    ...base,
    id: "work/3",
    state: "answered",
    mine: false,
    peer: stranger,
    people: [{ id: "work/Employee#7", name: "Hanne Nørgaard" }],
    started_at: at(310),
    answered_at: at(301),
  },
];

export const notes: Record<CallId, Noted> = {
  [base.id]: {
    note: "Wants an offer for twelve wedding cakes in May, and asks again on Monday whether the ovens are repaired by then",
    call_back: true,
  },
};

export const stack: Call[] = [base, { ...base, id: "work/4", peer: hidden, started_at: at(3) }];

export const recent: Call[] = [
  ended("missed", 600, {}),
  ended("missed", 1_500, { peer: hidden, line: null }),
  ended("answered", 2_400, {
    answered_at: at(2_390),
    ended_at: at(2_100),
    direction: "outgoing",
    line: null,
  }),
  ended("answered_elsewhere", 4_000, {
    peer: stranger,
    people: [{ id: "work/Employee#1", name: "Bo Friis" }],
  }),
  ended("voicemail", 9_000, { peer: hostile }),
  ended("missed", 12_000, { direction: "outgoing", peer: stranger, line: null }),
  ended("declined", 16_000, {}),
  ended("busy", 40_000, { direction: "outgoing", line: null }),
  ended("transferred", 90_000, {}),
  ended("failed", 100_000, { direction: "outgoing", peer: stranger, line: null }),
  ended("lost", 400_000, { mine: false }),
];

function ended(outcome: NonNullable<Call["outcome"]>, secondsAgo: number, more: Partial<Call>): Call {
  return {
    ...base,
    id: `work/${outcome}-${secondsAgo}`,
    state: "ended",
    started_at: at(secondsAgo),
    ended_at: at(secondsAgo - 20),
    outcome,
    ...more,
  };
}

/** Some years of calls. */
export const past: PastCall[] = Array.from({ length: 300 }, (_, index) => {
  const call = recent[index % recent.length] ?? base;
  const days = Math.floor(index / recent.length) * 86_400;
  const earlier = (at: string | null): string | null =>
    at === null ? null : new Date(Date.parse(at) - days * 1_000).toISOString();
  return {
    ...call,
    id: `${call.id}-${index}`,
    started_at: earlier(call.started_at),
    answered_at: earlier(call.answered_at),
    ended_at: earlier(call.ended_at),
    alert: call.mine
      ? { shown: index % 3 > 0, why: index % 3 > 0 ? "rings me" : "do not disturb is on" }
      : null,
    seen: call.outcome === "missed" && call.direction === "incoming" ? index > 1 : null,
    note: index === 2 ? "Wants three crates more, calls again on Monday" : null,
    remind_at: index === 0 ? at(-3_600) : null,
    private: false,
  };
});
