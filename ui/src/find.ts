/** Lower case without accents, so that "jorgen" finds "Jørgen". */
export function fold(text: string): string {
  // Most names have none of either, and normalizing is what costs.
  const lower = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[øæåðþßłđ]/g, (c) => plain[c] ?? c);
}

const plain: Record<string, string> = { ø: "o", æ: "ae", å: "a", ð: "d", þ: "th", ß: "ss", ł: "l", đ: "d" };

export function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** A text as a number to be called, if it is one. */
export function dialable(text: string): string | undefined {
  const number = text.replace(/[\s().\/-]/g, "");
  return /^\+?\d{2,15}$/.test(number) ? number : undefined;
}

/** What a search looks at: folded once, when it becomes known. */
export interface Findable {
  /** The whole name. */
  readonly text: string;
  /** Its words. */
  readonly words: readonly string[];
  /** Which letters are in it, a bit for each. */
  readonly letters: number;
  /** Which its words begin with. */
  readonly initials: number;
  /** The words of what they belong to. */
  readonly place: readonly string[];
  /** Which letters those begin with. */
  readonly placeInitials: number;
  readonly digits: string;
}

export function findable(name: string, place: string, number: string): Findable {
  const text = fold(name);
  const words = text.split(/[\s.,'’_-]+/).filter(Boolean);
  const belongs = fold(place)
    .split(/[\s,&/-]+/)
    .filter(Boolean);
  return {
    text,
    words,
    letters: lettersOf(text),
    initials: initialsOf(words),
    place: belongs,
    placeInitials: initialsOf(belongs),
    digits: digitsOf(number),
  };
}

const bit = (text: string, at: number): number => 1 << (text.charCodeAt(at) & 31);

function lettersOf(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) letters |= bit(text, i);
  return letters;
}

function initialsOf(words: readonly string[]): number {
  let letters = 0;
  for (const word of words) letters |= bit(word, 0);
  return letters;
}

interface Word {
  readonly text: string;
  readonly letters: number;
  readonly initial: number;
  /** So many are forgiven. */
  readonly typos: number;
  /** How far it is from words that were met: many people share a name. */
  readonly distances: Map<string, number>;
}

/** A query, read once for all who are looked at. */
export interface Query {
  readonly text: string;
  readonly letters: number;
  readonly words: readonly Word[];
  readonly digits: string | undefined;
}

export function queryOf(text: string): Query | undefined {
  const folded = fold(text).trim();
  if (folded === "") return undefined;
  const words = folded.split(/\s+/).map((word) => ({
    text: word,
    letters: lettersOf(word),
    initial: bit(word, 0),
    typos: word.length < 4 ? 0 : word.length < 7 ? 1 : 2,
    distances: new Map<string, number>(),
  }));
  return { text: folded, letters: lettersOf(folded), words, digits: dialable(text)?.replace(/^(\+|00)/, "") };
}

/** The worst that still is a hit. */
export const worst = 15;

/** How well somebody fits, 0 being best; `undefined`: not at all. Typos are forgiven only if asked for. */
export function rank(one: Findable, query: Query, forgiving: boolean): number | undefined {
  if (query.digits !== undefined && query.digits !== "") {
    const at = one.digits.indexOf(query.digits);
    if (at >= 0) return one.digits.length === query.digits.length ? 0 : at === 0 ? 1 : 2;
  }
  if ((query.letters & ~one.letters) === 0 && one.text.startsWith(query.text))
    return one.text.length === query.text.length ? 0 : 1;
  let score = 2;
  for (const word of query.words) {
    const fits = wordRank(one, word, forgiving);
    if (fits === undefined) return undefined;
    score += fits;
  }
  return Math.min(score, worst);
}

function wordRank(one: Findable, query: Word, forgiving: boolean): number | undefined {
  const { text: word, letters, initial, typos } = query;
  // Most have not even the letters, which is told at once.
  const inName = (letters & ~one.letters) === 0;
  if (inName && (initial & one.initials) !== 0) {
    for (let i = 0; i < one.words.length; i++) if (one.words[i]?.startsWith(word)) return i === 0 ? 0 : 1;
    if (isInitials(one.words, word)) return 2;
  }
  if ((initial & one.placeInitials) !== 0) {
    for (const place of one.place) if (place.startsWith(word)) return 3;
  }
  if (inName && word.length > 1 && one.text.includes(word)) return 4;
  if (!forgiving || typos === 0) return undefined;
  if (bits(letters & ~one.letters) <= typos) {
    let least = typos + 1;
    for (const known of one.words) {
      let distance = query.distances.get(known);
      if (distance === undefined) {
        distance = prefixDistance(word, known, typos);
        query.distances.set(known, distance);
      }
      least = Math.min(least, distance);
    }
    if (least <= typos) return 5 + least;
  }
  return word.length >= 4 && inName && isWithin(word, one.text) ? 9 : undefined;
}

/** "ah" for Anna Holm. */
function isInitials(words: readonly string[], text: string): boolean {
  if (text.length < 2 || text.length > words.length) return false;
  for (let i = 0; i < text.length; i++) if (words[i]?.[0] !== text[i]) return false;
  return true;
}

/** Whether the letters are there in this order, the first one first. */
function isWithin(letters: string, text: string): boolean {
  if (letters[0] !== text[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function bits(of: number): number {
  let count = 0;
  for (let left = of; left !== 0; left &= left - 1) count++;
  return count;
}

let [before, last, now] = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/**
 * How many letters of `word` were mistyped, left out, doubled or swapped, if what it begins is `known`; more than
 * `most` is not counted further.
 */
export function prefixDistance(word: string, known: string, most: number): number {
  const length = Math.min(known.length, word.length + most, 63);
  if (length < word.length - most || word.length > 63) return most + 1;
  for (let j = 0; j <= length; j++) last[j] = j;
  for (let i = 1; i <= word.length; i++) {
    now[0] = i;
    let least = i;
    for (let j = 1; j <= length; j++) {
      const same = word.charCodeAt(i - 1) === known.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        word.charCodeAt(i - 1) === known.charCodeAt(j - 2) &&
        word.charCodeAt(i - 2) === known.charCodeAt(j - 1)
      ) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      now[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, last, now] = [last, now, before];
  }
  let least = most + 1;
  for (let j = 0; j <= length; j++) least = Math.min(least, last[j] ?? least);
  return least;
}
