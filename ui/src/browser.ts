import type { Backend, Reply } from "./backend";
import type { Command } from "./bindings/Command";
import type { Look } from "./bindings/Look";
import type { Update } from "./bindings/Update";
import { Demo } from "./demo";

/** The made-up office of a plain browser; `?state=…` chooses what happens in it, `?people=…` how large it is,
 * `?theme=…`, `?density=…`, `?text=…` and `?dir=…` how it looks, `?lang=…` what it speaks. */
export function browser(): Backend {
  const query = new URLSearchParams(location.search);
  const look: Look = {
    theme: (query.get("theme") ?? "system") as Look["theme"],
    density: (query.get("density") ?? "roomy") as Look["density"],
    text_percent: Number(query.get("text") ?? 100),
    language: (query.get("lang") ?? "en") as Look["language"],
  };
  document.documentElement.dir = query.get("dir") ?? "ltr";
  const demo = new Demo(query.get("state") ?? "three", Number(query.get("people") ?? 0), look);
  return {
    follow(cb: (update: Update) => void): () => void {
      const timers = demo.play(cb);
      return () => timers.forEach(clearInterval);
    },
    act: (command: Command): Promise<Reply> => {
      console.info("act", command.do);
      return Promise.resolve(demo.act(command));
    },
    past: (query) => Promise.resolve(demo.calls(query)),
    save: (query) =>
      Promise.resolve({
        path: "/home/anna/Downloads/ringside-calls-2026-11-21.csv",
        calls: demo.calls(query).total ?? 0,
      }),
    settings: () => Promise.resolve(demo.settings()),
    mounted: () => console.info("mounted"),
    hidePopup: () => console.info("hide_popup"),
  };
}
