import type { Backend, Reply } from "./backend";
import type { Command } from "./bindings/Command";
import type { Update } from "./bindings/Update";
import { Demo } from "./demo";

/** The made-up office of a plain browser; `?state=…` chooses what happens in it, `?people=…` how large it is. */
export function browser(): Backend {
  const query = new URLSearchParams(location.search);
  const demo = new Demo(query.get("state") ?? "three", Number(query.get("people") ?? 0));
  return {
    follow(cb: (update: Update) => void): () => void {
      const timers = demo.play(cb);
      return () => timers.forEach(clearInterval);
    },
    act: (command: Command): Promise<Reply> => {
      console.info("act", command.do);
      return Promise.resolve(demo.act(command));
    },
    mounted: () => console.info("mounted"),
    hidePopup: () => console.info("hide_popup"),
  };
}
