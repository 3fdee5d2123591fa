import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";

import App from "./App.svelte";
import { accountOf, connectionOf, office, personOf, type Recorder, viewOf } from "./testing";

const people = [
  personOf({ id: "work/1", name: "Bo Friis", number: "+4511111111", department: "Sales" }),
  personOf({ id: "work/2", name: "Cecilie Dahl", number: "+4522222222", availability: "busy" }),
  personOf({ id: "work/3", name: "David Gade", number: null, availability: "unknown" }),
];

function show(view: Parameters<typeof office>[0] = { people }): Recorder {
  const { backend, office: it } = office(view);
  render(App, { props: { office: it, backend } });
  return backend;
}

const press = (key: string, at: Element = document.activeElement ?? document.body) =>
  fireEvent.keyDown(at, { key });
const click = (id: string) => fireEvent.click(screen.getByTestId(id));
const names = (): (string | undefined)[] =>
  screen.getAllByTestId("person-row").map((row) => row.querySelector(".name")?.textContent ?? undefined);

describe("a colleague", () => {
  it("is found and called without the mouse: a letter, Enter, Enter", async () => {
    const backend = show();
    await press("c", document.body);
    const search = screen.getByTestId<HTMLInputElement>("search");
    expect(document.activeElement).toBe(search);
    await fireEvent.input(search, { target: { value: "c" } });
    await press("Enter");
    expect(screen.getByTestId("person-card").textContent).toContain("Cecilie Dahl");
    await click("card-dial");
    expect(backend.commands).toEqual([{ do: "dial", number: "+4522222222", account: "work" }]);
  });

  it("is looked at by Space and dialled by Enter on a row", async () => {
    const backend = show();
    await press("ArrowDown", screen.getByTestId("search"));
    await tick();
    await press("Enter");
    expect(backend.commands).toEqual([{ do: "dial", number: "+4511111111", account: "work" }]);
    await press(" ");
    expect(screen.getByTestId("person-card").textContent).toContain("Sales");
  });

  it("is called from a card that gives the focus back", async () => {
    const closed = vi.spyOn(HTMLDialogElement.prototype, "close");
    const backend = show();
    await fireEvent.click(screen.getAllByTestId("person-row")[1] ?? document.body);
    await click("card-dial");
    expect(backend.commands).toHaveLength(1);
    expect(closed).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(screen.queryByTestId("person-card")).toBeNull());
  });

  it("is called once however long Enter is held", async () => {
    const backend = show();
    const hold = (): Promise<boolean> =>
      fireEvent.keyDown(document.activeElement ?? document.body, { key: "Enter", repeat: true });
    await press("ArrowDown", screen.getByTestId("search"));
    await tick();
    await press("Enter");
    await hold();
    await hold();
    expect(backend.commands).toHaveLength(1);

    screen.getAllByTestId("dial")[0]?.focus();
    expect(await hold(), "the button is not pressed again").toBe(false);

    const search = screen.getByTestId("search");
    search.focus();
    await fireEvent.input(search, { target: { value: "c" } });
    await hold();
    expect(screen.queryByTestId("person-card")).toBeNull();
    await press("Enter");
    screen.getByTestId("card-dial").focus();
    expect(await hold(), "what the card leads to is not pressed").toBe(false);
    expect(await press("Enter"), "until Enter is pressed anew").toBe(true);
  });

  it("whose number is not listed is typed with as many blanks as one holds, and noted in as many lines", async () => {
    show();
    const search = screen.getByTestId("search");
    expect(await fireEvent.keyDown(search, { key: " ", repeat: true })).toBe(true);
    const lines = document.body.appendChild(document.createElement("textarea"));
    expect(await fireEvent.keyDown(lines, { key: "Enter", repeat: true })).toBe(true);
    lines.remove();
  });

  it("becomes a favourite, who stands above all others from then on", async () => {
    const backend = show();
    await fireEvent.click(screen.getAllByTestId("person-row")[1] ?? document.body);
    await click("card-favourite");
    expect(backend.commands).toEqual([{ do: "favourite", person: "work/2", on: true }]);
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ favourites: ["work/2"] }) });
    await tick();
    expect(names()).toEqual(["Cecilie Dahl", "Bo Friis", "David Gade"]);
    expect(screen.getAllByTestId("heading").map((one) => one.textContent?.trim())).toEqual([
      "Favourites 1",
      "Everybody 2",
    ]);
    await fireEvent.click(screen.getAllByTestId("heading")[1] ?? document.body);
    expect(names()).toEqual(["Cecilie Dahl"]);
  });

  it("who is busy is waited for, and no longer on request", async () => {
    const backend = show();
    await fireEvent.click(screen.getAllByTestId("person-row")[1] ?? document.body);
    await click("card-tell-30");
    const awaited = [{ person: "work/2", until: "2026-11-21T15:00:00.000Z" }];
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ awaited }) });
    await tick();
    await click("card-tell-no-more");
    expect(backend.commands).toEqual([
      { do: "tell_when_free", person: "work/2", minutes: 30 },
      { do: "tell_no_more", person: "work/2" },
    ]);
  });

  it("who is free is not waited for", async () => {
    show();
    await fireEvent.click(screen.getAllByTestId("person-row")[0] ?? document.body);
    expect(screen.queryByTestId("card-tell-30")).toBeNull();
  });

  it("does something else without the list being made anew", async () => {
    const backend = show();
    const [, row] = screen.getAllByTestId("person-row");
    backend.send({
      kind: "patch",
      people: [{ ...(people[1] ?? personOf({})), availability: "available" }],
      gone: [],
      rest: null,
    });
    await tick();
    expect(screen.getAllByTestId("person-row")[1]).toBe(row);
    expect(row?.dataset["availability"]).toBe("available");
    expect(screen.getByTestId("filter-available").textContent).toContain("2");
  });

  it("is listed under each department", async () => {
    show({ people: [...people, personOf({ id: "work/4", name: "Eva", department: "Sales, Support" })] });
    await fireEvent.change(screen.getByTestId("group-by"), { target: { value: "department" } });
    expect(names().filter((name) => name === "Eva")).toHaveLength(2);
  });
});

describe("a filtered list", () => {
  const free = [1, 2, 3].map((n) => personOf({ id: `work/${n}`, name: `Person ${n}` }));
  const busy = (n: number) => ({
    kind: "patch" as const,
    people: [{ ...(free[n - 1] ?? personOf({})), availability: "busy" as const }],
    gone: [],
    rest: null,
  });
  const focused = () => document.activeElement?.querySelector(".name")?.textContent;

  it("keeps the focus where it was when who had it is no longer among them", async () => {
    const backend = show({
      people: [...free, personOf({ id: "work/9", name: "Zoë", availability: "busy" })],
    });
    await click("filter-available");
    await press("ArrowDown", screen.getByTestId("search"));
    await tick();
    await press("ArrowDown");
    await tick();
    expect(focused()).toBe("Person 2");
    backend.send(busy(2));
    await tick();
    await tick();
    expect(focused()).toBe("Person 3");
    backend.send(busy(3));
    await tick();
    await tick();
    expect(focused()).toBe("Person 1");
    screen.getByTestId("search").focus();
    backend.send(busy(1));
    await tick();
    await tick();
    expect(document.activeElement).toBe(screen.getByTestId("search"));
  });

  it("says how many it has when it is asked for, and not with every change", async () => {
    const backend = show({
      people: [...free, personOf({ id: "work/9", name: "Zoë", availability: "busy" })],
    });
    const said = () => document.querySelector(".people > [role=status]")?.textContent;
    await click("filter-available");
    await tick();
    const first = said();
    expect(first).toContain("3");
    backend.send(busy(1));
    await tick();
    expect(names()).toHaveLength(2);
    expect(said()).toBe(first);
    await fireEvent.input(screen.getByTestId("search"), { target: { value: "person 3" } });
    await tick();
    expect(said()).toContain("1");
  });
});

it("keeps its list while nobody is found, for the next letter", async () => {
  show();
  const list = document.querySelector<HTMLElement>(".viewport");
  const search = screen.getByTestId("search");
  await fireEvent.input(search, { target: { value: "xyz" } });
  expect(list?.hidden).toBe(true);
  expect(screen.getByText("Nobody matches.")).toBeTruthy();
  await fireEvent.input(search, { target: { value: "c" } });
  expect(document.querySelector(".viewport")).toBe(list);
  expect(list?.hidden).toBe(false);
  expect(names()).toEqual(["Cecilie Dahl"]);
});

it("leads to the sign-in where there is nobody to see without it", async () => {
  show({ accounts: [accountOf({ connection: connectionOf({ state: "sign_in" }) })] });
  await click("people-signin");
  await tick();
  expect(screen.getByTestId("signin-token")).toBeTruthy();
});
