/** A piece of a message: text, a variable, or one of several forms by a variable's number. */
export type Part = string | { readonly v: string; readonly of?: Readonly<Record<string, Pattern>> };
export type Pattern = string | readonly Part[];

/** The messages of a file of `locales/` by their ids, as the build has read them. */
export type Catalogue = Record<string, Pattern>;

export type Variables = Readonly<Record<string, string | number>>;

/** How a language counts and writes numbers. */
export interface Counting {
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

/** A message with its variables filled in. */
export function format(pattern: Pattern, variables: Variables, counting: Counting): string {
  if (typeof pattern === "string") return pattern;
  return pattern.map((part) => formatted(part, variables, counting)).join("");
}

function formatted(part: Part, variables: Variables, counting: Counting): string {
  if (typeof part === "string") return part;
  const value = variables[part.v] ?? "";
  if (part.of) {
    const form = typeof value === "number" ? counting.plural.select(value) : "other";
    return format(part.of[form] ?? part.of["other"] ?? "", variables, counting);
  }
  return typeof value === "number" ? counting.number.format(value) : value;
}
