import type { Person } from "../bindings/Person";
import { age, moment, texts } from "../texts";

/** What somebody does, and since when, or since when that is not known. */
export function stateWords(
  person: Person,
  deafSince: number | undefined,
  stale: boolean,
  now: number,
): string {
  if (stale) {
    if (person.availability === "unknown") return texts.notConnected;
    const heard = deafSince === undefined ? undefined : age(new Date(deafSince).toISOString(), now);
    return texts.lastKnown(heard, person.availability);
  }
  const known = texts.state(person.availability, age(person.since, now));
  const own = person.status ?? "";
  // Providers' words are English, whatever language the page speaks.
  const same = [person.availability, texts.standing[person.availability].toLowerCase()];
  const repeats = same.includes(own.toLowerCase());
  const state = own && !repeats ? `${known} (${own})` : known;
  if (!person.dnd) return state;
  const until = person.dnd_until === null ? undefined : texts.until(moment(person.dnd_until, now));
  if (person.availability === "dnd") return until ? `${texts.standing.dnd} ${until}` : state;
  return [`${state}, ${texts.alsoDnd}`, until].filter(Boolean).join(" ");
}
