import type { Catalogue, Variables } from "./fluent";

/** A sentence as the programs write it in English: fixed pieces, with a variable between each two. */
export interface Sentence {
  readonly id: string;
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
    sentences.push({ id, pieces, names, fixed: pieces.join("").length });
  }
  return sentences.sort((a, b) => b.fixed - a.fixed);
}

type Say = (id: string, variables: Variables) => string;

/** How deep a sentence may be told within another. */
const deepest = 3;

/** `text` as `say` has it, if it is one of the sentences, or several of them; else as it is. */
export function translate(sentences: readonly Sentence[], text: string, say: Say, depth = 0): string {
  if (sentences.length === 0 || depth > deepest || text === "") return text;
  for (const sentence of sentences) {
    const values = match(sentence, text);
    if (!values) continue;
    const variables = sentence.names.map((name, index) => {
      return [name, variable(sentences, name, values[index] ?? "", say, depth + 1)] as const;
    });
    return say(sentence.id, Object.fromEntries(variables));
  }
  const end = text.indexOf(". ");
  if (end < 0) return text;
  const [first, rest] = [text.slice(0, end + 1), text.slice(end + 2)];
  const told = translate(sentences, first, say, depth);
  return `${told} ${translate(sentences, rest, say, depth)}`;
}

/** What a variable stands for is told by what its name begins with: `text` a sentence of its own, `time` a time,
 * `count` a number; anything else is a name and stays as it is. */
function variable(
  sentences: readonly Sentence[],
  name: string,
  value: string,
  say: Say,
  depth: number,
): string | number {
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
