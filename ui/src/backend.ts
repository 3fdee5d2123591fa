import type { Command } from "./bindings/Command";
import type { Format } from "./bindings/Format";
import type { Page } from "./bindings/Page";
import type { Problem } from "./bindings/Problem";
import type { Query } from "./bindings/Query";
import type { Saved } from "./bindings/Saved";
import type { SettingsForm } from "./bindings/SettingsForm";
import type { Update } from "./bindings/Update";
import { tauri } from "./tauri";

/** What became of a command: `null` when it is done. */
export type Reply = Problem | null;

/** The resident program as a page sees it. */
export interface Backend {
  /** The view, then what changes, until the returned function is called. */
  follow(cb: (update: Update) => void): () => void;
  /** Asks for something; never rejects. */
  act(command: Command): Promise<Reply>;
  /** Some calls of the past, or why not; never rejects. */
  past(query: Query): Promise<Page | Problem>;
  /** Saves all calls that fit in a file of their own, or says why not; never rejects. */
  save(query: Query, format: Format): Promise<Saved | Problem>;
  /** The settings as a form, or why not; never rejects. */
  settings(): Promise<SettingsForm | Problem>;
  /**
   * The page has painted something: the window, made hidden, is to be shown if it has not been. The popup's window has
   * room for text of this size, in percent.
   */
  mounted(textPercent?: number): void;
  /** The popup has nothing to show. */
  hidePopup(): void;
}

/** The shell's backend inside the shell; a made-up office in a browser. */
export async function connect(): Promise<Backend> {
  if (__DEMO__ && !("__TAURI_INTERNALS__" in window)) return (await import("./browser")).browser();
  return tauri;
}
