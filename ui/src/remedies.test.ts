import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it } from "vitest";

import App from "./App.svelte";
import type { ConnectionState } from "./bindings/ConnectionState";
import type { ProblemCode } from "./bindings/ProblemCode";
import type { SettingsForm } from "./bindings/SettingsForm";
import generated from "./bindings/ProblemCode.ts?raw";
import { form } from "./demoSettings";
import { remedyOf } from "./remedies";
import { accountOf, connectionOf, office } from "./testing";
import Problems from "./ui/Problems.svelte";

const codes = [...generated.matchAll(/"(\w+)"/g)].map(([, code]) => code as ProblemCode);
const states: ConnectionState[] = ["connecting", "live", "waiting", "sign_in", "stopped"];

function made(code: ProblemCode, state?: ConnectionState) {
  const problem = { code, text: `What to do about ${code}.` };
  return office(
    state === undefined
      ? { problems: [problem] }
      : { accounts: [accountOf({ connection: connectionOf({ state, problem }) })] },
  );
}

/** Presses the button beside it in the window. */
async function press(
  code: ProblemCode,
  state?: ConnectionState,
  more?: (known: SettingsForm) => void,
): Promise<void> {
  const { office: it, backend } = made(code, state);
  backend.form = form();
  more?.(backend.form);
  render(App, { props: { office: it, backend } });
  const button = screen.getByTestId("problem").querySelector("button");
  await fireEvent.click(button ?? document.body);
  await tick();
}

describe("a problem", () => {
  it("is one of those that the resident program knows", () => {
    expect(codes).toContain("refused_token");
    expect(codes.length).toBeGreaterThan(10);
  });

  it.each(codes)("%s has a sentence and a button, of the computer as of an account", (code) => {
    for (const state of [undefined, ...states]) {
      const { office: it } = made(code, state);
      const rest = it.rest;
      if (!rest) throw new Error("the view has come");
      const settings = (): void => undefined;
      const { unmount } = render(Problems, { office: it, rest, signIn: settings, settings });
      const banner = screen.getByTestId("problem");
      expect(banner.textContent, state).toContain(`What to do about ${code}.`);
      expect(banner.querySelector("button")?.textContent?.trim(), state).toBeTruthy();
      unmount();
    }
  });

  it("of an account that must sign in leads there, whatever it is called", () => {
    for (const code of codes) expect(remedyOf({ code, text: "" }, "sign_in")).toBe("sign_in");
  });

  it("of certificates leads to the setting that mends it", async () => {
    await press("tls", "waiting");
    expect(screen.getAllByTestId("setting").map((one) => one.dataset["key"])).toEqual([".ca_file"]);
  });

  it("of an account's settings leads to what that account has", async () => {
    const own = { id: "account.work", title: "Account" };
    await press("settings", "stopped", (known) => {
      known.groups.push(...known.groups.map((group) => ({ ...group, ...own })).slice(0, 1));
    });
    const groups = screen.getAllByTestId("settings-group").map((one) => one.dataset["group"]);
    expect(groups).toEqual(["account.work"]);
  });

  it("that stops several accounts is said once, with their names", () => {
    const problem = { code: "keyring" as const, text: "Unlock it." };
    const connection = connectionOf({ state: "waiting", problem });
    const refused = connectionOf({ state: "sign_in", problem: { code: "refused_token", text: "Sign in." } });
    const { office: it } = office({
      accounts: [
        accountOf({ id: "a", connection }),
        accountOf({ id: "b", connection }),
        accountOf({ id: "c", connection: refused }),
        accountOf({ id: "d", connection: refused }),
      ],
    });
    if (!it.rest) throw new Error("the view has come");
    render(Problems, { office: it, rest: it.rest, signIn: () => undefined });
    const said = screen.getAllByTestId("problem").map((one) => one.querySelector("p")?.textContent?.trim());
    expect(said).toEqual(["a, b: Unlock it.", "c: Sign in.", "d: Sign in."]);
  });

  it("of the computer can be looked into", async () => {
    await press("keyring");
    expect(screen.getByTestId("check")).toBeTruthy();
  });
});
