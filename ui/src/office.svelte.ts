import type { Backend } from "./backend";
import type { Call } from "./bindings/Call";
import type { Command } from "./bindings/Command";
import type { Person } from "./bindings/Person";
import type { SettingsForm } from "./bindings/SettingsForm";
import type { Problem } from "./bindings/Problem";
import type { Update } from "./bindings/Update";
import type { View } from "./bindings/View";
import { type Counts, type Entry, Roster } from "./roster";

/** A view without its people, who are in `Office.people`. */
export type Rest = Omit<View, "people">;

/** What the resident program has told, as the page shows it. */
export class Office {
  /** `undefined` until the first view has come. */
  rest = $state.raw<Rest>();
  /** Oneself first, then by name; the same list while nobody comes, leaves or is called otherwise. */
  people = $state.raw<readonly Entry[]>([]);
  /** Changes whenever anybody does something else. */
  beat = $state(0);
  /** The marked colleagues. */
  favourites = $state.raw<ReadonlySet<string>>(new Set());
  /** When the resident program went away, in milliseconds since 1970. */
  detachedAt = $state<number>();
  /** The last command that was not done. */
  failed = $state.raw<Problem>();

  /** Where it is told from. */
  readonly backend: Backend;
  readonly #roster = new Roster();

  constructor(backend: Backend) {
    this.backend = backend;
  }

  follow(): () => void {
    return this.backend.follow((update) => this.apply(update));
  }

  apply(update: Update): void {
    switch (update.kind) {
      case "view":
        this.#roster.replace(update.view.people);
        this.#settle(update.view);
        this.detachedAt = undefined;
        break;
      case "patch":
        this.#roster.patch(update.people, update.gone);
        this.#settle(update.rest);
        break;
      case "detached":
        this.detachedAt ??= Date.now();
        break;
      case "open":
        break;
    }
  }

  #settle(rest: Rest | null): void {
    this.people = this.#roster.sorted;
    this.beat++;
    if (!rest) return;
    this.rest = rest;
    if (
      rest.favourites.length !== this.favourites.size ||
      !rest.favourites.every((id) => this.favourites.has(id))
    ) {
      this.favourites = new Set(rest.favourites);
    }
  }

  /** Another order of names. */
  order(names: Intl.Collator): void {
    this.#roster.order(names);
    this.people = this.#roster.sorted;
  }

  /** Somebody as they are at this moment. */
  person(id: string): Person | undefined {
    void this.beat;
    return this.#roster.get(id)?.person;
  }

  entry(id: string): Entry | undefined {
    void this.people;
    return this.#roster.get(id);
  }

  /** How many stand how. */
  counts(): Counts {
    void this.beat;
    return this.#roster.counts(this.detachedAt !== undefined);
  }

  /** Until when a colleague is waited for. */
  awaited(id: string): string | undefined {
    return this.rest?.awaited.find(({ person }) => person === id)?.until;
  }

  /** What there is to set; `undefined` if it could not be asked for, and `failed` says why. */
  async settings(): Promise<SettingsForm | undefined> {
    const form = await this.backend.settings();
    if ("code" in form) {
      this.failed = form;
      return undefined;
    }
    return form;
  }

  /** Whether it was done; if not, `failed` says why. */
  async act(command: Command): Promise<boolean> {
    const problem = await this.backend.act(command);
    this.failed = problem ?? undefined;
    return problem === null;
  }

  /** Since when nothing true is known of this account's people, in milliseconds since 1970. */
  deafSince(account: string): number | undefined {
    if (this.detachedAt !== undefined) return this.detachedAt;
    const connection = this.rest?.accounts.find((one) => one.id === account)?.connection;
    if (!connection || connection.state === "live") return undefined;
    return Date.parse(connection.last_heard_at ?? connection.since);
  }
}

/** What I do, over all accounts: the busiest of what is still true. */
export function ownState(rest: Rest): { availability: Person["availability"]; me: Person | undefined } {
  const mes = rest.accounts.flatMap(({ me }) => (me ? [me] : []));
  const rank = ["ringing", "busy", "dnd", "away", "available", "offline", "unknown"] as const;
  const now = mes.filter((me) => !me.stale);
  const availability = rank.find((one) => now.some((me) => me.availability === one)) ?? "unknown";
  const me = now.find((one) => one.availability === availability) ?? mes[0];
  if (rest.dnd.on && availability !== "ringing" && availability !== "busy")
    return { availability: "dnd", me };
  return { availability, me };
}

export function rings(call: Call): boolean {
  return call.state === "ringing" && call.direction === "incoming";
}

export function ringsMe(call: Call): boolean {
  return rings(call) && call.mine === true;
}

/** Neither kept quiet nor the second report of a call that is shown already. */
export function isAlerted(rest: Rest, call: Call): boolean {
  return rest.alerts?.[call.id]?.shown !== false;
}

/** Ringing before talking, mine before others', oldest first. */
export function byUrgency(calls: readonly Call[]): Call[] {
  const rank = (call: Call): number => (ringsMe(call) ? 0 : call.mine ? 1 : 2);
  return [...calls].sort(
    (a, b) => rank(a) - rank(b) || (a.started_at ?? "").localeCompare(b.started_at ?? ""),
  );
}
