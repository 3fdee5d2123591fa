import type { Backend } from "./backend";
import type { Cursor } from "./bindings/Cursor";
import type { Page } from "./bindings/Page";
import type { PastCall } from "./bindings/PastCall";
import type { Problem } from "./bindings/Problem";
import type { Query } from "./bindings/Query";

/** More than these nobody scrolls through; whoever looks for older ones searches. */
const most = 1_000;
const pageful = 60;
/** So many are told at once. */
const largest = 200;

/** The calls of the past that fit a search, as many as have been scrolled to. */
export class History {
  calls = $state.raw<readonly PastCall[]>([]);
  /** Whether there are more of them. */
  hasMore = $state(false);
  /** How many fit in all. */
  total = $state<number>();
  /** Whether the calls are what is kept. */
  answered = $state(false);
  /** Why there are none to show. */
  problem = $state.raw<Problem>();

  readonly #backend: Backend;
  #query: Partial<Query> = {};
  #next: Cursor | null = null;
  /** Answers to former questions are not taken. */
  #asked = 0;
  #busy = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** What is looked for, without where a page begins and how long it is. */
  get query(): Query {
    return { missed: false, unseen: false, limit: 0, count: false, ...this.#query };
  }

  /** Looks for other calls. */
  async find(query: Partial<Query>): Promise<void> {
    this.#query = query;
    const page = await this.#ask(pageful);
    if (page) this.#show(page.calls, page);
  }

  /** Looks whether newer ones have come; what has been scrolled to stays. */
  async again(): Promise<void> {
    const page = await this.#ask(pageful);
    if (!page) return;
    const ids = new Set(page.calls.map(({ id }) => id));
    // The page says everything down to its last call; where it meets nothing known, there may be some between.
    const met = page.next === null ? -1 : this.calls.map(({ id }) => ids.has(id)).lastIndexOf(true);
    const tail = met < 0 ? [] : this.calls.slice(met + 1);
    this.#show([...page.calls, ...tail], tail.length > 0 ? { ...page, next: this.#next } : page);
  }

  /** Looks for all that is shown, after something was changed anywhere in it. */
  async reload(): Promise<void> {
    const wanted = this.calls.length;
    let page = await this.#ask(Math.max(pageful, Math.min(wanted, largest)));
    const calls = [...(page?.calls ?? [])];
    const total = page?.total ?? null;
    while (page && page.next !== null && calls.length < wanted) {
      page = await this.#ask(Math.max(pageful, Math.min(wanted - calls.length, largest)), page.next);
      calls.push(...(page?.calls ?? []));
    }
    if (page) this.#show(calls, { ...page, total });
  }

  async more(): Promise<void> {
    if (this.#next === null || this.#busy || this.calls.length >= most) return;
    const page = await this.#ask(pageful, this.#next);
    if (page) this.#show([...this.calls, ...page.calls], { ...page, total: this.total ?? null });
  }

  #show(calls: readonly PastCall[], { next, total }: Pick<Page, "next" | "total">): void {
    this.calls = calls;
    this.#next = next;
    this.hasMore = next !== null && calls.length < most;
    this.total = total ?? undefined;
  }

  /** A page, unless something else was asked for meanwhile or it could not be told. */
  async #ask(limit: number, after: Cursor | null = null): Promise<Page | undefined> {
    const asked = ++this.#asked;
    this.#busy = true;
    const page = await this.#backend.past({
      missed: false,
      unseen: false,
      count: after === null,
      ...this.#query,
      limit,
      ...(after === null ? {} : { after }),
    });
    if (asked !== this.#asked) return undefined;
    this.#busy = false;
    const failed = "code" in page;
    this.problem = failed ? page : undefined;
    this.answered = !failed;
    return failed ? undefined : page;
  }
}
