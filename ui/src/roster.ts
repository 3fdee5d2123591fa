import type { AccountId } from "./bindings/AccountId";
import type { Person } from "./bindings/Person";
import type { PersonId } from "./bindings/PersonId";
import { type Findable, findable, queryOf, rank, worst } from "./find";
import { collator } from "./words.svelte";

/** A person with what sorting and searching need; it stays the same object while they keep name, number and place. */
export interface Entry {
  /** As heard last; the page is told by `Office.beat` that it may be another one. */
  person: Person;
  readonly account: AccountId;
  readonly title: string;
  readonly find: Findable;
}

/** How a person is counted: old knowledge is never counted as what it was. */
export type Standing = Person["availability"] | "stale";

export function standing(person: Person, detached: boolean): Standing {
  return person.stale || detached ? "stale" : person.availability;
}

export type Counts = Record<Standing, number>;

const noCounts = (): Counts => ({
  available: 0,
  ringing: 0,
  busy: 0,
  dnd: 0,
  away: 0,
  offline: 0,
  unknown: 0,
  stale: 0,
});

type Compare = (a: Entry, b: Entry) => number;

/** Oneself first, then by name; who has no name comes last. */
function comparing(names: Intl.Collator): Compare {
  return (a, b) =>
    Number(b.person.me) - Number(a.person.me) ||
    Number(a.person.name === null) - Number(b.person.name === null) ||
    names.compare(a.title, b.title) ||
    (a.person.id < b.person.id ? -1 : 1);
}

function entry(person: Person): Entry {
  const slash = person.id.indexOf("/");
  const account = person.id.slice(0, slash);
  const title = person.name ?? person.number ?? person.id.slice(slash + 1);
  const find = findable(title, person.department ?? "", person.number ?? "");
  return { person, account, title, find };
}

/** Whether nothing changed that sorting and searching look at. */
function stays(known: Person, next: Person): boolean {
  return (
    known.name === next.name &&
    known.number === next.number &&
    known.me === next.me &&
    known.department === next.department
  );
}

/** Everybody, sorted. A change of what somebody does costs what changed, however many there are. */
export class Roster {
  #byId = new Map<PersonId, Entry>();
  #sorted: readonly Entry[] = [];
  #counts = noCounts();
  #names = collator();
  #compare = comparing(this.#names);

  /** Another list only when somebody came, left or is called otherwise. */
  get sorted(): readonly Entry[] {
    return this.#sorted;
  }

  get(id: PersonId): Entry | undefined {
    return this.#byId.get(id);
  }

  /** How many stand how; all of them where nothing is heard. */
  counts(detached: boolean): Counts {
    return detached ? { ...noCounts(), stale: this.#byId.size } : { ...this.#counts };
  }

  replace(people: readonly Person[]): void {
    const known = this.#byId;
    this.#byId = new Map();
    this.#counts = noCounts();
    for (const person of people) {
      const old = known.get(person.id);
      const next = old && stays(old.person, person) ? old : entry(person);
      next.person = person;
      this.#byId.set(person.id, next);
      this.#counts[standing(person, false)]++;
    }
    this.#sorted = [...this.#byId.values()].sort(this.#compare);
  }

  /** The same people in another order of names. */
  order(names: Intl.Collator): void {
    if (names === this.#names) return;
    this.#names = names;
    this.#compare = comparing(names);
    this.#sorted = [...this.#sorted].sort(this.#compare);
  }

  patch(people: readonly Person[], gone: readonly PersonId[]): void {
    const left = new Set<Entry>();
    const come: Entry[] = [];
    const leave = (known: Entry): void => {
      left.add(known);
      this.#counts[standing(known.person, false)]--;
    };
    for (const id of gone) {
      const known = this.#byId.get(id);
      if (!known) continue;
      leave(known);
      this.#byId.delete(id);
    }
    for (const person of people) {
      const known = this.#byId.get(person.id);
      this.#counts[standing(person, false)]++;
      if (known && stays(known.person, person)) {
        this.#counts[standing(known.person, false)]--;
        known.person = person;
        continue;
      }
      if (known) leave(known);
      const next = entry(person);
      come.push(next);
      this.#byId.set(person.id, next);
    }
    if (left.size + come.length === 0) return;
    const rest = this.#sorted.filter((one) => !left.has(one));
    this.#sorted = come.length === 0 ? rest : merge(rest, come.sort(this.#compare), this.#compare);
  }
}

function merge(sorted: readonly Entry[], added: readonly Entry[], compare: Compare): Entry[] {
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

/** So few exact hits that what was meant may be something else. */
const few = 5;

/** Who fits every word of the query, best first, then favourites, then by name. */
export function search(
  entries: readonly Entry[],
  text: string,
  favourites: ReadonlySet<PersonId> = new Set(),
): readonly Entry[] {
  const query = queryOf(text);
  if (!query) return entries;
  // Without holes, which would make every look into it slow.
  const hits = Array.from({ length: 2 * worst + 2 }, (): Entry[] => []);
  const exact = new Set<Entry>();
  let count = 0;
  for (const forgiving of [false, true]) {
    if (forgiving && (count >= few || !query.words.some(({ typos }) => typos > 0))) break;
    for (const one of entries) {
      const score = rank(one.find, query, forgiving);
      if (score === undefined || (forgiving && exact.has(one))) continue;
      count++;
      if (count <= few) exact.add(one);
      hits[2 * score + Number(!favourites.has(one.person.id))]?.push(one);
    }
  }
  return ([] as Entry[]).concat(...hits);
}

export function count(entries: readonly Entry[], detached: boolean): Counts {
  const counts = noCounts();
  for (const { person } of entries) counts[standing(person, detached)]++;
  return counts;
}

/** What the list of people is divided by. */
export const groupings = ["none", "account", "department"] as const;
export type Grouping = (typeof groupings)[number];

/** A row of the list: a heading, or somebody. */
export type Row =
  | {
      readonly kind: "heading";
      readonly id: string;
      readonly title: string;
      readonly count: number;
      readonly folded: boolean;
    }
  | { readonly kind: "person"; readonly id: string; readonly entry: Entry };

/** The id of the favourites' heading; no department has a comma in its name. */
export const favouritesHeading = ",favourites";

const row = (entry: Entry): Row => ({ kind: "person", id: entry.person.id, entry });

/** The list as it is shown: favourites first, then the rest under their headings. */
export function rows(
  entries: readonly Entry[],
  by: Grouping,
  favourites: ReadonlySet<PersonId>,
  folded: ReadonlySet<string>,
  words: { favourites: string; rest: string; nowhere: string },
): readonly Row[] {
  const chosen = favourites.size === 0 ? [] : entries.filter(({ person }) => favourites.has(person.id));
  const others = chosen.length === 0 ? entries : entries.filter(({ person }) => !favourites.has(person.id));
  const groups = new Map<string, { title: string; of: Entry[] }>();
  if (by === "none") {
    if (chosen.length === 0) return others.map(row);
    groups.set("rest", { title: words.rest, of: [...others] });
  } else {
    for (const one of others) {
      const places = by === "account" ? [one.account] : departments(one.person);
      for (const place of places.length > 0 ? places : [""]) {
        let group = groups.get(place);
        if (!group) groups.set(place, (group = { title: place || words.nowhere, of: [] }));
        group.of.push(one);
      }
    }
  }
  const sorted = [...groups].sort(
    ([a, { title }], [b, other]) =>
      Number(a === "") - Number(b === "") || collator().compare(title, other.title),
  );
  if (chosen.length > 0) sorted.unshift([favouritesHeading, { title: words.favourites, of: chosen }]);
  return sorted.flatMap(([id, { title, of }]): Row[] => {
    const heading = { kind: "heading", id: `heading ${id}`, title, count: of.length } as const;
    if (folded.has(heading.id)) return [{ ...heading, folded: true }];
    const several =
      by === "department" ? (one: Entry): Row => ({ ...row(one), id: `${id} ${one.person.id}` }) : row;
    return [{ ...heading, folded: false }, ...of.map(several)];
  });
}

/** Where somebody works; several places are written with commas between. */
export function departments(person: Person): string[] {
  const places = (person.department ?? "").split(",").map((one) => one.trim());
  // Two groups of one name are told as the same place twice.
  return [...new Set(places)].filter(Boolean);
}
