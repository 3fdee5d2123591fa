import known from "./bindings/vendors.json";

/** A field of a form, as crates/providers has it. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** What it is when left empty. */
  readonly default: string | null;
  /** Empty if any value will do. */
  readonly choices: readonly string[];
}

export interface Vendor {
  readonly title: string;
  readonly secret: readonly Field[];
  readonly settings: readonly Field[];
}

/** What is asked of a person for an account. */
export const vendors: Record<string, Vendor> = known;

export function vendor(provider: string): Vendor {
  return vendors[provider] ?? { title: provider, secret: [], settings: [] };
}

/** The filled-in fields of a form; empty ones are left out. */
export function filled(form: FormData, fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = form.get(name);
      return typeof value === "string" && value.trim() !== "" ? [[name, value.trim()]] : [];
    }),
  );
}
