import { cleanup } from "@testing-library/svelte";
import { afterEach, vi } from "vitest";

import type { Backend, Reply } from "./backend";
import type { AccountView } from "./bindings/AccountView";
import type { Call } from "./bindings/Call";
import type { Command } from "./bindings/Command";
import type { Connection } from "./bindings/Connection";
import type { Dnd } from "./bindings/Dnd";
import type { DndState } from "./bindings/DndState";
import type { Person } from "./bindings/Person";
import type { Page } from "./bindings/Page";
import type { Problem } from "./bindings/Problem";
import type { Query } from "./bindings/Query";
import type { Saved } from "./bindings/Saved";
import type { Format } from "./bindings/Format";
import type { SettingsForm } from "./bindings/SettingsForm";
import type { Update } from "./bindings/Update";
import type { View } from "./bindings/View";
import { Office } from "./office.svelte";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A backend that remembers what it was asked for and answers as told. */
export class Recorder implements Backend {
  readonly commands: Command[] = [];
  readonly calls: string[] = [];
  reply: Reply = null;
  readonly queries: Query[] = [];
  readonly saves: [Query, Format][] = [];
  saved: Saved | Problem = { path: "/home/anna/Downloads/ringside-calls.csv", calls: 2 };
  page: Page | Problem = { code: "storage", text: "Nothing keeps calls here." };
  form: SettingsForm = { file: "/home/anna/.config/ringside/settings.toml", organisation: null, groups: [] };
  send: (update: Update) => void = () => undefined;

  follow(cb: (update: Update) => void): () => void {
    this.send = cb;
    return () => (this.send = () => undefined);
  }
  act(command: Command): Promise<Reply> {
    this.commands.push(command);
    return Promise.resolve(this.reply);
  }
  past(query: Query): Promise<Page | Problem> {
    this.queries.push(query);
    const { page } = this;
    return Promise.resolve("code" in page || query.count ? page : { ...page, total: null });
  }
  save(query: Query, format: Format): Promise<Saved | Problem> {
    this.saves.push([query, format]);
    return Promise.resolve(this.saved);
  }
  settings(): Promise<SettingsForm> {
    return Promise.resolve(this.form);
  }
  /** For what size of text the popup's window was to have room, in percent. */
  roomFor: number | undefined;
  mounted(textPercent?: number): void {
    this.roomFor = textPercent;
    this.calls.push("mounted");
  }
  hidePopup(): void {
    this.calls.push("hide_popup");
  }
}

export function office(view?: Partial<View>): { backend: Recorder; office: Office } {
  const backend = new Recorder();
  const made = new Office(backend);
  made.follow();
  if (view) backend.send({ kind: "view", view: viewOf(view) });
  return { backend, office: made };
}

export function viewOf(view: Partial<View>): View {
  return {
    accounts: [accountOf({})],
    people: [],
    calls: [],
    recent: [],
    missed: 0,
    dnd: dndOf({}),
    address_books: [],
    problems: [],
    hindered: false,
    checked: null,
    favourites: [],
    awaited: [],
    look: { theme: "system", density: "roomy", text_percent: 100, language: "en" },
    ...view,
  };
}

export function dndOf(dnd: Partial<Dnd>): Dnd {
  return {
    on: false,
    until: null,
    accounts: [],
    origin: null,
    since: null,
    asks_again_at: null,
    asking: false,
    held_off_until: null,
    states: [],
    ...dnd,
  };
}

export function dndStateOf(state: Partial<DndState>): DndState {
  return {
    account: "work",
    able: true,
    wanted: true,
    is: true,
    until: null,
    since: null,
    by: "ringside",
    settling: false,
    trouble: null,
    retry_at: null,
    ...state,
  };
}

export function accountOf(account: Partial<AccountView>): AccountView {
  return {
    id: "work",
    provider: "firmafon",
    connection: connectionOf({}),
    me: personOf({ id: "work/me", name: "Anna", me: true }),
    can_dnd: true,
    can_dial: true,
    can_pick_up: false,
    queues: [],
    gaps: [],
    unknown: [],
    ...account,
  };
}

export function connectionOf(connection: Partial<Connection>): Connection {
  return {
    state: "live",
    since: "2026-11-21T12:00:00.000Z",
    retry_at: null,
    problem: null,
    last_heard_at: "2026-11-21T12:01:00.000Z",
    transport: "websocket",
    ...connection,
  };
}

export function personOf(person: Partial<Person>): Person {
  return {
    id: "work/1",
    name: "Bo",
    number: "+4511223344",
    me: false,
    availability: "available",
    since: null,
    dnd: false,
    dnd_until: null,
    stale: false,
    ...person,
  };
}

export function callOf(call: Partial<Call>): Call {
  return {
    id: "work/c1",
    account: "work",
    direction: "incoming",
    state: "ringing",
    mine: true,
    peer: { number: "+4599887766", raw: null, name: "Baker", hidden: false },
    line: { id: "Reception#10", name: "Main number" },
    people: [],
    started_at: "2026-11-21T12:00:00.000Z",
    answered_at: null,
    ended_at: null,
    outcome: null,
    ...call,
  };
}
