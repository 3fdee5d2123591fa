import type { Look } from "./bindings/Look";

/** Makes the page look as the settings say. */
export function dress(look: Look): void {
  const { documentElement: root } = document;
  root.dataset["theme"] = look.theme;
  root.dataset["density"] = look.density;
  root.style.setProperty("--text-scale", String(look.text_percent / 100));
}

/** The size of text on this page, in pixels. */
export function rem(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 14;
}
