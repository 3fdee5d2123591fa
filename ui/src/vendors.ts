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
  /** Not shown while it is typed. */
  readonly hidden: boolean;
  readonly optional: boolean;
}

/** A way to sign in. */
export interface Way {
  readonly title: string;
  readonly fields: readonly Field[];
  /** Settings that it cannot do without, by name. */
  readonly needs: readonly string[];
}

export interface Vendor {
  readonly title: string;
  readonly ways: readonly Way[];
  readonly settings: readonly Field[];
}

/** What is asked of a person for an account. */
export const vendors: Record<string, Vendor> = known;

export function vendor(provider: string): Vendor {
  return vendors[provider] ?? { title: provider, ways: [], settings: [] };
}

/** The fields of all ways; those of the ways that were not chosen are not in the form. */
export function secretFields({ ways }: Vendor): Field[] {
  return ways.flatMap(({ fields }) => fields);
}

/** A setting that an account cannot do without that signs in this way. */
export function required({ name, default: standard, optional }: Field, way: Way | undefined): boolean {
  return (standard === null && !optional) || (way?.needs.includes(name) ?? false);
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
