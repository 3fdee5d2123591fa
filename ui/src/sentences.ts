import type { Catalogue, Variables } from "./fluent";

/** A sentence as the programs write it in English: fixed pieces, with a variable between each two. */
export interface Sentence {
  readonly id: string;
  /** A part of a sentence, which alone says nothing. */
  readonly part: boolean;
  /** One more than there are names. */
  readonly pieces: readonly string[];
  readonly names: readonly string[];
}

/** The messages of a catalogue as sentences, those that say most in fixed words first. */
export function sentencesOf(catalogue: Catalogue): Sentence[] {
  const sentences: (Sentence & { fixed: number })[] = [];
  for (const [id, pattern] of Object.entries(catalogue)) {
    const pieces = [""];
    const names: string[] = [];
    for (const part of typeof pattern === "string" ? [pattern] : pattern) {
      if (typeof part === "string") pieces.push((pieces.pop() ?? "") + part);
      else {
        names.push(part.v);
        pieces.push("");
      }
    }
    sentences.push({ id, part: id.startsWith("what-"), pieces, names, fixed: pieces.join("").length });
  }
  return sentences.sort((a, b) => b.fixed - a.fixed);
}

type Say = (id: string, variables: Variables) => string;

/** How deep a sentence may be told within another. */
const deepest = 4;

/** `text` as `say` has it, if it is one of the sentences, or several of them; else as it is. */
export function translate(sentences: readonly Sentence[], text: string, say: Say, depth = 0): string {
  if (sentences.length === 0 || depth > deepest || text === "") return text;
  const whole = told(sentences, text, say, depth, false);
  if (whole !== undefined) return whole;
  const end = text.indexOf(". ");
  if (end < 0) return text;
  const [first, rest] = [text.slice(0, end + 1), text.slice(end + 2)];
  const begun = translate(sentences, first, say, depth);
  return `${begun} ${translate(sentences, rest, say, depth)}`;
}

/** One sentence, or one part of a sentence; `undefined` if it is none. */
function told(
  sentences: readonly Sentence[],
  text: string,
  say: Say,
  depth: number,
  part: boolean,
): string | undefined {
  for (const sentence of sentences) {
    const values = sentence.part === part ? match(sentence, text) : undefined;
    if (!values) continue;
    const variables: Record<string, string | number> = {};
    const missing = sentence.names.some((name, index) => {
      const value = variable(sentences, name, values[index] ?? "", say, depth + 1);
      if (value !== undefined) variables[name] = value;
      return value === undefined;
    });
    if (missing) continue;
    const said = say(sentence.id, variables);
    const begins = Object.entries(variables).find(
      ([name, value]) => name.startsWith("known") && said.startsWith(String(value)),
    );
    return begins && isLarge(text) ? withFirst(said, "toUpperCase") : said;
  }
  return undefined;
}

/** A part of a sentence, or several with “and” between; `undefined` if it is none. */
function partOf(sentences: readonly Sentence[], text: string, say: Say, depth: number): string | undefined {
  if (depth > deepest) return undefined;
  return (
    told(sentences, text, say, depth, true) ??
    told(sentences, withFirst(text, "toLowerCase"), say, depth, true)
  );
}

function isLarge(text: string): boolean {
  return text !== withFirst(text, "toLowerCase");
}

function withFirst(text: string, change: "toUpperCase" | "toLowerCase"): string {
  return text.charAt(0)[change]() + text.slice(1);
}

/** What a variable stands for is told by what its name begins with: `text` a sentence of its own, `known` a part of a
 * sentence without which this sentence is another one, `time` a time, `count` a number; anything else is a name and
 * stays as it is. */
function variable(
  sentences: readonly Sentence[],
  name: string,
  value: string,
  say: Say,
  depth: number,
): string | number | undefined {
  if (name.startsWith("known")) return partOf(sentences, value, say, depth);
  if (name.startsWith("text") || name.startsWith("time")) return translate(sentences, value, say, depth);
  return name.startsWith("count") && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** What stands in the places of the variables; `undefined` if it is another sentence. */
function match({ pieces, names }: Sentence, text: string): string[] | undefined {
  const [first = "", ...rest] = pieces;
  if (names.length === 0) return text === first ? [] : undefined;
  if (!text.startsWith(first)) return undefined;
  const values: string[] = [];
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const next = isLast ? text.length - piece.length : text.indexOf(piece, at);
    if (next < at || !text.startsWith(piece, next)) return undefined;
    const value = text.slice(at, next);
    if (value === "" || value.includes(". ")) return undefined;
    values.push(value);
    at = next + piece.length;
  }
  return values;
}
