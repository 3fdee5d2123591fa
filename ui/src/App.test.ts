import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";

import App from "./App.svelte";
import type { View } from "./bindings/View";
import { accountOf, callOf, connectionOf, dndOf, dndStateOf, office, personOf, viewOf } from "./testing";

function show(view?: Partial<View>) {
  const made = office(view);
  render(App, made);
  return made;
}

const rows = () => screen.queryAllByTestId("person-row");
const click = (id: string) => fireEvent.click(screen.getByTestId(id));

describe("the window", () => {
  it("is shown with its first view, or with a sign of waiting after a moment", () => {
    vi.useFakeTimers();
    const { backend } = show();
    expect(screen.getByTestId("loading")).toBeTruthy();
    expect(backend.calls).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(backend.calls).toContain("mounted");
  });

  it("asks for an account when there is none", () => {
    show({ accounts: [] });
    expect(screen.getByTestId("welcome")).toBeTruthy();
  });

  it("says so when the resident program was never there", async () => {
    const { backend } = show();
    backend.send({ kind: "detached" });
    await tick();
    expect(screen.getByTestId("problem").dataset["code"]).toBe("detached");
  });

  it("announces the call that rings me, and no other", async () => {
    const { backend } = show({ calls: [callOf({ id: "work/other", mine: false })] });
    const [live] = screen.getAllByRole("alert");
    expect(live?.textContent).toBe("");
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ calls: [callOf({})] }) });
    await tick();
    expect(live?.textContent).toBe("Incoming call from Baker");
  });

  it("shows what went wrong and lets it be dismissed", async () => {
    const { backend } = show({ people: [personOf({})] });
    backend.reply = { code: "forbidden", text: "Ask for the right to call." };
    await click("dial");
    expect((await screen.findByTestId("problem")).textContent).toContain("Ask for the right to call.");
    await fireEvent.click(screen.getByLabelText("Dismiss"));
    expect(screen.queryByTestId("problem")).toBeNull();
  });
});

describe("people", () => {
  const people = [
    personOf({ id: "work/1", name: "Bo", number: "+4511111111" }),
    personOf({ id: "work/2", name: "Cecilie", number: "+4522222222", availability: "busy" }),
    personOf({ id: "work/3", name: "<b>David</b>", number: null, availability: "unknown" }),
  ];

  it("are found from anywhere by / and two letters, and all again by Escape", async () => {
    show({ people });
    const search = screen.getByTestId<HTMLInputElement>("search");
    await fireEvent.keyDown(window, { key: "/" });
    expect(document.activeElement).toBe(search);
    await fireEvent.input(search, { target: { value: "ce" } });
    expect(rows().map((row) => row.dataset["id"])).toEqual(["work/2"]);
    await fireEvent.keyDown(search, { key: "Escape" });
    expect(rows()).toHaveLength(3);
  });

  it("are shown by what they do", async () => {
    show({ people });
    await click("filter-busy");
    expect(rows().map((row) => row.dataset["availability"])).toEqual(["busy"]);
  });

  it("have names that are text and nothing else", () => {
    show({ people });
    expect(screen.getByText("<b>David</b>")).toBeTruthy();
  });

  it("are drawn and worded as old when their connection is gone, and cannot be called by a click", () => {
    show({
      accounts: [accountOf({ connection: connectionOf({ state: "waiting" }) })],
      people: [personOf({ stale: true })],
    });
    const [row] = rows();
    expect(row?.dataset["stale"]).toBe("true");
    expect(row?.textContent).toMatch(/Last known .* ago: available/);
    expect(screen.getByTestId<HTMLButtonElement>("dial").disabled).toBe(true);
  });

  it("are all old when the resident program is gone, and true again with its next view", async () => {
    const { backend } = show({ people });
    backend.send({ kind: "detached" });
    await tick();
    expect(rows().every((row) => row.dataset["stale"] === "true")).toBe(true);
    expect(screen.getByTestId("problem").dataset["code"]).toBe("detached");
    backend.send({ kind: "view", view: viewOf({ people }) });
    await tick();
    expect(rows().some((row) => row.dataset["stale"] === "true")).toBe(false);
  });

  it("are dialled by their number and account", async () => {
    const { backend } = show({ people: people.slice(0, 1) });
    await click("dial");
    expect(backend.commands).toEqual([{ do: "dial", number: "+4511111111", account: "work" }]);
  });

  it("who are not listed are dialled by typing their number", async () => {
    const { backend } = show({ people });
    await fireEvent.input(screen.getByTestId("search"), { target: { value: "+45 99 99 99 99" } });
    await click("dial-number");
    expect(backend.commands).toEqual([{ do: "dial", number: "+4599999999", account: null }]);
  });

  it("are walked through with the arrow keys, ten thousand of them in a few rows", async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => personOf({ id: `work/${i}`, name: `Person ${i}` }));
    show({ people: many });
    expect(rows().length).toBeLessThan(60);
    const [first] = screen.getAllByRole("listitem").filter((item) => item.hasAttribute("aria-posinset"));
    expect(first?.getAttribute("aria-setsize")).toBe("10000");
    first?.focus();
    await fireEvent.keyDown(first ?? document.body, { key: "End" });
    await tick();
    expect(document.activeElement?.getAttribute("aria-posinset")).toBe("10000");
  });
});

describe("do-not-disturb", () => {
  it.each([
    ["dnd-30", { do: "dnd_on", length: { kind: "for", minutes: 30 } }],
    ["dnd-60", { do: "dnd_on", length: { kind: "for", minutes: 60 } }],
    ["dnd-tomorrow", { do: "dnd_on", length: { kind: "tomorrow" } }],
    ["dnd-open", { do: "dnd_on", length: { kind: "open" } }],
    ["dnd-hour-0", { do: "dnd_on", length: { kind: "clock", hour: 13, minute: 0 } }],
    ["dnd-hour-2", { do: "dnd_on", length: { kind: "clock", hour: 15, minute: 0 } }],
  ])("is asked for by %s", async (id, command) => {
    vi.setSystemTime(new Date(2026, 10, 21, 12, 10));
    const { backend } = show({});
    await click("dnd-button");
    await click(id);
    expect(backend.commands).toEqual([command]);
    expect(screen.queryByRole("menu")).toBeNull();
  });

  it("shows its end and is turned off again", async () => {
    vi.setSystemTime("2026-11-21T12:00:00Z");
    const { backend } = show({
      dnd: dndOf({ on: true, until: "2026-11-21T14:30:00.000Z", accounts: ["work"], origin: "manual" }),
    });
    expect(screen.getByTestId("dnd-button").textContent).toContain("Until 14:30");
    await click("dnd-button");
    await click("dnd-off");
    expect(backend.commands).toEqual([{ do: "dnd_off" }]);
  });

  it("is asked for until a time that is typed", async () => {
    const { backend } = show({});
    await click("dnd-button");
    await fireEvent.input(screen.getByTestId("dnd-time"), { target: { value: "16:45" } });
    await click("dnd-set");
    expect(backend.commands).toEqual([{ do: "dnd_on", length: { kind: "clock", hour: 16, minute: 45 } }]);
  });

  it("is quiet here also while no account is connected, but not once Ringside has stopped", async () => {
    const waiting = accountOf({ connection: connectionOf({ state: "waiting" }) });
    const { backend } = show({ accounts: [waiting] });
    const button = screen.getByTestId<HTMLButtonElement>("dnd-button");
    expect(button.disabled).toBe(false);
    backend.send({ kind: "detached" });
    await tick();
    expect(button.disabled).toBe(true);
    expect(button.title).toBe("Ringside is not running.");
  });

  it("shows every account that is not as it is to be, and why", async () => {
    vi.setSystemTime("2026-11-21T12:00:00Z");
    const since = "2026-11-21T10:02:00.000Z";
    const states = [
      dndStateOf({ account: "fine" }),
      dndStateOf({ account: "web", wanted: false, is: false, by: "elsewhere", since }),
      dndStateOf({ account: "phone", is: true, by: "elsewhere", since }),
      dndStateOf({ account: "none", able: false, is: null, by: null }),
      dndStateOf({
        account: "bad",
        is: false,
        trouble: { code: "forbidden", text: "You may not set it; ask your administrator." },
      }),
    ];
    show({ dnd: dndOf({ on: true, origin: "manual", accounts: ["work"], states }) });
    expect(screen.getByTestId("dnd-button").textContent).toContain("Not everywhere");
    await click("dnd-button");
    const shown = [...screen.getByTestId("dnd-states").children].map((line) => line.textContent);
    expect(shown).toEqual([
      "web: switched off elsewhere at 10:02",
      "phone: switched on elsewhere at 10:02",
      "none: quiet here only",
      "bad: You may not set it; ask your administrator.",
    ]);
  });

  it("asks whether one without an end is to stay on", async () => {
    const { backend } = show({
      dnd: dndOf({ on: true, origin: "manual", asking: true, asks_again_at: "2026-11-21T20:00:00.000Z" }),
    });
    expect(screen.getByTestId("dnd-button").textContent).toContain("Keep it on?");
    await click("dnd-button");
    await click("dnd-keep");
    expect(backend.commands).toEqual([{ do: "dnd_keep" }]);
  });

  it("gives the focus back on Escape", async () => {
    show({});
    await click("dnd-button");
    await tick();
    expect(document.activeElement).toBe(screen.getByTestId("dnd-30"));
    await fireEvent.keyDown(screen.getByTestId("dnd-30"), { key: "ArrowUp" });
    expect(document.activeElement).toBe(screen.getByTestId("dnd-off"));
    await fireEvent.keyDown(screen.getByTestId("dnd-off"), { key: "Escape" });
    expect(document.activeElement).toBe(screen.getByTestId("dnd-button"));
  });
});

describe("calls", () => {
  it("that were missed are new until they have been looked at for a while", async () => {
    vi.useFakeTimers();
    const missed = callOf({ id: "work/m", state: "ended", outcome: "missed" });
    const older = callOf({ id: "work/o", state: "ended", outcome: "missed" });
    const { backend } = show({ recent: [missed, older], missed: 1 });
    expect(screen.getByTestId("missed").textContent).toBe("1");
    await click("tab-calls");
    expect(screen.getAllByText("New")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(backend.commands).toEqual([{ do: "missed_seen" }]);
  });

  it("are called back", async () => {
    const { backend } = show({ recent: [callOf({ state: "ended", outcome: "missed" })] });
    await click("tab-calls");
    await click("call-back");
    expect(backend.commands).toEqual([{ do: "call_back", call: "work/c1" }]);
  });

  it("that ring me quietly say why", () => {
    const dnd = { shown: false, reason: "dnd", why: "do not disturb is on" } as const;
    show({
      calls: [callOf({}), callOf({ id: "work/c2", mine: false })],
      alerts: { "work/c1": dnd, "work/c2": dnd },
    });
    const [mine, other] = screen.getAllByTestId("call-row").map((row) => row.textContent);
    expect(mine).toContain("Not shown: do not disturb is on");
    expect(other).not.toContain("Not shown");
  });

  it("that ring me can be silenced, those of others not", async () => {
    const { backend } = show({ calls: [callOf({}), callOf({ id: "work/c2", mine: false })] });
    expect(screen.getAllByTestId("call-row")).toHaveLength(2);
    await click("call-silence");
    expect(backend.commands).toEqual([{ do: "silence", call: "work/c1" }]);
  });
});

describe("connections", () => {
  it("that wait count down and can be hurried", async () => {
    vi.setSystemTime("2026-11-21T12:00:00Z");
    const connection = connectionOf({ state: "waiting", retry_at: "2026-11-21T12:00:42.000Z" });
    const { backend } = show({ accounts: [accountOf({ connection })] });
    expect(screen.getByTestId("connection").textContent).toContain("Trying again in 42 s");
    await fireEvent.click(screen.getByLabelText("Retry work"));
    expect(backend.commands).toEqual([{ do: "retry", account: "work" }]);
  });

  it("that need a sign-in lead to its form, which keeps nothing of the token", async () => {
    const problem = { code: "refused_token" as const, text: "Sign in again." };
    const connection = connectionOf({ state: "sign_in", problem });
    const { backend } = show({ accounts: [accountOf({ connection })] });
    await click("problem-signin");
    await tick();
    const field = screen.getByTestId<HTMLInputElement>("signin-token");
    expect(document.activeElement).toBe(field);
    await fireEvent.input(field, { target: { value: "sesame" } });
    backend.reply = problem;
    await click("signin-submit");
    expect(backend.commands).toEqual([
      { do: "sign_in", account: "work", secret: '{"access_token":"sesame"}' },
    ]);
    expect(field.value).toBe("");
    expect(document.body.innerHTML).not.toContain("sesame");
  });

  it("lose the form that was asked for once they are signed in", async () => {
    const problem = { code: "refused_token" as const, text: "Sign in again." };
    const { backend } = show({
      accounts: [accountOf({ connection: connectionOf({ state: "sign_in", problem }) })],
    });
    await click("problem-signin");
    await fireEvent.input(screen.getByTestId("signin-token"), { target: { value: "sesame" } });
    await click("signin-submit");
    await vi.waitFor(() => expect(backend.commands).toHaveLength(1));
    backend.send({ kind: "view", view: viewOf({ accounts: [accountOf({})] }) });
    await vi.waitFor(() => expect(screen.queryByTestId("signin-token")).toBeNull());
  });

  it("are removed only after a second question", async () => {
    const { backend } = show({});
    await click("tab-accounts");
    await click("remove");
    await click("answer-no");
    expect(backend.commands).toEqual([]);
    await click("remove");
    await click("answer-yes");
    expect(backend.commands).toEqual([{ do: "remove_account", account: "work" }]);
  });

  it("are added with only what differs from the provider's own", async () => {
    const { backend } = show({ accounts: [] });
    await click("add-provider-firmafon");
    await fireEvent.input(screen.getByTestId("add-token"), { target: { value: "sesame" } });
    await fireEvent.input(screen.getByTestId("add-api_url"), { target: { value: "http://localhost:1" } });
    await click("add-submit");
    expect(backend.commands).toEqual([
      {
        do: "add_account",
        id: "work",
        provider: "firmafon",
        settings: { api_url: "http://localhost:1" },
        secret: '{"access_token":"sesame"}',
      },
    ]);
    expect(screen.getByTestId<HTMLInputElement>("add-token").value).toBe("");
  });

  it("can be signed in by another way, whose fields may be left out or shown", async () => {
    const { backend } = show({ accounts: [] });
    await click("add-provider-stringee");
    expect(screen.getByTestId<HTMLInputElement>("add-token").required).toBe(false);
    await fireEvent.change(screen.getByTestId("add-way"), { target: { value: "1" } });
    const token = screen.getByTestId<HTMLInputElement>("add-token");
    expect(token.required && token.type).toBe("password");
    await fireEvent.input(token, { target: { value: "sesame" } });
    await click("add-submit");
    expect(backend.commands).toEqual([
      { do: "add_account", id: "work", provider: "stringee", settings: {}, secret: '{"token":"sesame"}' },
    ]);
  });
});

describe("a way to sign in", () => {
  it("asks for the settings that it cannot do without, and for no others", async () => {
    show({ accounts: [] });
    await click("add-provider-nguc");
    const client = () => screen.getByTestId<HTMLInputElement>("add-client_id");
    expect(client().required).toBe(true);
    expect(client().closest("details")).toBeNull();
    await fireEvent.change(screen.getByTestId("add-way"), { target: { value: "1" } });
    expect(client().required).toBe(false);
    expect(client().closest("details")).not.toBeNull();
    await click("add-provider-firmafon");
    await click("add-provider-nguc");
    expect(client().required).toBe(true);
  });
});

describe("queues", () => {
  const waiting = [
    { id: "c1", number: "+46701234567", since: null },
    { number: null, since: null },
  ];
  const queues = [{ id: "work/42", name: "Main", waiting }];

  it("give their first caller to whom can take one", async () => {
    const { backend } = show({ accounts: [accountOf({ queues, can_pick_up: true })] });
    await click("pick-up");
    expect(backend.commands).toEqual([{ do: "pick_up", queue: "work/42", caller: "c1" }]);
  });

  it("only show who waits where nobody can be taken", () => {
    show({ accounts: [accountOf({ queues })] });
    expect(screen.getByTestId("queue-row").textContent).toContain("2 callers wait");
    expect(screen.queryByTestId("pick-up")).toBeNull();
  });
});
