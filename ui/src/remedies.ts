import type { ConnectionState } from "./bindings/ConnectionState";
import type { Problem } from "./bindings/Problem";
import type { ProblemCode } from "./bindings/ProblemCode";

/** What the button beside a problem does. */
export type Remedy = "sign_in" | "retry" | "settings" | "check";

const remedies: Record<ProblemCode, Remedy> = {
  refused_token: "sign_in",
  expired_token: "sign_in",
  unreachable: "retry",
  protocol: "retry",
  rate_limited: "retry",
  internal: "retry",
  tls: "settings",
  proxy: "settings",
  settings: "settings",
  forbidden: "check",
  keyring: "check",
  desktop: "check",
  storage: "check",
};

/** What settings have to do with it. */
const sought: Partial<Record<ProblemCode, string>> = { tls: "ca_file", proxy: "proxy" };

/** What helps; of an account's problem how its connection is counts for more than what is wrong. */
export function remedyOf(problem: Problem, state?: ConnectionState): Remedy {
  const remedy = remedies[problem.code];
  if (state === "sign_in") return "sign_in";
  if (remedy === "settings") return "settings";
  if (state === "stopped") return "retry";
  // Without an account there is nothing to retry, and one that is live is asked what it lacks.
  return state === undefined || state === "live" ? "check" : remedy;
}

/** What to look for in the settings: what has to do with the problem, else all that the account has. */
export function soughtFor(problem: Problem, account: string | undefined): string {
  return sought[problem.code] ?? (account === undefined ? "" : `account.${account}.`);
}
