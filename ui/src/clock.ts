import { createSubscriber } from "svelte/reactivity";

/** A reactive "now" that ticks only while something visible reads it. */
function every(ms: number): () => number {
  const subscribe = createSubscriber((update) => {
    const tick = (): void => {
      if (!document.hidden) update();
    };
    const timer = setInterval(tick, ms);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  });
  return () => {
    subscribe();
    return Date.now();
  };
}

/** For timers of calls and countdowns. */
export const everySecond = every(1_000);
/** For ages in minutes. */
export const everyTenSeconds = every(10_000);
