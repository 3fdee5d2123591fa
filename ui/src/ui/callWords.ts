import type { Call } from "../bindings/Call";
import { span, texts } from "../texts";

/** How a call that has ended went. */
export function outcomeWords(call: Call): string {
  if (call.outcome === "answered" && call.answered_at && call.ended_at) {
    const seconds = (Date.parse(call.ended_at) - Date.parse(call.answered_at)) / 1_000;
    return texts.talked(span(seconds));
  }
  return call.outcome === null ? texts.callState(call) : texts.outcome(call.outcome, call);
}
