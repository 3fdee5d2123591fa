/** A field of a form. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  /** What it is when left empty. */
  readonly standard?: string;
  readonly choices?: readonly string[];
}

export interface Vendor {
  readonly title: string;
  readonly secret: readonly Field[];
  readonly settings: readonly Field[];
}

/** What is asked of a person for an account, as crates/providers has it. */
export const vendors: Record<string, Vendor> = {
  firmafon: {
    title: "Firmafon / Relatel",
    secret: [
      {
        name: "access_token",
        label: "Personal token",
        help: "Make one at app.relatel.dk under Account, Authorised applications.",
      },
    ],
    settings: [
      { name: "pubsub_url", label: "Events", standard: "https://pubsub.firmafon.dk/faye" },
      { name: "api_url", label: "REST", standard: "https://app.relatel.dk/api/v2" },
      {
        name: "transport",
        label: "Transport",
        standard: "auto",
        choices: ["auto", "websocket", "long-polling", "polling"],
      },
    ],
  },
};

const other: Vendor = {
  title: "",
  secret: [{ name: "access_token", label: "Token" }],
  settings: [],
};

export function vendor(provider: string): Vendor {
  return vendors[provider] ?? { ...other, title: provider };
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
