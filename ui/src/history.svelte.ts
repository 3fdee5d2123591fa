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
  /** The question that is being answered. */
  #running: Promise<unknown> | undefined;
  /** What the calls were found by. */
  #found: Partial<Query> | undefined;
  /** Something that is shown may have been changed. */
  #stale = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** What is looked for, without where a page begins and how long it is. */
  get query(): Query {
    return { missed: false, unseen: false, limit: 0, count: false, ...this.#query };
  }

  /** Looks for other calls. To count all that fit costs more than to find the first. */
  async find(query: Partial<Query>, counting: "counted" | "uncounted" = "counted"): Promise<void> {
    this.#query = query;
    const page = await this.#ask(pageful, null, counting);
    if (page) this.#show(page.calls, page);
  }

  /** Looks whether newer ones have come; what has been scrolled to stays. */
  async again(): Promise<void> {
    if (this.#found !== this.#query) return this.find(this.#query);
    if (this.#stale) return this.reload();
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
    this.#stale = true;
    const wanted = this.calls.length;
    let page = await this.#ask(Math.max(pageful, Math.min(wanted, largest)));
    const calls = [...(page?.calls ?? [])];
    const total = page?.total ?? null;
    while (page && page.next !== null && calls.length < wanted) {
      page = await this.#ask(Math.max(pageful, Math.min(wanted - calls.length, largest)), page.next);
      calls.push(...(page?.calls ?? []));
    }
    if (!page) return;
    this.#show(calls, { ...page, total });
    this.#stale = false;
  }

  async more(): Promise<void> {
    if (this.#next === null || this.#busy || this.calls.length >= most) return;
    const page = await this.#ask(pageful, this.#next);
    if (page) this.#show([...this.calls, ...page.calls], { ...page, total: this.total ?? null });
  }

  #show(calls: readonly PastCall[], { next, total }: Pick<Page, "next" | "total">): void {
    if (this.#found !== this.#query) this.#stale = false;
    this.#found = this.#query;
    this.calls = calls;
    this.#next = next;
    this.hasMore = next !== null && calls.length < most;
    this.total = total ?? undefined;
  }

  /** A page, unless something else was asked for meanwhile or it could not be told. */
  async #ask(
    limit: number,
    after: Cursor | null = null,
    counting: "counted" | "uncounted" = after === null ? "counted" : "uncounted",
  ): Promise<Page | undefined> {
    const asked = ++this.#asked;
    this.#busy = true;
    // Of what is asked for meanwhile only the last is asked for, so that no answer waits for those nobody wants.
    if (this.#running) await this.#running;
    if (asked !== this.#asked) return undefined;
    const answer = this.#backend.past({
      missed: false,
      unseen: false,
      count: counting === "counted",
      ...this.#query,
      limit,
      ...(after === null ? {} : { after }),
    });
    this.#running = answer;
    const page = await answer;
    if (this.#running === answer) this.#running = undefined;
    if (asked !== this.#asked) return undefined;
    this.#busy = false;
    const failed = "code" in page;
    this.problem = failed ? page : undefined;
    this.answered = !failed;
    return failed ? undefined : page;
  }
}
