import type { AccountId } from "./bindings/AccountId";
import type { Person } from "./bindings/Person";
import type { PersonId } from "./bindings/PersonId";

/** A person with what sorting and searching need, made once for each change of name or number. */
export interface Entry {
  readonly person: Person;
  readonly account: AccountId;
  readonly title: string;
  readonly words: string;
  readonly digits: string;
}

/** How a person is counted: old knowledge is never counted as what it was. */
export type Standing = Person["availability"] | "stale";

export function standing(person: Person, detached: boolean): Standing {
  return person.stale || detached ? "stale" : person.availability;
}

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

/** Oneself first, then by name; who has no name comes last. */
function compare(a: Entry, b: Entry): number {
  return (
    Number(b.person.me) - Number(a.person.me) ||
    Number(a.person.name === null) - Number(b.person.name === null) ||
    collator.compare(a.title, b.title) ||
    (a.person.id < b.person.id ? -1 : 1)
  );
}

function entry(person: Person, known?: Entry): Entry {
  if (known && known.person.name === person.name && known.person.number === person.number) {
    return { ...known, person };
  }
  const slash = person.id.indexOf("/");
  const account = person.id.slice(0, slash);
  const title = person.name ?? person.number ?? person.id.slice(slash + 1);
  return { person, account, title, words: fold(title), digits: digitsOf(person.number ?? "") };
}

/** Lower case without accents, so that "jorgen" finds "Jørgen". */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[øæåðþßł]/g, (c) => plain[c] ?? c);
}

const plain: Record<string, string> = { ø: "o", æ: "ae", å: "a", ð: "d", þ: "th", ß: "ss", ł: "l" };

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** Everybody, sorted, kept sorted at the price of what changed. */
export class Roster {
  #byId = new Map<PersonId, Entry>();
  #sorted: readonly Entry[] = [];

  /** Never changed in place: a new list after every change. */
  get sorted(): readonly Entry[] {
    return this.#sorted;
  }

  replace(people: readonly Person[]): void {
    const known = this.#byId;
    this.#byId = new Map(people.map((person) => [person.id, entry(person, known.get(person.id))]));
    this.#sorted = [...this.#byId.values()].sort(compare);
  }

  patch(people: readonly Person[], gone: readonly PersonId[]): void {
    if (people.length + gone.length === 0) return;
    /** What stands where the person stood; `null` for nothing. */
    const instead = new Map<PersonId, Entry | null>();
    const moved: Entry[] = [];
    for (const id of gone) {
      instead.set(id, null);
      this.#byId.delete(id);
    }
    for (const person of people) {
      const known = this.#byId.get(person.id);
      const next = entry(person, known);
      const stays =
        known !== undefined &&
        known.title === next.title &&
        known.person.name === person.name &&
        known.person.me === person.me;
      instead.set(person.id, stays ? next : null);
      if (!stays) moved.push(next);
      this.#byId.set(person.id, next);
    }
    const rest: Entry[] = [];
    for (const old of this.#sorted) {
      const next = instead.get(old.person.id);
      if (next !== null) rest.push(next ?? old);
    }
    this.#sorted = moved.length === 0 ? rest : merge(rest, moved.sort(compare));
  }
}

function merge(sorted: readonly Entry[], added: readonly Entry[]): Entry[] {
  const merged: Entry[] = [];
  let from = 0;
  for (const one of added) {
    let [low, high] = [from, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = sorted[middle];
      if (other && compare(other, one) < 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from++) {
      const other = sorted[from];
      if (other) merged.push(other);
    }
    merged.push(one);
  }
  return merged.concat(sorted.slice(from));
}

/** Who fits every word of the query, by name or by number however it is spaced. */
export function search(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const number = dialable(query)?.replace(/^(\+|00)/, "");
  return entries.filter(
    (one) =>
      words.every((word) => one.words.includes(word)) ||
      (number !== undefined && one.digits.includes(number)),
  );
}

/** The query as a number to be called, if it is one. */
export function dialable(query: string): string | undefined {
  const number = query.replace(/[\s().\/-]/g, "");
  return /^\+?\d{2,15}$/.test(number) ? number : undefined;
}

export function count(entries: readonly Entry[], detached: boolean): Record<Standing, number> {
  const counts = { available: 0, ringing: 0, busy: 0, dnd: 0, away: 0, offline: 0, unknown: 0, stale: 0 };
  for (const { person } of entries) counts[standing(person, detached)]++;
  return counts;
}
