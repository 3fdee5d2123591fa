/** Of each way to search: names, numbers, two words, typing errors, and nothing at all. */
const probes = ["a", "s", "xqz", "22 3", "hasnen l", "anderssn"];
const rounds = 2;
let done = false;

/**
 * Runs searches before anybody types, each in a task of its own: what has never run is compiled at first, and whoever
 * types first would wait for it. Ends when `run` says so; gives what ends it before.
 */
export function warmUp(run: (query: string) => boolean): () => void {
  const left = done ? [] : Array.from({ length: rounds }, () => probes).flat();
  let timer: ReturnType<typeof setTimeout> | undefined;
  function next(): void {
    const probe = left.shift();
    if (probe === undefined || !run(probe)) done = true;
    else timer = setTimeout(next, 0);
  }
  // WebKit has no `requestIdleCallback`; by then the first rows are painted.
  if (left.length > 0) timer = setTimeout(next, 300);
  return () => clearTimeout(timer);
}
