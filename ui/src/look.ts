import type { Look } from "./bindings/Look";
import { speak } from "./words.svelte";

/** Makes the page look, and speak, as the settings say. */
export function dress(look: Look): void {
  const { documentElement: root } = document;
  void speak(look.language);
  root.dataset["theme"] = look.theme;
  root.dataset["density"] = look.density;
  root.style.setProperty("--text-scale", String(look.text_percent / 100));
}

/** The size of text on this page, in pixels. */
export function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 14;
}
