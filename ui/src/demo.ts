import type { Reply } from "./backend";
import type { AccountView } from "./bindings/AccountView";
import type { Availability } from "./bindings/Availability";
import type { Call } from "./bindings/Call";
import type { Command } from "./bindings/Command";
import type { Connection } from "./bindings/Connection";
import type { Finding } from "./bindings/Finding";
import type { Person } from "./bindings/Person";
import type { Update } from "./bindings/Update";
import type { View } from "./bindings/View";

const first =
  "Anna Bo Cecilie David Emil Freja Gustav Hanne Ida Jørgen Karin Lars Mette Niels Olga Per Rasmus Søren Tove Ulla Viggo Åse Zoë Nguyễn محمد 渡辺".split(
    " ",
  );
const last =
  "Andersen Bergström Christensen Dahl Eriksen Friis Gade Holm Iversen Jensen Kjær Lindqvist Møller Nørgaard Olsen Petersen Ravn Sørensen Thomsen Vestergaard Wahl Østergaard".split(
    " ",
  );
const kinds: readonly Availability[] = [
  "available",
  "busy",
  "available",
  "offline",
  "away",
  "dnd",
  "unknown",
  "available",
];

/** Views and patches as the resident program would send them. */
export class Demo {
  readonly #state: string;
  readonly #size: number;
  #view: View;
  #cb: (update: Update) => void = () => undefined;

  constructor(state: string, size: number) {
    this.#state = state;
    this.#size = size || (state === "many" ? 3_000 : 3);
    this.#view = this.#make();
  }

  play(cb: (update: Update) => void): ReturnType<typeof setInterval>[] {
    this.#cb = cb;
    if (this.#state === "loading") return [];
    if (this.#state === "error") {
      cb({ kind: "detached" });
      return [];
    }
    cb({ kind: "view", view: this.#view });
    if (this.#state === "detached") cb({ kind: "detached" });
    if (this.#state !== "many") return [];
    let turn = 0;
    return [setInterval(() => this.#stir(++turn), 1_000)];
  }

  act(command: Command): Reply {
    const { dnd } = this.#view;
    switch (command.do) {
      case "dnd_on": {
        const { length } = command;
        const minutes = length.kind === "for" ? length.minutes : 600;
        this.#rest({ dnd: { on: true, until: at(-minutes * 60), accounts: ["work"] } });
        return null;
      }
      case "dnd_off":
        this.#rest({ dnd: { ...dnd, on: false, until: null, accounts: [] } });
        return null;
      case "missed_seen":
        this.#rest({ missed: 0 });
        return null;
      case "sign_in":
        return {
          code: "refused_token",
          text: "The provider refuses this token; make a new one and sign in again.",
        };
      case "dial":
      case "pick_up":
      case "check":
        this.#rest({ checked: { at: at(0), findings: findings(this.#state) } });
        return null;
      case "retry":
      case "add_account":
      case "remove_account":
      case "silence":
      case "call_back":
      case "open":
      case "quit":
        return null;
    }
  }

  #rest(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#cb({ kind: "patch", people: [], gone: [], rest: { ...this.#view, people: [] } });
  }

  /** A tenth of everybody does something else. */
  #stir(turn: number): void {
    const people = this.#view.people.map((person, index) =>
      (index + turn) % 10 === 0 && !person.me
        ? { ...person, availability: kinds[(index + turn) % kinds.length] ?? "unknown", since: at(0) }
        : person,
    );
    const changed = people.filter((person, index) => person !== this.#view.people[index]);
    this.#view = { ...this.#view, people };
    this.#cb({ kind: "patch", people: changed, gone: [], rest: null });
  }

  #make(): View {
    const state = this.#state;
    const connection = connections[state] ?? live;
    const stale = connection.state !== "live";
    const people = Array.from({ length: this.#size }, (_, index) => person(index, stale));
    const me = people[0] ?? null;
    const work: AccountView = {
      id: "work",
      provider: "firmafon",
      connection,
      me,
      can_dnd: true,
      can_dial: true,
      can_pick_up: false,
      queues:
        state === "ringing" || state === "many"
          ? [{ id: "work/42", name: "Support", waiting: [{ number: "+4520304050", since: at(75) }] }]
          : [],
      gaps:
        state === "many"
          ? [
              { from: at(7_300), to: at(7_200), filled: true, note: null },
              {
                from: at(3_700),
                to: at(3_600),
                filled: false,
                note: "calls before 10:00 are no longer kept",
              },
            ]
          : [],
      unknown: state === "many" ? [{ name: "call.parked", count: 12 }] : [],
    };
    const home: AccountView = {
      ...work,
      id: "second-office",
      connection: live,
      me: null,
      queues: [],
      gaps: [],
    };
    const empty = state === "empty";
    const two = state === "signin" || state === "waiting" || state === "many";
    return {
      accounts: empty ? [] : two ? [home, work] : [work],
      people: empty ? [] : people,
      calls: state === "stack" ? stack : state === "ringing" || state === "many" ? calls : [],
      recent: empty || state === "three" ? [] : recent,
      missed: empty || state === "three" ? 0 : 2,
      dnd:
        state === "dnd"
          ? { on: true, until: at(-1_800), accounts: ["work"] }
          : { on: false, until: null, accounts: [] },
      problems:
        state === "problems"
          ? [
              { code: "keyring", text: "The keyring is locked; unlock it to stay signed in." },
              {
                code: "settings",
                text: "Line 7 of settings.toml has the unknown key “pop_ups”; did you mean “popups”?",
              },
            ]
          : [],
      hindered: state === "problems",
      checked: state === "problems" ? { at: at(30), findings: findings(state) } : null,
    };
  }
}

function findings(state: string): Finding[] {
  const ok = (check: string, text: string, account: string | null = null): Finding => ({
    check,
    account,
    verdict: "ok",
    text,
    remedy: null,
  });
  const bad: Finding[] = [
    {
      check: "keyring",
      account: null,
      verdict: "fail",
      text: "The keyring cannot be used.",
      remedy: "The keyring is locked; unlock it to stay signed in.",
    },
    {
      check: "tray",
      account: null,
      verdict: "warn",
      text: "Ringside cannot be seen in a tray.",
      remedy: "Switch on a tray (GNOME: the AppIndicator extension).",
    },
  ];
  return [
    ok("settings", "The settings file has no fault."),
    ok("subscription", "Listening since Sat 12:01: the server has confirmed the subscriptions.", "work"),
    ok("answer", "A probe was answered within 23 ms.", "work"),
    ...(state === "problems" ? bad : []),
    ok("notification", "A test notification was taken in 4 ms and went away again."),
  ];
}

function at(secondsAgo: number): string {
  return new Date(Date.now() - secondsAgo * 1_000).toISOString();
}

function person(index: number, stale: boolean): Person {
  const availability = index === 0 ? "available" : (kinds[(index * 7 + 3) % kinds.length] ?? "unknown");
  const turn = Math.floor(index / first.length);
  const middle = turn < last.length ? "" : `${String.fromCharCode(64 + turn / last.length)}. `;
  const name = `${first[index % first.length]} ${middle}${last[(index + turn) % last.length]}`;
  return {
    id: `work/Employee#${index}`,
    name,
    number: index % 11 === 5 ? null : `+45${20_000_000 + index * 7_919}`,
    me: index === 0,
    availability,
    since: availability === "unknown" ? null : at(30 + index * 97),
    dnd: availability === "dnd",
    dnd_until: availability === "dnd" ? at(-3_600) : null,
    stale,
  };
}

const live: Connection = {
  state: "live",
  since: at(8_040),
  retry_at: null,
  problem: null,
  last_heard_at: at(4),
  transport: "websocket",
};

const connections: Record<string, Connection> = {
  waiting: {
    ...live,
    state: "waiting",
    since: at(95),
    retry_at: at(-42),
    problem: {
      code: "unreachable",
      text: "The provider cannot be reached; check the network of this computer.",
    },
    last_heard_at: at(120),
    transport: null,
  },
  signin: {
    ...live,
    state: "sign_in",
    since: at(300),
    problem: { code: "refused_token", text: "The provider refuses the stored token; sign in again." },
    last_heard_at: at(320),
    transport: null,
  },
  stopped: { ...live, state: "stopped", since: at(20), transport: null },
  connecting: { ...live, state: "connecting", since: at(2), last_heard_at: null, transport: null },
};

const base: Call = {
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

const calls: Call[] = [
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

const stack: Call[] = [base, { ...base, id: "work/4", peer: hidden, started_at: at(3) }];

const recent: Call[] = [
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
