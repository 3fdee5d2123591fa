import { Channel, invoke } from "@tauri-apps/api/core";

import type { Backend, Reply } from "./backend";
import type { Page } from "./bindings/Page";
import type { Problem } from "./bindings/Problem";
import type { Saved } from "./bindings/Saved";
import type { SettingsForm } from "./bindings/SettingsForm";
import type { Update } from "./bindings/Update";
import { texts } from "./texts";

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "text" in value;
}

/** What was asked for, or why it was not told. */
function told<T>(command: string, question?: Record<string, unknown>): Promise<T | Problem> {
  return invoke<T>(command, question).catch((problem: unknown): Problem =>
    isProblem(problem) ? problem : { code: "internal", text: texts.notAsked },
  );
}

const ignored = (): void => undefined;

/** The desktop shell. */
export const tauri: Backend = {
  follow(cb) {
    const channel = new Channel<Update>();
    let following = true;
    channel.onmessage = (update) => {
      if (following) cb(update);
    };
    invoke("follow", { channel }).catch(() => {
      if (following) cb({ kind: "detached" });
    });
    return () => {
      following = false;
    };
  },
  act: (command) =>
    invoke<Reply>("act", { command }).catch((): Reply => ({ code: "internal", text: texts.notAsked })),
  past: (query) => told<Page>("calls", { query }),
  save: (query, format) => told<Saved>("save_calls", { query, format }),
  settings: () => told<SettingsForm>("settings"),
  mounted: (textPercent) => void invoke("mounted", { textPercent }).catch(ignored),
  hidePopup: () => void invoke("hide_popup").catch(ignored),
};
