import "./app.css";

import { type Component, mount } from "svelte";

import { type Backend, connect } from "./backend";
import { Office } from "./office.svelte";
import { speak, usualLanguage } from "./words.svelte";

export interface Page {
  office: Office;
  backend: Backend;
}

/** Puts a page into its document and follows the resident program. */
export async function boot(page: Component<Page>): Promise<void> {
  const [backend] = await Promise.all([connect(), speak(usualLanguage())]);
  const office = new Office(backend);
  const target = document.getElementById("app");
  if (!target) return;
  mount(page, { target, props: { office, backend } });
  office.follow();
}
