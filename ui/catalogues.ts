import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

import type { Catalogue, Part } from "./src/fluent";

/** What the programs say where pages show it. */
const sentences = ["sentences", "problems", "faults", "checks", "forms"];

/** The files that a page reads as one. */
function files(file: string): string[] {
  if (!file.endsWith("/sentences.ftl")) return [file];
  return sentences.map((name) => file.replace(/sentences(?=\.ftl$)/, name));
}

/** A file of `locales/` as pages read it: Fluent is read when they are built, so that no page has to carry its reader. */
function catalogue(file: string): Catalogue {
  const messages: Catalogue = {};
  for (const { id, value } of new FluentResource(readFileSync(file, "utf8")).body) {
    if (value === null) continue;
    messages[id] = typeof value === "string" ? value : value.map(part);
  }
  return messages;
}

type Element = Exclude<FluentResource["body"][number]["value"], string | null>[number];

function part(element: Element): Part {
  if (typeof element === "string") return element;
  if (element.type === "str") return element.value;
  if (element.type === "var") return { v: element.name };
  if (element.type !== "select" || element.selector.type !== "var") {
    throw new Error(`the pages do not read ${element.type}`);
  }
  const forms = element.variants.map(({ key, value }) => {
    if (key.type !== "str") throw new Error("the pages know plural forms only");
    return [key.value, typeof value === "string" ? value : value.map(part)] as const;
  });
  return { v: element.selector.name, of: Object.fromEntries(forms) };
}

const english = fileURLToPath(new URL("../locales/en/window.ftl", import.meta.url));

/**
 * `en/window.ftl` is the catalogue itself, `…/window.ftl?file` the address of a file that holds it. A built page carries
 * its English beside its program, as data.
 */
export function catalogues(): Plugin {
  let building = false;
  return {
    name: "catalogues",
    enforce: "pre",
    configResolved({ command }) {
      building = command === "build";
    },
    load(id) {
      const [file = "", query] = id.split("?");
      if (!file.endsWith(".ftl")) return undefined;
      for (const one of files(file)) this.addWatchFile(one);
      const text = JSON.stringify(Object.assign({}, ...files(file).map(catalogue)));
      if (query !== "file") {
        return building
          ? "export default JSON.parse(document.getElementById('english').text)"
          : `export default ${text}`;
      }
      if (!building) return `export default "data:application/json,${encodeURIComponent(text)}"`;
      const name = file.split("/").slice(-2).join("-").replace(".ftl", ".json");
      const asset = this.emitFile({ type: "asset", name, source: text });
      return `export default import.meta.ROLLUP_FILE_URL_${asset}`;
    },
    transformIndexHtml() {
      if (!building) return [];
      const children = JSON.stringify(catalogue(english)).replaceAll("<", "\\u003c");
      return [
        { tag: "script", attrs: { type: "application/json", id: "english" }, children, injectTo: "body" },
      ];
    },
  };
}
