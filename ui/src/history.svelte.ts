import type { Backend } from "./backend";
import type { Cursor } from "./bindings/Cursor";
import type { PastCall } from "./bindings/PastCall";
import type { Problem } from "./bindings/Problem";
import type { Query } from "./bindings/Query";

/** More than these nobody scrolls through; whoever looks for older ones searches. */
const most = 1_000;
const pageful = 60;

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
  find(query: Partial<Query>): Promise<void> {
    this.#query = query;
    return this.#load(pageful);
  }

  /** Looks again for what is shown. */
  again(): Promise<void> {
    return this.#load(Math.max(pageful, Math.min(this.calls.length, 200)));
  }

  async more(): Promise<void> {
    if (this.#next === null || this.#busy || this.calls.length >= most) return;
    await this.#ask(pageful, this.#next);
  }

  #load(limit: number): Promise<void> {
    return this.#ask(limit, null);
  }

  async #ask(limit: number, after: Cursor | null): Promise<void> {
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
    if (asked !== this.#asked) return;
    this.#busy = false;
    if ("code" in page) {
      this.problem = page;
      this.answered = false;
      return;
    }
    this.problem = undefined;
    this.answered = true;
    this.calls = after === null ? page.calls : [...this.calls, ...page.calls];
    this.#next = page.next;
    this.hasMore = page.next !== null && this.calls.length < most;
    if (after === null) this.total = page.total ?? undefined;
  }
}
