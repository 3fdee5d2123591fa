import type { Entry } from "./bindings/Entry";
import type { SettingsForm } from "./bindings/SettingsForm";

const entry = (key: string, title: string, about: string, more: Partial<Entry>): Entry => ({
  key,
  title,
  about,
  kind: "text",
  choices: [],
  default: null,
  value: null,
  hidden: false,
  origin: "default",
  locked: false,
  ...more,
});

/** The settings of a made-up person in a made-up organisation. */
export function form(): SettingsForm {
  return {
    file: "/home/anna/.config/ringside/settings.toml",
    organisation: "/etc/ringside/settings.toml",
    groups: [
      {
        id: "",
        title: "General",
        entries: [
          entry("popup_window", "Popup window", "Open a small window for a ringing call as well.", {
            kind: "switch",
            default: "false",
          }),
          entry("proxy", "Proxy", "http://[user:password@]host:port; empty: as the system has it.", {
            hidden: true,
            origin: "organisation",
            locked: true,
          }),
          entry("ca_file", "Certificates", "A PEM file of certificates trusted beside the system's.", {
            kind: "file",
            value: "/usr/local/share/ca/office.pem",
            origin: "organisation",
          }),
        ],
      },
      {
        id: "history",
        title: "Calls of the past",
        entries: [
          entry("keep_days", "Keep calls for", "Days that calls are kept for; 0 keeps none", {
            kind: "number",
            default: "365",
          }),
        ],
      },
      {
        id: "contacts",
        title: "Who is calling",
        entries: [
          entry(
            "files",
            "Files",
            "vCard (.vcf) and CSV files, the most trusted first; ~ is your home folder",
            {
              value: "~/customers.csv",
              origin: "own",
            },
          ),
        ],
      },
      {
        id: "window",
        title: "Windows",
        entries: [
          entry("theme", "Colours", "system, light, dark or contrast", {
            choices: ["system", "light", "dark", "contrast"],
            default: "system",
          }),
          entry("density", "Spacing", "roomy: two lines a colleague; compact: one line", {
            choices: ["roomy", "compact"],
            default: "roomy",
          }),
          entry("text_percent", "Size of text", "in percent, from 100 to 200", {
            kind: "number",
            default: "100",
            value: "110",
            origin: "own",
          }),
        ],
      },
    ],
  };
}

export function changed(form: SettingsForm, group: string, key: string, value: string | null): SettingsForm {
  const origin = value === null ? "default" : "own";
  const groups = form.groups.map((one) => ({
    ...one,
    entries: one.entries.map((old) =>
      one.id === group && old.key === key ? ({ ...old, value, origin } satisfies Entry) : old,
    ),
  }));
  return { ...form, groups };
}
