import type { Reply } from "./backend";
import type { AccountView } from "./bindings/AccountView";
import type { Availability } from "./bindings/Availability";
import type { Command } from "./bindings/Command";
import type { Connection } from "./bindings/Connection";
import type { Dnd } from "./bindings/Dnd";
import type { DndState } from "./bindings/DndState";
import type { Finding } from "./bindings/Finding";
import type { Look } from "./bindings/Look";
import type { Page } from "./bindings/Page";
import type { PastCall } from "./bindings/PastCall";
import type { Person } from "./bindings/Person";
import type { Query } from "./bindings/Query";
import type { SettingChange } from "./bindings/SettingChange";
import type { SettingsForm } from "./bindings/SettingsForm";
import type { Update } from "./bindings/Update";
import type { View } from "./bindings/View";
import { at, calls, notes, past, recent, stack } from "./demoCalls";
import { changed, form } from "./demoSettings";

const first =
  "Anna Bo Cecilie David Emil Freja Gustav Hanne Ida Jørgen Karin Lars Mette Niels Olga Per Rasmus Søren Tove Ulla Viggo Åse Zoë Nguyễn محمد 渡辺".split(
    " ",
  );
const last =
  "Andersen Bergström Christensen Dahl Eriksen Friis Gade Holm Iversen Jensen Kjær Lindqvist Møller Nørgaard Olsen Petersen Ravn Sørensen Thomsen Vestergaard Wahl Østergaard".split(
    " ",
  );
const departments = ["Sales", "Support", "Logistics", "Finance", "Sales, Support", "Reception", "Warehouse"];
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

const sizes: Record<string, number> = { many: 3_000, storm: 10_000, favourites: 40 };

const noDnd: Dnd = {
  on: false,
  until: null,
  accounts: [],
  origin: null,
  since: null,
  asks_again_at: null,
  asking: false,
  held_off_until: null,
  states: [],
};

/** Switched on by a person here, taken by the provider. */
function dnd(until: string | null): Dnd {
  const work: DndState = {
    account: "work",
    able: true,
    wanted: true,
    is: true,
    until,
    since: at(60),
    by: "ringside",
    settling: false,
    trouble: null,
    retry_at: null,
  };
  return {
    ...noDnd,
    on: true,
    until,
    accounts: ["work"],
    origin: "manual",
    since: at(60),
    asks_again_at: until === null ? at(-8 * 3_600) : null,
    states: [work],
  };
}

/** Views and patches as the resident program would send them. */
export class Demo {
  readonly #state: string;
  readonly #size: number;
  readonly #look: Look;
  #form = form();
  /** What was done with calls of the past. */
  readonly #kept = new Map<string, Partial<PastCall> & { gone?: boolean }>();
  #view: View;
  #cb: (update: Update) => void = () => undefined;

  constructor(state: string, size: number, look: Look) {
    this.#state = state;
    this.#look = look;
    this.#size = size || sizes[state] || 3;
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
    let turn = 0;
    // 1,000 changes a second, as the resident program would tell them.
    if (this.#state === "storm") return [setInterval(() => this.#stir(++turn, this.#size / 50), 50)];
    if (this.#state !== "many") return [];
    return [setInterval(() => this.#stir(++turn), 1_000)];
  }

  act(command: Command): Reply {
    switch (command.do) {
      case "dnd_on": {
        const { length } = command;
        const minutes = length.kind === "for" ? length.minutes : 600;
        this.#rest({ dnd: dnd(length.kind === "open" ? null : at(-minutes * 60)) });
        return null;
      }
      case "dnd_off":
        this.#rest({ dnd: noDnd });
        return null;
      case "dnd_toggle":
      case "dnd_keep":
        this.#rest({ dnd: dnd(null) });
        return null;
      case "missed_seen":
        this.#rest({ missed: 0 });
        return null;
      case "favourite": {
        const others = this.#view.favourites.filter((id) => id !== command.person);
        this.#rest({ favourites: command.on ? [...others, command.person] : others });
        return null;
      }
      case "tell_when_free":
        this.#rest({ awaited: [{ person: command.person, until: at(-60 * (command.minutes ?? 60)) }] });
        return null;
      case "tell_no_more":
        this.#rest({ awaited: [] });
        return null;
      case "set":
        return this.#set(command);
      case "note":
        this.#keep(command.call, { note: command.text || null });
        return null;
      case "remind":
        this.#keep(command.call, { remind_at: command.at });
        return null;
      case "make_private":
        this.#keep(command.call, {
          private: true,
          peer: { number: null, raw: null, name: null, hidden: true },
        });
        return null;
      case "erase":
        if (command.calls.what === "call") this.#keep(command.calls.call, { gone: true });
        if (command.calls.what === "all") this.#rest({ recent: [], missed: 0 });
        return null;
      case "sign_in":
        return {
          code: "refused_token",
          text: "The provider does not accept this account's token; sign in again with a new one.",
        };
      case "check":
        this.#rest({ checked: { at: at(0), findings: findings(this.#state) } });
        return null;
      case "dial":
      case "call_person":
      case "pick_up":
      case "retry":
      case "add_account":
      case "remove_account":
      case "silence":
      case "quiet_caller":
      case "quiet_number":
      case "allow_caller":
      case "open_crm":
      case "copy_number":
      case "share":
      case "call_back":
      case "call_seen":
      case "open":
      case "quit":
        return null;
    }
  }

  #rest(change: Partial<View>): void {
    this.#view = { ...this.#view, ...change };
    this.#cb({ kind: "patch", people: [], gone: [], rest: { ...this.#view, people: [] } });
  }

  calls({ search, missed, direction, after, limit }: Query): Page {
    const text = search?.toLowerCase() ?? "";
    const calls = past
      .map((call) => ({ ...call, ...this.#kept.get(call.id) }))
      .filter(
        (call) =>
          !call.gone &&
          (!missed || call.outcome === "missed") &&
          (!direction || call.direction === direction) &&
          JSON.stringify([call.peer, call.line, call.note]).toLowerCase().includes(text),
      );
    const from = after ?? 0;
    const empty = this.#view.recent.length === 0;
    return {
      calls: empty ? [] : calls.slice(from, from + limit),
      next: from + limit < calls.length ? from + limit : null,
      total: calls.length,
      unseen: this.#view.missed,
    };
  }

  settings(): SettingsForm {
    return this.#form;
  }

  #keep(call: string, change: Partial<PastCall> & { gone?: boolean }): void {
    this.#kept.set(call, { ...this.#kept.get(call), ...change });
  }

  #set({ group, key, value }: SettingChange): Reply {
    if (key === "text_percent" && value !== null && !(Number(value) >= 100 && Number(value) <= 200)) {
      return { code: "settings", text: "`text_percent` must be from 100 to 200." };
    }
    this.#form = changed(this.#form, group, key, value);
    if (group === "window") {
      const look = { ...this.#view.look };
      if (key === "theme") look.theme = (value ?? "system") as Look["theme"];
      if (key === "density") look.density = (value ?? "roomy") as Look["density"];
      if (key === "text_percent") look.text_percent = Number(value ?? 100);
      this.#rest({ look });
    }
    return null;
  }

  /** One in so many does something else. */
  #stir(turn: number, one = 10): void {
    const people = this.#view.people.map((person, index) =>
      (index + turn) % one === 0 && !person.me
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
              { from: at(7_300), to: at(7_200), filled: true, fetched: 2, note: null },
              {
                from: at(3_700),
                to: at(3_600),
                filled: false,
                fetched: null,
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
    const marked = state === "many" || state === "favourites";
    const two = state === "signin" || state === "waiting" || state === "many";
    return {
      accounts: empty ? [] : two ? [home, work] : [work],
      people: empty ? [] : people,
      calls:
        state === "stack" ? stack : state === "ringing" || state === "noted" || state === "many" ? calls : [],
      notes: state === "noted" ? notes : {},
      recent: empty || state === "three" ? [] : recent,
      missed: empty || state === "three" ? 0 : 2,
      dnd: state === "dnd" ? dnd(at(-1_800)) : noDnd,
      address_books:
        state === "problems"
          ? [
              {
                name: "customers.csv",
                contacts: 99_812,
                skipped: 188,
                places: [
                  { line: 12, why: "it has no number" },
                  { line: 40, why: "what is written as its number is none" },
                  { line: 977, why: "the name is longer than 200 characters and was cut" },
                ],
                read_at: at(900),
                problem: null,
              },
            ]
          : [],
      problems:
        state === "problems"
          ? [
              {
                code: "keyring",
                text: "The keyring is locked; unlock it (your login password), and Ringside goes on by itself.",
              },
              {
                code: "settings",
                text: "Settings, line 7: `pop_ups` is not a known key and is ignored; did you mean `popups`?",
              },
            ]
          : [],
      hindered: state === "problems",
      checked: state === "problems" ? { at: at(30), findings: findings(state) } : null,
      favourites: marked ? people.slice(3, 6).map(({ id }) => id) : [],
      awaited: marked ? [{ person: people[4]?.id ?? "", until: at(-2_400) }] : [],
      look: this.#look,
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
      remedy: "The keyring is locked; unlock it (your login password), and Ringside goes on by itself.",
    },
    {
      check: "tray",
      account: null,
      verdict: "warn",
      text: "Ringside cannot be seen in a tray.",
      remedy:
        "This desktop shows no tray; open Ringside from the menu, or switch on a tray (GNOME: the AppIndicator extension).",
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

function person(index: number, stale: boolean): Person {
  const availability = index === 0 ? "available" : (kinds[(index * 7 + 3) % kinds.length] ?? "unknown");
  const turn = Math.floor(index / first.length);
  const middle = turn < last.length ? "" : `${String.fromCharCode(64 + turn / last.length)}. `;
  const name = `${first[index % first.length]} ${middle}${last[(index + turn) % last.length]}`;
  return {
    id: `work/Employee#${index}`,
    name,
    number: index % 11 === 5 ? null : `+45${20_000_000 + index * 7_919}`,
    ...(index % 4 === 3 ? {} : { department: departments[index % departments.length] ?? "" }),
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
      text: "The provider cannot be reached; check the network, or wait: Ringside keeps trying.",
    },
    last_heard_at: at(120),
    transport: null,
  },
  signin: {
    ...live,
    state: "sign_in",
    since: at(300),
    problem: {
      code: "refused_token",
      text: "The provider does not accept this account's token; sign in again with a new one.",
    },
    last_heard_at: at(320),
    transport: null,
  },
  stopped: { ...live, state: "stopped", since: at(20), transport: null },
  connecting: { ...live, state: "connecting", since: at(2), last_heard_at: null, transport: null },
};
