import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";

import App from "./App.svelte";
import type { PastCall } from "./bindings/PastCall";
import { form } from "./demoSettings";
import { History } from "./history.svelte";
import { callOf, office, Recorder, viewOf } from "./testing";

const past = (change: Partial<PastCall>): PastCall => ({
  ...callOf({ state: "ended", outcome: "missed" }),
  alert: { shown: false, why: "do not disturb is on" },
  seen: true,
  note: null,
  remind_at: null,
  private: false,
  ...change,
});
const page = (calls: PastCall[], next: number | null = null) => ({
  calls,
  next,
  total: calls.length,
  unseen: 0,
});
const click = (id: string) => fireEvent.click(screen.getByTestId(id));

beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
});

async function show(...calls: PastCall[]): Promise<Recorder> {
  const { backend, office: it } = office({});
  backend.page = page(calls);
  render(App, { props: { office: it, backend } });
  await click("tab-calls");
  await tick();
  await tick();
  return backend;
}

describe("calls of the past", () => {
  it("are searched and filtered where they are kept", async () => {
    const backend = await show(past({}));
    await fireEvent.input(screen.getByTestId("calls-search"), { target: { value: " baker " } });
    await click("calls-missed");
    expect(backend.queries.at(-1)).toMatchObject({ search: "baker", missed: true });
    await click("calls-outgoing");
    expect(backend.queries.at(-1)).toMatchObject({ missed: false, direction: "outgoing" });
  });

  it("say why there was no notification, and take a note and a reminder", async () => {
    const backend = await show(past({}));
    await click("call-open");
    const card = within(screen.getByTestId("call-card"));
    expect(card.getByText("Not shown: do not disturb is on")).toBeTruthy();
    await fireEvent.change(screen.getByTestId("card-note"), { target: { value: " Crates " } });
    vi.setSystemTime("2026-11-21T12:00:00Z");
    await click("card-remind-60");
    expect(backend.commands).toEqual([
      { do: "note", call: "work/c1", text: "Crates" },
      { do: "remind", call: "work/c1", at: "2026-11-21T13:00:00.000Z" },
    ]);
  });

  it("are erased or made private only after a second question", async () => {
    const backend = await show(past({}));
    await click("call-open");
    await click("card-erase");
    expect(backend.commands).toEqual([]);
    await click("card-certain");
    expect(backend.commands).toEqual([{ do: "erase", calls: { what: "call", call: "work/c1" } }]);
  });

  it("are the latest ones where nothing keeps more", async () => {
    const { backend, office: it } = office({ recent: [callOf({ state: "ended", outcome: "missed" })] });
    render(App, { props: { office: it, backend } });
    await click("tab-calls");
    await tick();
    await tick();
    expect(screen.getAllByTestId("recent-row")).toHaveLength(1);
    expect(screen.getByText("Nothing keeps calls here.")).toBeTruthy();
  });
});

describe("the history", () => {
  it("goes on where a page ended, and does not take the answer to a former question", async () => {
    const backend = new Recorder();
    const history = new History(backend);
    backend.page = page([past({ id: "work/1" })], 7);
    await history.find({});
    backend.page = page([past({ id: "work/2" })]);
    await history.more();
    expect(backend.queries.at(-1)?.after).toBe(7);
    expect(history.calls.map(({ id }) => id)).toEqual(["work/1", "work/2"]);
    expect(history.hasMore).toBe(false);

    const answers: ((it: ReturnType<typeof page>) => void)[] = [];
    backend.past = () => new Promise((done) => answers.push(done));
    const slow = history.find({ search: "o" });
    const skipped = history.find({ search: "ol" });
    const quick = history.find({ search: "new" });
    expect(answers, "one at a time").toHaveLength(1);
    answers[0]?.(page([past({ id: "work/old" })]));
    await slow;
    expect(history.calls.map(({ id }) => id)).toEqual(["work/1", "work/2"]);
    expect(answers, "only for the last").toHaveLength(2);
    answers[1]?.(page([past({ id: "work/new" })]));
    await Promise.all([skipped, quick]);
    expect(history.calls.map(({ id }) => id)).toEqual(["work/new"]);
  });

  it("counts what is found once typing rests", async () => {
    vi.useFakeTimers();
    const backend = await show(past({}));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(
      backend.queries.map(({ count }) => count),
      "opened: asked once",
    ).toEqual([true]);
    const search = screen.getByTestId("calls-search");
    for (const value of ["b", "ba", "bak"]) {
      await fireEvent.input(search, { target: { value } });
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(backend.queries.slice(1).map(({ search, count }) => [search, count])).toEqual([
      ["b", false],
      ["ba", false],
      ["bak", false],
    ]);
    expect(screen.queryByText("1 call")).toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(backend.queries.slice(4).map(({ search, count }) => [search, count])).toEqual([["bak", true]]);
    expect(screen.getByText("1 call")).toBeTruthy();
  });

  it("comes back with the resident program, and until then the latest calls are those searched for", async () => {
    vi.useFakeTimers();
    const { backend, office: it } = office({
      recent: [
        callOf({ id: "work/b", state: "ended", outcome: "missed" }),
        callOf({
          id: "work/c",
          state: "ended",
          peer: { number: "17", raw: null, name: "Carl", hidden: false },
        }),
      ],
    });
    backend.page = page([past({})]);
    const { container } = render(App, { props: { office: it, backend } });
    await click("tab-calls");
    await vi.advanceTimersByTimeAsync(1_000);
    backend.send({ kind: "detached" });
    backend.page = { code: "internal", text: "Ringside is not running." };
    await fireEvent.input(screen.getByTestId("calls-search"), { target: { value: "carl" } });
    await vi.advanceTimersByTimeAsync(1_000);
    const ids = () => screen.queryAllByTestId("recent-row").map((row) => row.dataset["id"]);
    expect(ids()).toEqual([]);
    expect(container.textContent).toContain("Ringside is not running.");
    backend.page = page([past({ id: "work/kept" })]);
    backend.send({ kind: "view", view: viewOf(it.rest ?? {}) });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ids()).toEqual(["work/kept"]);
  });

  it("keeps what has been scrolled to when a call ends, whatever came or went meanwhile", async () => {
    const backend = new Recorder();
    const history = new History(backend);
    const shown = (): string => history.calls.map(({ id }) => id.slice(5)).join(" ");
    const calls = (ids: string, next: number | null) =>
      page(
        ids.split(" ").map((id) => past({ id: `work/${id}` })),
        next,
      );
    backend.page = calls("9 8 7 6", 6);
    await history.find({});
    backend.page = calls("5 4 3", 3);
    await history.more();
    backend.page = calls("10 9 7 6", 6);
    await history.again();
    expect(shown(), "8 was erased, 10 has come").toBe("10 9 7 6 5 4 3");
    backend.page = calls("2 1", null);
    await history.more();
    expect(backend.queries.at(-1)?.after).toBe(3);
    expect(shown()).toBe("10 9 7 6 5 4 3 2 1");

    backend.page = calls("14 13 12 11", 11);
    await history.again();
    expect(shown(), "some between the two may not have been told").toBe("14 13 12 11");
    expect(history.hasMore).toBe(true);
    backend.page = calls("14 13", null);
    await history.again();
    expect(shown(), "these are all").toBe("14 13");
  });

  it("is asked for page by page as far as it was shown when one changes something", async () => {
    const backend = new Recorder();
    const all = Array.from({ length: 500 }, (_, i) => past({ id: `work/${i}` }));
    backend.past = ({ limit, after = 0 }) => {
      const end = Math.min(all.length, after + limit);
      return Promise.resolve(page(all.slice(after, end), end < all.length ? end : null));
    };
    const history = new History(backend);
    await history.find({});
    for (let count = 0; count < 5; count++) await history.more();
    expect(history.calls).toHaveLength(360);
    all[300] = past({ id: "work/300", note: "crates" });
    await history.reload();
    expect(history.calls.length).toBeGreaterThanOrEqual(360);
    expect(history.calls[300]?.note).toBe("crates");
    expect(new Set(history.calls.map(({ id }) => id)).size).toBe(history.calls.length);
    await history.more();
    expect(history.calls.length).toBeGreaterThanOrEqual(420);
  });

  it("leaves a note that is being typed alone when other calls push its call out of what is shown", async () => {
    vi.useFakeTimers();
    const backend = await show(past({ id: "work/1" }));
    await click("call-open");
    const note = screen.getByTestId<HTMLTextAreaElement>("card-note");
    note.value = "Wants three cr";
    backend.page = page([past({ id: "work/2" })], 2);
    const recent = [callOf({ id: "work/2", state: "ended", outcome: "missed" })];
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ recent }) });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(screen.getAllByTestId("call-open")).toHaveLength(1);
    expect(screen.getByTestId("card-note")).toBe(note);
    expect(note.value).toBe("Wants three cr");
  });

  it("are saved as they are found, and where is said", async () => {
    const backend = await show(past({}));
    await fireEvent.input(screen.getByTestId("calls-search"), { target: { value: "baker" } });
    await click("calls-upkeep");
    await tick();
    await click("save-csv");
    await tick();
    expect(backend.saves).toMatchObject([[{ search: "baker", missed: false }, "csv"]]);
    expect(screen.getByText("2 calls saved in /home/anna/Downloads/ringside-calls.csv")).toBeTruthy();
  });

  it("say why they could not be saved", async () => {
    const backend = await show(past({}));
    backend.saved = { code: "storage", text: "The disk is full." };
    await click("calls-upkeep");
    await click("save-json");
    await tick();
    expect(screen.getByTestId("problem").textContent).toContain("The disk is full.");
  });

  it("are erased by age, all, or by number, once a person is certain", async () => {
    vi.setSystemTime("2026-11-21T12:00:00Z");
    const backend = await show(past({}));
    await click("calls-upkeep");
    await click("erase-30");
    expect(backend.commands.filter((one) => one.do === "erase")).toEqual([]);
    await click("erase-certain");
    await vi.waitFor(() => expect(screen.queryByTestId("upkeep")).toBeNull());
    await click("calls-upkeep");
    await click("erase-all");
    await click("erase-certain");
    await vi.waitFor(() => expect(screen.queryByTestId("upkeep")).toBeNull());
    await click("call-open");
    await click("card-erase-number");
    await click("card-certain");
    expect(backend.commands.flatMap((one) => (one.do === "erase" ? [one.calls] : []))).toEqual([
      { what: "before", before: "2026-10-22T12:00:00.000Z" },
      { what: "all" },
      { what: "number", number: "+4599887766" },
    ]);
  });

  it("are kept for as long as one says, unless the organisation says it", async () => {
    const backend = await show(past({}));
    backend.form = form();
    await click("calls-upkeep");
    await tick();
    const days = screen.getByTestId<HTMLSelectElement>("keep-days");
    expect(days.value).toBe("365");
    await fireEvent.change(days, { target: { value: "90" } });
    expect(backend.commands).toContainEqual({ do: "set", group: "history", key: "keep_days", value: "90" });
  });

  it("are kept as long as before where that could not be changed, and the choice says so", async () => {
    const backend = await show(past({}));
    backend.form = form();
    await click("calls-upkeep");
    await tick();
    backend.reply = { code: "settings", text: "The settings could not be written." };
    const days = screen.getByTestId<HTMLSelectElement>("keep-days");
    await fireEvent.change(days, { target: { value: "90" } });
    await vi.waitFor(() => expect(days.value).toBe("365"));
  });

  it("gives the focus back however a card is closed", async () => {
    const closed = vi.spyOn(HTMLDialogElement.prototype, "close");
    const backend = await show(past({}), past({ id: "work/c0" }));
    const gone = (id: string) => vi.waitFor(() => expect(screen.queryByTestId(id)).toBeNull());
    const [first] = screen.getAllByTestId("call-open");
    const open = () => fireEvent.click(first ?? document.body);

    await open();
    await fireEvent.click(within(screen.getByTestId("call-card")).getByLabelText("Close"));
    await gone("call-card");
    expect(closed).toHaveBeenCalledTimes(1);
    await open();
    await click("card-call-back");
    await gone("call-card");
    expect(closed).toHaveBeenCalledTimes(2);
    await click("calls-upkeep");
    await fireEvent.click(within(screen.getByTestId("upkeep")).getByLabelText("Close"));
    await gone("upkeep");
    expect(closed).toHaveBeenCalledTimes(3);
    await click("calls-upkeep");
    await click("save-csv");
    await gone("upkeep");
    expect(closed).toHaveBeenCalledTimes(4);

    await open();
    await click("card-erase");
    backend.page = page([past({ id: "work/c0" })]);
    await click("card-certain");
    await gone("call-card");
    await vi.waitFor(() =>
      expect(document.activeElement, "the row went with its call").toBe(screen.getByTestId("call-open")),
    );
  });
});
