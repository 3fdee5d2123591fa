/** Lets whatever is typed while no field has the focus go into a search field. */
export function typedAnywhere(field: () => HTMLInputElement | undefined): (event: KeyboardEvent) => void {
  return (event) => {
    const input = field();
    if (!input || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const { target, key } = event;
    const find = key === "f" && (event.ctrlKey || event.metaKey);
    if (target instanceof HTMLElement && target.matches("input, select, textarea, [role=menu] *") && !find)
      return;
    const types = key.length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (find || key === "/") event.preventDefault();
    else if (!types) return;
    input.focus();
    if (find) input.select();
  };
}

/** Lets a key that is held press what has the focus once: a second time it would dial again, or dial from a card. */
export function pressedOnce(event: KeyboardEvent): void {
  const { target, key, repeat } = event;
  if (!repeat || (key !== "Enter" && key !== " ")) return;
  const typed = key === " " ? "input, textarea" : "textarea";
  if (target instanceof Element && target.matches(typed)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Puts a text on the clipboard; whether that worked. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** For pages that may not write to the clipboard by themselves. */
function copiedBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  // In an open dialog nothing outside of it can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
