import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";

import type { AccountView } from "../bindings/AccountView";
import type { Finding } from "../bindings/Finding";
import type { View } from "../bindings/View";
import { accountOf, connectionOf, office, viewOf } from "../testing";
import Connections from "./Connections.svelte";

async function ask(view: Partial<View>) {
  const made = office(view);
  const accounts: AccountView[] = made.office.rest?.accounts ?? [];
  render(Connections, { office: made.office, accounts, signIn: () => undefined });
  await fireEvent.click(screen.getByTestId("will-i-ring"));
  return made;
}

const good: Finding = { check: "tray", account: null, verdict: "ok", text: "A panel.", remedy: null };
const bad: Finding = {
  check: "answer",
  account: "work",
  verdict: "fail",
  text: "A probe was not answered.",
  remedy: "Check the network.",
};

describe("“Will I ring?”", () => {
  it("says since when each account listens and when it was last heard", async () => {
    vi.setSystemTime("2026-11-21T12:01:04Z");
    await ask({});
    expect(screen.getByTestId("proof").textContent).toContain("Listening since 12:00, last heard 4 s ago");
    expect(screen.getByTestId("proven").textContent).toBe("Every account is proven to work.");
  });

  it.each([
    ["an account is away", { accounts: [accountOf({ connection: connectionOf({ state: "waiting" }) })] }],
    [
      "an account cannot hear everything",
      {
        accounts: [
          accountOf({ connection: connectionOf({ problem: { code: "forbidden", text: "Ask for it." } }) }),
        ],
      },
    ],
    ["something of the computer is in the way", { hindered: true }],
    ["there is no account", { accounts: [] }],
  ] satisfies [string, Partial<View>][])("claims nothing while %s", async (_, view) => {
    await ask(view);
    expect(screen.getByTestId("proven").textContent).toBe("Not every account is proven to work.");
  });

  it("counts what was missed and not caught up", async () => {
    const from = "2026-11-21T11:00:00.000Z";
    const gaps = [{ from, to: from, filled: false, fetched: null, note: null }];
    await ask({ accounts: [accountOf({ gaps })] });
    expect(screen.getByTestId("proof").textContent).toContain("1 gap not caught up");
  });

  it("checks the whole way when asked, and shows what is wrong first, with what to do", async () => {
    const { backend } = await ask({});
    expect(screen.queryByTestId("outcome")).toBeNull();
    await fireEvent.click(screen.getByTestId("check"));
    expect(backend.commands).toEqual([{ do: "check", tell: false }]);
    const checked = { at: "2026-11-21T12:00:00.000Z", findings: [good, bad] };
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ checked }) });
    await tick();
    expect(screen.getByTestId("outcome").dataset["verdict"]).toBe("fail");
    expect(screen.getByTestId("outcome").textContent).toContain("Calls may not reach you.");
    const [finding, ...more] = screen.getAllByTestId("finding");
    expect(finding?.textContent).toContain("work: A probe was not answered.");
    expect(finding?.textContent).toContain("Check the network.");
    expect(more).toEqual([]);
    expect(screen.getByText("1 thing is good")).toBeTruthy();
  });

  it("shows every fault where one check finds several in the same words", async () => {
    const { backend } = await ask({});
    const faults = ["“pop_up” is unknown.", "“sonud” is unknown."].map((remedy): Finding => ({
      check: "settings",
      account: null,
      verdict: "warn",
      text: "A setting is not used.",
      remedy,
    }));
    const checked = { at: "2026-11-21T12:00:00.000Z", findings: [...faults, good, good] };
    backend.send({ kind: "patch", people: [], gone: [], rest: viewOf({ checked }) });
    await tick();
    expect(screen.getAllByTestId("finding")).toHaveLength(2);
    expect(screen.getByTestId("outcome").dataset["verdict"]).toBe("warn");
    expect(screen.getAllByText("A panel.")).toHaveLength(2);
  });
});
