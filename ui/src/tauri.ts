import { Channel, invoke } from "@tauri-apps/api/core";

import type { Backend, Reply } from "./backend";
import type { Update } from "./bindings/Update";
import { texts } from "./texts";

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
  mounted: () => void invoke("mounted").catch(ignored),
  hidePopup: () => void invoke("hide_popup").catch(ignored),
};
